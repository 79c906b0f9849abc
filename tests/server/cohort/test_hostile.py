"""A whole class of hostile texts beside one of harmless texts: every output is the same but for
the texts, and those come out as they went in."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import pytest
from icalendar import Calendar

from playbook.cohort.results import FORMULA
from playbook.store.sqlite import SqliteStore
from playbook.store.types import Operation, Set
from tests.hostile import CLEANED, KEPT, NOTHING
from tests.server.cohort.classroom import PASSWORD, Classroom, Person, classroom

WAYS = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "content"}
VOID = {"meta", "link", "input", "img", "br", "hr"}
NOT_IN_A_FORM = re.compile(r"[\x00-\x08\x0e-\x1f\ud800]")
"""What a form cannot carry, or what Tornado makes a space of."""


@dataclass
class Class:
    """One class in which every text there can be is one of `texts`, in their order."""

    host: Classroom
    trainer: Person
    texts: tuple[str, ...]
    ids: list[str] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    offers: list[str] = field(default_factory=list)

    @property
    def desk(self) -> str:
        return f"/desk/{self.ids[0]}"

    def lead(self, action: str, **given: Any) -> dict[str, Any]:
        return done(self.trainer.do(f"{self.desk}/{action}", **given))

    def state(self) -> dict[str, Any]:
        return done(self.trainer.get(f"{self.desk}/state"))


def done(answer):
    assert answer.status_code == 200, answer.text
    return answer.json()


def held(host: Classroom, trainer: str, texts: tuple[str, ...]) -> Class:
    """Classes by these names, and in the first of them people with worksheets."""
    visitor = host.stranger()
    visitor.fill_in("/sign-in", name=trainer, password=PASSWORD)
    made = Class(host, visitor, texts)
    are_made(made)
    come_in(made)
    show_work(made)
    return made


def are_made(made: Class) -> None:
    ends, erase = (date.today() + timedelta(days=days) for days in (1, 9))
    for text in made.texts:
        days = {"ends": ends.isoformat(), "erase_on": erase.isoformat()}
        made.ids.append(done(made.trainer.do("/desk/new", title=text, host=text, **days))["id"])


def come_in(made: Class) -> None:
    made.lead("code")
    code = made.state()["door"]["code"]
    for text in made.texts:
        person = made.host.stranger()
        name = NOT_IN_A_FORM.sub("", text)
        assert person.fill_in("/join", code=code, name=name).status_code == 303
        made.people.append(person)
    at_the_door = [one["name"] for one in made.state()["people"][1:]]
    assert at_the_door == [CLEANED.get(text, text) for text in made.texts]
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/place/rename", name=text))
        made.lead("team", team=text)
    first, team = made.state()["people"][1], made.state()["teams"][0]
    made.lead("seat", member=first["id"], team=team["id"])


def are_told(made: Class) -> None:
    for text in made.texts:
        made.lead("sheet", sheet="catalyst", note=text)
        assert done(made.people[0].get("/room/state"))["note"] == CLEANED.get(text, text)
        made.lead("agree", what=text, owner=text, due="2027-03-01")
        made.lead("ask", sheet="catalyst", question="candidates/breaks", about=text)


def vote(made: Class) -> None:
    """Everybody answers in their own words, and all may be read."""
    asked = made.lead("ask", sheet="catalyst", question="candidates/what", about=made.texts[-1])
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/room/answer", vote=asked["id"], value=text, shared=True))
    made.lead("reveal", vote=asked["id"])


def show_work(made: Class) -> None:
    for person, text in zip(made.people, made.texts, strict=True):
        done(person.do("/place/bring", workspace=workspace(CLEANED.get(text, text))))
        # A team has a place of its own, and nothing in it yet.
        mine = done(person.do("/room/mine"))["worksheets"]
        for one in mine:
            given = {"worksheet": one["id"], "title": text, "consent": True}
            made.offers.append(done(person.do("/room/offer", **given))["id"])
    for side, offer in enumerate(made.offers[:2], 1):
        made.lead("show", offer=offer, side=side)


def workspace(text: str) -> dict[str, Any]:
    """A file with one worksheet in which everything that can be a text is this one."""
    store = SqliteStore(None)
    sheet = store.create("catalyst", text).id
    answers = dict.fromkeys(["candidates/r1/what", "candidates/r1/loss", "first_step"], text)
    answers |= {"candidates/r1": 0.0, "first_step_owner": text, "first_step_date": "2027-03-20"}
    answers |= {"candidates/r1/breaks": "yes", "chosen": "r1"}
    sets = tuple(Set(name, value, 0) for name, value in answers.items())
    store.commit(sheet, Operation("op-1", "device", "set", 1, sets))
    made = store.export()
    store.close()
    return made


@pytest.fixture(scope="module")
def host(tmp_path_factory, notebooks):
    with classroom(tmp_path_factory.mktemp("hostile") / "home", notebooks) as running:
        yield running


@pytest.fixture(scope="module")
def hostile(host):
    made = held(host, "Ana", (*KEPT, *CLEANED))
    are_told(made)
    vote(made)
    return made


@pytest.fixture(scope="module")
def harmless(host, hostile):
    """The same with as many letters."""
    return held(host, "Ben", tuple(plain(CLEANED.get(text, text)) for text in hostile.texts))


@pytest.fixture(scope="module")
def texts(hostile):
    """The texts as they must come out."""
    return [CLEANED.get(text, text) for text in hostile.texts]


def in_lines(texts: list[str]) -> list[str]:
    """The same where a text may have several lines."""
    return [text.replace("two lines", "two\nlines") for text in texts]


def plain(text: str) -> str:
    return "".join(char if char == " " else "x" for char in text)


class Html(HTMLParser):
    """A page taken apart: every element with its attributes' names, where it leads, its words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: Counter[tuple[str, ...]] = Counter()
        self.ways: list[str] = []
        self.said: list[str] = []
        self.code: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements[tag, *sorted(name for name, _ in attrs)] += 1
        self.ways += [value or "" for name, value in attrs if name in WAYS]
        self.said += [value or "" for name, value in attrs if name in {"value", "aria-label"}]
        if tag not in VOID:
            self.inside.append(tag)

    def handle_endtag(self, tag):
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data):
        (self.code if {"script", "style"} & set(self.inside) else self.said).append(data)

    def handle_comment(self, data):
        self.elements["comment", data] += 1


