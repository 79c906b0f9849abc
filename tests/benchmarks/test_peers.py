"""What the peers draw: the same questions, rules, words and store as our own screen."""

from datetime import date

import pytest

from benchmarks.peers import worksheet as peers
from benchmarks.peers.worksheet import SAVED, InputError, Worksheet, first_screen, options
from playbook.framework import load_framework
from playbook.store import open_store


@pytest.fixture
def worksheet():
    return Worksheet(open_store(None))


def test_they_ask_what_our_first_screen_asks():
    asked = {question.id: question for question in first_screen()}
    core = [question.id for question in load_framework().sheets["catalyst"].core("candidates")]
    assert [name for name in asked if name in core] == core
    assert {"what", "by_when", "loss"} <= asked.keys()
    assert list(options(asked["breaks"]).values()) == ["yes", "partly", "no", "dont_know"]


def test_the_first_answer_makes_the_candidate_and_is_said_to_be_saved(worksheet):
    assert (worksheet.rows, worksheet.saved()) == ([""], "Nothing to save yet")
    row = worksheet.answer("", "breaks", "no")
    assert worksheet.rows == [row]
    assert worksheet.answered(row, "breaks") == "no"
    assert worksheet.saved() == f"{SAVED} 2"  # the row, then the answer
    assert worksheet.answer(row, "breaks", "yes") == row
    assert worksheet.saved() == f"{SAVED} 3"


def test_the_verdict_is_that_of_our_rules_in_our_words(worksheet):
    worksheet.answer("", "breaks", "no")
    framework = load_framework()
    says = framework.sheets["catalyst"].verdict_texts["fail"]
    assert worksheet.verdict().startswith(f"### {says}\n")
    word = framework.words.text("level.fail")
    assert [line["Verdict"] for line in worksheet.candidates()] == [word]


def test_questions_that_hang_on_others_are_asked_when_ours_are(worksheet):
    row = worksheet.answer("", "urgent", "no")
    assert not {"by_when", "loss"} & worksheet.asked(row)
    worksheet.answer(row, "urgent", "yes")
    assert {"by_when", "loss"} <= worksheet.asked(row)
    worksheet.answer(row, "by_when", date(2027, 3, 31))
    assert worksheet.answered(row, "by_when") == "2027-03-31"


def test_two_candidates_are_compared_in_the_chart(worksheet):
    worksheet.answer("", "breaks", "no")
    assert worksheet.chart() is None
    second = worksheet.add()
    assert worksheet.place(second) == 1
    worksheet.answer(second, "what", "Half of us retire")
    assert "Half of us retire" in str(worksheet.chart())


def test_candidates_are_listed_by_number_and_name_and_shown_as_text(worksheet):
    first = worksheet.answer("", "what", "<b>Half of us</b> retire")
    second = worksheet.add()
    names = worksheet.names()
    assert list(names.values()) == [first, second]
    assert [name[:2] for name in names] == ["1.", "2."]
    assert next(iter(names)) == "1. <b>Half of us</b> retire"
    html = worksheet.table_html()
    assert html.count("<tr>") == 3
    assert "<td>&lt;b&gt;Half of us&lt;/b&gt; retire</td>" in html


def test_a_wrong_answer_is_refused_as_on_our_own_screen(worksheet):
    with pytest.raises(InputError):
        worksheet.answer("", "breaks", "perhaps")


def test_each_visitor_has_a_worksheet_of_their_own():
    one, other = Worksheet(), Worksheet()
    one.answer("", "breaks", "no")
    assert other.saved() == "Nothing to save yet"
    peers.database().close()
    peers.database.cache_clear()
