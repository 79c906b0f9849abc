"""What people take home of a class: their own words, the totals of the room, nothing else."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import docx
import pptx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from playbook.assessing.workbook import Workbook
from playbook.cohort.results import as_xlsx
from playbook.cohort.results_files import ClassResults, as_pdf, as_pptx
from playbook.report.take_home import room
from playbook.report.take_home.pdf_file import take_home_pdf
from playbook.report.take_home.take_home import ClassTold, take_home
from playbook.store import GoneError

BREAKS = "Does the way you work today clearly have to change?"


@pytest.fixture
def spring(host):
    return host.new_class(host.account("Ana"))


@pytest.fixture
def people(spring):
    return [spring.join(f"Person {number}") for number in range(6)]


def vote_twice(host, spring, people, first, then):
    """The same question before and after a talk, each revealed; the ids."""
    votes = host.room.votes
    one = votes.ask(spring.trainer, "catalyst", "candidates/breaks")
    for who, value in zip(people, first, strict=True):
        votes.answer(who, one, value)
    votes.reveal(spring.trainer, one)
    two = votes.ask_again(spring.trainer, one)
    for who, value in zip(people, then, strict=True):
        votes.answer(who, two, value)
    votes.reveal(spring.trainer, two)
    return one, two


def read(pdf: bytes) -> list[str]:
    """The text of each page, blanks and ends of lines as one blank."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]


def test_page_two_has_what_i_said_and_what_the_room_said(host, spring, people):
    vote_twice(host, spring, people, ["yes"] * 6, ["no"] * 5 + ["yes"])
    (page,) = read(host.take_away.take_home(people[0], "pdf"))  # nothing on a sheet: no page one
    assert "Person 0 · Spring class" in page
    assert BREAKS in page
    assert "Before the talk: Yes" in page
    assert "After the talk: No" in page
    assert "Yes 6 → 1" in page  # counted by hand: six, then all but five
    assert f"“{BREAKS}”: first Yes, then No." in page
    (steady,) = read(host.take_away.take_home(people[5], "pdf"))
    assert "Nothing that was asked twice." in steady


def test_what_was_shown_stays_after_it_is_taken_off_the_wall(host, spring, people):
    votes = host.room.votes
    poll = votes.ask(spring.trainer, "catalyst", "candidates/breaks")
    for who in people:
        votes.answer(who, poll, "yes")
    (before,) = read(host.take_away.take_home(people[0], "pdf"))
    assert "Nothing was voted on" in before  # not before it is revealed
    votes.reveal(spring.trainer, poll)
    votes.close(spring.trainer, poll)
    (after,) = read(host.take_away.take_home(people[0], "pdf"))
    assert "Yes 6" in after


def test_nobody_else_s_answer_or_name_is_in_it(host, spring, people):
    vote_twice(host, spring, people, ["yes", "no", "yes", "yes", "yes", "yes"], ["yes"] * 6)
    (page,) = read(host.take_away.take_home(people[0], "pdf"))
    assert not any(f"Person {number}" in page for number in range(1, 6))
    assert "changed their mind" not in page  # one person did: that stays unsaid
    with pytest.raises(GoneError):
        host.take_away.take_home(spring.trainer, "pdf")


def test_the_pilot_comes_first_and_the_sheets_in_full_last(host, spring, people):
    spring.writes(people[0], "Families leave us", first_step="Sit in a branch")
    first, second, *rest = read(host.take_away.take_home(people[0], "pdf"))
    assert "Families leave us" in first
    assert "My first step" in second
    assert "Sit in a branch" in second
    assert "My sheets, in full" in rest[0]
    assert "Families leave us" in " ".join(rest)


def decide(host, spring, people, question, *decisions):
    """Two teams of three decide it; the vote's id."""
    own = {"form": "text", "text": question, "by_team": True}
    vote = host.room.votes.ask_own(spring.trainer, own)
    for who, decision in zip(people[::3], decisions, strict=True):
        host.room.votes.answer(spring.now(who), vote, decision)
    return vote


def test_what_the_teams_decided_is_there_once_all_were_shown_it(host, spring, people):
    for number in (0, 3):
        spring.team(f"Team {number // 3 + 1}", *people[number : number + 3])
    vote = decide(host, spring, people, "What first?", "Fewer approvals", "One owner a case")
    (before,) = read(host.take_away.take_home(people[0], "pdf"))
    assert "What the teams decided" not in before  # also not one's own
    host.room.votes.reveal(spring.trainer, vote)
    (page,) = read(host.take_away.take_home(people[0], "pdf"))
    assert "What first? Team 1 Fewer approvals Team 2 One owner a case" in page
    assert "All decisions are on the pages after this one" not in page
    second = decide(host, spring, people, "And then?", "Ask the branch", "Stop the report")
    host.room.votes.reveal(spring.trainer, second)
    (team,) = (it.id for it in host.cohorts.teams(spring.id) if it.name == "Team 2")
    host.room.votes.show_decision(spring.trainer, second, team, False)
    page, rest = read(host.take_away.take_home(people[5], "pdf"))
    assert "And then? Team 1 Ask the branch" in page
    assert "What first?" not in page.partition("What the teams decided")[2]
    assert "What first? Team 1 Fewer approvals" in rest
    assert "Stop the report" not in page + rest  # it was left out of what all were shown
    document = docx.Document(BytesIO(host.take_away.take_home(people[5], "docx")))
    told = [paragraph.text for paragraph in document.paragraphs]
    assert told.count("Team 1  Ask the branch") == 2  # on page two, and among all of them
    assert told.count("Team 2  One owner a case") == 1


