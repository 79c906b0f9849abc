"""A class lives: it stays open after its day, its dates can change, and it says when it is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playbook.cohort.cohorts import CohortPlan
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.people import Class, Host
from tests.cohort.voting import URGENT


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


def test_unless_said_otherwise_a_class_stays_open_for_thirty_days_after_its_day(host: Host) -> None:
    wednesday = host.now.today + timedelta(days=2)
    made, _ = host.cohorts.create(host.account("Ana"), CohortPlan("A", "Acme", day=wednesday))
    assert made.day == wednesday
    assert made.ends == wednesday + timedelta(days=30)
    assert made.erase_on == wednesday + timedelta(days=60)
    assert not made.is_over(wednesday + timedelta(days=30))
    assert made.is_over(wednesday + timedelta(days=31))


def test_the_trainer_changes_the_dates_and_everybody_can_read_when(
    host: Host, spring: Class
) -> None:
    before = host.cohorts.get(spring.trainer)
    assert before.dated is None
    ends, erase_on = (before.ends + timedelta(days=7), before.erase_on + timedelta(days=7))
    host.now.passes(hours=1)
    assert host.cohorts.set_dates(spring.trainer, ends, erase_on)
    now = host.cohorts.get(spring.trainer)
    assert (now.ends, now.erase_on, now.dated) == (ends, erase_on, host.now())


def test_the_same_dates_again_are_no_change(host: Host, spring: Class) -> None:
    found = host.cohorts.get(spring.trainer)
    with host.nothing_changes():
        assert not host.cohorts.set_dates(spring.trainer, found.ends, found.erase_on)


@pytest.mark.parametrize(
    ("ends", "erase_on", "field"),
    [(-1, 30, "ends"), (3, 3, "erase_on"), (3, 731, "erase_on"), (9, 5, "erase_on")],
)
def test_dates_that_make_no_sense_change_nothing(
    host: Host, spring: Class, ends: int, erase_on: int, field: str
) -> None:
    today = host.now.today
    days = today + timedelta(days=ends), today + timedelta(days=erase_on)
    with host.nothing_changes(), pytest.raises(InputError) as refused:
        host.cohorts.set_dates(spring.trainer, *days)
    assert refused.value.field == field


def test_only_its_trainer_changes_the_dates(host: Host, spring: Class) -> None:
    lin, ben = spring.join("Lin"), spring.co_trainer(host.account("Ben"))
    other = host.new_class(host.account("Eve")).trainer
    day = host.now.today + timedelta(days=9)
    before = host.cohorts.get(spring.trainer)
    for who in (lin, ben):
        with host.nothing_changes(), pytest.raises(GoneError):
            host.cohorts.set_dates(who, day, day + timedelta(days=1))
    host.cohorts.set_dates(other, day, day + timedelta(days=1))
    assert host.cohorts.get(spring.trainer) == before


def test_a_class_that_was_over_goes_on_with_a_later_day_and_its_code_as_well(
    host: Host, spring: Class
) -> None:
    code = host.cohorts.new_code(spring.trainer)
    host.cohorts.end(spring.trainer)
    host.now.passes(days=2)
    ends = host.now.today + timedelta(days=5)
    erase_on = host.cohorts.get(spring.trainer).erase_on
    assert host.cohorts.set_dates(spring.trainer, ends, erase_on)
    assert not host.cohorts.get(spring.trainer).is_over(host.now.today)
    assert host.cohorts.join(code, "Lin").cohort == spring.id


def test_when_a_class_is_over_nothing_is_asked_or_answered_and_it_says_so(
    host: Host, spring: Class
) -> None:
    lin = spring.join("Lin")
    vote = host.room.votes.ask(spring.trainer, "catalyst", URGENT)
    version = host.room.version(lin)
    host.cohorts.end(spring.trainer)
    assert host.room.version(lin) > version, "every page hears of it"
    with host.nothing_changes():
        with pytest.raises(InputError, match="This class ended on"):
            host.room.votes.answer(lin, vote, "yes")
        with pytest.raises(InputError, match="This class ended on"):
            host.room.votes.ask(spring.trainer, "catalyst", URGENT)


def test_a_class_is_made_again_without_its_people_and_answers(host: Host) -> None:
    ana = host.account("Ana")
    spring = host.new_class(ana, in_teams=True, sees_answers=True)
    lin = spring.join("Lin")
    spring.team("Night shift", lin)
    spring.writes(lin, "A secret")
    day = host.now.today + timedelta(days=40)
    made, trainer = host.cohorts.copy(ana, spring.id, "Autumn class", day)
    assert (made.title, made.host, made.day) == ("Autumn class", "Acme", day)
    assert (made.in_teams, made.sees_answers) == (True, True)
    assert host.cohorts.members(made.id) == [trainer]
    assert [team.name for team in host.cohorts.teams(made.id)] == ["Night shift"]
    assert host.store(host.cohorts.teams(made.id)[0].workspace).worksheets() == []


def test_nobody_makes_a_class_like_one_that_another_trainer_leads(
    host: Host, spring: Class
) -> None:
    ben = host.account("Ben")
    for cohort in (spring.id, "nothing", "\ud800"):
        with host.nothing_changes(), pytest.raises(GoneError):
            host.cohorts.copy(ben, cohort, "Mine", host.now.today)
