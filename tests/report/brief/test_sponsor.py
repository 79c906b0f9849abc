"""The sponsor page: one request first, people as groups alone, and one A4 page whatever exists."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from playbook.report.brief import build_brief, stage_in_hand
from playbook.report.brief.formats import FORMATS
from playbook.report.brief.html_page import notes
from playbook.report.brief.pdf_file import brief_pdf

from .conftest import lines_of
from .test_formats import long_answers

ACT = ("focus", "practices", "connect", "obstacles", "act_gate")
CODE = re.compile(r"\bH\d\d\b")


@pytest.fixture(scope="module")
def sponsor(examples):
    return build_brief(examples, "act", example=True)


@pytest.mark.row("ACT-04")
def test_it_begins_with_the_one_request_and_says_who_it_is_for(sponsor):
    first = sponsor.parts[0]
    assert first.request
    assert [one.request for one in sponsor.parts[1:]] == [False] * (len(sponsor.parts) - 1)
    assert [line.text for line in first.lines] == [
        "Extend the protection of the four groups from 30 April to 9 July 2027, by 27 April 2027."
    ]
    assert sponsor.meta[0] == "For Helen Marsh, chief claims officer"
    assert sponsor.meta[2] == "Week 13 of 13"


def test_without_a_request_the_oldest_obstacle_is_asked_for(answers, brief_of):
    given = answers()
    del given["act_gate"]["sponsor_ask"]
    days = {"visits": "2026-11-01", "signature": "2026-10-01", "rota": "2026-12-10"}
    for row in given["obstacles"]["obstacles"]:
        row["since"] = days.get(row["id"], row["since"])
    told = brief_of(given, "act")  # as of 14 December 2026
    (line,) = lines_of(told, "request")
    assert line == (
        "A limit of £8,000 for the groups. In the way: Offers over £5,000 need a signature."
    )
    waiting = lines_of(told, "obstacles")
    assert [one.partition(",")[0] for one in waiting] == [
        "Offers over £5",
        "We cannot see supplier visits",
    ], "the younger one is the group’s own"


def test_what_moved_is_told_with_its_range_and_with_what_luck_would_do(sponsor):
    moved = lines_of(sponsor, "moved")
    assert moved[0].startswith("Called back within one working day: 44.5%. Something changed.")
    assert any("No change shown" in line for line in moved)
    assert re.fullmatch(r"9 of 13 charts signalled\. By luck alone, about 5 would\.", moved[-1])
    said = " ".join(moved).lower()
    assert not {"worked", "effect", "caused", "because"} & set(re.findall(r"\w+", said))


def test_promises_and_dates_have_their_days(sponsor):
    promises = lines_of(sponsor, "promises")
    assert promises[0] == "Protection of the groups. Until 30 April 2027, 7 days from today."
    assert promises[-1].endswith("Kept.")
    assert lines_of(sponsor, "dates") == ["9 July 2027: Decide again: stop, continue or scale."]


# --------------------------------------------------------------------------- nobody by name or code


@pytest.mark.parametrize("private", [False, True])
def test_no_volunteer_is_named_by_a_code_in_any_format(answers, brief_of, shown, private):
    """Not where somebody typed one, and not in an attachment: there is none."""
    given = answers()
    given["act_gate"]["sponsor_ask"] = "Ask why H18 and h05 were called back"
    given["act_gate"]["reviews"][-1]["review_learned"] = "H05 found out what families ask."
    for row in given["obstacles"]["obstacles"]:
        row |= {"since": "2026-10-01", "what": f"{row['what']}: H09", "cover": "H11 calls"}
    told = brief_of(given, "act", private=private)
    for name, text in shown(told).items():
        assert not CODE.search(text), name
    assert "one of the group" in lines_of(told, "request")[0]
    assert told.answers == ""
    pdf = PdfReader(BytesIO(brief_pdf(told, told_words())))
    assert not pdf.attachments


def told_words():
    from playbook.framework import load_framework

    return load_framework().words


def test_hours_of_fewer_than_five_people_are_not_told(answers, brief_of):
    given = answers()
    rows = given["focus"]["hours"]
    people = sorted({row["person"] for row in rows})
    for count in (4, 5):
        kept = [row for row in rows if row["person"] in people[:count]]
        told = brief_of(given | {"focus": given["focus"] | {"hours": kept}}, "act")
        (line,) = lines_of(told, "time")
        assert (str(count) in line) == (count == 5), line
        part = next(one for one in told.parts if one.id == "time")
        assert bool(part.pictures) == (count == 5)


# --------------------------------------------------------------------------- one page


@pytest.mark.parametrize("sheets", [(), *[(one,) for one in ACT], ACT])
def test_it_is_made_from_whatever_exists(answers, brief_of, framework, sheets):
    given = {name: told for name, told in answers().items() if name in sheets}
    told = brief_of(given, "act")
    assert told.stage == "act"
    assert told.title
    assert len(PdfReader(BytesIO(brief_pdf(told, framework.words))).pages) == 1
    if not sheets:
        assert told.filled == 0


@pytest.mark.parametrize("text", ["A long sentence about all that must be said. ", "W" * 40])
def test_long_texts_are_cut_to_one_page_and_the_screen_says_so(answers, brief_of, framework, text):
    told = brief_of(long_answers(answers, text), "act")
    assert len(PdfReader(BytesIO(brief_pdf(told, framework.words))).pages) == 1
    for name in ("html", "docx", "pptx", "email"):
        assert FORMATS[name].make(told, framework.words)
    assert all(isinstance(one, str) for one in notes(told, framework.words))


def test_the_charts_are_told_in_words_in_the_web_page_and_the_pdf(sponsor, framework):
    html = FORMATS["html"].make(sponsor, framework.words).decode()
    assert html.count('role="img"') == 4  # three measures, and the freed time
    assert "last 44.5%" in html


def test_home_offers_the_page_of_the_stage_in_work(examples):
    assert stage_in_hand(examples) == "act"
