"""The few reads that several services share, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from playbook.cohort.types import Cohort, Member, Role, Team
from playbook.store import class_schema as schema


def as_cohort(row: Row[Any]) -> Cohort:
    """A row of `cohort` without its secrets."""
    return Cohort(**{name: getattr(row, name) for name in Cohort.__slots__})


def as_member(row: Row[Any]) -> Member:
    """A row of `member` without its secrets."""
    values = {name: getattr(row, name) for name in Member.__slots__}
    return Member(**values | {"role": Role(row.role)})


def as_team(row: Row[Any]) -> Team:
    """A row of `team`."""
    return Team(row.id, row.cohort, row.name, row.workspace)


def is_id(given: object) -> bool:
    """Whether this can be an id at all: forged ones are no text, or text that no file takes."""
    return isinstance(given, str) and given.isascii()


def member(connection: Connection, member_id: str) -> Member | None:
    """The member of that id."""
    if not is_id(member_id):
        return None
    query = select(schema.member).where(schema.member.c.id == member_id)
    found = connection.execute(query).first()
    return as_member(found) if found else None


def present(connection: Connection, who: Member, gone: Callable[[], Exception]) -> Member:
    """Somebody as they are in the file now; `gone()` when they were erased."""
    found = member(connection, who.id)
    if found is None:
        raise gone()
    return found


def led(
    connection: Connection, by: Member, member_id: str, gone: Callable[[], Exception]
) -> Member:
    """The member of that id, when `by` leads their cohort; else `gone()`."""
    leader, found = present(connection, by, gone), member(connection, member_id)
    if not leader.role.leads or found is None or found.cohort != leader.cohort:
        raise gone()
    return found


def below(
    connection: Connection, by: Member, member_id: str, gone: Callable[[], Exception]
) -> Member:
    """The same for what is done to a person: the trainer's to do to all others, a co-trainer's to
    those who do not lead."""
    found, leader = led(connection, by, member_id, gone), present(connection, by, gone)
    is_trainer = leader.role is Role.TRAINER
    if found.role is Role.TRAINER or (found.role.leads and not is_trainer):
        raise gone()
    return found
