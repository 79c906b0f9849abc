"""A class goes on filling in while one person does what a host must survive: nothing that was
acknowledged is lost, answers are saved in time, memory comes back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import ClientConnection, connect

from benchmarks.client import CATALYST, PROTOCOL, ClassServer, Page
from playbook.cohort.quotas import BROUGHT
from playbook.store.sql import SqliteStore
from tests.server.conftest import message
from tests.survival.under_attack import (
    ClassAtWork,
    at_once,
    browser,
    class_at_work,
    over_and_over,
    second_browser,
)

pytestmark = [pytest.mark.slow, pytest.mark.timed, pytest.mark.timeout(900)]

BURST = 1000
SHEET = f"/voila/render/{CATALYST}"


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ClassAtWork]:
    with class_at_work(tmp_path_factory.mktemp("attacked")) as running:
        yield running


def line_to(server: ClassServer, kernel_id: str, *protocols: str) -> ClientConnection:
    """A socket to one's own kernel that asks for these protocols."""
    cookies = "; ".join(f"{it.name}={it.value}" for it in server.http.cookies.jar)
    return connect(
        f"{server.base}/api/kernels/{kernel_id}/channels?session_id={uuid4()}".replace(
            "http", "ws"
        ),
        additional_headers={"Cookie": cookies},
        subprotocols=list(protocols) or None,  # type: ignore[arg-type]
        max_size=None,
        close_timeout=1,
        ping_interval=None,
    )


# -- attack 1: messages


def sends_what_is_read_as_a_count(server: ClassServer, over: threading.Event) -> None:
    """A message of 300 bytes on a line without the protocol, and bursts that get a line closed
    while the next message is under way."""
    mine = Page(server)
    short = message("comm_msg", {"comm_id": "x", "data": {"method": "custom", "content": {}}})

    def step() -> None:
        with suppress(WebSocketException), line_to(server, mine.kernel_id) as unasked:
            unasked.send(short)
        with suppress(WebSocketException), line_to(server, mine.kernel_id, PROTOCOL) as line:
            for _ in range(BURST):
                line.send(short)

    over_and_over(step, over, pause=0.5)
    mine.close()


def test_messages_that_claim_too_much_and_bursts(at_work):
    assert at_work.during(sends_what_is_read_as_a_count).complaints() == []


# -- attack 6: requests and messages that are ordinary but for their number or size


def waits_for_news(server: ClassServer, over: threading.Event) -> None:
    """Ask for news of the room, again and again, as a hundred tabs would."""
    with closing(browser(server, server.http.cookies)) as tab:
        known = {"after": tab.get("/room/state").json().get("stamp", "")}
        over_and_over(lambda: tab.get("/room/state", params=known), over, pause=0.2)


def test_requests_that_wait(at_work):
    assert at_work.during(at_once(30, waits_for_news)).complaints() == []


def sends_what_unpacks(server: ClassServer, over: threading.Event) -> None:
    """Messages of ten kilobytes that unpack to nine megabytes, and as many as pass of 500 kB."""
    mine = Page(server)
    bomb, large = (
        message("comm_msg", {"comm_id": "x", "data": "a" * size}) for size in (9 << 20, 500_000)
    )

    def step() -> None:
        for sent, times in ((bomb, 1), (large, 20)):
            with suppress(WebSocketException), line_to(server, mine.kernel_id, PROTOCOL) as line:
                for _ in range(times):
                    line.send(sent)

    over_and_over(step, over, pause=0.2)
    mine.close()


def test_messages_that_unpack(at_work):
    assert at_work.during(sends_what_unpacks).complaints() == []


def takes_everything_along(server: ClassServer, over: threading.Event) -> None:
    """One person with as many worksheets as may be takes them along as a document and as a file,
    and brings files, again and again."""
    with closing(browser(server, server.http.cookies)) as tab:
        headers = {"X-XSRFToken": str(tab.cookies["_xsrf"])}

        def step() -> None:
            tab.post("/place/bring", json={"workspace": work()}, headers=headers)
            tab.get("/place/worksheets.html")
            tab.get("/place/workspace.json")

        over_and_over(step, over, pause=0.1)


def work() -> dict[str, Any]:
    """As many worksheets as are brought at once."""
    store = SqliteStore(None)
    for number in range(BROUGHT):
        store.create("catalyst", f"Number {number}")
    made = store.export()
    store.close()
    return made


