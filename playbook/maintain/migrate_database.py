"""A PostgreSQL database of an older playbook becomes one of ours, as in migrate.py."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    Index,
    Integer,
    MetaData,
    StaticPool,
    Table,
    Text,
    UniqueConstraint,
    create_engine,
    insert,
    select,
)
from sqlalchemy.schema import ForeignKeyConstraint

from playbook.maintain.backup import Backup, filled
from playbook.maintain.migrate import MigrationResult, take_steps
from playbook.store.postgres.address import PostgresAddress
from playbook.store.postgres.database import VERSIONS, version_of, writing_engine
from playbook.store.postgres.dialect import in_sentences
from playbook.store.schema import APPLICATION_ID, VERSION
from playbook.store.sqlite.file import in_sentences as in_sentences_of_file
from playbook.store.sqlite.file import opened

_PLAIN = {bool: Boolean, int: Integer, str: Text, date: Date}
"""What a column's values are, whatever PostgreSQL calls it."""
_DEFAULTS = {"false": "0", "true": "1"}


def migrate_database(address: PostgresAddress, backup: Path) -> MigrationResult | None:
    """Bring the tables to our version, after a backup of them as the new SQLite file `backup`.

    None if they have our version already. StoreError, and the tables as they were, if it can't be
    done, as while a server holds them.
    """
    engine = writing_engine(address, held=True)
    try:
        with in_sentences(address, opening=True), engine.connect() as connection:
            found = version_of(connection, address)
            if found == VERSION:
                return None
            connection.rollback()
            kept = _copy_of(connection, found, backup)
            connection.rollback()
            with connection.begin():
                take_steps(connection, address, found)
                connection.exec_driver_sql(f"UPDATE {VERSIONS} SET version = {VERSION}")
        return MigrationResult(address, found, VERSION, kept)
    finally:
        engine.dispose()


def _copy_of(connection: Connection, version: int, to: Path) -> Backup:
    """A SQLite file as a playbook of that version would have made it."""
    there, plain = MetaData(), MetaData()
    there.reflect(connection)
    there.remove(there.tables[VERSIONS])
    for table in there.sorted_tables:
        _add_plain(plain, table)

    def fill(part: Path) -> dict[str, int]:
        with in_sentences_of_file(part), closing(opened(part)) as file:
            engine = create_engine("sqlite://", creator=lambda: file, poolclass=StaticPool)
            with engine.connect() as target:
                file.execute("BEGIN")
                plain.create_all(target)
                rows = {it.name: _copy_rows(connection, it, target) for it in plain.sorted_tables}
                target.commit()
            file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            file.execute(f"PRAGMA user_version = {version}")
        return rows

    return filled(to, fill)


def _copy_rows(source: Connection, table: Table, target: Connection) -> int:
    rows = [dict(row) for row in source.execute(select(table)).mappings()]
    if rows:
        target.execute(insert(table), rows)
    return len(rows)


def _add_plain(to: MetaData, table: Table) -> None:
    """The same table without what only PostgreSQL understands."""
    made = Table(table.name, to, *(_plain_column(column) for column in table.c))
    for link in table.foreign_key_constraints:
        targets = [part.target_fullname for part in link.elements]
        made.append_constraint(
            ForeignKeyConstraint(link.column_keys, targets, link.name, ondelete=link.ondelete)
        )
    for unique in table.constraints:
        if isinstance(unique, UniqueConstraint):
            made.append_constraint(UniqueConstraint(*(column.name for column in unique.columns)))
    for index in table.indexes:
        if not index.unique:
            Index(index.name, *(made.c[column.name] for column in index.columns))


def _plain_column(column: Column[Any]) -> Column[Any]:
    default = getattr(column.server_default, "arg", None)
    text = str(default).partition("::")[0] if default is not None else None
    return Column(
        column.name,
        _PLAIN[column.type.python_type],
        primary_key=column.primary_key,
        autoincrement=False,
        nullable=column.nullable,
        server_default=_DEFAULTS.get(text, text).strip("'") if text else None,
    )
