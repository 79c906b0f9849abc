"""Hours of each person before and after, as the picture, its table and the saved page tell them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from playbook.analysis.capacity import (
    Allocation,
    Share,
    Workload,
    allocate,
    freed_ranges,
    workload_of,
)
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.report.answers import row_names
from playbook.worksheet.figures import figure, whole_percent
from playbook.worksheet.visibility import visible_answers

PEOPLE, TASKS = "people", "tasks"
FLOOR = "capacity_floor_share"
COLUMNS = ("person", "contract", "today", "after", "free", "keeps", "takes")
"""The table's columns, by the names of their words."""


@dataclass(frozen=True, slots=True)
class HoursPlan:
    """The plan with what its rows are called; `ranges` as `freed_ranges` tells them."""

    allocation: Allocation
    ranges: Mapping[str, tuple[int, int]]
    names: Mapping[str, str]
    tasks: Mapping[str, str]

    def name(self, share: Share) -> str:
        """What the row of persons is called."""
        return self.names[share.person]


def hours_plan(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> HoursPlan | None:
    """The plan that the rules judged; None while they judge none, or where people are left out."""
    if "volunteers_freed" not in assessment.numbers or not worksheet.rows(PEOPLE):
        return None
    team, floor = team_of(sheet, worksheet), framework.threshold_values[FLOOR]
    names = row_names(sheet, worksheet, framework)
    return HoursPlan(allocate(team, floor), freed_ranges(team, floor), names[PEOPLE], names[TASKS])


def team_of(sheet: Sheet, worksheet: Worksheet) -> Workload:
    """The people and tasks of a worksheet, as they are reckoned with."""

    def told(table: str) -> list[tuple[str, Mapping[str, Value]]]:
        rows = (row for row in worksheet.rows(table) if row.answers)
        return [(row.id, visible_answers(sheet, worksheet, table, row)) for row in rows]

    return workload_of(told(PEOPLE), told(TASKS))


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences, one for each row of persons."""
    plan = hours_plan(sheet, worksheet, assessment, framework)
    if plan is None:
        return []
    return [*summary(plan, framework), *(_line(plan, one, framework) for one in shares(plan))]


def shares(plan: HoursPlan) -> Sequence[Share]:
    """Those who are freed first, then the other volunteers, then those who stay."""
    return sorted(plan.allocation.shares, key=lambda one: (not one.freed, not one.volunteer))


def summary(plan: HoursPlan, framework: Framework) -> list[str]:
    """What the whole comes to, beside a slice of everybody; and whom it frees by chance."""
    found, say = plan.allocation, framework.words.text
    floor = whole_percent(framework.threshold_values[FLOOR])
    key = "none" if not found.freed else "all" if found.freed == found.volunteers else "some"
    lines = [say(f"hours.{key}", freed=found.freed, all=found.volunteers, floor=floor)]
    if found.freed:
        lines.append(say("hours.slice", sliced=whole_percent(found.sliced), floor=floor))
    if names := ", ".join(_waiting(plan, framework)):
        lines.append(say("hours.waits", names=names))
    if names := ", ".join(_open_rows(plan, framework)):
        lines.append(say("hours.open", names=names))
    return lines


def _waiting(plan: HoursPlan, framework: Framework) -> Iterator[str]:
    """The volunteers whom no best plan frees; they keep their tasks."""
    for one in shares(plan):
        if one.volunteer and not one.freed and plan.ranges.get(one.person, (0, 0))[1] == 0:
            yield people_named(plan, one, framework)


def _open_rows(plan: HoursPlan, framework: Framework) -> Iterator[str]:
    """The rows of which the plan frees some by chance, as which others would do as well."""
    for row, (few, many) in plan.ranges.items():
        people = sum(one.people for one in plan.allocation.shares if one.person == row)
        told = {"name": plan.names[row], "few": few, "many": many, "all": people}
        if people == 1 and few != many:
            yield plan.names[row]
        elif few != many or 0 < few < people:
            key = "same" if few == many else "some"
            yield framework.words.text(f"hours.open_{key}", **told)


def table(plan: HoursPlan, framework: Framework) -> dict[str, object]:
    """The picture as a table: {head, rows}, the first cell of each row its heading."""
    say = framework.words.text
    rows = []
    for one in shares(plan):
        cells = _cells(plan, one, framework)
        rows.append([cells[column] for column in COLUMNS])
    return {"head": [say(f"hours.head.{column}") for column in COLUMNS], "rows": rows}


def _cells(plan: HoursPlan, share: Share, framework: Framework) -> dict[str, str]:
    say = framework.words.text
    none = say("hours.nothing")
    return {
        "person": people_named(plan, share, framework),
        "contract": figure(share.contract),
        "today": figure(share.today),
        "after": figure(share.after),
        "free": whole_percent(max(share.free, 0.0)),
        "keeps": parts(plan, share.keeps, framework) or none,
        "takes": parts(plan, share.takes, framework) or none,
    }


def _line(plan: HoursPlan, share: Share, framework: Framework) -> str:
    cells = _cells(plan, share, framework)
    kind = "freed" if share.freed else "waits" if share.volunteer else "stays"
    told = framework.words.text(f"hours.line_{kind}", **cells)
    more = [
        framework.words.text(f"hours.{name}", tasks=parts(plan, given, framework))
        for name, given in (("keeps", share.keeps), ("gives", share.gives), ("takes", share.takes))
        if given
    ]
    return " ".join([told, *more])


def people_named(plan: HoursPlan, share: Share, framework: Framework) -> str:
    """The row's name, with how many people of it this is about."""
    if share.people == 1:
        return plan.name(share)
    return framework.words.text("hours.several", name=plan.name(share), people=share.people)


def parts(plan: HoursPlan, given: Sequence[tuple[str, float]], framework: Framework) -> str:
    """Tasks with their hours; one that several rows name alike is told once, with the sum."""
    hours: dict[str, float] = {}
    for task, value in given:
        hours[plan.tasks[task]] = hours.get(plan.tasks[task], 0.0) + value
    say = framework.words.text
    return ", ".join(
        say("hours.part", task=name, hours=figure(value)) for name, value in hours.items()
    )
