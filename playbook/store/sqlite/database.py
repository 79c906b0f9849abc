"""The tables in one SQLite file, or in memory: their transactions."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
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

import playbook.store.class_schema  # noqa: F401  # every file has these tables as well
from playbook.model import StoreError
from playbook.store.errors import store_text
from playbook.store.priority_lock import PriorityLock
from playbook.store.schema import APPLICATION_ID, VERSION, metadata, upkeep
from playbook.store.sqlite import presence
from playbook.store.sqlite.file import (
    FileLock,
    in_sentences,
    make_folder,
    make_private,
    opened,
    sync_folder,
    version_of,
    when_free,
)
from playbook.store.sqlite.watch import FileWatch

SETTINGS = (
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "secure_delete = ON",  # what is erased is overwritten with zeros (but see erase)
    "temp_store = MEMORY",  # and was never in another file
)
ROLLBACK = ("journal_mode = TRUNCATE", "synchronous = EXTRA")
_OK = ("ok",)
WAL = ("journal_mode = WAL", "synchronous = FULL")
"""For a file that is held. SQLite before 3.51.3 may damage such a log when two connections write to
it (sqlite.org/wal.html, "The WAL-Reset Bug"): here is but one, and it keeps the others out."""

PAUSE_SECONDS = 0.005
"""Long enough for whoever waits to take their turn."""

QUIET_SECONDS, LONGEST_SECONDS = 3.0, 60.0
"""A log's pages go into the file itself when nobody wrote for so long, and at the latest after so
long: who then finds the file without its log misses no more than that."""


class Database:
    """The tables in `path` (made private to the user when missing), or in memory for None.

    A file is opened anew for each transaction: many processes share it, and none holds it. Unless
    it is `held`: then one connection stays open, and every other process is kept out until `close`.
    Tables are made where there never were any, or when a `new` file is asked for; StoreError where
    they are lost. `without_log` goes on with a file whose log was lost.
    """

    def __init__(
        self, path: Path | None, *, held: bool = False, new: bool = False, without_log: bool = False
    ) -> None:
        self.path = path
        self._turn = PriorityLock()  # a connection that stays open is for one thread at a time
        self._stays = held or path is None
        self._hold: FileLock | None = None
        self._watch: FileWatch | None = None
        self._may_be_made = True
        self._written: tuple[float, float] | None = None  # first and last write into the log
        self._engine = self._make_engine()
        self._engines = {it: self._engine.execution_options(writes=it) for it in (False, True)}
        try:
            if path is not None:
                make_folder(path)
                self._hold = FileLock(path, without_log=without_log) if held else None
                self._may_be_made = presence.may_be_made(path, new=new)
                make_private(path)
            self._prepare()
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> Path:
        """Where the file stands."""
        assert self.path is not None  # who asks has a file
        return self.path.parent

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        assert self.path is not None
        return self.path.stem

    def close(self) -> None:
        """Let go of the memory, or of a file that is held, which is whole then without its log."""
        if self._watch and self._hold:
            self._hold.forget_log()
            with suppress(StoreError), self.bare() as raw:
                raw.execute("PRAGMA journal_mode = DELETE")
        self._engine.dispose()
        if self._watch:
            self._watch.close()
            self._watch = None
        if self._hold:
            self._hold.release()
            self._hold = None

    def settle(self) -> None:
        """Bring what the log has into the file itself, when it is time to; a server calls it often.

        StoreError if the file is no more what this process left: saving is refused then.
        """
        if self._watch is None:
            return
        with self._turn:
            self._watch.check()
        now = time.monotonic()
        if self._written is None:
            return
        first, last = self._written
        if now - last >= QUIET_SECONDS or now - first >= LONGEST_SECONDS:
            with self.bare() as raw, self._shrinking():
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self._written = None

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

    @contextmanager
    def in_turns(
        self, between: Callable[[], None]
    ) -> Iterator[tuple[sqlite3.Connection, Callable[[], None]]]:
        """The same for a long reading, with a function that lets others in between its steps.

        `between` is called then, and may raise to give up.
        """

        def let_others_in() -> None:
            self._turn.release()
            try:
                between()
                time.sleep(PAUSE_SECONDS)
            finally:
                self._turn.acquire()

        with self.bare() as raw:
            yield raw, let_others_in

    def _rewrite(self) -> None:
        with self.bare() as raw, self._shrinking():
            when_free(raw, "VACUUM")
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the log has the old pages
        with self.write() as connection:
            connection.execute(update(upkeep).values(untidy=False))

    @contextmanager
    def _shrinking(self) -> Iterator[None]:
        """What rewrites the file or empties its log, which are ours to change."""
        watch = self._watch if self._watch and self._watch.is_as_left() else None
        yield
        if watch:
            watch.renew(shrinks=True)

    @contextmanager
    def _begin(self, writes: bool) -> Iterator[Connection]:
        with self._turn, in_sentences(self.path):
            if writes and self._watch:
                self._watch.check()
            try:
                with self._engines[writes].begin() as connection:
                    yield connection
            finally:
                if writes and self._watch:
                    self._watch.renew()
                    now = time.monotonic()
                    self._written = (self._written[0] if self._written else now, now)

    def _make_engine(self) -> Engine:
        pool = StaticPool if self._stays else NullPool
        engine = create_engine("sqlite://", creator=self._connect, poolclass=pool)

        @event.listens_for(engine, "begin")
        def begin(connection: Connection) -> None:
            if connection.get_execution_options()["writes"]:
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
        return (*SETTINGS, *(["locking_mode = EXCLUSIVE"] if self._hold else []), *ROLLBACK)

    def _is_fresh(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is still empty. StoreError, before anything is changed, if not ours."""
        version = version_of(connection, self.path)
        if 0 < version < VERSION:
            raise StoreError(store_text("file.older", path=self.path, found=version, known=VERSION))
        if not version and self.path and not self._may_be_made:
            raise presence.lost(self.path)
        return not version

    def _prepare(self) -> None:
        with self.bare() as raw:
            if self._hold:  # from now on, also whoever does not know the lock is kept out
                when_free(raw, "BEGIN EXCLUSIVE")
                raw.execute("COMMIT")
            fresh = self._is_fresh(raw)
            if self._hold and not fresh and raw.execute("PRAGMA quick_check(1)").fetchone() != _OK:
                raise StoreError(store_text("file.damaged", path=self.path))
        if fresh:
            self._make_tables()
        elif self._is_untidy():
            self._rewrite()
        self._may_be_made = False
        if self.path:
            presence.mark(self.path)
        if self.path and self._hold:
            self._begin_log(self.path, self._hold)

    def _begin_log(self, path: Path, hold: FileLock) -> None:
        """From now on, commits go into the log. All there is, is in the file itself before."""
        with self.bare() as raw:
            for setting in WAL:
                raw.execute(f"PRAGMA {setting}")
            raw.execute("SELECT 1 FROM sqlite_master").fetchone()  # which makes the log's file
        sync_folder(path.parent)  # a log that is noted must be there, after a power cut too
        hold.note_log()
        self._watch = FileWatch(path)

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
