"""A class that is asked for situations before and after, and what somebody answers."""

from __future__ import annotations

from typing import Any

from playbook.cohort.types import Member
from playbook.model.programme import Phase, Programme, Step, StepQuestion
from tests.cohort.people import Class

PLAN = Programme(
    title="Two rounds",
    about="Two rounds of situations.",
    minutes=4,
    steps=(
        Step(
            id="before",
            title="Before",
            minutes=1,
            question=StepQuestion(form="vignettes"),
            phases=(Phase(do="vote", minutes=1),),
        ),
        Step(id="talk", title="Talk", minutes=1, phases=(Phase(do="talk", minutes=1),)),
        Step(
            id="after",
            title="After",
            minutes=2,
            question=StepQuestion(form="vignettes_again"),
            phases=(Phase(do="vote", minutes=1), Phase(do="reveal", minutes=1)),
        ),
    ),
)


def press(led: Class, name: str = "next") -> bool:
    at = led.host.room.desk_for(led.trainer)["rundown"]["at"]
    return bool(getattr(led.host.room.leading, name)(led.trainer, at["step"], at["phase"]))


def the_vote(led: Class, who: Member) -> dict[str, Any]:
    """The newest vote as somebody sees it."""
    return led.host.room.state_for(who)["votes"][-1]


def said(led: Class, who: Member, right: int, sure: int = 70) -> list[str]:
    """Answers to the situations this person is asked, the first so many of them right."""
    content = led.host.framework.vignettes
    answers = {it.id: it.answer for it in content.vignettes}
    other = {"redefine": "optimise", "optimise": "redefine"}
    asked = [it["id"] for it in the_vote(led, who)["situations"]]
    return [
        f"{it} {answers[it] if place < right else other[answers[it]]} {sure}"
        for place, it in enumerate(asked)
    ]


def answer(led: Class, who: Member, right: int, sure: int = 70) -> None:
    poll = the_vote(led, who)["id"]
    led.host.room.votes.answer(who, poll, said(led, who, right, sure))


def to_the_second_round(led: Class, people: list[Member]) -> None:
    press(led)
    for number, someone in enumerate(people):
        answer(led, someone, 1 + number % 2)
    press(led)
    press(led)
