"""Questions of the trainer's own: written quickly, counted as they should, under the same rule."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playbook.cohort import disagreement
from playbook.cohort.own_questions import MOST, written
from playbook.cohort.room import Room
from playbook.cohort.types import Member
from playbook.framework import Framework
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.voting import all_answer, but_how_many, result, vote

from .conftest import Class

THREE = ["The best", "The reliable", "The complainers"]
OWN: dict[str, dict[str, Any]] = {
    "yes_no": {},
    "one": {"choices": THREE},
    "many": {"choices": THREE},
    "scale": {"choices": ["Never", "Often", "Always"]},
    "order": {"choices": THREE},
    "range": {"unit": "%"},
    "sure": {},
    "text": {},
    "grid": {"across": "Effort", "up": "Effect"},
}
ANSWERS: dict[str, Any] = {
    "yes_no": "yes",
    "one": "c1",
    "many": ["c1", "c3"],
    "scale": "c2",
    "order": ["c3", "c1", "c2"],
    "range": ["20", "60"],
    "sure": "s60",
    "text": "They know where it hurts",
    "grid": "high_low",
}


def own(form: str, **more: Any) -> dict[str, Any]:
    return {"form": form, "text": "Whose work first?"} | OWN[form] | more


@pytest.mark.parametrize("form", OWN)
def test_four_answers_show_nothing_and_five_do(
    room: Room, spring: Class, trainer: Member, form: str
) -> None:
    people = spring.participants(5)
    poll = room.votes.ask_own(trainer, own(form))
    for someone in people[:4]:
        room.votes.answer(someone, poll, ANSWERS[form], shared=True)
    with pytest.raises(InputError, match="4 of 5 needed"):
        room.votes.reveal(trainer, poll)
    assert room.desk_for(trainer)["tray"] == {}
    room.votes.answer(people[4], poll, ANSWERS[form], shared=True)
    assert room.votes.reveal(trainer, poll) == {"new": True, "waiting": 0}
    assert result(room, people[0], poll)["respondents"] == 5


@pytest.mark.parametrize("form", OWN)
def test_what_was_answered_is_in_no_byte_that_others_get_before(
    room: Room, spring: Class, trainer: Member, form: str
) -> None:
    people = spring.participants(6)
    poll = room.votes.ask_own(trainer, own(form))
    alone = room.state_for(people[0])
    for someone in people[1:]:
        room.votes.answer(someone, poll, ANSWERS[form], shared=True)
    heard = room.state_for(people[0])
    assert but_how_many(heard) == but_how_many(alone)
    assert (heard["votes"][0]["answered"], heard["votes"][0]["of"]) == (5, 6)
    assert vote(room, trainer, poll)["result"] is None


@pytest.mark.parametrize(
    ("given", "field"),
    [
        (own("one", text=""), "text"),
        (own("one", text="x" * 141), "text"),
        (own("one", choices=["only"]), "choices"),
        (own("one", choices=["a", "A"]), "choices"),
        (own("one", choices=[str(it) for it in range(MOST + 1)]), "choices"),
        (own("one", choices=["a", "x" * 76]), "choices"),
        (own("one", choices="abc"), "choices"),
        (own("grid", up=""), "up"),
        (own("range", fact="many"), "fact"),
        (own("range", fact="3", bound="about"), "form"),
        ({"form": ["one"], "text": "Which?"}, "form"),
        ({"form": {}, "text": "Which?"}, "form"),
        ({"form": "riddle", "text": "?"}, "form"),
        ({"form": None, "text": "?"}, "form"),
        ({}, "text"),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_field(
    room: Room, trainer: Member, given: dict[str, Any], field: str
) -> None:
    before = room.desk_for(trainer)
    for way in (room.votes.ask_own, room.prepared.keep):
        with pytest.raises(InputError) as refused:
            way(trainer, given)
        assert refused.value.field == field
    assert room.desk_for(trainer) == before


def test_empty_lines_are_no_choices_and_what_is_odd_stays(framework: Framework) -> None:
    question = written(own("one", choices=["", " a ", "José <b>", "\u202e"]), framework.words)
    assert question.choices == ("a", "José <b>")


def test_an_order_counts_by_points_and_says_how_far_apart_people_are(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(6)
    poll = room.votes.ask_own(trainer, own("order"))
    all_answer(room, people, poll, *[["c1", "c2", "c3"]] * 4, *[["c3", "c1", "c2"]] * 2)
    with pytest.raises(InputError, match="all of them"):
        room.votes.answer(people[0], poll, ["c1", "c2"])
    room.votes.reveal(trainer, poll)
    shown = result(room, trainer, poll)
    assert shown["counts"] == {"c1": 3 * 4 + 2 * 2, "c2": 2 * 4 + 1 * 2, "c3": 1 * 4 + 3 * 2}
    assert shown["most_common"] == ["c1"]
    # Kendall's W by hand: sums 16, 10, 10, mean 12, S = 16 + 4 + 4 = 24; W = 288 / (36 * 24)
    assert shown["disagreement"] == pytest.approx(1 - 288 / 864)


def test_who_has_one_order_agrees_and_opposite_orders_are_as_far_apart_as_can_be() -> None:
    assert disagreement.of_orders([15, 10, 5], 5) == pytest.approx(0)
    assert disagreement.of_orders([8, 8, 8], 4) == pytest.approx(1)
    assert disagreement.of_orders([5], 5) is None


@pytest.mark.parametrize(
    "given",
    [["60", "20"], ["20"], ["a", "b"], "20", [None, "3"], {"low": 1}, ["1", "2", "3"], True],
)
def test_a_range_is_two_numbers_the_lower_one_first(
    room: Room, spring: Class, trainer: Member, given: Any
) -> None:
    someone = spring.add("Bo")
    poll = room.votes.ask_own(trainer, own("range"))
    room.votes.answer(someone, poll, ["10", "20 %"])
    with pytest.raises(InputError):
        room.votes.answer(someone, poll, given)
    assert vote(room, someone, poll)["mine"]["value"] == ["10", "20"]


# --------------------------------------------------------------------------- ranges and the fact

RANGES = [["70", "90"], ["10", "20"], ["85", "95"], ["30", "84.9"], ["0", "100"], ["86", "99"]]


@pytest.mark.parametrize(
    ("bound", "told"),
    [
        ("exact", {"held": 3, "below": 2, "above": 1}),
        ("more", {"held": 4, "below": 2, "above": 0}),
        ("less", {"held": 4, "below": 0, "above": 2}),
    ],
)
def test_the_fact_comes_with_the_ranges_and_counts_what_is_surely_wrong(
    room: Room, spring: Class, trainer: Member, bound: str, told: dict[str, int]
) -> None:
    """Beyond 85: 30 to 84.9 and 10 to 20 end below it; below 85: 85 to 95 and 86 to 99 begin there
    or above."""
    people = spring.participants(6)
    given = own("range", fact="85 %", bound=bound, source="The company’s report, 1998")
    poll = room.votes.ask_own(trainer, given)
    all_answer(room, people, poll, *RANGES)
    for seat in (people[0], spring.add("new")):
        before = json.dumps(room.state_for(seat))
        assert "1998" not in before
        assert '"85"' not in before.replace('["85", "95"]', "")
    room.votes.reveal(trainer, poll)
    shown = result(room, people[0], poll)
    assert shown["fact"] == told | {
        "value": "85",
        "bound": bound,
        "source": "The company’s report, 1998",
    }
    assert shown["ranges"] == [
        ["10", "20"],
        ["0", "100"],
        ["30", "84.9"],
        ["70", "90"],
        ["85", "95"],
        ["86", "99"],
    ], "sorted by the middle, so not in the order in which they came"


def test_late_ranges_come_five_at_once(room: Room, spring: Class, trainer: Member) -> None:
    people = spring.participants(10)
    poll = room.votes.ask_own(trainer, own("range"))
    all_answer(room, people[:5], poll, *RANGES[:5])
    room.votes.reveal(trainer, poll)
    first = result(room, trainer, poll)
    room.votes.reopen(trainer, poll)
    for number, someone in enumerate(people[5:9]):
        room.votes.answer(someone, poll, [str(number), "7"])
    room.votes.reveal(trainer, poll)
    assert result(room, trainer, poll) == first
    room.votes.reopen(trainer, poll)
    room.votes.answer(people[9], poll, ["1", "1"])
    room.votes.reveal(trainer, poll)
    assert len(result(room, trainer, poll)["ranges"]) == 10


# --------------------------------------------------------------------------- for later


def test_a_question_waits_until_it_is_asked(room: Room, trainer: Member) -> None:
    kept = [room.prepared.keep(trainer, own(form)) for form in OWN]
    listed = room.desk_for(trainer)["prepared"]
    assert [it["id"] for it in listed] == kept
    for key in kept:
        room.votes.ask_own(trainer, room.prepared.get(trainer, key))
        room.prepared.drop(trainer, key)
    assert room.desk_for(trainer)["prepared"] == []
    assert [it["form"] for it in room.desk_for(trainer)["votes"]] == list(OWN)


def test_prepared_questions_are_for_who_leads_that_class(
    room: Room, spring: Class, trainer: Member, new_class: Any
) -> None:
    kept = room.prepared.keep(trainer, own("one"))
    lin = spring.add("Lin")
    other = new_class("autumn")
    from playbook.cohort.types import Role

    ben = other.add("Ben", Role.TRAINER)
    for who in (lin, ben):
        for way in (room.prepared.get, room.prepared.drop):
            with pytest.raises(GoneError):
                way(who, kept)
    assert "prepared" not in room.state_for(lin)


# --------------------------------------------------------------------------- four fields


def test_of_four_fields_none_below_five_is_shown_and_it_is_shown_once(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(20)
    own = {"form": "grid", "text": "Where?", "across": "Effort: low. It", "up": "Effect"}
    poll = room.votes.ask_own(trainer, own)
    places = ["low_high"] * 9 + ["high_high"] * 8 + ["low_low"] * 3
    all_answer(room, people, poll, *places)
    room.votes.reveal(trainer, poll)
    shown = result(room, people[0], poll)
    assert vote(room, people[0], poll)["axes"] == {"across": "Effort: low. It", "up": "Effect"}
    hidden = [field for field, count in shown["counts"].items() if count is None]
    assert {"low_low", "high_low"} < set(hidden), "three people, and nobody"
    assert sum(places.count(field) for field in hidden) >= 5
    assert shown["most_common"] == []
    for again in (room.votes.reopen, room.votes.ask_again):
        with pytest.raises(InputError, match="four fields"):
            again(trainer, poll)
    with pytest.raises(InputError, match="four fields"):
        room.votes.count_hands(trainer, poll, {"low_high": 3}, False)
