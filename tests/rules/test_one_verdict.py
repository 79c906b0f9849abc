"""One verdict a sheet: what is blank is never better than "don't know", and what makes an answer
stronger never holds it up; a gate is never kinder than its sheets."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.assessing.workbook import GivenWorkbook
from playbook.framework import load_framework
from playbook.model import VERDICTS, Assessment, Level, Question, Row, Sheet, Value, Worksheet
from playbook.worksheet.kinds import choice_ids
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.visibility import asked_questions
from tests.depth import examples
from tests.rules.anything import TODAY, some, tables, worksheet

FRAMEWORK = load_framework()
MOST_CORE_QUESTIONS = 6
DONT_KNOW = "dont_know"
a_few = settings(deadline=None, max_examples=examples(12))  # each judges a sheet many times
GATES = {stage.gate: stage for stage in FRAMEWORK.stages if stage.gate in FRAMEWORK.sheets}

every_sheet = pytest.mark.parametrize(
    "sheet", list(FRAMEWORK.sheets.values()), ids=lambda sheet: sheet.id
)


def grave(assessment: Assessment) -> int:
    """The graver the verdict, the smaller."""
    return VERDICTS.index(assessment.verdict)


def judged(filled: Worksheet) -> Assessment:
    sheet = FRAMEWORK.sheets[filled.sheet]
    example = FRAMEWORK.examples.get(sheet.id)
    return assess(sheet, filled, FRAMEWORK, example.today if example else TODAY)


def example_of(sheet: Sheet) -> Worksheet:
    return read_worksheet(sheet, FRAMEWORK.examples[sheet.id].answers, FRAMEWORK.words)


Place = tuple[str | None, str, str]
"""Table, row and question."""


def answered(filled: Worksheet, place: Place, value: Value | None) -> Worksheet:
    """The worksheet with one answer set or taken away."""
    table, row_id, question = place

    def changed(answers: Any) -> dict[str, Value]:
        rest = {key: given for key, given in answers.items() if key != question}
        return rest if value is None else {**rest, question: value}

    if table is None:
        return replace(filled, answers=changed(filled.answers))
    rows = tuple(
        Row(row.id, changed(row.answers)) if row.id == row_id else row for row in filled.rows(table)
    )
    return replace(filled, tables={**filled.tables, table: rows})


def places(sheet: Sheet, filled: Worksheet) -> Iterator[tuple[Place, Question]]:
    """Every place where a question of the sheet stands in this worksheet."""
    for section in sheet.sections:
        for question in section.questions:
            rows = [Row("")] if section.table is None else filled.rows(section.table)
            for row in rows:
                yield (section.table, row.id, question.id), question


def unknown_answer(question: Question) -> Value | None:
    """How one says "don't know" to it; None where that can't be said."""
    if DONT_KNOW not in choice_ids(question):
        return None
    return (DONT_KNOW,) if question.kind == "many" else DONT_KNOW


# --------------------------------------------------------------------------- six questions


@every_sheet
def test_at_most_six_core_questions_lead_to_a_verdict(sheet: Sheet) -> None:
    tables_of_the_first_screen = {s.table for s in sheet.sections if not s.deeper}
    core = [q.id for table in tables_of_the_first_screen for q in sheet.core(table)]
    assert len(core) <= MOST_CORE_QUESTIONS, core


@every_sheet
def test_what_makes_an_answer_stronger_is_optional(sheet: Sheet) -> None:
    deeper = [q for section in sheet.sections if section.deeper for q in section.questions]
    assert [question.id for question in deeper if not question.optional] == []


@every_sheet
def test_what_is_missing_has_a_next_step_of_its_own(sheet: Sheet) -> None:
    first = [q for s in sheet.sections if not s.deeper for q in s.questions if not q.optional]
    assert [question.id for question in first if not question.ask] == []


@every_sheet
@a_few
@given(data=st.data())
def test_the_count_of_questions_never_grows(sheet: Sheet, data: Any) -> None:
    filled = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    assert judged(filled).completeness.asked == judged(Worksheet(sheet.id)).completeness.asked


