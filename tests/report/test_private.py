"""What is private leaves no trace in what others read, and nothing else is left out."""

from dataclasses import replace
from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.cohort.vote_moves import askable
from playbook.framework import load_framework
from playbook.report import FilledWorksheet, document_html
from playbook.report.private import for_others, private_questions
from playbook.worksheet.parse import read_worksheet

TODAY = date(2030, 1, 7)
FRAMEWORK = load_framework()
PRIVATE = [sheet for sheet in FRAMEWORK.sheets.values() if private_questions(sheet) - {"data_file"}]
"""An example names no file on anybody's computer."""


def filled_example(sheet):
    answers = FRAMEWORK.examples[sheet.id].answers
    worksheet = read_worksheet(sheet, answers, FRAMEWORK.words)
    return FilledWorksheet(sheet, worksheet, assess(sheet, worksheet, FRAMEWORK, TODAY), "Mine", "")


def texts(worksheet, questions):
    rows = [row.answers for table in worksheet.tables.values() for row in table]
    told = [
        answers.get(question) for answers in (worksheet.answers, *rows) for question in questions
    ]
    return [text for text in told if isinstance(text, str)]


def page_of(filled):
    return document_html([filled], FRAMEWORK, "Title", TODAY)


def test_there_is_something_private():
    assert "champion" in {sheet.id for sheet in PRIVATE}


@pytest.mark.parametrize("sheet", PRIVATE, ids=lambda sheet: sheet.id)
def test_others_read_none_of_it_and_all_the_rest(sheet):
    filled, hidden = filled_example(sheet), private_questions(sheet)
    written = {q.id for s in sheet.sections for q in s.questions if q.kind.endswith("text")}
    public = written - hidden  # a seed is private until the lot is drawn, and then told
    secrets = set(texts(filled.worksheet, hidden & written)) - set(texts(filled.worksheet, public))
    assert secrets, "the example has to say something private"
    own, told = page_of(filled), page_of(for_others(filled))
    assert all(secret in own for secret in secrets)
    assert not any(secret in told for secret in secrets)
    asked = {q.id for section in sheet.sections for q in section.questions} - hidden
    kept = for_others(filled)
    gone = {table.id for table in sheet.tables if sheet.question(table.label, table.id).private}
    rest = {table: rows for table, rows in filled.worksheet.tables.items() if table not in gone}
    assert gone.isdisjoint(kept.worksheet.tables), "whoever is private has no row that others read"
    assert texts(kept.worksheet, asked) == texts(replace(filled.worksheet, tables=rest), asked)
    assert kept.assessment.verdict == filled.assessment.verdict


@pytest.mark.parametrize("sheet", PRIVATE, ids=lambda sheet: sheet.id)
def test_nobody_votes_on_it(sheet):
    asked = {line["question"].rpartition("/")[2] for line in askable(sheet)}
    assert asked.isdisjoint(private_questions(sheet))


def test_a_sheet_without_anything_private_is_shown_whole():
    filled = filled_example(FRAMEWORK.sheets["catalyst"])
    assert page_of(for_others(filled)) == page_of(filled)
