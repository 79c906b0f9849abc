"""What holds of every sheet that is built: a new one is tested as soon as its files are there."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.framework.framework import EXAMPLE
from playbook.model import VERDICTS, Level, Sheet, Worksheet
from playbook.report.steps import next_step
from playbook.rules import rules_for
from playbook.worksheet.parse import read_worksheet
from tests.rules.anything import ODD, TODAY, carried, some, tables, worksheet
from tests.rules.strangers_path import strangers_path
from widgets.app import VIEWS
from widgets.charts import CHARTS

FRAMEWORK = load_framework()
ROOT = Path(__file__).parents[2]
LONGEST_HEADING = 36
HIDES_A_GRAVER_ONE = {
    "APP-18.anyway": "whoever says why they go on has seen what stops them",
    "MET-03.no_financial": "a tree that nobody has finished is not said to lack a second measure",
    "MET-03.no_operating": "a tree that nobody has finished is not said to lack a second measure",
}

pytestmark = pytest.mark.parametrize(
    "sheet", list(FRAMEWORK.sheets.values()), ids=lambda sheet: sheet.id
)


def test_every_question_says_why_names_its_rows_and_gives_an_example(sheet: Sheet) -> None:
    for section in sheet.sections:
        for question in section.questions:
            named = (question.short, question.why, question.example, question.rows)
            assert all(named), question.id


def test_short_names_are_told_apart(sheet: Sheet) -> None:
    for table in (None, *(table.id for table in sheet.tables)):
        shorts = [question.short for question in sheet.questions(table)]
        assert sorted(shorts) == sorted(set(shorts))


def test_every_verdict_has_its_words(sheet: Sheet) -> None:
    assert set(sheet.verdict_texts) == set(VERDICTS)


def test_whatever_holds_somebody_up_says_what_to_do_next(sheet: Sheet) -> None:
    assert sheet.messages
    for key, message in sheet.messages.items():
        assert message.advice or message.level in ("pass", "info"), key
        assert len(message.heading) <= LONGEST_HEADING, key


def test_no_message_hides_a_graver_one(sheet: Sheet) -> None:
    weight = {level: place for place, level in enumerate((*VERDICTS, Level.INFO))}
    hiding = {
        key
        for key, message in sheet.messages.items()
        for hidden in message.subsumes
        if weight[sheet.messages[hidden].level] < weight[message.level]
    }
    assert hiding <= HIDES_A_GRAVER_ONE.keys()


def test_rules_weigh_rows_only_where_rows_are_compared(sheet: Sheet) -> None:
    """Elsewhere a rule needs scope="sheet": there are no candidates, and it would never run."""
    assert rules_for(sheet.id)
    weighing = [rule.where for rule in rules_for(sheet.id) if rule.scope == "row"]
    assert sheet.candidates or weighing == []


def test_what_it_carries_is_asked_there_and_what_it_shows_has_a_place(sheet: Sheet) -> None:
    for carry in sheet.carries:
        assert carry.quiet or carry.columns or "{value}" in carry.text, carry.id
        if carry.question and carry.sheet in FRAMEWORK.sheets:
            assert FRAMEWORK.sheets[carry.sheet].carried_question(carry.question)


def test_its_pictures_are_there(sheet: Sheet) -> None:
    views = {section.view for section in sheet.sections if section.view}
    assert views <= VIEWS.keys()
    within = {one for one, view in DRAWN_WITHIN.items() if view in views}
    assert sheet.charts.keys() <= CHARTS.keys() | views | within


def test_its_notebook_opens_it_and_its_example_and_situations_are_there(sheet: Sheet) -> None:
    notebook = nbformat.read(ROOT / "notebooks" / sheet.notebook, as_version=4)
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert f'worksheet_app("{sheet.id}")' in code
    assert notebook.metadata.title == sheet.title
    assert sheet.id in FRAMEWORK.examples
    situations = ROOT / "tests" / "situations"
    gates = {stage.gate: f"stories/{stage.id}/gate" for stage in FRAMEWORK.stages}
    assert (situations / f"{gates.get(sheet.id, sheet.id)}.toml").exists()


def test_what_changed_is_told_and_old_answers_find_their_question(sheet: Sheet) -> None:
    asked = {question.id for section in sheet.sections for question in section.questions}
    assert {change.version for change in sheet.changes} == set(range(2, sheet.version + 1))
    old = {migration.question for migration in sheet.migrations}
    assert old.isdisjoint(asked), "an old id never gets a new meaning"
    for migration in sheet.migrations:
        assert 1 < migration.version <= sheet.version, migration.question
        assert migration.to is None or migration.to in asked | old, migration.question


# --------------------------------------------------------------------------- whatever is answered


def test_of_a_sheet_that_nobody_has_answered_nothing_is_said_for_or_against(sheet: Sheet) -> None:
    assert assess(sheet, Worksheet(sheet.id), FRAMEWORK, TODAY).verdict == "unknown"


@given(data=st.data())
def test_every_sentence_is_filled_in_and_no_answer_bends_it(sheet: Sheet, data: Any) -> None:
    filled = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    found = assess(sheet, filled, FRAMEWORK, TODAY, data.draw(carried(sheet)))
    known = {question.id for section in sheet.sections for question in section.questions}
    for finding in (*found.findings, *(one for row in found.rows for one in row.findings)):
        assert "{" not in (finding.text + finding.advice).replace(ODD, "")
        assert set(finding.questions) <= known
    assert set(found.numbers) <= {name for rule in rules_for(sheet.id) for name in rule.numbers}


@given(data=st.data())
def test_the_order_of_answers_does_not_matter(sheet: Sheet, data: Any) -> None:
    answers, rows = data.draw(some(sheet)), data.draw(tables(sheet))
    turned = {
        table: [dict(reversed(row.items())) for row in given] for table, given in rows.items()
    }
    before = assess(sheet, worksheet(sheet, answers, rows), FRAMEWORK, TODAY)
    other = worksheet(sheet, dict(reversed(answers.items())), turned)
    assert assess(sheet, other, FRAMEWORK, TODAY) == before


@given(data=st.data())
def test_the_order_of_rows_does_not_matter_where_none_is_compared(sheet: Sheet, data: Any) -> None:
    if sheet.candidates:
        return
    given = worksheet(sheet, data.draw(some(sheet)), data.draw(tables(sheet)))
    single = {table.id for table in sheet.tables if table.max_rows == 1}
    before = assess(sheet, given, FRAMEWORK, TODAY)
    for step in (-1, 2):  # the other way round; every second one first
        mixed = {
            table: rows if table in single else (*rows[::step], *(rows[1::2] if step > 0 else ()))
            for table, rows in given.tables.items()
        }
        after = assess(sheet, replace(given, tables=mixed), FRAMEWORK, TODAY)
        assert after.verdict == before.verdict
        assert {one.key for one in after.findings} == {one.key for one in before.findings}
        assert after.numbers == before.numbers


def test_the_example_is_ready_on_the_day_of_its_story(sheet: Sheet) -> None:
    """Whenever somebody opens it: tests/assessing/test_workbook.py."""
    if sheet.id not in {stage.gate for stage in FRAMEWORK.stages}:  # a gate needs its sheets
        example = FRAMEWORK.examples[sheet.id]
        filled = read_worksheet(sheet, example.answers, FRAMEWORK.words)
        assert assess(sheet, filled, FRAMEWORK, example.today).verdict == Level.PASS
    assert FRAMEWORK.examples[sheet.id].note.startswith("Example")


DRAWN_WITHIN = {"map_matrix": "system_map"}
"""A picture that another one's view draws."""

