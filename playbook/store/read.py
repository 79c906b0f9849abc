"""What is read from the tables. Queries are built once, at the top: building them takes longest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, Select, and_, bindparam, exists, func, select

from playbook.model import InputError
from playbook.model.storage import Conflict, Event, FieldState, Snapshot, Stored, WorksheetInfo
from playbook.store import check
from playbook.store.errors import GoneError
from playbook.store.ledger import ERASED, State
from playbook.store.schema import current, event, operation, worksheet

THIS: BindParameter[str] = bindparam("this")
"""The worksheet's id in every question about one worksheet."""

MOST_NAMED = 100
"""Fields that are asked for by name; where there are more, all are read."""

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

_based_on = and_(
    _before.c.worksheet == event.c.worksheet,
    _before.c.field == event.c.field,
    _before.c.rev == event.c.base_rev,
)
_made_current = and_(
    event.c.worksheet == current.c.worksheet,
    event.c.field == current.c.field,
    event.c.rev == current.c.origin,
)

_PAGES = (
    select(worksheet)
    .where(worksheet.c.workspace == bindparam("workspace"))
    .order_by(worksheet.c.turn.desc())
)
_PAGE = _PAGES.where(worksheet.c.id == THIS)
_COUNT = select(func.count()).where(worksheet.c.workspace == bindparam("workspace"))
_VALUES = (
    select(current.c.worksheet, current.c.value)
    .join(worksheet, worksheet.c.id == current.c.worksheet)
    .where(
        worksheet.c.workspace == bindparam("workspace"),
        worksheet.c.sheet == bindparam("sheet"),
        current.c.field == bindparam("field"),
    )
)
_STATES = (
    select(current.c.field, current.c.value, current.c.rev, current.c.origin)
    .where(current.c.worksheet == THIS)
    .order_by(current.c.field)
)
_NAMED = _STATES.where(current.c.field.in_(bindparam("fields", expanding=True)))
_CONFLICTS = (
    select(event.c.line, event.c.field, event.c.value, operation.c.device, operation.c.at)
    .join(operation, same_step)
    .where(event.c.worksheet == THIS, waiting)
    .order_by(event.c.line)
)
_VERSIONS = (
    select(current.c.field, operation.c.version)
    .join(event, _made_current)
    .join(operation, same_step)
    .where(current.c.worksheet == THIS, current.c.value.is_not(None))
    .order_by(current.c.field)
)
_OLDEST = (
    select(func.min(operation.c.version))
    .select_from(current)
    .join(event, _made_current)
    .join(operation, same_step)
    .where(current.c.worksheet == THIS, current.c.value.is_not(None))
)
_LINES = (
    select(event, operation, undone.label("undone"), _before.c.value.label("previous"))
    .join(operation, same_step)
    .outerjoin(_before, _based_on)
    .where(event.c.worksheet == THIS)
    .order_by(event.c.line.desc())
)
_HISTORY = _LINES.where(event.c.seq > bindparam("after"))
_LINE_OF = _LINES.where(event.c.seq == bindparam("seq"), event.c.rev.is_not(None)).limit(1)
_STEP = select(operation).where(
    operation.c.worksheet == THIS, operation.c.op_id == bindparam("op_id")
)
_EVENTS_OF = (
    select(
        event,
        _before.c.value.label("before_value"),
        func.coalesce(_before.c.origin, 0).label("before_origin"),
    )
    .outerjoin(_before, _based_on)
    .where(event.c.worksheet == THIS, event.c.seq == bindparam("seq"))
    .order_by(event.c.line)
)
_LAST_LINE = select(func.coalesce(func.max(event.c.line), 0)).where(event.c.worksheet == THIS)


@dataclass(frozen=True, slots=True)
class WorksheetRecord:
    """A worksheet that is there: what the list shows of it, and its seq."""

    info: WorksheetInfo
    seq: int

    @property
    def id(self) -> str:
        """The worksheet's id."""
        return self.info.id


