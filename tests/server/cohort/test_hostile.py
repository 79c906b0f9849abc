"""A whole class of hostile texts beside one of harmless texts: every output is the same but for
the texts, and those come out as they went in."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from playbook.framework import load_framework
from playbook.worksheet.inert import FORMULA, inert
from tests.hostile import CLEANED, KEPT, NOTHING
from tests.server.cohort.classroom import done
from tests.server.cohort.texts_in_class import Class, are_told, held, vote

WAYS = {"href", "src", "action", "formaction", "srcdoc", "data", "xlink:href", "content"}
VOID = {"meta", "link", "input", "img", "br", "hr"}


@pytest.fixture(scope="module")
def hostile(served):
    made = held(served, "Ana", (*KEPT, *CLEANED))
    are_told(made)
    vote(made)
    return made


@pytest.fixture(scope="module")
def harmless(served, hostile):
    """The same with as many letters."""
    return held(served, "Ben", tuple(plain(CLEANED.get(text, text)) for text in hostile.texts))


@pytest.fixture(scope="module")
def texts(hostile):
    """The texts as they must come out."""
    return [CLEANED.get(text, text) for text in hostile.texts]


def in_lines(texts: list[str]) -> list[str]:
    """The same where a text may have several lines."""
    return [text.replace("two lines", "two\nlines") for text in texts]


def plain(text: str) -> str:
    """As many letters; signs stay signs and "NA" as it is, for those answer nothing."""
    words = load_framework().words
    nothing = (words.text(f"placeholder.{it}").split(", ") for it in ("unknown", "nothing"))
    if any(text.casefold() in texts for texts in nothing):
        return text
    sign = "x" if any(char.isalnum() for char in text) else "·"
    return "".join(char if char == " " else sign for char in text)


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
    assert sorted(one["name"] for one in desk["all_teams"]) == sorted(texts)
    assert [one["about"] for one in desk["votes"]] == [*texts, texts[-1]]
    for person in hostile.people[:2]:
        room = done(person.get("/room/state"))
        assert sorted(one["what"] for one in room["agreements"]) == sorted(texts)
        assert sorted(one["owner"] for one in room["agreements"]) == sorted(texts)
        shown = [one["text"] for one in room["votes"][-1]["result"]["texts"]]
        assert sorted(shown) == sorted(in_lines(texts))
    titles = sorted(one["title"] for one in desk["gallery"])
    assert titles == sorted(texts[-len(titles) :])


def test_no_cell_of_the_results_is_a_formula(hostile, texts):
    file = hostile.trainer.get(f"{hostile.desk}/results.csv").content.decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(file, newline="")) for cell in line]
    assert not [cell for cell in cells if cell.strip().startswith(FORMULA)]
    assert {inert(text) for text in (*texts, *in_lines(texts))} <= set(cells)
    book = load_workbook(io.BytesIO(hostile.trainer.get(f"{hostile.desk}/results.xlsx").content))
    found = [cell for line in book.active.iter_rows() for cell in line if cell.value is not None]
    assert {cell.data_type for cell in found} == {"n", "s"}
    assert {*texts, *in_lines(texts)} <= {cell.value for cell in found}
    results = done(hostile.trainer.get(f"{hostile.desk}/results.json"))
    shown = [one["text"] for one in results["votes"][0]["result"]["texts"]]
    assert sorted(shown) == sorted(in_lines(texts))
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
        command = [sys.executable, "-m", "playbook.cli.main", "cohort", *words]
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
