"""A class in its room: votes, hands, the gallery, the timer, and who may see what of it."""

import json
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlalchemy import select

from playbook.cohort import schema
from playbook.cohort.room import Room
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.store import GoneError
from playbook.store.database import Database
from playbook.values import ANSWERS

from .conftest import Class, Clock

URGENT = "candidates/urgent"
KIND = "candidates/kind"
SIDE_BENEFITS = "candidates/side_benefits"
WHAT = "candidates/what"


def vote(room: Room, who: Member, poll: str) -> dict[str, Any]:
    """What somebody sees of a vote."""
    return next(it for it in room.state_for(who)["votes"] if it["id"] == poll)


def result(room: Room, who: Member, poll: str) -> dict[str, Any]:
    """What was published of a vote."""
    return vote(room, who, poll)["result"]


def all_answer(room: Room, people: list[Member], poll: str, *answers: Any) -> None:
    for someone, answer in zip(people, answers, strict=True):
        room.votes.answer(someone, poll, answer)


@pytest.fixture
def urgent(room: Room, trainer: Member) -> str:
    """A vote that is open."""
    return room.votes.ask(trainer, "catalyst", URGENT)


# --------------------------------------------------------------------------- answering


def test_before_the_reveal_one_sees_ones_own_answer_and_nothing_of_the_others(
    room: Room, spring: Class, urgent: str
) -> None:
    people = spring.participants(7)
    alone = room.state_for(people[0])
    all_answer(room, people[1:], urgent, *["no"] * 6)
    assert room.state_for(people[0]) == alone
    room.votes.answer(people[0], urgent, "yes")
    seen = vote(room, people[0], urgent)
    assert seen["mine"] == {"value": "yes", "guess": None, "shared": False, "settled": False}
    assert seen["result"] is None
    assert [choice["id"] for choice in seen["choices"]] == ["yes", "partly", "no", "dont_know"]
    assert [choice["label"] for choice in seen["choices"]][1] == "Partly"


