"""What is away in a class, and how a page comes back: host, phone, kernel, the private link."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import BrowserContext, Page, WebSocketRoute, expect

from playbook.framework import load_framework
from tests.browser.conftest import PHONE, Tab
from tests.browser.labels import YES
from tests.server.cohort.test_full_disk import nothing_can_be_written
from tests.server.hosts import ClassServer

BACK_SECONDS = 6
"""The room asks again every two seconds and sends again every three, however long it was alone."""
ALARM_MS = 15_000
SLACK_MS = 15_000
"""For the answers themselves, which no clock of the page's makes faster."""
AGAIN_SECONDS = 20
"""For a phone that wakes up; with nothing else to do the machine needs one or two."""


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassServer]:
    with ClassServer(tmp_path_factory.mktemp("outage") / "home") as running:
        yield running


@pytest.fixture
def page(server: ClassServer, new_context: Callable[..., BrowserContext]) -> Page:
    """A phone that is signed in as José."""
    context = new_context(**PHONE)
    context.add_cookies([{"name": "playbook", "value": server.cookie, "url": server.base}])
    return context.new_page()


class Trainer:
    """Ana, who signs in anew whenever she is asked for something."""

    def __init__(self, server: ClassServer) -> None:
        self.server = server

    def do(self, name: str, **given: object) -> dict:
        with httpx.Client(base_url=self.server.base, timeout=30, verify=False) as client:
            desk = self._desk(client)
            headers = {"X-XSRFToken": client.cookies["_xsrf"]}
            return client.post(f"{desk}/{name}", json=given, headers=headers).json()

    def answered(self) -> list[int]:
        """How many answered each vote."""
        with httpx.Client(base_url=self.server.base, timeout=30, verify=False) as client:
            state = client.get(f"{self._desk(client)}/state").json()
        return [one["answered"] for one in state["turnout"].values()]

    def _desk(self, client: httpx.Client) -> str:
        client.get("/sign-in")
        form = {"name": "Ana", "password": "four words put together"}
        client.post("/sign-in", data=form | {"_xsrf": client.cookies["_xsrf"]})
        return re.search(r'href="([^"]*/desk/[0-9a-f-]{36})"', client.get("/desk").text)[1]


def test_after_two_minutes_without_a_host_the_room_is_back_within_seconds(
    server: ClassServer, page: Page
) -> None:
    """By the page's own clock, which runs here as fast as the page can follow: whatever waits
    longer each time it fails would wait for long by then."""
    say = load_framework().words.text
    ana = Trainer(server)
    ana.do("sheet", sheet="catalyst", note="")
    ana.do("ask", sheet="catalyst", question="candidates/breaks")
    page.clock.install()
    page.goto(f"{server.base}/room")
    yes = page.get_by_role("radio", name=YES, exact=True)
    expect(yes).to_be_visible()
    server.kill()
    yes.check(force=True)
    expect(page.get_by_role("alert")).to_contain_text(say("room_page.offline"))
    failed = tries(page)
    for _ in range(60):
        page.clock.run_for(2_000)
    expect(page.locator(".vote .status")).to_have_text(say("room_page.status_kept"))
    assert len(failed) > 10, "it went on trying all the time"
    server.start()
    page.clock.run_for(BACK_SECONDS * 1_000)
    expect(page.get_by_role("alert")).to_be_empty(timeout=SLACK_MS)
    expect(page.locator(".vote .status")).to_have_text(say("room_page.status_in"), timeout=SLACK_MS)
    expect(yes).to_be_checked()
    assert ana.answered() == [1]


def tries(page: Page) -> list[str]:
    """What the page asks for in vain from now on."""
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    return failed


def test_a_phone_that_was_locked_is_back_on_its_sheet(server: ClassServer, page: Page) -> None:
    """For a quarter of an hour by the page's clock: no timer runs in it and its line is cut.

    On the host its kernel is kept for half an hour (tests/server/test_kernels.py)."""
    tab = Tab(page, server, None)
    page.clock.install()
    lines: list[WebSocketRoute] = []
    page.route_web_socket("**/channels*", lambda one: lines.append(one.connect_to_server()))
    tab.open()
    tab.write("what", "Rivals come")
    page.clock.pause_at(page.evaluate("Date.now()") + 1_000)
    for line in lines:
        line.close()
    before = len(lines)
    page.clock.fast_forward("15:00")
    page.clock.resume()
    began = time.monotonic()
    tab.box("what").fill("Rivals come fast")
    tab.box("what").blur()
    tab.saved()
    took = time.monotonic() - began
    sys.stdout.write(f"back and saved after {took:.2f} s\n")
    assert took < AGAIN_SECONDS
    assert len(lines) > before, "its line was cut, and made anew"
    expect(tab.box("what")).to_have_value("Rivals come fast")
    expect(tab.alert).to_be_empty()


def test_a_class_page_whose_kernel_was_killed_says_so_in_time_and_saves_later(
    server: ClassServer, page: Page
) -> None:
    tab = Tab(page, server, None).open()
    tab.write("what", "Rivals")
    tab.kernel().kill()
    tab.box("what").fill("Rivals come")
    tab.box("what").blur()
    expect(tab.alert).to_contain_text(tab.say("form.offline"), timeout=ALARM_MS)
    tab.button("form.reconnect").click()
    tab.ready()
    expect(tab.box("what")).to_have_value("Rivals come")
    tab.saved()
    assert (
        server.http.get("/place/workspace.json").text.count('"value": "Rivals come", "base_rev"')
        == 1
    )


@pytest.mark.skipif(sys.platform != "linux", reason="needs prlimit of another process")
def test_what_is_typed_while_the_hosts_disk_is_full_is_saved_when_there_is_room(
    server: ClassServer, page: Page
) -> None:
    tab = Tab(page, server, None).open()
    tab.write("what", "Rivals")
    with nothing_can_be_written(server):
        tab.box("what").fill("Rivals come")
        tab.box("what").blur()
        expect(tab.save).to_have_text(tab.say("form.save_later"))
        expect(tab.alert).to_contain_text("so nothing was changed")
    tab.saved()
    expect(tab.alert).to_be_empty()
    kept = server.http.get("/place/workspace.json").text
    assert kept.count('"value": "Rivals come", "base_rev"') == 1


def test_a_tab_whose_private_link_was_made_anew_saves_nothing_and_says_so(
    server: ClassServer, page: Page
) -> None:
    tab = Tab(page, server, None).open()
    tab.write("what", "Rivals")
    link = Trainer(server).do("reissue", member=server.member.id)["link"]
    tab.box("what").fill("Rivals come")
    tab.box("what").blur()
    expect(page.get_by_text("You are signed out here").first).to_be_visible()
    expect(tab.box("what")).to_have_value("Rivals come")
    with httpx.Client(base_url=server.base, timeout=30, verify=False) as again:
        again.get("/resume")
        form = {"token": link.partition("#")[2], "_xsrf": again.cookies["_xsrf"]}
        assert again.post("/resume", data=form).status_code == 303
        kept = again.get("/place/workspace.json").text
    assert '"Rivals"' in kept
    assert "Rivals come" not in kept
