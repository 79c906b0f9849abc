"""The tables, declared once. Values are JSON text, times UTC text; order is by number, not by time.

workspace ─┬─ worksheet ─┬─ operation ── event     what was done: only ever added to
           │             └─ current                what stands, kept in step with the events
           └─ erased                               ids of erased worksheets: never used again
"""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from playbook.model.storage import Stored

APPLICATION_ID = 0x52575042
"""Marks a SQLite file as ours ("RWPB")."""

VERSION = 5
"""The version of these tables and those of class_schema.py: the file's user_version."""


class BrokenError(ValueError):
    """What is stored can't be read: the file was damaged, for the program never writes such."""


class Json(TypeDecorator[Stored]):
    """A field's value as JSON text; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Stored, _: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, allow_nan=False)

    def process_result_value(self, value: str | None, _: Dialect) -> Stored:
        try:
            result: Stored = None if value is None else json.loads(value)
        except ValueError as error:
            raise BrokenError from error
        return result


class UtcTime(TypeDecorator[datetime]):
    """A time as ISO text in UTC, to the microsecond."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _: Dialect) -> str | None:
        return value.astimezone(UTC).isoformat(timespec="microseconds") if value else None

    def process_result_value(self, value: str | None, _: Dialect) -> datetime | None:
        try:
            return datetime.fromisoformat(value) if value else None
        except ValueError as error:
            raise BrokenError from error


Number = Integer().with_variant(BigInteger(), "postgresql")
"""A whole number as large as any that is taken (playbook.store.check.LARGEST)."""

metadata = MetaData()

workspace = Table(
    "workspace",
    metadata,
    Column("id", Text, primary_key=True),
    Column("created", UtcTime, nullable=False),
)

upkeep = Table(  # one row about the file itself
    "upkeep",
    metadata,
    Column("untidy", Boolean, nullable=False),  # something was erased, and no rewrite since
)

worksheet = Table(
    "worksheet",
    metadata,
    Column("id", Text, primary_key=True),
    Column("workspace", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
    Column("sheet", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("changed", UtcTime, nullable=False),
    Column("turn", Number, nullable=False),  # the highest was changed last
    Column("seq", Number, nullable=False),  # how many commits it has seen
    Index("worksheet_turn", "turn"),
)

erased = Table(
    "erased",
    metadata,
    Column("worksheet", Text, primary_key=True),
    Column("workspace", ForeignKey("workspace.id", ondelete="CASCADE"), nullable=False),
)

operation = Table(
    "operation",
    metadata,
    Column("worksheet", ForeignKey("worksheet.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("op_id", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("version", Number, nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("undoes", Number),  # the seq of the operation that it takes back
    Column("settles", Number),  # the line of the waiting event that it decides about
    UniqueConstraint("worksheet", "op_id"),
    UniqueConstraint("worksheet", "undoes"),
    UniqueConstraint("worksheet", "settles"),
)

event = Table(
    "event",
    metadata,
    Column("worksheet", Text, primary_key=True),
    Column("line", Number, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Json),
    Column("base_rev", Number, nullable=False),  # the revision it was edited from
    Column("rev", Number),  # the revision it made; NULL: it came too late and was kept aside
    Column("origin", Number),  # the revision whose value this is: an earlier one after an undo
    Column("erased", Boolean, nullable=False),
    ForeignKeyConstraint(
        ["worksheet", "seq"], ["operation.worksheet", "operation.seq"], ondelete="CASCADE"
    ),
    UniqueConstraint("worksheet", "seq", "field"),
    UniqueConstraint("worksheet", "field", "rev"),
)

current = Table(
    "current",
    metadata,
    Column("worksheet", ForeignKey("worksheet.id", ondelete="CASCADE"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("value", Json),
    Column("rev", Number, nullable=False),
    Column("origin", Number, nullable=False),
)
