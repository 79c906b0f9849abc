"""The tray: nothing that somebody wrote reaches a wall unread, and nobody learns who wrote it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playbook.cohort.room import Room
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError
from tests.cohort.voting import result

from .conftest import Class

QUESTION = {"form": "text", "text": "Why?"}


def write(room: Room, people: list[Member], poll: str, start: int = 0) -> None:
    for number, someone in enumerate(people, start):
        room.votes.answer(someone, poll, f"text {number}", shared=True)


@pytest.fixture
def why(room: Room, trainer: Member) -> str:
    return room.votes.ask_own(trainer, QUESTION)


def read(room: Room, trainer: Member, poll: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = room.desk_for(trainer)["tray"].get(poll, [])
    return found


def test_texts_come_to_who_leads_and_to_nobody_else(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    people, viewer = spring.participants(6), spring.add("Beamer", Role.VIEWER)
    write(room, people, why)
    room.votes.reveal(trainer, why)
    assert len(read(room, trainer, why)) == 6
    assert not any(it["shown"] for it in read(room, trainer, why))
    for seat in (people[0], viewer):
        told = json.dumps(room.state_for(seat)["votes"][0]["result"])
        assert "text" not in told.replace('"texts"', "")
    assert "tray" not in room.screen_for(viewer)
    assert not any(someone.id in json.dumps(room.desk_for(trainer)) for someone in people)


def test_each_text_is_let_out_and_taken_back_alone(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    people = spring.participants(5)
    write(room, people, why)
    room.votes.reveal(trainer, why)
    one, other, *_ = read(room, trainer, why)
    assert room.tray.show(trainer, one["id"], True)
    assert not room.tray.show(trainer, one["id"], True), "nothing was to be done"
    assert result(room, people[0], why)["texts"] == [{"text": one["text"], "heading": ""}]
    room.tray.show(trainer, other["id"], True)
    room.tray.show(trainer, one["id"], False)
    assert result(room, people[0], why)["texts"] == [{"text": other["text"], "heading": ""}]
    room.votes.hide(trainer, why)
    assert result(room, people[0], why) is None, "what is off the wall is off"


def test_texts_of_one_group_stand_together(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    write(room, spring.participants(5), why)
    room.votes.reveal(trainer, why)
    first, _, third, *_ = read(room, trainer, why)
    for text in (first, third):
        room.tray.group(trainer, text["id"], "Trust")
    assert [it["heading"] for it in read(room, trainer, why)] == ["Trust", "Trust", "", "", ""]
    room.tray.group(trainer, first["id"], "")
    assert [it["heading"] for it in read(room, trainer, why)] == ["Trust", "", "", "", ""]
    with pytest.raises(InputError):
        room.tray.group(trainer, first["id"], "x" * 41)


def test_a_late_text_waits_for_four_others(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    """Who saw five and then six would know which one the latecomer wrote."""
    people = spring.participants(10)
    write(room, people[:5], why)
    room.votes.reveal(trainer, why)
    before = read(room, trainer, why)
    room.votes.reopen(trainer, why)
    for number in range(5, 9):
        write(room, people[number : number + 1], why, number)
        room.votes.reveal(trainer, why)
        assert read(room, trainer, why) == before
        room.votes.reopen(trainer, why)
    write(room, people[9:], why, 9)
    room.votes.reveal(trainer, why)
    assert len(read(room, trainer, why)) == 10


def test_what_was_read_stands_and_no_second_text_tells_which_it_was(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    people = spring.participants(5)
    write(room, people, why)
    room.votes.reveal(trainer, why)
    before = read(room, trainer, why)
    room.votes.reopen(trainer, why)
    for value in ("another", None):
        with pytest.raises(InputError, match="stands"):
            room.votes.answer(people[0], why, value, shared=True)
    spring.erase(people[0])
    assert read(room, trainer, why) == before, "a text that goes with its author names them"


def test_two_alike_are_two(room: Room, spring: Class, trainer: Member, why: str) -> None:
    for someone in spring.participants(5):
        room.votes.answer(someone, why, "the same", shared=True)
    room.votes.reveal(trainer, why)
    found = read(room, trainer, why)
    assert len({it["id"] for it in found}) == 5
    room.tray.show(trainer, found[0]["id"], True)
    assert len(result(room, trainer, why)["texts"]) == 1


def test_nobody_else_lets_anything_out(
    room: Room, spring: Class, trainer: Member, why: str, new_class: Any
) -> None:
    people = spring.participants(5)
    write(room, people, why)
    room.votes.reveal(trainer, why)
    ben = new_class("autumn").add("Ben", Role.TRAINER)
    before = room.desk_for(trainer)
    key = read(room, trainer, why)[0]["id"]
    for who in (people[0], ben, spring.add("Beamer", Role.VIEWER)):
        with pytest.raises(GoneError):
            room.tray.show(who, key, True)
        with pytest.raises(GoneError):
            room.tray.group(who, key, "x")
    for forged in ("", "nothing", "\ud800"):
        with pytest.raises(GoneError):
            room.tray.show(trainer, forged, True)
    assert room.desk_for(trainer)["tray"] == before["tray"]


def test_a_vote_that_is_deleted_takes_its_tray_along(
    room: Room, spring: Class, trainer: Member, why: str
) -> None:
    write(room, spring.participants(5), why)
    room.votes.reveal(trainer, why)
    room.votes.drop(trainer, why)
    assert room.desk_for(trainer)["tray"] == {}
