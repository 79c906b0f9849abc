"""A class in its room: who may lead it, the sheet of the moment, the timer, what is agreed."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from playbook.cohort.room import Room
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError
from playbook.store import class_schema as schema
from playbook.store.sqlite.database import Database
from tests.cohort.voting import KIND, URGENT, WHAT, all_answer, result, vote

from .conftest import Class, Clock

# --------------------------------------------------------------------------- who may


LEADING: dict[str, Callable[[Room, Member, str], object]] = {
    "ask": lambda room, by, _: room.votes.ask(by, "catalyst", URGENT),
    "close": lambda room, by, poll: room.votes.close(by, poll),
    "reopen": lambda room, by, poll: room.votes.reopen(by, poll),
    "reveal": lambda room, by, poll: room.votes.reveal(by, poll),
    "hide": lambda room, by, poll: room.votes.hide(by, poll),
    "hands": lambda room, by, poll: room.votes.count_hands(by, poll, {"yes": 9}, instead=True),
    "drop": lambda room, by, poll: room.votes.drop(by, poll),
    "sheet": lambda room, by, _: room.set_sheet(by, "catalyst"),
    "start": lambda room, by, _: room.start_timer(by, 60),
    "extend": lambda room, by, _: room.extend_timer(by, 60),
    "stop": lambda room, by, _: room.stop_timer(by),
    "agree": lambda room, by, _: room.agreements.agree(by, "Ask", "Bo", "2027-04-01"),
    "desk": lambda room, by, _: room.desk_for(by),
}


@pytest.mark.parametrize("what", LEADING)
def test_who_does_not_lead_is_told_that_there_is_nothing_and_nothing_changes(
    room: Room, spring: Class, trainer: Member, urgent: str, what: str
) -> None:
    before = room.desk_for(trainer)
    was_trainer = spring.add("late", Role.CO_TRAINER)
    spring.becomes(was_trainer, Role.PARTICIPANT)
    for someone in (spring.add("Bo"), spring.add("guest", Role.VIEWER), was_trainer):
        with pytest.raises(GoneError):
            LEADING[what](room, someone, urgent)
    after = room.desk_for(trainer)
    came = {"turnout": None, "people": None}
    assert after | came == before | came


@pytest.mark.parametrize("what", ["close", "reopen", "reveal", "hide", "hands", "drop"])
def test_a_vote_of_another_class_is_as_unknown_as_one_that_never_was(
    room: Room,
    new_class: Callable[[str], Class],
    trainer: Member,
    urgent: str,
    what: str,
) -> None:
    other = new_class("autumn")
    stranger = other.add("Eve", Role.TRAINER)
    told = set()
    for poll in (urgent, "never", None, ["x"], "\ud800"):
        with pytest.raises(GoneError) as caught:
            LEADING[what](room, stranger, poll)  # type: ignore[arg-type]
        told.add(str(caught.value))
    assert len(told) == 1
    assert vote(room, trainer, urgent)["state"] == "open"
    with pytest.raises(GoneError):
        room.votes.answer(other.add("Mallory"), urgent, "yes")
    assert room.state_for(stranger)["votes"] == []
    assert room.desk_for(stranger)["turnout"] == {}


def test_a_member_whose_tab_claims_another_class_sees_nothing(
    room: Room, new_class: Callable[[str], Class], trainer: Member
) -> None:
    new_class("autumn")
    forged = Member(
        trainer.id, "autumn", trainer.role, "Ada", trainer.workspace, None, trainer.joined
    )
    with pytest.raises(GoneError):
        room.state_for(forged)


def test_a_viewer_sees_what_is_projected_and_has_no_ballot(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    guest = spring.add("guest", Role.VIEWER)
    all_answer(room, spring.participants(5), urgent, *["no"] * 5)
    assert vote(room, guest, urgent)["mine"] is None
    assert vote(room, guest, urgent)["result"] is None
    room.votes.reveal(trainer, urgent)
    assert result(room, guest, urgent)["counts"]["no"] == 5


@pytest.mark.parametrize(
    ("sheet", "question"),
    [
        ("nowhere", URGENT),
        ("catalyst", "urgent"),
        ("catalyst", "candidates/nothing"),
        ("catalyst", "candidates/by_when"),
        ("catalyst", "nowhere/urgent"),
        (["catalyst"], {}),
    ],
)
def test_only_questions_that_a_sheet_asks_and_a_class_can_answer_are_voted_on(
    room: Room, trainer: Member, sheet: Any, question: Any
) -> None:
    with pytest.raises(InputError):
        room.votes.ask(trainer, sheet, question)
    assert room.state_for(trainer)["votes"] == []


def test_a_text_cannot_be_guessed(room: Room, trainer: Member) -> None:
    with pytest.raises(InputError, match="choices"):
        room.votes.ask(trainer, "catalyst", WHAT, guess=True)


def test_a_vote_that_was_a_mistake_is_gone_with_its_answers(
    room: Room, spring: Class, database: Database, trainer: Member, urgent: str
) -> None:
    all_answer(room, spring.participants(5), urgent, *["no"] * 5)
    room.votes.reveal(trainer, urgent)
    room.votes.drop(trainer, urgent)
    assert room.state_for(trainer)["votes"] == []
    with database.read() as connection:
        for table in (schema.ballot, schema.published):
            assert connection.execute(select(table)).first() is None


# --------------------------------------------------------------------------- moment, agreement


def test_the_sheet_of_the_moment_comes_with_a_line_and_its_votes_to_choose_from(
    room: Room, spring: Class, trainer: Member
) -> None:
    room.set_sheet(trainer, "catalyst", "Ten minutes, alone")
    state = room.state_for(spring.add("Bo"))
    assert (state["sheet"], state["note"]) == ("catalyst", "Ten minutes, alone")
    askable = room.desk_for(trainer)["askable"]
    both = {"guess": True, "about_people": True}
    told = {"question": URGENT, "kind": "answer", "text": "Is it urgent to act now?"}
    assert told | both in askable
    for asked in askable:
        # What is offered is what `ask` takes, and no more: tried, not read.
        for box in ("guess", "about_people"):
            try:
                room.votes.ask(trainer, "catalyst", asked["question"], **{box: True})
            except InputError:
                assert not asked[box], asked
            else:
                assert asked[box], asked
    assert not any(it["question"] == "candidates/by_when" for it in askable), "a date is no vote"
    room.set_sheet(trainer, None)
    assert room.desk_for(trainer)["askable"] == []
    with pytest.raises(InputError):
        room.set_sheet(trainer, "../../x")


def test_a_timer_starts_goes_on_and_stops(
    room: Room, spring: Class, trainer: Member, now: Clock
) -> None:
    someone = spring.add("Bo")

    def ends() -> str | None:
        return room.state_for(someone)["timer_ends"]

    room.start_timer(trainer, 300)
    assert ends() == "2027-03-01T09:05:00+00:00"
    room.extend_timer(trainer, 120)
    assert ends() == "2027-03-01T09:07:00+00:00"
    now.passes(minutes=20)
    assert room.state_for(someone)["now"] == "2027-03-01T09:20:00+00:00"
    room.extend_timer(trainer, 60)
    assert ends() == "2027-03-01T09:21:00+00:00", "what is over goes on from now"
    room.start_timer(trainer, 60 * 60 * 4)
    room.extend_timer(trainer, 60)
    assert ends() == "2027-03-01T13:20:00+00:00"
    room.stop_timer(trainer)
    assert ends() is None
    for hostile in (0, -5, 1e9, float("nan"), "60", None, True):
        with pytest.raises(InputError, match="4 hours"):
            room.start_timer(trainer, hostile)  # type: ignore[arg-type]


def test_the_version_rises_with_what_one_can_see(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    someone, other = spring.participants(2)
    seen, desk = room.version(someone), room.version(trainer)
    room.votes.answer(other, urgent, "yes")
    assert room.version(someone) == seen, "who answers when is nobody's business"
    assert room.version(trainer) > desk
    room.votes.close(trainer, urgent)
    assert room.version(someone) > seen
    assert room.version(trainer) == room.desk_for(trainer)["version"]
    seen = room.version(someone)
    with pytest.raises(InputError):
        room.votes.answer(other, urgent, "no")
    assert room.version(someone) == seen


def test_an_agreed_action_has_an_owner_and_a_date_and_is_looked_at_next_time(
    room: Room, spring: Class, new_class: Callable[[str], Class], trainer: Member
) -> None:
    late = room.agreements.agree(trainer, "Ask the board", "Bo", "2027-04-01")
    soon = room.agreements.agree(trainer, "Free a day a week", "Cleo", "2027-03-08")
    told = room.state_for(spring.add("Bo"))["agreements"]
    assert [it["id"] for it in told] == [soon, late]
    assert told[0] == {
        "id": soon,
        "what": "Free a day a week",
        "owner": "Cleo",
        "due": "2027-03-08",
        "review": None,
    }
    room.agreements.review(trainer, soon, "partly")
    told = room.state_for(trainer)["agreements"]
    assert [(it["id"], it["review"]) for it in told] == [(late, None), (soon, "partly")]
    with pytest.raises(InputError):
        room.agreements.review(trainer, soon, "forgotten")
    with pytest.raises(GoneError):
        room.agreements.review(new_class("autumn").add("Eve", Role.TRAINER), late, "done")
    for what, owner, due in (
        ("", "Bo", "2027-04-01"),
        ("x", "", "2027-04-01"),
        ("x", "Bo", "soon"),
    ):
        with pytest.raises(InputError):
            room.agreements.agree(trainer, what, owner, due)


def test_what_is_told_is_plain_data(room: Room, spring: Class, trainer: Member) -> None:
    people = spring.participants(6)
    poll = room.votes.ask(trainer, "catalyst", KIND, guess=True)
    for someone in people:
        room.votes.answer(someone, poll, "market", guess="skills")
    room.votes.reveal(trainer, poll)
    room.set_sheet(trainer, "catalyst")
    room.start_timer(trainer, 60)
    for told in (room.state_for(people[0]), room.desk_for(trainer)):
        assert json.loads(json.dumps(told, allow_nan=False)) == told
