"""The coaching log: which of a coach's tasks came up in which week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.kinds import written_date

TABLE, WEEK, TASKS = "weeks", "week", "tasks"


@dataclass(frozen=True, slots=True)
class CoachingTask:
    """One of a coach's tasks, and whether it came up in each logged week, in the order of time."""

    name: str
    weeks: tuple[tuple[date, bool], ...]

    @property
    def done(self) -> tuple[date, ...]:
        """The weeks in which it came up."""
        return tuple(week for week, came_up in self.weeks if came_up)


def coaching_log(sheet: Sheet, worksheet: Worksheet) -> tuple[CoachingTask, ...]:
    """The tasks in the sheet's order; none while no week is logged. Rows of one week are one."""
    logged: dict[date, set[str]] = {}
    for row in worksheet.rows(TABLE):
        day, picked = row.answers.get(WEEK), row.answers.get(TASKS)
        if isinstance(day, str) and picked:
            logged.setdefault(date.fromisoformat(day), set()).update(picked)
    weeks = sorted(logged)
    choices = [one for one in sheet.question(TASKS, TABLE).choices if not one.alone]
    return tuple(
        CoachingTask(one.label, tuple((week, one.id in logged[week]) for week in weeks))
        for one in choices
        if weeks
    )


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return coaching_summary(coaching_log(sheet, worksheet), framework.words)


def coaching_summary(log: Sequence[CoachingTask], words: Words) -> list[str]:
    """The picture in sentences, one a task."""
    return [
        words.text(
            f"coaching.{'line' if task.done else 'line_none'}",
            task=task.name,
            count=len(task.done),
            all=len(task.weeks),
            weeks=", ".join(written_date(week, words) for week in task.done),
        )
        for task in log
    ]
