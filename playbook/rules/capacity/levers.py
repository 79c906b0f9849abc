"""What frees the hours: stop, simplify, relax a target, automate; and what a customer gets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.analysis.capacity.workload import LESS
from playbook.rules import Case, Hit, Number
from playbook.rules.capacity.shared import (
    TASKS,
    Row,
    filled,
    is_complete,
    names,
    sheet_rule,
    tasks_where,
    team,
)
from playbook.worksheet.figures import figure


@sheet_rule("CAP-07", raises=("no_stop", "stops"))
def something_stops(case: Case) -> Iterator[Hit]:
    tasks = filled(case, TASKS)
    if stopped := tasks_where(case, "triage", "stop"):
        yield Hit("stops", ("triage",), {"tasks": names(stopped)})
    elif tasks and all("triage" in row for _, row in tasks):
        yield Hit("no_stop", ("triage",))


@sheet_rule("CAP-08", raises=("ends_early",))
def a_relaxed_target_lasts(case: Case) -> Iterator[Hit]:
    """Until the review or the pilot's last day; while neither is set, it has to lie ahead."""
    ends = [case.carried.get(name) for name in ("review_on", "pilot_end")]
    end = next((date.fromisoformat(day) for day in ends if isinstance(day, str)), case.today)
    early = [row for row in tasks_where(case, "triage", "relax") if _ends_before(row, end)]
    if early:
        yield Hit("ends_early", ("relaxed_until",), {"tasks": names(early)})


def _ends_before(row: Row, end: date) -> bool:
    day = row.get("relaxed_until")
    return isinstance(day, str) and date.fromisoformat(day) < end


@sheet_rule("CAP-09", raises=("not_started",))
def automation_has_begun(case: Case) -> Iterator[Hit]:
    automated = tasks_where(case, "triage", "automate")
    if late := [row for row in automated if row.get("status") == "not_started"]:
        yield Hit("not_started", ("status",), {"tasks": names(late)})


@sheet_rule("CAP-13", raises=("counted",), numbers=("hours_automated",))
def hours_that_machines_free(case: Case) -> Iterator[Hit | Number]:
    """Of all people together, each task's hours as surely as its automation runs."""
    automated = {row for row, told in filled(case, TASKS) if told.get("triage") == "automate"}
    if not automated or not is_complete(case):
        return
    people = {one.id: one.people for one in team(case).people}
    hours = sum(
        float((task.hours - task.left) * people[task.doer])
        for task in team(case).tasks
        if task.id in automated
    )
    yield Number("hours_automated", round(hours, 1))
    if hours:
        yield Hit("counted", ("status",), {"hours": figure(hours)})


@sheet_rule("CAP-16", raises=("no_value",))
def what_no_customer_gets_anything_from(case: Case) -> Iterator[Hit]:
    idle = tasks_where(case, "value", "none")
    if going_on := [row for row in idle if row.get("triage") not in (None, "stop", "automate")]:
        yield Hit("no_value", ("value",), {"tasks": names(going_on)})


@sheet_rule("SHIFT-06", raises=("for_machines",))
def what_a_machine_could_do(case: Case) -> Iterator[Hit]:
    alike = tasks_where(case, "repetitive", "yes")
    by_hand = ("keep", "consolidate", *(one for one in LESS if one != "automate"))
    if found := [row for row in alike if row.get("triage") in by_hand]:
        yield Hit("for_machines", ("repetitive",), {"tasks": names(found)})
