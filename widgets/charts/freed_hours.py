"""Hours that people really had in the last week that is known: a dot each, beside the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.focus.hours import FLOOR, in_words, people
from playbook.worksheet.figures import whole_percent
from playbook.worksheet.kinds.date import written_date
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, cut, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, HEAD = 30, 24
"""Sizes in px."""

MOST_ROWS, NAME_LENGTH = 30, 14
NAMES = 0.3
"""The share of the width that names take; the scale begins behind it."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the hours; before somebody writes a week down, nothing."""
    words = framework.words.group("freed_hours")
    summary = in_words(sheet, worksheet, assessment, framework)
    page = palettes()["page"]
    spec = hours_chart(sheet, worksheet, framework, summary, page) if summary else None
    return picture(words, summary, spec)


def hours_chart(
    sheet: Sheet, worksheet: Worksheet, framework: Framework, summary: list[str], palette: Palette
) -> Spec:
    """A dot for each person, those with the fewest hours first; a ring where it is too few."""
    floor, words = framework.threshold_values[FLOOR], framework.words
    told = sorted(people(sheet, worksheet), key=lambda it: (it.last[1], it.person))[:MOST_ROWS]
    rows: list[dict[str, Any]] = [
        {
            "y": HEAD + place * ROW_HEIGHT + ROW_HEIGHT / 2,
            "x": min(it.last[1], 1.0),
            "text": cut(it.person, NAME_LENGTH),
            "person": it.person,
            "share": whole_percent(it.last[1]),
            "week": written_date(it.last[0], words),
            "fill": palette["card"] if it.below(floor) else palette["brand"],
            "stroke": palette["warn"] if it.below(floor) else palette["brand"],
        }
        for place, it in enumerate(told)
    ]
    height = HEAD + ROW_HEIGHT * len(rows)
    layers = _layers(rows, framework.words.group("freed_hours"), floor, height, palette)
    return layered(layers, height, summary)


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], floor: float, height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    low = -NAMES / (1 - NAMES)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[low, 1.2], nice=False))
    y = downwards("y", height)
    data = alt.Data(values=rows)
    line = alt.Data(values=[{"x": floor, "text": whole_percent(floor), "y": 0}])
    return [
        alt.Chart(line)
        .mark_rule(stroke=palette["soft"], strokeDash=[4, 3], strokeWidth=1.5)
        .encode(x=x, y=alt.value(HEAD - 6), y2=alt.value("height")),
        alt.Chart(line)
        .mark_text(fontSize=12, baseline="top", color=palette["soft"])
        .encode(x=x, y=alt.value(0), text="text:N"),
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(data)
        .mark_circle(size=90, strokeWidth=2, opacity=1)
        .encode(
            x=x,
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("stroke:N", scale=None),
            tooltip=tips(words, "person", "share", "week"),
        ),
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", fontSize=12, dx=9, color=palette["ink"])
        .encode(x=x, y=y, text="share:N"),
    ]
