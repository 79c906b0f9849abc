"""How much one browser, one address and one machine may take."""

from __future__ import annotations

import socket
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import httpx
import pytest

from playbook.server.cohort.host.long_poll import WAITING_EACH
from playbook.server.cohort.host.open_pages import AT_ONCE, EVERY_SECONDS, PAGES_EACH
from tests.server.cohort.classroom import Classroom, Person, classroom, done
from tests.server.cohort.test_sockets import is_closed
from tests.server.conftest import eventually
from tests.server.test_kernels import models


@pytest.fixture(scope="module")
def small(tmp_path_factory, notebooks):
    """A host that holds eight open pages."""
    with classroom(tmp_path_factory.mktemp("small") / "home", notebooks, capacity=8) as running:
        yield running


SHEET = "/voila/render/01_catalyst.ipynb"


def is_there(person, kernel):
    return person.get(f"/api/kernels/{kernel}").status_code == 200


def test_one_person_has_so_many_pages_whatever_browsers_and_others_are_unharmed(
    tmp_path, notebooks
):
    with classroom(tmp_path / "home", notebooks, capacity=PAGES_EACH + 2) as host:
        jose, lin, eve = (host.people[name] for name in ("José", "Lin", "Eve"))
        code = jose.do("/place/pair").json()["code"]
        phone = host.stranger()
        assert phone.fill_in("/pair", code=code).status_code == 303
        first, used = jose.open(), jose.open()
        with jose.connect(used):
            pages = [phone.open() for _ in range(PAGES_EACH)]
            assert eventually(lambda: not is_there(jose, first)), "the oldest made room"
            assert eventually(lambda: not is_there(phone, pages[0]))
            lins = [lin.open(), lin.open()]
            eves = eve.open()
            assert eventually(lambda: not is_there(phone, pages[1])), "it was full, he had most"
            assert all(is_there(lin, kernel) for kernel in lins)
            assert is_there(eve, eves)
            assert is_there(jose, used), "it is connected, so his others went before"


def test_whoever_comes_when_everybody_has_but_one_page_gets_one_that_waits(tmp_path, notebooks):
    with classroom(tmp_path / "home", notebooks, capacity=2) as host:
        jose, lin, eve = (host.people[name] for name in ("José", "Lin", "Eve"))
        with jose.connect(jose.open()), lin.connect(lin.open()):
            assert eve.get("/voila/render/99_nothing.ipynb").status_code == 404
            waiting = eve.get(SHEET)
            assert waiting.status_code == 503
            assert "One moment" in waiting.text
            assert waiting.headers["Retry-After"] == "10"
        eve.open()  # her class has less than its share, and theirs has pages that nobody is at


def test_whoever_leaves_makes_room_at_once_for_others_of_the_class(tmp_path, notebooks):
    with classroom(tmp_path / "home", notebooks, capacity=1) as host:
        jose, lin = host.people["José"], host.people["Lin"]
        kernel = jose.open()
        assert lin.get(SHEET).status_code == 503
        secret = {"_xsrf": jose.secret}
        assert jose.client.post(f"/voila/api/shutdown/{kernel}", data=secret).status_code == 204
        assert eventually(lambda: lin.get(SHEET).status_code == 200)


@pytest.fixture(scope="module")
def host(tmp_path_factory, notebooks):
    """A host with room for everybody who comes."""
    with classroom(tmp_path_factory.mktemp("roomy") / "home", notebooks) as running:
        yield running


@pytest.fixture
def kim(host, request) -> Person:
    """Somebody who has just joined Ana's class."""
    person = host.stranger()
    name = f"Kim, {request.node.name[-40:]}"
    assert person.fill_in("/join", code=host.codes["Ana"], name=name).status_code == 303
    return person


def test_signing_out_ends_a_page_and_its_line_although_somebody_is_at_it(host, kim):
    lin = host.people["Lin"]
    lins = lin.open()
    with lin.connect(lins) as hers, kim.connect(kim.open()) as his:
        running = kernels(host)
        assert kim.fill_in("/sign-out").status_code == 303
        assert is_closed(his)
        assert eventually(lambda: kernels(host) == running - 1)
        assert models(hers)
        assert is_there(lin, lins)


