"""Everything out as plain JSON data, and back in: the tables' side of format.py."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select, union

from playbook.model.storage import WorksheetInfo
from playbook.store import read, write
from playbook.store.format import FORMAT, FORMAT_VERSION, WorksheetData
from playbook.store.read import WorksheetRecord
from playbook.store.replay import ReplayedHistory
from playbook.store.schema import erased, event, operation, worksheet


def export(connection: Connection, workspace: str) -> dict[str, Any]:
    """The workspace's worksheets, the last changed last: taken in again, they keep their order."""
    pages = reversed(read.pages(connection, workspace))
    worksheets = [worksheet_data(connection, page) for page in pages]
    return {"format": FORMAT, "version": FORMAT_VERSION, "worksheets": worksheets}


def worksheet_data(connection: Connection, page: WorksheetRecord) -> dict[str, Any]:
    """One of the `worksheets` of an export."""
    states = read.states(connection, page.id)
    return {
        "id": page.id,
        "sheet": page.info.sheet,
        "name": page.info.name,
        "created": page.info.created.isoformat(),
        "changed": page.info.changed.isoformat(),
        "seq": page.seq,
        "fields": {
            field: {"value": state.value, "rev": state.rev} for field, state in states.items()
        },
        "operations": list(_operations(connection, page.id)),
    }


def _operations(connection: Connection, worksheet_id: str) -> Iterator[dict[str, Any]]:
    events = select(event).where(event.c.worksheet == worksheet_id).order_by(event.c.line)
    by_seq = groupby(connection.execute(events), key=lambda row: row.seq)
    made = {seq: [_event(row) for row in rows] for seq, rows in by_seq}
    steps = select(operation).where(operation.c.worksheet == worksheet_id)
    for row in connection.execute(steps.order_by(operation.c.seq)):
        yield {
            "seq": row.seq,
            "op_id": row.op_id,
            "device": row.device,
            "kind": row.kind,
            "version": row.version,
            "at": row.at.isoformat(),
            "undoes": row.undoes,
            "settles": row.settles,
            "events": made.get(row.seq, []),
        }


def _event(row: Row[Any]) -> dict[str, Any]:
    names = ("field", "value", "base_rev", "rev", "erased")
    return {name: getattr(row, name) for name in names}


def insert(
    connection: Connection, workspace: str, data: WorksheetData, replayed: ReplayedHistory
) -> WorksheetInfo:
    """Add a checked worksheet, under a new id when its own is taken or was erased."""
    taken = union(select(worksheet.c.id), select(erased.c.worksheet))
    known = set(connection.scalars(taken))
    worksheet_id = str(uuid4()) if data.id in known else data.id
    info = WorksheetInfo(worksheet_id, data.sheet, data.name, data.created, data.changed)
    write.new_page(connection, workspace, info, data.seq)
    write.add_steps(connection, worksheet_id, replayed.steps)
    write.keep_states(connection, worksheet_id, replayed.states)
    return info
