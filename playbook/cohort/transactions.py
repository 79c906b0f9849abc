"""Who has the floor: transactions in the name of a member, and the room's version.

Who a member is now is read anew in every transaction: somebody erased, or no longer a trainer,
changes and learns nothing. What is unknown and what is forbidden are the same GoneError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection, update

from playbook.cohort import rows
from playbook.cohort.types import Member, Role
from playbook.model import InputError
from playbook.model.wording import Words
from playbook.store import class_schema as schema
from playbook.store.database import SqlDatabase
from playbook.store.errors import GoneError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Transaction:
    """A transaction and the member in whose name it is, as they are now."""

    connection: Connection
    who: Member
    _kept: dict[Any, Any] | None = None

    def once(self, read: Callable[[Transaction], T]) -> T:
        """read(self), asked of the file once where the transaction only looks: what a phone is told
        needs the votes five times, and sixty phones ask at a reveal. Nobody may change it."""
        if self._kept is None:
            return read(self)
        if read not in self._kept:
            self._kept[read] = read(self)
        kept: T = self._kept[read]
        return kept


@dataclass(frozen=True, slots=True)
class Transactions:
    """One host's file, its clock and its words."""

    database: SqlDatabase
    words: Words
    now: Callable[[], datetime]

    @contextmanager
    def as_member(self, who: Member) -> Iterator[Transaction]:
        """Anybody in the class looks, but for who is set aside."""
        with self.as_owner(who) as turn:
            if turn.who.role is Role.ASIDE:
                raise self.gone()
            yield turn

    @contextmanager
    def as_owner(self, who: Member) -> Iterator[Transaction]:
        """Anybody looks at what is their own."""
        with self.database.read() as connection:
            turn = self._turn(connection, who)
            yield Transaction(turn.connection, turn.who, {})

    @contextmanager
    def as_leader(self, who: Member) -> Iterator[Transaction]:
        """Somebody who leads changes what all see."""
        with self.database.write() as connection:
            turn = self._turn(connection, who)
            if not turn.who.role.leads:
                raise self.gone()
            yield turn
            self._rises(connection, who.cohort, "version")

    @contextmanager
    def as_participant(self, who: Member, seen_by_all: bool = False) -> Iterator[Transaction]:
        """A participant changes what they and the desk see, or all."""
        with self.database.write() as connection:
            turn = self._turn(connection, who)
            if not turn.who.role.answers:
                raise self.gone()
            yield turn
            self._rises(connection, who.cohort, "version" if seen_by_all else "desk")

    def refuse(self, sentence: str, field: str, **values: object) -> NoReturn:
        """Say what is wrong with what was given for `field`."""
        raise InputError(self.words.text(f"room.{sentence}", **values), field)

    def known(self, given: object) -> str:
        """An id as somebody sent it, for a look into the file."""
        if isinstance(given, str) and rows.is_id(given):
            return given
        raise self.gone()

    def gone(self) -> GoneError:
        """What is said of everything that is not there, or not yours."""
        return GoneError(self.words.text("cohort.gone"))

    def _turn(self, connection: Connection, who: Member) -> Transaction:
        found = rows.present(connection, who, self.gone)
        if found.cohort != who.cohort:
            raise self.gone()
        return Transaction(connection, found)

    def _rises(self, connection: Connection, cohort: str, counter: str) -> None:
        column = schema.room.c[counter]
        here = schema.room.c.cohort == cohort
        connection.execute(update(schema.room).where(here).values({counter: column + 1}))