def test_erasing_oneself_ends_a_page_and_its_line_although_somebody_is_at_it(host, kim):
    with kim.connect(kim.open()) as his:
        running = kernels(host)
        assert kim.do("/place/erase").status_code == 200
        assert is_closed(his)
        assert eventually(lambda: kernels(host) == running - 1)


def second_browser(host: Classroom, kim: Person) -> Person:
    other = host.stranger()
    code = kim.do("/place/pair").json()["code"]
    assert other.fill_in("/pair", code=code).status_code == 303
    return other


def relinks(host: Classroom, kim: Person) -> None:
    """Kim makes a new private link, in another browser."""
    other = second_browser(host, kim)
    for _ in range(2):  # the first one takes nothing away
        assert other.do("/place/link").status_code == 200


def is_relinked(host: Classroom, _kim: Person) -> None:
    """The trainer makes Kim one."""
    ana, desk = host.people["Ana"], f"/desk/{host.cohorts['Ana']}"
    people = ana.get(f"{desk}/state").json()["people"]
    (member,) = (one["id"] for one in people if "is_relinked" in one["name"])
    assert ana.do(f"{desk}/reissue", member=member).status_code == 200


def signs_out_others(host: Classroom, kim: Person) -> None:
    """Kim signs the other browsers out."""
    assert second_browser(host, kim).do("/place/sign_out_others").status_code == 200


def comes_as_another(host: Classroom, kim: Person) -> None:
    """Somebody joins another class in Kim's browser."""
    assert kim.fill_in("/join", code=host.codes["Ben"], name="Kim").status_code == 303


@pytest.mark.parametrize("does", [relinks, is_relinked, signs_out_others, comes_as_another])
def test_whatever_signs_a_browser_out_ends_its_page_and_its_line(host, kim, does):
    with kim.connect(kim.open()) as his:
        running = kernels(host)
        does(host, kim)
        assert is_closed(his)
        assert eventually(lambda: kernels(host) == running - 1)


def kernels(host):
    return host.stranger().get("/health").json()["kernels"]


def test_one_browser_has_so_many_requests_waiting_and_others_are_unharmed(small):
    lin, stamp = small.people["Lin"], {}
    stamp["after"] = lin.get("/room/state").json()["stamp"]

    def wait() -> int:
        with httpx.Client(base_url=small.url, cookies={"playbook": lin.token}, timeout=60) as tab:
            return tab.get("/room/state", params=stamp).status_code

    with ThreadPoolExecutor(20) as many:
        asked = [many.submit(wait) for _ in range(20)]
        refused = list(islice(as_completed(asked, 60), 20 - WAITING_EACH))
        assert {it.result() for it in refused} == {429}
        assert small.people["José"].get("/room/state").status_code == 200
        something_happens(small)
        assert Counter(it.result() for it in asked)[200] == WAITING_EACH
    with ThreadPoolExecutor(1) as one:
        again = one.submit(wait)
        time.sleep(0.5)
        something_happens(small)
        assert again.result() == 200, "who waited and was answered does not count any more"


def something_happens(host: Classroom) -> None:
    """News for all of Ana's room, so that nobody waits until it is told that there is none."""
    done(host.people["Ana"].do(f"/desk/{host.cohorts['Ana']}/timer", seconds=60))


def test_a_form_is_no_larger_than_a_form(small):
    with socket.create_connection(("127.0.0.1", small.stranger().client.base_url.port)) as line:
        line.sendall(b"POST /join HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048577\r\n\r\n")
        assert line.recv(100).startswith(b"HTTP/1.1 400 ")


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
        assert PAGES_EACH <= counts[200] <= AT_ONCE + 60 / EVERY_SECONDS
        assert counts[503] == 200 - counts[200]
        lin.open()
        assert eventually(lambda: kernels(host) <= PAGES_EACH + 2)


def asks_for_a_page(person):
    """In a connection of its own, as each tab has one."""
    cookies = {"playbook": person.token}
    with httpx.Client(base_url=person.url, cookies=cookies, timeout=60, verify=False) as tab:
        return tab.get("/voila/render/01_catalyst.ipynb").status_code
