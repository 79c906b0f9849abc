"""How wider value comes round: four boxes, and an arrow from each to the next."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.returns import circle_summary
from widgets.cards import Payload
from widgets.charts.look import LINE_HEIGHT, Palette, Spec, layered, position
from widgets.charts.wider_value import wider_value_payload

if TYPE_CHECKING:
    import altair as alt

BOXES = ("objective", "people", "relationships", "returns")
"""Clockwise, from the left above; each is a word of the wording."""

LEFT, RIGHT = (0.0, 0.44), (0.56, 1.0)
ABOVE, BELOW = (0, 66), (104, 170)
PLACES = ((LEFT, ABOVE), (RIGHT, ABOVE), (RIGHT, BELOW), (LEFT, BELOW))
HEIGHT = BELOW[1]
"""Where a box stands: across as a share of the width, down in px."""

LINE = 22
"""Characters that fit across a box on a phone."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before wider value is wanted, nothing."""
    summarise = partial(circle_summary, worksheet, framework)
    return wider_value_payload("circle_chart", summarise, circle_chart, sheet, worksheet, framework)


def circle_chart(words: Mapping[str, str], summary: Sequence[str], palette: Palette) -> Spec:
    """The boxes and arrows at their places, whatever the width."""
    return layered(_layers(words, palette), HEIGHT, summary)


def boxes(words: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row of data a box, clockwise."""
    rows = []
    for name, (across, down) in zip(BOXES, PLACES, strict=True):
        lines = textwrap.wrap(words[f"box.{name}"], LINE)
        row = {"name": name, "x": across[0], "x2": across[1], "y": down[0], "y2": down[1]}
        middle = {"mx": sum(across) / 2, "my": sum(down) / 2 - (len(lines) - 1) * LINE_HEIGHT / 2}
        rows.append(row | middle | {"text": "\n".join(lines)})
    return rows


def arrows() -> list[dict[str, Any]]:
    """One row of data an arrow: where it begins and ends, and which way its head points."""
    centre = [(sum(across) / 2, sum(down) / 2) for across, down in PLACES]
    edges = {
        "right": (LEFT[1], centre[0][1], RIGHT[0], centre[1][1]),
        "down": (centre[1][0], ABOVE[1], centre[2][0], BELOW[0]),
        "left": (RIGHT[0], centre[2][1], LEFT[1], centre[3][1]),
        "up": (centre[3][0], BELOW[0], centre[0][0], ABOVE[1]),
    }
    return [
        {"x": x, "y": y, "x2": x2, "y2": y2, "shape": f"triangle-{way}"}
        for way, (x, y, x2, y2) in edges.items()
    ]


def _layers(words: Mapping[str, str], palette: Palette) -> list[alt.Chart]:
    import altair as alt

    at = partial(position, HEIGHT)
    ends = {"x2": "x2:Q", "y2": "y2:Q"}
    boxed, led = (alt.Chart(alt.Data(values=rows)) for rows in (boxes(words), arrows()))
    return [
        led.mark_rule(stroke=palette["brand"], strokeWidth=2).encode(**at("x", "y"), **ends),
        boxed.mark_rect(
            fill=palette["card"], stroke=palette["line"], cornerRadius=6, opacity=1
        ).encode(**at("x", "y"), **ends),
        led.mark_point(size=90, filled=True, opacity=1, color=palette["brand"]).encode(
            **at("x2", "y2"), shape=alt.Shape("shape:N", scale=None)
        ),
        boxed.mark_text(
            fontSize=12, lineBreak="\n", lineHeight=LINE_HEIGHT, color=palette["ink"]
        ).encode(**at("mx", "my"), text="text:N"),
    ]
