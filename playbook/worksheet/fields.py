"""Between the fields that a store keeps and the worksheet that rules read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from playbook.model import InputError, Question, Row, Rows, Sheet, Value, Worksheet
from playbook.model.storage import FieldState, Stored
from playbook.model.wording import Words
from playbook.worksheet.parse import parse

EXAMPLE = "_example"
"""A field of the program's own: set when the sheet was filled with an example, to its story's name;
"yes" is the first one's."""

EXAMPLE_WORKSHEET = "example"
"""The first story's name, and what an address says instead of a worksheet's id to open its filled
example; it says any other story's name as well."""


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
    """Whether the fields were filled with an example, and not all is undone since."""
    return bool(story_of(fields))


def story_of(fields: Mapping[str, FieldState]) -> str:
    """The story that the fields were filled with; empty for one's own answers."""
    mark = fields.get(EXAMPLE)
    told = str(mark.value) if mark is not None and mark.value is not None else ""
    return EXAMPLE_WORKSHEET if told == "yes" else told


def row_order(fields: Mapping[str, FieldState], table: str) -> list[str]:
    """The rows of a table that are there, in the person's order."""
    return list(row_places(fields, table))


def row_places(fields: Mapping[str, FieldState], table: str) -> dict[str, float]:
    """The same, each with the number that says where it stands."""
    start = f"{table}/"
    places = {
        field[len(start) :]: state.value
        for field, state in fields.items()
        if isinstance(state.value, float) and field.startswith(start) and field.count("/") == 1
    }
    return dict(sorted(places.items(), key=lambda item: (item[1], item[0])))


def row_orders(fields: Mapping[str, FieldState]) -> dict[str, list[str]]:
    """The same for every table that has rows, in one go."""
    places: dict[str, list[tuple[float, str]]] = {}
    for field, state in fields.items():
        if type(state.value) is float and field.count("/") == 1:
            table, _, row = field.partition("/")
            places.setdefault(table, []).append((state.value, row))
    return {table: [row for _, row in sorted(found)] for table, found in places.items()}


def worksheet_of(
    sheet: Sheet, fields: Mapping[str, FieldState], words: Words, version: int | None = None
) -> Worksheet:
    """The worksheet that the fields stand for.

    What this version of the sheet can't read (a retired question, a choice that is gone) and what
    names a row that was removed is left out here and stays in the store; a renamed question finds
    its old answer.
    """
    return SheetReader(sheet, words).worksheet(fields, version)


class SheetReader:
    """Reads one worksheet of `sheet` again after every change: a row that stands as it stood is the
    same Row, a table the same Rows, so that nothing that followed from them is worked out anew."""

    def __init__(self, sheet: Sheet, words: Words) -> None:
        self.sheet, self._words = sheet, words
        tables = (None, *(table.id for table in sheet.tables))
        self._names = {table: _names(sheet, table) for table in tables}
        self._known: dict[tuple[str | None, str], dict[str, Value | None]] = {}
        self._fields: Mapping[str, FieldState] = {}
        self._order: dict[str, list[str]] = {table.id: [] for table in sheet.tables}
        self._tables: dict[str, Rows[Row]] = {table.id: Rows() for table in sheet.tables}

    def worksheet(self, fields: Mapping[str, FieldState], version: int | None = None) -> Worksheet:
        """The worksheet that the fields stand for; worksheet_of says how."""
        touched = self._touched(fields)
        order = self._order
        if order.keys() & touched:
            there = row_orders(fields)
            order = {table: there.get(table, []) for table in order}
        told = partial(self._answers, fields, order)
        moved = order != self._order
        forgotten = {table for table in order if moved and self._names_rows(table)}
        tables = dict(self._tables)
        for table in order.keys() & ({name.partition("/")[0] for name in touched} | forgotten):
            before = () if table in forgotten else tables[table]
            known = {row.id: row for row in before if f"{table}/{row.id}" not in touched}
            tables[table] = Rows(
                known.get(row) or Row(row, told(f"{table}/{row}/", table)) for row in order[table]
            )
        self._fields, self._order, self._tables = fields, order, tables
        return Worksheet(self.sheet.id, told("", None), tables, version)

    def _touched(self, fields: Mapping[str, FieldState]) -> set[str]:
        """What has a field that is another than before, or gone: a row (table/row), a table whose
        rows came, went or moved, or "" for what is asked once."""
        before = self._fields
        changed = {
            name
            for name, state in fields.items()
            if (old := before.get(name)) is not state and old != state
        }
        changed |= before.keys() - fields.keys()
        return {name.rpartition("/")[0] for name in changed}

    def _names_rows(self, table: str) -> bool:
        """Whether the rows of a table name rows: one may be gone."""
        return any(question.table for question, _ in self._names[table])

    def _answers(
        self,
        fields: Mapping[str, FieldState],
        order: Mapping[str, list[str]],
        start: str,
        table: str | None,
    ) -> dict[str, Value]:
        answers = {}
        for question, names in self._names[table]:
            for name in names:
                if (field := fields.get(start + name)) is not None:
                    break
            else:
                continue
            value = self._read(question, table, field.value)
            if value is not None and (not question.table or value in order[question.table]):
                answers[question.id] = value
        return answers

    def _read(self, question: Question, table: str | None, value: Stored) -> Value | None:
        """The value; what many rows say, a choice, a day or a number, is read once."""
        if not isinstance(value, str) or question.kind in ("text", "long_text", "series"):
            return self._parsed(question, value)
        known = self._known.setdefault((table, question.id), {})
        if value not in known:
            known[value] = self._parsed(question, value)
        return known[value]

    def _parsed(self, question: Question, value: Stored) -> Value | None:
        try:
            return parse(question, value, self._words)
        except InputError:
            return None


def _names(sheet: Sheet, table: str | None) -> list[tuple[Question, tuple[str, ...]]]:
    """The questions with the ids that their answers may be stored under, today's first."""
    questions = sheet.questions(table)
    return [(question, (question.id, *sheet.old_names(question.id))) for question in questions]
