"""One SQLite file, or the memory: its transactions, and its troubles as one sentence each."""

from __future__ import annotations

import os
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import cast

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool, StaticPool

from playbook.model import StoreError
from playbook.store.errors import say
from playbook.store.schema import APPLICATION_ID, VERSION, metadata, upkeep

BUSY_SECONDS = 10
_NAP_SECONDS = (0.001, 0.004)
SETTINGS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",  # what is erased is overwritten with zeros (but see erase)
    "temp_store = MEMORY",  # and was never in another file
    "journal_mode = TRUNCATE",
    "synchronous = EXTRA",
)
_IDENTITY = """
    SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
    FROM pragma_application_id, pragma_user_version"""
"""One statement, so that it sees another process's new tables whole or not at all."""

_FOLDER_MODE, _FILE_MODE = 0o700, 0o600
_PRIMARY = 0xFF
"""SQLite's extended result codes carry the primary one in their lowest byte."""

_SENTENCES = {
    sqlite3.SQLITE_NOTADB: "file.not_ours",
    sqlite3.SQLITE_CORRUPT: "file.not_ours",
    sqlite3.SQLITE_FULL: "file.full",
    sqlite3.SQLITE_BUSY: "file.busy",
    sqlite3.SQLITE_CANTOPEN: "file.closed",
    sqlite3.SQLITE_READONLY: "file.closed",
    sqlite3.SQLITE_PERM: "file.closed",
    sqlite3.SQLITE_AUTH: "file.closed",
    sqlite3.SQLITE_IOERR: "file.trouble",
    sqlite3.SQLITE_PROTOCOL: "file.trouble",
}


class Database:
    """The tables in `path` (made private to the user when missing), or in memory for None.

    A file is opened anew for each transaction: many processes share it, and none holds it.
    """

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self._turn = Lock()  # the memory has one connection, for one thread at a time
        if path is not None:
            _make_private(path)
        with self._in_sentences(), closing(self._open()) as connection:
            fresh = self._is_fresh(connection)
        self._engine = self._make_engine()
        if fresh:
            self._make_tables()
        elif self._is_untidy():
            self._rewrite()

    def close(self) -> None:
        """Let go of the memory. A file is not held between transactions."""
        self._engine.dispose()

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

    def _rewrite(self) -> None:
        if self.path is not None:
            with self._turn, self._in_sentences(), closing(self._connect()) as raw:
                _when_free(raw, "VACUUM")
        with self.write() as connection:
            connection.execute(update(upkeep).values(untidy=False))

    @contextmanager
    def _begin(self, writes: bool) -> Iterator[Connection]:
        engine = self._engine.execution_options(writes=writes)
        with self._turn, self._in_sentences(), engine.begin() as connection:
            yield connection

    def _make_engine(self) -> Engine:
        pool = NullPool if self.path else StaticPool
        engine = create_engine("sqlite://", creator=self._connect, poolclass=pool)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options()["writes"]:
                _when_free(_raw(connection), "BEGIN IMMEDIATE")
            else:
                connection.exec_driver_sql("BEGIN")

        return engine

    def _connect(self) -> sqlite3.Connection:
        connection = self._open()
        try:
            self._is_fresh(connection)
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
        return connection

    def _open(self) -> sqlite3.Connection:
        """A bare connection; mode=rw, so that a file that was taken away is not made anew."""
        uri = f"{self.path.absolute().as_uri()}?mode=rw" if self.path else ":memory:"
        return sqlite3.connect(
            uri,
            timeout=BUSY_SECONDS,
            isolation_level=None,  # BEGIN and COMMIT are ours
            check_same_thread=False,
            uri=True,
        )

    def _is_fresh(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is still empty. StoreError, before anything is changed, if not ours."""
        application, version, tables = connection.execute(_IDENTITY).fetchone()
        if application == APPLICATION_ID:
            if version > VERSION:
                raise StoreError(say("file.newer", path=self.path, found=version, known=VERSION))
            return False
        if application or version or tables:
            raise StoreError(say("file.not_ours", path=self.path))
        return True

    def _is_untidy(self) -> bool:
        with self.read() as connection:
            return bool(connection.scalar(select(upkeep.c.untidy)))

    def _make_tables(self) -> None:
        with self.write() as connection:
            if not self._is_fresh(_raw(connection)):
                return  # another process was first
            metadata.create_all(connection)
            connection.execute(insert(upkeep).values(untidy=False))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")

    @contextmanager
    def _in_sentences(self) -> Iterator[None]:
        try:
            yield
        except (DBAPIError, sqlite3.Error) as error:
            sentence = _SENTENCES.get(_code(error))
            if sentence is None:
                raise  # no trouble of the file's, but a mistake of ours
            raise StoreError(say(sentence, path=self.path)) from error


def _make_private(path: Path) -> None:
    """Make the folder and the empty file, readable by their owner alone, where they are missing."""
    try:
        path.parent.mkdir(mode=_FOLDER_MODE, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE))
    except OSError as error:
        raise StoreError(say("file.folder", path=path, reason=error.strerror or error)) from error


def _raw(connection: Connection) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _when_free(connection: sqlite3.Connection, statement: str) -> None:
    """Run what needs the file for itself, as soon as it is its turn.

    SQLite's own waiting naps longer and longer, up to a tenth of a second, so whoever waited
    longest came last; here everybody looks again after a short nap.
    """
    last_try = time.monotonic() + BUSY_SECONDS
    connection.execute("PRAGMA busy_timeout = 0")
    while True:
        try:
            connection.execute(statement)
            break
        except sqlite3.OperationalError as error:
            if _code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > last_try:
                raise
        time.sleep(random.uniform(*_NAP_SECONDS))
    connection.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")


def _code(error: DBAPIError | sqlite3.Error) -> int:
    """SQLite's primary result code behind an error, 0 if there is none."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return getattr(cause, "sqlite_errorcode", 0) & _PRIMARY
