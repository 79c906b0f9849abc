"""Which practice next, and what levels say: to inform, never to hold anything up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from playbook.analysis.practices.levels import (
    IMBALANCES,
    SIGNS,
    STARTERS,
    TRIED,
    has_fresh_example,
    how_many,
    imbalances,
    in_use,
    level_of,
    levels,
    most_practices,
    names_in_use,
)
from playbook.model import Value
from playbook.rules import Case, Hit
from playbook.rules.practices.shared import found, picked, sheet_rule, week

REGULAR = 3
KEPT = timedelta(weeks=3)
OPPORTUNITY = "opportunity"


def _is_full(case: Case) -> bool:
    rows = case.rows.get("practices", ())
    return how_many(rows) >= most_practices(week(case), case.thresholds)


@sheet_rule("PRA-17", raises=(*(f"next_{one}" for one in SIGNS.values()), "first_let_rest"))
def next_by_need(case: Case) -> Iterator[Hit]:
    """The door by symptoms is open from the first week; a new practice needs room."""
    noticed = picked(case, "symptoms") or frozenset()
    pointed = [SIGNS[one] for one in SIGNS if one in noticed]
    yield from (Hit(f"next_{one}", ("symptoms",)) for one in pointed)
    new = set(pointed) - names_in_use(case.rows.get("practices", ()))
    if new and _is_full(case):
        yield Hit("first_let_rest", ("symptoms", "version"), {"week": week(case)})


@sheet_rule("PRA-20", raises=("room",))
def confidence_makes_room(case: Case) -> Iterator[Hit]:
    if case.answered("confidence", "more") and not _is_full(case):
        yield Hit("room", ("confidence",))


@sheet_rule("PRA-18", raises=("process",))
def known_work_needs_a_process(case: Case) -> Iterator[Hit]:
    if case.answered("known_work", "yes"):
        yield Hit("process", ("known_work",))


@sheet_rule("PRA-19", raises=("right_away",))
def an_opportunity_begins_at_once(case: Case) -> Iterator[Hit]:
    if case.carried.get("reason_kind") == OPPORTUNITY and not found(case):
        yield Hit("right_away", ("week",))


@sheet_rule("GAP-05", raises=("no_example", "too_early"))
def levels_rest_on_examples(case: Case) -> Iterator[Hit]:
    rows = [row for row in in_use(case.rows.get("practices", ())) if level_of(row) is not None]
    days, first = case.thresholds["level_example_days"], round(case.thresholds["levels_from_week"])
    bare = [
        row
        for row in rows
        if (level_of(row) or 0) > TRIED and not has_fresh_example(row, case.today, days)
    ]
    if bare:
        told = {"count": len(bare), "days": round(days)}
        yield Hit("no_example", ("level", "level_example", "level_example_on"), told)
    if rows and week(case) < first:
        yield Hit("too_early", ("level",), {"week": week(case), "from": first})


@sheet_rule("GAP-06", raises=("ready_for_more",))
def next_by_level(case: Case) -> Iterator[Hit]:
    """From week seven and with five members on: the three have been regular for three weeks."""
    members, now = case.number("members"), week(case)
    few = members is None or members < case.thresholds["room_least_people"]
    if few or now < case.thresholds["next_by_level_from_week"] or _is_full(case):
        return
    rows = case.rows.get("practices", ())
    held = levels(rows, case.today, case.thresholds["level_example_days"])
    used = [row for row in in_use(rows) if row.get("which") in STARTERS]
    kept = all(_kept(row.get("level_since"), case.today) for row in used)
    if kept and all(held.get(one, 0) >= REGULAR for one in STARTERS):
        yield Hit("ready_for_more", ("level", "level_since", "members"))


def _kept(since: Value | None, today: date) -> bool:
    return isinstance(since, str) and today - date.fromisoformat(since) >= KEPT


@sheet_rule("PRA-15", raises=IMBALANCES)
def practices_balance_each_other(case: Case) -> Iterator[Hit]:
    rows, days = case.rows.get("practices", ()), case.thresholds["level_example_days"]
    if week(case) < case.thresholds["levels_from_week"]:
        return
    yield from (Hit(name, ("level",)) for name in imbalances(levels(rows, case.today, days)))
