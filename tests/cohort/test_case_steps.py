"""A class plays a case: Next alone leads through it, and nobody hears a thing before its time."""

from __future__ import annotations

import json
from typing import Any

import pytest

from playbook.assessing.workbook import CaseNote, Workbook
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from tests.cohort.cases_played import BEFORE_IT, plans, spoilers
from tests.cohort.people import Class, Host

PEOPLE = 6
LONG = ("alcoa_80", "atb_80")
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


@pytest.mark.parametrize(
    "name",
    ["alcoa_20", "atb_40", *(pytest.param(it, marks=pytest.mark.soak) for it in LONG)],
)
def test_nothing_is_heard_before_its_time(led: Class, people: list[Member], name: str) -> None:
    heard = play(led, people, name)
    assert len(heard) == 1 + sum(len(step.phases) for step in plans()[name].steps)
    assert heard[0][0] == BEFORE_IT
    for at, said in heard:
        assert [it for it in spoilers(name, at) if it in said] == [], at
    last = heard[-1][0]
    assert len(spoilers(name, BEFORE_IT)) - len(spoilers(name, last)) > 30, "the test tells nothing"


@pytest.mark.usefixtures("people")
def test_who_answers_nothing_is_led_to_the_end_as_well(led: Class) -> None:
    """Where two results in a row lack answers, going on without the first passes over both."""
    room = led.host.room
    room.leading.take(led.trainer, "atb_40")
    told = desk(led)["rundown"]
    passed = 0
    while told["next"]["wall"] is not None:
        blocked = told["next"]["blocked"] is not None
        passed += blocked
        at = told["at"]
        assert room.leading.next(led.trainer, at["step"], at["phase"], skip=blocked)
        told = desk(led)["rundown"]
    assert passed > 2
    assert told["now"] == len(told["steps"]) - 1


def begun(led: Class, name: str, phases: int) -> dict[str, Any]:
    """A case so many presses of Next far; nobody answered."""
    led.host.room.leading.take(led.trainer, name)
    for _ in range(phases):
        told = press(led)
    return told


def test_who_knows_the_story_is_told_to_the_trainer_alone(led: Class, people: list[Member]) -> None:
    """Two say so: they get the critics' card in every later step, the desk their number, nobody
    else a word; and it can't be shown."""
    room = led.host.room
    told = begun(led, "alcoa_20", 2)
    (vote,) = told["votes"]
    assert [it["label"] for it in vote["choices"]] == ["Yes, I know it", "No"]
    for someone in people:
        knows = someone in people[:2]
        room.votes.answer(someone, vote["id"], vote["choices"][0 if knows else 1]["id"])
    with pytest.raises(InputError, match="told to you alone"):
        room.votes.reveal(led.trainer, vote["id"])
    told = press(led)
    assert told["rundown"]["critics"] == 2
    seen = [room.state_for(it) for it in people]
    assert [bool(it["teams"]) for it in seen] == [True, True, False, False, False, False]
    assert seen[0]["teams"]["role"]["title"] == "Source critic"
    assert [it["votes"] for it in seen] == [[]] * PEOPLE
    assert "critics" not in json.dumps(seen)


def test_what_was_opened_goes_with_back(led: Class, people: list[Member]) -> None:
    """Back from what is known takes it off every screen; no answer is less."""
    begun(led, "atb_20", 3)
    answer(led, people)
    told = press(led)
    while told["case"]["revealed"] is None:
        told = press(led)
    at = told["rundown"]["at"]
    led.host.room.leading.back(led.trainer, at["step"], at["phase"])
    state = led.host.room.state_for(people[0])
    assert state["case"]["revealed"] is None
    assert state["votes"][-1]["mine"]


def test_a_sentence_is_carried_to_ones_own_sheet(led: Class, people: list[Member]) -> None:
    """It stands on the sheet with the case and the day, can be changed and taken away, and is no
    other one's."""
    carrying, cohorts = led.host.room.carrying, led.host.cohorts
    someone, other = people[:2]
    place = cohorts.place_of(someone)
    with pytest.raises(InputError, match="step is over"):
        carrying.put(someone, place, SENTENCE)
    led.host.room.leading.take(led.trainer, "atb_20")
    told = desk(led)
    while told["rundown"]["next"]["wall"]:
        answer(led, people)
        told = press(led)
    assert carrying.put(someone, place, "Not yet") == "Catalyst"
    carrying.put(someone, place, SENTENCE)
    notes = notes_on(led, someone, "catalyst")
    assert [(it.text, it.title, it.day) for it in notes] == [
        (SENTENCE, "ATB: fifty places, five thousand people", led.host.now.today)
    ]
    assert carrying.text(someone, place) == SENTENCE
    assert carrying.text(other, cohorts.place_of(other)) == ""
    assert notes_on(led, other, "catalyst") == []
    carrying.put(someone, place, " ")
    assert notes_on(led, someone, "catalyst") == []


def notes_on(led: Class, who: Member, sheet: str) -> list[CaseNote]:
    store, framework = led.host.store(who.workspace), led.host.framework
    return Workbook(framework, led.host.now.today, store).notes(framework.sheets[sheet])
