"""A worksheet as others may read it: what is private stays with those who fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from playbook.model import Assessment, Finding, Question, Sheet, Value, Worksheet
from playbook.report.page import FilledWorksheet


def for_others(filled: FilledWorksheet) -> FilledWorksheet:
    """The same without private questions, their answers, the findings that rest on them, and what
    its person noted from cases.

    The verdict stays what it is: it says nothing of what was left out but that it weighs.
    """
    sheet, hidden = filled.sheet, private_questions(filled.sheet)
    sections = (
        section.model_copy(
            update={"questions": tuple(q for q in section.questions if not _is_private(sheet, q))}
        )
        for section in sheet.sections
    )
    return replace(
        filled,
        sheet=sheet.model_copy(update={"sections": tuple(sections)}),
        worksheet=open_answers(sheet, filled.worksheet),
        assessment=without(filled.assessment, hidden),
        notes=(),
    )


def private_questions(sheet: Sheet) -> frozenset[str]:
    """The ids of the questions whose answers stay with those who give them: those that say so, and
    those that are answered with a row that is private."""
    asked = (question for section in sheet.sections for question in section.questions)
    return frozenset(question.id for question in asked if _is_private(sheet, question))


def _is_private(sheet: Sheet, question: Question) -> bool:
    return question.private or (
        question.table is not None and _has_private_rows(sheet, question.table)
    )


def _has_private_rows(sheet: Sheet, table: str) -> bool:
    return sheet.question(sheet.table(table).label, table).private


def open_answers(sheet: Sheet, worksheet: Worksheet) -> Worksheet:
    """The worksheet without private answers, and without tables whose rows are private."""
    tables = {
        table: tuple(replace(row, answers=_open(sheet, table, row.answers)) for row in rows)
        for table, rows in worksheet.tables.items()
        if not _has_private_rows(sheet, table)
    }
    return replace(worksheet, answers=_open(sheet, None, worksheet.answers), tables=tables)


def _open(sheet: Sheet, table: str | None, answers: Mapping[str, Value]) -> dict[str, Value]:
    hidden = {question.id for question in sheet.questions(table) if _is_private(sheet, question)}
    return {question: value for question, value in answers.items() if question not in hidden}


def without(assessment: Assessment, hidden: frozenset[str]) -> Assessment:
    """The assessment without the findings that rest on one of the `hidden` questions."""

    def told(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        return tuple(found for found in findings if not hidden & set(found.questions))

    return replace(
        assessment,
        findings=told(assessment.findings),
        rows=tuple(replace(row, findings=told(row.findings)) for row in assessment.rows),
    )
