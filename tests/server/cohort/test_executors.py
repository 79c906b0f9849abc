"""Whoever asks for much holds up nobody's saving: reports, passwords, imports; and how much it may
be."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from uuid import uuid4

import httpx
import pytest

from benchmarks.client import Page
from playbook.cohort.quotas import BROUGHT, BROUGHT_BYTES, OFFERS, WORKSHEETS
from playbook.editing.apply import apply_change
from playbook.framework import load_framework
from playbook.model.resources import notebooks_dir
from playbook.model.storage import Operation, Set
from playbook.store.sql import SqliteStore
from playbook.worksheet.fields import EXAMPLE
from tests.depth import times
from tests.server.cohort.classroom import Classroom, Person, classroom, done
from tests.server.conftest import eventually

SHEET = "02_catalyst.ipynb"
ENOUGH = 3.0
"""Seconds in which 95 of 100 answers are saved, on a machine that is busy with other tests too."""

pytestmark = [pytest.mark.timed, pytest.mark.timeout(300)]


@dataclass
class Browser:
    """Somebody's browser, as the light client wants it."""

    base: str
    http: httpx.Client


@pytest.fixture(scope="module")
def host(tmp_path_factory) -> Iterator[Classroom]:
    folder = tmp_path_factory.mktemp("executors")
    (folder / "notebooks").mkdir()
    shutil.copy(notebooks_dir() / SHEET, folder / "notebooks")
    with classroom(folder / "home", folder / "notebooks") as running:
        yield running


@cache
def exported(worksheets: int) -> str:
    """So many catalysts with our example in each, as a file that Export makes."""
    framework, store = load_framework(), SqliteStore(None)
    first = store.create("catalyst", "Number 0")
    change = {"kind": "example", "op_id": str(uuid4())}
    apply_change(store, framework, first.id, "elsewhere", change)
    # Not as an example, which nobody brings: what somebody wrote is judged and drawn in full.
    filled = store.load(first.id)
    own = store.create("catalyst", "Number 0")
    given = {field: state for field, state in filled.fields.items() if field != EXAMPLE}
    sets = tuple(Set(field, state.value, None) for field, state in given.items())
    store.commit(own.id, Operation(str(uuid4()), "elsewhere", "set", filled.version or 1, sets))
    store.erase_worksheet(first.id)
    data = store.export()
    one = json.dumps(data["worksheets"][0])
    store.close()
    copies = [
        json.loads(one.replace(own.id, str(uuid4()))) | {"name": f"Number {number}"}
        for number in range(worksheets)
    ]
    return json.dumps(data | {"worksheets": copies})


def bring(person: Person, worksheets: int) -> httpx.Response:
    return person.do("/place/bring", workspace=json.loads(exported(worksheets)))


