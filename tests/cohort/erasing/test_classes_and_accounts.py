"""A class or an account goes whole when it may, and nothing of any other with it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from playbook.model import InputError
from tests.cohort.erasing.traces import MARK, bytes_of, leaves_traces, stones, vote
from tests.cohort.people import PASSWORD


def test_a_class_goes_whole_and_the_other_one_stays(host, erasing):
    ana = host.account("Ana")
    other = host.new_class(host.account("Ben"), "Other class")
    leaves_traces(other, "Kim", "something else")
    before = host.rows()
    doomed = host.new_class(ana, f"Class of {MARK}")
    people = [leaves_traces(doomed, f"p{number}") for number in range(6)]
    team = doomed.team("Blue", *people[:2])
    place = host.cohorts.place_of(doomed.now(people[0]))
    doomed.writes(people[0], MARK)
    vote(doomed, *people)
    host.room.agreements.agree(doomed.trainer, MARK, "Lin", "2027-04-01")
    gone = erasing.cohort(doomed.trainer)
    assert (gone.people, gone.teams, gone.worksheets, len(gone.devices)) == (7, 1, 7, 6)
    after = host.rows()
    for table in before.keys() - {"tombstone", "upkeep"}:
        assert after[table] == before[table], table
    assert MARK.encode() not in bytes_of(host)
    everybody = [*people, doomed.trainer]
    ids = {one.id for one in everybody} | {one.workspace for one in everybody}
    assert stones(host) == ids | {team, place, doomed.id}


def test_a_class_is_erased_when_its_day_has_come_and_not_before(host, erasing):
    ana, today = host.account("Ana"), host.now.today
    soon = host.new_class(ana, "Soon", erase_on=today + timedelta(days=10))
    later = host.new_class(ana, "Later", erase_on=today + timedelta(days=20))
    host.now.passes(days=9)
    with host.nothing_changes():
        assert erasing.due() == []
    host.now.passes(days=1)
    with host.nothing_changes():
        assert [cohort.id for cohort in erasing.due()] == [soon.id]
    ((cohort, gone),) = erasing.erase_due([soon.id, later.id])
    assert (cohort.id, cohort.title, gone.people) == (soon.id, "Soon", 1)
    assert [cohort.id for cohort, _ in host.cohorts.of_account(ana)] == [later.id]
    assert erasing.due() == []


def test_only_what_was_announced_and_is_still_due_is_erased(host, spring, erasing):
    other = host.new_class(host.accounts.named("Ana"), "Other class")
    host.now.passes(days=300)
    assert {cohort.id for cohort in erasing.due()} == {spring.id, other.id}
    host.now.passes(days=-300)  # the clock was wrong
    assert erasing.erase_due([spring.id]) == []
    host.now.passes(days=300)
    assert [cohort.id for cohort, _ in erasing.erase_due([spring.id])] == [spring.id]
    assert [cohort.id for cohort in erasing.due()] == [other.id]


def test_the_host_erases_a_class_and_a_person(host, spring, erasing):
    lin = spring.join("Lin")
    assert erasing.by_host(spring.id, lin.id).people == 1
    assert erasing.by_host(spring.id).people == 1
    assert host.rows()["cohort"] == []


def test_a_trainer_s_account_goes_with_all_they_did_in_classes_of_others(host, spring, erasing):
    zoe = host.sets_password("Zoe Zebrafish")
    seat = spring.co_trainer(zoe)
    spring.writes(seat, MARK)
    kim = leaves_traces(spring, "Kim", "something else")
    host.room.agreements.agree(spring.trainer, "Ask the branches", zoe.name, "2027-04-01")
    host.accounts.invite(zoe.name)
    cookies = [host.devices.begin(who) for who in (zoe, seat)]
    gone = erasing.account(zoe)
    assert (gone.people, gone.teams, gone.worksheets, len(gone.devices)) == (1, 0, 1, 2)
    assert [host.devices.who(cookie) for cookie in cookies] == [None, None]
    for trace in (MARK, "Zebrafish", "zebrafish"):
        assert trace.encode() not in bytes_of(host)
    assert {seat.id, seat.workspace, zoe.id} <= stones(host)
    kept = host.rows()
    ((ana, name),) = [(row["id"], row["name"]) for row in kept["account"]]
    assert name == "Ana"
    assert {row["id"] for row in kept["member"]} == {spring.trainer.id, kim.id}
    assert {row["account"] for row in kept["invitation"]} == {ana}
    assert host.accounts.signed_in(zoe.name, PASSWORD) is None


def test_an_account_stays_as_long_as_a_class_is_theirs(host, spring, erasing):
    ana = host.accounts.named("Ana")
    other = host.new_class(ana, "Other class")
    with host.nothing_changes(), pytest.raises(InputError) as refused:
        erasing.account(ana)
    for led in ("“Spring class”", spring.id, "“Other class”", other.id):
        assert led in str(refused.value)
    erasing.cohort(spring.trainer)
    erasing.cohort(other.trainer)
    erasing.account(ana)
    assert host.rows()["account"] == []
