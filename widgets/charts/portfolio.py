"""What is under way, by what it does to the work: a block for each initiative."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Choice, Sheet, Worksheet
from playbook.report.zoom_out.portfolio import (
    SORT,
    TABLE,
    Initiative,
    initiatives,
    portfolio_summary,
)
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, Style, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT = 54
BLOCK_TOP, BLOCK_BOTTOM = 22, 44
HEAD = 22
"""Sizes in px; blocks stand between top and bottom of their row."""

LEAST_PLACES = 6
"""A row has room for at least so many blocks, so that a single one doesn't fill it."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows of the initiatives; before one is sorted, nothing."""
    words = framework.words.group("portfolio_chart")
    sorts, all_named = sheet.question(SORT, TABLE).choices, initiatives(sheet, worksheet)
    summary = portfolio_summary(sorts, all_named, framework)
    page = palettes()["page"]
    spec = portfolio_chart(sorts, all_named, words, summary, page) if summary else None
    return picture(words, summary, spec)


def portfolio_chart(
    sorts: Sequence[Choice],
    named: Sequence[Initiative],
    words: Mapping[str, str],
    summary: Sequence[str],
    palette: Palette,
) -> Spec:
    """A row a sort, a block an initiative: full where Monday changes, else empty."""
    return layered(_layers(sorts, named, words, palette), ROW_HEIGHT * len(sorts), summary)


def _heads(
    sorts: Sequence[Choice], named: Sequence[Initiative], words: Mapping[str, str]
) -> list[dict[str, Any]]:
    counts = {sort.id: sum(one.sort == sort.id for one in named) for sort in sorts}
    return [
        {"row": sort.id, "text": f"{sort.label}: {counts[sort.id] or words['none']}"}
        for sort in sorts
    ]


def _blocks(
    sorts: Sequence[Choice],
    named: Sequence[Initiative],
    words: Mapping[str, str],
    palette: Palette,
) -> list[dict[str, Any]]:
    return [
        {
            "row": sort.id,
            "start": place + 0.06,
            "end": place + 0.94,
            "name": one.name,
            "sort": sort.label,
            "told": words["told" if one.told else "untold"],
            "fill": palette["brand"] if one.told else "transparent",
        }
        for sort in sorts
        for place, one in enumerate(one for one in named if one.sort == sort.id)
    ]


def _layers(
    sorts: Sequence[Choice],
    named: Sequence[Initiative],
    words: Mapping[str, str],
    palette: Palette,
) -> list[alt.Chart]:
    import altair as alt

    blocks = _blocks(sorts, named, words, palette)
    places = max(LEAST_PLACES, *(round(block["end"]) for block in blocks))
    x = alt.X("start:Q", axis=None, scale=alt.Scale(domain=[0, places], nice=False))
    y = alt.Y("row:N", axis=None, scale=alt.Scale(domain=[sort.id for sort in sorts], padding=0))
    head = alt.Chart(alt.Data(values=_heads(sorts, named, words)))
    key = alt.Chart(alt.Data(values=[{"text": f"■ {words['told']} · □ {words['untold']}"}]))
    text: Style = {"align": "left", "baseline": "top"}
    return [
        key.mark_text(**text, fontSize=12, color=palette["soft"]).encode(
            x=alt.value(0), y=alt.value(-HEAD), text="text:N"
        ),
        head.mark_text(**text, dy=4, fontSize=13, color=palette["ink"]).encode(
            x=alt.value(0), y=y.bandPosition(0), text="text:N"
        ),
        alt.Chart(alt.Data(values=blocks))
        .mark_rect(stroke=palette["brand"], strokeWidth=2, **_band())
        .encode(
            x=x,
            x2="end:Q",
            y=y.bandPosition(0),
            y2=alt.Y2("row:N").bandPosition(0),
            fill=alt.Fill("fill:N", scale=None),
            tooltip=tips(words, "name", "sort", "told"),
        ),
    ]


def _band() -> Style:
    """Where in its row a block stands."""
    return {"yOffset": BLOCK_TOP, "y2Offset": BLOCK_BOTTOM}
