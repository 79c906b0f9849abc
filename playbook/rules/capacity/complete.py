"""What is still missing of people and tasks, said before anything is said of the hours."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.rules import Case, Hit
from playbook.rules.capacity.shared import (
    PEOPLE,
    TASKS,
    filled,
    lacks,
    more_left_than_today,
    names,
    sheet_rule,
    short_of_tasks,
)


@sheet_rule("CAP-02", raises=("no_people", "open_people"))
def everybody_is_listed(case: Case) -> Iterator[Hit]:
    if not filled(case, PEOPLE):
        yield Hit("no_people", ("who",))
    yield from _open(case, PEOPLE, "open_people")


@sheet_rule("CAP-06", raises=("no_tasks", "open_tasks", "more_left"))
def every_task_is_listed(case: Case) -> Iterator[Hit]:
    if not filled(case, TASKS):
        yield Hit("no_tasks", ("task",))
    yield from _open(case, TASKS, "open_tasks")
    if wrong := more_left_than_today(case):
        yield Hit("more_left", ("left",), {"tasks": names(wrong)})


def _open(case: Case, table: str, name: str) -> Iterator[Hit]:
    found = [missing for _, row in filled(case, table) if (missing := lacks(case, table, row))]
    if found:
        questions = dict.fromkeys(question for missing in found for question in missing)
        yield Hit(name, tuple(questions))


@sheet_rule("CAP-04", raises=("unlisted",))
def tasks_fill_the_week(case: Case) -> Iterator[Hit]:
    """A task that is left out would look like time that is free."""
    if filled(case, TASKS) and (people := short_of_tasks(case)):
        least = f"{case.thresholds['listed_hours_least']:g}%"
        yield Hit("unlisted", ("hours",), {"people": people, "least": least})
