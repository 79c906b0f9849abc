"""What a class takes along of its votes: published results alone, and no cell that runs."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from playbook.cohort.results import COLUMNS, as_csv, as_data, as_xlsx, inert
from playbook.store import GoneError
from tests.cohort.people import load_framework
from tests.depth import examples

FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(A1)", " =1", "＝1", '=HYPERLINK("http://x","y")'),
    *('"=1', '" =1', "'=1", "\t=1", "\r=1", "\n=1", "a;=1", "a\t=1", "a\n=1", 'a\n"=1";=2'),
    *("a,-5", 'a;"=1', "a; '=1", "a\r\n;\t@x", "=;=,=\t="),
]
CUTS = [",", ";", "\t"]


@pytest.fixture
def spring(host):
    return host.new_class(host.account("Ana"))


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
    for text in room.desk_for(led.trainer)["tray"].get(poll, ()):
        room.tray.show(led.trainer, text["id"], True)
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


def test_unread_texts_and_hidden_cells_stay_so_in_the_results(host, spring, away):
    people = [spring.join(f"p{number}") for number in range(6)]
    unread = revealed(host, spring, people, question="candidates/what", value="a secret")
    for text in host.room.desk_for(spring.trainer)["tray"][unread]:
        host.room.tray.show(spring.trainer, text["id"], False)
    revealed(host, spring, people, value=["yes"] * 5 + ["no"], about_people=True)
    few, *people_lines = table(as_csv(away.results(spring.trainer), load_framework().words))
    assert (few["People"], few["Answer"], few["Count"]) == ("6", "", "")
    assert "None was shown" in few["Note"]
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
        "result": {
            "respondents": 5, "counts": None, "ranges": None, "read": 5, "predictions": None,
            "texts": [{"text": text, "heading": ""} for text in texts],
        },
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
    book = load_workbook(io.BytesIO(as_xlsx(of_texts(text), [], load_framework().words)))
    head, line = book.active.iter_rows()
    assert [cell.value for cell in head][:3] == ["Vote", "Sheet", "Question"]
    assert [cell.data_type for cell in line[1:4]] == ["s"] * 3
    written = text.splitlines(), text[-1:]  # XML may have another end of a line
    read = (line[place].value for place in (1, 2, 3, 5))
    assert all((it.splitlines(), it[-1:]) == written for it in read)
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
    assert away.results(other.trainer) == {"votes": [], "decisions": []}
    with pytest.raises(GoneError):
        away.results(people[0])
