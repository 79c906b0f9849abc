"""What the capacity rules share: the team, what is still open in it, and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from playbook.analysis.capacity import Allocation, Workload, allocate, workload_of
from playbook.analysis.capacity.workload import LESS, STARTED, UNDER_WAY
from playbook.model import Value
from playbook.rules import Case, rule

PEOPLE, TASKS = "people", "tasks"
OF_PEOPLE = ("who", "contract", "takes_part")
OF_TASKS = ("task", "doer", "hours", "triage")
NAMES_SHOWN = 4
PERCENT = 100

sheet_rule = partial(rule, scope="sheet")

Row = Mapping[str, Value]


def filled(case: Case, table: str) -> list[tuple[str, Row]]:
    """The rows of `table` in which anything is said, with their ids."""
    rows = zip(case.row_ids.get(table, ()), case.rows.get(table, ()), strict=True)
    return [(row_id, row) for row_id, row in rows if row]


def tasks_where(case: Case, question: str, *answers: str) -> list[Row]:
    """The tasks of which `question` was answered with one of `answers`."""
    return [row for _, row in filled(case, TASKS) if row.get(question) in answers]


def lacks(case: Case, table: str, row: Row) -> list[str]:
    """What the first screen asks of a row and nobody knows yet."""
    if table == PEOPLE:
        return [question for question in OF_PEOPLE if question not in row]
    asked = list(OF_TASKS)
    if row.get("triage") in LESS:
        asked.append("left")
    if row.get("triage") == "automate":
        asked.append("status")
    if row.get("status") == UNDER_WAY and "status" in asked:
        asked.append("sure")
    if row.get("triage") == "relax":
        asked += ["relaxed_until", "relaxed_by"]
    known = {"doer": case.row_ids.get(PEOPLE, ()), "status": (*STARTED, "not_started")}
    return [one for one in asked if one not in row or row[one] not in known.get(one, (row[one],))]


def team(case: Case) -> Workload:
    """Everybody of whom enough is said, with their tasks."""
    return case.once(_team)


def _team(case: Case) -> Workload:
    return workload_of(filled(case, PEOPLE), filled(case, TASKS))


def short_of_tasks(case: Case) -> int:
    """How many people's tasks add up to too little of their hours; newcomers have none yet."""
    least = case.thresholds["listed_hours_least"] / PERCENT
    newcomers = {row for row, told in filled(case, PEOPLE) if told.get("takes_part") == "temp"}
    return sum(
        one.people
        for one in team(case).people
        if one.id not in newcomers and float(team(case).today(one.id) / one.contract) < least
    )


def more_left_than_today(case: Case) -> list[Row]:
    """Tasks of which more hours are said to remain than they take today."""
    less = tasks_where(case, "triage", *LESS)
    told = [row for row in less if "left" in row and "hours" in row]
    return [row for row in told if float(str(row["left"])) > float(str(row["hours"]))]


def is_complete(case: Case) -> bool:
    """Whether people and tasks are there with all that the hours rest on."""
    return case.once(_is_complete)


def _is_complete(case: Case) -> bool:
    rows = [(table, row) for table in (PEOPLE, TASKS) for _, row in filled(case, table)]
    there = bool(filled(case, PEOPLE)) and bool(filled(case, TASKS))
    whole = not any(lacks(case, table, row) for table, row in rows)
    return there and whole and not short_of_tasks(case)


def plan(case: Case) -> Allocation | None:
    """Who can be freed; None while that can't be known, or nobody volunteers."""
    if not is_complete(case) or not team(case).volunteers:
        return None
    return allocate(team(case), floor(case))


def floor(case: Case) -> float:
    """The share of their own hours from which somebody is free."""
    return case.thresholds["capacity_floor_share"]


def names(rows: Iterable[Row]) -> str:
    """The tasks' names, for quotation marks around them all."""
    told = list(dict.fromkeys(str(row.get("task", "–")) for row in rows))
    return "”, “".join([*told[:NAMES_SHOWN], "…"] if len(told) > NAMES_SHOWN else told)


def named(case: Case, ids: Iterable[str]) -> str:
    """The same of tasks by their ids."""
    rows = dict(filled(case, TASKS))
    return names(rows[one] for one in ids)
