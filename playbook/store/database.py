"""The tables in one SQLite file, or in memory: their transactions."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import cast

from sqlalchemy import (
    Connection,
    Engine,
    PoolProxiedConnection,
    create_engine,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.pool import NullPool, StaticPool

import playbook.cohort.schema  # noqa: F401  # its tables are in the same metadata
from playbook.model import StoreError
from playbook.store.errors import say
from playbook.store.file import Hold, in_sentences, make_private, opened, version_of, when_free
from playbook.store.schema import APPLICATION_ID, VERSION, metadata, upkeep
from playbook.store.turns import Turns

SETTINGS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",  # what is erased is overwritten with zeros (but see erase)
    "temp_store = MEMORY",  # and was never in another file
)
ROLLBACK = ("journal_mode = TRUNCATE", "synchronous = EXTRA")
WAL = ("journal_mode = WAL", "synchronous = FULL")
"""For a file that is held. SQLite before 3.51.3 may damage such a log when two connections write to
it (sqlite.org/wal.html, "The WAL-Reset Bug"): here is but one, and it keeps the others out."""


class Database:
    """The tables in `path` (made private to the user when missing), or in memory for None.

    A file is opened anew for each transaction: many processes share it, and none holds it. Unless
    it is `held`: then one connection stays open, and every other process is kept out until `close`.
    """

    def __init__(self, path: Path | None, *, held: bool = False) -> None:
        self.path = path
        self._turn = Turns()  # a connection that stays open is for one thread at a time
        self._stays = held or path is None
        self._engine = self._make_engine()
        if path is not None:
            make_private(path)
        self._hold = Hold(path) if path and held else None
        try:
            self._prepare()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the memory, or of a file that is held."""
        self._engine.dispose()
        if self._hold:
            self._hold.release()
            self._hold = None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment of the file."""
        with self._begin(writes=False) as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk when it ends, and not at all if an error ends it."""
        with self._begin(writes=True) as connection:
            yield connection

    @contextmanager
    def erase(self) -> Iterator[Connection]:
        """A transaction that erases; afterwards the file is rewritten, so that nothing is left.

        secure_delete alone zeroes what a deletion frees, but not the copies that stayed behind in
        a page when rows moved to another one. Who is killed in between rewrites at the next start.
        """
        with self.write() as connection:
            yield connection
            connection.execute(update(upkeep).values(untidy=True))
        self._rewrite()

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """SQLite's own connection, outside any transaction, for what needs it: VACUUM, a copy."""
        with (
            self._turn,
            in_sentences(self.path),
            closing(self._engine.raw_connection()) as connection,
        ):
            yield _sqlite(connection)

    def _rewrite(self) -> None:
        with self.bare() as raw:
            when_free(raw, "VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has the old pages
        with self.write() as connection:
            connection.execute(update(upkeep).values(untidy=False))

    @contextmanager
    def _begin(self, writes: bool) -> Iterator[Connection]:
        engine = self._engine.execution_options(writes=writes)
        with self._turn, in_sentences(self.path), engine.begin() as connection:
            yield connection

    def _make_engine(self) -> Engine:
        pool = StaticPool if self._stays else NullPool
        engine = create_engine("sqlite://", creator=self._connect, poolclass=pool)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options()["writes"]:
                if self._hold:
                    self._hold.check()
                when_free(_sqlite(connection.connection), "BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("BEGIN")

        return engine

    def _connect(self) -> sqlite3.Connection:
        connection = opened(self.path)
        try:
            self._is_fresh(connection)
            for setting in self._settings():
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _settings(self) -> tuple[str, ...]:
        if not self._hold:
            return (*SETTINGS, *ROLLBACK)
        return (*SETTINGS, "locking_mode = EXCLUSIVE", *WAL)

    def _is_fresh(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is still empty. StoreError, before anything is changed, if not ours."""
        version = version_of(connection, self.path)
        if 0 < version < VERSION:
            raise StoreError(say("file.older", path=self.path, found=version, known=VERSION))
        return not version

    def _prepare(self) -> None:
        with self.bare() as raw:
            if self._hold:  # from now on, also whoever does not know the lock is kept out
                when_free(raw, "BEGIN EXCLUSIVE")
                raw.execute("COMMIT")
            fresh = self._is_fresh(raw)
        if fresh:
            self._make_tables()
        elif self._is_untidy():
            self._rewrite()

    def _is_untidy(self) -> bool:
        with self.read() as connection:
            return bool(connection.scalar(select(upkeep.c.untidy)))

    def _make_tables(self) -> None:
        with self.write() as connection:
            if not self._is_fresh(_sqlite(connection.connection)):
                return  # another process was first
            metadata.create_all(connection)
            connection.execute(insert(upkeep).values(untidy=False))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _sqlite(connection: PoolProxiedConnection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.driver_connection)
