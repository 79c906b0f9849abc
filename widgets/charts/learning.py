"""How fast a group learns: three lines that add up, one above the other; a gap breaks them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.practices.learning import (
    KINDS,
    LearningWeek,
    learning_summary,
    learning_weeks,
)
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, Style, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

HEAD, HIGH, APART = 22, 56, 14
LINE = HEAD + HIGH + APART
"""Sizes in px: a line's words, its height at most, the gap after it."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before there are two check-ins, nothing."""
    words = framework.words
    weeks = learning_weeks(sheet, worksheet)
    summary, told = learning_summary(weeks, words), words.group("learning")
    drawn = learning_chart(weeks, words, summary, palettes()["page"]) if weeks else None
    return picture(told, summary, drawn)


def learning_chart(
    weeks: Sequence[LearningWeek], words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """All lines on one scale, so that the one that falls behind is seen."""
    return layered(_layers(weeks, words, palette), LINE * len(KINDS), summary)


def _layers(weeks: Sequence[LearningWeek], words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    told = words.group("learning")
    points = [point for at in range(len(KINDS)) for point in _points(weeks, at, told)]
    heads = [
        {"y": at * LINE, "text": f"{told[f'kind.{kind}']}: {_last(weeks)[at]}"}
        for at, kind in enumerate(KINDS)
    ]
    y = downwards("y", LINE * len(KINDS))
    ends = [weeks[0].number - 0.5, weeks[-1].number + 0.5]
    x = alt.X("week:Q", axis=None, scale=alt.Scale(domain=ends, nice=False))
    text: Style = {"align": "left", "baseline": "top", "fontSize": 12, "fontWeight": 600}
    line: Style = {"color": palette["brand"], "strokeWidth": 2}
    marks = alt.Chart(alt.Data(values=points))
    return [
        marks.mark_line(**line, invalid="break-paths-show-path-domains").encode(
            x=x, y=y, detail="kind:N"
        ),
        marks.mark_circle(color=palette["brand"], size=40, opacity=1, invalid="filter").encode(
            x=x, y=y, tooltip=tips(told, "kind", "week", "count")
        ),
        alt.Chart(alt.Data(values=heads))
        .mark_text(**text, color=palette["ink"])
        .encode(x=alt.value(0), y=y, text="text:N"),
    ]


def _last(weeks: Sequence[LearningWeek]) -> tuple[int, ...]:
    return weeks[-1].counts or ()


def _points(weeks: Sequence[LearningWeek], at: int, told: dict[str, str]) -> list[dict[str, Any]]:
    """A row of data a week; without a height in a gap."""
    foot, most = at * LINE + HEAD + HIGH, max(1, *_last(weeks))
    return [
        {"kind": told[f"kind.{KINDS[at]}"], "week": week.number}
        | {"count": week.counts[at] if week.counts else None}
        | {"y": foot - HIGH * week.counts[at] / most if week.counts else None}
        for week in weeks
    ]
