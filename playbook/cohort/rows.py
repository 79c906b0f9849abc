"""The few reads that several services share, within the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, select

from playbook.cohort import schema
from playbook.cohort.types import Cohort, Member, Role, Team


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


def member(connection: Connection, member_id: str) -> Member | None:
    """The member of that id."""
    query = select(schema.member).where(schema.member.c.id == member_id)
    found = connection.execute(query).first()
    return as_member(found) if found else None


def led(
    connection: Connection, by: Member, member_id: str, gone: Callable[[], Exception]
) -> Member:
    """The member of that id, when `by` leads their cohort; else `gone()`."""
    leader, found = member(connection, by.id), member(connection, member_id)
    if leader is None or not leader.role.leads or found is None or found.cohort != leader.cohort:
        raise gone()
    return found
