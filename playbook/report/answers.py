"""Answers as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Question, Row, Section, Sheet, Table, Value, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.kinds import kind_of
from playbook.worksheet.visibility import asked_questions, is_needed


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """A question that was asked, and the answer in words; empty when there is none."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class AnsweredSection:
    """A section's questions as answered."""

    title: str
    answers: tuple[AnsweredQuestion, ...]


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    """What belongs together: a section that is asked once, or all that is asked about one row.

    `title` is empty for the former, else the row's name.
    """

    title: str
    parts: tuple[AnsweredSection, ...]


Names = Mapping[str, Mapping[str, str]]
"""What to call the rows: table id -> row id -> name."""


def row_names(sheet: Sheet, worksheet: Worksheet, framework: Framework) -> Names:
    """Each row by its label, else by its place ("Candidate 2")."""
    return {
        table.id: {
            row.id: str(row.answers.get(table.label, "")) or _unnamed(table, place, framework)
            for place, row in enumerate(worksheet.rows(table.id), 1)
        }
        for table in sheet.tables
    }


def _unnamed(table: Table, place: int, framework: Framework) -> str:
    return framework.words.text("cards.unnamed", name=capital(table.row_name), place=place)


def capital(text: str) -> str:
    """`text` as a sentence begins."""
    return text[:1].upper() + text[1:]


def groups(sheet: Sheet, worksheet: Worksheet, framework: Framework) -> Iterator[AnswerGroup]:
    """Everything that was asked, in the sheet's order, each row of a table told in one go.

    A table comes where its first section stands. What was not asked is left out, and what nobody
    has to answer and nobody did.
    """
    names = row_names(sheet, worksheet, framework)
    told = set()
    for section in sheet.sections:
        if section.table is None:
            yield AnswerGroup("", _parts(sheet, worksheet, (section,), None, framework, names))
        elif section.table not in told:
            told.add(section.table)
            mine = tuple(one for one in sheet.sections if one.table == section.table)
            for row in worksheet.rows(section.table):
                parts = _parts(sheet, worksheet, mine, row, framework, names)
                yield AnswerGroup(names[section.table][row.id], parts)


def _parts(
    sheet: Sheet,
    worksheet: Worksheet,
    sections: Iterable[Section],
    row: Row | None,
    framework: Framework,
    names: Names,
) -> tuple[AnsweredSection, ...]:
    parts = (
        AnsweredSection(
            section.title, _answers(section, sheet, worksheet, row, framework.words, names)
        )
        for section in sections
    )
    return tuple(part for part in parts if part.answers)


def _answers(
    section: Section,
    sheet: Sheet,
    worksheet: Worksheet,
    row: Row | None,
    words: Words,
    names: Names,
) -> tuple[AnsweredQuestion, ...]:
    given = row.answers if row else worksheet.answers
    here = {question.id for question in section.questions}
    return tuple(
        AnsweredQuestion(
            question.text,
            shown(question, given.get(question.id), words, names.get(question.table or "")),
        )
        for question in asked_questions(sheet, worksheet, section.table, row)
        if question.id in here and (question.id in given or is_needed(question, given))
    )


def shown(
    question: Question,
    value: Value | None,
    words: Words,
    names: Mapping[str, str] | None = None,
) -> str:
    """An answer in words: labels for choices, a written-out date, a row's name from `names`."""
    if value is None:
        return ""
    return kind_of(question).in_words(question, value, words, names or {})
