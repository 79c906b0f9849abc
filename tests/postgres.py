"""A PostgreSQL server of this process, for tests, where the machine has its programs.

Begun when the first test asks for it, in a folder of its own, on a UNIX socket; gone with the
process. Databases are emptied and used again: making one takes longer than most tests.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, update

from playbook.maintain.table_rows import clear
from playbook.store.postgres.address import PostgresAddress
from playbook.store.postgres.database import PostgresDatabase
from playbook.store.schema import upkeep

OWNER = "playbook"
SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "shared_buffers=16MB")
"""Nobody pulls this machine's plug, and no test is about what a disk does then."""
SECONDS = 60


def programs() -> Path | None:
    """The folder with PostgreSQL's programs, the newest if there are several."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    places = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(places, key=lambda path: int(path.parts[-3]), default=None)
    return newest.parent if newest else None


def why_not() -> str | None:
    """Why there is no server here; None if there can be one."""
    if not hasattr(os, "geteuid"):
        return "a server is begun here on a UNIX socket"
    if find_spec("psycopg") is None:
        return "psycopg is not installed"
    if programs() is None:
        return "this machine has no PostgreSQL"
    if os.geteuid() == 0 and not _is_user("postgres"):
        return "PostgreSQL does not run as root, and there is no user called postgres"
    return None


def _is_user(name: str) -> bool:
    import pwd  # not everywhere

    return name in {user.pw_name for user in pwd.getpwall()}


class PostgresServer:
    """A server that runs, and its databases."""

    def __init__(self, folder: Path) -> None:
        self.folder, self._numbers = folder, count()
        self._free: list[PostgresDatabase] = []
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user:
            shutil.chown(folder, self._user)
        first = (*("-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"), "-U", OWNER)
        subprocess.run(self._words("initdb", *first), check=True, capture_output=True, **self._as())
        self.begin()

    def begin(self) -> None:
        """Start it; again, after it was stopped."""
        options = [word for setting in SETTINGS for word in ("-c", setting)]
        words = self._words("postgres", "-k", str(self.folder), *options)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(words, stdout=log, stderr=log, **self._as())
        last_try = time.monotonic() + SECONDS
        while subprocess.run(
            [programs() / "pg_isready", "-q", "-h", self.folder, "-d", "postgres"], check=False
        ).returncode:
            assert time.monotonic() < last_try, (self.folder / "log").read_text()
            time.sleep(0.05)

    def stop(self, *, hard: bool = False) -> None:
        """Stop it as if the power went, or properly."""
        self.process.send_signal(3 if hard else 2)  # SIGQUIT, SIGINT
        self.process.wait(SECONDS)

    def make(self) -> PostgresAddress:
        """A new database without tables."""
        name = f"test_{next(self._numbers)}"
        engine = create_engine(
            self._url("postgres", driver="+psycopg"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        engine.dispose()
        return PostgresAddress.of(self._url(name))

    @contextmanager
    def lent(self) -> Iterator[PostgresDatabase]:
        """A database with empty tables, for one test."""
        database = self._free.pop() if self._free else PostgresDatabase(self.make(), self.folder)
        yield database
        with database.write() as connection:
            clear(connection)
            connection.execute(update(upkeep).values(untidy=False))
        self._free.append(database)

    def remove(self) -> None:
        """Stop it, and leave nothing."""
        for database in self._free:
            database.close()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _url(self, name: str, driver: str = "") -> str:
        return f"postgresql{driver}://{OWNER}@/{name}?host={self.folder}"

    def _words(self, program: str, *more: str) -> list[str]:
        return [str(programs() / program), "-D", str(self.folder / "data"), *more]

    def _as(self) -> dict[str, str]:
        return {"user": self._user, "group": self._user, "cwd": "/"} if self._user else {}


@cache
def server() -> PostgresServer:
    """This process's server; skips the test where there can be none."""
    if reason := why_not():
        pytest.skip(f"{reason}, so nothing was tried on it")
    made = PostgresServer(Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp")))
    atexit.register(made.remove)
    return made
