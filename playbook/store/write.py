"""What is written to the tables: each function works within the caller's transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from playbook.model import InputError
from playbook.model.storage import Operation, Outcome, Status, UndoSteps, WorksheetInfo
from playbook.store import read
from playbook.store.check import is_row
from playbook.store.errors import UndoError, store_text
from playbook.store.ledger import (
    DUPLICATE,
    ERASED,
    OWN_DEVICE,
    REDO,
    RESOLVE,
    UNDO,
    UNSET,
    FieldChange,
    OperationRecord,
    State,
    decide,
    state_after,
    successor,
)
from playbook.store.read import WorksheetRecord
from playbook.store.schema import current, erased, event, operation, worksheet

# --------------------------------------------------------------------------- worksheets

_turns = worksheet.alias("turns")
_NEXT_TURN = select(func.coalesce(func.max(_turns.c.turn), 0) + 1).scalar_subquery()
_TOUCH = update(worksheet).where(worksheet.c.id == read.THIS).values(turn=_NEXT_TURN)


def new_page(
    connection: Connection, workspace: str, info: WorksheetInfo, seq: int = 0
) -> WorksheetRecord:
    """A worksheet without operations, the last changed of its workspace."""
    connection.execute(
        insert(worksheet).values(workspace=workspace, turn=_NEXT_TURN, seq=seq, **asdict(info))
    )
    return WorksheetRecord(info, seq)


def rename(connection: Connection, page: WorksheetRecord, name: str, at: datetime) -> WorksheetInfo:
    """Give a worksheet another name."""
    connection.execute(update(worksheet).where(worksheet.c.id == page.id).values(name=name))
    _touch(connection, page, at)
    return replace(page.info, name=name, changed=at)


def _touch(connection: Connection, page: WorksheetRecord, at: datetime) -> int:
    """Note a commit on the worksheet; returns its new seq."""
    seq = page.seq + 1
    connection.execute(_TOUCH, {"this": page.id, "seq": seq, "changed": at})
    return seq


# --------------------------------------------------------------------------- operations


def commit(
    connection: Connection, page: WorksheetRecord, wanted: Operation, at: datetime
) -> Outcome:
    """Append the operation's events: new revisions, or kept aside as conflicts."""
    states = read.states(connection, page.id, {item.field for item in wanted.sets})
    decided = (decide(item, states.get(item.field, UNSET)) for item in wanted.sets)
    changes = [change for change in decided if change]
    step = OperationRecord(wanted.op_id, wanted.device, wanted.kind, wanted.version, at)
    return _append(connection, page, step, changes, states, [item.field for item in wanted.sets])


def repeated(connection: Connection, page: WorksheetRecord, op_id: str) -> Outcome | None:
    """The outcome of an operation that was committed before: the states of its fields now."""
    step = read.step(connection, page.id, op_id)
    if step is None:
        return None
    fields = [row.field for row in read.events_of(connection, page.id, step.seq)]
    return _outcome("repeated", page.seq, step.at, fields, read.states(connection, page.id))


def undo(
    connection: Connection,
    page: WorksheetRecord,
    device: str,
    op_id: str,
    at: datetime,
    held: Collection[str] = (),
) -> Outcome:
    """Bring back what the device's last standing operation replaced, none that changed `held`."""
    return _take_back(
        connection, page, _standing(held), OperationRecord(op_id, device, UNDO, 0, at)
    )


def redo(
    connection: Connection, page: WorksheetRecord, device: str, op_id: str, at: datetime
) -> Outcome:
    """Take back the device's last undo, if it has changed nothing since."""
    return _take_back(connection, page, _LAST_UNDO, OperationRecord(op_id, device, REDO, 0, at))


def steps(
    connection: Connection, page: WorksheetRecord, device: str, held: Collection[str]
) -> UndoSteps:
    """What undo and redo would take back now."""
    this = {"this": page.id, "device": device}
    found = (connection.execute(query, this).first() for query in (_standing(held), _LAST_UNDO))
    lines = (read.line_of(connection, page.id, row.seq) if row else None for row in found)
    return UndoSteps(*lines)


