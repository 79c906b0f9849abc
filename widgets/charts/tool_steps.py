"""Tools by steps: a letter for how data get there, framed where somebody types them again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.alignment.tools import ToolUse, in_words, tool_uses
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
    position,
    tips,
)

if TYPE_CHECKING:
    import altair as alt

HEAD, ROW, CELL = 58, 50, 32
"""Sizes in px; a tool's cells stand `CELL` below its name's top."""
LETTERS = int(PHONE_WIDTH / CHARACTER_WIDTH * 0.85)


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; nothing before a use is complete."""
    words, uses = framework.words.group("tool_steps"), tool_uses(worksheet)
    said = in_words(sheet, worksheet, assessment, framework)
    if not uses:
        return picture(words, said, None)
    return picture(words, said, steps_chart(uses, words, said, palettes()["page"]))


def steps_chart(
    uses: list[ToolUse], words: dict[str, str], said: list[str], palette: Palette
) -> Spec:
    """A row a tool in the order of its first step, a place a step that somebody listed."""
    tools = list(dict.fromkeys(it.use.tool for it in uses))
    steps = sorted({it.use.step for it in uses})
    cells: dict[tuple[str, int], list[ToolUse]] = {}
    for it in uses:
        cells.setdefault((it.use.tool, it.use.step), []).append(it)
    rows: list[dict[str, Any]] = [
        {
            "x": (steps.index(step) + 0.5) / len(steps),
            "y": HEAD + tools.index(tool) * ROW + CELL,
            "letter": " ".join(dict.fromkeys(words[it.use.how] for it in mine)),
            "again": any(it.again for it in mine),
            "tool": tool,
            "step": str(step),
            "data": ", ".join(it.use.data for it in mine),
            "how": ", ".join(dict.fromkeys(words[f"how_{it.use.how}"] for it in mine)),
        }
        for (tool, step), mine in cells.items()
    ]
    heads = [
        {"x": (place + 0.5) / len(steps), "y": 38, "text": str(step)}
        for place, step in enumerate(steps)
    ]
    names = [
        {"x": 0, "y": HEAD + place * ROW, "text": cut(tool, LETTERS)}
        for place, tool in enumerate(tools)
    ]
    height = HEAD + ROW * len(tools)
    return layered(_layers(rows, heads, names, words, height, palette), height, said)


def _layers(
    rows: list[dict[str, Any]],
    heads: list[dict[str, Any]],
    names: list[dict[str, Any]],
    words: dict[str, str],
    height: int,
    palette: Palette,
) -> list[alt.Chart]:
    import altair as alt

    key = alt.Data(values=[{"text": folded(words["key"], LETTERS)}])
    place = position(height, "x", "y")
    shown = tips(words, "tool", "step", "data", "how")
    cells, again = alt.Data(values=rows), alt.Data(values=[it for it in rows if it["again"]])
    return [
        alt.Chart(key)
        .mark_text(align="left", baseline="top", fontSize=12, color=palette["soft"], lineBreak="\n")
        .encode(x=alt.value(0), y=alt.value(0), text="text:N"),
        alt.Chart(alt.Data(values=heads))
        .mark_text(fontSize=12, fontWeight=600, color=palette["soft"])
        .encode(text="text:N", **place),
        alt.Chart(alt.Data(values=names))
        .mark_text(align="left", baseline="top", fontSize=13, color=palette["ink"])
        .encode(x=alt.value(0), y=downwards("y", height), text="text:N"),
        alt.Chart(again)
        .mark_point(shape="square", size=520, strokeWidth=2, color=palette["warn"], opacity=1)
        .encode(**place),
        alt.Chart(cells)
        .mark_text(fontSize=13, fontWeight=600, color=palette["brand"])
        .encode(text="letter:N", tooltip=shown, **place),
    ]
