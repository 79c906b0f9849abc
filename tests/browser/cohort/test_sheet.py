"""Worksheets in a class: a team at one sheet, a second device, a host that was away, a sign-out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.conftest import PHONE, Tab
from tests.browser.labels import like, say
from tests.server.hosts import ClassServer

BEAT_MS = 5_000
ALARM_MS = 15_000
SLACK_MS = 10_000


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    with ClassServer(tmp_path_factory.mktemp("class") / "home") as running:
        yield running


class Member:
    """A participant: their browsers, and what the host holds of them."""

    def __init__(self, server: ClassServer, name: str) -> None:
        self.server = server
        self.http = httpx.Client(base_url=server.base, timeout=30)
        self.http.get("/join")
        self.post("/join", code=server.code, name=name)

    def post(self, path: str, **form: str) -> httpx.Response:
        return self.http.post(path, data=form | {"_xsrf": self.http.cookies["_xsrf"]})

    def do(self, path: str) -> dict[str, Any]:
        secret = {"X-XSRFToken": self.http.cookies["_xsrf"]}
        return self.http.post(path, json={}, headers=secret).json()

    def sit_down(self, context: BrowserContext) -> None:
        """Be signed in in this browser."""
        token = self.http.cookies["playbook"]
        context.add_cookies([{"name": "playbook", "value": token, "url": self.server.base}])

    def values(self, question: str) -> list[Any]:
        """Every value that a question was given, in that order."""
        worksheets = self.http.get("/place/workspace.json").json()["worksheets"]
        events = [
            event
            for worksheet in worksheets
            for operation in worksheet["operations"]
            for event in operation["events"]
        ]
        return [it["value"] for it in events if it["field"].rpartition("/")[2] == question]


@pytest.fixture
def new_member(server: ClassServer) -> Iterator[Callable[[str], Member]]:
    members: list[Member] = []

    def make(name: str) -> Member:
        members.append(Member(server, name))
        return members[-1]

    yield make
    for member in members:
        member.http.close()


@pytest.fixture
def new_tab(
    server: ClassServer, new_context: Callable[..., BrowserContext]
) -> Iterator[Callable[..., Tab]]:
    """A tab of a member's; a test fails when it saw trouble."""
    tabs: list[Tab] = []

    def make(member: Member, **options: Any) -> Tab:
        context = new_context(**options)
        member.sit_down(context)
        tabs.append(Tab(context.new_page(), server, None))
        return tabs[-1].open()

    yield make
    assert [trouble for tab in tabs for trouble in tab.trouble] == []


def in_one_team(server: ClassServer, names: list[str]) -> None:
    """Put them together, as the trainer does at the desk."""
    with httpx.Client(base_url=server.base, timeout=30) as trainer:
        trainer.get("/sign-in")
        secret = trainer.cookies["_xsrf"]
        form = {"name": "Ana", "password": "four words put together", "_xsrf": secret}
        trainer.post("/sign-in", data=form)
        desk = re.search(r'href="([^"]*/desk/[0-9a-f-]{36})"', trainer.get("/desk").text)[1]

        def do(name: str, **given: str) -> dict[str, Any]:
            headers = {"X-XSRFToken": secret}
            return trainer.post(f"{desk}/{name}", json=given, headers=headers).json()

        people = trainer.get(f"{desk}/state", params={"after": "0"}).json()["people"]
        team = do("team", team="Blue")["id"]
        for person in people:
            if person["name"] in names:
                do("seat", member=person["id"], team=team)


def test_a_team_sees_who_is_there_and_what_the_other_writes(server, new_member, new_tab):
    lin, max_ = new_member("Lin"), new_member("Max")
    in_one_team(server, ["Lin", "Max"])
    one = new_tab(lin)
    one.choose("breaks", "yes")
    other = new_tab(max_)
    expect(other.choice("breaks", "yes")).to_be_checked()
    for tab, name in ((one, "Max"), (other, "Lin")):
        there = tab.page.get_by_text(say("form.others", names=name))
        expect(there).to_be_visible(timeout=BEAT_MS + SLACK_MS)
    other.choose("bigger", "no")
    expect(one.choice("bigger", "no")).to_be_checked(timeout=BEAT_MS + SLACK_MS)
    one.page.get_by_text(say("form.privacy")).click()
    expect(one.page.get_by_text(say("privacy.team"))).to_be_visible()


def test_a_phone_that_was_added_goes_on_where_the_laptop_was(
    server, new_member, new_context, new_tab
):
    jose = new_member("José")
    laptop = new_tab(jose)
    laptop.write("what", "Rivals come")
    code = jose.do("/place/pair")["code"]
    phone = Tab(new_context(**PHONE).new_page(), server, None)
    phone.page.goto(f"{server.base}/pair")
    phone.page.get_by_label(say("door.code")).fill(code)
    phone.page.get_by_role("button", name=say("door.pair_button")).click()
    phone.page.get_by_role("link", name=say("place.pathway")).click()
    phone.page.get_by_role("link", name=like("home.go_on")).click()
    phone.ready()
    expect(phone.box("what")).to_have_value("Rivals come")
    phone.write("what", "Rivals come fast")
    expect(laptop.box("what")).to_have_value("Rivals come fast", timeout=BEAT_MS + SLACK_MS)
    assert phone.trouble == []


def test_a_host_that_was_away_gets_what_was_typed_meanwhile_once(server, new_member, new_tab):
    ida = new_member("Ida")
    tab = new_tab(ida)
    tab.write("what", "Rivals")
    server.kill()
    tab.box("what").press("End")
    tab.box("what").press_sequentially(" come")
    expect(tab.alert).to_contain_text(tab.say("form.offline"), timeout=ALARM_MS)
    tab.choice("breaks", "yes").check()
    server.start()
    tab.button("form.reconnect").click()
    tab.ready()
    tab.trouble.clear()  # the browser told of each time it tried to connect
    expect(tab.box("what")).to_have_value("Rivals come")
    expect(tab.choice("breaks", "yes")).to_be_checked()
    tab.saved()
    assert ida.values("what").count("Rivals come") == 1
    assert ida.values("breaks") == ["yes"]
    assert tab.kept() == {}


def test_a_tab_that_was_signed_out_elsewhere_saves_nothing_and_says_so(new_member, new_tab):
    eve = new_member("Eve")
    tab = new_tab(eve)
    tab.write("what", "Rivals")
    eve.post("/sign-out")
    tab.box("what").fill("Rivals come")
    tab.box("what").blur()
    expect(tab.page.get_by_text("You are signed out here").first).to_be_visible()
    expect(tab.box("what")).to_have_value("Rivals come")
    tab.trouble.clear()  # what was refused is told in the console


def test_the_page_of_a_participant_leads_to_the_class(new_member, new_tab):
    tab = new_tab(new_member("Pia"), **PHONE)
    ways = tab.page.get_by_role("navigation")
    for name, path in (("The room", "/room"), ("My place", "/place")):
        expect(ways.get_by_role("link", name=name)).to_have_attribute("href", path)
