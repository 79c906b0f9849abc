"""The pulse of a group: a line of bars for each sentence, a bar a week, as high as its share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.obstacles.pulse import LEAST, PulseLine, pulse, pulse_summary, share_told
from playbook.worksheet.kinds import written_date
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

HEAD, HIGH, TOLD, APART = 20, 32, 16, 12
"""Sizes in px: a sentence's name, its bars at most, the figures under them, the gap after it."""

LINE = HEAD + HIGH + TOLD + APART


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a week may be shown, nothing."""
    words = framework.words
    lines = pulse(sheet, worksheet, framework.thresholds[LEAST].value)
    summary, told = pulse_summary(lines, words), words.group("pulse")
    drawn = pulse_chart(lines, words, summary, palettes()["page"]) if lines else None
    return picture(told, summary, drawn)


def pulse_chart(
    lines: Sequence[PulseLine], words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """Sentences below each other, weeks beside each other."""
    return layered(_layers(lines, words, palette), LINE * len(lines), summary)


def _layers(lines: Sequence[PulseLine], words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    told = words.group("pulse")
    bars = [bar for at, line in enumerate(lines) for bar in _bars(line, at, words)]
    names = [{"y": at * LINE, "text": line.name} for at, line in enumerate(lines)]
    y, top, foot = (downwards(field, LINE * len(lines)) for field in ("y", "top", "foot"))
    week = alt.X("week:O", axis=None, sort=None, scale=alt.Scale(paddingInner=0.15))
    marks = alt.Chart(alt.Data(values=bars))
    tooltip = tips(told, "name", "week", "told")
    return [
        marks.mark_bar(fill="transparent", stroke=palette["line"]).encode(
            x=week, y=top, y2="foot:Q"
        ),
        marks.mark_bar(color=palette["brand"]).encode(x=week, y=y, y2="foot:Q", tooltip=tooltip),
        marks.mark_text(fontSize=12, baseline="top", dy=3, color=palette["ink"]).encode(
            x=week, y=foot, text="short:N"
        ),
        alt.Chart(alt.Data(values=names))
        .mark_text(align="left", baseline="top", fontSize=12, fontWeight=600, color=palette["ink"])
        .encode(x=alt.value(0), y=y, text="text:N"),
    ]


def _bars(line: PulseLine, at: int, words: Words) -> list[dict[str, Any]]:
    foot = at * LINE + HEAD + HIGH
    return [
        {
            "name": line.name,
            "week": written_date(week, words).rpartition(" ")[0],
            "told": share_told(count, people, words),
            "short": _short(count, people, words),
            "top": foot - HIGH,
            "y": foot - HIGH * (count or 0) / people,
            "foot": foot,
        }
        for week, count, people in line.weeks
    ]


def _short(count: int | None, people: int, words: Words) -> str:
    if count is None:
        return words.text("pulse.alike_short")
    return words.text("pulse.short", count=count, people=people)
