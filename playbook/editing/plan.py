"""From what a person does to the fields that change: pure planning, nothing is written here.

A change is {"kind": ..., "op_id": ..., ...}; each kind is a function below that gives the fields to
set. Whoever commits them decides about revisions and conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from playbook.editing.become import become
from playbook.editing.brought_along import brought_along
from playbook.editing.no_names import refuse_names_in
from playbook.editing.paste import pasted
from playbook.editing.places import last_place, put_between
from playbook.editing.seals import is_sealed, seal_refusal
from playbook.framework import Framework
from playbook.model import InputError, Question, Sheet, Table, Value
from playbook.model.storage import FieldState, Set, Stored
from playbook.worksheet.fields import (
    EXAMPLE,
    EXAMPLE_WORKSHEET,
    address,
    question_of,
    row_order,
    row_places,
)
from playbook.worksheet.kinds import ROW_ID, choice_labels
from playbook.worksheet.kinds.number import unit_of
from playbook.worksheet.numbers import brief
from playbook.worksheet.parse import parse, read_worksheet
from playbook.worksheet.record import COUNTS

Change = Mapping[str, Any]


@dataclass(frozen=True)
class Planner:
    """Plans changes of one worksheet: its sheet, the framework, its fields as they stand.

    `today` is the day that a seal bears, and that "in 6 weeks" starts from.
    """

    sheet: Sheet
    framework: Framework
    fields: Mapping[str, FieldState]
    today: date = date.min

    def plan(self, change: Change) -> tuple[Set, ...]:
        """The fields to set for `change`. Raises InputError with a sentence for the person."""
        kind = change.get("kind")
        if not isinstance(kind, str) or kind not in _KINDS:
            raise InputError(f"There is no change of kind {kind!r}; it is one of {sorted(_KINDS)}.")
        sets = tuple(_KINDS[kind](self, change))
        self._check_seals(kind, sets)
        return sets

    def _check_seals(self, kind: str, sets: Sequence[Set]) -> None:
        """A sealed row stays as it is."""
        sealing = {table.id: table for table in self.sheet.tables if table.seal}
        for item in sets:
            at = address(item.field)
            table = sealing.get(at.table or "")
            if table is None or at.row is None or (kind == "move_row" and at.question is None):
                continue
            if is_sealed(table, at.row, self.fields) and at.question not in table.after_seal:
                raise self.refusal("error.sealed", item.field)
            if at.question == table.seal and kind not in _MAY_SEAL:
                raise self.refusal("error.seal_by_hand", item.field)

    # -- what the kinds of change ask

    def refusal(self, key: str, field: str | None, **values: object) -> InputError:
        """The sentence under `key` as the error to raise."""
        return InputError(self.framework.words.text(key, **values), field)

    def table(self, change: Change, more: int = 0) -> Table:
        """The table that a change names; InputError when `more` rows don't fit."""
        name = _text(change, "table")
        try:
            table = self.sheet.table(name)
        except KeyError:
            raise InputError(f"The sheet {self.sheet.id} has no table {name!r}.") from None
        count = len(self.rows(name)) + more
        if more and count > table.max_rows:
            raise self.refusal("error.too_many_rows", name, count=count, limit=table.max_rows)
        return table

    def row(self, change: Change) -> tuple[Table, str]:
        """The table and the row that a change names; InputError when the row is not there."""
        table, row = self.table(change), _text(change, "row")
        self.need_row(table, row)
        return table, row

    def rows(self, table: str | None) -> list[str]:
        """The rows of a table that are there, in order."""
        return row_order(self.fields, table or "")

    def need_row(self, table: Table, row: str | None) -> None:
        """InputError when the table has no such row."""
        if row not in self.rows(table.id):
            raise self.refusal("error.row_gone", table.id, name=table.row_name)

    def checked(
        self, question: Question, given: Any, field: str, made: Collection[str] = ()
    ) -> Stored:
        """What is stored for an answer, which is checked; InputError names the field.

        `made` are rows of the question's table that the same change makes.
        """
        try:
            value = parse(question, given, self.framework.words, self.today)
        except InputError as error:
            raise InputError(str(error), field) from None
        if question.kind == "row" and value not in (None, *self.rows(question.table), *made):
            raise self.refusal("error.row", field, given=brief(given))
        return _stored(value)

    def answers(self, change: Change, row: str) -> Iterator[Set]:
        """What a change of a row answers besides."""
        given = change.get("answers") or {}
        if not isinstance(given, Mapping):
            raise InputError(f"answers are values by question; not {given!r}.", row)
        for question, value in given.items():
            field = f"{row}/{question}"
            asked = question_of(self.sheet, field)
            yield Set(field, self.checked(asked, value, field), None)
            if asked.unit_in not in given:
                yield from self.unit(asked, value, field)

    def unit(self, question: Question, given: Any, field: str) -> Iterator[Set]:
        """The unit typed behind a number ("36%"), where the row has a place for it and none yet;
        it can't be another one than is there."""
        unit = unit_of(given) if question.unit_in else ""
        place = f"{field.rpartition('/')[0]}/{question.unit_in}"
        said = self.fields.get(place)
        if unit and (said is None or said.value is None):
            yield Set(place, unit, None)
        elif unit and said and unit.casefold() not in str(said.value).casefold():
            raise self.refusal("error.unit", field, unit=said.value, given=brief(given))

    def labels(self, question: Question) -> dict[str, str]:
        """What a question may be answered with: label to id, of choices or of rows."""
        if question.kind != "row" or question.table is None:
            choices = choice_labels(question, self.framework.words)
            return {label: choice for choice, label in choices.items()}
        label = self.sheet.table(question.table).label
        rows = self.rows(question.table)
        said = {row: self.fields.get(f"{question.table}/{row}/{label}") for row in rows}
        return {str(state.value): row for row, state in said.items() if state and state.value}


