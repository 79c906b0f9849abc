"""How far the seven steps are: a line a step, a full disc where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.seven_steps.steps import StepState, steps, summary
from widgets.cards import Payload
from widgets.charts.look import Palette, cut, downwards, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT, FIRST, EDGE, TEXT = 46, 20, 14, 34
"""Sizes in px: from step to step, to the first one, to the line, to the words."""

LETTERS = 38
"""On one line beside a disc."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; until somebody says where they are, nothing."""
    words, found = framework.words.group("steps"), steps(sheet, worksheet, assessment, framework)
    said = summary(found, framework.words)
    if not found:
        return picture(words, [], None)
    rows = [_row(place, step, framework) for place, step in enumerate(found)]
    height = FIRST + ROW_HEIGHT * len(rows)
    drawn = layered(_layers(rows, words, height, palettes()["page"]), height, said)
    return picture(words, said, drawn)


def _row(place: int, step: StepState, framework: Framework) -> dict[str, Any]:
    say, count = framework.words.text, len(step.waits_for)
    here = f"{say('steps.here')}: " if step.here else ""
    room = LETTERS - len(here)
    state = say("steps.is_done") if step.done else cut(step.waits_for[0], room)
    if count > 1:
        more = say("steps.is_open", first="", more=count - 1)
        state = say("steps.is_open", first=cut(step.waits_for[0], room - len(more)), more=count - 1)
    y = FIRST + place * ROW_HEIGHT
    return {
        "y": y,
        "below": y + 17,
        "name": step.name,
        "state": here + state,
        "done": step.done,
        "here": step.here,
    }


def _layers(
    rows: list[dict[str, Any]], words: dict[str, str], height: int, palette: Palette
) -> list[alt.Chart]:
    import altair as alt

    ends = alt.Data(values=[{"y": rows[0]["y"], "y2": rows[-1]["y"]}])
    data, tip = alt.Data(values=rows), tips(words, "name", "state")
    shown = {"x": alt.value(EDGE), "y": downwards("y", height), "tooltip": tip}
    fill = alt.condition("datum.done", alt.value(palette["pass"]), alt.value(palette["card"]))
    stroke = alt.condition("datum.done", alt.value(palette["pass"]), alt.value(palette["soft"]))
    ringed = alt.Chart(data).transform_filter("datum.here")
    words_at = {"x": alt.value(TEXT), "tooltip": tip}
    return [
        alt.Chart(ends)
        .mark_rule(stroke=palette["line"], strokeWidth=3)
        .encode(x=alt.value(EDGE), y=downwards("y", height), y2="y2:Q"),
        ringed.mark_point(
            shape="circle", size=420, stroke=palette["brand"], strokeWidth=2, filled=False
        ).encode(**shown),
        alt.Chart(data)
        .mark_point(shape="circle", size=160, opacity=1, strokeWidth=2, filled=False)
        .encode(**shown, fill=fill, stroke=stroke),
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", fontSize=13, color=palette["ink"])
        .encode(y=downwards("y", height), text="name:N", **words_at),
        alt.Chart(data)
        .mark_text(align="left", baseline="middle", fontSize=12, color=palette["soft"])
        .encode(y=downwards("below", height), text="state:N", **words_at),
    ]
