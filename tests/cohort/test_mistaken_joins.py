"""Somebody who joined by mistake, or twice: set aside or merged, and nothing is erased."""

from __future__ import annotations

import pytest

from playbook.cohort.erasing import ErasureService
from playbook.cohort.merging import Merging
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.people import Class, Host
from tests.cohort.voting import URGENT, all_answer, result, vote


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


@pytest.fixture
def merging(host: Host) -> Merging:
    return Merging(*host.parts)


def ask(led: Class) -> str:
    return led.host.room.votes.ask(led.trainer, "catalyst", URGENT)


# --------------------------------------------------------------------------- set aside


def test_who_is_set_aside_is_in_no_count_and_keeps_their_work(host: Host, spring: Class) -> None:
    lin, kim = spring.join("Lin"), spring.join("Kim")
    sheet = spring.writes(kim, "Ours")
    assert host.cohorts.set_aside(spring.trainer, kim.id, True)
    assert spring.now(kim).role is Role.ASIDE
    assert host.room.state_for(lin)["people"] == 1
    for seen in (host.room.state_for, host.room.version):
        with pytest.raises(GoneError):
            seen(kim)
    assert "Ours" in host.take_away.document(kim)
    assert [it.id for it in host.store(kim.workspace).worksheets()] == [sheet]
    assert host.cohorts.set_aside(spring.trainer, kim.id, False)
    assert host.room.state_for(kim)["people"] == 2


def test_their_open_answer_counts_no_more_and_again_when_they_are_back(
    host: Host, spring: Class
) -> None:
    people = [spring.join(f"P{number}") for number in range(6)]
    poll = ask(spring)
    all_answer(host.room, people, poll, *["yes"] * 5, "no")
    host.cohorts.set_aside(spring.trainer, people[5].id, True)
    told = host.room.desk_for(spring.trainer)["turnout"][poll]
    assert (told["answered"], told["of"]) == (5, 5)
    host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, people[0], poll)["counts"]["no"] == 0
    host.cohorts.set_aside(spring.trainer, people[5].id, False)
    host.room.votes.reopen(spring.trainer, poll)
    host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, people[0], poll)["counts"]["no"] == 0, "one more is not shown"


def test_setting_people_aside_leaves_nobody_alone_in_a_result(host: Host, spring: Class) -> None:
    """Whoever leads takes all but one of five off the list, and reveals."""
    people = [spring.join(f"P{number}") for number in range(5)]
    poll = ask(spring)
    all_answer(host.room, people, poll, *["yes"] * 5)
    for one in people[1:]:
        host.cohorts.set_aside(spring.trainer, one.id, True)
    host.room.votes.close(spring.trainer, poll)
    assert host.room.desk_for(spring.trainer)["turnout"][poll]["answered"] == 1
    assert vote(host.room, spring.trainer, poll)["result"] is None


def test_nobody_sets_a_trainer_aside_and_no_participant_anybody(host: Host, spring: Class) -> None:
    lin, ben = spring.join("Lin"), spring.co_trainer(host.account("Ben"))
    for by, whom in (
        (ben, spring.trainer),
        (lin, ben),
        (lin, lin),
        (spring.trainer, spring.trainer),
    ):
        with host.nothing_changes(), pytest.raises(GoneError):
            host.cohorts.set_aside(by, whom.id, True)
    assert host.cohorts.set_aside(ben, lin.id, True)
    assert not host.cohorts.set_aside(ben, lin.id, True), "nothing was to be done"


# --------------------------------------------------------------------------- merged


def test_what_somebody_did_under_both_names_is_theirs(
    host: Host, spring: Class, merging: Merging
) -> None:
    maria = spring.join("Maria")
    twin = spring.join("Maria K.")
    first, second = spring.writes(maria, "One"), spring.writes(twin, "Two")
    cookie = host.devices.begin(twin)
    poll = ask(spring)
    host.room.votes.answer(twin, poll, "no")
    ended = merging.merge(twin, maria)
    assert len(ended) == 1
    assert host.devices.who(cookie) is None
    assert {it.name for it in host.cohorts.members(spring.id)} == {"Ana", "Maria"}
    kept = {it.id for it in host.store(maria.workspace).worksheets()}
    assert kept == {first, second}
    assert vote(host.room, maria, poll)["mine"]["value"] == "no"
    assert twin.workspace in {row["id"] for row in host.rows()["tombstone"]}


def test_of_two_answers_ones_own_counts_and_only_once(
    host: Host, spring: Class, merging: Merging
) -> None:
    maria, twin = spring.join("Maria"), spring.join("Maria")
    others = [spring.join(f"P{number}") for number in range(4)]
    poll = ask(spring)
    all_answer(host.room, [maria, twin, *others], poll, "yes", "no", *["partly"] * 4)
    merging.merge(twin, maria)
    host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, maria, poll)["counts"] == {
        "yes": 1,
        "partly": 4,
        "no": 0,
        "dont_know": 0,
    }


def test_what_was_shown_stays_and_who_merged_answers_no_second_time(
    host: Host, spring: Class, merging: Merging
) -> None:
    """The twin is in the result, and who takes its work along waits for the next step."""
    twin, maria = spring.join("Maria"), spring.join("Maria K.")
    others = [spring.join(f"P{number}") for number in range(8)]
    poll = ask(spring)
    all_answer(host.room, [twin, *others[:4]], poll, *["yes"] * 5)
    host.room.votes.reveal(spring.trainer, poll)
    before = result(host.room, others[0], poll)
    host.room.votes.reopen(spring.trainer, poll)
    all_answer(host.room, [maria, *others[4:]], poll, *["no"] * 5)
    merging.merge(twin, maria)
    assert vote(host.room, maria, poll)["mine"] == {
        "value": "yes",
        "guess": None,
        "shared": False,
        "settled": True,
    }
    with pytest.raises(InputError, match="stands"):
        host.room.votes.answer(maria, poll, "no")
    host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, others[0], poll) == before, "four more are not shown"


def test_erasing_the_one_knows_the_name_of_the_other(
    host: Host, spring: Class, merging: Merging
) -> None:
    maria, twin = spring.join("Maria"), spring.join("M. Kern")
    host.room.agreements.agree(spring.trainer, "Ask", "M. Kern", "2027-04-01")
    merging.merge(twin, maria)
    ErasureService(*host.parts).myself(maria)
    (action,) = host.room.state_for(spring.trainer)["agreements"]
    assert action["owner"] == "Somebody who left"


def test_nobody_is_merged_with_another_class_a_trainer_or_themselves(
    host: Host, spring: Class, merging: Merging
) -> None:
    lin = spring.join("Lin")
    eve = host.new_class(host.account("Ben")).join("Eve")
    pairs: list[tuple[Member, Member]] = [
        (lin, eve),
        (eve, lin),
        (lin, lin),
        (lin, spring.trainer),
        (spring.trainer, lin),
    ]
    for twin, into in pairs:
        with host.nothing_changes(), pytest.raises(GoneError):
            merging.merge(twin, into)


def test_two_who_have_too_many_worksheets_together_stay_two(
    host: Host, spring: Class, merging: Merging, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("playbook.cohort.merging.WORKSHEETS", 1)
    maria, twin = spring.join("Maria"), spring.join("Maria")
    spring.writes(maria, "One")
    spring.writes(twin, "Two")
    with host.nothing_changes(), pytest.raises(InputError, match="more than 1 worksheets"):
        merging.merge(twin, maria)