# --------------------------------------------------------------------------- blank, don't know


def with_a_row(sheet: Sheet, filled: Worksheet) -> Worksheet:
    """The worksheet with a row in every table, a blank one where there is none."""
    rows = {table.id: filled.rows(table.id) or (Row("r1"),) for table in sheet.tables}
    return replace(filled, tables=rows)


def opened(sheet: Sheet, filled: Worksheet, place: Place, question: Question) -> Worksheet:
    """The worksheet with whatever has to be answered so that the question is asked."""
    table, row_id, _ = place
    for condition in question.ask_if:
        opener = next(
            (one, where)
            for where in (table, None)
            for one in sheet.questions(where)
            if one.id == condition.question
        )
        at = (opener[1], row_id, condition.question)
        value = condition.any_of[0]
        filled = opened(sheet, filled, at, opener[0])
        filled = answered(filled, at, (value,) if opener[0].kind == "many" else value)
    return filled


@every_sheet
def test_blank_is_never_better_than_dont_know(sheet: Sheet) -> None:
    """On every question of the sheet that can be answered so, in every row, asked as it stands and
    with its openers answered: in the example and in a sheet that is hardly begun."""
    reached = set()
    for filled in (with_a_row(sheet, one) for one in (example_of(sheet), Worksheet(sheet.id))):
        for place, question in places(sheet, filled):
            said = unknown_answer(question)
            for base in (filled, opened(sheet, filled, place, question)) if said else ():
                blank, unknown = (judged(answered(base, place, it)) for it in (None, said))
                assert grave(blank) <= grave(unknown), place
                table, row_id, name = place
                row = (
                    next((one for one in base.rows(table) if one.id == row_id), None)
                    if table
                    else None
                )
                asked = {one.id for one in asked_questions(sheet, base, table, row)}
                reached |= {(table, name)} & {(table, one) for one in asked}
    every = {
        (section.table, question.id)
        for section in sheet.sections
        for question in section.questions
        if unknown_answer(question)
    }
    assert reached == every


@every_sheet
@a_few
@given(data=st.data())
def test_blank_is_never_better_than_dont_know_whatever_else_is_answered(
    sheet: Sheet, data: Any
) -> None:
    filled = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    told = [(place, said) for place, q in places(sheet, filled) if (said := unknown_answer(q))]
    for place, said in told:
        blank, unknown = (judged(answered(filled, place, it)) for it in (None, said))
        assert grave(blank) <= grave(unknown), place


@pytest.mark.parametrize("opener", [{}, {"rationale": "dont_know"}, {"kind": "automation"}])
def test_what_stops_counts_while_nobody_knows_what_opened_it(opener: dict[str, Value]) -> None:
    """Through every follow-up between; and no more once somebody says that it does not apply."""
    row = {"what": "Robots", "no_cuts": "no", **opener}
    sheet = FRAMEWORK.sheets["catalyst"]
    assert judged(worksheet(sheet, {}, {"candidates": [row]})).verdict == Level.FAIL
    applies_not = {**row, "kind": "automation", "rationale": "growth"}
    assert judged(worksheet(sheet, {}, {"candidates": [applies_not]})).verdict == Level.UNKNOWN


@every_sheet
def test_a_core_question_without_an_answer_is_missing(sheet: Sheet) -> None:
    """In the example, which is ready; the person's own word for the row included."""
    if sheet.id in GATES:
        return  # a gate asks for a decision, and is as far as its sheets without one
    filled = example_of(sheet)
    decisive = judged(filled).decisive
    for section in sheet.sections:
        candidates = sheet.candidates.id if sheet.candidates else ""
        if section.deeper or section.table not in (None, candidates):
            continue
        for question in section.questions:
            place = (section.table, decisive or "", question.id)
            if not question.optional and not question.ask_if:
                assert judged(answered(filled, place, None)).verdict != Level.PASS, question.id


# --------------------------------------------------------------------------- make it stronger


