"""The gate at the end of Recognise: the decision, and whether what others promised lasts.

Questions are named as in content/sheets/recognise_gate.toml. That the gate is as far as its sheets
is no rule of this module: every sheet with musts is (playbook.assessing.completeness).
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date, timedelta

from playbook.rules import Case, Hit, decision, rule

MUSTS = ("zoom_out", "catalyst", "champion", "entry_point", "metric_tree")
PROMISES = {"cover": "cover_until", "promise": "no_cuts_until"}
"""What must last, and what carries its last day."""


@rule("APP-18", raises=("unexplained", "anyway"), scope="sheet")
def going_on_with_open_points(case: Case) -> Iterator[Hit]:
    yield from decision.open_points(case, MUSTS)


@rule("APP-18", raises=("unsigned",), scope="sheet")
def somebody_answers(case: Case) -> Iterator[Hit]:
    yield from decision.name_under_it(case)


@rule("APP-15", raises=("no_end", "past"), scope="sheet")
def a_day_for_the_next_look(case: Case) -> Iterator[Hit]:
    yield from decision.next_look(case)


@rule(
    "APP-07",
    raises=[f"{name}_{how}" for name in PROMISES for how in ("ends", "short")],
    scope="sheet",
)
def what_was_promised_lasts(case: Case) -> Iterator[Hit]:
    """Until the review; while that has no day, as long as a pilot with its review takes."""
    review, weeks = case.day("review_on") or case.day("pilot_end"), case.thresholds["pilot_weeks"]
    for name, promise in PROMISES.items():
        end = _carried_day(case, promise)
        if end and review and end < review:
            yield Hit(f"{name}_ends", ("review_on",), {"days": (review - end).days})
        elif end and not review and end < case.today + timedelta(weeks=weeks):
            values = {"day": _written(end), "weeks": f"{weeks:g}"}
            yield Hit(f"{name}_short", ("review_on",), values)


@rule("APP-06", raises=("impatient",), scope="sheet")
def leaders_wait_for_a_result(case: Case) -> Iterator[Hit]:
    result, patience = (_carried_number(case, name) for name in ("result_weeks", "patience_weeks"))
    if result is not None and patience is not None and patience < result:
        yield Hit("impatient", (), {"result": f"{result:g}", "patience": f"{patience:g}"})


def _carried_day(case: Case, name: str) -> date | None:
    value = case.carried.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _carried_number(case: Case, name: str) -> float | None:
    value = case.carried.get(name)
    return float(value) if isinstance(value, str) else None


def _written(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
