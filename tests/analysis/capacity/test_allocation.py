"""Who can be freed, against every choice tried one by one, and what binds where not all can be."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.analysis.capacity import (
    Allocation,
    Task,
    Worker,
    Workload,
    allocate,
    freed_ranges,
    why_not,
    workload_of,
)
from tests.depth import examples

FLOOR = 0.75
MAY_KEEP = Fraction(1, 4)
HUNDREDTH = 100


def person(name: str, contract: float, volunteer: bool = False, people: int = 1) -> Worker:
    return Worker(name, Fraction(str(contract)), volunteer, people)


def task(name: str, doer: str, hours: float, *, moves: bool = True, skill: str = "") -> Task:
    told = Fraction(str(hours))
    return Task(name, doer, told, told, moves, False, skill)


# --------------------------------------------------------------------------- a second way


def max_flow(arcs: dict[tuple[str, str], int], source: str, sink: str) -> int:
    """The most that flows, in whole units, by shortest augmenting paths."""
    left, near = dict(arcs), {}
    for here, there in arcs:
        left.setdefault((there, here), 0)
        near.setdefault(here, set()).add(there)
        near.setdefault(there, set()).add(here)
    total = 0
    while True:
        came, queue = {source: source}, deque([source])
        while queue and sink not in came:
            here = queue.popleft()
            for there in sorted(near.get(here, ())):
                if there not in came and left[here, there] > 0:
                    came[there] = here
                    queue.append(there)
        if sink not in came:
            return total
        path, there = [], sink
        while there != source:
            path.append((came[there], there))
            there = came[there]
        least = min(left[arc] for arc in path)
        for here, there in path:
            left[here, there] -= least
            left[there, here] += least
        total += least


def flow(team: Workload, freed: dict[str, int], needed: bool) -> tuple[int, int]:
    """What can leave the freed volunteers, and what has to: in 400ths of an hour.

    With `needed`, no more may leave a volunteer than has to; else all that may move.
    """
    unit = 4 * HUNDREDTH
    arcs: dict[tuple[str, str], int] = {}
    wanted = 0
    for one in team.people:
        left = sum((t.left for t in team.tasks if t.doer == one.id), Fraction())
        if one.volunteer:
            need = max(left - MAY_KEEP * one.contract, Fraction()) * freed[one.id]
            wanted += int(need * unit)
            arcs["source", one.id] = int(need * unit) if needed else 10**9
        else:
            arcs[one.id, "sink"] = int(max(one.contract - left, Fraction()) * one.people * unit)
    for t in team.tasks:
        doer = next(one for one in team.people if one.id == t.doer)
        count = freed[doer.id] if doer.volunteer else doer.people
        if t.moves:
            arcs[doer.id, f"task {t.id}"] = int(t.left * count * unit)
            for one in team.people:
                able = not t.skill or t.skill in one.skills
                if not one.volunteer and one.id != doer.id and able:
                    arcs[f"task {t.id}", one.id] = 10**9
    return max_flow(arcs, "source", "sink"), wanted


def by_enumeration(team: Workload) -> tuple[int, int, dict[str, tuple[int, int]]]:
    """The most that can be freed, the most that leaves them then, and each one's range."""
    rows = [one for one in team.people if one.volunteer]
    able = []
    for counts in product(*(range(one.people + 1) for one in rows)):
        freed = {one.id: n for one, n in zip(rows, counts, strict=True)}
        moved, wanted = flow(team, freed, needed=True)
        if moved == wanted:
            able.append(freed)
    most = max(sum(freed.values()) for freed in able)
    best = [freed for freed in able if sum(freed.values()) == most]
    left = max(flow(team, freed, needed=False)[0] for freed in best)
    spans = {one.id: [freed[one.id] for freed in best] for one in rows}
    return most, left, {row: (min(span), max(span)) for row, span in spans.items()}


HOURS = st.integers(0, 160).map(lambda quarters: Fraction(quarters, 4))
SKILLS = st.sampled_from(["", "", "", "claims", "storms"])


