"""What the capacity rules share: the team, what is still open in it, and the plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from playbook.analysis.capacity import Allocation, Workload, allocate, workload_of
from playbook.analysis.capacity.workload import LESS, STARTED, UNDER_WAY, VOLUNTEER
from playbook.model import Value
from playbook.rules import Case, rule

PEOPLE, TASKS = "people", "tasks"
OF_PEOPLE = ("who", "contract", "takes_part")
OF_TASKS = ("task", "doer", "hours", "triage")
HOW_FAR = frozenset({"status", "sure"})
WITHOUT_HOURS = frozenset({"relaxed_until", "relaxed_by"})
"""What the first screen asks of a task, and its hours do not rest on."""

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
    asked = [*OF_TASKS, *_about_fewer_hours(row)]
    if row.get("triage") == "relax":
        asked += ["relaxed_until", "relaxed_by"]
    known = {"doer": case.row_ids.get(PEOPLE, ()), "status": (*STARTED, "not_started")}
    return [one for one in asked if one not in row or row[one] not in known.get(one, (row[one],))]


def _about_fewer_hours(row: Row) -> list[str]:
    """What a task's hours rest on besides what is asked of every task."""
    asked = ["left"] if row.get("triage") in LESS else []
    if row.get("triage") == "automate":
        asked.append("status")
        if row.get("status") == UNDER_WAY:
            asked.append("sure")
    return asked


def team(case: Case) -> Workload:
    """Everybody of whom enough is said, with their tasks; an automation of which nobody knows how
    far it is counts here in full, so that what is said against the hours holds in any case."""
    return case.once(_team)


def _team(case: Case) -> Workload:
    tasks = [(row_id, {**row, **_at_best(row)}) for row_id, row in filled(case, TASKS)]
    return workload_of(filled(case, PEOPLE), tasks)


def _at_best(row: Row) -> Row:
    if row.get("triage") != "automate":
        return {}
    if row.get("status") not in (*STARTED, "not_started"):
        return {"status": STARTED[0]}
    return {"sure": "100"} if row["status"] == UNDER_WAY and "sure" not in row else {}


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
    return is_told(case) and not (_open(case) & HOW_FAR)


def is_told(case: Case) -> bool:
    """The same but for how far automations are, which nobody may know yet."""
    there = bool(filled(case, PEOPLE)) and bool(filled(case, TASKS))
    return there and not (_open(case) - HOW_FAR - WITHOUT_HOURS) and not short_of_tasks(case)


def _open(case: Case) -> frozenset[str]:
    """The questions of people and tasks that are open in some row."""
    return case.once(_open_questions)


def _open_questions(case: Case) -> frozenset[str]:
    rows = [(table, row) for table in (PEOPLE, TASKS) for _, row in filled(case, table)]
    return frozenset(one for table, row in rows for one in lacks(case, table, row))


def plan(case: Case) -> Allocation | None:
    """Who can be freed; None while that can't be known, or nobody volunteers."""
    return at_best(case) if is_complete(case) else None


def at_best(case: Case) -> Allocation | None:
    """The same, and where only the automations are open, who can be freed if they go well."""
    if not is_told(case) or not team(case).volunteers:
        return None
    return allocate(team(case), floor(case))


def volunteers(case: Case) -> int:
    """How many volunteers are listed, whatever else is said of them."""
    told = (row for _, row in filled(case, PEOPLE) if row.get("takes_part") == VOLUNTEER)
    return sum(int(str(row.get("count", 1))) for row in told)


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
