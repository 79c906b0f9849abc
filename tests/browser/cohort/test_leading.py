"""A trainer leads a whole plan with Next alone: from a laptop, by key, and from a phone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from playbook.framework import load_framework
from tests.browser.labels import say
from tests.server.cohort.classroom import Person as MadeUp
from tests.server.cohort.classroom import done

from .conftest import PHONE, Person, make_class, screen_of

MADE_UP, PHONES = 40, 4
LAPTOP = {"viewport": {"width": 1366, "height": 650}}
PLAN = "whose_work_first"
MOST_CLICKS = 8
ANSWERS = {"yes_no": "yes", "range": ["10", "30"], "text": "We ask those who do the work."}


@pytest.fixture
def crowd(trainer: Person, code: str) -> Iterator[list[MadeUp]]:
    """Forty people whose browsers are only their cookies."""
    people = [MadeUp(trainer.host.url) for _ in range(MADE_UP)]
    for number, someone in enumerate(people):
        joined = someone.fill_in("/join", code=code, name=f"Made up {number}")
        assert joined.status_code < 400, joined.text
    yield people
    for someone in people:
        someone.close()


@pytest.fixture
def trainer(newcomer: Callable[..., Person]) -> Person:
    """Ana at the desk of a new class, at a small laptop."""
    ana = newcomer(**LAPTOP)
    make_class(ana)
    return ana


def answer_all(people: list[MadeUp]) -> None:
    """Whatever is open, by everybody: their choice by their number."""
    votes = done(people[0].get("/room/state"))["votes"]
    for vote in [it for it in votes if it["state"] == "open"]:
        choices = [it["id"] for it in vote["choices"]]
        for number, someone in enumerate(people):
            value: Any = ANSWERS.get(vote["form"]) or choices[number % len(choices)]
            done(someone.do("/room/answer", vote=vote["id"], value=value, shared=True))


def promised(desk: Person) -> tuple[str, str]:
    """What Next says it will do to the wall, and what it is called."""
    then = desk.page.locator("#wall-then").inner_text()
    return then.removeprefix(desk.say("desk.wall_then", wall="")), says(desk)


def says(desk: Person) -> str:
    return desk.page.locator("#says").inner_text()


def presses(laptop: Person, remote: Person) -> Iterator[Callable[[], None]]:
    """Every way to go on, one after the other."""

    def key(name: str) -> Callable[[], None]:
        return lambda: laptop.page.keyboard.press(name)

    def click(seat: Person) -> Callable[[], None]:
        return lambda: seat.page.locator("#next").click()

    def focus_nothing() -> None:
        laptop.page.evaluate("document.activeElement.blur()")
        laptop.page.keyboard.press("Space")

    return cycle([click(laptop), focus_nothing, click(remote), key("ArrowRight"), key("PageDown")])


@pytest.mark.slow
@pytest.mark.timeout(900)  # forty people on a machine that has other things to do
@pytest.mark.soak
def test_a_plan_is_led_through_next_alone_from_a_laptop_and_a_phone(
    trainer: Person, code: str, crowd: list[MadeUp], newcomer: Callable[..., Person]
) -> None:
    clicks = 0
    programme = load_framework().programmes[PLAN]
    remote = newcomer(**PHONE)
    remote.sign_in("Ana")
    remote.page.goto(trainer.page.url)
    phones = [newcomer(**PHONE) for _ in range(PHONES)]
    for number, phone in enumerate(phones):
        phone.join(code, f"Phone {number}")
    people = MADE_UP + PHONES

    trainer.page.locator("#plan-programme").select_option(PLAN)
    trainer.press("desk.plan_take")
    clicks += 2
    nexts = presses(trainer, remote)
    phases = [(step, phase) for step in programme.steps for phase in step.phases]
    for number, (step, phase) in enumerate(phases):
        wait_for_says(trainer, remote)
        if trainer.page.locator("#next[aria-disabled]").count():
            expect(trainer.page.locator("#why")).to_have_text(re.compile("needed|decided"))
        if number and phases[number - 1][1].do in ("vote", "vote_again", "decisions"):
            answer_all(crowd)
            expect(trainer.page.locator("#next[aria-disabled]")).to_have_count(0)
        wait_for_says(trainer, remote)
        wall, before = promised(trainer)
        next(nexts)()
        clicks += number < 2
        for desk in (trainer, remote):
            expect(desk.page.locator("#now-h")).to_have_text(step.title)
            expect(desk.page.locator("#says")).not_to_have_text(before)
        expect(trainer.page.locator("#wall-now")).to_have_text(wall)
        if number == 1:
            assert clicks <= MOST_CLICKS, f"{clicks} clicks to the first reveal"
        if phase.do == "vote_again":
            fits_the_laptop(trainer)
            is_within_reach(remote)
            trainer.is_accessible("desk, a second vote runs")
            remote.is_accessible("the desk as a remote control")
            remote.scrolls_one_way()
            answers_on_the_phone(phones)
        if phase.do == "teams":
            for phone in phones:
                expect_told(phone, lambda state: state["teams"] and state["teams"]["mine"])
                told = phone.states[-1]["teams"]
                assert f"Phone {phones.index(phone)}" in told["teams"][0]["people"]
                assert told["role"]["title"] in [card.title for card in step.roles]
            assert len(done(crowd[0].get("/room/state"))["teams"]["teams"]) == 1
    expect(trainer.page.locator("#why")).to_have_text(say("desk.next_last"))

    seen = trainer.states[-1]
    assert [vote["state"] for vote in seen["votes"]].count("revealed") == 5
    assert len(seen["matrix"]["rows"]) == -(-people // 5)
    assert all(row["decision"] == ANSWERS["text"] for row in seen["matrix"]["rows"])
    both = next(vote for vote in seen["votes"] if vote["before"])
    assert both["result"]["before"]["respondents"] == MADE_UP
    assert both["result"]["respondents"] == people

    # Back on the one desk: both go, and no answer is less
    remote.page.locator("#back").click()
    expect(trainer.page.locator("#says")).to_have_text(re.compile("^Next: "))
    answered = [it["answered"] for it in trainer.states[-1]["turnout"].values()]
    assert answered == [it["answered"] for it in seen["turnout"].values()]


def wait_for_says(one: Person, other: Person) -> None:
    """Two desks of one class agree."""
    expect(one.page.locator("#nextbar")).to_be_visible()
    expect(other.page.locator("#says")).to_have_text(says(one))
    expect(one.page.locator("#says")).to_have_text(says(other))


def expect_told(person: Person, holds: Callable[[dict[str, Any]], Any]) -> None:
    for _ in range(100):
        if person.states and holds(person.states[-1]):
            return
        person.page.wait_for_timeout(100)
    raise AssertionError("the phone was not told")


def answers_on_the_phone(phones: list[Person]) -> None:
    for phone in phones:
        vote = phone.page.locator(".vote[data-state=open]").first
        vote.get_by_role("radio", name="The heaviest complainers").check(force=True)
        expect(vote.locator(".status")).to_have_text(phone.say("room_page.status_in"))


def fits_the_laptop(desk: Person) -> None:
    """The whole running step without scrolling."""
    desk.page.evaluate("scrollTo(0, 0)")
    box = box_of(desk.page.locator("#now"))
    assert box["y"] + box["height"] <= LAPTOP["viewport"]["height"]
    desk.scrolls_one_way()


def is_within_reach(remote: Person) -> None:
    """Next stays in the lower third, wherever the page was scrolled to, and is large."""
    for place in (0, 2000):
        remote.page.evaluate(f"scrollTo(0, {place})")
        box = box_of(remote.page.locator("#next"))
        assert box["y"] >= 844 * 2 / 3
        assert box["y"] + box["height"] <= 844
        assert box["height"] >= 60
        assert box["width"] >= 240


def box_of(locator: Locator) -> dict[str, float]:
    box = locator.bounding_box()
    assert box is not None
    return dict(box)


def test_keys_blank_and_late_steps_on_the_desk(
    trainer: Person, newcomer: Callable[..., Person]
) -> None:
    """B and J act where nobody types, and only while their box is ticked; cut and taken back."""
    page = trainer.page
    screen = screen_of(trainer, newcomer)
    page.locator("#plan-programme").select_option(PLAN)
    trainer.press("desk.plan_take")
    expect(page.locator("#steps li")).to_have_count(5)
    shown = page.locator("#wall-now")
    for key, what in (("b", "blank"), ("b", "join"), ("j", "join")):
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press(key)
        expect(shown).to_have_text(say(f"desk.wall_{what}"))
    page.keyboard.press("j")
    page.locator("#own-part > summary").click()
    page.locator("#own-text").press_sequentially("b j")
    expect(page.locator("#own-text")).to_have_value("b j")
    expect(page.locator("#now-h")).to_have_text(load_framework().programmes[PLAN].title)
    page.locator("#next").click()
    expect(page.locator("#now-h")).to_have_text("Join and practise voting")
    cut = page.locator("#steps li").nth(1).get_by_role("button")
    cut.click()
    expect(page.locator("#uncut")).to_have_text(
        trainer.say("desk.uncut", title="How much time is free?")
    )
    page.locator("#uncut").click()
    expect(page.locator("#uncut")).to_be_hidden()
    expect_told(screen, lambda state: state["wall"]["kind"] == "vote")
