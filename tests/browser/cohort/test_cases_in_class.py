"""A case in class: desk, wall and four phones beside forty made-up people, through Next alone."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, expect

from playbook.model.programme import Phase, Step
from tests.browser.labels import say
from tests.cohort.cases_played import BEFORE_IT, plans, spoilers
from tests.server.cohort.classroom import Classroom
from tests.server.forked import started

from .conftest import PHONE, Person, screen_of

MADE_UP, PHONES = 40, 4
REHEARSE = """
import sys
from time import monotonic
from playbook.server.cohort.rehearsal.rehearse import rehearse
rehearse(0, 40, programme=sys.argv[1], open_browser=False, clock=lambda: 40 * monotonic())
"""
FITS = """() => {
    const body = document.getElementById("body");
    const page = document.documentElement;
    return body.scrollHeight <= body.clientHeight + 1 && page.scrollHeight <= innerHeight;
}"""
ASKED = ("vote", "vote_again", "ranges")
OWN = ":not(.beside *)"
"""Of the vote itself, and not of what is asked beside it."""
PATIENCE = 60_000
"""Milliseconds: everybody answers through one host, on a machine that has other things to do."""
SENTENCE = "A worse figure is seen a week later here, and by then the client has left."


@pytest.fixture
def rehearsed(tmp_path: Path) -> Iterator[Callable[[str], tuple[Classroom, str]]]:
    """Begins `playbook rehearse --case`, with people forty times as quick: the host, and the
    trainer's link."""
    processes = []

    def begin(programme: str) -> tuple[Classroom, str]:
        log = tmp_path / "rehearsal.log"
        env = {name: it for name, it in os.environ.items() if not name.startswith("JUPYTER")}
        process = started(REHEARSE, [programme], env, log)
        processes.append(process)
        until = time.monotonic() + 120
        while time.monotonic() < until and process.poll() is None:
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/resume#\S+", log.read_text()):
                host = Classroom(process, found[1], tmp_path, log, {}, {}, {})
                return host, found[0]
            time.sleep(0.1)
        raise AssertionError(log.read_text())

    yield begin
    for process in processes:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture
def somebody(
    new_context: Callable[..., BrowserContext],
) -> Iterator[Callable[..., Person]]:
    """Opens browsers at a rehearsal; a test fails when one of them saw trouble."""
    people: list[Person] = []

    def make(host: Classroom, context: BrowserContext | None = None, **options: Any) -> Person:
        people.append(Person(host, (context or new_context(**options)).new_page()))
        return people[-1]

    yield make
    assert [trouble for person in people for trouble in person.trouble] == []


