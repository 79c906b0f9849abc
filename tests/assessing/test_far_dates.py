"""A slip in the year is found wherever a day is asked for, and named there."""

from copy import deepcopy
from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Level
from playbook.report.steps import next_step
from playbook.worksheet.parse import read_worksheet

FRAMEWORK = load_framework()
TODAY = date(2026, 12, 14)
SHEETS = FRAMEWORK.sheets


def judged(sheet, answers, today=TODAY):
    filled = read_worksheet(SHEETS[sheet], answers, FRAMEWORK.words)
    return filled, assess(SHEETS[sheet], filled, FRAMEWORK, today)


def far(assessment):
    found = {one.key: one for one in assessment.findings}
    found |= {one.key: one for row in assessment.rows for one in row.findings}
    return {key: one for key, one in found.items() if key.startswith("far_date.")}


SEALS = {day for sheet in SHEETS.values() for it in sheet.tables for day in (it.seal, it.opened)}
"""The program's own days."""

PLACES = [
    (sheet.id, part.table, question.id)
    for sheet in SHEETS.values()
    for part in sheet.sections
    for question in part.questions
    if question.kind == "date" and question.id not in SEALS
]


@pytest.mark.parametrize("day", ["1900-01-31", "2099-12-31"])
@pytest.mark.parametrize(("sheet", "table", "question"), PLACES)
def test_every_day_that_is_asked_for_is_looked_at(sheet, table, question, day):
    """On the finished example, where that day is asked for, and its first row."""
    answers = deepcopy(dict(FRAMEWORK.examples[sheet].answers))
    asked = SHEETS[sheet].question(question, table)
    place = answers if table is None else answers.setdefault(table, [{}])[0]
    for condition in asked.ask_if:
        kind = SHEETS[sheet].question(condition.question, table).kind
        place[condition.question] = (
            list(condition.any_of[:1]) if kind == "many" else condition.any_of[0]
        )
    place[question] = day
    found = far(judged(sheet, answers)[1])
    assert set(found) == {f"far_date.{question}"}
    (one,) = found.values()
    assert (one.level, one.heading) == (Level.WARN, asked.short)
    assert day[:4] in one.text


@pytest.mark.parametrize(("year", "counts"), [(2021, 0), (2031, 0), (2020, 1), (2032, 1)])
def test_so_many_years_are_believed(year, counts):
    answers = {**FRAMEWORK.examples["create_gate"].answers, "step_date": f"{year}-06-01"}
    assert len(far(judged("create_gate", answers)[1])) == counts


@pytest.mark.parametrize("question", ["decide_by", "look_again", "step_date"])
def test_the_gate_is_not_ready_and_leads_to_the_day(question):
    answers = {**FRAMEWORK.examples["create_gate"].answers, question: "2099-01-31"}
    sheet = SHEETS["create_gate"]
    filled = read_worksheet(sheet, answers, FRAMEWORK.words)
    carried = {carry.id: Level.PASS.value for carry in sheet.carries if carry.must}
    found = assess(sheet, filled, FRAMEWORK, TODAY, carried)
    assert found.verdict == Level.WARN
    step = next_step(sheet, found, FRAMEWORK, filled)
    assert (step.field, "31 January 2099" in step.text) == (question, True)
