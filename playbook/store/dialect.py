"""What is said otherwise to PostgreSQL than to SQLite: the only place that knows, beside the two
databases themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, Table

POSTGRESQL = "postgresql"


def insert_new(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert a row, unless one with its key is there."""
    if connection.dialect.name == POSTGRESQL:
        from sqlalchemy.dialects.postgresql import insert as postgres_insert

        connection.execute(postgres_insert(table).values(row).on_conflict_do_nothing())
        return
    from sqlalchemy.dialects.sqlite import insert

    connection.execute(insert(table).values(row).on_conflict_do_nothing())
