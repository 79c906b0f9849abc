"""Votes: answered in private, hidden until revealed, shown in steps."""

import json
from contextlib import suppress
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from playbook.cohort.room import Room
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError
from playbook.store import class_schema as schema
from playbook.store.sqlite.database import Database
from playbook.worksheet.kinds.choice import ANSWERS
from tests.cohort.voting import (
    SIDE_BENEFITS,
    URGENT,
    WHAT,
    all_answer,
    but_how_many,
    result,
    vote,
)

from .conftest import Class

# --------------------------------------------------------------------------- answering


def test_before_the_reveal_one_sees_ones_own_answer_and_nothing_of_the_others(
    room: Room, spring: Class, urgent: str
) -> None:
    people = spring.participants(7)
    alone = room.state_for(people[0])
    all_answer(room, people[1:], urgent, *["no"] * 6)
    heard = room.state_for(people[0])
    assert but_how_many(heard) == but_how_many(alone)
    assert [it["votes"][0]["answered"] for it in (alone, heard)] == [0, 6]
    room.votes.answer(people[0], urgent, "yes")
    seen = vote(room, people[0], urgent)
    assert seen["mine"] == {"value": "yes", "guess": None, "shared": False, "settled": False}
    assert seen["result"] is None
    assert [choice["id"] for choice in seen["choices"]] == ["yes", "partly", "no", "dont_know"]
    assert [choice["label"] for choice in seen["choices"]][1] == "Partly"


def test_a_scale_is_voted_on_with_its_anchors_and_an_order_is_not(
    room: Room, spring: Class, trainer: Member
) -> None:
    poll = room.votes.ask(trainer, "entry_point", "candidates/impact", about="North", guess=True)
    people = spring.participants(6)
    points = [choice["id"] for choice in vote(room, people[0], poll)["choices"]]
    assert all(choice["hint"] for choice in vote(room, people[0], poll)["choices"])
    all_answer(room, people, poll, *points[:2], *points)
    room.votes.reveal(trainer, poll)
    shown = result(room, people[0], poll)
    assert shown["counts"] == dict(zip(points, (2, 2, 1, 1), strict=True))
    assert shown["middle"] == points[1]
    with pytest.raises(InputError, match="choices"):
        room.votes.ask(trainer, "zoom_out", "first_for")