class Played:
    """A class that plays a case: who is in it, and where it is."""

    def __init__(
        self, name: str, link: str, host: Classroom, somebody: Callable[..., Person]
    ) -> None:
        self.name, self.programme = name, plans()[name]
        self.desk = somebody(host, viewport={"width": 1366, "height": 650})
        self.desk.page.goto(link)
        self.desk.page.get_by_role("button", name=say("door.resume_button"), exact=True).click()
        expect(self.desk.page).to_have_url(re.compile("/desk/"))
        expect(self.desk.page.locator("#code")).to_have_text(re.compile(r"\w{4}-\w{4}"))
        code = self.desk.page.locator("#code").inner_text()
        self.wall = screen_of(self.desk, lambda context: somebody(host, context))
        self.phones = [somebody(host, **PHONE) for _ in range(PHONES)]
        for number, phone in enumerate(self.phones):
            phone.join(code, f"Phone {number}")
        self.at = BEFORE_IT
        self._heard = dict.fromkeys((self.wall, *self.phones), 0)

    def goes_on(self, at: tuple[int, int], step: Step, phase: Phase) -> None:
        """Next, once whatever was asked is answered; the desk says so, and the wall shows it."""
        self.hears_nothing_early()
        self.can_go_on()
        done = self.desk.page.expect_response(re.compile("/go_on$"), timeout=PATIENCE)
        with done:  # one press at a time
            self.desk.page.locator("#next").click()
        self.desk_is(at)
        expect(self.desk.page.locator("#now-h")).to_have_text(step.title)
        self.at = at
        shown = self.wall.page.locator("#wall")
        expect(shown).to_have_attribute("data-kind", phase.on_the_wall, timeout=PATIENCE)
        assert self.wall.page.evaluate(FITS), f"the wall scrolls at {at}"

    def desk_is(self, at: tuple[int, int]) -> None:
        """The desk shows that step and phase."""
        for _ in range(PATIENCE // 100):
            told = [it for it in self.desk.states[-4:] if "rundown" in it]  # not of the wall in it
            rundown = told[-1]["rundown"] if told else {"now": -1, "at": {"phase": -1}}
            if (rundown["now"], rundown["at"]["phase"]) == at:
                return
            self.desk.page.wait_for_timeout(100)
        raise AssertionError(f"the desk does not go on to {at}")

    def can_go_on(self) -> None:
        if self.at == BEFORE_IT:
            return
        phase = self.programme.steps[self.at[0]].phases[self.at[1]]
        if phase.do in ASKED:
            for phone in self.phones:
                answers(phone)
            answered = self.desk.page.locator("#running .count strong")
            expect(answered).to_have_text(re.compile(r"^(2[5-9]|3\d|4\d)\b"), timeout=PATIENCE)
        expect(self.desk.page.locator("#next[aria-disabled]")).to_have_count(0, timeout=PATIENCE)

    def hears_nothing_early(self) -> None:
        """No byte that a phone or the wall was sent up to now tells what comes later."""
        early = spoilers(self.name, self.at)
        for one, heard in self._heard.items():
            told = json.dumps(one.states[heard:], ensure_ascii=False) + one.page.content()
            assert [it for it in early if it in told] == [], self.at
            self._heard[one] = len(one.states)


def answers(phone: Person) -> None:
    """Somebody answers the open vote: the first choice, a range, a sentence."""
    vote = phone.page.locator(".vote[data-state=open]").first
    if vote.locator(".ends input").count():
        for place, value in enumerate(("400", "900")):
            vote.locator(".ends input").nth(place).fill(value)
    elif vote.locator(f"textarea{OWN}").count():
        vote.locator(f"textarea{OWN}").fill(SENTENCE)
    else:
        vote.locator(f"label.choice{OWN}").first.click()
    expect(vote.locator(".status").first).to_have_text(say("room_page.status_in"), timeout=PATIENCE)


def played(
    name: str, rehearsed: Callable[[str], tuple[Classroom, str]], somebody: Callable[..., Person]
) -> Iterator[tuple[Played, Step, Phase]]:
    """The class after each Next, to the end of the case."""
    host, link = rehearsed(name)
    class_ = Played(name, link, host, somebody)
    for number, step in enumerate(class_.programme.steps):
        for place, phase in enumerate(step.phases):
            class_.goes_on((number, place), step, phase)
            yield class_, step, phase
    class_.hears_nothing_early()
    expect(class_.desk.page.locator("#why")).to_have_text(say("desk.next_last"))
    for phone in class_.phones:
        assert phone.states[-1]["step"]["title"] == class_.programme.steps[-1].title


@pytest.mark.slow
@pytest.mark.timeout(900)  # forty people on a machine that has other things to do
def test_alcoa_is_played_through_next_alone(
    rehearsed: Callable[[str], tuple[Classroom, str]], somebody: Callable[..., Person]
) -> None:
    """Disguised until the hinge, where it says how little bears the story; then the exhibit."""
    case, drawn = plans().case("alcoa"), 0
    for class_, step, phase in played("alcoa_40", rehearsed, somebody):
        phone, wall = class_.phones[0], class_.wall.page
        if step.id == "alcoa_diagnose" and phase.do == "tell":  # the first choice was "I know it"
            expect(phone.page.locator("#team")).to_contain_text(say("cases.class.critic"))
            assert "Source critics" in class_.desk.page.locator("#running").inner_text()
        if step.id == "alcoa_first_group" and phase.do == "facts":
            hinge = case.step("first_group").hinge
            expect(wall.locator("#body .hinge")).to_have_text(hinge)
            expect(wall.locator("#head")).to_contain_text("Alcoa")
            expect(wall.locator("#body section.panel")).to_have_count(3)
            expect(phone.page.locator("#case")).to_contain_text(hinge)
            links = phone.page.locator("#case .column.public a")
            assert links.first.get_attribute("href") == case.fact("who_and_when").places[0].address
            phone.is_accessible("what is known, on a phone")
            phone.scrolls_one_way()
        if phase.do == "exhibit":
            drawn += 1
            shown = case.step("chart").exhibits[drawn - 1]
            exhibit = case.exhibit(shown)
            expect(wall.locator("#head h1")).to_have_text(exhibit.title)
            joined = wall.locator("svg.exhibit :is(path, polyline)")
            points = wall.locator("svg.exhibit circle")
            if exhibit.never:
                expect(wall.locator("svg.exhibit .stamp")).to_have_text(say("room_page.case_never"))
                continue
            expect(points).to_have_count(len(exhibit.points))
            expect(joined).to_have_count(0)
            if shown == "results":
                for page in (wall, phone.page):
                    expect(page.locator("main")).to_contain_text("Years in common: 2 (1997, 1998)")
                phone.is_accessible("the exhibit, on a phone")
                phone.scrolls_one_way()
        if phase.do == "carry":
            carries(phone)


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.soak
def test_atb_is_played_through_next_alone(
    rehearsed: Callable[[str], tuple[Classroom, str]], somebody: Callable[..., Person]
) -> None:
    """A range before the fact, held against a lower bound, and a second vote beside the first."""
    for class_, step, phase in played("atb_40", rehearsed, somebody):
        body = class_.wall.page.locator("#body")
        if step.id == "atb_recruit" and phase.do == "held":
            expect(body.locator("svg.ranges .band")).to_have_count(1)
            expect(body).to_contain_text("300 people")
        if step.id == "atb_recruit" and phase.do == "reveal":
            expect(body.locator(".pairs li")).to_have_count(3)
        if step.id == "atb_not_chosen" and phase.do == "facts":
            expect(body).to_contain_text(say("room_page.case_none_found"))


def carries(phone: Person) -> None:
    """One sentence to one's own sheet; it is there again after a reload, and can be taken away."""
    phone.page.locator("#carry-text").fill(SENTENCE)
    phone.page.locator("#carry button").click()
    expect(phone.page.locator("#carry .status")).to_contain_text("Metric tree")
    phone.page.reload()
    expect(phone.page.locator("#carry-text")).to_have_value(SENTENCE)
    phone.is_accessible("what is carried home, on a phone")
