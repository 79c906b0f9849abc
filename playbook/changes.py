"""From what a person does to the fields that change: pure planning, nothing is written here.

A change is {"kind": ..., "op_id": ..., ...}; each kind below returns the fields to set. Whoever
commits them decides about revisions and conflicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from playbook.fields import EXAMPLE, address, question_of, row_order
from playbook.framework import Framework
from playbook.model import InputError, Question, Sheet, Table, Value
from playbook.pasting import pasted
from playbook.seals import is_sealed
from playbook.store.types import FieldState, Set, Stored
from playbook.values import parse, read_worksheet

_NEAREST = 1e-6  # rows closer than this are numbered anew: halving a float has an end


@dataclass(frozen=True)
class Planner:
    """Plans changes of one worksheet: its sheet, the framework, its fields as they stand.

    `today` is the day that a seal bears.
    """

    sheet: Sheet
    framework: Framework
    fields: Mapping[str, FieldState]
    today: date = date.min

    def plan(self, change: Mapping[str, Any]) -> tuple[Set, ...]:
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
                raise InputError(self.framework.words.say("error.sealed"), item.field)
            if at.question == table.seal and kind not in ("seal", "example"):
                raise InputError(self.framework.words.say("error.seal_by_hand"), item.field)

    # -- one answer

    def set_answer(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"field", "value", "base_rev"}: one answer, validated."""
        field, base_rev = _text(change, "field"), change.get("base_rev")
        if not isinstance(base_rev, int) or isinstance(base_rev, bool) or base_rev < 0:
            raise InputError(f"base_rev is a revision from 0 up; not {base_rev!r}.", field)
        question, at = question_of(self.sheet, field), address(field)
        if at.table is not None:
            self._need_row(at.table, at.row)
        value = _checked(question, change.get("value"), self.framework, field)
        if question.kind == "row" and isinstance(value, str):
            self._need_row(question.table, value)
        yield Set(field, _stored(value), base_rev)

    # -- rows

    def add_row(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table"}: a row at the end; {"answers": {question: value}} when it is not empty."""
        table, row = self._table(change, more=1), new_row_id(change)
        yield Set(f"{table.id}/{row}", self._last_place(table.id) + 1, None)
        yield from self._answers(change, f"{table.id}/{row}")

    def _answers(self, change: Mapping[str, Any], row: str) -> Iterator[Set]:
        """What a change of a row answers besides."""
        given = change.get("answers") or {}
        if not isinstance(given, Mapping):
            raise InputError(f"answers are values by question; not {given!r}.", row)
        for question, value in given.items():
            field = f"{row}/{question}"
            asked = question_of(self.sheet, field)
            checked = _checked(asked, value, self.framework, field)
            if asked.kind == "row" and isinstance(checked, str):
                self._need_row(asked.table, checked)
            yield Set(field, _stored(checked), None)

    def duplicate_row(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table", "row"}: a copy just below, answers included."""
        table, row = self._table(change, more=1), _text(change, "row")
        self._need_row(table.id, row)
        copy = f"{table.id}/{new_row_id(change)}"
        rows = row_order(self.fields, table.id)
        yield from self._placed(table.id, copy, rows, rows.index(row) + 1)
        start = f"{table.id}/{row}/"
        for field, state in self.fields.items():
            question = field.removeprefix(start)
            ours = question in (table.seal, *table.after_seal)  # a copy is not sealed
            if field.startswith(start) and state.value is not None and not ours:
                yield Set(f"{copy}/{field.removeprefix(start)}", state.value, None)

    def remove_row(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table", "row"}: the row goes; its answers stay in the store, so that undo has them.

        {"with": [row, ...]} go together with it, those that are still there.
        """
        table, row, more = self._table(change), _text(change, "row"), change.get("with") or []
        if not isinstance(more, list):
            raise InputError(f"with is a list of rows; not {more!r}.", table.id)
        self._need_row(table.id, row)
        gone = [one for one in row_order(self.fields, table.id) if one == row or one in more]
        yield from (Set(f"{table.id}/{one}", None, None) for one in gone)

    def move_row(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table", "row", "by"}: so many places up (negative) or down, as far as there are any.

        {"answers": {question: value}} change with its place.
        """
        table, row, by = self._table(change), _text(change, "row"), change.get("by")
        if not isinstance(by, int) or isinstance(by, bool):
            raise InputError(f"by is a whole number of places; not {by!r}.")
        self._need_row(table.id, row)
        rows = row_order(self.fields, table.id)
        here = rows.index(row)
        rest = [other for other in rows if other != row]
        target = min(max(here + by, 0), len(rest))
        if target != here:
            yield from self._placed(table.id, f"{table.id}/{row}", rest, target)
        yield from self._answers(change, f"{table.id}/{row}")

    def paste_rows(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table", "text"}: rows copied from a spreadsheet, all of them or none."""
        table = self._table(change)
        lines = pasted(self.sheet, table, _text(change, "text"), self.framework.words)
        self._table(change, more=len(lines))
        first = self._last_place(table.id) + 1
        for number, line in enumerate(lines):
            row = f"{table.id}/{new_row_id(change, number)}"
            yield Set(row, first + number, None)
            for cell in line:
                field = f"{row}/{cell.question.id}"
                value = _checked(cell.question, cell.given, self.framework, row, cell.where)
                yield Set(field, _stored(value), None)

    def seal_row(self, change: Mapping[str, Any]) -> Iterator[Set]:
        """{"table", "row"}: from now on the row says what it says."""
        table, row = self._table(change), _text(change, "row")
        self._need_row(table.id, row)
        if table.seal is None:
            raise InputError(f"The rows of {table.id} can't be sealed.", table.id)
        said = self.fields.get(f"{table.id}/{row}/{table.label}")
        if said is None or said.value is None:
            raise InputError(self.framework.words.say("error.seal_blank"), table.id)
        yield Set(f"{table.id}/{row}/{table.seal}", self.today.isoformat(), None)

    # -- the example

    def fill_with_example(self, _: Mapping[str, Any]) -> Iterator[Set]:
        """Every field as in the sheet's example, whatever was there; undo brings it back."""
        example = self.framework.examples.get(self.sheet.id)
        if example is None:
            raise InputError(f"The sheet {self.sheet.id} has no example yet.")
        filled = read_worksheet(self.sheet, example.answers, self.framework.words)
        new: dict[str, Stored] = {EXAMPLE: "yes"}
        new |= {question: _stored(value) for question, value in filled.answers.items()}
        for table, rows in filled.tables.items():
            for place, row in enumerate(rows, 1):
                new[f"{table}/{row.id}"] = float(place)
                new |= {f"{table}/{row.id}/{q}": _stored(v) for q, v in row.answers.items()}
        gone = {field for field, state in self.fields.items() if state.value is not None} - set(new)
        yield from (Set(field, None, None) for field in sorted(gone))
        yield from (Set(field, value, None) for field, value in new.items())

    # -- help

    def _table(self, change: Mapping[str, Any], more: int = 0) -> Table:
        name = _text(change, "table")
        try:
            table = self.sheet.table(name)
        except KeyError:
            raise InputError(f"The sheet {self.sheet.id} has no table {name!r}.") from None
        count = len(row_order(self.fields, name)) + more
        if more and count > table.max_rows:
            words = self.framework.words
            text = words.say("error.too_many_rows", count=count, limit=table.max_rows)
            raise InputError(text, name)
        return table

    def _need_row(self, table: str | None, row: str | None) -> None:
        rows = row_order(self.fields, table or "")
        if row not in rows:
            words = self.framework.words
            text = words.say("error.no_such_row", given=row, rows=", ".join(rows) or "none")
            raise InputError(text, table)

    def _place(self, field: str) -> float:
        place = self.fields[field].value
        return place if isinstance(place, float) else 0.0

    def _last_place(self, table: str) -> float:
        return max(
            (self._place(f"{table}/{row}") for row in row_order(self.fields, table)), default=0
        )

    def _placed(self, table: str, field: str, rows: Sequence[str], index: int) -> Iterator[Set]:
        """`field` between `rows[index - 1]` and `rows[index]`; numbers all anew when too tight."""
        places = [self._place(f"{table}/{row}") for row in rows]
        before = places[index - 1] if index > 0 else places[0] - 2
        after = places[index] if index < len(places) else places[-1] + 2
        if after - before > _NEAREST:
            yield Set(field, (before + after) / 2, None)
            return
        fields = [f"{table}/{row}" for row in rows]
        for place, name in enumerate([*fields[:index], field, *fields[index:]], 1):
            yield Set(name, float(place), None)


_KINDS: Mapping[str, Callable[[Planner, Mapping[str, Any]], Iterator[Set]]] = {
    "set": Planner.set_answer,
    "add_row": Planner.add_row,
    "duplicate_row": Planner.duplicate_row,
    "remove_row": Planner.remove_row,
    "move_row": Planner.move_row,
    "paste_rows": Planner.paste_rows,
    "seal": Planner.seal_row,
    "example": Planner.fill_with_example,
}


def new_row_id(change: Mapping[str, Any], number: int = 0) -> str:
    """The id of a row that a change makes: from its op_id, so a repeated change makes the same."""
    digits = _text(change, "op_id").replace("-", "")
    return f"r{digits[:12]}" + (f"n{number}" if number else "")


def _text(change: Mapping[str, Any], key: str) -> str:
    value = change.get(key)
    if not isinstance(value, str):
        raise InputError(
            f"A change of kind {change.get('kind')!r} needs {key} as text; not {value!r}."
        )
    return value


def _stored(value: Value | None) -> Stored:
    return list(value) if isinstance(value, tuple) else value


def _checked(
    question: Question, given: Any, framework: Framework, field: str, where: str = ""
) -> Value | None:
    try:
        return parse(question, given, framework.words)
    except InputError as error:
        raise InputError(f"{where}{error}", field) from None