@pytest.fixture(scope="module")
def laden(host) -> Person:
    """José, with as many worksheets as one person may have."""
    jose = host.people["José"]
    for _ in range(WORKSHEETS // BROUGHT):
        done(bring(jose, BROUGHT))
    return jose


@contextmanager
def going_on(attack: Callable[[threading.Event], None], threads: int) -> Iterator[None]:
    """So many do it again and again, until the block ends."""
    over = threading.Event()
    with ThreadPoolExecutor(threads) as pool:
        attacks = [pool.submit(attack, over) for _ in range(threads)]
        time.sleep(1)
        try:
            yield
        finally:
            over.set()
        for one in attacks:
            one.result()


def seconds_of_saving(person: Person, answers: int = 20) -> list[float]:
    """How long each answer took from being sent to being called saved, the slowest last."""
    page = Page(Browser(person.url, person.client), SHEET)
    page.hello()
    made = page.op("add_row", table="candidates")
    row = f"candidates/{made['state']['rows']['candidates'][-1]}"
    took = []
    for number in range(answers):
        began = time.perf_counter()
        change = {"field": f"{row}/what", "value": f"Number {number}", "base_rev": number}
        assert page.op("set", **change)["status"] == "saved"
        took.append(time.perf_counter() - began)
        time.sleep(0.1)
    page.close()
    return sorted(took)


def is_soon(seconds: list[float]) -> bool:
    return seconds[int(0.95 * len(seconds))] < ENOUGH


@pytest.fixture
def again(host) -> Callable[..., httpx.Client]:
    """One more connection of somebody's browser."""
    opened = []

    def another(person: Person | None = None) -> httpx.Client:
        cookies = dict(person.client.cookies) if person else {}
        client = httpx.Client(base_url=host.url, cookies=cookies, timeout=60)
        opened.append(client)
        return client

    yield another
    for client in opened:
        client.close()


def test_whoever_takes_a_long_document_along_holds_up_nobodys_saving(host, laden, again):
    told = Counter()

    def takes(over: threading.Event) -> None:
        line = again(laden)
        while not over.wait(0.1):
            told[line.get("/place/worksheets.html").status_code] += 1

    with going_on(takes, 3):
        assert is_soon(seconds_of_saving(host.people["Lin"]))
    assert told[200] >= 1
    assert set(told) <= {200, 429}, "what is too much is said, and not queued"


def test_whoever_takes_everything_along_holds_up_nobodys_saving(host, laden, again):
    told = Counter()

    def takes(over: threading.Event) -> None:
        line = again(laden)
        while not over.wait(0.1):
            answer = line.get("/place/workspace.json")
            told[answer.status_code] += 1
            if answer.is_success:
                assert len(answer.json()["worksheets"]) == WORKSHEETS, "what has begun is whole"

    with going_on(takes, 3):
        assert is_soon(seconds_of_saving(host.people["Lin"]))
        assert eventually(lambda: told[200] and told[429], 10)
    assert set(told) == {200, 429}


def test_a_stranger_with_wrong_passwords_holds_up_nobodys_saving(host, again):
    secrets, told, each = host.stranger(), Counter(), times(2, 10)

    def guesses(over: threading.Event) -> None:
        given = {"name": "Ana", "password": "wrong " * 3, "_xsrf": secrets.secret}
        line = again(secrets)
        for _ in range(each):
            told[line.post("/sign-in", data=given).status_code] += 1
        over.wait()

    with going_on(guesses, 30):
        assert is_soon(seconds_of_saving(host.people["Lin"]))
    assert set(told) <= {409, 429}
    assert told.total() == 30 * each


def test_whoever_brings_what_can_not_be_taken_in_holds_up_nobodys_saving(host, laden, again):
    file = exported(BROUGHT).encode()
    body = b'{"workspace": %s}' % file.replace(b'"seq": 1', b'"seq": 2')  # found out at the end
    assert len(body) < BROUGHT_BYTES
    headers = {"X-XSRFToken": laden.secret, "Content-Type": "application/json"}

    def brings(over: threading.Event) -> None:
        line = again(laden)
        while not over.wait(0.1):
            answer = line.post("/place/bring", content=body, headers=headers)
            assert answer.status_code in {409, 429}

    with going_on(brings, 3):
        assert is_soon(seconds_of_saving(host.people["Lin"]))


# -- how much it may be


def test_one_person_has_so_many_worksheets_and_is_told_so(laden):
    more = bring(laden, 1)
    assert (more.status_code, more.json()["field"]) == (409, None)
    assert f"room for {WORKSHEETS} worksheets" in more.json()["text"]
    page = Page(Browser(laden.url, laden.client), SHEET)
    page.hello(worksheet=done(laden.do("/room/mine"))["worksheets"][0]["id"])
    for what in ("new", "duplicate"):
        refused = page.say({"type": "ask", "id": what, "what": what}, "reply", id=what)
        assert (refused["ok"], refused["text"]) == (False, more.json()["text"])
    page.close()


@pytest.mark.parametrize(
    "work",
    [{"worksheets": [{}] * (BROUGHT + 1)}, {"worksheets": ["x" * BROUGHT_BYTES]}],
    ids=["worksheets", "bytes"],
)
def test_more_than_is_brought_at_once_is_refused_in_a_sentence(host, work):
    lin = host.people["Lin"]
    before = done(lin.get("/place/workspace.json"))
    refused = lin.do("/place/bring", workspace=work)
    assert (refused.status_code, refused.json()["field"]) == (409, "file")
    assert f"{BROUGHT} worksheets" in refused.json()["text"]
    assert done(lin.get("/place/workspace.json")) == before


def test_a_sheet_takes_in_no_more_at_once_than_my_place(host):
    lin = host.people["Lin"]
    page = Page(Browser(lin.url, lin.client), SHEET)
    page.hello()
    asked = {"type": "ask", "id": 1, "what": "import", "text": exported(BROUGHT + 1)}
    refused = page.say(asked, "reply", id=1)
    assert not refused["ok"]
    assert f"At most {BROUGHT} worksheets" in refused["text"]
    page.close()


def test_one_person_offers_so_many_pages_to_the_gallery(host):
    lin = host.people["Lin"]
    done(bring(lin, 1))
    worksheet = done(lin.do("/room/mine"))["worksheets"][0]["id"]
    work = {"worksheet": worksheet, "title": "Ours", "consent": True}
    ids = [done(lin.do("/room/offer", **work))["id"] for _ in range(OFFERS)]
    refused = lin.do("/room/offer", **work)
    assert (refused.status_code, refused.json()["field"]) == (409, "page")
    assert f"{OFFERS} pages" in refused.json()["text"]
    shown = lin.get(f"/gallery/{host.cohorts['Ana']}/{ids[0]}")
    assert "Number 0" in shown.text
    done(lin.do("/room/withdraw", offer=ids[0]))
    done(lin.do("/room/offer", **work))
