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
PROMISES = {"cover": "cover_until", "promise": "no_cuts_until", "room": "room_until"}
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


@rule("APP-06", raises=("impatient", "early_review"), scope="sheet")
def a_result_in_time(case: Case) -> Iterator[Hit]:
    """Before leaders lose patience, and before the review looks for it."""
    result, patience = (_carried_number(case, name) for name in ("result_weeks", "patience_weeks"))
    if result is not None and patience is not None and patience < result:
        yield Hit("impatient", (), {"result": f"{result:g}", "patience": f"{patience:g}"})
    start, review = case.day("pilot_start"), case.day("review_on")
    if result is not None and start and review and review < start + timedelta(weeks=result):
        days = (start + timedelta(weeks=result) - review).days
        yield Hit("early_review", ("review_on",), {"weeks": f"{result:g}", "days": days})


# --------------------------------------------------------------------------- what is asked for


@rule("APP-01", raises=("no_request",), scope="sheet")
def what_is_asked_for(case: Case) -> Iterator[Hit]:
    """Whoever goes on is led to what the brief asks for; it holds nothing up."""
    if case.answered("go_on", "go") and not case.get("people"):
        yield Hit("no_request", ("people",))


@rule("APP-15", raises=("order", "decided_late"), scope="sheet")
def days_in_order(case: Case) -> Iterator[Hit]:
    """The pilot begins, ends, and is reviewed; those days that are set."""
    questions = [q for q in ("pilot_start", "pilot_end", "review_on") if case.day(q)]
    days = [day for q in questions if (day := case.day(q))]
    one_day = case.day("pilot_start") and case.day("pilot_start") == case.day("pilot_end")
    if days != sorted(days) or one_day:
        yield Hit("order", tuple(questions))
    start, decided = case.day("pilot_start"), case.day("decide_by")
    if start and decided and decided > start:
        yield Hit("decided_late", ("decide_by", "pilot_start"), {"days": (decided - start).days})


@rule("GAP-03", raises=("too_late",), scope="sheet")
def it_begins_while_it_can_help(case: Case) -> Iterator[Hit]:
    start, too_late = case.day("pilot_start"), _carried_day(case, "too_late_by")
    if start and too_late and start > too_late:
        yield Hit("too_late", ("pilot_start",), {"days": (start - too_late).days})


@rule("ENT-10", raises=("place_later",), scope="sheet")
def the_place_can_begin(case: Case) -> Iterator[Hit]:
    start, earliest = case.day("pilot_start"), _carried_day(case, "place_from")
    if start and earliest and start < earliest:
        yield Hit("place_later", ("pilot_start",), {"days": (earliest - start).days})


@rule("ENT-04", raises=("asks_few", "asks_many", "asks_more"), scope="sheet")
def as_many_as_would_come(case: Case) -> Iterator[Hit]:
    """15 to 60 take part (N-01), and no more than nine in ten tries bring."""
    people, most_come = case.number("people"), _carried_number(case, "volunteers_most")
    if people is None:
        return
    least, most = case.thresholds["volunteers_least"], case.thresholds["volunteers_most"]
    told = {"people": f"{people:g}", "least": f"{least:g}", "most": f"{most:g}"}
    if not least <= people <= most:
        yield Hit("asks_few" if people < least else "asks_many", ("people",), told)
    if most_come is not None and people > most_come:
        yield Hit("asks_more", ("people",), told | {"come": f"{most_come:g}"})


def _carried_day(case: Case, name: str) -> date | None:
    value = case.carried.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _carried_number(case: Case, name: str) -> float | None:
    value = case.carried.get(name)
    return float(value) if isinstance(value, str) else None


def _written(day: date) -> str:
    return f"{day.day} {calendar.month_name[day.month]} {day.year}"
