"""What people leave with: their work as a file, a document and dates."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.cohort.erasing import ErasureService
from playbook.model import InputError
from playbook.report.calendar import CalendarEntry, calendar
from playbook.store import GoneError, SqliteStore
from tests.depth import examples

MADE = datetime(2027, 3, 1, 9, tzinfo=UTC)
STEP = {"first_step": "Sit in a branch", "first_step_date": "2027-03-20"}


@pytest.fixture
def spring(host):
    return host.new_class(host.account("Ana"))


class Page(HTMLParser):
    """The headings, ids and text of a page, checked that its tags close in order."""

    def __init__(self, text):
        super().__init__()
        self.open, self.heads, self.ids, self.texts = [], [], [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] == "h1":
            self.heads.append(data)
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


def entries(file: bytes):
    """An iCalendar file read by hand after RFC 5545: unfolded, unescaped, a mapping per entry."""
    assert file.endswith(b"\r\n")
    lines = file.split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    text = file.decode().replace("\r\n ", "")
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    found, here = [], None
    for line in filter(None, text.split("\r\n")):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            here = {}
            found.append(here)
        elif line == "END:VEVENT":
            here = None
        elif here is not None:
            assert name not in here
            here[name] = re.sub(
                r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value, flags=re.S
            )
    return found


# --------------------------------------------------------------------------- the file


def test_the_file_has_ones_own_worksheets_and_the_teams_and_can_be_taken_in(host, spring, away):
    lin, kim = spring.join("Lin"), spring.join("Kim")
    own, other = spring.writes(lin, "My own"), spring.writes(kim, "Not Lin’s")
    spring.team("Blue", lin)
    shared = spring.writes(lin, "Of the team")
    file = json.loads("".join(away.file(lin)))
    assert [one["id"] for one in file["worksheets"]] == [own, shared]
    assert "Not Lin’s" not in json.dumps(file, ensure_ascii=False)
    solo = SqliteStore(None)
    solo.import_(file)
    for sheet, place in ((own, lin.workspace), (shared, host.cohorts.place_of(spring.now(lin)))):
        assert solo.load(sheet) == host.store(place).load(sheet)
        assert solo.history(sheet) == host.store(place).history(sheet)
    with pytest.raises(GoneError):
        solo.load(other)
    solo.close()


def test_solo_work_is_brought_along_into_ones_own_place(host, spring, away):
    lin = spring.join("Lin")
    spring.team("Blue", lin)
    solo = SqliteStore(None)
    sheet = solo.create("catalyst", "From home")
    assert away.bring(spring.now(lin), solo.export()) == ["From home"]
    assert [info.id for info in host.store(lin.workspace).worksheets()] == [sheet.id]
    assert host.store(host.cohorts.place_of(spring.now(lin))).worksheets() == []
    solo.close()


@pytest.mark.parametrize("data", [None, [], {}, {"format": "x"}, "text", 3])
def test_what_is_no_such_file_brings_nothing(host, spring, away, data):
    lin = spring.join("Lin")
    with host.nothing_changes(), pytest.raises(InputError):
        away.bring(lin, data)


def test_whoever_was_erased_takes_and_brings_nothing_and_leaves_nothing_new(host, spring, away):
    lin = spring.join("Lin")
    spring.writes(lin, "Mine")
    file = json.loads("".join(away.file(lin)))
    ErasureService(*host.parts).myself(lin)
    for call in (
        lambda: list(away.file(lin)),
        lambda: away.bring(lin, file),
        lambda: away.document(lin),
        lambda: away.calendar(lin),
        lambda: away.results(lin),
    ):
        with host.nothing_changes(), pytest.raises(GoneError):
            call()


# --------------------------------------------------------------------------- the document


def test_the_document_has_every_worksheet_with_its_answers_on_one_page(spring, away):
    lin = spring.join("Lin")
    spring.writes(lin, "A merger <script>alert(1)</script>")
    spring.writes(lin, "A new rival")
    spring.team("Blue", lin)
    spring.writes(lin, "Of the team")
    text = away.document(lin)
    page = Page(text)
    assert page.heads == ["Lin’s catalyst"] * 3
    assert len(page.ids) == len(set(page.ids))
    for answer in ("A merger <script>alert(1)</script>", "A new rival", "Of the team"):
        assert answer in "".join(page.texts)
    assert "<script" not in text
    assert text.count("href=") == text.count('href="#sheet') == 3
    assert set(re.findall(r'href="#(.+?)"', text)) <= set(page.ids)
    assert "<title>Worksheets of Lin</title>" in text


def test_a_document_without_worksheets_says_so(spring, away):
    page = Page(away.document(spring.join("<b>Lin</b>")))
    assert page.heads == ["Worksheets of <b>Lin</b>"]
    assert "There is no worksheet yet." in "".join(page.texts)


# --------------------------------------------------------------------------- the dates


def test_a_dated_first_step_and_what_was_agreed_are_in_the_calendar(host, spring, away):
    lin = spring.join("Lin")
    sheet = spring.writes(lin, "A merger", **STEP, first_step_owner="Head of branches")
    agreed = host.room.agreements.agree(spring.trainer, "Ask the clients", "Kim", "2027-04-02")
    step, action = entries(away.calendar(lin))
    assert step["SUMMARY"] == "Sit in a branch"
    assert step["DTSTART;VALUE=DATE"] == "20270320"
    assert step["DTSTAMP"] == "20270301T090000Z"
    assert step["UID"] == f"{sheet}-first-step@redefining-work-playbook"
    assert step["DESCRIPTION"] == "Promised in “Lin’s catalyst”. Who: Head of branches."
    assert action["SUMMARY"] == "Ask the clients"
    assert action["DTSTART;VALUE=DATE"] == "20270402"
    assert action["UID"] == f"{agreed}@redefining-work-playbook"
    assert action["DESCRIPTION"] == "Agreed in “Spring class”. Who: Kim."


@pytest.mark.parametrize("missing", ["first_step", "first_step_date"])
def test_a_step_without_a_day_or_a_day_without_a_step_is_no_entry(spring, away, missing):
    lin = spring.join("Lin")
    spring.writes(lin, "A merger", **{key: STEP[key] for key in STEP if key != missing})
    assert entries(away.calendar(lin)) == []


def test_what_was_looked_at_again_is_no_entry_any_more(host, spring, away):
    agreed = host.room.agreements.agree(spring.trainer, "Ask the clients", "Kim", "2027-04-02")
    assert len(entries(away.calendar(spring.trainer))) == 1
    host.room.agreements.review(spring.trainer, agreed, "done")
    assert entries(away.calendar(spring.trainer)) == []


def test_nobody_gets_the_dates_of_another_class(host, spring, away):
    other = host.new_class(host.account("Ben"), "Other")
    host.room.agreements.agree(spring.trainer, "Ask the clients", "Kim", "2027-04-02")
    spring.writes(spring.join("Lin"), "A merger", **STEP)
    assert entries(away.calendar(other.join("Lin"))) == []


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200)


@settings(max_examples=examples(100))
@given(what=TEXT, about=TEXT, day=st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_any_text_comes_out_of_the_calendar_as_it_went_in(what, about, day):
    file = calendar([CalendarEntry("one", day, what, about)], MADE)
    (entry,) = entries(file)
    assert (entry["SUMMARY"], entry["DESCRIPTION"]) == (what, about)
    assert entry["DTSTART;VALUE=DATE"] == f"{day.year:04}{day.month:02}{day.day:02}"


def test_text_that_looks_like_calendar_lines_stays_text():
    hostile = "x\nEND:VEVENT\nBEGIN:VEVENT\nATTACH:http://example.org"
    (entry,) = entries(
        calendar([CalendarEntry("one", date(2027, 1, 4), hostile, "a;b,c\\d")], MADE)
    )
    assert entry["SUMMARY"] == hostile
    assert entry["DESCRIPTION"] == "a;b,c\\d"
    assert "ATTACH" not in entry


@pytest.mark.browser
def test_axe_finds_nothing_in_the_document_and_nothing_is_fetched(spring, away, chromium):
    lin = spring.join("Lin")
    for name in ("First", "Second", "Third"):
        sheet = spring.writes(lin, f"A merger {name}", **STEP)
        spring.host.store(lin.workspace).rename(sheet, name)
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    tab, asked_for = context.new_page(), []
    tab.on("request", lambda request: asked_for.append(request.url))
    tab.set_content(away.document(lin))
    found = Axe().run(tab).response
    wide = tab.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found["violations"]] == []
    assert (wide, asked_for) == (390, [])
