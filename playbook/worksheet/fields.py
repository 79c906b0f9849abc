"""Between the fields that a store keeps and the worksheet that rules read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from playbook.model import InputError, Question, Row, Sheet, Value, Worksheet
from playbook.model.storage import FieldState, Stored
from playbook.model.wording import Words
from playbook.worksheet.parse import parse

EXAMPLE = "_example"
"""A field of the program's own: set when the sheet was filled with the example."""

EXAMPLE_WORKSHEET = "example"
"""What an address says instead of a worksheet's id to open the filled example."""


class Address(NamedTuple):
    """A field's name, taken apart: question, or table and row, or all three."""

    table: str | None
    row: str | None
    question: str | None


def address(field: str) -> Address:
    """Take a field's name apart; InputError for a name of no known form."""
    match field.split("/"):
        case [question]:
            return Address(None, None, question)
        case [table, row]:
            return Address(table, row, None)
        case [table, row, question]:
            return Address(table, row, question)
    raise InputError(f"A field is a question, table/row or table/row/question; not {field!r}.")


def question_of(sheet: Sheet, field: str) -> Question:
    """The question that a field answers; InputError when the sheet asks no such thing."""
    table, row, question = address(field)
    if question is not None and (table is None) == (row is None):
        for asked in sheet.questions(table):
            if asked.id == question:
                return asked
    raise InputError(f"The sheet {sheet.id} has no field {field!r}.", field)


def check_field(sheet: Sheet, field: str) -> None:
    """InputError unless the field answers a question of the sheet, or is a row of its tables."""
    table, row, question = address(field)
    is_row = row is not None and question is None
    if not is_row or table not in {one.id for one in sheet.tables}:
        question_of(sheet, field)


def is_example(fields: Mapping[str, FieldState]) -> bool:
    """Whether the fields were filled with the example, and not all is undone since."""
    mark = fields.get(EXAMPLE)
    return mark is not None and mark.value is not None


def row_order(fields: Mapping[str, FieldState], table: str) -> list[str]:
    """The rows of a table that are there, in the person's order."""
    return list(row_places(fields, table))


def row_places(fields: Mapping[str, FieldState], table: str) -> dict[str, float]:
    """The same, each with the number that says where it stands."""
    places = {}
    for field, state in fields.items():
        at = address(field)
        if at.table == table and at.row and at.question is None and isinstance(state.value, float):
            places[at.row] = state.value
    return dict(sorted(places.items(), key=lambda item: (item[1], item[0])))


def worksheet_of(
    sheet: Sheet, fields: Mapping[str, FieldState], words: Words, version: int | None = None
) -> Worksheet:
    """The worksheet that the fields stand for.

    What this version of the sheet can't read (a retired question, a choice that is gone) and what
    names a row that was removed is left out here and stays in the store; a renamed question finds
    its old answer.
    """
    rows = {table.id: row_order(fields, table.id) for table in sheet.tables}
    told = partial(_answers, sheet, fields, words, rows)
    tables = {
        table: tuple(Row(row, told(f"{table}/{row}/", table)) for row in there)
        for table, there in rows.items()
    }
    return Worksheet(sheet.id, told("", None), tables, version)


def _answers(
    sheet: Sheet,
    fields: Mapping[str, FieldState],
    words: Words,
    rows: Mapping[str, list[str]],
    start: str,
    table: str | None,
) -> dict[str, Value]:
    renamed = sheet.renamed
    answers = {}
    for question in sheet.questions(table):
        names = (question.id, *(old for old, now in renamed.items() if now == question.id))
        state = next((fields[start + name] for name in names if start + name in fields), None)
        value = None if state is None else _readable(question, state.value, words)
        if value is not None and (not question.table or value in rows[question.table]):
            answers[question.id] = value
    return answers


def _readable(question: Question, value: Stored, words: Words) -> Value | None:
    try:
        return parse(question, value, words)
    except InputError:
        return None
