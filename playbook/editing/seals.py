"""Seals: what refuses one, and what undo leaves alone: rows that are sealed, said before a day, and
that a worksheet counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.framework import Framework
from playbook.model import Sheet, Table, Value
from playbook.model.storage import FieldState, Stored
from playbook.rules import seal_problem
from playbook.worksheet.fields import is_example
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
    sealing = {table.id: table for table in sheet.tables if table.seal}
    sealed = {
        row: sealing[table].after_seal
        for table, row in _rows_with_seal(sealing, fields)
        if is_sealed(sealing[table], row.partition("/")[2], fields)
    }
    starts = tuple(f"{row}/" for row in sealed)
    answers = (field for field in fields if field.startswith(starts))
    held = (field for field in answers if not _after_seal(field, sealed))
    return frozenset((*(fields.keys() & {COUNTS}), *sealed, *held))


def _rows_with_seal(
    sealing: Mapping[str, Table], fields: Mapping[str, FieldState]
) -> Iterator[tuple[str, str]]:
    """The rows that are there and have a field for their seal: the table, and table/row."""
    ends = tuple(f"/{table.seal}" for table in sealing.values())
    for field in fields:
        if field.endswith(ends):
            row, _, question = field.rpartition("/")
            table, place = sealing.get(row.partition("/")[0]), fields.get(row)
            is_there = place is not None and isinstance(place.value, float)
            if table is not None and table.seal == question and is_there:
                yield table.id, row


def _after_seal(field: str, sealed: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether an answer of a sealed row is given after the seal."""
    row, _, question = field.rpartition("/")
    return question in sealed[row]