@st.composite
def teams(draw: st.DrawFn) -> Workload:
    """Up to four rows of people, with up to three tasks each."""
    people, tasks = [], []
    for at in range(draw(st.integers(1, 4))):
        listed = draw(st.sets(st.sampled_from(["claims", "storms"])))
        volunteer, count = draw(st.booleans()), draw(st.integers(1, 3))
        contract = draw(st.sampled_from([Fraction(20), Fraction(75, 2), Fraction(40)]))
        mine = [
            Task(f"t{at}{n}", f"p{at}", hours, hours, draw(st.booleans()), False, draw(SKILLS))
            for n, hours in enumerate(draw(st.lists(HOURS, max_size=3)))
        ]
        skills = frozenset(listed | {one.skill for one in mine if one.skill})
        people.append(Worker(f"p{at}", contract, volunteer, count, skills))
        tasks += mine
    return Workload(tuple(people), tuple(tasks))


@pytest.mark.row("CAP-05", "CAP-10", "CAP-02")
@settings(deadline=None, max_examples=examples(150))
@given(team=teams())
def test_the_solver_finds_what_trying_every_choice_finds(team: Workload) -> None:
    most, left, ranges = by_enumeration(team)
    found = allocate(team, FLOOR)
    assert found.freed == most
    freed = [one for one in found.shares if one.freed]
    gone = sum(one.people * hours for one in freed for _, hours in one.gives)
    assert gone == pytest.approx(left / (4 * HUNDREDTH), abs=0.01)
    assert freed_ranges(team, FLOOR) == ranges


@pytest.mark.row("CAP-04", "CAP-10")
@settings(deadline=None, max_examples=examples(150))
@given(team=teams())
def test_a_plan_keeps_every_rule(team: Workload) -> None:
    """Hours neither appear nor vanish, nobody gets too much, and only the able take over."""
    found = allocate(team, FLOOR)
    by_id = {one.id: one for one in team.people}
    tasks = {one.id: one for one in team.tasks}
    assert sum(one.people for one in found.shares if one.freed) == found.freed
    hours = dict.fromkeys(tasks, 0.0)
    for share in found.shares:
        who = by_id[share.person]
        for name, part in (*share.keeps, *share.takes):
            hours[name] += share.people * part
        if share.freed:
            assert share.free >= FLOOR - 1e-3
        if share.takes:
            assert not who.volunteer
            assert share.after <= max(float(team.left(who.id)), share.contract) + 0.01
        for name, _ in share.takes:
            assert tasks[name].moves
            assert tasks[name].skill in {""} | who.skills
        if not share.freed and share.volunteer:
            assert not share.gives
    for name, one in tasks.items():
        expected = float(one.left * by_id[one.doer].people)
        assert hours[name] == pytest.approx(expected, abs=0.01)


@settings(deadline=None, max_examples=examples(100))
@given(team=teams())
def test_what_is_said_to_bind_binds(team: Workload) -> None:
    """With the missing hours all but the stuck are freed, and with a little less they are not."""
    found, short = allocate(team, FLOOR), why_not(team, FLOOR)
    assert (found.freed < found.volunteers) == bool(short.stuck or short.hours)
    stuck = sum(one.people for one in team.people if one.id in short.stuck)
    assert bool(short.stuck) == bool(short.kept or short.fixed or short.unskilled)
    if short.hours > 1:
        known = [one.skills for one in team.people if not one.volunteer]
        for more, enough in ((0.01, True), (-0.05, False)):
            hours = Fraction(str(round(short.hours + more, 4)))
            helper = Worker("helper", hours, False, 1, frozenset().union(*known))
            freed = allocate(Workload((*team.people, helper), team.tasks), FLOOR).freed
            assert (freed == found.volunteers - stuck) == enough


@settings(deadline=None, max_examples=examples(60))
@given(team=teams())
def test_what_is_said_to_be_reachable_is_and_no_more(team: Workload) -> None:
    """Without the stuck ones, who take nothing over, the others reach it, and one per cent more
    they don't."""
    short = why_not(team, FLOOR)
    others = tuple(one for one in team.people if one.id not in short.stuck)
    here = {one.id for one in others}
    rest = Workload(others, tuple(one for one in team.tasks if one.doer in here))
    if short.hours > 1 and 0 < short.together < 100 * FLOOR - 1:
        assert allocate(rest, short.together / 100).freed == rest.volunteers
        assert allocate(rest, (short.together + 1) / 100).freed < rest.volunteers