def _standing(held: Collection[str]) -> Select[Any]:
    """Finds what undo takes back; operations that changed a field of `held` are passed over."""
    if not held:
        return _LAST_STANDING
    return _LAST_STANDING.where(~exists().where(read.same_step, event.c.field.in_(held)))


def _take_back(
    connection: Connection, page: WorksheetRecord, query: Select[Any], step: OperationRecord
) -> Outcome:
    """Revert the operation that `query` finds, as `step`."""
    found = connection.execute(query, {"this": page.id, "device": step.device}).first()
    if found is None:
        raise UndoError(store_text(f"{step.kind}.nothing"))
    states = read.states(connection, page.id)
    changes = []
    for row in read.events_of(connection, page.id, found.seq):
        state = states.get(row.field, UNSET)
        if row.rev is None:
            continue
        if state.origin != row.origin:
            raise UndoError(store_text(f"{step.kind}.moved"), row.field)
        changes.append(successor(row.field, row.before_value, state, row.before_origin))
    step = replace(step, version=found.version, undoes=found.seq)
    return _append(connection, page, step, changes, states)


_took_effect = exists().where(read.same_step, event.c.rev.is_not(None), ~event.c.erased)
_newer = operation.alias("newer")
_OF_DEVICE = (
    select(operation.c.seq, operation.c.version)
    .where(operation.c.worksheet == read.THIS, operation.c.device == bindparam("device"))
    .where(~read.undone, _took_effect)
    .order_by(operation.c.seq.desc())
    .limit(1)
)
_LAST_STANDING = _OF_DEVICE.where(operation.c.kind != UNDO)
"""The device's last operation that changed something and can be undone."""

_LAST_UNDO = _OF_DEVICE.where(
    operation.c.kind == UNDO,
    ~exists().where(
        _newer.c.worksheet == operation.c.worksheet,
        _newer.c.device == operation.c.device,
        _newer.c.seq > operation.c.seq,
        _newer.c.kind.not_in((UNDO, REDO)),
    ),
)
"""The device's last undo that stands, with nothing done since but undoing and redoing."""


def resolve(
    connection: Connection,
    page: WorksheetRecord,
    line: int,
    take: bool,
    op_id: str,
    device: str,
    at: datetime,
) -> Outcome:
    """Settle a conflict: the waiting value as a new revision, or nothing."""
    query = (
        select(event.c.field, event.c.value, operation.c.version)
        .join(operation, read.same_step)
        .where(event.c.worksheet == page.id, event.c.line == line, read.waiting)
    )
    late = connection.execute(query).first()
    if late is None:
        raise InputError(store_text("settled"))
    states = read.states(connection, page.id)
    state = states.get(late.field, UNSET)
    takes = take and state.value != late.value
    changes = [successor(late.field, late.value, state)] if takes else []
    step = OperationRecord(op_id, device, RESOLVE, late.version, at, settles=line)
    return _append(connection, page, step, changes, states, [late.field])


def copy_values(
    connection: Connection, source: WorksheetRecord, target: WorksheetRecord, at: datetime
) -> None:
    """Give an empty worksheet the values of another; answers of rows that are gone stay behind."""
    states = read.states(connection, source.id)
    versions = read.versions(connection, source.id)
    there = sorted(
        (field for field in versions if _row_is_there(field, states)), key=versions.__getitem__
    )
    for version, fields in groupby(there, key=versions.__getitem__):
        changes = [successor(field, states[field].value, UNSET) for field in fields]
        step = OperationRecord(str(uuid4()), OWN_DEVICE, DUPLICATE, version, at)
        outcome = _append(connection, target, step, changes, {})
        target = WorksheetRecord(target.info, outcome.seq)


def _row_is_there(field: str, states: Mapping[str, State]) -> bool:
    row = field.rpartition("/")[0]
    return not is_row(row) or states.get(row, UNSET).value is not None