# -- one answer


def _set_answer(planner: Planner, change: Change) -> Iterator[Set]:
    """{"field", "value", "base_rev"}: one answer, validated."""
    field, base_rev = _text(change, "field"), change.get("base_rev")
    if not isinstance(base_rev, int) or isinstance(base_rev, bool) or base_rev < 0:
        raise InputError(f"base_rev is a revision from 0 up; not {base_rev!r}.", field)
    question, at = question_of(planner.sheet, field), address(field)
    if at.table is not None:
        planner.need_row(planner.sheet.table(at.table), at.row)
    stored = planner.checked(question, change.get("value"), field)
    yield Set(field, stored, base_rev)
    yield from planner.unit(question, change.get("value"), field)
    yield from brought_along(planner.sheet, planner.fields, question, stored, field)


# -- a sheet that was filled in as a whole


def _fill_in(planner: Planner, change: Change) -> Iterator[Set]:
    """{"answers": {field: {"value", "base_rev"}}}: many answers at once, each as in "set".

    {"rows": {table: row}} are made where they are not there yet, so that the form that offered a
    row may be sent again with more in it.
    """
    rows, answers = change.get("rows") or {}, change.get("answers")
    if not isinstance(rows, Mapping) or not isinstance(answers, Mapping):
        raise InputError(f"A change of kind 'fill' has rows and answers; not {brief(answers)}.")
    made = []
    for name, row in rows.items():
        table = planner.table({"table": name})
        if not isinstance(row, str) or not ROW_ID.fullmatch(row):
            raise planner.refusal("error.row_id", name, given=brief(row))
        if row not in planner.rows(table.id):
            planner.table({"table": name}, more=1)
            made.append(f"{table.id}/{row}")
            yield Set(made[-1], last_place(planner.fields, table) + 1, None)
    for field, given in answers.items():
        told = given if isinstance(given, Mapping) else {}
        at = address(field)
        if f"{at.table}/{at.row}" in made:
            yield Set(
                field,
                planner.checked(question_of(planner.sheet, field), told.get("value"), field),
                0,
            )
        else:
            sets = _set_answer(planner, {**told, "field": field})
            yield from (one for one in sets if one.field == field or one.field not in answers)


# -- rows