# --------------------------------------------------------------------------- worked out by hand


def lines(found: Allocation) -> dict[tuple[str, bool], tuple[int, float]]:
    return {(one.person, one.freed): (one.people, one.after) for one in found.shares}


@pytest.mark.row("CAP-05")
def test_three_of_eight_are_freed_where_slicing_frees_nobody() -> None:
    """Eight volunteers with 36 of 40 hours, six of them theirs alone; three who stay with 20 of 40
    hours each and one newcomer. Each freed hands over 26 to 30 hours: 100 hours are free, so three.
    """
    team = Workload(
        (person("v", 40, True, 8), person("s", 40, people=3), person("new", 40)),
        (
            task("own", "v", 6, moves=False),
            task("calls", "v", 30),
            task("desk", "s", 20, moves=False),
        ),
    )
    found = allocate(team, FLOOR)
    assert (found.volunteers, found.freed) == (8, 3)
    # 8 * 36 + 3 * 20 = 348 of 480 hours are taken.
    assert found.sliced == pytest.approx(1 - 348 / 480)
    assert lines(found)["v", True] == (3, pytest.approx(6, abs=0.01))  # 90 of 100 hours move
    assert lines(found)["v", False] == (5, 36)
    # The other five need 26 hours each: 8 * 26 = 208, and 100 are there.
    assert why_not(team, FLOOR).hours == pytest.approx(108)
    assert why_not(team, FLOOR).skills == ()
    assert why_not(team, FLOOR).together == 41  # 12.5 hours less each: 23.5 of 40 are left


@pytest.mark.row("CAP-02", "N-02")
@pytest.mark.parametrize(
    ("contract", "kept", "freed"),
    [(40, 10, 1), (40, 10.01, 0), (37.5, 9.375, 1), (20, 5, 1), (20, 5.02, 0), (40, 10.04, 0)],
)
def test_the_share_is_of_each_persons_own_hours_and_exact(
    contract: float, kept: float, freed: int
) -> None:
    team = Workload((person("v", contract, True),), (task("kept", "v", kept, moves=False),))
    assert allocate(team, FLOOR).freed == freed


def test_an_average_frees_nobody_who_keeps_half() -> None:
    team = Workload(
        (person("whole", 40, True), person("half", 40, True)),
        (task("own", "half", 20, moves=False),),
    )
    found = allocate(team, FLOOR)
    assert (found.volunteers, found.freed) == (2, 1)
    short = why_not(team, FLOOR)
    assert (short.stuck, short.kept, short.hours) == (("half",), ("own",), 0)
    assert short.alone == (50, 50)


def test_the_least_and_the_most_of_those_who_keep_too_much_are_told() -> None:
    team = Workload(
        (person("v", 40, True), person("w", 37.5, True), person("s", 40)),
        (
            task("a", "v", 16, moves=False),
            task("b", "v", 24),
            task("c", "w", 25, moves=False),
        ),
    )
    short = why_not(team, FLOOR)
    assert short.alone == (33, 60)  # 1 - 25 / 37.5, rounded down, and 1 - 16 / 40


def test_skills_bind_and_are_named() -> None:
    team = Workload(
        (
            Worker("v", Fraction(40), True, 2, frozenset({"claims"})),
            Worker("s", Fraction(40), False, 1, frozenset({"claims"})),
            person("t", 40, people=2),
        ),
        (task("claims", "v", 36, skill="claims"), task("desk", "s", 20, moves=False)),
    )
    assert allocate(team, FLOOR).freed == 0  # each needs 26 hours, and only 20 have the skill
    short = why_not(team, FLOOR)
    assert (short.stuck, short.skills) == ((), ("claims",))
    assert short.hours == pytest.approx(32)  # 52 are needed
    assert short.together == 35  # 10 hours less each: 26 of 40 are left


