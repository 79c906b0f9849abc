"""The board: each obstacle has a state, an owner who may remove it, and does not grow old."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from playbook.analysis.obstacles import Obstacle, obstacles_of
from playbook.rules import Case, Hit, Number, rule

sheet_rule = partial(rule, scope="sheet")

SYSTEMIC, PULL_BACK = "systemic", "pull_back"
WITH_SPONSOR = "sponsor"
SOMEWHAT = ("yes", "partly")


def obstacles(case: Case) -> tuple[Obstacle, ...]:
    """All obstacles of the board."""
    ids = case.row_ids.get("obstacles", ())
    return case.table("obstacles").once(obstacles_of, ids, case.today)


def _open(case: Case) -> list[Obstacle]:
    return case.once(_still_open)


def _still_open(case: Case) -> list[Obstacle]:
    return [one for one in obstacles(case) if one.is_open]


def _count(case: Case, picked: Callable[[Obstacle], bool]) -> int:
    return sum(picked(one) for one in _open(case))


@sheet_rule(
    "OBS-01",
    raises=("none_listed", "open_state", "no_owner", "in_hand"),
    numbers=("obstacles_open",),
)
def each_obstacle_has_an_owner(case: Case) -> Iterator[Hit | Number]:
    """Of one without a state nothing else is said: it may be gone."""
    listed = obstacles(case)
    if not listed:
        yield Hit("none_listed", ("state", "standing"))
        return
    yield Number("obstacles_open", len(_open(case)))
    if count := _count(case, lambda one: not one.state):
        yield Hit("open_state", ("state",), {"count": count})
    if count := _count(case, lambda one: bool(one.state) and not one.owner):
        yield Hit("no_owner", ("owner",), {"count": count})
    elif not _count(case, lambda one: not one.state or one.standing != "yes"):
        yield Hit("in_hand", ("state", "owner", "standing"))


@sheet_rule("OBS-04", raises=("uncovered", "no_fix"))
def systems_have_a_cover_now_and_a_fix_for_good(case: Case) -> Iterator[Hit]:
    if count := _count(case, lambda one: one.kind == SYSTEMIC and not one.cover):
        yield Hit("uncovered", ("cover", "kind"), {"count": count})
    if count := _count(case, lambda one: one.kind == SYSTEMIC and not one.fix):
        yield Hit("no_fix", ("fix", "kind"), {"count": count})


@sheet_rule("OBS-09", raises=("open_standing", "no_standing"))
def owners_may_remove_it(case: Case) -> Iterator[Hit]:
    if count := _count(case, lambda one: one.standing in ("", "dont_know")):
        yield Hit("open_standing", ("standing",), {"count": count})
    if count := _count(case, lambda one: one.standing in ("no", "partly")):
        yield Hit("no_standing", ("standing", "owner"), {"count": count})


@sheet_rule("OBS-09", raises=("overdue", "with_sponsor"), numbers=("obstacles_sponsor",))
def old_ones_go_to_the_sponsor(case: Case) -> Iterator[Hit | Number]:
    """An old obstacle is on the sponsor's page; it is a warning until the sponsor has it."""
    days = round(case.thresholds["obstacle_sponsor_days"])
    old = [one for one in _open(case) if one.is_sponsors(days)]
    theirs = sum(one.mover == WITH_SPONSOR for one in old)
    if obstacles(case):
        yield Number("obstacles_sponsor", len(old))
    if count := len(old) - theirs:
        yield Hit("overdue", ("since", "mover"), {"days": days, "count": count})
    if theirs:
        yield Hit("with_sponsor", ("since", "mover"), {"days": days, "count": theirs})


@sheet_rule("OBS-10", raises=("not_on_board", "on_board"))
def a_call_back_is_an_obstacle(case: Case) -> Iterator[Hit]:
    if case.answered("pulled_back", *SOMEWHAT):
        listed = _count(case, lambda one: one.kind == PULL_BACK)
        yield Hit("on_board" if listed else "not_on_board", ("pulled_back", "kind"))


def _found(case: Case, question: str) -> int:
    return len(frozenset(case.many(question)) - {"none"})


@sheet_rule("OBS-07", raises=("found",))
def usual_ones_are_looked_for(case: Case) -> Iterator[Hit]:
    if count := _found(case, "common"):
        yield Hit("found", ("common",), {"count": count})


@sheet_rule("MOT-07", raises=("found",))
def what_takes_the_joy(case: Case) -> Iterator[Hit]:
    if count := _found(case, "killers"):
        yield Hit("found", ("killers",), {"count": count})
