"""A trainer prepares a class: the plan, the papers, and a class that is led by that plan."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import date, timedelta

import pytest

from playbook.framework import load_framework
from playbook.kit.choices import chosen
from playbook.kit.class_kit import class_kit
from playbook.kit.files import kit_files, one_file
from tests.kit.classes import LOGO
from tests.server.cohort.classroom import PASSWORD, Classroom, Person, done
from tests.server.cohort.test_tour import NOBODY

CHOICES = {"course": "ninety_minutes", "start": "9:00", "people": "40", "cases": ["alcoa:80"]}


@pytest.fixture(scope="module")
def account(served: Classroom) -> Person:
    person = served.stranger()
    assert person.fill_in("/sign-in", name="Ana", password=PASSWORD).status_code == 303
    return person


@pytest.fixture
def given() -> dict[str, object]:
    day = date.today() + timedelta(days=14)
    return CHOICES | {"day": day.isoformat(), "title": "Small moves", "host": "Acme"}


def test_a_trainer_chooses_on_a_page_and_nobody_else(served: Classroom, account: Person) -> None:
    page = account.get("/prepare").text
    for part in ('value="half_day_and_pilot"', 'data-case="atb"', 'value="lan"', 'type="file"'):
        assert part in page
    assert 'href="/prepare"' in account.get("/desk").text
    for name in ("José", "Lin", "Eve"):
        assert served.people[name].get("/prepare").status_code == 404
        assert served.people[name].do("/prepare/plan", **CHOICES).status_code == 404
        assert served.people[name].do("/prepare/file", **CHOICES).status_code == 404


def test_the_plan_is_told_with_clock_cuts_and_files(
    account: Person, given: dict[str, object]
) -> None:
    told = done(account.do("/prepare/plan", **given))
    (session,) = told["sessions"]
    assert (session["minutes"], session["ends"]) == (90, "10:30")
    assert [it["at"] for it in session["steps"]][:3] == ["9:00", "9:05", "9:08"]
    assert [it["title"] for it in session["steps"] if it["cut"] == 1] == [
        "Every injury, with names?"
    ]
    assert "17 in all" in session["late"][2]
    paths = [it["path"] for it in told["files"]]
    assert "trainer/slides.pptx" in paths
    assert told["between"] == []


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": "someday"}, "day"),
        ({"day": ""}, "day"),
        ({"start": "soon"}, "start"),
        ({"people": "9000"}, "people"),
        ({"people": 40}, "people"),
        ({"cases": ["alcoa:20"]}, "cases"),
        ({"cases": [{"a": 1}]}, "cases"),
        ({"course": None}, "course"),
        ({"logo": "no base64"}, "logo"),
        ({"logo": b64encode(b"GIF89a").decode()}, "logo"),
    ],
)
def test_what_can_t_be_taken_is_told_at_its_field(
    change: dict[str, object], field: str, account: Person, given: dict[str, object]
) -> None:
    for name in ("plan", "file", "class"):
        answer = account.do(f"/prepare/{name}", **given | change)
        assert answer.status_code == 409
        assert answer.json()["field"] == field
        assert answer.json()["text"]


def test_a_file_is_the_one_that_the_command_makes(
    account: Person, given: dict[str, object]
) -> None:
    framework, day = load_framework(), date.fromisoformat(str(given["day"]))
    made = class_kit(chosen(given | {"logo": LOGO}, day, framework), framework)
    logo, path = b64encode(LOGO).decode(), "trainer/run-of-show.pdf"
    told = done(account.do("/prepare/file", **given, logo=logo, file=path))
    assert told["name"] == "run-of-show.pdf"
    assert b64decode(told["data"]) == one_file(made, path).make()
    assert account.do("/prepare/file", **given, file="../key").json()["field"] == "file"
    assert len(kit_files(made)) == 21


def test_the_class_is_led_by_the_plan_that_was_prepared(
    served: Classroom, account: Person, given: dict[str, object]
) -> None:
    told = done(account.do("/prepare/plan", **given))
    made = done(account.do("/prepare/class", **given))["id"]
    state = account.get(f"/desk/{made}/state").json()
    steps = state["rundown"]["steps"]
    wanted = [(it["title"], it["minutes"]) for it in told["sessions"][0]["steps"]]
    assert [(it["title"], it["minutes"]) for it in steps] == wanted
    assert account.do("/prepare/class", **given | {"host": ""}).json()["field"] == "host"
    assert served.people["Lin"].get(f"/desk/{made}").status_code == 404
    assert account.get(f"/desk/{NOBODY}").status_code == 404
