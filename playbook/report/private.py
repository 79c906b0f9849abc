"""A worksheet as others may read it: what is private stays with those who fill it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from playbook.model import Assessment, Finding, Sheet, Value, Worksheet
from playbook.report.page import FilledWorksheet


def for_others(filled: FilledWorksheet) -> FilledWorksheet:
    """The same without private questions, their answers, and the findings that rest on them.

    The verdict stays what it is: it says nothing of what was left out but that it weighs.
    """
    sheet, hidden = filled.sheet, private_questions(filled.sheet)
    sections = (
        section.model_copy(
            update={"questions": tuple(q for q in section.questions if not q.private)}
        )
        for section in sheet.sections
    )
    return replace(
        filled,
        sheet=sheet.model_copy(update={"sections": tuple(sections)}),
        worksheet=open_answers(sheet, filled.worksheet),
        assessment=without(filled.assessment, hidden),
    )


def private_questions(sheet: Sheet) -> frozenset[str]:
    """The ids of the questions whose answers stay with those who give them."""
    return frozenset(q.id for section in sheet.sections for q in section.questions if q.private)


def open_answers(sheet: Sheet, worksheet: Worksheet) -> Worksheet:
    """The worksheet without private answers, and without tables whose rows are private."""
    tables = {
        table: tuple(replace(row, answers=_open(sheet, table, row.answers)) for row in rows)
        for table, rows in worksheet.tables.items()
        if not sheet.question(sheet.table(table).label, table).private
    }
    return replace(worksheet, answers=_open(sheet, None, worksheet.answers), tables=tables)


def _open(sheet: Sheet, table: str | None, answers: Mapping[str, Value]) -> dict[str, Value]:
    hidden = {question.id for question in sheet.questions(table) if question.private}
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
