"""What a database is to everybody above it, whether it is a SQLite file or PostgreSQL.

All writing goes one after the other, so who writes may look first and count on what was seen.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from playbook.store.postgres.address import PostgresAddress

if TYPE_CHECKING:
    from sqlalchemy import Connection

CLASSES = "cohorts"
"""How the backups of a host's database are called."""


class SqlDatabase(Protocol):
    """The tables of playbook.store.schema and class_schema, and their transactions."""

    @property
    def folder(self) -> Path:
        """Where what belongs to it but is not in it stands: a host's key, its backups."""

    @property
    def stem(self) -> str:
        """How the names of its backups begin."""

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one moment."""

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that is on the disk when it ends, and not at all if an error ends it."""

    def erase(self) -> AbstractContextManager[Connection]:
        """A transaction that erases; afterwards what was erased is in no file of the tables."""

    def settle(self) -> None:
        """What a server has to do now and then. StoreError while nothing could be saved."""

    def close(self) -> None:
        """Let go of it."""


Place = Path | PostgresAddress
"""Where the tables are: in a file, or at an address."""


def open_database(
    place: Place,
    folder: Path | None = None,
    *,
    held: bool = False,
    new: bool = False,
    without_log: bool = False,
) -> SqlDatabase:
    """The tables at `place`; what stands beside a database without a file is in `folder`.

    What `held`, `new` and `without_log` mean is said of Database and PostgresDatabase.
    """
    if isinstance(place, PostgresAddress):
        from playbook.store.postgres.database import PostgresDatabase

        return PostgresDatabase(place, folder, held=held, new=new)
    from playbook.store.sqlite.database import Database

    return Database(place, held=held, new=new, without_log=without_log)


def is_there(place: Place) -> bool:
    """Whether there is such a file, or tables of ours at the address."""
    if isinstance(place, Path):
        return place.is_file()
    from playbook.store.postgres.database import has_tables

    return has_tables(place)


def stem_of(place: Place) -> str:
    """How the names of its backups begin."""
    return place.stem if isinstance(place, Path) else CLASSES
