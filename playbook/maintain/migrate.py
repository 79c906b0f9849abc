"""A file of an older playbook becomes one of ours: backed up first, then whole or not at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, StaticPool, create_engine
from sqlalchemy.exc import DBAPIError

from playbook.maintain.backup import Backup, copy_of, require_ours
from playbook.maintain.migrations import STEPS
from playbook.model import StoreError
from playbook.store.database import Place
from playbook.store.dialect import POSTGRESQL
from playbook.store.errors import store_text
from playbook.store.postgres.dialect import sentence_of as postgres_sentence_of
from playbook.store.schema import VERSION
from playbook.store.sqlite.database import ROLLBACK, SETTINGS
from playbook.store.sqlite.file import (
    FileLock,
    in_sentences,
    opened,
    sentence_of,
    version_of,
    when_free,
)


@dataclass(frozen=True, slots=True)
class MigrationResult:
    """What was done: from which version to which, and the file as it was before."""

    path: Place
    found: int
    version: int
    backup: Backup


def migrate(path: Path, backup: Path) -> MigrationResult | None:
    """Bring the file to our version, after a backup of it as the new file `backup`.

    None if it has our version already. StoreError, and the file as it was, if it can't be done.
    """
    with FileLock(path):
        with in_sentences(path), closing(opened(path)) as connection:
            found = require_ours(connection, path)
        if found == VERSION:
            return None
        kept = copy_of(path, backup)
        upgrade(path)
        return MigrationResult(path, found, VERSION, kept)


def upgrade(path: Path) -> None:
    """Take the steps that are missing, in one transaction."""
    with in_sentences(path), closing(opened(path)) as raw:
        for setting in (*SETTINGS, *ROLLBACK, "foreign_keys = OFF"):  # tables may be made anew
            raw.execute(f"PRAGMA {setting}")
        engine = create_engine("sqlite://", creator=lambda: raw, poolclass=StaticPool)
        with engine.connect() as connection:
            when_free(raw, "BEGIN EXCLUSIVE")
            take_steps(connection, path, version_of(raw, path))
            raw.execute(f"PRAGMA user_version = {VERSION}")
            _require_whole(raw, path)
            connection.commit()


def take_steps(connection: Connection, path: Place, found: int) -> None:
    """Take the steps that are missing, within the caller's transaction."""
    from alembic.migration import MigrationContext
    from alembic.operations import Operations

    operations = Operations(MigrationContext.configure(connection))
    try:
        for version in range(found + 1, VERSION + 1):
            STEPS[version](operations)
    except DBAPIError as error:
        if _sentence_of(connection, error):
            raise  # the disk's trouble, not the file's
        raise StoreError(store_text("migrate.broken", path=path, what=error.orig)) from error


def _sentence_of(connection: Connection, error: DBAPIError) -> str | None:
    on_postgres = connection.dialect.name == POSTGRESQL
    return postgres_sentence_of(error) if on_postgres else sentence_of(error)


def _require_whole(raw: sqlite3.Connection, path: Path) -> None:
    try:
        require_ours(raw, path)
    except StoreError:
        what = "a check afterwards found it broken"
        raise StoreError(store_text("migrate.broken", path=path, what=what)) from None