def pages(connection: Connection, workspace: str) -> list[WorksheetRecord]:
    """The worksheets of a workspace, the last changed first."""
    return _pages(connection, _PAGES, {"workspace": workspace})


def page(connection: Connection, workspace: str, worksheet_id: str) -> WorksheetRecord:
    """One worksheet; GoneError when the workspace has no such one."""
    try:
        this = check.worksheet_id(worksheet_id)
    except InputError:  # no worksheet ever had such an id
        raise GoneError from None
    found = _pages(connection, _PAGE, {"workspace": workspace, "this": this})
    if not found:
        raise GoneError
    return found[0]


def count(connection: Connection, workspace: str) -> int:
    """How many worksheets a workspace has."""
    return int(connection.scalar(_COUNT, {"workspace": workspace}) or 0)


def values(connection: Connection, workspace: str, sheet: str, field: str) -> dict[str, Stored]:
    """The value of one field in the worksheets of a sheet, by their id."""
    asked = {"workspace": workspace, "sheet": sheet, "field": field}
    return {row.worksheet: row.value for row in connection.execute(_VALUES, asked)}


def _pages(
    connection: Connection, query: Select[Any], values: Mapping[str, str]
) -> list[WorksheetRecord]:
    return [
        WorksheetRecord(
            WorksheetInfo(row.id, row.sheet, row.name, row.created, row.changed), row.seq
        )
        for row in connection.execute(query, values)
    ]


def states(
    connection: Connection, worksheet_id: str, fields: Collection[str] | None = None
) -> dict[str, State]:
    """Every field of a worksheet that was ever set (of `fields` alone, if given), as it stands."""
    if fields is None or len(fields) > MOST_NAMED:
        rows = connection.execute(_STATES, {"this": worksheet_id})
    else:
        rows = connection.execute(_NAMED, {"this": worksheet_id, "fields": list(fields)})
    return {field: State(value, rev, origin) for field, value, rev, origin in rows.all()}


def snapshot(connection: Connection, page: WorksheetRecord) -> Snapshot:
    """The worksheet as it stands."""
    return Snapshot(
        page.info,
        {
            field: FieldState(value, rev)
            for field, value, rev, _ in connection.execute(_STATES, {"this": page.id}).all()
        },
        conflicts(connection, page.id),
        page.seq,
        connection.scalar(_OLDEST, {"this": page.id}),
    )


def conflicts(connection: Connection, worksheet_id: str) -> tuple[Conflict, ...]:
    """The changes that wait for a choice, the oldest first."""
    rows = connection.execute(_CONFLICTS, {"this": worksheet_id})
    return tuple(Conflict(row.line, row.field, row.value, row.device, row.at) for row in rows)


def versions(connection: Connection, worksheet_id: str) -> dict[str, int]:
    """For each field with a value: the content version it was given to."""
    rows = connection.execute(_VERSIONS, {"this": worksheet_id})
    return {row.field: row.version for row in rows}


def history(connection: Connection, page: WorksheetRecord, limit: int) -> list[Event]:
    """The events of the last `limit` operations, the last first."""
    rows = connection.execute(_HISTORY, {"this": page.id, "after": page.seq - limit})
    return [_event(row) for row in rows]


def line_of(connection: Connection, worksheet_id: str, seq: int) -> Event | None:
    """The last line of an operation that changed something."""
    row = connection.execute(_LINE_OF, {"this": worksheet_id, "seq": seq}).first()
    return _event(row) if row else None


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
    return connection.execute(_STEP, {"this": worksheet_id, "op_id": op_id}).first()


def events_of(connection: Connection, worksheet_id: str, seq: int) -> list[Row[Any]]:
    """The events of one operation, with `before_value` and `before_origin` of what was there."""
    return list(connection.execute(_EVENTS_OF, {"this": worksheet_id, "seq": seq}))


def last_line(connection: Connection, worksheet_id: str) -> int:
    """The line of the worksheet's last event, 0 without any."""
    return int(connection.execute(_LAST_LINE, {"this": worksheet_id}).scalar_one())
