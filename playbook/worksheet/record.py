"""Exactly one worksheet of a sheet is the record: which one, and what makes it so.

It is the one that somebody chose last; before anybody chose, the first that says something. A copy,
an import or an example never takes over by itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from playbook.model import Worksheet
from playbook.model.storage import FieldState, Snapshot, Stored, WorksheetInfo
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


def rank(snapshot: Snapshot) -> float:
    """How late the worksheet was chosen as the record; 0 when it never was."""
    state = snapshot.fields.get(COUNTS)
    value: Stored = state.value if state else None
    return value if isinstance(value, float) else 0.0


def precedence(info: WorksheetInfo, chosen: float) -> tuple[float, datetime, str]:
    """Of the worksheets of a sheet that say something, the lowest is the record. `chosen` is the
    worksheet's rank; a copy has the rank of what it was made from, and is younger."""
    return (-chosen, info.created, info.id)
