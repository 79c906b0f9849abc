"""A person who is erased is gone from the file, to the last byte; nothing of others changes."""

from __future__ import annotations

import pytest

from playbook.cohort.types import Role
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.erasing.traces import MARK, bytes_of, leaves_traces, stones, vote

TABLES_OF_PEOPLE = ("member", "device", "pairing", "ballot", "worksheet", "event", "current")


def test_whoever_asks_is_gone_with_all_they_did(host, spring, erasing):
    lin = leaves_traces(spring, "Lin Zebrafish")
    cookie = host.devices.begin(lin)
    assert MARK.encode() in bytes_of(host)
    gone = erasing.myself(lin)
    assert (gone.people, gone.teams, gone.worksheets) == (1, 0, 1)
    assert len(gone.devices) == 2
    assert host.devices.who(cookie) is None
    for trace in (MARK, "Zebrafish", lin.name):
        assert trace.encode() not in bytes_of(host)
    assert stones(host) == {lin.id, lin.workspace}
    kept = host.rows()
    assert [row["id"] for row in kept["member"]] == [spring.trainer.id]
    assert [kept[table] for table in TABLES_OF_PEOPLE[1:]] == [[]] * 6
    assert kept["offer"] == []


def test_nothing_of_others_changes(host, spring, erasing):
    other = host.new_class(host.account("Ben"), "Other class")
    for led in (spring, other):
        leaves_traces(led, "Kim", "something else")
    before = host.rows()
    lin = leaves_traces(spring, "Lin")
    erasing.myself(lin)
    after = host.rows()
    counters = ("room", "cohort", "tombstone", "upkeep")  # version; joins left
    for table in before.keys() - set(counters):
        assert after[table] == before[table], table


def test_the_room_tells_that_somebody_is_gone(host, spring, erasing):
    lin = leaves_traces(spring, "Lin")
    before = host.room.version(spring.trainer)
    erasing.myself(lin)
    assert host.room.version(spring.trainer) > before
    assert host.room.state_for(spring.trainer)["gallery"] == []


def test_what_was_published_stays_as_it_was_and_ballots_go(host, spring, erasing):
    people = [spring.join(f"p{number}") for number in range(6)]
    poll = vote(spring, *people)
    before = host.room.state_for(spring.trainer)["votes"]
    erasing.myself(people[0])
    assert host.room.state_for(spring.trainer)["votes"] == before
    assert before[0]["result"]["respondents"] == 6
    ballots = host.rows()["ballot"]
    assert {row["member"] for row in ballots} == {one.id for one in people[1:]}
    assert {row["poll"] for row in ballots} == {poll}


def test_a_vote_that_waits_counts_only_who_is_there(host, spring, erasing):
    people = [spring.join(f"p{number}") for number in range(6)]
    poll = host.room.votes.ask(spring.trainer, "catalyst", "candidates/breaks")
    for one in people[:5]:
        host.room.votes.answer(one, poll, "yes")
    erasing.myself(people[0])
    with pytest.raises(InputError, match="4 of 5 needed"):
        host.room.votes.reveal(spring.trainer, poll)
    host.room.votes.answer(people[5], poll, "yes")
    host.room.votes.reveal(spring.trainer, poll)
    (seen,) = host.room.state_for(spring.trainer)["votes"]
    assert seen["result"]["respondents"] == 5


def test_a_name_leaves_the_agreed_actions_unless_another_has_it(host, spring, erasing):
    agree = host.room.agreements.agree
    for owner in ("lin", "Kim", "Ana"):
        agree(spring.trainer, "Ask the branches", owner, "2027-04-01")
    lin, kim, _ = spring.join("Lin"), spring.join("Kim"), spring.join("KIM")
    for one in (lin, kim):
        erasing.myself(one)
    agreed = host.room.state_for(spring.trainer)["agreements"]
    assert {row["owner"] for row in agreed} == {"Somebody who left", "Kim", "Ana"}


def test_a_name_from_before_leaves_the_agreed_actions_and_the_calendar(host, spring, erasing):
    lin, kim = spring.join("Lin Zebrafish"), spring.join("Kim")
    agree = host.room.agreements.agree
    for owner in ("Lin  zebrafish", "Kim and Lin Zebrafish", "Lin", "Blue"):
        agree(spring.trainer, "Ask the branches", owner, "2027-04-01")
    host.cohorts.rename(lin, "Blue")
    agree(spring.trainer, "Ask again", "lin zebrafish", "2027-04-02")  # who still calls them so
    host.cohorts.rename(lin, "Kim")  # and what Kim sees to stays
    agree(spring.trainer, "Call", "Kim", "2027-04-03")
    assert "Blue" not in repr(host.rows()["earlier_name"])
    erasing.myself(lin)
    left = "Somebody who left"
    agreed = host.room.desk_for(spring.trainer)["agreements"]
    kept = sorted(row["owner"] for row in agreed)
    assert kept == sorted([left, f"Kim and {left}", "Lin", left, left, "Kim"])
    assert b"ebrafish" not in host.take_away.calendar(kim).replace(b"\r\n ", b"")
    assert b"ebrafish" not in bytes_of(host)


