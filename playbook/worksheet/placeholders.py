"""Texts that answer nothing: "?", "tbd", "don't know". They are kept as typed, and count as blank.

Only where a verdict waits for the answer. "Nobody" and "nothing" may be what there is to say; where
they are not, the question is `definite`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from playbook.model import Question, Row, Rows, Sheet, Value, Worksheet
from playbook.model.wording import Words

_SAYS = re.compile(r"[^\W_]|[%‰°€$£¥]")
"""A letter or a digit, of whatever script, or a sign that is a unit."""

_AROUND = " .!?…()[]-–—\"'“”"


def answers_nothing(question: Question, given: Value | None, words: Words) -> bool:
    """Whether what was typed stands where an answer is needed, and is none."""
    if not isinstance(given, str) or not _waits(question):
        return False
    plain = given.casefold().replace("’", "'").strip(_AROUND)
    open_texts = words.text("placeholder.unknown").split(", ")
    if question.definite:
        open_texts += words.text("placeholder.nothing").split(", ")
    return not _SAYS.search(plain) or plain in open_texts


def _waits(question: Question) -> bool:
    """Whether a verdict may wait for a text."""
    kinds = "text", "long_text"
    return question.kind in kinds and (not question.optional or bool(question.needed_if))


def without_placeholders(sheet: Sheet, worksheet: Worksheet, words: Words) -> Worksheet:
    """The worksheet without texts that answer nothing; itself where it has none."""
    answers = _said(sheet, None, worksheet.answers, words)
    tables = {
        table: worksheet.rows(table).once(_rows_said, sheet, table, words)
        for table in worksheet.tables
    }
    if answers == worksheet.answers and tables == worksheet.tables:
        return worksheet
    return replace(worksheet, answers=answers, tables=tables)


def _rows_said(rows: Rows[Row], sheet: Sheet, table: str, words: Words) -> Rows[Row]:
    """The rows without such texts; themselves where none has any."""
    if not any(_waits(question) for question in sheet.questions(table)):
        return rows
    said = Rows(row.once(_row_said, sheet, table, words) for row in rows)
    return rows if said == rows else said


def _row_said(row: Row, sheet: Sheet, table: str, words: Words) -> Row:
    """The row without such texts; itself where it has none."""
    said = _said(sheet, table, row.answers, words)
    return row if said == row.answers else Row(row.id, said)


def _said(
    sheet: Sheet, table: str | None, answers: Mapping[str, Value], words: Words
) -> dict[str, Value]:
    nothing = {
        question.id
        for question in sheet.questions(table)
        if answers_nothing(question, answers.get(question.id), words)
    }
    return {key: given for key, given in answers.items() if key not in nothing}
