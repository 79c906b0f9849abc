"""Candidates side by side: one line each, one cell for each question compared, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Level, Question, Row, RowAssessment, Sheet, Worksheet, worst
from playbook.report.answers import row_names, shown
from playbook.worksheet.visibility import asked_questions

_WEIGHTY = (Level.FAIL, Level.WARN, Level.UNKNOWN, Level.PASS)


@dataclass(frozen=True, slots=True)
class ComparisonCell:
    """A candidate's answer under one heading, and how the findings about it weigh it.

    `level` is "info" when no finding is about it, `word` what the level is called.
    """

    column: str
    heading: str
    answer: str
    level: str
    word: str


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """A candidate: `leads` for the one the sheet's verdict is about."""

    row: str
    name: str
    leads: bool
    chosen: bool
    level: str
    word: str
    cells: tuple[ComparisonCell, ...]


def comparison(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> tuple[ComparisonRow, ...]:
    """The candidates in the person's order; empty when there are not yet two that say anything."""
    table = sheet.candidates
    written = [row for row in assessment.rows if not row.blank]
    if table is None or len(written) < 2:  # noqa: PLR2004 - comparing takes two
        return ()
    names = row_names(sheet, worksheet, framework)[table.id]
    rows = {row.id: row for row in worksheet.rows(table.id)}
    compared = [sheet.question(question, table.id) for question in table.compare]
    return tuple(
        ComparisonRow(
            row=judged.row,
            name=names[judged.row],
            leads=judged.row == assessment.decisive,
            chosen=judged.row == assessment.chosen,
            level=judged.verdict.value,
            word=framework.words.text(f"level.{judged.verdict}"),
            cells=_cells(sheet, worksheet, rows[judged.row], judged, compared, framework),
        )
        for judged in written
    )


def _cells(
    sheet: Sheet,
    worksheet: Worksheet,
    row: Row,
    judged: RowAssessment,
    compared: list[Question],
    framework: Framework,
) -> tuple[ComparisonCell, ...]:
    table = sheet.candidates
    asked = {q.id for q in asked_questions(sheet, worksheet, table.id if table else None, row)}
    levels = _levels(judged)
    return tuple(
        _cell(question, row, question.id in asked, levels.get(question.id), framework)
        for question in compared
    )


def _cell(
    question: Question, row: Row, asked: bool, found: Level | None, framework: Framework
) -> ComparisonCell:
    words = framework.words
    given = row.answers.get(question.id) if asked else None
    answer = shown(question, given, words) if asked else words.text("chart.not_asked")
    level = found or (Level.UNKNOWN if asked and given is None else Level.INFO)
    return ComparisonCell(
        column=question.id,
        heading=question.short or question.text,
        answer=answer or words.text("chart.not_answered"),
        level=level.value,
        word=words.text(f"level.{level}"),
    )


def _levels(judged: RowAssessment) -> Mapping[str, Level]:
    """The gravest level among the findings about each question."""
    about: dict[str, list[Level]] = {}
    for finding in judged.findings:
        if finding.level in _WEIGHTY:
            for question in finding.questions:
                about.setdefault(question, []).append(finding.level)
    return {question: worst(levels) for question, levels in about.items()}