def _add_row(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table"}: a row at the end; {"answers": {question: value}} when it is not empty."""
    table = planner.table(change, more=1)
    row = f"{table.id}/{new_row_id(change)}"
    yield Set(row, last_place(planner.fields, table) + 1, None)
    yield from planner.answers(change, row)


def _duplicate_row(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "row"}: a copy just below, answers included; it is not sealed."""
    table, row = planner.row(change)
    planner.table(change, more=1)
    copy, start = f"{table.id}/{new_row_id(change)}", f"{table.id}/{row}/"
    places = row_places(planner.fields, table.id)
    yield from put_between(table, copy, places, list(places).index(row) + 1)
    for field, state in planner.fields.items():
        question = field.removeprefix(start)
        left_out = state.value is None or question in (table.seal, *table.after_seal)
        if field.startswith(start) and not left_out:
            yield Set(f"{copy}/{question}", state.value, None)


def _remove_row(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "row"}: the row goes; its answers stay in the store, so that undo has them.

    {"with": [row, "table/row", ...]} go together with it, those that are still there.
    """
    (table, row), more = planner.row(change), change.get("with") or []
    if not isinstance(more, list):
        raise InputError(f"with is a list of rows; not {more!r}.", table.id)
    gone = {it if "/" in it else f"{table.id}/{it}" for it in map(str, (row, *more))}
    for name in sorted({it.partition("/")[0] for it in gone}):
        there = (f"{name}/{one}" for one in planner.rows(name))
        yield from (Set(field, None, None) for field in there if field in gone)


def _move_row(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "row", "by"}: so many places up (negative) or down, as far as there are any.

    {"answers": {question: value}} change with its place.
    """
    (table, row), by = planner.row(change), change.get("by")
    if not isinstance(by, int) or isinstance(by, bool):
        raise InputError(f"by is a whole number of places; not {by!r}.")
    places = row_places(planner.fields, table.id)
    here = list(places).index(row)
    del places[row]
    target = min(max(here + by, 0), len(places))
    field = f"{table.id}/{row}"
    if target != here:
        yield from put_between(table, field, places, target)
    yield from planner.answers(change, field)


def _answer_rows(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "rows": {row: {question: value}}}: answers of several rows at once; those that are
    gone by now are left out."""
    table, given = planner.table(change), change.get("rows")
    if not isinstance(given, Mapping):
        raise InputError(f"rows are answers by row; not {brief(given)}.", table.id)
    for row in planner.rows(table.id):
        if row in given:
            yield from planner.answers({"answers": given[row]}, f"{table.id}/{row}")


def _paste_rows(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "text"}: rows copied from a spreadsheet, all of them or none."""
    table, text = planner.table(change), _text(change, "text")
    row_id = partial(new_row_id, change)
    lines = pasted(planner.sheet, table, text, planner.labels, row_id, planner.framework.words)
    planner.table(change, more=len(lines))
    first, made = (
        last_place(planner.fields, table) + 1,
        [row_id(number) for number in range(len(lines))],
    )
    for number, line in enumerate(lines):
        row = f"{table.id}/{made[number]}"
        yield Set(row, first + number, None)
        for cell in line:
            new = made if cell.question.table == table.id else ()
            try:
                value = planner.checked(cell.question, cell.given, row, new)
            except InputError as error:
                raise InputError(f"{cell.where}{error}", row) from None
            yield Set(f"{row}/{cell.question.id}", value, None)


def _seal_row(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "row"}: from now on the row says what it says."""
    table, row = planner.row(change)
    if table.seal is None:
        raise InputError(f"The rows of {table.id} can't be sealed.", table.id)
    said = planner.fields.get(f"{table.id}/{row}/{table.label}")
    if said is None or said.value is None:
        raise planner.refusal("error.seal_blank", table.id)
    has_rules = planner.sheet.id in planner.framework.sheets
    if has_rules and (
        refused := seal_refusal(planner.sheet, table, row, planner.fields, planner.framework)
    ):
        raise InputError(refused, table.id)
    yield Set(f"{table.id}/{row}/{table.seal}", planner.today.isoformat(), None)


def _add_sealed(planner: Planner, change: Change) -> Iterator[Set]:
    """{"table", "answers"}: a row that nobody changes any more, from the moment it is there."""
    added = list(_add_row(planner, change))
    as_added = {it.field: FieldState(it.value, 1) for it in added}
    there = replace(planner, fields={**planner.fields, **as_added})
    yield from added
    yield from _seal_row(there, {**change, "row": new_row_id(change)})


# -- the example


def _fill_with_example(planner: Planner, change: Change) -> Iterator[Set]:
    """{"story"}, the first without: every field as in the sheet's example, whatever was there; undo
    brings it back."""
    sheet, framework = planner.sheet, planner.framework
    story = str(change.get("story", EXAMPLE_WORKSHEET))
    example = framework.story(story).get(sheet.id)
    if example is None:
        raise InputError(f"The sheet {sheet.id} has no such example.")
    filled = read_worksheet(sheet, example.answers, framework.words)
    new: dict[str, Stored] = {EXAMPLE: "yes" if story == EXAMPLE_WORKSHEET else story}
    new |= {question: _stored(value) for question, value in filled.answers.items()}
    for table, rows in filled.tables.items():
        for place, row in enumerate(rows, 1):
            new[f"{table}/{row.id}"] = float(place)
            new |= {f"{table}/{row.id}/{q}": _stored(v) for q, v in row.answers.items()}
    yield from become(planner.fields, new, {COUNTS})


# -- everything at once


def _replace_all(planner: Planner, change: Change) -> Iterator[Set]:
    """{"fields": {field: value}}: every answer as in another worksheet of the sheet."""
    given = change.get("fields")
    if not isinstance(given, Mapping):
        raise InputError(f"fields are values by field; not {brief(given)}.")
    new = {field: value for field, value in given.items() if field not in (COUNTS, EXAMPLE)}
    refuse_names_in(new, planner.sheet, planner.framework)
    yield from become(planner.fields, new, {COUNTS})


_KINDS: Mapping[str, Callable[[Planner, Change], Iterator[Set]]] = {
    "set": _set_answer,
    "fill": _fill_in,
    "add_row": _add_row,
    "duplicate_row": _duplicate_row,
    "remove_row": _remove_row,
    "move_row": _move_row,
    "answer_rows": _answer_rows,
    "levels": _answer_rows,
    "paste_rows": _paste_rows,
    "seal": _seal_row,
    "add_sealed": _add_sealed,
    "example": _fill_with_example,
    "replace": _replace_all,
}

_MAY_SEAL = ("seal", "add_sealed", "example", "replace")
"""Kinds of change that may bring the day of a seal along."""


# -- help


def new_row_id(change: Change, number: int = 0) -> str:
    """The id of a row that a change makes: from its op_id, so a repeated change makes the same."""
    digits = _text(change, "op_id").replace("-", "")
    return f"r{digits[:12]}" + (f"n{number}" if number else "")


def _text(change: Change, key: str) -> str:
    value = change.get(key)
    if not isinstance(value, str):
        raise InputError(
            f"A change of kind {change.get('kind')!r} needs {key} as text; not {value!r}."
        )
    return value


def _stored(value: Value | None) -> Stored:
    return list(value) if isinstance(value, tuple) else value