def test_the_desk_sees_how_many_answered_and_never_who_or_what(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    spring.add("guest", Role.VIEWER)
    all_answer(room, people[:2], urgent, "yes", "no")
    desk = room.desk_for(trainer)
    assert desk["turnout"][urgent] == {"answered": 2, "waiting": 2, "of": 6, "hands": None}
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


def test_four_people_answered_and_nothing_but_that_is_shown(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(4)
    all_answer(room, people, urgent, "yes", "yes", "no", "no")
    assert room.votes.reveal(trainer, urgent) == {"new": True, "waiting": 4}
    shown = result(room, people[0], urgent)
    assert shown == shown | {"respondents": 4, "counts": None, "texts": None, "disagreement": None}
    assert not shown["most_common"]


def test_a_vote_that_was_shown_too_early_can_be_opened_again_and_the_answers_still_count(
    room: Room, spring: Class, trainer: Member, urgent: str
) -> None:
    people = spring.participants(6)
    all_answer(room, people[:4], urgent, *["yes"] * 4)
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
    someone = spring.add("Bo")
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


def test_texts_are_shown_when_five_authors_agreed_and_the_others_never(
    room: Room, spring: Class, trainer: Member
) -> None:
    people = spring.participants(9)
    poll = room.votes.ask(trainer, "catalyst", WHAT)
    for number, someone in enumerate(people):
        room.votes.answer(someone, poll, f"text {number}", shared=number < 4)
    room.votes.reveal(trainer, poll)
    assert result(room, trainer, poll)["texts"] is None
    room.votes.reopen(trainer, poll)
    room.votes.answer(people[8], poll, "text 8", shared=True)
    room.votes.reveal(trainer, poll)
    shown = result(room, people[0], poll)
    assert sorted(shown["texts"]) == ["text 0", "text 1", "text 2", "text 3", "text 8"]
    assert shown["respondents"] == 9


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
            room.votes.reveal(trainer, urgent)
            shown += [it for it in [result(room, trainer, urgent)] if it["counts"]]
            room.votes.reopen(trainer, urgent)
    for one, other in pairwise(shown):
        apart = [other["counts"][it] - one["counts"][it] for it in ANSWERS]
        assert min(apart) >= 0
        assert sum(apart) == other["respondents"] - one["respondents"]
        assert one == other or sum(apart) >= 5


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
    assert after | {"turnout": None} == before | {"turnout": None}


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


# --------------------------------------------------------------------------- moment, version


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


# --------------------------------------------------------------------------- gallery, agreement


PAGE = "<!doctype html><title>Our tree</title>"


def offers(room: Room, who: Member) -> list[tuple[str, int | None, bool]]:
    return [(it["title"], it["side"], it["mine"]) for it in room.state_for(who)["gallery"]]


def test_two_works_are_shown_side_by_side_and_nothing_that_was_not_chosen(
    room: Room, spring: Class, trainer: Member
) -> None:
    one, two, three = spring.participants(3)
    first, second, third = (
        room.gallery.offer(who, f"Tree {who.name}", PAGE, consent=True) for who in (one, two, three)
    )
    assert offers(room, one) == [(f"Tree {one.name}", None, True)]
    assert len(room.desk_for(trainer)["gallery"]) == 3
    room.gallery.show(trainer, first, 1)
    room.gallery.show(trainer, second, 2)
    guest = spring.add("guest", Role.VIEWER)
    assert [side for _, side, _ in offers(room, guest)] == [1, 2]
    assert room.gallery.page(guest, first) == PAGE
    with pytest.raises(GoneError):
        room.gallery.page(guest, third)
    assert room.gallery.page(trainer, third) == PAGE
    room.gallery.show(trainer, third, 1)
    assert sorted(title for title, _, _ in offers(room, guest)) == [
        f"Tree {two.name}",
        f"Tree {three.name}",
    ]
    room.gallery.show(trainer, third, None)
    assert len(offers(room, guest)) == 1


def test_each_in_a_team_may_take_its_work_back_and_nobody_else(
    room: Room, spring: Class, trainer: Member
) -> None:
    team = spring.team("blue")
    one, two, outside = spring.add("one", team=team), spring.add("two", team=team), spring.add("x")
    shown = room.gallery.offer(one, "Our board", PAGE, consent=True)
    room.gallery.show(trainer, shown, 2)
    for someone in (outside, trainer):
        with pytest.raises(GoneError):
            room.gallery.withdraw(someone, shown)
    assert offers(room, two) == [("Our board", 2, True)]
    room.gallery.withdraw(two, shown)
    assert offers(room, one) == offers(room, outside) == []
    with pytest.raises(GoneError):
        room.gallery.page(trainer, shown)


def test_nothing_is_shown_without_consent_a_title_or_a_page(room: Room, spring: Class) -> None:
    someone = spring.add("Bo")
    for title, page, consent in (
        ("Tree", PAGE, False),
        ("Tree", PAGE, 1),
        (" ", PAGE, True),
        ("Tree", "", True),
        ("Tree", "x" * 2_000_001, True),
        ("x" * 121, PAGE, True),
    ):
        with pytest.raises(InputError):
            room.gallery.offer(someone, title, page, consent)  # type: ignore[arg-type]
    assert offers(room, someone) == []


def test_the_gallery_of_another_class_does_not_exist(
    room: Room, spring: Class, new_class: Callable[[str], Class], trainer: Member
) -> None:
    shown = room.gallery.offer(spring.add("Bo"), "Tree", PAGE, consent=True)
    room.gallery.show(trainer, shown, 1)
    autumn = new_class("autumn")
    stranger, leader = autumn.add("Eve"), autumn.add("Max", Role.TRAINER)
    for attempt in (
        lambda: room.gallery.page(stranger, shown),
        lambda: room.gallery.page(leader, shown),
        lambda: room.gallery.withdraw(stranger, shown),
        lambda: room.gallery.show(leader, shown, 2),
        lambda: room.gallery.show(spring.add("Mallory"), shown, 2),
    ):
        with pytest.raises(GoneError):
            attempt()
    assert offers(room, trainer) == [("Tree", 1, False)]
    with pytest.raises(InputError, match="side"):
        room.gallery.show(trainer, shown, 3)


def test_who_is_erased_is_gone_from_the_gallery(room: Room, spring: Class, trainer: Member) -> None:
    someone = spring.add("Bo")
    room.gallery.show(trainer, room.gallery.offer(someone, "Tree", PAGE, consent=True), 1)
    spring.erase(someone)
    assert offers(room, trainer) == []


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
