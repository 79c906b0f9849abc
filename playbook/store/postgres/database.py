"""The tables in a PostgreSQL database: their transactions, one writer at a time.

Who holds it (a server) has a lock for as long as its one writing connection stands, and writes with
no other: so when that connection is lost, nothing is written that another server might not know of.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, update

import playbook.store.class_schema  # noqa: F401  # every database has these tables as well
from playbook.model import StoreError
from playbook.store.database import CLASSES
from playbook.store.errors import FileError, store_text
from playbook.store.postgres.address import PostgresAddress
from playbook.store.postgres.dialect import in_sentences
from playbook.store.priority_lock import PriorityLock
from playbook.store.schema import APPLICATION_ID, VERSION, metadata, upkeep
from playbook.store.sqlite.file import make_folder

OLDEST_SERVER = 14
VERSIONS = "playbook_version"
"""The table whose one row has the version of the others; beside them, so that no backup has it."""

READERS, MORE_READERS = 4, 4
"""Connections that only read: so many stay open, so many come when those are taken."""
PATIENCE_SECONDS = 10
HOLD_SECONDS = 2
"""For how long a server tries to get a database that another one may be leaving."""

_SETTINGS = f"""
    SET synchronous_commit = on;
    SET lock_timeout = '{PATIENCE_SECONDS}s';
    SET idle_in_transaction_session_timeout = '60s';
    SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3