def pages(made: Class) -> dict[str, str]:
    """Every page in which texts of a class are, by what it is."""
    code = made.state()["door"]["code"]
    found = {"classes": made.trainer.get("/desk"), "desk": made.trainer.get(made.desk)}
    found["screen"] = made.trainer.get(f"/screen/{made.ids[0]}")
    found["door"] = made.host.stranger().get("/join", params={"code": code})
    for number, person in enumerate(made.people):
        found[f"place {number}"] = person.get("/place")
        found[f"document {number}"] = person.get("/place/worksheets.html")
    found["room"] = made.people[0].get("/room")
    for number, offer in enumerate(made.offers):
        found[f"gallery {number}"] = made.trainer.get(f"/gallery/{made.ids[0]}/{offer}")
    assert {answer.status_code for answer in found.values()} == {200}
    return {name: answer.text for name, answer in found.items()}


def test_no_text_becomes_an_element_an_attribute_or_a_way_in_any_page(hostile, harmless):
    ours, theirs = pages(hostile), pages(harmless)
    assert ours.keys() == theirs.keys()
    for name, text in ours.items():
        page, twin = Html(text), Html(theirs[name])
        assert page.elements == twin.elements, name
        assert not [way for way in page.ways if "pwned" in way or "javascript" in way], name
        assert not [code for code in page.code if "pwned" in code], name


def test_every_text_is_read_as_it_was_written(hostile, texts):
    found = {name: Html(text).said for name, text in pages(hostile).items()}
    assert set(texts) <= {said.strip() for said in found["classes"]}
    for number, text in enumerate(texts):
        assert text in found[f"place {number}"], "the field for the name"
        assert any(text in said for said in found[f"document {number}"])
    for number, text in enumerate(texts[1:]):
        assert any(text in said for said in found[f"gallery {number}"])
    assert any(texts[0] in said for said in found["door"])


def test_desk_room_and_screen_are_told_every_text_as_it_was_written(hostile, texts):
    desk = hostile.state()
    assert [one["name"] for one in desk["people"]] == ["Ana", *texts]
    assert sorted(one["name"] for one in desk["teams"]) == sorted(texts)
    assert [one["about"] for one in desk["votes"]] == [*texts, texts[-1]]
    for person in hostile.people[:2]:
        room = done(person.get("/room/state"))
        assert sorted(one["what"] for one in room["agreements"]) == sorted(texts)
        assert sorted(one["owner"] for one in room["agreements"]) == sorted(texts)
        assert sorted(room["votes"][-1]["result"]["texts"]) == sorted(in_lines(texts))
    titles = sorted(one["title"] for one in desk["gallery"])
    assert titles == sorted(texts[-len(titles) :])


