"""The check before the day: does a phone get through, and how many people fit."""

from __future__ import annotations

from contextlib import ExitStack

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from playbook.server.cohort.doors.preflight import AT_ONCE
from playbook.server.cohort.host.preflight import OPEN_MINUTES, Preflight, holds
from tests.server.cohort.classroom import classroom
from tests.server.conftest import eventually

ANDROID = "Mozilla/5.0 (Linux; Android 15; Pixel 9) secret-serial-number"


@pytest.fixture
def fresh(tmp_path, notebooks):
    """A host on which nobody looked at the check yet."""
    with classroom(tmp_path / "home", notebooks) as running:
        yield running


def say_hello(host):
    address = f"{host.url}/hello/socket".replace("http", "ws", 1)
    with connect(address, user_agent_header=ANDROID, origin=host.url) as socket:
        socket.send("hello")
        return socket.recv()


def test_a_phone_that_gets_through_is_seen_by_the_trainer(fresh):
    ana, phone = fresh.people["Ana"], fresh.stranger()
    page = ana.get("/preflight")
    assert page.status_code == 200
    assert "/hello" in page.text
    assert phone.get("/hello").status_code == 200
    assert say_hello(fresh) == "hello"
    assert ana.do("/preflight/seen").json() == {
        "greetings": [{"device": "Android", "socket": True}]
    }


def test_a_phone_whose_socket_is_blocked_is_seen_as_that(fresh):
    ana, phone = fresh.people["Ana"], fresh.stranger()
    ana.get("/preflight")
    phone.get("/hello")
    assert phone.do("/hello").status_code == 200
    assert ana.do("/preflight/seen").json()["greetings"] == [{"device": "?", "socket": False}]


def test_without_a_trainer_who_looks_nobody_is_greeted(fresh):
    phone = fresh.stranger()
    told = phone.get("/hello")
    assert told.status_code == 200
    assert "A trainer opens this check first" in told.text
    assert phone.do("/hello").status_code == 404
    with pytest.raises(InvalidStatus) as refused:
        say_hello(fresh)
    assert refused.value.response.status_code == 404


@pytest.mark.parametrize("who", ["José", "Eve"])
def test_participants_are_told_what_the_page_is_and_learn_nothing(served, who):
    person = served.people[who]
    told = person.get("/preflight")
    assert told.status_code == 200
    assert "A trainer opens this check first" in told.text
    assert told.text == served.stranger().get("/preflight").text
    assert person.do("/preflight/seen").status_code == 404


def test_another_sites_page_can_not_use_the_socket(served):
    served.people["Ana"].get("/preflight")
    address = f"{served.url}/hello/socket".replace("http", "ws", 1)
    with pytest.raises(InvalidStatus), connect(address, origin="http://evil.example"):
        pass


def test_strangers_hold_so_many_sockets_and_others_come_in_beside_them(fresh):
    fresh.people["Ana"].get("/preflight")
    address = f"{fresh.url}/hello/socket".replace("http", "ws", 1)
    with ExitStack() as open_ones:
        for _ in range(AT_ONCE):
            open_ones.enter_context(connect(address))
        with pytest.raises(InvalidStatus) as refused:
            connect(address)
        assert refused.value.response.status_code == 503
    assert eventually(lambda: comes_through(fresh))


def comes_through(host) -> bool:
    try:
        say_hello(host)
    except InvalidStatus:
        return False
    return True


def test_after_an_hour_it_is_closed_again():
    time = [0.0]
    check = Preflight(clock=lambda: time[0])
    assert not check.is_open
    check.begin()
    assert check.is_open
    time[0] = OPEN_MINUTES * 60
    assert not check.is_open


def test_only_so_many_devices_are_remembered_and_of_each_only_its_sort():
    check = Preflight()
    for _ in range(1000):
        check.note(ANDROID, socket=True)
    assert len(check.greetings) == 50
    assert "secret" not in repr(check.greetings)


@pytest.mark.parametrize(
    ("available_mb", "cores", "people"),
    [(300, 2, 0), (400 + 30 * 20, 2, 20), (16_000, 2, 120), (16_000, 8, 480), (2_200, 8, 60)],
)
def test_how_many_fit_goes_by_memory_and_by_cores(available_mb, cores, people):
    assert holds(available_mb, cores) == people
