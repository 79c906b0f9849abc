"""The brief's door: what a page asks for, and what it is given."""

import json
from base64 import b64decode
from datetime import date
from uuid import uuid4

import pytest

from playbook.assessing.workbook import Workbook
from playbook.model.storage import Operation, Set
from playbook.store import open_store
from widgets.brief import BriefDoor, brief_reply

TODAY = date(2026, 12, 14)
LOSER = "The head of payments"


@pytest.fixture
def ask(framework):
    """ask(want="show", ...): the reply, as it travels."""

    def asked(**message):
        given = {"type": "brief", "stage": "recognise", "example": True, **message}
        reply = brief_reply(given, Workbook(framework, TODAY))
        return json.loads(json.dumps(reply))

    return asked


def test_the_door_counts_its_parts(ask):
    assert ask(want="count")["count"] == "8 of 8 parts are filled."
    assert ask(want="count", example=False)["count"] == "0 of 8 parts are filled."


def test_a_preview_has_the_page_the_email_and_what_is_missing(ask):
    told = ask(want="show")
    assert '<article class="a4"' in told["html"]
    assert told["email"].startswith("Pilot brief: Free 24 people")
    assert told["missing"] == []
    gaps = ask(want="show", example=False)["missing"]
    assert {
        "text": "What we ask for: No first step yet.",
        "href": "06_recognise_gate.ipynb",
    } in gaps


def test_what_is_missing_is_told_for_every_page_that_is_counted(framework):
    store = open_store(None)
    sheet = store.create("supervisors", "Supervisors").id
    store.commit(sheet, Operation(str(uuid4()), "me", "set", 1, (Set("let_go", "yes", None),)))
    message = {"type": "brief", "stage": "create", "want": "show"}
    told = brief_reply(message, Workbook(framework, TODAY, store))
    parts = {one["text"].partition(":")[0] for one in told["missing"]}
    assert {"Why now", "Who is freed"} <= parts


def test_private_rows_come_with_the_tick_alone(ask):
    assert LOSER not in json.dumps(ask(want="show"))
    assert LOSER not in json.dumps(ask(want="show", private="yes"))
    assert LOSER in json.dumps(ask(want="show", private=True))


@pytest.mark.parametrize(
    ("want", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("pptx", b"PK"), ("html", b"<!doc")]
)
def test_a_file_comes_with_its_name(ask, want, begins):
    file = ask(want=want)["file"]
    assert file["name"] == f"Pilot brief 2026-12-14.{want}"
    assert b64decode(file["base64"]).startswith(begins)


@pytest.mark.parametrize(
    ("message", "sentence"),
    [
        ({"want": "odt"}, "A brief is made as html, pdf"),
        ({"want": "show", "stage": "scale"}, "There is no brief for scale"),
        ({"want": None, "stage": None}, "There is no brief for None"),
    ],
)
def test_whatever_cannot_be_is_a_sentence(ask, message, sentence):
    assert ask(**message)["trouble"].startswith(sentence)


def test_a_door_without_a_worksheet_says_nothing(framework):
    door, heard = BriefDoor(framework, "recognise"), []
    door.send = lambda message, *_: heard.append(message)
    door.receive({"type": "brief", "want": "count", "stage": "recognise"})
    assert heard == []
    door.source = lambda: (Workbook(framework, TODAY), "example")
    door.receive({"type": "brief", "want": "count", "stage": "recognise"})
    assert heard[0]["count"] == "8 of 8 parts are filled."
    door.changed()
    assert heard[-1] == {"type": "changed"}


def test_the_door_at_the_gate_of_another_story_tells_that_story(framework):
    door, heard = BriefDoor(framework, "recognise"), []
    door.send = lambda message, *_: heard.append(message)
    door.source = lambda: (Workbook(framework, TODAY), "fenwick_valley")
    door.receive({"type": "brief", "want": "show", "stage": "recognise"})
    assert "Stop: do not begin in " in heard[0]["html"]
    assert "Kingsmead" not in heard[0]["html"]
