"""Answers as a person reads them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from playbook.asked import asked_questions
from playbook.framework import Framework
from playbook.model import Question, Row, Section, Sheet, Value, Worksheet
from playbook.values import choice_labels
from playbook.words import Words


@dataclass(frozen=True, slots=True)
class Answered:
    """A question that was asked, and the answer in words; empty when there is none."""

    question: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A section as answered: once (`row` empty), or for one row of a table, named by `row`."""

    title: str
    row: str
    answers: tuple[Answered, ...]


def parts(
    sheet: Sheet, worksheet: Worksheet, framework: Framework, names: Mapping[str, str]
) -> Iterator[Part]:
    """Everything that was asked, in the sheet's order. `names` has what to call each row by id.

    A section of a table comes once for each row; one where nothing is asked is left out.
    """
    for section in sheet.sections:
        rows: tuple[Row | None, ...] = worksheet.rows(section.table) if section.table else (None,)
        for row in rows:
            answers = _answers(section, sheet, worksheet, row, framework.words, names)
            if answers:
                name = names.get(row.id, row.id) if row else ""
                yield Part(section.title, name, answers)


def _answers(
    section: Section,
    sheet: Sheet,
    worksheet: Worksheet,
    row: Row | None,
    words: Words,
    names: Mapping[str, str],
) -> tuple[Answered, ...]:
    given = row.answers if row else worksheet.answers
    here = {question.id for question in section.questions}
    return tuple(
        Answered(question.text, shown(question, given.get(question.id), words, names))
        for question in asked_questions(sheet, worksheet, section.table, row)
        if question.id in here
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
    if question.kind == "date" and isinstance(value, str):
        return written_date(date.fromisoformat(value), words)
    labels = {**choice_labels(question, words), **(names or {})}
    items = (value,) if isinstance(value, str) else value
    return ", ".join(labels.get(item, item) for item in items)


def written_date(day: date, words: Words) -> str:
    """A date with its month in letters, which no country reads the other way round."""
    month = words.say("report.months").split()[day.month - 1]
    return words.say("report.date", day=day.day, month=month, year=day.year)
