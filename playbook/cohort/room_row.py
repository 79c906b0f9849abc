"""What a room is at just now: its one row in the file, read and changed within a turn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from playbook.cohort.transactions import Transaction
from playbook.store.class_schema import room


def current(turn: Transaction) -> Row[Any]:
    """The row of the member's class."""
    return turn.once(_current)


def _current(turn: Transaction) -> Row[Any]:
    here = select(room).where(room.c.cohort == turn.who.cohort)
    return turn.connection.execute(here).one()


def change(turn: Transaction, **values: Any) -> bool:
    """Set columns of it; whether one is another than before."""
    before = current(turn)._mapping
    here = room.c.cohort == turn.who.cohort
    turn.connection.execute(update(room).where(here).values(values))
    return any(before[name] != value for name, value in values.items())
