"""Today's work items in four boxes: need known or not, activity defined or open."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.expectations.quadrants import FIELDS, Items, placed, quadrants_summary
from widgets.cards import Payload
from widgets.charts.look import (
    LINE_HEIGHT,
    Palette,
    Spec,
    cut,
    folded,
    layered,
    palettes,
    picture,
    position,
)

if TYPE_CHECKING:
    import altair as alt

ACROSS = ((0.0, 0.49), (0.51, 1.0))
DOWN = ((0, 128), (136, 264))
"""Where a box stands: across as a share of the width, down in px; a row of boxes a need."""

SHOWN, LINE = 4, 24
"""How many items a box names, and the characters that fit across it on a phone."""


def chart_payload(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> Payload:
    """What the Chart shows; before an item has a name, nothing."""
    items, words = placed(worksheet), framework.words
    summary = quadrants_summary(items, words)
    drawn = quadrants_chart(items, words, summary, palettes()["page"]) if items else None
    told = words.group("quadrants")
    return picture(told, summary, drawn)


def quadrants_chart(items: Items, words: Words, summary: Sequence[str], palette: Palette) -> Spec:
    """Four boxes at their places, whatever the width; the open one has the strong edge."""
    return layered(_layers(items, words, palette), DOWN[-1][1], summary)


def boxes(items: Items, words: Words) -> list[dict[str, Any]]:
    """One row of data a box: its place, its name, the items that it names."""
    rows = []
    for place, field in enumerate(FIELDS):
        (x, x2), (y, y2) = ACROSS[place % 2], DOWN[place // 2]
        names = items.get(field, ())
        lines = [cut(f"· {name}", LINE) for name in names[:SHOWN]]
        if len(names) > SHOWN:
            lines.append(words.text("quadrants.more", count=len(names) - SHOWN))
        head = folded(words.text(f"quadrants.name.{field}"), LINE)
        below = y + 12 + LINE_HEIGHT * (1 + head.count("\n"))
        corners = {"x": x, "x2": x2, "y": y, "y2": y2}
        texts = {"tx": x + 0.02, "ty": y + 8, "below": below, "head": head}
        rows.append(corners | texts | {"text": "\n".join(lines), "open": field == FIELDS[-1]})
    return rows


def _layers(items: Items, words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    at = partial(position, DOWN[-1][1])
    rows = alt.Chart(alt.Data(values=boxes(items, words)))
    strong = alt.condition("datum.open", alt.value(palette["brand"]), alt.value(palette["line"]))
    text: dict[str, Any] = {
        "align": "left",
        "baseline": "top",
        "fontSize": 12,
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
    }
    return [
        rows.mark_rect(fill=palette["card"], cornerRadius=6, opacity=1, strokeWidth=1.5).encode(
            **at("x", "y"), x2="x2:Q", y2="y2:Q", stroke=strong
        ),
        rows.mark_text(**text, fontWeight=600, color=palette["ink"]).encode(
            **at("tx", "ty"), text="head:N"
        ),
        rows.mark_text(**text, color=palette["ink"]).encode(**at("tx", "below"), text="text:N"),
    ]