def test_the_desk_sees_how_many_answered_and_never_who_or_what(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    spring.add("guest", Role.VIEWER)
    all_answer(room, people[:2], urgent, "yes", "no")
    desk = room.desk_for(trainer)
    assert desk["turnout"][urgent] == {
        "answered": 2,
        "waiting": 2,
        "of": 6,
        "hands": None,
        "lacks": 3,
    }
    room.votes.answer(people[0], urgent, "partly")
    other = room.desk_for(trainer)
    assert desk | {"version": 0} == other | {"version": 0}
    assert not any(someone.id in json.dumps(desk) for someone in people)


def test_one_may_change_ones_mind_or_take_the_answer_back_while_the_vote_is_open(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    all_answer(room, people, urgent, *["no"] * 6)
    room.votes.answer(people[0], urgent, "yes")
    room.votes.answer(people[1], urgent, None)
    assert vote(room, people[1], urgent)["mine"] is None
    room.votes.reveal(trainer, urgent)
    assert result(room, trainer, urgent)["counts"] == {
        "yes": 1,
        "partly": 0,
        "no": 4,
        "dont_know": 0,
    }


@pytest.mark.parametrize("hostile", ["maybe", "", [], ["yes"], 3, float("nan"), {"yes": 1}, True])
def test_an_answer_that_is_no_choice_is_refused_and_the_old_one_kept(
    room: Room, spring: Class, urgent: str, hostile: Any
) -> None:
    someone = spring.add("Bo")
    room.votes.answer(someone, urgent, "yes")
    if hostile in ("", []):
        room.votes.answer(someone, urgent, hostile)
        assert vote(room, someone, urgent)["mine"] is None
        return
    with pytest.raises(InputError):
        room.votes.answer(someone, urgent, hostile)
    assert vote(room, someone, urgent)["mine"]["value"] == "yes"


def test_a_text_in_a_vote_is_short_and_keeps_odd_characters(
    room: Room, spring: Class, trainer: Member
) -> None:
    someone = spring.add("Bo")
    rationale = room.votes.ask(trainer, "catalyst", WHAT)
    limit = vote(room, someone, rationale)["limit"]
    assert limit == 240
    with pytest.raises(InputError, match="241"):
        room.votes.answer(someone, rationale, "x" * 241, shared=True)
    odd = "José O'Neil <script> __proto__ A$$B 🦉 \u05e9"
    room.votes.answer(someone, rationale, odd, shared=True)
    assert vote(room, someone, rationale)["mine"]["value"] == odd


def test_only_participants_answer(room: Room, spring: Class, trainer: Member, urgent: str) -> None:
    for someone in (trainer, spring.add("guest", Role.VIEWER), spring.add("co", Role.CO_TRAINER)):
        with pytest.raises(GoneError):
            room.votes.answer(someone, urgent, "yes")
    assert room.desk_for(trainer)["turnout"][urgent]["answered"] == 0


# --------------------------------------------------------------------------- revealing


def test_four_people_answered_and_nothing_is_shown(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(4)
    all_answer(room, people, urgent, "yes", "yes", "no", "no")
    before = room.desk_for(trainer)
    assert before["turnout"][urgent]["lacks"] == 1
    with pytest.raises(InputError, match="4 of 5 needed"):
        room.votes.reveal(trainer, urgent)
    assert room.desk_for(trainer) == before, "the vote goes on as it was"
    assert result(room, people[0], urgent) is None


def test_a_vote_that_was_shown_too_early_can_be_opened_again_and_the_answers_still_count(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    all_answer(room, people[:4], urgent, *["yes"] * 4)
    room.votes.close(trainer, urgent)
    with pytest.raises(InputError, match="needed"):
        room.votes.reveal(trainer, urgent)
    room.votes.reopen(trainer, urgent)
    room.votes.answer(people[0], urgent, "no")
    all_answer(room, people[4:], urgent, "no", "no")
    room.votes.reveal(trainer, urgent)
    assert result(room, trainer, urgent)["counts"]["yes"] == 3
    assert result(room, trainer, urgent)["counts"]["no"] == 3


def test_who_votes_after_the_end_is_told_that_the_vote_is_over(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    someone, *others = spring.participants(6)
    all_answer(room, others, urgent, *["no"] * 5)
    for end in (room.votes.close, room.votes.reveal):
        end(trainer, urgent)
        with pytest.raises(InputError, match="over"):
            room.votes.answer(someone, urgent, "yes")
    assert vote(room, someone, urgent)["state"] == "revealed"
    room.votes.close(trainer, urgent)
    assert vote(room, someone, urgent)["state"] == "revealed"


def test_two_late_answers_show_nothing_until_five_have_come(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(10)
    all_answer(room, people[:5], urgent, *["yes"] * 5)
    room.votes.reveal(trainer, urgent)
    first = result(room, trainer, urgent)
    room.votes.reopen(trainer, urgent)
    all_answer(room, people[5:7], urgent, "no", "no")
    assert room.votes.reveal(trainer, urgent) == {"new": False, "waiting": 2}
    assert result(room, trainer, urgent) == first
    assert room.desk_for(trainer)["turnout"][urgent]["waiting"] == 2
    room.votes.reopen(trainer, urgent)
    all_answer(room, people[7:], urgent, "partly", "no", "no")
    assert room.votes.reveal(trainer, urgent) == {"new": True, "waiting": 0}
    second = result(room, trainer, urgent)
    assert second["counts"] == {"yes": 5, "partly": 1, "no": 4, "dont_know": 0}
    assert second["respondents"] == 10


def test_an_answer_that_was_shown_stands_when_the_vote_opens_again(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(5)
    all_answer(room, people, urgent, *["yes"] * 5)
    room.votes.reveal(trainer, urgent)
    room.votes.reopen(trainer, urgent)
    for changed in ("no", None):
        with pytest.raises(InputError, match="stands"):
            room.votes.answer(people[0], urgent, changed)
    assert vote(room, people[0], urgent)["mine"] == {
        "value": "yes",
        "guess": None,
        "shared": False,
        "settled": True,
    }


def test_who_is_erased_leaves_no_ballot_and_what_was_shown_stays(
    room: Room, spring: Class, database: Database, trainer: Member, urgent: str
) -> None:
    people = spring.participants(10)
    all_answer(room, people[:5], urgent, *["yes"] * 4, "no")
    room.votes.reveal(trainer, urgent)
    first = result(room, trainer, urgent)
    spring.erase(people[4])
    with database.read() as connection:
        left = connection.execute(select(schema.ballot.c.member)).scalars().all()
    assert sorted(left) == sorted(someone.id for someone in people[:4])
    assert result(room, trainer, urgent) == first
    room.votes.reopen(trainer, urgent)
    all_answer(room, people[5:], urgent, *["partly"] * 5)
    room.votes.reveal(trainer, urgent)
    # Counting anew would show "no" fall from 1 to 0, and so what the erased person had said.
    assert result(room, trainer, urgent)["counts"] == {
        "yes": 4,
        "partly": 5,
        "no": 1,
        "dont_know": 0,
    }
    with pytest.raises(GoneError):
        room.votes.answer(people[4], urgent, "yes")


def test_a_result_that_was_shown_can_be_taken_off_the_screens_and_is_the_same_when_it_comes_back(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(7)
    viewer = spring.add("Beamer", Role.VIEWER)
    all_answer(room, people[:5], urgent, *["yes"] * 4, "no")
    room.votes.reveal(trainer, urgent)
    shown = result(room, viewer, urgent)
    before = room.version(viewer)
    room.votes.hide(trainer, urgent)
    assert room.version(viewer) > before, "every screen hears of it"
    for someone in (people[0], people[6], viewer):
        assert vote(room, someone, urgent) == vote(room, someone, urgent) | {
            "state": "closed",
            "result": None,
        }
        assert room.state_for(someone)["results"] == []
    assert result(room, trainer, urgent) == shown, "the desk knows what was published"
    with pytest.raises(InputError, match="over"):
        room.votes.answer(people[5], urgent, "no")
    assert room.votes.reveal(trainer, urgent) == {"new": False, "waiting": 0}
    assert result(room, people[0], urgent) == shown
    assert room.state_for(viewer)["results"] == [urgent]


def test_who_answers_in_a_vote_that_is_open_again_has_not_seen_its_result(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    all_answer(room, people[:5], urgent, *["yes"] * 5)
    room.votes.reveal(trainer, urgent)
    room.votes.reopen(trainer, urgent)
    assert result(room, people[5], urgent) is None
    room.votes.hide(trainer, urgent)
    assert vote(room, trainer, urgent)["state"] == "open", "only what is shown can be hidden"


def test_a_judgement_about_people_stays_shown_once_also_when_it_is_hidden(
    room: Room, spring: Class, trainer: Member
) -> None:
    poll = room.votes.ask(trainer, "catalyst", URGENT, about_people=True)
    all_answer(room, spring.participants(12), poll, *["yes"] * 6, *["no"] * 6)
    room.votes.reveal(trainer, poll)
    shown = result(room, trainer, poll)
    room.votes.hide(trainer, poll)
    with pytest.raises(InputError, match="once"):
        room.votes.reopen(trainer, poll)
    room.votes.reveal(trainer, poll)
    assert result(room, spring.people[-1], poll) == shown


def test_several_choices_and_predictions_are_shown_side_by_side(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(6)
    poll = room.votes.ask(trainer, "catalyst", SIDE_BENEFITS, about="The shared case", guess=True)
    for someone in people:
        room.votes.answer(someone, poll, ["relations", "motivation"], guess="motivation")
    room.votes.answer(people[0], poll, ["learning"], guess="learning")
    with pytest.raises(InputError):
        room.votes.answer(people[0], poll, ["learning"], guess=["learning", "relations"])
    room.votes.reveal(trainer, poll)
    shown = vote(room, people[0], poll)
    assert shown["about"] == "The shared case"
    assert shown["result"]["counts"] == {"motivation": 5, "learning": 1, "relations": 5}
    assert shown["result"]["predictions"] == {
        "respondents": 6,
        "counts": {"motivation": 5, "learning": 1, "relations": 0},
        "right": 5,
    }


def test_a_prediction_nobody_asked_for_is_not_kept(room: Room, spring: Class, urgent: str) -> None:
    someone = spring.add("Bo")
    room.votes.answer(someone, urgent, "yes", guess="no")
    assert vote(room, someone, urgent)["mine"]["guess"] is None


def test_texts_come_to_the_tray_when_five_authors_agreed_and_the_others_never(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(9)
    poll = room.votes.ask(trainer, "catalyst", WHAT)
    for number, someone in enumerate(people):
        room.votes.answer(someone, poll, f"text {number}", shared=number < 4)
    with pytest.raises(InputError, match="4 of 5 needed"):
        room.votes.reveal(trainer, poll)
    room.votes.answer(people[8], poll, "text 8", shared=True)
    room.votes.reveal(trainer, poll)
    read = room.desk_for(trainer)["tray"][poll]
    assert sorted(it["text"] for it in read) == ["text 0", "text 1", "text 2", "text 3", "text 8"]
    assert result(room, people[0], poll)["respondents"] == 9
    assert result(room, people[0], poll)["texts"] == [], "nobody let one out"


def test_what_was_asked_and_chosen_first_is_told_most_disagreement_first(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(6)
    asked = [room.votes.ask(trainer, "catalyst", URGENT, about=name) for name in "abc"]
    unrevealed = room.votes.ask(trainer, "catalyst", URGENT)
    for poll, yes in zip(asked, (6, 3, 5), strict=True):
        all_answer(room, people, poll, *["yes"] * yes, *["no"] * (6 - yes))
        room.votes.reveal(trainer, poll)
    state = room.state_for(people[0])
    assert state["results"] == [asked[1], asked[2], asked[0]]
    assert [it["id"] for it in state["votes"]] == [*asked, unrevealed]


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_two_published_steps_are_five_people_apart_or_the_same(
    room: Room, spring: Class, trainer: Member, urgent: str, seed: int
) -> None:
    chance = Random(seed)
    shown: list[dict[str, Any]] = []
    for turn in range(40):
        what = chance.choice(["answer"] * 6 + ["erase", "reveal"])
        if what == "answer":
            room.votes.answer(spring.add(f"n{turn}"), urgent, chance.choice(ANSWERS))
        elif what == "erase" and len(spring.people) > 1:
            spring.erase(spring.people.pop(chance.randrange(1, len(spring.people))))
        elif what == "reveal":
            with suppress(InputError):  # too few so far
                room.votes.reveal(trainer, urgent)
            shown += [it for it in [result(room, trainer, urgent)] if it]
            room.votes.reopen(trainer, urgent)
    for one, other in pairwise(shown):
        apart = [other["counts"][it] - one["counts"][it] for it in ANSWERS]
        assert min(apart) >= 0
        assert sum(apart) == other["respondents"] - one["respondents"]
        assert one == other or sum(apart) >= 5
