"""The five roles of technology: a line each, a square a tool, filled where it is in use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.obstacles.tool_roles import ToolRole, roles_summary, tool_roles
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, Style, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, BELOW, STEP, FIRST, SQUARE = 46, 28, 20, 8, 150
"""Sizes in px, but for a square's area: a role, where its squares stand, and how far apart."""

MOST = 12
"""Squares that are drawn; the sentences have all tools."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a tool has a role, nothing."""
    words = framework.words
    roles = tool_roles(sheet, worksheet, words)
    summary, told = roles_summary(roles, words), words.group("tool_roles")
    drawn = roles_chart(roles, words, summary, palettes()["page"]) if roles else None
    return picture(told, summary, drawn)


def roles_chart(
    roles: Sequence[ToolRole], words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """Roles below each other; a role without a tool says so."""
    height = ROW_HEIGHT * len(roles)
    return layered(_layers(roles, words, palette), height, summary)


def _layers(roles: Sequence[ToolRole], words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    told = words.group("tool_roles")
    squares = [one for at, role in enumerate(roles) for one in _squares(role, at, told, palette)]
    names = [{"y": at * ROW_HEIGHT, "text": role.name} for at, role in enumerate(roles)]
    none = [
        {"y": at * ROW_HEIGHT + BELOW - 8, "text": told["none"]}
        for at, role in enumerate(roles)
        if not (role.used or role.unused)
    ]
    y = downwards("y", ROW_HEIGHT * len(roles))
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
            tooltip=tips(told, "tool", "state"),
        ),
    ]


def _squares(
    role: ToolRole, at: int, told: dict[str, str], palette: Palette
) -> list[dict[str, Any]]:
    tools = [(name, True) for name in role.used] + [(name, False) for name in role.unused]
    return [
        {
            "x": FIRST + place * STEP,
            "y": at * ROW_HEIGHT + BELOW,
            "tool": name,
            "state": told["used" if used else "unused"],
            "fill": palette["brand"] if used else palette["card"],
        }
        for place, (name, used) in enumerate(tools[:MOST])
    ]
