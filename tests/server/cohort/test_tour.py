"""A stranger, a participant and the trainer of another class go through every address there is."""

from __future__ import annotations

import json
import re
from datetime import datetime

import pytest
from websockets.exceptions import InvalidStatus

from tests.server.cohort.classroom import PASSWORD

NOBODY = "00000000-0000-0000-0000-000000000000"
OPEN_TO_ALL = ["/join", "/pair", "/resume", "/invited", "/first", "/sign-in", "/health"]
PAGES = ["/", "/place", "/voila/render/01_catalyst.ipynb", "/voila/render/none.ipynb"]
NOT_THERE = [
    "/tree",
    "/voila/tree",
    "/voila/files/00_home.ipynb",
    "/api/contents",
    "/api/kernels",
    "/api/sessions",
    "/api/terminals",
    "/api/me",
    "/api/kernelspecs",
    f"/voila/query/{NOBODY}",
    f"/voila/execution/{NOBODY}",
    "/login",
    "/logout",
    "/metrics",
    "/place/../../etc/passwd",
    "/cohorts.sqlite",
    "/cohorts.key",
]


@pytest.fixture(scope="module")
def jose(served):
    return served.people["José"]


@pytest.fixture(scope="module")
def kernel(jose):
    return jose.open()


@pytest.fixture(params=["stranger", "Lin", "Ana", "Eve", "Ben"])
def other(request, served):
    """Everybody who is not José, his own trainer included."""
    return served.stranger() if request.param == "stranger" else served.people[request.param]


@pytest.mark.parametrize("path", OPEN_TO_ALL)
def test_what_lets_people_in_is_open_to_a_stranger(served, path):
    assert served.stranger().get(path).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_other_page_sends_a_stranger_to_the_door(served, path):
    answer = served.stranger().get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/join")


@pytest.mark.parametrize("path", NOT_THERE)
@pytest.mark.parametrize("who", ["stranger", "José", "Ana"])
def test_what_is_not_listed_does_not_exist(served, who, path):
    person = served.stranger() if who == "stranger" else served.people[who]
    answer = person.get(path)
    assert answer.status_code == 404
    assert "Traceback" not in answer.text


def test_nobody_else_reaches_somebodys_kernel(other, kernel, jose):
    asked = other.get(f"/api/kernels/{kernel}")
    unknown = other.get(f"/api/kernels/{NOBODY}")
    assert asked.status_code in {403, 404}
    assert (asked.status_code, asked.json()) == (unknown.status_code, unknown.json())
    with pytest.raises(InvalidStatus) as refused:
        other.connect(kernel)
    assert refused.value.response.status_code in {403, 404}
    beacon = other.client.post(f"/voila/api/shutdown/{kernel}", data={"_xsrf": other.secret})
    assert beacon.status_code in {403, 404}
    assert jose.get(f"/api/kernels/{kernel}").status_code == 200


@pytest.mark.parametrize(
    "name", ["link", "pair", "rename", "bring", "erase", "nothing", "__init__"]
)
def test_a_stranger_can_do_nothing_in_somebodys_place(served, name):
    assert served.stranger().do(f"/place/{name}").status_code in {403, 404}


def test_an_action_without_the_forms_secret_is_refused(jose):
    answer = jose.client.post("/place/link", json={})
    assert answer.status_code == 403
    foreign = {"X-XSRFToken": jose.secret, "Origin": "http://evil.example"}
    assert jose.client.post("/place/link", json={}, headers=foreign).status_code in {403, 404}


@pytest.mark.parametrize("body", [b"[]", b"nonsense", b"[" * 10_000, b"\xff", b"NaN"])
def test_a_hand_made_action_changes_nothing(jose, body):
    answer = jose.client.post("/place/rename", content=body, headers={"X-XSRFToken": jose.secret})
    assert answer.status_code == 400
    assert "José" in jose.get("/place").text


def test_the_address_answers_to_no_other_name(served):
    answer = served.stranger().get("/join", headers={"Host": "evil.example"})
    assert answer.status_code == 403


def test_a_code_lets_in_however_it_is_typed_and_a_wrong_one_says_so(served):
    visitor = served.stranger()
    wrong = visitor.fill_in("/join", code="0000-0000", name="Max")
    assert wrong.status_code == 409
    assert "opens nothing" in wrong.text
    assert 'value="Max"' in wrong.text, "what was typed is kept"
    typed = f" {served.codes['Ana'][:4].lower()}-{served.codes['Ana'][4:].lower()} "
    assert visitor.fill_in("/join", code=typed, name="Max").headers["Location"] == "/room?joined"
    assert "Max" in visitor.get("/place").text


