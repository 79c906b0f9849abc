"""What a change of one part sets in motion: a bar for each part, as long as its chance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.system_map.ripples import (
    MOST_SHOWN,
    Reached,
    chain_text,
    percent,
    reached,
    summary,
)
from widgets.cards import Payload
from widgets.charts.look import (
    CHARACTER_WIDTH,
    PHONE_WIDTH,
    Palette,
    Spec,
    cut,
    downwards,
    folded,
    layered,
    palettes,
    picture,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, BAR_TOP, BAR_BOTTOM, HEAD = 46, 22, 36, 40
"""Sizes in px."""

LETTERS = int(PHONE_WIDTH / CHARACTER_WIDTH * 0.85)
"""On one line; the letters here are a little wider than those of 12 px."""


def chart_payload(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> Payload:
    """What the Chart shows; before a change can reach anything, nothing."""
    words, found = framework.words.group("ripple"), reached(worksheet)
    if found is None:
        return picture(words, [], None)
    said = summary(found, framework.words)
    return picture(words, said, ripple_chart(found, words, said, palettes()["page"]))


def ripple_chart(found: Reached, words: dict[str, str], said: list[str], palette: Palette) -> Spec:
    """A bar for each part, the likeliest first; its chance stands in the line above it."""
    rows: list[dict[str, Any]] = [
        {
            "top": HEAD + place * ROW_HEIGHT,
            "y": HEAD + place * ROW_HEIGHT + BAR_TOP,
            "y2": HEAD + place * ROW_HEIGHT + BAR_BOTTOM,
            "start": 0,
            "whole": 1,
            "end": part.chance,
            "text": f"{percent(part.chance)} {cut(part.name, LETTERS)}",
            "name": part.name,
            "chance": percent(part.chance),
            "chain": chain_text(part.chain),
        }
        for place, part in enumerate(found.parts[:MOST_SHOWN])
    ]
    height = HEAD + ROW_HEIGHT * len(rows)
    return layered(_layers(rows, words, height, palette), height, said)


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    data = alt.Data(values=rows)
    key = alt.Data(values=[{"text": folded(words["key"], LETTERS)}])
    bar = {"y": downwards("y", height), "y2": "y2:Q"}
    across = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, 1], nice=False))
    return [
        alt.Chart(key)
        .mark_text(align="left", baseline="top", fontSize=12, color=palette["soft"], lineBreak="\n")
        .encode(x=alt.value(0), y=alt.value(0), text="text:N"),
        alt.Chart(data)
        .mark_text(align="left", baseline="top", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=downwards("top", height), text="text:N"),
        alt.Chart(data)
        .mark_rect(fill="transparent", stroke=palette["brand"], strokeWidth=1)
        .encode(x=across, x2="whole:Q", **bar),
        alt.Chart(data)
        .mark_rect(fill=palette["brand"])
        .encode(x=across, x2="end:Q", tooltip=tips(words, "name", "chance", "chain"), **bar),
    ]
