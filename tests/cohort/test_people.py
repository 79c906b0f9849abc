"""Classes, members, roles, teams, join codes."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from playbook.cohort.cohorts import JOINS, Cohorts
from playbook.cohort.secrets import ALPHABET, CODE_LENGTH, HostKey, shown_code
from playbook.cohort.types import Role
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.people import KEY, Class, Host
from tests.hostile import KEPT, NOTHING

ROLES = [role for role in Role if role is not Role.TRAINER]


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


# --------------------------------------------------------------------------- names


@pytest.mark.parametrize("name", [*NOTHING, "x" * 81, None, 3, ["Ana"]])
def test_a_name_that_is_none_is_refused(host, spring, name):
    before = host.rows()
    for call in (
        lambda: host.accounts.invite(name),
        lambda: spring.host.cohorts.rename(spring.trainer, name),
        lambda: host.cohorts.new_team(spring.trainer, name),
        lambda: host.cohorts.join("01ABCDEF", name),
    ):
        with pytest.raises(InputError, match="1 to 80 characters"):
            call()
    assert host.rows() == before


@pytest.mark.parametrize("name", KEPT)
def test_odd_names_stay_as_they_are(host, name):
    led = host.new_class(host.account(name), name)
    assert led.trainer.name == name
    assert host.cohorts.get(led.trainer).title == name
    assert led.join(name).name == name
    assert host.cohorts.new_team(led.trainer, name).name == name
    assert [team.name for team in host.cohorts.teams(led.id)] == [name]


# --------------------------------------------------------------------------- a new class


def test_a_new_class_is_as_it_was_planned(host):
    ana = host.account("Ana")
    cohort, trainer = host.cohorts.create(ana, host.plan(in_teams=True, sees_answers=True))
    assert host.cohorts.get(trainer) == cohort
    assert (cohort.title, cohort.host, cohort.owner) == ("Spring class", "Acme", ana.id)
    assert (cohort.in_teams, cohort.sees_answers, cohort.open) == (True, True, True)
    assert cohort.created == host.now()
    assert trainer.role is Role.TRAINER
    assert host.cohorts.members(cohort.id) == [trainer]


def test_whether_answers_are_seen_is_no_when_nobody_decides(spring, host):
    assert host.cohorts.get(spring.trainer).sees_answers is False


@pytest.mark.parametrize(
    ("ends", "erase_on", "field"),
    [
        (-1, 30, "ends"),
        (3, 3, "erase_on"),
        (3, 2, "erase_on"),
        (3, -5, "erase_on"),
        (3, 731, "erase_on"),
        (1000, 1001, "erase_on"),
    ],
)
def test_dates_that_make_no_sense_make_no_class(host, ends, erase_on, field):
    ana, today = host.account("Ana"), host.now.today
    days = {"ends": today + timedelta(days=ends), "erase_on": today + timedelta(days=erase_on)}
    with host.nothing_changes(), pytest.raises(InputError) as refused:
        host.cohorts.create(ana, host.plan(**days))
    assert refused.value.field == field


def test_a_class_may_end_today_and_be_kept_two_years(host):
    today = host.now.today
    days = {"ends": today, "erase_on": today + timedelta(days=730)}
    led = host.new_class(host.account("Ana"), **days)
    assert host.cohorts.get(led.trainer).ends == today


def test_dates_are_those_of_the_place_where_the_host_is(host, monkeypatch):
    """At half past ten in the evening UTC it is tomorrow in Kiritimati (14 hours ahead)."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    time.tzset()
    try:
        host.now.time = host.now.time.replace(hour=22, minute=30)
        assert host.cohorts.today() == date(2027, 3, 2)
        led = host.new_class(host.account("Ana"), ends=date(2027, 3, 2), erase_on=date(2027, 3, 9))
        code = host.cohorts.new_code(led.trainer)
        host.now.passes(hours=11)  # still the same day there
        assert host.cohorts.behind(code).id == led.id
        host.now.passes(minutes=31)
        with pytest.raises(InputError, match="ended on 2027-03-02"):
            host.cohorts.behind(code)
    finally:
        monkeypatch.undo()
        time.tzset()


# --------------------------------------------------------------------------- the door


@pytest.mark.parametrize("way", [str.lower, str.upper, shown_code, lambda it: f" {it} "])
def test_a_join_code_works_in_any_writing(host, spring, way):
    code = host.cohorts.new_code(spring.trainer)
    assert host.cohorts.behind(way(code)).id == spring.id
    assert host.cohorts.join(way(code), "Lin").cohort == spring.id


