"""What people work with: the three minima, technology by its roles, routines handed over."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from playbook.rules import Case, Hit, rule

sheet_rule = partial(rule, scope="sheet")

MINIMA = frozenset({"space", "tools", "sight"})
ROLES = ("see", "connect", "capabilities", "productivity", "executor")
EXECUTOR = "executor"
IN_USE = ("", "in_use")
"""A tool of which nobody said how it is used is taken to be in use."""


@sheet_rule("ENV-03", raises=("minimum", "lacking", "no_place"))
def the_minimum_is_there(case: Case) -> Iterator[Hit]:
    """Whether the groups work at a distance was said at the gate before."""
    said = frozenset(case.many("minimum")) - {"dont_know"}
    lacking = MINIMA - said
    if not said:
        return
    if not lacking:
        yield Hit("minimum", ("minimum",))
    elif lacking == {"space"} and case.carried.get("remote") == "yes":
        yield Hit("no_place", ("minimum",))
    else:
        yield Hit("lacking", ("minimum",), {"count": len(lacking)})


@sheet_rule("TEC-09", raises=("needs_none", "waits"))
def nothing_waits_for_technology(case: Case) -> Iterator[Hit]:
    if case.answered("waits", "yes", "partly"):
        yield Hit("waits", ("waits",))
    elif case.answered("waits", "no"):
        yield Hit("needs_none", ("waits",))


def _tools(case: Case, state: str) -> int:
    return sum(row.get("tool_state") == state for row in case.rows.get("technology", ()))


@sheet_rule("TEC-09", raises=("bought_early",))
def nothing_is_bought_ahead(case: Case) -> Iterator[Hit]:
    if count := _tools(case, "early"):
        yield Hit("bought_early", ("tool_state",), {"count": count})


@sheet_rule("TEC-11", raises=("at_once",))
def new_technology_starts_at_another_time(case: Case) -> Iterator[Hit]:
    if count := _tools(case, "emerging"):
        yield Hit("at_once", ("tool_state",), {"count": count})


@sheet_rule("TEC-07", raises=("no_roles", "only_executor", "several_roles"))
def technology_does_more_than_routine(case: Case) -> Iterator[Hit]:
    roles = {row.get("role") for row in case.rows.get("technology", ())} & {*ROLES}
    if not roles:
        yield Hit("no_roles", ("role",))
    elif roles == {EXECUTOR}:
        yield Hit("only_executor", ("role",))
    else:
        yield Hit("several_roles", ("role",))


@sheet_rule("TEC-01", raises=("unserved",))
def roles_that_no_tool_serves(case: Case) -> Iterator[Hit]:
    rows = case.rows.get("technology", ())
    known = {row.get("role") for row in rows} & {*ROLES}
    served = {row.get("role") for row in rows if row.get("tool_state", "") in IN_USE} & {*ROLES}
    if known and len(served) < len(ROLES):
        yield Hit("unserved", ("role", "tool_state"), {"count": len(ROLES) - len(served)})


@sheet_rule("TEC-06", raises=("no_taker",))
def routines_are_handed_over(case: Case) -> Iterator[Hit]:
    rows = case.rows.get("routines", ())
    if count := sum("routine" in row and "taken_by" not in row for row in rows):
        yield Hit("no_taker", ("taken_by",), {"count": count})
