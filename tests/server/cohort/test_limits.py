"""How much one browser, one address and one machine may take."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from playbook.server.cohort.limits import FROM_ONE_PLACE, WINDOW_SECONDS, Tries
from playbook.server.cohort.pages import PAGES_EACH
from tests.server.cohort.classroom import classroom


class Clock:
    time = 0.0

    def __call__(self) -> float:
        return self.time


def test_right_tries_are_never_counted_and_wrong_ones_by_place():
    tries = Tries(place_limit=3, limit=100, clock=Clock())
    for _ in range(3):
        assert tries.allowed("here")
        tries.wrong("here")
    assert not tries.allowed("here")
    assert tries.allowed("there")


def test_after_a_minute_one_may_try_again():
    clock = Clock()
    tries = Tries(place_limit=1, limit=100, clock=clock)
    tries.wrong("here")
    assert not tries.allowed("here")
    clock.time = WINDOW_SECONDS
    assert tries.allowed("here")


def test_many_places_together_have_a_limit_too():
    tries = Tries(place_limit=10, limit=5, clock=Clock())
    for place in range(5):
        tries.wrong(str(place))
    assert not tries.allowed("another")


@pytest.fixture(scope="module")
def small(tmp_path_factory, notebooks):
    """A host that holds eight open pages."""
    with classroom(tmp_path_factory.mktemp("small") / "home", notebooks, capacity=8) as running:
        yield running


def test_sixty_people_behind_one_address_come_in_within_a_minute(small):
    for number in range(60):
        person = small.stranger()
        assert (
            person.fill_in("/join", code=small.codes["Ben"], name=f"P{number}").status_code == 303
        )


def test_whoever_tries_codes_is_told_to_wait_and_those_inside_work_on(small):
    guesser = small.stranger()
    answers = [
        guesser.fill_in("/join", code=f"{number:08}", name="X").status_code
        for number in range(FROM_ONE_PLACE + 3)
    ]
    assert answers == [409] * FROM_ONE_PLACE + [429] * 3
    assert guesser.fill_in("/join", code=small.codes["Ana"], name="X").status_code == 429
    assert small.people["José"].get("/place").status_code == 200


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