def test_what_a_team_wrote_stays_the_teams(host, spring, erasing):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    spring.team("Blue", lin, kim)
    sheet = spring.writes(lin, MARK)
    erasing.myself(spring.now(lin))
    place = host.cohorts.place_of(spring.now(kim))
    assert [info.id for info in host.store(place).worksheets()] == [sheet]


def test_a_trainer_erases_somebody_and_a_co_trainer_too(host, spring, erasing):
    ben = spring.co_trainer(host.account("Ben"))
    one, two = spring.join("One"), spring.join("Two")
    erasing.member(spring.trainer, one.id)
    erasing.member(ben, two.id)
    assert {row["name"] for row in host.rows()["member"]} == {"Ana", "Ben"}
    erasing.member(spring.trainer, ben.id)
    assert host.accounts.named("Ben").name == "Ben"  # the account is the host's, not the class's


def test_who_may_not_erase_somebody_erases_nobody(host, spring, erasing):
    other = host.new_class(host.account("Cem"), "Other class")
    ben, eva = spring.co_trainer(host.account("Ben")), spring.co_trainer(host.account("Eva"))
    lin, kim = spring.join("Lin"), spring.join("Kim")
    team = spring.team("Blue")
    for tried in (
        lambda: erasing.member(lin, kim.id),
        lambda: erasing.member(lin, lin.id),
        lambda: erasing.member(ben, spring.trainer.id),
        lambda: erasing.member(ben, eva.id),
        lambda: erasing.member(other.trainer, lin.id),
        lambda: erasing.member(spring.trainer, "no-such-id"),
        lambda: erasing.member(spring.trainer, "\ud800"),
        lambda: erasing.member(spring.trainer, spring.trainer.id),
        lambda: erasing.team(lin, team),
        lambda: erasing.team(other.trainer, team),
        lambda: erasing.team(spring.trainer, "no-such-id"),
        lambda: erasing.cohort(lin),
        lambda: erasing.cohort(ben),
        lambda: erasing.by_host("no-such-id"),
        lambda: erasing.by_host("\udcff"),
        lambda: erasing.by_host(other.id, lin.id),
        lambda: erasing.by_host(spring.id, "no-such-id"),
    ):
        with host.nothing_changes(), pytest.raises(GoneError):
            tried()


def test_a_class_does_not_lose_its_trainer(host, spring, erasing):
    for tried in (
        lambda: erasing.myself(spring.trainer),
        lambda: erasing.by_host(spring.id, spring.trainer.id),
    ):
        with host.nothing_changes(), pytest.raises(InputError, match="without its trainer"):
            tried()


def test_who_was_erased_is_not_erased_twice(host, spring, erasing):
    lin = spring.join("Lin")
    erasing.myself(lin)
    with host.nothing_changes(), pytest.raises(GoneError):
        erasing.myself(lin)


def test_a_team_goes_with_its_work_once_nobody_is_in_it(host, spring, erasing):
    lin = spring.join("Lin")
    team = spring.team("Blue", lin)
    spring.writes(lin, MARK)
    place = host.cohorts.place_of(spring.now(lin))
    with host.nothing_changes(), pytest.raises(InputError, match="still people"):
        erasing.team(spring.trainer, team)
    host.cohorts.seat(spring.trainer, lin.id, None)
    gone = erasing.team(spring.trainer, team)
    assert (gone.people, gone.teams, gone.worksheets, gone.devices) == (0, 1, 1, ())
    assert MARK.encode() not in bytes_of(host)
    assert stones(host) == {team, place}
    assert spring.now(lin).workspace == lin.workspace


def test_a_late_role_is_read_anew(host, spring, erasing):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    host.cohorts.set_role(spring.trainer, lin.id, Role.CO_TRAINER)
    stale = spring.now(lin)
    host.cohorts.set_role(spring.trainer, lin.id, Role.PARTICIPANT)
    with host.nothing_changes(), pytest.raises(GoneError):
        erasing.member(stale, kim.id)