"""
"""What is acknowledged is on the server's disk, whatever its default; and a server that was cut off
is given up soon, so that its locks are free."""

_KEY = f"{APPLICATION_ID}, hashtext(current_schema() || ' %s')"
_HELD, _WRITER = _KEY % "held", _KEY % "writer"
_IDENTITY = f"""
    SELECT current_setting('server_version_num')::int / 10000, current_setting('server_encoding'),
           count(*), count(*) FILTER (WHERE tablename = '{VERSIONS}')
    FROM pg_tables WHERE schemaname = current_schema()"""


class PostgresDatabase:
    """The tables at `address`, made where there are none; what stands beside them is in `folder`.

    Many processes may share it; unless it is `held`: then every other one is kept from writing
    until `close`. StoreError where it can't be used, or where `new` tables were asked for and there
    are some.
    """

    def __init__(
        self,
        address: PostgresAddress,
        folder: Path | None = None,
        *,
        held: bool = False,
        new: bool = False,
    ) -> None:
        self.address, self._folder, self._held = address, folder, held
        if folder:
            make_folder(folder / CLASSES)
        self._turn = PriorityLock()  # the writing connection is for one thread at a time
        self._writer = writing_engine(address, held=held)
        self._reader = _engine(
            address,
            pool_size=READERS,
            max_overflow=MORE_READERS,
            pool_timeout=PATIENCE_SECONDS,
            execution_options={"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
        )
        try:
            self._prepare(new)
        except BaseException:
            self.close()
            raise

    @property
    def folder(self) -> Path:
        """Where what belongs to it but is not in it stands."""
        assert self._folder is not None  # who asks is a host, which has one
        return self._folder

    @property
    def stem(self) -> str:
        """How the names of its backups begin."""
        return CLASSES

    def close(self) -> None:
        """Let go of it: others may hold it."""
        self._reader.dispose()
        self._writer.dispose()

    def settle(self) -> None:
        """Look whether what is saved now would be kept. StoreError if not."""
        if self._held:
            with self._turn, in_sentences(self.address), self._writer.connect() as connection:
                connection.exec_driver_sql("SELECT 1")

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one moment, and waits for nobody who writes."""
        with in_sentences(self.address), self._reader.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is on the disk when it ends, and not at all if an error ends it."""
        with (
            self._turn,
            in_sentences(self.address),
            self._writer.begin() as connection,
        ):
            if not self._held:
                self._take_turn(connection)
            yield connection

    @contextmanager
    def erase(self) -> Iterator[Connection]:
        """A transaction that erases; afterwards the tables are rewritten, so that nothing is left
        in their files.

        What the server keeps for itself (its log, other servers' copies) is its owner's to see to.
        Who is killed in between rewrites at the next start.
        """
        with self.write() as connection:
            yield connection
            connection.execute(update(upkeep).values(untidy=True))
        self._rewrite()

    def _take_turn(self, connection: Connection) -> None:
        """Wait until nobody else writes. What others committed before is seen from here on."""
        free = f"SELECT pg_try_advisory_xact_lock_shared({_HELD})"
        if not connection.exec_driver_sql(free).scalar_one():
            raise FileError(store_text("file.held", path=self.address))
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITER})")

    def _rewrite(self) -> None:
        tables = ", ".join(f'"{name}"' for name in metadata.tables)
        with (
            self._turn,
            in_sentences(self.address),
            self._writer.execution_options(isolation_level="AUTOCOMMIT").connect() as connection,
        ):
            connection.exec_driver_sql(f"VACUUM (FULL) {tables}")
        with self.write() as connection:
            connection.execute(update(upkeep).values(untidy=False))

    def _prepare(self, new: bool) -> None:
        with (
            in_sentences(self.address, opening=True),
            self._writer.begin() as connection,
        ):
            version = version_of(connection, self.address)
        if new and version:
            raise StoreError(store_text("database.not_new", path=self.address))
        if not version:
            self._make_tables()
        elif version < VERSION:
            values = {"path": self.address, "found": version, "known": VERSION}
            raise StoreError(store_text("file.older", **values))
        elif self._is_untidy():
            self._rewrite()

    def _is_untidy(self) -> bool:
        with self.read() as connection:
            return bool(connection.scalar(select(upkeep.c.untidy)))

    def _make_tables(self) -> None:
        with self.write() as connection:
            if version_of(connection, self.address):
                return  # another process was first
            metadata.create_all(connection)
            connection.execute(insert(upkeep).values(untidy=False))
            connection.exec_driver_sql(f"CREATE TABLE {VERSIONS} (version integer NOT NULL)")
            connection.exec_driver_sql(f"INSERT INTO {VERSIONS} VALUES ({VERSION})")


def version_of(connection: Connection, address: PostgresAddress) -> int:
    """The version of the tables, 0 while there are none. StoreError if not ours, or newer; or if
    the server is too old, or its texts are not Unicode."""
    server, encoding, tables, ours = connection.exec_driver_sql(_IDENTITY).one()
    if server < OLDEST_SERVER:
        values = {"path": address, "found": server, "known": OLDEST_SERVER}
        raise StoreError(store_text("database.old_server", **values))
    if encoding != "UTF8":
        raise StoreError(store_text("database.encoding", path=address, found=encoding))
    if not tables:
        return 0
    if not ours:
        raise StoreError(store_text("database.not_ours", path=address))
    version = int(connection.exec_driver_sql(f"SELECT version FROM {VERSIONS}").scalar_one())
    if version > VERSION:
        values = {"path": address, "found": version, "known": VERSION}
        raise StoreError(store_text("file.newer", **values))
    return version


def has_tables(address: PostgresAddress) -> bool:
    """Whether a playbook's tables are there, of any version."""
    engine = writing_engine(address, held=False)
    try:
        with in_sentences(address, opening=True), engine.connect() as connection:
            return version_of(connection, address) > 0
    finally:
        engine.dispose()


def writing_engine(address: PostgresAddress, *, held: bool) -> Engine:
    """One connection; for who holds the database, each time it is made it takes the lock."""
    engine = _engine(address, pool_size=1, max_overflow=0)
    if held:

        @event.listens_for(engine, "connect")
        def hold(connection: Any, _: object) -> None:
            last_try = time.monotonic() + HOLD_SECONDS
            while not _said(connection, f"SELECT pg_try_advisory_lock({_HELD})"):
                if time.monotonic() > last_try:
                    connection.close()
                    raise FileError(store_text("file.held", path=address))
                time.sleep(0.05)

    return engine


def _engine(address: PostgresAddress, **options: Any) -> Engine:
    """Connections that are looked at before they are used, so that a restart is survived."""
    try:
        engine = create_engine(
            make_url(address.url).set(drivername="postgresql+psycopg"),
            pool_pre_ping=True,
            connect_args={"connect_timeout": PATIENCE_SECONDS, "application_name": "playbook"},
            **options,
        )
    except ModuleNotFoundError as error:
        raise StoreError(store_text("database.extra")) from error

    @event.listens_for(engine, "connect")
    def settle_in(connection: Any, _: object) -> None:
        _said(connection, _SETTINGS)

    return engine


def _said(connection: Any, statement: str) -> Any:
    """Run a statement by itself on the driver's connection; its one value, if it has any."""
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()[0] if cursor.description else None
    finally:
        connection.autocommit = False