def test_word_has_the_same_words_with_a_repeated_table_head(host, spring, people):
    vote_twice(host, spring, people, ["yes"] * 6, ["no"] * 6)
    document = docx.Document(BytesIO(host.take_away.take_home(people[0], "docx")))
    (table,) = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [
        "Question", "I said", "The room", "What is known",
    ]  # fmt: skip
    assert "tblHeader" in table.rows[0]._tr.xml
    assert "After the talk: No" in table.rows[1].cells[1].text
    assert document.core_properties.language == "en-GB"


@pytest.mark.parametrize("teams", [0, 12])
def test_the_longest_words_keep_page_two_on_one_page(framework, teams):
    long = "a very long sentence about work " * 12
    choices = [{"id": f"c{it}", "label": long[:75], "hint": ""} for it in range(6)]
    counts = {choice["id"]: 5 for choice in choices}
    result = {"respondents": 30, "counts": counts, "ranges": None, "texts": None, "fact": None}
    result |= {"before": None, "disagreement": 1.0}
    votes = [
        {"id": str(it), "text": long[:140], "choices": choices, "form": "one", "unit": ""}
        | {"before": None, "result": result, "mine": {"value": "c1"}, "first": None}
        for it in range(9)
    ]
    action = {"what": long, "owner": long, "due": "2027-01-15"}
    rows = [{"team": f"Team {number}", "decision": long[:240]} for number in range(1, teams + 1)]
    decisions = [{"question": long[:140], "rows": rows}] * 2
    told = ClassTold(long, long, date(2027, 1, 1), votes, [action] * 5, decisions, 5)
    home = take_home(told, Workbook(framework, date(2027, 1, 1)))
    assert (len(home.rows), len(home.more)) == ((4, 5) if teams else (6, 3))

    pages = read(take_home_pdf(home, framework.words))
    assert "All votes" in pages[1]
    both = 2 if teams else 0
    assert [" ".join(pages[1:]).count(f"Team {number} ") for number in (3, 12)] == [both, both]
    assert [pages[0].count(f"Team {number} ") for number in (3, 4)] == [both / 2, 0]
    assert "Nobody but you has this page" in pages[0]


@pytest.mark.parametrize(
    ("ballot", "form", "said"),
    [
        (None, "one", ""),
        ("c1", "one", "Cost"),
        (["c0", "c1"], "many", "Safety, Cost"),
        (["40", "60"], "range", "Between 40 and 60%"),
        ("In my own words", "text", "In my own words"),
    ],
)
def test_an_own_answer_reads_as_it_was_given(framework, ballot, form, said):
    choices = [{"id": "c0", "label": "Safety"}, {"id": "c1", "label": "Cost"}]
    vote = {"choices": choices, "form": form, "unit": "%", "before": None, "first": None}
    vote["mine"] = {"value": ballot} if ballot else None
    assert room.own_answer(vote, framework.words) == ([said] if said else [])


# --------------------------------------------------------------------------- for sponsors


@pytest.fixture
def shown(host, spring, people):
    vote_twice(host, spring, people, ["yes"] * 6, ["no"] * 5 + ["yes"])
    host.room.agreements.agree(spring.trainer, "Ask ten customers", "Ana", date(2027, 5, 1))
    told = json.loads(json.dumps(host.take_away.results(spring.trainer)))
    agreed = host.room.state_for(spring.trainer)["agreements"]
    return ClassResults("Spring class", date(2027, 3, 1), told["votes"], agreed, 5)


def test_sponsors_get_slides_with_charts_that_say_what_they_show(shown, framework):
    deck = pptx.Presentation(BytesIO(as_pptx(shown, framework.words)))
    first, vote, last = deck.slides
    assert first.shapes.title.text == "Results of Spring class"
    (frame,) = [shape for shape in vote.shapes if shape.has_chart]
    alt = frame._element.nvGraphicFramePr.cNvPr.get("descr")
    assert BREAKS in alt
    assert "Yes 1, Partly 0, No 5" in alt
    after, before = frame.chart.plots[0].series
    assert list(reversed(after.values)) == [1, 0, 5, 0]
    assert list(reversed(before.values)) == [6, 0, 0, 0]
    assert "Ask ten customers · Ana · by 1 May 2027" in last.shapes[1].text_frame.text
    assert all(slide.shapes.title.text for slide in deck.slides)


def test_no_label_of_a_chart_is_a_formula_in_its_workbook(shown, framework):
    (vote, *_) = shown.votes
    vote["choices"][0]["label"] = "=1+1"
    deck = pptx.Presentation(BytesIO(as_pptx(shown, framework.words)))
    (frame,) = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    book = load_workbook(BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert all(cell.data_type != "f" for row in book.active for cell in row)


def test_sponsors_get_a_pdf_and_a_workbook_with_charts(shown, framework):
    text = " ".join(read(as_pdf(shown, framework.words)))
    assert BREAKS in text
    assert "Ask ten customers" in text
    book = load_workbook(BytesIO(as_xlsx({"votes": shown.votes}, shown.agreed, framework.words)))
    assert book.sheetnames == ["Results", "Charts", "What was agreed"]
    assert len(book["Charts"]._charts) == 2
    assert [cell.value for cell in book["What was agreed"][2]][:2] == ["Ask ten customers", "Ana"]


def test_a_class_in_which_nothing_was_shown_says_so(framework):
    none = ClassResults("Quiet class", date(2027, 3, 1), [], [], 5)
    assert "Nothing was shown in this class." in read(as_pdf(none, framework.words))[0]
    assert len(pptx.Presentation(BytesIO(as_pptx(none, framework.words))).slides) == 2
