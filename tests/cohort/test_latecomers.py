"""A vote is answered by those who were in the class when it was opened, and by nobody else."""

from __future__ import annotations

import pytest

from playbook.cohort.erasing import ErasureService
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from tests.cohort.people import Class, Host
from tests.cohort.voting import URGENT, all_answer, result, vote


@pytest.fixture
def spring(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


def ask(led: Class) -> str:
    return led.host.room.votes.ask(led.trainer, "catalyst", URGENT)


def refused(led: Class, who: Member, poll: str) -> None:
    """The answer is refused in a sentence, and nothing is kept of it."""
    with led.host.nothing_changes(), pytest.raises(InputError, match="opened before you joined"):
        led.host.room.votes.answer(who, poll, "no")


def test_four_browsers_that_join_an_open_vote_do_not_unmask_the_one_who_answered(host, spring):
    lin = spring.join("Lin")
    poll = ask(spring)
    host.room.votes.answer(lin, poll, "yes")
    for number in range(4):
        refused(spring, spring.join(f"Sybil {number}"), poll)
    with pytest.raises(InputError, match="1 of 5 needed"):
        host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, lin, poll) is None


def test_nor_do_those_who_join_between_two_steps(host, spring):
    """Five are shown; Kim thought about it; four come in for the next step's batch of five."""
    five, kim = [spring.join(f"P{number}") for number in range(5)], spring.join("Kim")
    poll = ask(spring)
    all_answer(host.room, five, poll, *["yes"] * 5)
    host.room.votes.reveal(spring.trainer, poll)
    before = result(host.room, kim, poll)
    late = [spring.join(f"Sybil {number}") for number in range(4)]
    host.room.votes.reopen(spring.trainer, poll)
    host.room.votes.answer(kim, poll, "no")
    for one in late:
        refused(spring, one, poll)
    host.room.votes.reveal(spring.trainer, poll)
    assert result(host.room, kim, poll) == before


def test_who_came_later_is_told_so_and_answers_the_next_vote(host, spring):
    lin = spring.join("Lin")
    first = ask(spring)
    kim = spring.join("Kim")
    second = ask(spring)
    assert [vote(host.room, kim, it)["late"] for it in (first, second)] == [True, False]
    assert [vote(host.room, lin, it)["late"] for it in (first, second)] == [False, False]
    assert not vote(host.room, spring.trainer, first)["late"]
    host.room.votes.answer(kim, second, "no")
    assert vote(host.room, kim, second)["mine"]["value"] == "no"


def test_a_vote_counts_out_of_those_who_may_answer_it_and_the_room_says_how_many_are_in(
    host, spring
):
    lin = spring.join("Lin")
    poll = ask(spring)
    kim = spring.join("Kim")
    host.cohorts.set_role(spring.trainer, spring.join("Guest").id, Role.VIEWER)
    assert host.room.screen_for(spring.trainer)["turnout"][poll]["of"] == 1
    assert [host.room.state_for(who)["people"] for who in (lin, kim, spring.trainer)] == [2, 2, 2]
    ErasureService(*host.parts).myself(lin)
    assert host.room.desk_for(spring.trainer)["turnout"][poll]["of"] == 0
    assert host.room.state_for(kim)["people"] == 1


def test_who_was_there_as_something_else_may_answer_once_they_are_a_participant(host, spring):
    guest = spring.join("Guest")
    host.cohorts.set_role(spring.trainer, guest.id, Role.VIEWER)
    poll = ask(spring)
    host.cohorts.set_role(spring.trainer, guest.id, Role.PARTICIPANT)
    host.room.votes.answer(guest, poll, "no")
    assert host.room.desk_for(spring.trainer)["turnout"][poll]["answered"] == 1


def test_who_is_erased_and_comes_back_does_not_vote_a_second_time(host, spring):
    lin = spring.join("Lin")
    poll = ask(spring)
    host.room.votes.answer(lin, poll, "yes")
    ErasureService(*host.parts).myself(lin)
    refused(spring, spring.join("Lin"), poll)


def test_a_clock_that_was_set_back_keeps_nobody_out(host, spring):
    lin = spring.join("Lin")
    host.now.passes(hours=-3)
    host.room.votes.answer(lin, ask(spring), "yes")
