"""What a worksheet comes to, in words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import (
    Assessment,
    Choice,
    Completeness,
    Finding,
    Level,
    Question,
    RowAssessment,
    Worksheet,
)
from playbook.report.answers import groups, row_names, shown
from playbook.report.comparison import comparison
from playbook.report.steps import Promise, next_step, promises
from playbook.report.summary import headline, summarise
from playbook.worksheet.fields import question_of
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import TODAY, some, tables, worksheet

GOOD = {"what": "Clients leave", "kind": "skills", "breaks": "yes", "urgent": "yes"}
SIDES = (Choice(id="a", label="Alpha"), Choice(id="b", label="Beta"))
BAD = {"what": "A merger", "kind": "change", "breaks": "no", "urgent": "partly"}


def finding(**values):
    given = {
        "rule": "CAT-10",
        "key": "CAT-10.x",
        "level": Level.WARN,
        "heading": "A heading",
        "text": "A text.",
        "advice": "",
        "source": "PP",
        "locator": "Rec-Catalyst",
        "reading": "Our reading.",
        "ours": False,
    }
    return Finding(**{**given, **values})


def judged(*findings, **values):
    given = {
        "sheet": "catalyst",
        "verdict": Level.WARN,
        "completeness": Completeness(1, 2),
        "findings": findings,
        "numbers": {},
    }
    return Assessment(**{**given, **values})


@pytest.fixture
def tell(catalyst, framework):
    def told(assessment, worksheet=None):
        return summarise(catalyst, worksheet or Worksheet("catalyst"), assessment, framework)

    return told


@pytest.mark.parametrize("level", [Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS])
def test_the_headline_always_names_the_verdict(catalyst, framework, level):
    word = framework.words.text(f"level.{level}")
    for says in ({}, {level.value: "a plain sentence"}, {level.value: f"{word}: said already"}):
        sheet = type(catalyst)(**{**dict(catalyst), "verdict_texts": says})
        assert headline(sheet, level, framework).count(word) == 1


def test_it_is_about_the_only_the_chosen_or_the_best_candidate(tell, filled, framework):
    words = framework.words
    expected = {
        "only": tell(filled(GOOD)[1]),
        "best": tell(filled(BAD, GOOD)[1]),
        "chosen": tell(filled(GOOD, BAD, chosen="row2")[1]),
    }
    for kind, told in expected.items():
        name = BAD["what"] if kind == "chosen" else GOOD["what"]
        assert told.about == name
        assert told.about_text == words.text(f"cards.about.{kind}", name=name, count=2)


def test_a_row_without_a_name_is_called_by_its_place(catalyst, framework, filled):
    worksheet = filled({"kind": "skills"}, GOOD, work_items=[{"needed": "no"}])[0]
    names = row_names(catalyst, worksheet, framework)
    assert list(names["candidates"].values()) == ["Reason 1", GOOD["what"]]
    assert list(names["work_items"].values()) == ["Piece of work 1"]


def test_a_document_is_named_with_the_place_in_it(tell, framework):
    who = tell(judged(finding())).findings[0].who
    assert (who.source, who.reading, who.basis) == (
        framework.sources["PP"].title,
        "Our reading.",
        None,
    )
    row = framework.rows["CAT-10"]
    assert who.place == framework.sources["PP"].locators[row.locator]


def test_our_own_judgement_is_told_apart_and_says_what_it_starts_from(tell, framework):
    told = tell(judged(finding(ours=True, source="house", locator=""))).findings[0]
    assert told.ours
    assert told.who.source == framework.sources["house"].title
    assert told.who.basis.source == framework.sources["PP"].title
    assert told.who.basis.reading == framework.rows["CAT-10"].statement


def test_figures_have_names_and_unknown_ones_stay_readable(tell, framework):
    told = tell(judged(numbers={"days_left": 1234.0, "some_new_share": 0.25}))
    names = framework.words.group("cards.number")
    assert told.numbers == ((names["days_left"], "1,234"), ("some new share", "0.25"))


# --- What to do next ---


def test_what_stops_is_settled_first_then_what_is_missing_then_what_is_weak(tell):
    given = [
        finding(level=Level.WARN, advice="Strengthen it.", questions=("kind",)),
        finding(level=Level.UNKNOWN, advice="Answer it.", questions=("urgent",), row="r1"),
        finding(level=Level.FAIL, advice="Settle it.", questions=("breaks",), row="r1"),
    ]
    steps = [("Settle it.", "breaks"), ("Answer it.", "urgent"), ("Strengthen it.", "kind")]
    for text, question in steps:
        step = tell(judged(*given)).next
        assert step.text == text
        assert step.field.split("/")[::2] == ["candidates", question]
        assert (step.sheet, step.href) == ("", None)
        given.pop()


def test_the_reason_for_the_next_step_comes_first_then_what_made_the_verdict(tell):
    missing = finding(key="missing.kind", level=Level.UNKNOWN, advice="Say.", questions=("kind",))
    weak = finding(advice="Find out.", questions=("alignment",))  # asked after "kind"
    told = tell(judged(missing, weak))
    strong = finding(level=Level.WARN, advice="Ask.", questions=("urgent",))
    assert [one.level for one in told.findings] == ["unknown", "warn"]
    assert told.next.text == "Say."
    later = tell(judged(missing, weak, strong)).findings
    assert [one.level for one in later] == ["unknown", "warn", "warn"]


def test_a_reason_about_the_name_of_one_of_many_says_by_its_heading_which(framework):
    sheet = framework.sheets["metric_tree"]
    blank = assess(sheet, Worksheet(sheet.id), framework, date(2026, 11, 29))
    told = summarise(sheet, Worksheet(sheet.id), blank, framework).findings
    named = [one.question or one.heading for one in told]
    assert named[:3] == ["Financial result", "Operating metric", "Frontline measures"]
    assert len(set(named)) == len(named)


def test_what_is_about_another_sheet_leads_to_its_page(tell, framework):
    step = tell(judged(finding(advice="Open it.", sheet="champion"))).next
    assert (step.sheet, step.href) == ("champion", framework.sheets["champion"].notebook)
    assert step.field == ""


@given(st.lists(st.tuples(st.sampled_from(list(Level)), st.booleans()), max_size=12))
def test_the_next_step_is_one_that_still_has_to_be_taken(pairs):
    framework = load_framework()
    given = [finding(level=level, advice="Do it." if says else "") for level, says in pairs]
    step = next_step(framework.sheets["catalyst"], judged(*given), framework)
    left = any(says and level not in (Level.PASS, Level.INFO) for level, says in pairs)
    assert (step.text == "Do it.") == left
    assert (step.sheet == "champion") != left


def test_when_nothing_is_left_it_names_the_next_sheet_a_link_once_it_is_built(catalyst, framework):
    step = next_step(catalyst, judged(), framework)
    assert framework.titles[catalyst.next_sheet] in step.text
    assert step.href == framework.sheets[catalyst.next_sheet].notebook
    alone = replace(framework, sheets={"catalyst": catalyst})
    later = next_step(catalyst, judged(), alone)
    assert (later.href, "not built yet" in later.text) == (None, True)


def test_at_a_gate_the_decision_comes_before_the_next_stage(framework):
    gate = framework.sheets["recognise_gate"]
    undecided = next_step(gate, judged(), framework, Worksheet(gate.id))
    assert (undecided.text, undecided.field) == (framework.words.text("home.undecided"), "go_on")
    decided = next_step(gate, judged(), framework, Worksheet(gate.id, {"go_on": "go"}))
    assert (decided.sheet, decided.field) == (gate.next_sheet, "")


# --- What was promised ---


def test_a_promised_action_has_what_who_and_day_where_they_were_said(catalyst, filled):
    said = {"first_step_owner": "Ana", "first_step_date": "2027-02-03"}
    (full,) = promises(catalyst, filled(GOOD, first_step="Call", **said)[0])
    assert full == Promise("first_step", "Call", "Ana", date(2027, 2, 3), "first_step_done")
    (done,) = promises(catalyst, filled(GOOD, first_step="Call", first_step_done=["done"])[0])
    assert done.done
    (bare,) = promises(catalyst, filled(GOOD, first_step="Call")[0])
    assert (bare.who, bare.day) == ("", None)
    assert list(promises(catalyst, filled(GOOD, **said)[0])) == []  # who and when of nothing


def test_every_promise_of_the_examples_leads_to_its_field(framework):
    for sheet in framework.sheets.values():
        worksheet = read_worksheet(sheet, framework.examples[sheet.id].answers, framework.words)
        for one in promises(sheet, worksheet):
            assert question_of(sheet, one.field).kind in ("text", "long_text")


# --- Side by side ---


def test_it_takes_two_candidates_that_say_something(catalyst, framework, filled):
    for candidates in ((), (GOOD,), (GOOD, {}), ({}, {})):
        assert comparison(catalyst, *filled(*candidates), framework) == ()
    lines = comparison(catalyst, *filled(GOOD, {}, BAD), framework)
    assert [line.name for line in lines] == [GOOD["what"], BAD["what"]]


@pytest.mark.row("CAT-12")
def test_a_cell_weighs_as_the_gravest_finding_about_its_question(catalyst, framework, filled):
    worksheet, assessment = filled(GOOD, BAD)
    for line, row in zip(
        comparison(catalyst, worksheet, assessment, framework), assessment.rows, strict=True
    ):
        for cell in line.cells:
            about = [f.level for f in row.findings if cell.column in f.questions]
            gravest = next((level for level in list(Level)[:4] if level in about), None)
            given = row_answers(worksheet, row).get(cell.column)
            expected = gravest or (Level.INFO if given else Level.UNKNOWN)
            assert cell.level == expected


def row_answers(worksheet, judged_row: RowAssessment):
    return next(r.answers for r in worksheet.rows("candidates") if r.id == judged_row.row)


def test_a_question_that_is_not_asked_is_told_apart_from_one_that_is_open(
    catalyst, framework, filled
):
    table = catalyst.candidates
    other = type(table)(**{**dict(table), "compare": ("by_when", "breaks")})
    tables = tuple(other if one is table else one for one in catalyst.tables)
    sheet = type(catalyst)(**{**dict(catalyst), "tables": tables})
    lines = comparison(
        sheet, *filled({"what": "A", "urgent": "no"}, {"what": "B", "urgent": "yes"}), framework
    )
    words = framework.words
    assert [line.cells[0].answer for line in lines] == [
        words.text("chart.not_asked"),
        words.text("chart.not_answered"),
    ]
    assert [line.cells[0].level for line in lines] == ["info", "unknown"]


# --- Answers in words ---


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_written_date_can_be_read_back(day):
    months = load_framework().words.text("report.months").split()
    number, month, year = written_date(day, load_framework().words).split()
    assert date(int(year), months.index(month) + 1, int(number)) == day


def test_answers_are_told_in_the_words_that_were_chosen(catalyst, framework):
    words = framework.words
    kind = catalyst.question("kind", "candidates")
    side = catalyst.question("side_benefits", "candidates")
    labels = {choice.id: choice.label for choice in side.choices}
    assert shown(kind, "market", words) == kind.choices[0].label
    picked = tuple(labels)[:2]
    assert shown(side, picked, words) == ", ".join(labels[item] for item in picked)
    assert shown(catalyst.question("by_when", "candidates"), "2027-03-01", words) == "1 March 2027"
    assert shown(catalyst.question("chosen"), "row1", words, {"row1": "A"}) == "A"
    assert shown(kind, None, words) == ""
    assert shown(kind, "gone_since", words) == "gone_since"


@pytest.mark.parametrize(
    ("asked", "stored", "said"),
    [
        ({"kind": "number", "unit": "%"}, "12.5", "12.5%"),
        ({"kind": "number", "unit": "EUR"}, "-148000.25", "-148,000.25 EUR"),
        ({"kind": "number"}, "2027", "2027"),
        ({"kind": "number"}, "-3", "-3"),
        ({"kind": "rank", "choices": SIDES}, ("b", "a"), "1. Beta, 2. Alpha"),
        ({"kind": "scale", "choices": SIDES}, "a", "Alpha"),
        (
            {"kind": "series"},
            "2026-10-27 4\n2026-11-03 5.5",
            "2 values, the last from 3 November 2026",
        ),
        ({"kind": "series"}, "2026-11-03 5.5", "1 value, from 3 November 2026"),
    ],
)
def test_numbers_orders_and_series_are_told_in_words(framework, asked, stored, said):
    question = Question(id="q", text="What?", **asked)
    assert shown(question, stored, framework.words) == said


def test_everything_that_was_asked_is_told_once_row_by_row(catalyst, framework, example):
    worksheet, _ = example
    told = list(groups(catalyst, worksheet, framework))
    rows = [row.answers["what"] for row in worksheet.rows("candidates")]
    items = [row.answers["item"] for row in worksheet.rows("work_items")]
    assert [group.title for group in told if group.title] == [*rows, *items]
    for group in told:
        seen = [answer.question for part in group.parts for answer in part.answers]
        order = [q.text for section in catalyst.sections for q in section.questions]
        assert seen == sorted(seen, key=order.index)
        assert len(seen) == len(set(seen))
    rows_given = [row for rows in worksheet.tables.values() for row in rows]
    given = len(worksheet.answers) + sum(len(row.answers) for row in rows_given)
    assert given == sum(
        bool(answer.text) for group in told for part in group.parts for answer in part.answers
    )


@pytest.mark.parametrize("sheet", list(load_framework().sheets))
@given(data=st.data())
def test_the_first_reason_is_the_one_that_the_next_step_settles(sheet, data):
    framework = load_framework()
    asked = framework.sheets[sheet]
    filled = worksheet(asked, data.draw(some(asked)), data.draw(tables(asked)))
    told = summarise(asked, filled, assess(asked, filled, framework, TODAY), framework)
    if told.next and told.findings and told.next.text in {it.advice for it in told.findings}:
        assert told.findings[0].advice == told.next.text
        assert told.findings[0].field == told.next.field


def test_what_a_decision_lacks_is_the_next_step_at_a_gate_that_is_ready():
    framework = load_framework()
    gate = framework.sheets["recognise_gate"]
    ready = {carry.id: Level.PASS.value for carry in gate.carries if carry.must}
    decided = {"go_on": "go", "decided_by": "The CFO", "look_again": "2030-01-02"}
    steps = {}
    for lacks in (None, "look_again", "decided_by"):
        given = {name: value for name, value in decided.items() if name != lacks}
        filled = Worksheet(gate.id, given)
        judged = assess(gate, filled, framework, TODAY, ready)
        assert judged.verdict == Level.PASS
        steps[lacks] = summarise(gate, filled, judged, framework).next.field
    assert steps == {None: "people", "look_again": "look_again", "decided_by": "decided_by"}