def test_what_a_fixed_duty_and_a_rare_skill_keep_is_told_apart() -> None:
    people = (person("v", 40, True), person("w", 40, True), person("s", 40))
    fixed = Task("duty", "v", Fraction(20), Fraction(20), False, True)
    short = why_not(Workload(people, (fixed, task("rare", "w", 20, skill="pilot"))), FLOOR)
    assert (short.kept, short.fixed, short.unskilled) == ((), ("duty",), ("rare",))


def test_whoever_stays_makes_room_for_what_only_they_can_do() -> None:
    """The one with the skill is full of what anybody can do: it goes to the third."""
    team = Workload(
        (
            person("v", 40, True),
            Worker("able", Fraction(40), False, 1, frozenset({"claims"})),
            person("other", 40),
        ),
        (task("claims", "v", 30, skill="claims"), task("post", "able", 40)),
    )
    found = allocate(team, FLOOR)
    assert found.freed == 1
    able, other = (one for one in found.shares if not one.volunteer)
    assert dict(able.takes) == {"claims": 30}
    assert dict(other.takes) == {"post": 30}
    assert (able.after, other.after) == (40, 30)


def test_an_overloaded_receiver_takes_nothing_more() -> None:
    team = Workload(
        (person("v", 40, True), person("s", 40)),
        (task("calls", "v", 36), task("desk", "s", 44, moves=False)),
    )
    found = allocate(team, FLOOR)
    assert found.freed == 0
    assert {one.person: one.after for one in found.shares} == {"v": 36, "s": 44}


def test_nobody_at_all_is_freed_of_nothing() -> None:
    assert allocate(Workload((), ()), FLOOR) == Allocation(0, 0, 0.0, ())
    alone = Workload((person("v", 40, True),), ())
    assert allocate(alone, FLOOR).freed == 1
    assert freed_ranges(alone, FLOOR) == {"v": (1, 1)}


# --------------------------------------------------------------------------- what is read


PEOPLE = [
    ("v", {"contract": "40", "takes_part": "yes", "skills": "Storms; large  losses"}),
    ("t", {"contract": "40", "takes_part": "temp", "count": "2"}),
    ("x", {"takes_part": "yes"}),
]


@pytest.mark.row("CAP-09", "CAP-13", "CAP-06", "CAP-08")
@pytest.mark.parametrize(
    ("told", "left", "moves"),
    [
        ({}, 8, False),
        ({"triage": "keep"}, 8, False),
        ({"triage": "stop"}, 0, False),
        ({"triage": "consolidate"}, 8, True),
        ({"triage": "simplify"}, 8, True),
        ({"triage": "simplify", "left": "3"}, 3, True),
        ({"triage": "relax", "left": "3", "fixed": "yes"}, 3, False),
        ({"triage": "simplify", "left": "9"}, 8, True),
        ({"triage": "automate", "left": "3"}, 8, True),
        ({"triage": "automate", "left": "3", "status": "not_started"}, 8, True),
        ({"triage": "automate", "left": "3", "status": "live"}, 3, True),
        ({"triage": "automate", "left": "3", "status": "underway"}, 8, True),
        ({"triage": "automate", "left": "3", "status": "underway", "sure": "60"}, 5, True),
    ],
)
def test_hours_that_are_left_of_a_task(told: dict[str, str], left: float, moves: bool) -> None:
    team = workload_of(PEOPLE, [("a", {"doer": "v", "hours": "8", **told})])
    assert [(one.left, one.moves) for one in team.tasks] == [(left, moves)]


def test_a_team_is_read_from_rows_and_what_is_not_known_is_left_out() -> None:
    tasks = [
        ("a", {"doer": "v", "hours": "7.25", "skill": " Claims "}),
        ("b", {"doer": "x", "hours": "8"}),
        ("c", {"doer": "v"}),
    ]
    team = workload_of(PEOPLE, tasks)
    assert [(one.id, one.people, one.volunteer) for one in team.people] == [
        ("v", 1, True),
        ("t", 2, False),
    ]
    assert team.people[0].skills == {"storms", "large losses", "claims"}
    assert [(one.id, one.hours) for one in team.tasks] == [("a", Fraction(29, 4))]
