"""What people leave with: their work as a file, a document and dates; the class's results."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from playbook.cohort.erasing import ErasureService
from playbook.cohort.results import COLUMNS, as_csv, as_data, as_xlsx, inert
from playbook.model import InputError
from playbook.report.calendar import CalendarEntry, calendar
from playbook.store import GoneError, SqliteStore
from tests.cohort.people import Host, load_framework
from tests.depth import examples

MADE = datetime(2027, 3, 1, 9, tzinfo=UTC)
STEP = {"first_step": "Sit in a branch", "first_step_date": "2027-03-20"}
FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", '=HYPERLINK("http://x","y")'),
    *('"=1', '" =1', "'=1", "\t=1", "\r=1", "\n=1", "a;=1", "a\t=1", "a\n=1", 'a\n"=1";=2'),
    *("a,-5", 'a;"=1', "a; '=1", "a\r\n;\t@x", "=;=,=\t="),
]
CUTS = [",", ";", "\t"]


@pytest.fixture
def host():
    return Host()


@pytest.fixture
def spring(host):
    return host.new_class(host.account("Ana"))


@pytest.fixture
def away(host):
    return host.take_away


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


# --------------------------------------------------------------------------- the results


def table(file: bytes):
    assert file.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def revealed(host, led, voters, question="candidates/breaks", value="yes", **asked):
    room = host.room
    poll = room.votes.ask(led.trainer, "catalyst", question, **asked)
    for number, voter in enumerate(voters):
        given = value if isinstance(value, str) else value[number]
        room.votes.answer(voter, poll, given, shared=True)
    room.votes.reveal(led.trainer, poll)
    return poll


def test_results_have_what_was_published_and_nothing_else(host, spring, away):
    people = [spring.join(f"Person {number}") for number in range(6)]
    revealed(host, spring, people, value=["yes"] * 5 + ["no"], about="Candidate A")
    hidden = host.room.votes.ask(spring.trainer, "catalyst", "candidates/urgent")
    for one in people:
        host.room.votes.answer(one, hidden, "partly")  # answered, never revealed
    data = away.results(spring.trainer)
    (vote,) = json.loads(json.dumps(data))["votes"]
    assert vote["about"] == "Candidate A"
    assert vote["result"]["counts"] == {"yes": 5, "partly": 0, "no": 1, "dont_know": 0}
    assert "mine" not in vote
    lines = table(as_csv(away.results(spring.trainer), load_framework().words))
    assert [(line["Answer"], line["Count"]) for line in lines] == [
        ("Yes", "5"),
        ("Partly", "0"),
        ("No", "1"),
        ("Don’t know", "0"),
    ]
    assert {line["People"] for line in lines} == {"6"}
    for name in ("Person", *(one.id for one in people)):
        assert name not in json.dumps(data)


def test_too_few_answers_and_hidden_cells_stay_so_in_the_results(host, spring, away):
    people = [spring.join(f"p{number}") for number in range(6)]
    revealed(host, spring, people[:4])
    revealed(host, spring, people, value=["yes"] * 5 + ["no"], about_people=True)
    few, *people_lines = table(as_csv(away.results(spring.trainer), load_framework().words))
    assert (few["People"], few["Answer"], few["Count"]) == ("4", "", "")
    assert "Too few" in few["Note"]
    hidden = [line for line in people_lines if line["Count"] == ""]
    assert {"No", "Partly", "Don’t know"} <= {line["Answer"] for line in hidden}
    assert all("Hidden" in line["Note"] for line in hidden)


def test_texts_that_a_spreadsheet_would_run_are_inert_and_say_so(host, spring, away):
    people = [spring.join(f"p{number}") for number in range(5)]
    texts = ["=1+1", "@SUM(A1)", "-5 minutes", "plain", "a=b"]
    revealed(host, spring, people, question="candidates/what", value=texts, about='=cmd|"x"')
    lines = table(as_csv(away.results(spring.trainer), load_framework().words))
    told = {line["Answer"]: line["Note"] for line in lines}
    assert set(told) == {"'=1+1", "'@SUM(A1)", "'-5 minutes", "plain", "a=b"}
    assert {line["About"] for line in lines} == {'\'=cmd|"x"'}
    assert all("apostrophe" in note for note in told.values())  # the case's name has one too


def of_texts(*texts):
    vote = {
        "sheet": texts[0], "text": texts[0], "about": texts[-1], "choices": [],
        "result": {"respondents": 5, "counts": None, "texts": texts, "predictions": None},
    }  # fmt: skip
    return {"votes": [vote]}


def cut(file: bytes, at: str, quoted: bool) -> list[str]:
    """The cells as a spreadsheet makes them that cuts at `at`, heeding quotes or not."""
    quoting = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    text = file.decode("utf-8-sig")
    lines = io.StringIO(text, newline="") if quoted else re.split("[\r\n]", text)
    return [cell for line in csv.reader(lines, delimiter=at, quoting=quoting) for cell in line]


def runs(cell: str) -> bool:
    """What OWASP warns of; a spreadsheet that heeds no quotes may take them off all the same."""
    return cell.strip(' "').startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))


@pytest.mark.parametrize("quoted", [True, False])
@pytest.mark.parametrize("at", CUTS)
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_like_a_formula_wherever_the_line_is_cut(text, at, quoted):
    file = as_csv(of_texts(text), load_framework().words)
    assert [cell for cell in cut(file, at, quoted) if runs(cell)] == []
    (line,) = table(file)
    assert "apostrophe" in line["Note"]


RISKY = st.text("=+-@'\";,\t\n\r a", max_size=12)


@settings(max_examples=examples(300))
@given(RISKY, st.sampled_from(CUTS), st.booleans())
def test_whatever_is_written_no_cell_is_a_formula(text, at, quoted):
    file = as_csv(of_texts(text), load_framework().words)
    assert [cell for cell in cut(file, at, quoted) if runs(cell)] == []


def as_written(text: str) -> str:
    """`inert` undone, as its words say: one apostrophe less where a part would run without it."""
    parts = re.split("([,;\t\r\n\v\f\x85\u2028\u2029])", text)
    return "".join(it[1:] if it[:1] == "'" and runs(it.lstrip("'\" ")) else it for it in parts)


@settings(max_examples=examples(300))
@given(RISKY, RISKY)
def test_the_apostrophes_can_be_taken_out_again(one, other):
    assert as_written(inert(one)) == one
    assert (inert(one) == inert(other)) is (one == other)


@pytest.mark.parametrize("text", [*FORMULAS, "#N/A", "2027-03-01", "1e5", "plain"])
def test_every_text_of_the_workbook_is_a_cell_of_text_as_it_was_written(text):
    book = load_workbook(io.BytesIO(as_xlsx(of_texts(text), load_framework().words)))
    head, line = book.active.iter_rows()
    assert [cell.value for cell in head][:3] == ["Vote", "Sheet", "Question"]
    assert [cell.data_type for cell in line[1:4]] == ["s"] * 3
    written = text.replace("\r\n", "\n").replace("\r", "\n")  # as XML has it
    assert {line[place].value.replace("\r", "\n") for place in (1, 2, 3, 5)} == {written}
    assert (line[0].value, line[4].value) == (1, 5)


def test_without_a_published_vote_there_is_a_head_and_nothing_more(spring, away):
    file = as_csv(away.results(spring.trainer), load_framework().words)
    assert len(file.decode("utf-8-sig").splitlines()) == 1
    assert len(file.decode().split(",")) == len(COLUMNS)
    assert as_data([]) == {"votes": []}


def test_results_are_for_who_leads_and_of_the_own_class(host, spring, away):
    people = [spring.join(f"p{number}") for number in range(5)]
    revealed(host, spring, people)
    other = host.new_class(host.account("Ben"), "Other")
    assert away.results(other.trainer) == {"votes": []}
    with pytest.raises(GoneError):
        away.results(people[0])


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
