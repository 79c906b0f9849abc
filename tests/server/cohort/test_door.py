"""At the door, with real sockets: guessers and a room at one address, browsers that return."""

from __future__ import annotations

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import httpx
import pytest

from playbook.server.cohort.host.rate_limits import FOR_ONE_NAME, FROM_ONE_PLACE, WINDOW_SECONDS
from tests.depth import times
from tests.server.cohort.classroom import PASSWORD, Classroom, Person, classroom, done


@pytest.fixture
def host(tmp_path, notebooks):
    with classroom(tmp_path / "home", notebooks) as running:
        yield running


def entered(host: Classroom, path: str, **fields: str) -> int:
    """The status of a form that a new browser sends."""
    with closing(Person(host.url)) as browser:
        return browser.fill_in(path, **fields).status_code


def wrong_code(host: Classroom, number: int) -> int:
    return entered(host, "/join", code=f"{number:08}", name="X")


def people(host: Classroom, trainer: str) -> list[str]:
    state = done(host.people[trainer].get(f"/desk/{host.cohorts[trainer]}/state"))
    return [one["name"] for one in state["people"]]


# --------------------------------------------------------------------------- codes


def test_a_room_of_sixty_joins_within_a_minute_while_somebody_behind_its_address_guesses(host):
    began = time.monotonic()
    with ThreadPoolExecutor(12) as many:
        guesses = [many.submit(wrong_code, host, number) for number in range(200)]
        joins = [
            many.submit(entered, host, "/join", code=host.codes["Ben"], name=f"P{number}")
            for number in range(60)
        ]
        assert Counter(it.result() for it in joins) == {303: 60}
        assert time.monotonic() - began < 60
        answers = Counter(it.result() for it in guesses)
    assert answers.keys() == {409, 429}
    assert answers[409] <= FROM_ONE_PLACE
    assert len(people(host, "Ben")) == 2 + 60


def test_three_hundred_tries_at_once_are_three_hundred(host):
    with ThreadPoolExecutor(30) as many:
        answers = Counter(many.map(lambda number: wrong_code(host, number), range(300)))
    assert answers[409] <= FROM_ONE_PLACE
    assert answers == {409: answers[409], 429: 300 - answers[409]}


def test_past_the_limit_a_wrong_code_learns_nothing_and_passwords_and_links_are_tried_as_ever(host):
    for number in range(FROM_ONE_PLACE):
        assert wrong_code(host, number) == 409
    ana = host.people["Ana"]
    done(ana.do(f"/desk/{host.cohorts['Ana']}/door", open=False))
    with closing(Person(host.url)) as browser:
        wrong = browser.fill_in("/join", code="00000000", name="X")
        closed = browser.fill_in("/join", code=host.codes["Ana"], name="X")
        assert (wrong.status_code, closed.status_code) == (429, 429)
        assert "wait a minute" in wrong.text

        assert browser.fill_in("/sign-in", name="Nobody", password="x" * 12).status_code == 409
        assert browser.fill_in("/resume", token="x" * 43).status_code == 409
    assert entered(host, "/sign-in", name="Ana", password=PASSWORD) == 303


def test_looking_at_the_page_counts_for_nothing_and_a_bad_name_is_no_guess(host):
    with closing(Person(host.url)) as browser:
        for number in range(FROM_ONE_PLACE + 5):
            assert browser.get("/join", params={"code": f"{number:08}"}).status_code == 200
        for _ in range(FROM_ONE_PLACE + 5):
            shown = browser.fill_in("/join", code=host.codes["Ben"], name="")
            assert (shown.status_code, "1 to 80 characters" in shown.text) == (409, True)
    assert wrong_code(host, 1) == 409


# --------------------------------------------------------------------------- passwords


@pytest.mark.parametrize("name", ["Ana", "Somebody"])
def test_a_right_password_passes_within_seconds_while_a_stranger_tries_hundreds(host, name):
    """From the same address; for the trainer's own name, and for another."""
    first = time.monotonic()
    with ThreadPoolExecutor(20) as many:
        guesses = [
            many.submit(entered, host, "/sign-in", name=name, password=f"a wrong one {number}")
            for number in range(times(40, 300))
        ]
        time.sleep(1)
        began = time.monotonic()
        while entered(host, "/sign-in", name="Ana", password=PASSWORD) != 303:
            assert time.monotonic() - began < 60  # seconds on a quiet machine
        assert time.monotonic() - began < 60
        began = time.monotonic()
        assert host.people["José"].get("/place").status_code == 200
        assert time.monotonic() - began < 5
        answers = Counter(it.result() for it in guesses)
    assert answers.keys() <= {409, 429}
    minutes = 1 + (time.monotonic() - first) // WINDOW_SECONDS  # in each the count begins anew
    assert answers[409] <= FOR_ONE_NAME * minutes