@pytest.mark.parametrize("typed", ["", "0", "ZZZZ-ZZZZ", "\ud800", "' OR 1=1", "x" * 10_000])
def test_a_wrong_code_lets_nobody_in_and_changes_nothing(host, spring, typed):
    host.cohorts.new_code(spring.trainer)
    with host.nothing_changes(), pytest.raises(InputError, match="opens nothing") as refused:
        host.cohorts.join(typed, "Lin")
    assert refused.value.field == "code"


def test_before_there_is_a_code_nobody_joins(host):
    host.new_class(host.account("Ana"))
    with pytest.raises(InputError, match="opens nothing"):
        host.cohorts.join("", "Lin")


def test_a_code_holds_from_monday_to_wednesday(host, spring):
    code = host.cohorts.new_code(spring.trainer)
    host.now.passes(days=2)
    assert host.cohorts.behind(code).id == spring.id
    assert host.cohorts.join(code, "Lin").cohort == spring.id


def test_a_host_that_starts_again_shows_the_same_code_and_its_file_has_none(host, spring):
    code = host.cohorts.new_code(spring.trainer)
    again = Cohorts(host.database, HostKey(KEY), host.framework.words, host.now)
    assert again.code(spring.trainer) == shown_code(code)
    assert code not in repr(host.rows())
    assert shown_code(code) not in repr(host.rows())


def test_with_another_key_there_is_no_code_to_show(host, spring):
    """The file alone, without the key beside it, gives nobody the code."""
    host.cohorts.new_code(spring.trainer)
    other = Cohorts(host.database, HostKey(b"x" * 32), host.framework.words, host.now)
    assert other.code(spring.trainer) is None
    assert other.code(spring.trainer) != host.cohorts.code(spring.trainer)


def test_two_codes_of_one_class_have_nothing_in_common(host, spring):
    codes = {host.cohorts.new_code(spring.trainer) for _ in range(50)}
    assert len(codes) == 50
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert set("".join(codes)) <= set(ALPHABET)


def test_a_new_code_ends_the_one_before(host, spring):
    first, second = (host.cohorts.new_code(spring.trainer) for _ in range(2))
    with pytest.raises(InputError, match="newer one"):
        host.cohorts.behind(first)
    assert host.cohorts.behind(second).id == spring.id


def test_a_code_is_used_up_by_as_many_as_it_is_for(host, spring):
    code = host.cohorts.new_code(spring.trainer, joins=2)
    host.cohorts.join(code, "One")
    host.cohorts.join(code, "Two")
    with host.nothing_changes(), pytest.raises(InputError, match="as often as it may"):
        host.cohorts.join(code, "Three")
    assert JOINS >= 60


def test_a_closed_door_lets_nobody_in_until_it_is_open_again(host, spring):
    code = host.cohorts.new_code(spring.trainer)
    host.cohorts.set_door(spring.trainer, False)
    with host.nothing_changes(), pytest.raises(InputError, match="closed"):
        host.cohorts.join(code, "Lin")
    host.cohorts.set_door(spring.trainer, True)
    assert host.cohorts.join(code, "Lin").role is Role.PARTICIPANT


def test_nobody_joins_a_class_that_is_over(host):
    today = host.now.today
    led = host.new_class(host.account("Ana"), ends=today, erase_on=today + timedelta(days=9))
    host.now.passes(days=1)
    code = host.cohorts.new_code(led.trainer)
    with pytest.raises(InputError, match="ended on"):
        host.cohorts.join(code, "Late")


def test_a_class_that_is_ended_takes_nobody_more_and_keeps_the_rest(host, spring):
    lin, code = spring.join("Lin"), host.cohorts.new_code(spring.trainer)
    cookie = host.devices.begin(lin)
    assert host.cohorts.end(spring.trainer)
    for tried in (lambda: host.cohorts.join(code, "Late"), lambda: host.cohorts.behind(code)):
        with pytest.raises(InputError, match="ended on"):
            tried()
    kept = host.cohorts.get(lin)
    assert (kept.ends, kept.ended) == (host.now.today, host.now())
    assert kept.is_over(host.now.today)
    assert kept.erase_on == host.now.today + timedelta(days=30)
    assert host.devices.who(cookie).member == lin


def test_ending_a_class_that_is_over_does_not_make_it_longer(host, spring):
    ended = host.cohorts.get(spring.trainer).ends
    host.now.passes(days=10)
    assert not host.cohorts.end(spring.trainer), "nothing was to be done"
    assert host.cohorts.get(spring.trainer).ends == ended


