"""Seals: what refuses one, and what undo leaves alone: rows that are sealed, said before a day, and
that a worksheet counts."""

from __future__ import annotations

from collections.abc import Mapping

from playbook.framework import Framework
from playbook.model import Sheet, Table, Value
from playbook.model.storage import FieldState, Stored
from playbook.rules import seal_problem
from playbook.worksheet.fields import address, is_example, row_order
from playbook.worksheet.record import COUNTS


def is_sealed(table: Table, row: str, fields: Mapping[str, FieldState]) -> bool:
    """Whether the row's sealing day is set. In an example nothing is: it can be taken back."""
    if is_example(fields):
        return False
    state = fields.get(f"{table.id}/{row}/{table.seal}") if table.seal else None
    return state is not None and state.value is not None


def seal_refusal(
    sheet: Sheet, table: Table, row: str, fields: Mapping[str, FieldState], framework: Framework
) -> str:
    """Why the sheet's rules refuse to seal the row, in its own words; empty where they don't."""
    start = f"{table.id}/{row}/"
    held = {name.removeprefix(start): it for name, it in fields.items() if name.startswith(start)}
    read = {name: _answer(it.value) for name, it in held.items()}
    said = {name: value for name, value in read.items() if value is not None}
    found = seal_problem(sheet.id, table.id, said, framework.threshold_values)
    if found is None:
        return ""
    key, hit = found
    message = sheet.messages[key]
    shorts = {it.id: it.short or it.text for it in sheet.questions(table.id)}
    named = ", ".join(shorts[one] for one in hit.questions if one in shorts)
    told = {"questions": named, **hit.values}
    return f"{message.text} {message.advice}".strip().format_map(told)


def _answer(value: Stored) -> Value | None:
    """A stored value as rules read it."""
    return tuple(value) if isinstance(value, list) else value if isinstance(value, str) else None


def held_fields(sheet: Sheet, fields: Mapping[str, FieldState]) -> frozenset[str]:
    """The fields that no undo may touch: all of a sealed row but what comes after the seal, and
    the mark of the worksheet that counts, for undo takes back answers."""
    sealed = {
        (table.id, row): table.after_seal
        for table in sheet.tables
        if table.seal
        for row in row_order(fields, table.id)
        if is_sealed(table, row, fields)
    }
    mark = fields.keys() & {COUNTS}
    return frozenset(mark | {field for field in fields if sealed and _holds(field, sealed)})


def _holds(field: str, sealed: Mapping[tuple[str, str], tuple[str, ...]]) -> bool:
    at = address(field)
    row = (at.table or "", at.row or "")
    return row in sealed and at.question not in sealed[row]
