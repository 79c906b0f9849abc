"""The coaching log as a grid: a line a task, a square a week, filled where the task came up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.supervisors.coaching import CoachingTask, coaching_log, coaching_summary
from playbook.worksheet.kinds import written_date
from widgets.cards import Payload
from widgets.charts.look import Palette, Spec, layered, palettes, picture, tips

if TYPE_CHECKING:
    import altair as alt

ROW_HEIGHT = 44
SQUARE, BELOW = 150, 30
"""Sizes in px: a task with its squares; a square's area, and how far below the words it stands."""


def chart_payload(
    sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework
) -> Payload:
    """What the Chart shows; before a week is logged, nothing."""
    log, words = coaching_log(sheet, worksheet), framework.words
    summary = coaching_summary(log, words)
    drawn = coaching_chart(log, words, summary, palettes()["page"]) if log else None
    told = words.group("coaching")
    return picture(told, summary, drawn)


def coaching_chart(
    log: Sequence[CoachingTask], words: Words, summary: Sequence[str], palette: Palette
) -> Spec:
    """Tasks below each other, weeks beside each other; words and shapes alone tell them apart."""
    return layered(_layers(log, words, palette), ROW_HEIGHT * len(log), summary)


def _layers(log: Sequence[CoachingTask], words: Words, palette: Palette) -> list[alt.Chart]:
    import altair as alt

    told = words.group("coaching")
    values = [
        _square(task, week, came_up, words, palette) for task in log for week, came_up in task.weeks
    ]
    marks = alt.Chart(alt.Data(values=values))
    names = alt.Chart(alt.Data(values=[{"task": task.name} for task in log]))
    scale = alt.Scale(domain=[task.name for task in log], padding=0)
    row = alt.Y("task:N", axis=None, scale=scale).bandPosition(0)
    axis = alt.Axis(
        orient="top",
        title=None,
        labelAngle=0,
        labelColor=palette["soft"],
        domainColor=palette["line"],
        tickColor=palette["line"],
        labelOverlap=True,
    )
    week = alt.X("week:O", axis=axis, sort=None, scale=alt.Scale(type="band"))
    return [
        marks.mark_point(
            shape="square", size=SQUARE, filled=True, opacity=1, strokeWidth=1.5, yOffset=BELOW
        ).encode(
            x=week,
            y=row,
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.value(palette["brand"]),
            tooltip=tips(told, "task", "week", "done"),
        ),
        names.mark_text(
            align="left", baseline="top", fontSize=12, dy=4, color=palette["ink"]
        ).encode(x=alt.value(0), y=row, text="task:N"),
    ]


def _square(
    task: CoachingTask, week: date, came_up: bool, words: Words, palette: Palette
) -> dict[str, Any]:
    """A task in a week as a row of data; nothing that somebody typed is in it."""
    return {
        "task": task.name,
        "week": written_date(week, words).rpartition(" ")[0],
        "done": words.text(f"coaching.{'yes' if came_up else 'no'}"),
        "fill": palette["brand"] if came_up else palette["card"],
    }
