"""The first days as bars on a clock: a line a part, in the order in which it happens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.expectations.programme import (
    HOUR,
    FirstDays,
    ProgrammeDay,
    ProgrammePart,
    clock,
    programme,
    programme_summary,
)
from widgets.cards import Payload
from widgets.charts.look import LINE_HEIGHT, Palette, Spec, Style, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

BAR, BELOW = 8, 2 * LINE_HEIGHT + 10
ROW_HEIGHT = BELOW + 14
"""Sizes in px: a bar, how far it stands below the top of its line, a line with its words."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a part has a day and minutes, nothing."""
    words = framework.words
    told = programme(sheet, worksheet, words)
    summary = programme_summary(told, words)
    drawn = programme_chart(told, words, summary, palettes()["page"]) if told.days else None
    named = words.group("programme")
    return picture(named, summary, drawn)


def programme_chart(
    told: FirstDays, words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """One clock for all days; the day stands in the words of each part."""
    parts = sum(len(day.parts) for day in told.days)
    return layered(_layers(told, words, palette), ROW_HEIGHT * parts, summary)


def _bar(day: ProgrammeDay, part: ProgrammePart, words: Words) -> dict[str, Any]:
    """A part as a row of data; nothing that somebody typed reaches an expression."""
    times = {"from": clock(part.begins, words)}
    return {
        "row": f"{day.name}/{part.row}",
        "begins": part.begins / HOUR,
        "ends": part.ends / HOUR,
        "head": words.text("programme.head", day=day.name, to=clock(part.ends, words), **times),
        "what": part.what,
        "who": part.who,
    }


def _layers(told: FirstDays, words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    values = [_bar(day, part, words) for day in told.days for part in day.parts]
    marks = alt.Chart(alt.Data(values=values))
    scale = alt.Scale(domain=[one["row"] for one in values], padding=0)
    row = alt.Y("row:N", axis=None, scale=scale).bandPosition(0)
    ends = [min(one["begins"] for one in values), max(one["ends"] for one in values)]
    axis = alt.Axis(
        orient="top",
        title=None,
        tickCount=5,
        tickMinStep=1,
        gridOpacity=0.6,
        labelExpr="datum.label + ':00'",
        labelColor=palette["soft"],
        gridColor=palette["line"],
        domainColor=palette["line"],
        tickColor=palette["line"],
    )
    across = alt.X("begins:Q", axis=axis, scale=alt.Scale(domain=ends, nice=False, zero=False))
    tip = tips(words.group("programme"), "head", "what", "who")
    text: Style = {
        "align": "left",
        "baseline": "top",
        "fontSize": 12,
        "limit": alt.ExprRef("width - 2"),
    }

    def written(field: str, line: int, **style: Any) -> alt.Chart:
        placed = marks.mark_text(**text, dy=4 + LINE_HEIGHT * line, **style)
        encoded: alt.Chart = placed.encode(x=alt.value(0), y=row, text=f"{field}:N", tooltip=tip)
        return encoded

    return [
        marks.mark_rule(stroke=palette["line"]).encode(y=row),
        marks.mark_rule(strokeWidth=BAR, stroke=palette["brand"], yOffset=BELOW).encode(
            x=across, x2="ends:Q", y=row, tooltip=tip
        ),
        written("head", 0, fontWeight=600, color=palette["ink"]),
        written("what", 1, color=palette["ink"]),
    ]
