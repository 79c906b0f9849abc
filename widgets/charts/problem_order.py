"""Problems in the order of their worth: a bar each, full where a group works on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.focus.problems import in_order, in_words, listed, weighed
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    PHONE_WIDTH,
    Palette,
    Spec,
    cut,
    downwards,
    layered,
    palettes,
    picture,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, BAR_TOP, BAR_BOTTOM, HEAD = 46, 22, 36, 24
"""Sizes in px."""

NAME_LENGTH = int(PHONE_WIDTH / CHARACTER_WIDTH * 0.85)
"""The letters here are a little wider than those of 12 px."""

MOST = 27.0
"""The highest rank: three steps of worth, reach and evidence, multiplied."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the problems; before one is weighed, nothing."""
    words = framework.words.group("problem_order")
    summary = in_words(sheet, worksheet, assessment, framework)
    page = palettes()["page"]
    spec = problem_chart(sheet, worksheet, framework, summary, page) if summary else None
    return picture(words, summary, spec)


def problem_chart(
    sheet: Sheet, worksheet: Worksheet, framework: Framework, summary: list[str], palette: Palette
) -> Spec:
    """A bar for each problem that nobody dropped, the most worthwhile first."""
    words = framework.words.group("problem_order")
    rows: list[dict[str, Any]] = [
        {
            "top": HEAD + place * ROW_HEIGHT,
            "y": HEAD + place * ROW_HEIGHT + BAR_TOP,
            "y2": HEAD + place * ROW_HEIGHT + BAR_BOTTOM,
            "start": 0,
            "end": it.rank,
            "text": cut(it.name, NAME_LENGTH),
            "name": it.name,
            "weighed": weighed(it, sheet, framework),
            "fill": palette["brand"] if it.state == "working" else "transparent",
        }
        for place, it in enumerate(in_order(listed(sheet, worksheet)))
    ]
    height = HEAD + ROW_HEIGHT * len(rows)
    return layered(_layers(rows, words, height, palette), height, summary)


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    data, key = alt.Data(values=rows), alt.Data(values=[{"text": words["key"]}])
    return [
        alt.Chart(key)
        .mark_text(align="left", baseline="top", fontSize=12, color=palette["soft"])
        .encode(x=alt.value(0), y=alt.value(0), text="text:N"),
        alt.Chart(data)
        .mark_text(align="left", baseline="top", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=downwards("top", height), text="text:N"),
        alt.Chart(data)
        .mark_rect(stroke=palette["brand"], strokeWidth=1.5)
        .encode(
            x=alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, MOST], nice=False)),
            x2="end:Q",
            y=downwards("y", height),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
            tooltip=tips(words, "name", "weighed"),
        ),
    ]
