"""What is read from the tables: one function for each question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select

from playbook.model import InputError
from playbook.store import check
from playbook.store.errors import GoneError
from playbook.store.ledger import ERASED, State
from playbook.store.schema import current, event, operation, worksheet
from playbook.store.types import Conflict, Event, Snapshot, WorksheetInfo

_later = operation.alias("later")
_before = event.alias("before")

waiting = and_(
    event.c.rev.is_(None),
    event.c.erased.is_(False),
    ~exists().where(_later.c.worksheet == event.c.worksheet, _later.c.settles == event.c.line),
)
"""An event that was kept aside and not decided about yet."""

undone = exists().where(
    _later.c.worksheet == operation.c.worksheet, _later.c.undoes == operation.c.seq
)
"""An operation that was taken back."""

same_step = and_(operation.c.worksheet == event.c.worksheet, operation.c.seq == event.c.seq)
"""An event's operation."""

previous = and_(
    _before.c.worksheet == event.c.worksheet,
    _before.c.field == event.c.field,
    _before.c.rev == event.c.base_rev,
)
"""The event that made the revision which an event was based on."""


@dataclass(frozen=True, slots=True)
class Page:
    """A worksheet that is there: what the list shows of it, and its seq."""

    info: WorksheetInfo
    seq: int

    @property
    def id(self) -> str:
        """The worksheet's id."""
        return self.info.id


def pages(connection: Connection, workspace: str, *only: ColumnElement[bool]) -> list[Page]:
    """The worksheets of a workspace, the last changed first."""
    query = (
        select(worksheet)
        .where(worksheet.c.workspace == workspace, *only)
        .order_by(worksheet.c.turn.desc())
    )
    return [
        Page(WorksheetInfo(row.id, row.sheet, row.name, row.created, row.changed), row.seq)
        for row in connection.execute(query)
    ]


def page(connection: Connection, workspace: str, worksheet_id: str) -> Page:
    """One worksheet; GoneError when the workspace has no such one."""
    try:
        found = pages(connection, workspace, worksheet.c.id == check.worksheet_id(worksheet_id))
    except InputError:  # no worksheet ever had such an id
        raise GoneError from None
    if not found:
        raise GoneError
    return found[0]


def states(connection: Connection, worksheet_id: str) -> dict[str, State]:
    """Every field of a worksheet that was ever set, as it stands."""
    query = (
        select(current.c.field, current.c.value, current.c.rev, current.c.origin)
        .where(current.c.worksheet == worksheet_id)
        .order_by(current.c.field)
    )
    return {row.field: State(row.value, row.rev, row.origin) for row in connection.execute(query)}


def snapshot(connection: Connection, page: Page) -> Snapshot:
    """The worksheet as it stands."""
    return Snapshot(
        page.info,
        {field: state.public for field, state in states(connection, page.id).items()},
        conflicts(connection, page.id),
        page.seq,
        min(versions(connection, page.id).values(), default=None),
    )


def conflicts(connection: Connection, worksheet_id: str) -> tuple[Conflict, ...]:
    """The changes that wait for a choice, the oldest first."""
    query = (
        select(event.c.line, event.c.field, event.c.value, operation.c.device, operation.c.at)
        .join(operation, same_step)
        .where(event.c.worksheet == worksheet_id, waiting)
        .order_by(event.c.line)
    )
    return tuple(
        Conflict(row.line, row.field, row.value, row.device, row.at)
        for row in connection.execute(query)
    )


def versions(connection: Connection, worksheet_id: str) -> dict[str, int]:
    """For each field with a value: the content version it was given to."""
    made_it = and_(
        event.c.worksheet == current.c.worksheet,
        event.c.field == current.c.field,
        event.c.rev == current.c.origin,
    )
    query = (
        select(current.c.field, operation.c.version)
        .join(event, made_it)
        .join(operation, same_step)
        .where(current.c.worksheet == worksheet_id, current.c.value.is_not(None))
        .order_by(current.c.field)
    )
    return {row.field: row.version for row in connection.execute(query)}


def history(connection: Connection, worksheet_id: str, limit: int) -> list[Event]:
    """The events, the last first."""
    query = (
        select(event, operation, undone.label("undone"), _before.c.value.label("previous"))
        .join(operation, same_step)
        .outerjoin(_before, previous)
        .where(event.c.worksheet == worksheet_id)
        .order_by(event.c.line.desc())
        .limit(limit)
    )
    return [_event(row) for row in connection.execute(query)]


def _event(row: Row[Any]) -> Event:
    return Event(
        seq=row.seq,
        op_id=row.op_id,
        kind=ERASED if row.erased else row.kind,
        field=row.field,
        value=row.value,
        previous=row.previous,
        device=row.device,
        version=row.version,
        at=row.at,
        undone=row.undone,
        aside=row.rev is None,
    )


def step(connection: Connection, worksheet_id: str, op_id: str) -> Row[Any] | None:
    """The operation of that op_id, if it was committed."""
    query = select(operation).where(
        operation.c.worksheet == worksheet_id, operation.c.op_id == op_id
    )
    return connection.execute(query).first()


def events_of(connection: Connection, worksheet_id: str, seq: int) -> list[Row[Any]]:
    """The events of one operation, with `before_value` and `before_origin` of what was there."""
    query = (
        select(
            event,
            _before.c.value.label("before_value"),
            func.coalesce(_before.c.origin, 0).label("before_origin"),
        )
        .outerjoin(_before, previous)
        .where(event.c.worksheet == worksheet_id, event.c.seq == seq)
        .order_by(event.c.line)
    )
    return list(connection.execute(query))
