"""A line a kind, a square a thing of that kind, filled or hollow; a kind without any says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from widgets.charts.look import Palette, Spec, Style, downwards, layered, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, BELOW, STEP, FIRST, SQUARE = 46, 28, 20, 8, 150
"""Sizes in px, but for a square's area: a line, where its squares stand, and how far apart."""

MOST = 12
"""Squares that are drawn; the sentences have all."""


@dataclass(frozen=True, slots=True)
class SquareLine:
    """A kind by its name, and the names of what is filled and of what is hollow."""

    name: str
    filled: Sequence[str]
    hollow: Sequence[str]


def squares_chart(
    lines: Sequence[SquareLine], told: Mapping[str, str], summary: Sequence[str], palette: Palette
) -> Spec:
    """Kinds below each other. `told` has `none`, `filled`, `hollow`, `tip_what` and `tip_state`."""
    return layered(_layers(lines, told, palette), ROW_HEIGHT * len(lines), summary)


def _layers(
    lines: Sequence[SquareLine], told: Mapping[str, str], palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    squares = [one for at, line in enumerate(lines) for one in _squares(line, at, told, palette)]
    names = [{"y": at * ROW_HEIGHT, "text": line.name} for at, line in enumerate(lines)]
    none = [
        {"y": at * ROW_HEIGHT + BELOW - 8, "text": told["none"]}
        for at, line in enumerate(lines)
        if not (line.filled or line.hollow)
    ]
    y = downwards("y", ROW_HEIGHT * len(lines))
    text: Style = {"align": "left", "baseline": "top", "fontSize": 12}
    return [
        alt.Chart(alt.Data(values=names))
        .mark_text(**text, fontWeight=600, color=palette["ink"])
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(alt.Data(values=none))
        .mark_text(**text, color=palette["soft"])
        .encode(x=alt.value(0), y=y, text="text:N"),
        alt.Chart(alt.Data(values=squares))
        .mark_point(shape="square", size=SQUARE, filled=True, opacity=1, strokeWidth=1.5)
        .encode(
            x=alt.X("x:Q", axis=None, scale=alt.Scale(domain=[0, MOST * STEP + FIRST], nice=False)),
            y=y,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.value(palette["brand"]),
            tooltip=tips(told, "what", "state"),
        ),
    ]


def _squares(
    line: SquareLine, at: int, told: Mapping[str, str], palette: Palette
) -> list[dict[str, Any]]:
    things = [(name, True) for name in line.filled] + [(name, False) for name in line.hollow]
    return [
        {
            "x": FIRST + place * STEP,
            "y": at * ROW_HEIGHT + BELOW,
            "what": name,
            "state": told["filled" if filled else "hollow"],
            "fill": palette["brand"] if filled else palette["card"],
        }
        for place, (name, filled) in enumerate(things[:MOST])
    ]
