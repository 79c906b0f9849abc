"""What is stricter than a vote: judgements about people, and hands counted in the room."""

from typing import Any

import pytest

from playbook.cohort.room import Room
from playbook.cohort.types import Member
from playbook.model import InputError
from tests.cohort.voting import SIDE_BENEFITS, URGENT, WHAT, all_answer, result, vote

from .conftest import Class

# --------------------------------------------------------------------------- about people


def test_a_judgement_about_people_hides_small_cells_and_is_shown_once(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(20)
    poll = room.votes.ask(trainer, "catalyst", URGENT, about_people=True)
    all_answer(room, people, poll, *["yes"] * 9, *["partly"] * 8, "no", "no", "dont_know")
    room.votes.reveal(trainer, poll)
    shown = result(room, people[0], poll)
    assert shown["counts"]["no"] is None
    assert shown["counts"]["dont_know"] is None
    assert sum(count is None for count in shown["counts"].values()) == 3, "3 people are too few"
    assert (shown["respondents"], shown["disagreement"]) == (20, None)
    with pytest.raises(InputError, match="once"):
        room.votes.reopen(trainer, poll)
    for _ in range(5):
        assert not room.votes.reveal(trainer, poll)["new"]
    assert result(room, people[0], poll) == shown, "drawn once, not again at each reveal"


def test_a_judgement_about_people_may_be_opened_again_when_too_few_had_answered(
    room: Room, trainer: Member
) -> None:
    poll = room.votes.ask(trainer, "catalyst", URGENT, about_people=True)
    room.votes.close(trainer, poll)
    with pytest.raises(InputError, match="0 of 5 needed"):
        room.votes.reveal(trainer, poll)
    room.votes.reopen(trainer, poll)
    assert vote(room, trainer, poll)["state"] == "open"


@pytest.mark.parametrize("question", [WHAT, SIDE_BENEFITS])
def test_texts_and_several_answers_are_never_about_people(
    room: Room, trainer: Member, question: str
) -> None:
    with pytest.raises(InputError, match="judgement"):
        room.votes.ask(trainer, "catalyst", question, about_people=True)


# --------------------------------------------------------------------------- hands


def test_without_a_network_hands_stand_for_the_class_and_say_so(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(3)
    all_answer(room, people, urgent, *["no"] * 3)
    room.votes.count_hands(trainer, urgent, {"yes": 9}, instead=False)
    room.votes.count_hands(trainer, urgent, {"yes": 12, "no": 4}, instead=True)
    assert room.desk_for(trainer)["turnout"][urgent]["hands"] == {
        "how": "instead",
        "counts": {"yes": 12, "no": 4},
    }
    room.votes.reveal(trainer, urgent)
    shown = result(room, people[0], urgent)
    assert shown["counts"] == {"yes": 12, "partly": 0, "no": 4, "dont_know": 0}
    assert (shown["respondents"], shown["hands"], shown["hands_how"]) == (16, 16, "instead")
    with pytest.raises(InputError, match="already"):
        room.votes.count_hands(trainer, urgent, {"yes": 1}, instead=True)


def test_hands_can_be_taken_back_before_the_reveal(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    all_answer(room, spring.participants(5), urgent, *["no"] * 5)
    room.votes.count_hands(trainer, urgent, {"yes": 9}, instead=True)
    room.votes.count_hands(trainer, urgent, {}, instead=True)
    room.votes.reveal(trainer, urgent)
    assert result(room, trainer, urgent)["counts"]["no"] == 5


@pytest.mark.parametrize(
    "counts", [{"maybe": 3}, {"yes": -1}, {"yes": 501}, {"yes": True}, {"yes": 1.5}, [3], "yes"]
)
def test_hands_that_cannot_be_are_refused(
    room: Room, trainer: Member, urgent: str, counts: Any
) -> None:
    with pytest.raises(InputError, match="0 to 500"):
        room.votes.count_hands(trainer, urgent, counts, instead=False)


def test_nobody_raises_a_hand_about_people(room: Room, trainer: Member) -> None:
    person = room.votes.ask(trainer, "catalyst", URGENT, about_people=True)
    several = room.votes.ask(trainer, "catalyst", SIDE_BENEFITS)
    for poll, counts in ((person, {"yes": 9}), (several, {"learning": 9})):
        with pytest.raises(InputError, match="one answer"):
            room.votes.count_hands(trainer, poll, counts, instead=True)
