"""A whole copy of a file, made while others use it, opened and checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from playbook.maintain.table_rows import copy_rows
from playbook.model import StoreError
from playbook.store.database import SqlDatabase, open_database
from playbook.store.errors import store_text
from playbook.store.postgres.address import PostgresAddress
from playbook.store.schema import VERSION, metadata
from playbook.store.sqlite.database import Database
from playbook.store.sqlite.file import (
    COMPANIONS,
    FILE_MODE,
    FOLDER_MODE,
    MARK,
    beside,
    folder_in_sentences,
    in_sentences,
    opened,
    sync_folder,
    unless_held,
    version_of,
)

_SIZE = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
_STEP_PAGES = 256
"""Some 1 MB, which is copied in a millisecond or two."""
_BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@dataclass(frozen=True, slots=True)
class Backup:
    """A file that was found whole. `size` in bytes, `rows` by table, `at`: last written (UTC)."""

    path: Path
    at: datetime
    size: int
    version: int
    rows: dict[str, int]


def make(database: SqlDatabase, to: Path, between: Callable[[], None] = lambda: None) -> Backup:
    """Back up what this process has open, held or not, as the new SQLite file `to`.

    Others read and write meanwhile. A file is copied in steps, and what they change goes along; of
    a database without a file, the rows of one moment are. `between` is called between steps, and
    may raise to give up. StoreError, and no new file, if it can't be done.
    """
    if not isinstance(database, Database):
        return filled(to, lambda part: _copy_tables(database, part, between))
    with _new_file(to) as part:
        with database.in_turns(between) as (source, let_others_in):
            rows = _copy_pages(source, database.path, part, to, let_others_in)
        _finish(part, database.path, to, rows)
    return check(to)


def filled(to: Path, fill: Callable[[Path], dict[str, int]]) -> Backup:
    """A backup that `fill` puts into the empty file which it is given; it says how many rows."""
    with _new_file(to) as part:
        rows = fill(part)
        _finish(part, part, to, rows)
    return check(to)


def make_of_file(path: Path, to: Path) -> Backup:
    """Back up the file `path`, of any version up to ours; StoreError while a server holds it."""
    with unless_held(path):
        return copy_of(path, to)


def make_of_database(address: PostgresAddress, to: Path) -> Backup:
    """Back up a PostgreSQL database, whether a server holds it or not."""
    with closing(open_database(address)) as database:
        return make(database, to)


def copy_of(path: Path, to: Path) -> Backup:
    """The same for whoever holds it already."""
    with _new_file(to) as part:
        with in_sentences(path), closing(opened(path)) as source:
            source.execute("BEGIN")  # one moment of a file that others may share
            rows = _copy_pages(source, path, part, to)
        _finish(part, path, to, rows)
    return check(to)


def check(path: Path) -> Backup:
    """Open a backup and look whether it is whole; StoreError says why not. Nothing is changed."""
    with in_sentences(path), closing(opened(path, "ro")) as connection:
        version = require_ours(connection, path)
        rows = _rows(connection)
        (size,) = connection.execute(_SIZE).fetchone()
    about = path.stat()
    others = version == VERSION and rows.keys() != metadata.tables.keys()
    if others or size != about.st_size:  # SQLite itself reads zeros where the end is cut off
        raise StoreError(store_text("file.damaged", path=path))
    written = datetime.fromtimestamp(about.st_mtime, UTC)
    return Backup(path, written, about.st_size, version, rows)


def require_ours(connection: sqlite3.Connection, path: Path | None) -> int:
    """The version of a file that has our tables, is sound and has no code; else StoreError."""
    version = version_of(connection, path)
    if not version:
        raise StoreError(store_text("file.not_ours", path=path))
    sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    loose = connection.execute("PRAGMA foreign_key_check").fetchone()
    code = "SELECT 1 FROM sqlite_master WHERE type IN ('trigger', 'view')"
    if not sound or loose or connection.execute(code).fetchone():
        raise StoreError(store_text("file.damaged", path=path))
    return version


def free_name(folder: Path, stem: str, now: Callable[[], datetime]) -> Path:
    """A dated name that no file in the folder has."""
    dated = f"{stem}-{now().astimezone(UTC):%Y-%m-%d-%H%M%S}"
    names = (folder / f"{dated}{'' if number == 1 else f'-{number}'}.sqlite" for number in count(1))
    return next(name for name in names if not name.exists())


def copy(
    source: sqlite3.Connection,
    target: sqlite3.Connection,
    path: Path,
    pause: Callable[[], None] | None = None,
) -> None:
    """Make the file behind `target` (at `path`) the same as the source's, whole or not at all.

    With a `pause`, in steps: it is called after each but the last, and the source may be changed
    through the same connection meanwhile.
    """

    def after_step(status: int, _: int, __: int) -> None:
        if status in _BUSY:  # Python itself would try for ever
            raise StoreError(store_text("file.busy", path=path))
        if pause and status == sqlite3.SQLITE_OK:
            pause()

    source.backup(target, pages=_STEP_PAGES if pause else -1, progress=after_step)


def _copy_pages(
    source: sqlite3.Connection,
    path: Path | None,
    part: Path,
    to: Path,
    pause: Callable[[], None] | None = None,
) -> dict[str, int]:
    """Copy, and count what there is to be found in the copy, at the moment of its last step."""
    if not version_of(source, path):
        raise StoreError(store_text("file.not_ours", path=path))
    with in_sentences(to), closing(opened(part)) as target:
        target.execute("PRAGMA synchronous = OFF")  # _finish brings it to the disk
        copy(source, target, to, pause)
    return _rows(source)


def _copy_tables(database: SqlDatabase, part: Path, between: Callable[[], None]) -> dict[str, int]:
    with (
        closing(Database(part)) as target,
        target.write() as into,
        database.read() as source,
    ):
        return copy_rows(source, into, between)


def _finish(part: Path, path: Path | None, to: Path, rows: dict[str, int]) -> None:
    """Check the copy of `path`, whose damage would be here as well, and make it one small file."""
    with in_sentences(to), closing(opened(part)) as target:
        require_ours(target, path)
        target.execute("PRAGMA journal_mode = DELETE")  # one file, complete in itself
        target.execute("VACUUM")  # of what was erased a moment ago, no byte goes along
    if check(part).rows != rows:
        raise StoreError(store_text("file.damaged", path=to))


@contextmanager
def _new_file(to: Path) -> Iterator[Path]:
    """A private file to fill, which gets the name `to` when all went well, over nothing else."""
    part = to.with_name(f"{to.name}.part")
    with folder_in_sentences(to):
        to.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        try:
            for name in (to, part):  # `to` is empty for now, so that nobody else takes it
                os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, FILE_MODE))
        except FileExistsError as there:
            raise StoreError(store_text("file.there", path=there.filename)) from None
    try:
        yield part
        with folder_in_sentences(to):
            part.replace(to)
            sync_folder(to.parent)
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    finally:
        remove(part)


def remove(path: Path) -> None:
    """Remove a file of ours, with what SQLite and we may have left beside it."""
    for ending in ("", *COMPANIONS, MARK):
        beside(path, ending).unlink(missing_ok=True)


def _rows(connection: sqlite3.Connection) -> dict[str, int]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    quoted = {name: str(name).replace('"', '""') for (name,) in tables}
    return {
        name: connection.execute(f'SELECT count(*) FROM "{quote}"').fetchone()[0]
        for name, quote in quoted.items()
    }