# --------------------------------------------------------------------------- erasing


def erase_field(
    connection: Connection, page: WorksheetRecord, field: str, device: str, at: datetime
) -> None:
    """Blank every event of a field, and of a row's fields; nothing happens without any."""
    named = event.c.field == field
    if is_row(field):
        named = or_(named, event.c.field.startswith(f"{field}/", autoescape=True))
    here = event.c.worksheet == page.id
    query = select(event.c.field).where(here, named, ~event.c.erased).distinct()
    fields = sorted(connection.scalars(query))
    if not fields:
        return
    version = connection.scalar(
        select(func.max(operation.c.version)).where(operation.c.worksheet == page.id)
    )
    blank_fields(
        connection, page, fields, OperationRecord(str(uuid4()), device, ERASED, version, at)
    )


def blank_fields(
    connection: Connection, page: WorksheetRecord, fields: Sequence[str], erasure: OperationRecord
) -> None:
    """Blank every event of these fields, and write the erasure down."""
    theirs = event.c.worksheet == page.id, event.c.field.in_(fields)
    connection.execute(update(event).where(*theirs).values(value=None, erased=True))
    states = read.states(connection, page.id)
    changes = [successor(name, None, states.get(name, UNSET), erased=True) for name in fields]
    _append(connection, page, erasure, changes, states)


def erase_pages(connection: Connection, workspace: str, pages: Iterable[WorksheetRecord]) -> None:
    """Remove worksheets with all that was ever in them; only their ids are remembered."""
    for page in pages:
        connection.execute(insert(erased).values(worksheet=page.id, workspace=workspace))
        connection.execute(delete(worksheet).where(worksheet.c.id == page.id))


# --------------------------------------------------------------------------- appending

_FORGET_STATE = delete(current).where(
    current.c.worksheet == read.THIS, current.c.field == bindparam("named")
)


def _append(
    connection: Connection,
    page: WorksheetRecord,
    step: OperationRecord,
    changes: Sequence[FieldChange],
    states: dict[str, State],
    named: Iterable[str] = (),
) -> Outcome:
    """Write a step with its changes. The outcome has the changed fields and those `named`."""
    seq = _touch(connection, page, step.at)
    line = read.last_line(connection, page.id) + 1
    add_steps(connection, page.id, [(seq, step, changes)], line)
    after = {change.field: state for change in changes if (state := state_after(change))}
    keep_states(connection, page.id, after)
    aside = any(change.rev is None for change in changes)
    fields = [*named, *(change.field for change in changes)]
    return _outcome("conflict" if aside else "saved", seq, step.at, fields, states | after)


def _outcome(
    status: Status, seq: int, at: datetime, fields: Iterable[str], states: Mapping[str, State]
) -> Outcome:
    return Outcome(status, seq, at, {field: states.get(field, UNSET).public for field in fields})


def add_steps(
    connection: Connection,
    worksheet_id: str,
    steps: Iterable[tuple[int, OperationRecord, Sequence[FieldChange]]],
    first_line: int = 1,
) -> None:
    """Write steps under their seq, their events on the lines from `first_line` on."""
    operations: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    for seq, step, changes in steps:
        where = {"worksheet": worksheet_id, "seq": seq}
        operations.append(where | asdict(step))
        events += [
            where | asdict(change) | {"line": first_line + len(events) + place}
            for place, change in enumerate(changes)
        ]
    for table, rows in ((operation, operations), (event, events)):
        if rows:  # an empty list would insert a row of defaults
            connection.execute(insert(table), rows)


def keep_states(connection: Connection, worksheet_id: str, states: Mapping[str, State]) -> None:
    """Make these the current values of their fields."""
    rows = [
        {"worksheet": worksheet_id, "field": field, **asdict(state)}
        for field, state in states.items()
    ]
    if rows:
        old = [{"this": worksheet_id, "named": field} for field in states]
        connection.execute(_FORGET_STATE, old)
        connection.execute(insert(current), rows)
