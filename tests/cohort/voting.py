"""Questions a class votes on, and what somebody sees of a vote."""

from typing import Any

from playbook.cohort.room import Room
from playbook.cohort.types import Member

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


def but_how_many(state: dict[str, Any]) -> dict[str, Any]:
    """What a participant is told, but how many answered, and that something is new."""
    votes = [{name: it[name] for name in it if name != "answered"} for it in state["votes"]]
    return {**state, "votes": votes, "version": None}
