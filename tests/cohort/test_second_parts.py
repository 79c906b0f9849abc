"""How sure people are, and what would change their mind: asked beside a case's vote, by no one's
name, under the rule of five each."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playbook.cohort.types import Member
from playbook.report.take_home.room import own_answer
from tests.cohort.people import Class, Host
from tests.cohort.test_case_steps import desk, press

CASE = "alcoa_20"
PEOPLE = 6
MINDS = ["If the figures were wrong", "A strike", "Ask the union", "Another plant", "Ten years"]


@pytest.fixture
def led(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(PEOPLE)]


def asked(led: Class) -> dict[str, Any]:
    """The first vote of the case that asks for both, open."""
    led.host.room.leading.take(led.trainer, CASE)
    for _ in range(40):
        told = press(led)
        for vote in told["votes"]:
            if vote["state"] == "open" and len(vote["parts"]) == 2:
                return vote
    raise AssertionError("the case asks for both nowhere")


def shown(led: Class) -> dict[str, Any]:
    """The vote once it is shown; nothing else keeps Next."""
    while True:
        told = press(led)
        (vote,) = [it for it in told["votes"] if it["parts"]]
        if vote["state"] == "revealed":
            return vote


def test_each_part_is_under_the_rule_of_five(led: Class, people: list[Member]) -> None:
    """Six vote, five say how sure they are, four what would change their mind: the room reads two
    of the three; all of it stays one's own."""
    vote, answer = asked(led), led.host.room.votes.answer
    sure, mind = vote["parts"]
    assert [it["text"] for it in (sure, mind)] == [
        "How sure are you?",
        "What would change your mind?",
    ]
    for at, someone in enumerate(people):
        answer(someone, vote["id"], vote["choices"][at % 2]["id"])
        if at < 5:
            answer(someone, sure["id"], "leaning" if at else "very")
        if at < 4:
            answer(someone, mind["id"], MINDS[at], shared=True)
    told = desk(led)
    assert told["turnout"][vote["id"]]["answered"] == PEOPLE
    assert [it for it in MINDS if it in json.dumps(told)] == []
    again = shown(led)
    certain, minds = again["parts"]
    assert certain["result"]["counts"] == {"guessing": 0, "leaning": 4, "fairly": 0, "very": 1}
    assert (minds["state"], minds["result"]) == ("closed", None)
    assert desk(led)["tray"] == {}
    mine = led.host.room.state_for(people[0])["votes"][-1]
    assert [it["mine"]["value"] for it in mine["parts"]] == ["very", MINDS[0]]
    assert own_answer(mine, led.host.framework.words)[0].endswith("(Very sure)")
    assert sure["id"] not in led.host.room.state_for(people[0])["results"]


def test_what_would_change_minds_comes_to_the_tray(led: Class, people: list[Member]) -> None:
    """Five texts come without names and are shown when the trainer lets them out, one by one; the
    wall may show them."""
    vote, room = asked(led), led.host.room
    sure, mind = vote["parts"]
    for at, someone in enumerate(people):
        room.votes.answer(someone, vote["id"], vote["choices"][0]["id"])
        if at < 5:
            room.votes.answer(someone, mind["id"], MINDS[at], shared=True)
    shown(led)
    told = desk(led)
    texts = told["tray"][mind["id"]]
    assert sorted(it["text"] for it in texts) == sorted(MINDS)
    assert sure["id"] not in told["tray"]
    room.tray.show(led.trainer, texts[0]["id"], True)
    room.wall.put(led.trainer, "result", mind["id"])
    seen = room.state_for(people[5])
    assert seen["wall"] == {"kind": "result", "poll": mind["id"]}
    shown_texts = seen["votes"][-1]["parts"][1]["result"]["texts"]
    assert [it["text"] for it in shown_texts] == [texts[0]["text"]]


def test_a_part_goes_with_its_vote(led: Class, people: list[Member]) -> None:
    vote = asked(led)
    for someone in people:
        for it, value in ((vote, vote["choices"][0]["id"]), (vote["parts"][0], "fairly")):
            led.host.room.votes.answer(someone, it["id"], value)
    led.host.room.votes.close(led.trainer, vote["id"])
    assert {it["state"] for it in desk(led)["votes"][-1]["parts"]} == {"closed"}
    led.host.room.votes.reopen(led.trainer, vote["id"])
    assert {it["state"] for it in desk(led)["votes"][-1]["parts"]} == {"open"}
    led.host.room.votes.drop(led.trainer, vote["id"])
    assert all(not it["parts"] for it in desk(led)["votes"])
    assert vote["parts"][0]["id"] not in desk(led)["turnout"]
