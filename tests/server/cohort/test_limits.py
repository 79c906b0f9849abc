"""How much one browser, one address and one machine may take."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from playbook.server.cohort.sheet import PAGES_EACH
from tests.server.cohort.classroom import classroom


@pytest.fixture(scope="module")
def small(tmp_path_factory, notebooks):
    """A host that holds eight open pages."""
    with classroom(tmp_path_factory.mktemp("small") / "home", notebooks, capacity=8) as running:
        yield running


def test_one_browser_has_so_many_pages_and_others_are_unharmed(small):
    jose, lin = small.people["José"], small.people["Lin"]
    kernels = [jose.open() for _ in range(PAGES_EACH)]
    for _ in range(20):
        waiting = jose.get("/voila/render/01_catalyst.ipynb")
        assert waiting.status_code == 503
        assert "One moment" in waiting.text
        assert waiting.headers["Retry-After"] == "10"
    lins = [lin.open(), lin.open()]
    full = small.people["Eve"].get("/voila/render/01_catalyst.ipynb")
    assert full.status_code == 503
    secret = {"_xsrf": jose.secret}
    for kernel in kernels:
        assert jose.client.post(f"/voila/api/shutdown/{kernel}", data=secret).status_code == 204
    assert lin.get(f"/api/kernels/{lins[0]}").status_code == 200
    until_there_is_room(small.people["Eve"])


def until_there_is_room(person):
    """A page that leaves is gone after its grace of some seconds."""
    until = time.monotonic() + 30
    while person.get("/voila/render/01_catalyst.ipynb").status_code == 503:
        assert time.monotonic() < until
        time.sleep(0.5)


def test_whoever_asks_two_hundred_times_gets_their_share_and_holds_up_nobody(tmp_path, notebooks):
    """At once, as a script would; each page that opens is a process, so their number is capped."""
    with classroom(tmp_path / "home", notebooks, capacity=PAGES_EACH + 2) as host:
        eve, lin = host.people["Eve"], host.people["Lin"]
        before = lin.open()
        with ThreadPoolExecutor(20) as many:
            asked = [many.submit(asks_for_a_page, eve) for _ in range(200)]
            began = time.monotonic()
            assert lin.get("/place").status_code == 200
            assert lin.get(f"/api/kernels/{before}").status_code == 200
            assert time.monotonic() - began < 30
            counts = Counter(one.result() for one in asked)
        assert counts == {200: PAGES_EACH, 503: 200 - PAGES_EACH}
        lin.open()


def asks_for_a_page(person):
    """In a connection of its own, as each tab has one."""
    cookies = {"playbook": person.token}
    with httpx.Client(base_url=person.url, cookies=cookies, timeout=60, verify=False) as tab:
        return tab.get("/voila/render/01_catalyst.ipynb").status_code