def test_no_cell_of_the_results_is_a_formula(hostile, texts):
    file = hostile.trainer.get(f"{hostile.desk}/results.csv").content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(file, newline="")) for cell in line]
    assert not [cell for cell in cells if cell.strip().startswith(FORMULA)]
    told = {cell.removeprefix("'") if cell[1:].startswith(FORMULA) else cell for cell in cells}
    assert {*texts, *in_lines(texts)} <= told
    results = done(hostile.trainer.get(f"{hostile.desk}/results.json"))
    assert sorted(results["votes"][0]["result"]["texts"]) == sorted(in_lines(texts))
    assert sorted(one["what"] for one in results["agreed"]) == sorted(texts)


def test_the_calendar_has_one_entry_for_each_and_no_line_of_its_own_making(hostile, texts):
    for person, text in zip(hostile.people, texts, strict=True):
        entries = Calendar.from_ical(person.get("/place/dates.ics").content).walk("VEVENT")
        told = [str(entry["SUMMARY"]) for entry in entries]
        assert sorted(told) == sorted([text, *texts])
        assert {name for entry in entries for name in entry} <= {
            *("UID", "DTSTAMP", "DTSTART", "SUMMARY", "DESCRIPTION", "TRANSP")
        }


def test_what_is_taken_along_is_taken_in_again_unchanged(hostile, texts):
    jose = hostile.host.people["José"]
    brought = []
    for person, text in zip(hostile.people, texts, strict=True):
        file = done(person.get("/place/workspace.json"))
        assert [one["name"] for one in file["worksheets"]] == [text]
        brought += file["worksheets"]
        done(jose.do("/place/bring", workspace=file))
    again = done(jose.get("/place/workspace.json"))["worksheets"]
    told = [{name: one[name] for name in ("name", "operations")} for one in again]
    for one in brought:
        assert {name: one[name] for name in ("name", "operations")} in told


def test_the_command_line_tells_programs_every_text_and_a_terminal_no_control(hostile, texts):
    def said(*words: str) -> str:
        env = os.environ | {"PLAYBOOK_HOME": str(hostile.host.home), "PYTHONUTF8": "1"}
        command = [sys.executable, "-m", "playbook.cli", "cohort", *words]
        run = subprocess.run(command, env=env, capture_output=True, check=True)
        return run.stdout.decode()

    assert set(texts) <= {one["title"] for one in json.loads(said("list", "--json"))}
    people = json.loads(said("people", hostile.ids[0], "--json"))
    assert [one["name"] for one in people] == ["Ana", *texts]
    for told in (said("list"), said("people", hostile.ids[0])):
        assert all(char.isprintable() or char in "\n\u200d" for char in told)


def test_a_name_that_nobody_could_see_is_refused_where_one_joins_and_where_one_leads(hostile):
    code, eve = hostile.state()["door"]["code"], hostile.host.people["Eve"]
    before = len(hostile.state()["people"])
    for nothing in NOTHING:
        given = nothing.encode(errors="surrogatepass")
        visitor = hostile.host.stranger()
        form = urlencode({"code": code, "name": given, "_xsrf": visitor.secret})
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        joined = visitor.client.post("/join", content=form, headers=headers)
        assert joined.status_code in (400, 409)
        assert hostile.trainer.do(f"{hostile.desk}/team", team=nothing).status_code == 409
        assert eve.do("/place/rename", name=nothing).status_code == 409
    assert len(hostile.state()["people"]) == before
    assert 'value="Eve"' in eve.get("/place").text


def test_the_door_shows_what_was_typed_as_text(hostile):
    """First it says that the code opens nothing, then that one has to wait."""
    visitor = hostile.host.stranger()

    def tried(text: str) -> tuple[int, Html]:
        answer = visitor.fill_in("/join", code=text, name=text)
        return answer.status_code, Html(answer.text)

    twins = dict([tried("plain")])
    found = [(text, *tried(text)) for text in KEPT]
    twins |= dict([tried("plain")])
    assert {status for _, status, _ in found} == twins.keys() == {409, 429}
    for text, status, page in found:
        assert page.elements == twins[status].elements
        assert page.said.count(text) == 2


def test_no_text_is_in_the_log(hostile, texts):
    said = hostile.host.log.read_text()
    assert said.count("\n") > len(texts)
    assert "Traceback" not in said
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    told = {str(value) for line in lines for value in line.values()}
    assert not told & set(texts)
    assert not [text for text in texts if len(text) > 4 and text in said]
