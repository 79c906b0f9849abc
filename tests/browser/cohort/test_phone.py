"""The room on a phone: what runs is on top, and nobody has to look for the vote that is open."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.labels import say
from tests.server.cohort.classroom import PASSWORD, Classroom, done
from tests.server.cohort.classroom import Person as Client

from .conftest import PHONE, Person

SMALL = {**PHONE, "viewport": {"width": 360, "height": 640}}
TEXT = "Which of the many workgroups should move first, and what would make them want it?"
CHOICES = [f"{name} who work where many mismatched machines are warm {'a' * 12}" for name in "XYZ"]
FIRST_SCREEN = """() => {
    const vote = document.querySelector(".vote");
    const found = [vote.querySelector("h3"), ...[...vote.querySelectorAll(".choice")].slice(0, 3)];
    const seen = found.map((one) => one.getBoundingClientRect());
    return {
        top: seen[0].top, bar: document.querySelector(".bar").getBoundingClientRect().bottom,
        bottom: seen.at(-1).bottom, free: innerHeight, scrolled: scrollY,
        small: [...document.querySelectorAll("main :is(a, button, summary, label.choice)")]
            .filter((one) => one.checkVisibility() && !one.closest("p.small, p.card"))
            .map((one) => [one.getBoundingClientRect().height, one.textContent])
            .filter(([height]) => height < 44),
    };
}"""


@dataclass
class Desk:
    """A trainer without a page: what the desk does, asked for as the desk asks."""

    client: Client
    path: str
    code: str = ""

    def does(self, action: str, **given: Any) -> dict[str, Any]:
        return done(self.client.do(f"{self.path}/{action}", **given))

    def state(self) -> dict[str, Any]:
        return done(self.client.get(f"{self.path}/state"))


@pytest.fixture
def desk(host: Classroom) -> Desk:
    client = host.stranger()
    client.fill_in("/sign-in", name="Ana", password=PASSWORD)
    ends, erase = (date.today() + timedelta(days=days) for days in (1, 9))
    days = {"ends": ends.isoformat(), "erase_on": erase.isoformat()}
    made = done(client.do("/desk/new", title="Redefining work, plants", host="Acme", **days))
    found = Desk(client, f"/desk/{made['id']}")
    found.does("code")
    found.code = found.state()["door"]["code"]
    return found


def others(host: Classroom, desk: Desk, count: int) -> list[Client]:
    """So many more, without a page."""
    people = [host.stranger() for _ in range(count)]
    for number, person in enumerate(people):
        person.fill_in("/join", code=desk.code, name=f"P{number}")
    return people


def test_joining_lands_in_the_room_and_an_open_vote_fills_the_first_screen(
    host: Classroom, desk: Desk, newcomer: Callable[..., Person]
) -> None:
    small, usual = newcomer(**SMALL), newcomer(**PHONE, color_scheme="dark")
    for person, name in ((small, "محمد العربي"), (usual, "🦊" * 20)):
        person.join(desk.code, name)
        expect(person.page.locator("#came")).to_contain_text(
            person.say("room_page.joined", name=name)
        )
    expect(small.page.locator("#now")).to_have_text(say("room_page.no_sheet"))
    spoken = usual.page.locator("#spoken")
    rest = others(host, desk, 6)
    desk.does("timer", seconds=300)
    desk.does("sheet", sheet="catalyst", note="Only the first screen, please")
    own = {"form": "one", "text": TEXT, "lead": "Think of one group. " * 10, "choices": CHOICES}
    vote = desk.does("ask_own", **own)["id"]
    for person in (small, usual):
        expect(person.page.locator(".vote h3")).to_have_text(TEXT)
        measured = person.page.evaluate(FIRST_SCREEN)
        assert measured["scrolled"] == 0
        assert measured["bar"] <= measured["top"], measured
        assert measured["bottom"] <= measured["free"], measured
        assert measured["small"] == []
        expect(person.page.get_by_role("timer")).to_be_visible()
        expect(person.page.locator("#now")).to_contain_text("Only the first screen, please")
        who_sees = person.say("room_page.votes_private", least=5)
        expect(person.page.locator(".vote")).to_contain_text(who_sees)
        expect(person.page.locator(".vote .key")).to_have_text(["A", "B", "C"])
        person.is_accessible("an open vote that fills the first screen")
        person.scrolls_one_way()
    expect(spoken).to_have_text(usual.say("room_page.new_vote", text=TEXT))
    usual.page.evaluate(HEAR)
    for number, person in enumerate(rest):
        done(person.do("/room/answer", vote=vote, value=f"c{number % 3 + 1}"))
    told = usual.say("room_page.turnout", answered=6, all=8)
    expect(usual.page.locator(".vote .turnout")).to_have_text(told)
    assert usual.page.evaluate("heard") == [], "a new vote is told once"

    # while others answer, and with the network gone
    usual.answer(CHOICES[1])
    expect(usual.page.locator("#next")).to_have_text(say("room_page.meanwhile"))
    expect(usual.page.locator(".vote")).not_to_contain_text(
        usual.say("room_page.votes_private", least=5)
    )
    small.page.context.set_offline(True)
    small.choice(CHOICES[2]).press("Space")
    expect(small.status).to_have_text(small.say("room_page.status_kept"))
    small.page.context.set_offline(False)
    expect(small.status).to_have_text(small.say("room_page.status_in"))

    # sealed, and beside what comes later
    late = newcomer(**SMALL)
    late.join(desk.code, "Late " + "W" * 70)
    expect(late.page.locator("#so-far li")).to_have_count(3)
    expect(late.page.locator("#so-far")).to_contain_text(
        late.say("room_page.late_now", title="Catalyst")
    )
    late.is_accessible("somebody who came late")
    late.scrolls_one_way()
    desk.does("ask_again", vote=vote)
    first = usual.say("room_page.first_answer", label=f"B {CHOICES[1]}")
    again = usual.page.locator(".vote[data-state=open]")
    expect(again.locator(".sealed:visible")).to_have_text(first)
    second = desk.state()["votes"][-1]["id"]
    usual.page.locator(".vote[data-state=open]").get_by_role("radio", name=CHOICES[0]).check(
        force=True
    )
    expect(again.locator(".status")).to_have_text(usual.say("room_page.status_in"))
    for person in rest:
        done(person.do("/room/answer", vote=second, value="c1"))
    desk.does("close", vote=second)
    expect(usual.page.locator("#next")).to_have_text(say("room_page.look_up"))
    answer = usual.say("room_page.sealed", answer=f"A {CHOICES[0]}")
    expect(usual.page.locator(".vote .sealed:visible").last).to_have_text(answer)
    desk.does("reveal", vote=second)
    expect(usual.page.locator("#results")).to_contain_text("changed")
    expect(usual.page.locator("#next")).to_have_text(say("room_page.ask_neighbour"))
    usual.is_accessible("a result, and what to do next")
    nothing_of_others(late)

    # My place is one tap away
    usual.page.get_by_role("navigation").get_by_role("link", name=say("place.title")).click()
    expect(usual.page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize("way", ["resume", "pair"])
def test_whoever_comes_back_stands_before_the_open_vote(
    way: str, host: Classroom, desk: Desk, newcomer: Callable[..., Person]
) -> None:
    """By the private link or the code of another device, as by joining."""
    ida, *_ = others(host, desk, 5)
    own = {"form": "one", "text": TEXT, "choices": CHOICES}
    desk.does("ask_own", **own)
    desk.does("sheet", sheet="catalyst", note="")
    again = newcomer(**SMALL)
    if way == "resume":
        again.page.goto(done(ida.do("/place/link"))["link"])
    else:
        again.go("/pair?code=" + done(ida.do("/place/pair"))["code"])
    again.page.locator("#entry button").click()
    expect(again.page).to_have_url(re.compile("/room$"))
    expect(again.page.locator(".vote h3")).to_have_text(TEXT)
    measured = again.page.evaluate(FIRST_SCREEN)
    assert measured["scrolled"] == 0
    assert measured["bar"] <= measured["top"], measured
    assert measured["bottom"] <= measured["free"], measured
    came = again.page.locator("#came")
    expect(came).to_contain_text(again.say("room_page.returned", name="P0"))
    again.answer(CHOICES[0])
    again.is_accessible("somebody who came back")
    came.get_by_role("link").click()
    expect(again.page).to_have_url(re.compile("/place$"))


HEAR = """() => {
    globalThis.heard = [];
    const place = document.getElementById("spoken");
    new MutationObserver(() => heard.push(place.textContent))
        .observe(place, {childList: true, characterData: true, subtree: true});
}"""


def nothing_of_others(person: Person) -> None:
    """No page of a participant hears a name, a ballot or a plan that is not theirs."""
    for state in person.states:
        assert {"turnout", "tray", "rundown", "door", "lacks"} & state.keys() == set()
        assert not any(f"P{number}" in json.dumps(state) for number in range(6))
        assert {it["mine"] and it["mine"]["value"] for it in state["votes"]} <= {None}


def test_a_team_answers_as_one_and_all_decisions_come_at_the_reveal(
    host: Classroom, desk: Desk, newcomer: Callable[..., Person]
) -> None:
    one = newcomer(**SMALL)
    one.join(desk.code, "Ida")
    rest = others(host, desk, 3)
    desk.does("teams", way="choice", size=2)
    sits = one.page.get_by_role("button", name=one.say("room_page.team_sit", team="Team 1"))
    sits.click()
    expect(one.page.locator("#team")).to_contain_text(one.say("room_page.team_own", team="Team 1"))
    teams = [it["id"] for it in done(rest[0].get("/room/state"))["teams"]["teams"]]
    for person, team in zip(rest, (teams[0], teams[1], teams[1]), strict=True):
        done(person.do("/room/team", team=team))
    expect(one.page.locator("#team")).to_contain_text("Ida, P0")
    own = {"form": "text", "text": "What do you decide?", "by_team": True}
    vote = desk.does("ask_own", **own)["id"]
    one.is_accessible("a vote of teams")
    done(rest[1].do("/room/answer", vote=vote, value="We ask the <b>night</b> shift"))
    box = one.page.get_by_role("textbox", name=own["text"])
    box.fill("We begin on Monday")
    expect(one.status).to_have_text(one.say("room_page.team_in"))
    mate = done(rest[0].get("/room/state"))["votes"][-1]
    assert mate["mine"]["value"] == "We begin on Monday", "one answers for the team"
    assert not any("night" in json.dumps(state) for state in one.states)
    desk.does("reveal", vote=vote)
    decisions = one.page.locator("#matrix dd")
    expect(decisions).to_have_text(["We begin on Monday", "We ask the <b>night</b> shift"])
    one.is_accessible("what the teams decided")
    one.scrolls_one_way()
