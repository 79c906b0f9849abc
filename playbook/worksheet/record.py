"""Exactly one worksheet of a sheet is the record: which one, and what makes it so.

It is the one that somebody chose last; before anybody chose, the first that says something. A copy,
an import or an example never takes over by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.model import Worksheet
from playbook.model.storage import FieldState, Stored, WorksheetInfo
from playbook.worksheet.fields import EXAMPLE

COUNTS = "_counts"
"""A field of the program's own: set when the worksheet was chosen as the record, to a number that
is higher than that of any other worksheet of the sheet."""


def says_something(worksheet: Worksheet) -> bool:
    """Whether anything is answered in it."""
    rows = (row for table in worksheet.tables.values() for row in table)
    return bool(worksheet.answers) or any(row.answers for row in rows)


def is_answered(fields: Mapping[str, FieldState]) -> bool:
    """Whether an answer is stored, one that its sheet can't read any more too. The place of a row
    is a number, and no answer."""
    return any(
        state.value is not None and not isinstance(state.value, float) and field != EXAMPLE
        for field, state in fields.items()
    )


def rank(chosen: Stored) -> float:
    """How late a worksheet was chosen as the record, by its COUNTS; 0 when it never was."""
    return chosen if isinstance(chosen, float) else 0.0


def in_precedence(
    infos: Iterable[WorksheetInfo], chosen: Mapping[str, Stored]
) -> list[WorksheetInfo]:
    """The worksheets of a sheet in the order in which they count: the record is the first that says
    something and is no example. `chosen` is the COUNTS of each; a copy has that of what it was made
    from, and is younger."""
    return sorted(infos, key=lambda it: (-rank(chosen.get(it.id)), it.created, it.id))