def test_one_person_who_takes_everything_along(at_work):
    assert at_work.during(at_once(3, takes_everything_along)).complaints() == []


def guesses_passwords(server: ClassServer, over: threading.Event) -> None:
    """A stranger tries passwords, as many at once as there are threads."""
    with closing(browser(server)) as tab:
        form = {"name": "Ana", "password": "wrong " * 3, "_xsrf": tab.cookies["_xsrf"]}
        over_and_over(lambda: tab.post("/sign-in", data=form), over, pause=0.1)


def test_a_stranger_who_tries_passwords(at_work):
    assert at_work.during(at_once(30, guesses_passwords)).complaints() == []


# -- attack 7: pages


def opens_every_page(server: ClassServer, over: threading.Event) -> None:
    """Four browsers of one person open page after page and connect none; somebody new comes
    meanwhile and gets one."""
    mine = [second_browser(server) for _ in range(4)]
    for client in mine:
        for _ in range(20):
            with suppress(httpx.HTTPError):
                client.get(SHEET)
    come_in(server, "Late")
    over_and_over(lambda: [client.get(SHEET) for client in mine], over, pause=0.1)
    for client in mine:
        client.close()


def come_in(server: ClassServer, name: str) -> None:
    """Somebody new joins the class and opens the sheet."""
    with closing(browser(server)) as comes:
        form = {"code": server.code, "name": name, "_xsrf": comes.cookies["_xsrf"]}
        assert comes.post("/join", data=form).status_code == httpx.codes.SEE_OTHER
        assert comes.get(SHEET).status_code == httpx.codes.OK, "there is no room for anybody else"


def test_one_person_who_asks_for_every_page(at_work):
    assert at_work.during(opens_every_page).complaints() == []


# -- attack 8: guesses

WRONG = {
    "/join": {"code": "2222-2222", "name": "Nobody"},
    "/pair": {"code": "2222-2222"},
    "/resume": {"token": "nobodys-" * 5},
    "/sign-in": {"name": "Ana", "password": "wrong " * 3},
}


def guesses_at_every_door(server: ClassServer, over: threading.Event) -> None:
    """A stranger tries codes, links and passwords in turn."""
    with closing(browser(server)) as tab:
        secret = {"_xsrf": tab.cookies["_xsrf"]}

        def step() -> None:
            for path, form in WRONG.items():
                tab.post(path, data=form | secret)

        over_and_over(step, over, pause=0.1)


def guesses_while_somebody_comes(server: ClassServer, over: threading.Event) -> None:
    """Twenty guess from one address; whoever has the right code comes in from there meanwhile."""
    with ThreadPoolExecutor(1) as threads:
        guessing = threads.submit(at_once(20, guesses_at_every_door), server, over)
        over.wait(3)  # by now every limit is reached
        come_in(server, "Later")
        guessing.result()


def test_a_stranger_who_guesses_at_every_door(at_work):
    assert at_work.during(guesses_while_somebody_comes).complaints() == []


# -- no attack: a class at work


SEARCHING = 10


def searches_for_groups(server: ClassServer, over: threading.Event) -> None:
    """Somebody new opens the workgroups' example and has the best groups searched for, again and
    again: each search with its proof, and one that is ended on the way."""
    with closing(browser(server)) as me:
        form = {"code": server.code, "name": f"Seeker {uuid4()}", "_xsrf": me.cookies["_xsrf"]}
        assert me.post("/join", data=form).status_code == httpx.codes.SEE_OTHER
        page = Page(SimpleNamespace(base=server.base, http=me), "08_workgroups.ipynb")
        page.hello(worksheet="example")

        def step() -> None:
            asked(page, "find_groups")
            while not over.wait(0.3):
                told = asked(page, "find_progress")["search"]
                if told["done"] and not told["proving"]:
                    assert "groups" in told, told
                    return
            asked(page, "find_stop")

        over_and_over(step, over)
        page.close()


def asked(page: Page, what: str) -> dict[str, Any]:
    """The reply to what a page asks."""
    return page.say({"type": "ask", "id": str(uuid4()), "what": what}, "reply")


def test_ten_people_who_search_for_groups(at_work):
    assert at_work.during(at_once(SEARCHING, searches_for_groups)).complaints() == []
