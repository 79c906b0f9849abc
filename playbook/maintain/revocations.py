"""What a file took away from people or for them, so that an older file does not bring it back.

Erased: worksheets, answers, people, teams, classes, accounts. Ended: signed-in browsers, private
links, codes and passwords that were replaced, roles and names that were changed, doors that were
closed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, Table, delete, exists, select, update

from playbook.store import read, write
from playbook.store.class_schema import (
    account,
    agreed,
    cohort,
    device,
    earlier_name,
    invitation,
    member,
    pairing,
    tombstone,
)
from playbook.store.dialect import insert_new
from playbook.store.ledger import ERASED, OperationRecord
from playbook.store.schema import erased, event, metadata, operation, worksheet, workspace

KEYS = {device: "token", pairing: "code", invitation: "token"}
"""What opens a door, and belongs to a member or an account."""

AS_NOW = {
    account: ("password",),
    member: ("name", "role", "resume", "resume_once", "relinked", "relinked_by"),
    cohort: ("open", "join_code", "join_seed", "joins_left", "ends", "erase_on", "ended", "dated"),
    agreed: ("owner",),
}
"""What of a row stays as it is now, whatever the backup says. Names, because somebody may have
changed theirs to a pseudonym, or have left."""

_STEP = ("op_id", "device", "kind", "version", "at")
_Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Revocations:
    """All of it, as read from one file."""

    tombstones: Sequence[_Values]
    worksheets: Sequence[_Values]
    answers: Sequence[tuple[str, OperationRecord, list[str]]]
    keys: Mapping[Table, set[str]]
    rows: Mapping[Table, Sequence[_Values]]
    names: Sequence[_Values]

    @property
    def known(self) -> set[str]:
        """The members and accounts that this file knows."""
        return {row["id"] for table in (member, account) for row in self.rows[table]}


@dataclass(frozen=True, slots=True)
class ReappliedRevocations:
    """What was there again and is gone: `others` are people, teams, classes and their things."""

    worksheets: int
    answers: int
    others: int
    keys: int


def read_revocations(connection: Connection) -> Revocations:
    """What this file took away."""
    steps = select(operation).where(operation.c.kind == ERASED).order_by("worksheet", "seq")
    return Revocations(
        tombstones=_all(connection, select(tombstone)),
        worksheets=_all(connection, select(erased)),
        answers=[_answers(connection, row) for row in connection.execute(steps).all()],
        keys={table: _column(connection, table, name) for table, name in KEYS.items()},
        rows={
            table: _all(connection, select(table.c.id, *(table.c[name] for name in names)))
            for table, names in AS_NOW.items()
        },
        names=_all(connection, select(earlier_name)),
    )


def repeat(connection: Connection, taken: Revocations) -> ReappliedRevocations:
    """Take it away here too, within the caller's erasing transaction."""
    others = _erase_tombstoned(connection, taken.tombstones)
    worksheets = _erase_worksheets(connection, taken.worksheets)
    answers = sum(_erase_answers(connection, *erasure) for erasure in taken.answers)
    keys = sum(_end_keys(connection, table, taken) for table in KEYS)
    for table, rows in taken.rows.items():
        for row in rows:
            connection.execute(update(table).where(table.c.id == row["id"]).values(dict(row)))
    _keep_names(connection, taken.names)
    return ReappliedRevocations(worksheets, answers, others, keys)


def _all(connection: Connection, query: Select[Any]) -> list[_Values]:
    return [dict(row) for row in connection.execute(query).mappings()]


def _column(connection: Connection, table: Table, name: str) -> set[str]:
    return set(connection.scalars(select(table.c[name])))


def _answers(connection: Connection, row: Row[Any]) -> tuple[str, OperationRecord, list[str]]:
    step = OperationRecord(**{name: getattr(row, name) for name in _STEP})
    events = read.events_of(connection, row.worksheet, row.seq)
    return row.worksheet, step, [event.field for event in events]


def _erase_tombstoned(connection: Connection, tombstones: Sequence[_Values]) -> int:
    """Remove whatever has the id of a tombstone; its own things go with it."""
    for stone in tombstones:
        insert_new(connection, tombstone, stone)
    gone = 0
    for table in reversed(metadata.sorted_tables):  # a class before the account that owns it
        if "id" in table.c and table is not tombstone:
            for stone in tombstones:
                gone += connection.execute(delete(table).where(table.c.id == stone["id"])).rowcount
    return gone


def _erase_worksheets(connection: Connection, rows: Sequence[_Values]) -> int:
    gone = 0
    for row in rows:
        named = worksheet.c.id == row["worksheet"]
        gone += connection.execute(delete(worksheet).where(named)).rowcount
        if connection.scalar(select(exists().where(workspace.c.id == row["workspace"]))):
            insert_new(connection, erased, row)
    return gone


def _erase_answers(
    connection: Connection, worksheet_id: str, erasure: OperationRecord, fields: Sequence[str]
) -> int:
    place = select(worksheet.c.workspace).where(worksheet.c.id == worksheet_id)
    home = connection.scalar(place)
    if home is None or read.step(connection, worksheet_id, erasure.op_id):
        return 0
    there = event.c.worksheet == worksheet_id, event.c.field.in_(fields), ~event.c.erased
    found = sorted(connection.scalars(select(event.c.field).where(*there).distinct()))
    if found:
        page = read.page(connection, home, worksheet_id)
        write.blank_fields(connection, page, found, erasure)
    return len(found)


def _keep_names(connection: Connection, names: Sequence[_Values]) -> None:
    """What people were called until now, so that erasing them still finds it here."""
    here = set(connection.scalars(select(member.c.id)))
    for row in names:
        if row["member"] in here:
            insert_new(connection, earlier_name, row)


def _end_keys(connection: Connection, table: Table, taken: Revocations) -> int:
    """Remove keys that are no more, of people whom the other file knows."""
    key, known = table.c[KEYS[table]], taken.known
    ended = [
        row[key.name]
        for row in _all(connection, select(table))
        if row[key.name] not in taken.keys[table]
        and known & {row.get("member"), row.get("account")}
    ]
    for value in ended:
        connection.execute(delete(table).where(key == value))
    return len(ended)
