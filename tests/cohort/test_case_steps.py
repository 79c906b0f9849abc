"""A class plays a case: Next alone leads through it, and nobody hears a thing before its time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playbook.cohort.types import Member, Role
from tests.cohort.cases_played import BEFORE_IT, plans, spoilers
from tests.cohort.people import Class, Host

PEOPLE = 6
RANGE, SENTENCE = ["400", "900"], "We begin with those who do the work."


@pytest.fixture
def led(host: Host) -> Class:
    return host.new_class(host.account("Ana"))


@pytest.fixture
def people(led: Class) -> list[Member]:
    code = led.host.cohorts.new_code(led.trainer)
    return [led.host.cohorts.join(code, f"P{number}") for number in range(PEOPLE)]


def desk(led: Class) -> dict[str, Any]:
    return led.host.room.desk_for(led.trainer)


def press(led: Class) -> dict[str, Any]:
    """Next; the desk after it."""
    at = desk(led)["rundown"]["at"]
    assert led.host.room.leading.next(led.trainer, at["step"], at["phase"])
    return desk(led)


def answer(led: Class, people: list[Member]) -> None:
    """Whatever is open, by everybody: their choice by their number."""
    for vote in led.host.room.state_for(people[0])["votes"]:
        if vote["state"] != "open":
            continue
        choices = [it["id"] for it in vote["choices"]]
        for number, someone in enumerate(people):
            value: Any = choices[number % len(choices)] if choices else SENTENCE
            if vote["form"] == "range":
                value = RANGE
            elif vote["kind"] == "many":
                value = [value]
            led.host.room.votes.answer(someone, vote["id"], value, shared=True)


def play(led: Class, people: list[Member], name: str) -> list[tuple[tuple[int, int], str]]:
    """Lead through a case with Next alone: where the plan was, and all that phones and wall got."""
    led.host.room.leading.take(led.trainer, name)
    room, heard = led.host.room, []
    watching = led.host.cohorts.join(led.host.cohorts.new_code(led.trainer), "Screen")
    led.host.cohorts.set_role(led.trainer, watching.id, Role.VIEWER)
    told = desk(led)
    while True:
        at = told["rundown"]["now"], told["rundown"]["at"]["phase"]
        seen = [room.state_for(people[0]), room.screen_for(watching)]
        heard.append((at, json.dumps(seen, ensure_ascii=False)))
        if told["rundown"]["next"]["wall"] is None:
            return heard
        answer(led, people)
        told = press(led)


@pytest.mark.parametrize("name", ["alcoa_20", "alcoa_80", "atb_40"])
def test_nothing_is_heard_before_its_time(led: Class, people: list[Member], name: str) -> None:
    heard = play(led, people, name)
    assert len(heard) == 1 + sum(len(step.phases) for step in plans()[name].steps)
    assert heard[0][0] == BEFORE_IT
    for at, said in heard:
        assert [it for it in spoilers(name, at) if it in said] == [], at
    last = heard[-1][0]
    assert len(spoilers(name, BEFORE_IT)) - len(spoilers(name, last)) > 30, "the test tells nothing"