@every_sheet
@a_few
@given(data=st.data())
def test_what_makes_an_answer_stronger_never_stops_and_is_never_missing(
    sheet: Sheet, data: Any
) -> None:
    deeper = {q.id for section in sheet.sections if section.deeper for q in section.questions}
    filled = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    found = judged(filled)
    for finding in (*found.findings, *(one for row in found.rows for one in row.findings)):
        if finding.questions and set(finding.questions) <= deeper:
            assert finding.level not in (Level.FAIL, Level.UNKNOWN), finding.key


# --------------------------------------------------------------------------- gates


@pytest.mark.parametrize("gate", list(GATES))
@a_few
@given(data=st.data())
def test_a_gate_is_as_far_as_the_sheet_that_is_least_far(gate: str, data: Any) -> None:
    """But for what the gate's own rules add; and it has each sheet's own word."""
    ids = [tile.id for tile in GATES[gate].tiles if tile.id in FRAMEWORK.sheets]
    given_in = {
        name: worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
        for name in ids
        if data.draw(st.booleans())
        for sheet in [FRAMEWORK.sheets[name]]
    }
    workbook = GivenWorkbook(FRAMEWORK, TODAY, given_in)
    told = {name: workbook.assess(FRAMEWORK.sheets[name]).verdict for name in ids}
    found = workbook.assess(FRAMEWORK.sheets[gate])
    assert grave(found) <= min((VERDICTS.index(it) for it in told.values()), default=len(VERDICTS))
    states = {finding.sheet: finding.level for finding in found.findings if finding.sheet}
    assert states.keys() == set(ids)
    for name, state in states.items():
        assert state == told[name], name


@pytest.mark.parametrize("gate", list(GATES))
def test_the_one_example_story_is_ready_at_the_gate(gate: str) -> None:
    workbook = GivenWorkbook(FRAMEWORK, TODAY, {}).examples
    ids = [tile.id for tile in GATES[gate].tiles if tile.id in FRAMEWORK.sheets]
    verdicts = {name: workbook.assess(FRAMEWORK.sheets[name]).verdict for name in (*ids, gate)}
    assert verdicts == dict.fromkeys((*ids, gate), Level.PASS)


WEIGHED = {
    ("act_gate", "stop"): {"SCA-13", "APP-07"},
    ("act_gate", "scale"): {
        *("SCA-04", "SCA-05", "SCA-07", "SCA-11"),
        *("WS-043", "WS-071", "GAP-20"),
    },
}
"""Decisions that need grounds, and the rules that say which are missing: of these alone a decision
may be graver than none. To continue needs none."""


@pytest.mark.parametrize("gate", list(GATES))
@a_few
@given(data=st.data())
def test_a_decision_written_down_is_never_worse_than_none(gate: str, data: Any) -> None:
    """Whatever is written, with or without name, reason and day, and however far the sheets are."""
    sheet = FRAMEWORK.sheets[gate]
    decide = [q for section in sheet.sections if section.id == "decide" for q in section.questions]
    assert {"go_on", "unsettled", "because", "decided_by", "look_again"} <= {q.id for q in decide}
    drawn, rows = data.draw(some(sheet)), data.draw(tables(sheet))
    carried = {
        one.id: data.draw(st.sampled_from(VERDICTS)).value for one in sheet.carries if one.must
    }
    said = {q.id: drawn[q.id] for q in decide if q.id in drawn}
    decision = data.draw(st.sampled_from([it.id for it in sheet.question("go_on").choices]))
    said |= {"go_on": decision}
    rest = {name: value for name, value in drawn.items() if name not in said}
    blank, written = (
        assess(sheet, worksheet(sheet, answers, rows), FRAMEWORK, TODAY, carried)
        for answers in (rest, rest | said)
    )
    weighed = WEIGHED.get((gate, decision), set())
    grounds = [
        VERDICTS.index(it.level)
        for it in written.findings
        if it.rule in weighed and it.level in VERDICTS
    ]
    assert grave(written) == min([grave(blank), *grounds])