LED_TO = {("focus", "counted"): "figures"}
"""A list further down that an answer leads to before the form goes on."""


def test_the_next_step_follows_the_form(sheet: Sheet) -> None:
    """Whoever answers one question after the other, as the example does, is led to the next one.

    A gate's first step is on another sheet, and a tree is asked for link by link.
    """
    if sheet.id in {"metric_tree", *(stage.gate for stage in FRAMEWORK.stages)}:
        return
    example = FRAMEWORK.examples[sheet.id].answers
    first_screen = [part for part in sheet.sections if not part.deeper]
    asked = [(one, part.table) for part in first_screen for one in part.questions]
    for place, (question, table) in enumerate(asked):
        if question.optional or question.ask_if:
            continue
        before = asked[:place]
        answered: dict[str, Any] = {
            one.id: example[one.id] for one, rows in before if rows is None and one.id in example
        }
        for rows in {rows for _, rows in before if rows}:
            known = {"id", *(one.id for one, here in before if here == rows)}
            answered[rows] = [
                {key: given for key, given in row.items() if key in known} for row in example[rows]
            ]
        answered |= {
            rows: example[rows] for one, _ in before if (rows := LED_TO.get((sheet.id, one.id)))
        }
        so_far = read_worksheet(sheet, answered, FRAMEWORK.words)
        found = assess(sheet, so_far, FRAMEWORK, FRAMEWORK.examples[sheet.id].today)
        step = next_step(sheet, found, FRAMEWORK, so_far)
        assert step is not None
        assert step.field.rpartition("/")[2] == question.id, (table, step)


@pytest.mark.parametrize("story", [EXAMPLE, *FRAMEWORK.stories])
def test_the_minutes_it_says_are_enough_for_every_story(sheet: Sheet, story: str) -> None:
    if example := FRAMEWORK.story(story).get(sheet.id):
        assert strangers_path(sheet, example.answers).minutes <= sheet.minutes
