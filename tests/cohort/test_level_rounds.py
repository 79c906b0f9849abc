"""Rounds of levels in a team: open to its members, shown once, forgotten then."""

from dataclasses import asdict

import pytest
from sqlalchemy import select

from playbook.analysis.practices.levels import NINE
from playbook.cohort.erasing import ErasureService
from playbook.cohort.group_levels import GroupLevels
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import class_schema as schema
from playbook.store.errors import GoneError
from tests.cohort.people import Class, Host

pytestmark = pytest.mark.row("GAP-06")
SIX = ("Ada", "Ben", "Cem", "Dua", "Eva", "Finn")


@pytest.fixture
def host() -> Host:
    return Host()


@pytest.fixture
def cohort(host: Host) -> Class:
    return host.new_class(host.sets_password("Tara"))


def group(cohort: Class, *names: str) -> list[Member]:
    people = [cohort.join(name) for name in names]
    cohort.team("Group 4", *people)
    return [cohort.now(one) for one in people]


def give(host: Host, people: list[Member], *levels: int) -> None:
    for who, level in zip(people, levels, strict=True):
        host.room.levels.answer(who, {"reflect": level})


def test_a_week_of_six_one_late_and_one_who_edits_twice(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    give(host, people[:4], 1, 3, 4, 4)
    levels.answer(people[0], {"reflect": 2})
    levels.answer(people[0], {"reflect": 5})
    with pytest.raises(InputError):
        levels.close(people[1])  # four have answered
    give(host, people[4:5], 3)
    state = levels.state_for(people[5])
    assert (state.answered, state.asked, state.mine, state.results) == (5, 6, {}, ())
    give(host, people[5:], 3)
    levels.close(people[2])
    ((_, result),) = levels.state_for(people[5]).results
    told = result.practices["reflect"]
    assert (result.raters, told.raters, told.middle) == (6, 6, 3.5)  # 3 3 3 4 4 5


def test_who_comes_after_the_end_counts_in_the_next_round_only(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    give(host, people[:5], 1, 2, 3, 4, 5)
    levels.close(people[0])
    before = levels.state_for(people[0])
    with pytest.raises(InputError):
        levels.answer(people[5], {"reflect": 1})
    with pytest.raises(InputError):
        levels.open(people[5])
    host.now.passes(days=27)
    with pytest.raises(InputError):
        levels.open(people[5])
    assert levels.state_for(people[0]).results == before.results
    host.now.passes(days=1)
    levels.open(people[5])
    give(host, people, 1, 2, 3, 4, 5, 1)
    levels.close(people[5])
    raters = [result.raters for _, result in levels.state_for(people[0]).results]
    assert raters == [6, 5]


def test_no_level_is_kept_of_anybody_once_it_is_shown(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    give(host, people, 1, 2, 3, 4, 5, 5)
    levels.close(people[0])
    kept = host.rows()["level_ballot"]
    assert {row["member"] for row in kept} == {who.id for who in people}
    assert [row["levels"] for row in kept] == [{"reflect": 0}] * 6  # that one was given


def test_no_difference_of_views_tells_anything_while_a_round_is_open(
    host: Host, cohort: Class
) -> None:
    """Two rounds that differ in what one member gives look the same to all others, before the end;
    a member looks after each answer of another one."""
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    looks = []
    for level in (1, 5):
        levels.answer(people[1], {"reflect": level})
        looks.append([asdict(levels.state_for(who)) for who in people if who is not people[1]])
    assert looks[0] == looks[1]


def test_erasing_or_moving_somebody_changes_nothing_that_is_shown(
    host: Host, cohort: Class
) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    give(host, people, 1, 2, 3, 4, 5, 5)
    levels.close(people[0])
    before = levels.state_for(people[0]).results
    host.cohorts.seat(cohort.trainer, people[1].id, None)
    ErasureService(*host.parts).myself(people[2])
    assert levels.state_for(people[0]).results == before
    with host.database.read() as connection:
        kept = connection.execute(select(schema.level_round.c.result)).scalar_one()
    assert all(who.id not in kept for who in people)


def test_who_is_erased_while_a_round_is_open_is_in_it_no_more(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    give(host, people[:5], 1, 2, 3, 4, 5)
    ErasureService(*host.parts).myself(people[1])
    state = levels.state_for(people[0])
    assert (state.answered, state.asked) == (4, 5)
    with pytest.raises(InputError):
        levels.close(people[0])


def test_a_group_of_fewer_than_five_keeps_nothing(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX[:4]), host.room.levels
    assert not levels.state_for(people[0]).may_open
    with host.nothing_changes(), pytest.raises(InputError):
        levels.open(people[0])


def test_outside_the_group_nobody_sees_or_does_anything(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    other = cohort.join("Gus")
    others = cohort.now(other), cohort.trainer
    for who in others:
        with host.nothing_changes():
            for act in (levels.state_for, levels.open, levels.close):
                with pytest.raises(GoneError):
                    act(who)
            with pytest.raises(GoneError):
                levels.answer(who, {"reflect": 3})
    cohort.team("Group 5", other)
    assert not levels.state_for(cohort.now(other)).open


def test_who_joins_the_group_later_is_not_asked_in_this_round(host: Host, cohort: Class) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    levels.open(people[0])
    late = cohort.join("Gus")
    host.cohorts.seat(cohort.trainer, late.id, people[0].team)
    late = cohort.now(late)
    assert levels.state_for(late).mine is None
    with pytest.raises(InputError):
        levels.answer(late, {"reflect": 1})


@pytest.mark.parametrize(
    "given", [{"reflect": 6}, {"reflect": 0}, {"reflect": "3"}, {"reflect": True}, {"x": 3}, []]
)
def test_what_is_no_level_is_refused(host: Host, cohort: Class, given: dict[str, int]) -> None:
    people = group(cohort, *SIX)
    host.room.levels.open(people[0])
    with host.nothing_changes(), pytest.raises(InputError):
        host.room.levels.answer(people[0], given)


def test_who_no_longer_answers_in_the_class_opens_no_round(host: Host, cohort: Class) -> None:
    people = group(cohort, *SIX)
    host.cohorts.set_role(cohort.trainer, people[0].id, Role.VIEWER)
    with pytest.raises(GoneError):
        host.room.levels.open(people[0])
    assert set(NINE) >= {"reflect"}


def all_that_leaves(host: Host, people: list[Member], trainer: Member) -> list[object]:
    """Files, documents, days and results of these people and of who leads, and what they see."""
    away = host.take_away
    own = [
        (
            list(away.file(who)),
            away.document(who),
            away.calendar(who),
            host.room.levels.state_for(who),
        )
        for who in people
    ]
    return [*own, away.results(trainer)]


def test_nothing_that_anybody_else_takes_along_differs_by_what_one_member_gave(
    host: Host, cohort: Class
) -> None:
    people, levels = group(cohort, *SIX), host.room.levels
    cohort.writes(people[0], "Ours")
    levels.open(people[0])
    give(host, people[2:], 2, 3, 4, 4)
    others = [who for who in people if who is not people[1]]
    seen = []
    for level in (1, 5):
        levels.answer(people[1], {"reflect": level})
        seen.append(all_that_leaves(host, others, cohort.trainer))
    assert seen[0] == seen[1]
    levels.close(people[0])
    told = str(all_that_leaves(host, people, cohort.trainer)[:-1])
    assert "level_ballot" not in told


def test_of_five_who_become_four_the_last_figures_stay_and_no_others_come(
    host: Host, cohort: Class
) -> None:
    people, levels = group(cohort, *SIX[:5]), host.room.levels
    levels.open(people[0])
    give(host, people, 1, 2, 3, 4, 5)
    levels.close(people[0])
    before = levels.state_for(people[0]).results
    late = cohort.join("Gus")
    ErasureService(*host.parts).myself(people[4])
    host.now.passes(days=28)
    state = levels.state_for(people[0])
    assert (state.results, state.may_open) == (before, False)
    with pytest.raises(InputError):
        levels.open(people[0])
    host.cohorts.seat(cohort.trainer, late.id, people[0].team)
    levels.open(people[0])
    give(host, people[:4], 1, 2, 3, 4)
    assert levels.state_for(people[0]).results == before
    with pytest.raises(InputError):
        levels.close(people[0])  # four of five: the fifth would be the difference


def round_of(host: Host, people: list[Member], *levels: int) -> GroupLevels:
    """A round in which these people answer, four weeks after the last one: what it shows."""
    host.now.passes(days=28)
    host.room.levels.open(people[0])
    give(host, people, *levels)
    host.room.levels.close(people[0])
    return host.room.levels.state_for(people[0]).results[0][1]


@pytest.mark.parametrize("how", ["leaves the group", "is erased", "gives no answer"])
def test_who_is_gone_in_the_next_round_is_not_told_by_the_difference(
    host: Host, cohort: Class, how: str
) -> None:
    """Five give what they gave before, and one is gone: the two middles would tell that level."""
    people, levels = group(cohort, *SIX), host.room.levels
    assert round_of(host, people, 1, 2, 3, 4, 5, 5).practices["reflect"].middle == 3.5
    gone, rest = people[5], people[:5]
    if how == "leaves the group":
        host.cohorts.seat(cohort.trainer, gone.id, None)
    elif how == "is erased":
        ErasureService(*host.parts).myself(gone)
    told = round_of(host, rest, 1, 2, 3, 4, 5)
    assert (told.practices, told.agreement, told.held) == ({}, None, ("reflect",))
    again = round_of(host, rest, 1, 2, 3, 4, 5)  # nor in the one after that
    assert again.held == ("reflect",)
    assert [len(it.practices) for _, it in levels.state_for(people[0]).results] == [0, 0, 1]


def test_the_same_people_and_five_others_are_shown_again(host: Host, cohort: Class) -> None:
    people = group(cohort, *SIX)
    five = [cohort.join(name) for name in ("Gus", "Hal", "Ina", "Jo", "Kim")]
    assert round_of(host, people, 1, 2, 3, 4, 5, 5).practices
    assert round_of(host, people, 2, 2, 3, 4, 5, 5).practices["reflect"].middle == 3.5
    for late in five:
        host.cohorts.seat(cohort.trainer, late.id, people[0].team)
    everybody = [*people, *map(cohort.now, five)]
    told = round_of(host, everybody, 1, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5)
    assert (told.held, told.practices["reflect"].middle) == ((), 5)
    assert round_of(host, everybody[1:], 2, 3, 4, 5, 5, 5, 5, 5, 5, 5).held == ("reflect",)
