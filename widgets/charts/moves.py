"""The four moves of Create in four boxes: how far each is, and what it answers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.create_gate.moves import Move, moves, moves_summary
from widgets.cards import Payload
from widgets.charts.look import (
    LINE_HEIGHT,
    Palette,
    Spec,
    Style,
    folded,
    layered,
    palettes,
    picture,
    position,
)

if TYPE_CHECKING:
    import altair as alt

ACROSS = ((0.0, 0.49), (0.51, 1.0))
DOWN = ((0, 84), (92, 176))
"""Where a box stands: across as a share of the width, down in px."""

TOGETHER = DOWN[-1][1] + 8
HEIGHT = TOGETHER + LINE_HEIGHT + 4
LINE = 24
SHAPES = {Level.PASS: "●", Level.WARN: "▲", Level.FAIL: "■", Level.UNKNOWN: "○"}


def chart_payload(_: Sheet, __: Worksheet, assessment: Assessment, framework: Framework) -> Payload:
    """What the Chart shows: the moves whose sheets are built."""
    found, words = moves(assessment, framework), framework.words
    summary = moves_summary(found, framework)
    drawn = moves_chart(found, words, summary, palettes()["page"]) if found else None
    told = words.group("moves")
    return picture(told, summary, drawn)


def moves_chart(
    found: Sequence[Move], words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """Four boxes at their places, whatever the width, and what they come to together."""
    return layered(_layers(found, words, palette), HEIGHT, summary)


def boxes(found: Sequence[Move]) -> list[dict[str, Any]]:
    """One row of data a move: its place, its name, its word, what it answers."""
    rows = []
    for place, one in enumerate(found):
        (x, x2), (y, y2) = ACROSS[place % 2], DOWN[place // 2]
        head = folded(one.name, LINE)
        below = y + 10 + LINE_HEIGHT * (1 + head.count("\n"))
        texts = {"head": head, "word": f"{SHAPES[one.level]} {one.word}"}
        rows.append(
            {"x": x, "x2": x2, "y": y, "y2": y2, "tx": x + 0.02, "ty": y + 8, "below": below}
            | texts
            | {"answers": one.answers, "last": below + LINE_HEIGHT + 2, "level": str(one.level)}
        )
    return rows


def _layers(found: Sequence[Move], words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    at = partial(position, HEIGHT)
    text: Style = {
        "align": "left",
        "baseline": "top",
        "fontSize": 12,
        "lineBreak": "\n",
        "lineHeight": LINE_HEIGHT,
    }
    layers = []
    for row in boxes(found):
        colour = palette[row["level"]]
        one = alt.Chart(alt.Data(values=[row]))
        layers += [
            one.mark_rect(
                fill=palette["card"], stroke=colour, cornerRadius=6, opacity=1, strokeWidth=1.5
            ).encode(**at("x", "y"), x2="x2:Q", y2="y2:Q"),
            one.mark_text(**text, fontWeight=600, color=palette["ink"]).encode(
                **at("tx", "ty"), text="head:N"
            ),
            one.mark_text(**text, fontWeight=600, color=colour).encode(
                **at("tx", "below"), text="word:N"
            ),
            one.mark_text(**text, color=palette["soft"]).encode(
                **at("tx", "last"), text="answers:N"
            ),
        ]
    said = [{"x": 0.5, "y": TOGETHER, "text": words.text("moves.together")}]
    together = alt.Chart(alt.Data(values=said)).mark_text(
        **(text | {"align": "center"}), fontWeight=600, color=palette["ink"]
    )
    return [*layers, together.encode(**at("x", "y"), text="text:N")]