def test_two_people_of_one_name_are_two_people(spring):
    one, two = spring.join("Lin"), spring.join("Lin")
    assert one.id != two.id
    assert one.workspace != two.workspace


# --------------------------------------------------------------------------- roles


def test_a_trainer_gives_every_role_but_their_own(host, spring):
    lin = spring.join("Lin")
    for role in ROLES:
        host.cohorts.set_role(spring.trainer, lin.id, role)
        assert spring.now(lin).role is role
    for who, role in ((lin, Role.TRAINER), (spring.trainer, Role.PARTICIPANT)):
        with host.nothing_changes(), pytest.raises(GoneError):
            host.cohorts.set_role(spring.trainer, who.id, role)


def test_who_is_no_trainer_any_more_leads_nothing_with_a_page_left_open(host, spring):
    lin = spring.join("Lin")
    host.cohorts.set_role(spring.trainer, lin.id, Role.CO_TRAINER)
    stale = spring.now(lin)
    host.cohorts.set_door(stale, True)
    host.cohorts.set_role(spring.trainer, lin.id, Role.PARTICIPANT)
    with host.nothing_changes(), pytest.raises(GoneError):
        host.cohorts.set_door(stale, False)


def test_a_co_trainer_leads_but_decides_nothing_about_who_leads(host, spring):
    ben, lin = spring.co_trainer(host.account("Ben")), spring.join("Lin")
    host.account("Cem")
    assert host.cohorts.join(host.cohorts.new_code(ben), "Kim").cohort == spring.id
    team = host.cohorts.new_team(ben, "Blue")
    host.cohorts.seat(ben, lin.id, team.id)
    host.devices.reissue(ben, lin.id)
    for forbidden in (
        lambda: host.cohorts.set_role(ben, lin.id, Role.CO_TRAINER),
        lambda: host.cohorts.set_role(ben, ben.id, Role.TRAINER),
        lambda: host.cohorts.set_role(ben, spring.trainer.id, Role.VIEWER),
        lambda: host.cohorts.invite_trainer(ben, "Cem"),
        lambda: host.devices.reissue(ben, spring.trainer.id),  # or they could enter as the trainer
        lambda: host.devices.reissue(ben, ben.id),
    ):
        with host.nothing_changes(), pytest.raises(GoneError):
            forbidden()


def test_a_trainer_of_the_host_is_invited_once(host, spring):
    ben = host.account("Ben")
    seat = spring.co_trainer(ben)
    assert spring.co_trainer(ben) == seat
    assert host.cohorts.invite_trainer(spring.trainer, " bEN ") == seat
    assert [role for _, role in host.cohorts.of_account(ben)] == [seat]
    with host.nothing_changes(), pytest.raises(InputError, match="No trainer on this host") as no:
        host.cohorts.invite_trainer(spring.trainer, "Nobody")
    assert no.value.field == "account"


def test_trainers_of_one_host_see_their_own_classes_alone_newest_first(host):
    ana, ben = host.account("Ana"), host.account("Ben")
    mine = []
    for title in ("First", "Second"):
        mine.append(host.new_class(ana, title))
        host.now.passes(hours=1)
    host.new_class(ben, "Other")
    listed = host.cohorts.of_account(ana)
    assert [cohort.title for cohort, _ in listed] == ["Second", "First"]
    assert [seat for _, seat in listed] == [mine[1].trainer, mine[0].trainer]
    assert [cohort.title for cohort, _ in host.cohorts.of_account(ben)] == ["Other"]


# --------------------------------------------------------------------------- teams


def test_a_team_shares_one_place_and_each_keeps_their_own(host, spring):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    team = spring.team("Blue", lin, kim)
    places = {host.cohorts.place_of(spring.now(one)) for one in (lin, kim)}
    assert len(places) == 1
    assert places & {lin.workspace, kim.workspace} == set()
    host.cohorts.seat(spring.trainer, lin.id, None)
    assert host.cohorts.place_of(spring.now(lin)) == lin.workspace
    assert spring.now(kim).team == team


def test_teams_are_listed_by_name(host, spring):
    for name in ("Red", "Blue"):
        spring.team(name)
    assert [team.name for team in host.cohorts.teams(spring.id)] == ["Blue", "Red"]


def test_every_service_takes_its_clock(host):
    for service in (host.accounts, host.cohorts, host.devices):
        assert service.now is host.now