def test_a_link_with_the_code_names_the_class_before_anybody_joins(served):
    page = served.stranger().get("/join", params={"code": served.codes["Ana"]}).text
    assert "Class of Ana" in page
    assert "group of five or more" in page


def test_the_private_link_brings_one_back_and_only_the_latest(served, jose):
    first = jose.do("/place/link").json()["link"].partition("#")[2]
    latest = jose.do("/place/link").json()["link"].partition("#")[2]
    assert served.stranger().fill_in("/resume", token=first).status_code == 409
    elsewhere = served.stranger()
    assert elsewhere.get("/resume").status_code == 200, "looking at it uses nothing up"
    assert elsewhere.fill_in("/resume", token=latest).status_code == 303
    assert "José" in elsewhere.get("/place").text


def test_whoever_comes_in_by_a_link_that_a_trainer_made_reads_who_made_it_and_when(served):
    mia, again, ana = served.stranger(), served.stranger(), served.people["Ana"]
    mia.fill_in("/join", code=served.codes["Ana"], name="Mia")
    assert "made a new private link" not in mia.get("/place").text
    desk = f"/desk/{served.cohorts['Ana']}"
    people = ana.get(f"{desk}/state").json()["people"]
    (member,) = [it["id"] for it in people if it["name"] == "Mia"]
    before = datetime.now().replace(second=0, microsecond=0)
    link = ana.do(f"{desk}/reissue", member=member).json()["link"]
    entered = again.fill_in("/resume", token=link.partition("#")[2])
    assert entered.headers["Location"] == "/room?returned"
    said = "Ana made a new private link for you on (.+ at ..:..), and"
    told = re.search(said, again.get("/place").text)
    assert re.search(said, again.get("/room?returned").text)[1] == told[1]
    assert not re.search(said, again.get("/room").text), "what came from the door is told once"
    assert before <= datetime.strptime(told[1], "%d %B %Y at %H:%M") <= datetime.now()


def test_a_second_device_comes_in_with_the_code_of_the_first_once(served, jose):
    code = jose.do("/place/pair").json()["code"]
    phone = served.stranger()
    assert phone.fill_in("/pair", code=code).status_code == 303
    assert "José" in phone.get("/place").text
    assert served.stranger().fill_in("/pair", code=code).status_code == 409


def test_whoever_signs_out_has_no_page_and_no_kernel_left(served):
    visitor = served.stranger()
    visitor.fill_in("/join", code=served.codes["Ana"], name="Max")
    kernel = visitor.open()
    assert visitor.fill_in("/sign-out").status_code == 303
    assert visitor.get("/place").status_code == 302
    assert visitor.get(f"/api/kernels/{kernel}").status_code == 403


def test_a_trainer_signs_in_with_a_password_and_not_with_another(served):
    visitor = served.stranger()
    assert visitor.fill_in("/sign-in", name="Ana", password="wrong").status_code == 409
    assert visitor.fill_in("/sign-in", name="Nobody", password="wrong").status_code == 409
    assert visitor.fill_in("/sign-in", name="ana", password=PASSWORD).headers["Location"] == "/desk"


def test_every_answer_is_kept_from_caches_frames_and_guesses(served, jose):
    for answer in (jose.get("/place"), served.stranger().get("/join"), jose.get("/nothing")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert "unsafe-eval" not in answer.headers["Content-Security-Policy"]


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(served):
    visitor = served.stranger()
    cookie = visitor.fill_in("/join", code=served.codes["Ana"], name="Max").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie


def test_a_kernel_knows_nothing_of_the_hosts_folder(served, jose):
    page = jose.get("/voila/render/03_env.ipynb").text
    assert "PATH" in page
    assert "PLAYBOOK_HOME" not in page
    assert str(served.home) not in page


def test_nothing_of_all_this_is_in_the_log(served):
    said = served.log.read_text()
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    assert {"Join", "Place", "MemberNotebook"} <= {line["what"] for line in lines}
    answers = [line for line in lines if set(line) == {"at", "what", "method", "status", "ms"}]
    others = [line for line in lines if line not in answers]
    assert {line["what"] for line in others} <= {"a backup was made and checked"}
    assert all(set(line) == {"at", "what", "bytes"} for line in others)
    for secret in (*served.codes.values(), "José", "Max", served.people["José"].token, PASSWORD):
        assert secret not in said
    assert "Traceback" not in said
