"""What is erased is gone from the file, to the last byte; nothing of anybody else changes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from playbook.cohort.erasing import ErasureService
from playbook.cohort.types import Role
from playbook.maintain.backup import make
from playbook.maintain.restore import restore
from playbook.model import InputError
from playbook.store import GoneError
from playbook.store import class_schema as schema
from tests.cohort.people import PASSWORD, Class, Host

MARK = "Zebrafish merger 4711"
TABLES_OF_PEOPLE = ("member", "device", "pairing", "ballot", "worksheet", "event", "current")


@pytest.fixture
def host(tmp_path):
    made = Host(tmp_path / "cohorts.sqlite")
    yield made
    made.database.close()


@pytest.fixture
def erasing(host):
    return ErasureService(*host.parts)


@pytest.fixture
def spring(host):
    return host.new_class(host.account("Ana"))


def leaves_traces(led: Class, name: str, mark: str = MARK):
    """Somebody who has left something in every table there is."""
    host = led.host
    who = led.join(name)
    led.writes(who, mark)
    host.devices.link(who)
    host.devices.begin(who)
    host.devices.pairing_code(who)
    host.room.gallery.offer(who, mark, f"<p>{mark}</p>", consent=True)
    return who


def vote(led: Class, *voters) -> str:
    """A revealed vote about a text, everybody's shared."""
    room = led.host.room
    poll = room.votes.ask(led.trainer, "catalyst", "candidates/what")
    for number, voter in enumerate(voters):
        room.votes.answer(voter, poll, f"Idea {number}", shared=True)
    room.votes.reveal(led.trainer, poll)
    return poll


def bytes_of(host: Host) -> bytes:
    """Every byte in the folder of the file, what SQLite keeps beside it included."""
    return b"".join(path.read_bytes() for path in host.path.parent.glob("cohorts.sqlite*"))


def stones(host: Host) -> set[str]:
    with host.database.read() as connection:
        return set(connection.scalars(select(schema.tombstone.c.id)))


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
    people = [spring.join(f"p{number}") for number in range(5)]
    poll = host.room.votes.ask(spring.trainer, "catalyst", "candidates/breaks")
    for one in people:
        host.room.votes.answer(one, poll, "yes")
    erasing.myself(people[0])
    host.room.votes.reveal(spring.trainer, poll)
    (seen,) = host.room.state_for(spring.trainer)["votes"]
    assert seen["result"]["respondents"] == 4
    assert seen["result"]["counts"] is None


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


def test_a_restored_backup_does_not_bring_an_earlier_name_back(host, spring, tmp_path):
    lin = spring.join("Lin Zebrafish")
    agree = host.room.agreements.agree
    agree(spring.trainer, "Ask the branches", "Lin Zebrafish", "2027-04-01")
    before = make(host.database, tmp_path / "before.sqlite")
    host.cohorts.rename(lin, "Blue")
    host.database.close()
    restore(before.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    agreed = again.room.state_for(spring.trainer)["agreements"]
    assert [row["owner"] for row in agreed] == ["Lin Zebrafish"]
    ErasureService(*again.parts).myself(lin)  # who was called so after the backup was made
    again.database.close()
    restore(before.path, host.path, lambda: tmp_path / "aside_2.sqlite")
    last = Host(host.path)
    try:
        assert last.room.state_for(spring.trainer)["agreements"] == []
        assert [row["name"] for row in last.rows()["member"]] == ["Ana"]
        assert b"Zebrafish" not in bytes_of(last)
    finally:
        last.database.close()


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


def test_a_restored_backup_brings_no_trainer_back(host, spring, erasing, tmp_path):
    cem = host.sets_password("Cem Zebrafish")
    spring.co_trainer(cem)
    old = host.new_class(cem, "Old class")
    backup = make(host.database, tmp_path / "backup.sqlite")
    erasing.cohort(old.trainer)
    erasing.account(cem)
    host.database.close()
    restore(backup.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    try:
        kept = again.rows()
        assert [row["name"] for row in kept["account"]] == ["Ana"]
        assert [row["title"] for row in kept["cohort"]] == ["Spring class"]
        assert [row["name"] for row in kept["member"]] == ["Ana"]
        assert b"Zebrafish" not in bytes_of(again)
    finally:
        again.database.close()


def test_a_restored_backup_brings_nobody_back(host, spring, erasing, tmp_path):
    lin, kim = leaves_traces(spring, "Lin"), leaves_traces(spring, "Kim", "something else")
    old = host.new_class(host.accounts.named("Ana"), "Old class")
    leaves_traces(old, "Kit")
    host.room.agreements.agree(spring.trainer, "Ask the branches", "Lin", "2027-04-01")
    backup = make(host.database, tmp_path / "backup.sqlite")
    erasing.myself(lin)
    erasing.cohort(old.trainer)
    host.database.close()
    restore(backup.path, host.path, lambda: tmp_path / "aside.sqlite")
    again = Host(host.path)
    try:
        names = [row["name"] for row in again.rows()["member"]]
        assert sorted(names) == ["Ana", "Kim"]
        assert [row["title"] for row in again.rows()["cohort"]] == ["Spring class"]
        assert len(again.store(kim.workspace).worksheets()) == 1
        assert again.rows()["agreed"] == []
        assert MARK.encode() not in bytes_of(again)
    finally:
        again.database.close()


def test_a_late_role_is_read_anew(host, spring, erasing):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    host.cohorts.set_role(spring.trainer, lin.id, Role.CO_TRAINER)
    stale = spring.now(lin)
    host.cohorts.set_role(spring.trainer, lin.id, Role.PARTICIPANT)
    with host.nothing_changes(), pytest.raises(GoneError):
        erasing.member(stale, kim.id)