def test_made_up_invitations_are_refused_and_past_the_limit_told_to_wait(host):
    with closing(Person(host.url)) as browser:
        for _ in range(FROM_ONE_PLACE):
            sent = browser.fill_in("/invited", token="x" * 43, password=PASSWORD)
            assert sent.status_code == 409
        assert browser.fill_in("/invited", token="x" * 43, password=PASSWORD).status_code == 429


# --------------------------------------------------------------------------- browsers


def test_a_browser_joins_a_class_once(host):
    browser = host.stranger()
    code = host.codes["Ben"]
    joined = browser.fill_in("/join", code=code, name="Kim")
    assert joined.headers["Location"] == "/room?joined"
    cookie = browser.client.cookies.get("playbook")
    again = browser.fill_in("/join", code=code, name="Kim the second")
    assert (again.status_code, again.headers["Location"]) == (303, "/room?back")
    assert browser.client.cookies.get("playbook") == cookie
    told = browser.get("/room?back").text
    assert "you are Kim as before" in told
    assert "Go on as Kim" in browser.get("/join").text
    assert people(host, "Ben") == ["Ben", "Eve", "Kim"]
    assert browser.fill_in("/join", code=host.codes["Ana"], name="Kim").status_code == 303
    assert people(host, "Ana") == ["Ana", "José", "Lin", "Kim"]


def test_a_form_that_is_sent_twice_brings_one_person(host):
    browser = host.stranger()
    form = {"code": host.codes["Ben"], "name": "Kim", "_xsrf": browser.secret}
    cookies = {"_xsrf": browser.secret}
    with (
        httpx.Client(base_url=host.url, cookies=cookies, verify=False) as one,
        httpx.Client(base_url=host.url, cookies=cookies, verify=False) as two,
        ThreadPoolExecutor(2) as both,
    ):
        sent = both.map(lambda client: client.post("/join", data=form), (one, two))
        assert [answer.status_code for answer in sent] == [303, 303]
        assert [client.get("/place").status_code for client in (one, two)] == [200, 200]
    assert people(host, "Ben") == ["Ben", "Eve", "Kim"]


def test_a_new_private_link_ends_every_other_browser_of_that_person_and_its_pages(host):
    jose = host.people["José"]
    link = done(jose.do("/place/link"))["link"].partition("#")[2]
    thief = host.stranger()
    assert thief.fill_in("/resume", token=link).status_code == 303
    with thief.connect(thief.open()):
        assert "on one other browser" in jose.get("/place").text
        newer = done(jose.do("/place/link"))["link"].partition("#")[2]
        assert thief.get("/place").status_code in {302, 403}
        assert thief.do("/place/rename", name="Thief").status_code in {302, 403, 404}
    assert thief.fill_in("/resume", token=link).status_code == 409
    assert jose.get("/place").status_code == 200
    assert entered(host, "/resume", token=newer) == 303


def test_somebody_signs_out_their_other_browsers(host):
    jose, phone, tablet = host.people["José"], host.stranger(), host.stranger()
    for other in (phone, tablet):
        code = done(jose.do("/place/pair"))["code"]
        assert other.fill_in("/pair", code=code).status_code == 303
    assert "on 2 other browsers" in jose.get("/place").text
    assert done(jose.do("/place/sign_out_others"))["notice"] == "2 other browsers were signed out."
    assert [one.get("/place").status_code == 200 for one in (jose, phone, tablet)] == [
        True,
        False,
        False,
    ]
    assert "other browser" not in jose.get("/place").text.partition('id="link"')[0]


def test_a_link_that_a_trainer_made_works_once(host):
    ana, desk = host.people["Ana"], f"/desk/{host.cohorts['Ana']}"
    lin = next(
        one["id"] for one in done(ana.get(f"{desk}/state"))["people"] if one["name"] == "Lin"
    )
    token = done(ana.do(f"{desk}/reissue", member=lin))["link"].partition("#")[2]
    assert entered(host, "/resume", token=token) == 303
    assert entered(host, "/resume", token=token) == 409


def test_whoever_comes_back_to_a_class_that_is_over_stands_before_their_own_work(host):
    jose, ana = host.people["José"], host.people["Ana"]
    code = done(jose.do("/place/pair"))["code"]
    live = host.stranger().fill_in("/pair", code=code)
    assert live.headers["Location"] == "/room?returned"
    code = done(jose.do("/place/pair"))["code"]
    done(ana.do(f"/desk/{host.cohorts['Ana']}/end"))
    over = host.stranger().fill_in("/pair", code=code)
    assert (over.status_code, over.headers["Location"]) == (303, "/place")
