"""No name comes in by a file: where codes of people are asked for, an export has codes, or it is
not taken in at all, so that whoever brings it can look at the line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from playbook.framework import Framework
from playbook.model import InputError, Sheet
from playbook.worksheet.codes import has_names
from playbook.worksheet.fields import question_of


def refuse_names(data: Any, framework: Framework) -> None:
    """InputError that says where, if an export has something else than codes where codes are asked
    for, in its answers or in their history. What is no export is for the store to refuse."""
    for one in _list(_table(data).get("worksheets")):
        sheet = framework.sheets.get(str(_table(one).get("sheet")))
        for field, value in _values(one) if sheet else ():
            if sheet and _is_name(sheet, field, value):
                raise InputError(_told(sheet, one, field, framework))


def refuse_names_in(fields: Mapping[str, Any], sheet: Sheet, framework: Framework) -> None:
    """InputError that names the field, where one of `fields` that asks for codes has a name."""
    for field, value in fields.items():
        if _is_name(sheet, field, value):
            raise InputError(framework.words.text("error.codes"), field)


def _is_name(sheet: Sheet, field: str, value: Any) -> bool:
    """Whether the field asks for codes and `value` has something else."""
    try:
        return isinstance(value, str) and has_names(question_of(sheet, field), value)
    except InputError:  # a question that is not asked any more
        return False


def _values(worksheet: Any) -> Iterator[tuple[str, Any]]:
    """What stands in the fields now, then what ever stood there."""
    for field, state in _table(worksheet.get("fields")).items():
        yield field, _table(state).get("value")
    for operation in _list(worksheet.get("operations")):
        for event in _list(_table(operation).get("events")):
            yield str(_table(event).get("field")), _table(event).get("value")


def _told(sheet: Sheet, worksheet: Any, field: str, framework: Framework) -> str:
    """Which worksheet, which list, which line of it, and which question."""
    table, row, _ = field.split("/")
    fields, start = _table(worksheet.get("fields")), f"{table}/"
    places = {
        name: _table(state).get("value")
        for name, state in fields.items()
        if name.startswith(start) and name.count("/") == 1
    }
    there = {name: place for name, place in places.items() if isinstance(place, int | float)}
    order = sorted(there, key=lambda name: (there[name], name))
    at = f"{table}/{row}"
    where = framework.words.text(
        "error.codes_line" if at in order else "error.codes_before",
        worksheet=worksheet.get("name", sheet.title),
        table=sheet.table(table).title,
        line=order.index(at) + 1 if at in order else 0,
        question=question_of(sheet, field).short,
    )
    return f"{where} {framework.words.text('error.codes')}"


def _table(given: Any) -> Mapping[str, Any]:
    return given if isinstance(given, Mapping) else {}


def _list(given: Any) -> list[Any]:
    return given if isinstance(given, list) else []
