"""A backup takes the place of a file, and what was erased since then stays erased."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import exists, select

from playbook.maintain.backup import Backup, check, copy, copy_of, make, remove
from playbook.maintain.migrate import upgrade
from playbook.maintain.revocations import (
    ReappliedRevocations,
    Revocations,
    read_revocations,
    repeat,
)
from playbook.maintain.table_rows import clear, copy_rows
from playbook.model import StoreError
from playbook.store.database import CLASSES, Place, SqlDatabase, open_database
from playbook.store.errors import store_text
from playbook.store.postgres.address import PostgresAddress
from playbook.store.schema import VERSION, workspace
from playbook.store.sql import SOLO
from playbook.store.sqlite.database import ROLLBACK, Database
from playbook.store.sqlite.file import (
    COMPANIONS,
    FOLDER_MODE,
    FileLock,
    beside,
    folder_in_sentences,
    in_sentences,
    make_private,
    opened,
    sync_folder,
)
from playbook.store.sqlite.presence import put_aside


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """What was done. `aside` is what was there before (None: nothing), `repeated` what was erased
    and ended again (None: it could not be read)."""

    backup: Backup
    path: Place
    aside: Path | None
    repeated: ReappliedRevocations | None


def is_solo(backup: Path) -> bool:
    """Whether it is of one person's worksheets, not of a cohort host. StoreError if damaged."""
    check(backup)
    with in_sentences(backup), closing(opened(backup, "ro")) as connection:
        query = "SELECT 1 FROM workspace WHERE id = ?"
        return connection.execute(query, (SOLO,)).fetchone() is not None


def restore(
    backup: Path, path: Path, aside: Callable[[], Path], *, anyway: bool = False
) -> RestoreResult:
    """Make `path` what the backup has, but for what the present file erased or ended since.

    The present file is kept under the name that `aside` chooses. StoreError, and everything as it
    was, when a server holds the file, the backup is not whole, the disk is full or the present file
    can't be read; `anyway` passes over the last.
    """
    found = check(backup)
    with folder_in_sentences(path):
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    with FileLock(path, without_log=True), _work_file(path) as work:  # whatever was lost: it helps
        _copy_into(backup, work)
        if found.version < VERSION:
            upgrade(work)
        there = path.exists() and path.stat().st_size > 0
        taken = _read_present(path, anyway) if there else None
        repeated = _repeat(work, taken)
        check(work)
        kept = aside() if there else None
        if kept:
            _keep_aside(path, kept, whole=taken is not None)
        if kept and taken:
            _exchange(work, path, kept)
        else:
            _replace(work, path, keeps=not kept)
        check(path)
        return RestoreResult(found, path, kept, repeated if taken or not there else None)


def restore_into(
    backup: Path, address: PostgresAddress, folder: Path, aside: Callable[[], Path]
) -> RestoreResult:
    """The same for a PostgreSQL database; everything is prepared in a file in `folder`.

    StoreError, and everything as it was, when a server holds the database or can't be asked.
    """
    found = check(backup)
    with (
        closing(open_database(address, folder, held=True)) as database,
        _work_file(folder / CLASSES) as work,
    ):
        _copy_into(backup, work)
        if found.version < VERSION:
            upgrade(work)
        with database.read() as connection:
            there = bool(connection.scalar(select(exists(select(workspace)))))
            taken = read_revocations(connection)
        repeated = _repeat(work, taken)
        check(work)
        kept = aside() if there else None
        if kept:
            make(database, kept)
        try:
            _exchange_rows(work, database)
        except BaseException:
            if kept:
                remove(kept)  # all is as it was
            raise
        return RestoreResult(found, address, kept, repeated)


def _exchange_rows(work: Path, database: SqlDatabase) -> None:
    """Put a new content into the tables of a database, in one transaction."""
    with closing(Database(work)) as prepared, prepared.read() as source, database.erase() as target:
        clear(target)
        copy_rows(source, target)


@contextmanager
def _work_file(path: Path) -> Iterator[Path]:
    """A private file beside `path` to prepare everything in."""
    work = path.with_name(f"{path.name}.restoring")
    remove(work)  # of a restore that was killed
    make_private(work)
    try:
        yield work
    finally:
        remove(work)


def _copy_into(source: Path, target: Path) -> None:
    """Give one file the content of another, in one transaction."""
    with in_sentences(target), closing(opened(source, "ro")) as old, closing(opened(target)) as new:
        for setting in ROLLBACK:
            new.execute(f"PRAGMA {setting}")
        copy(old, new, target)


def _read_present(path: Path, anyway: bool) -> Revocations | None:
    try:
        with closing(Database(path)) as present:  # which first undoes what a killed server left
            check(path)
            with present.read() as connection:
                return read_revocations(connection)
    except StoreError as error:
        if anyway:
            return None
        reason = str(error).rstrip(".")
        raise StoreError(store_text("restore.unread", reason=reason)) from error


def _repeat(work: Path, taken: Revocations | None) -> ReappliedRevocations:
    """Erase again, and rewrite the file, so that nothing of it is left."""
    with closing(Database(work)) as database, database.erase() as connection:
        return repeat(connection, taken) if taken else ReappliedRevocations(0, 0, 0, 0)


def _keep_aside(path: Path, aside: Path, whole: bool) -> None:
    if whole:
        copy_of(path, aside)
        return
    with folder_in_sentences(aside):
        aside.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        for ending in ("", *COMPANIONS):
            part = beside(path, ending)
            if part.exists():
                shutil.copy2(part, beside(aside, ending))


def _exchange(work: Path, path: Path, aside: Path) -> None:
    """Put a new content into a file: whoever shares the file goes on with it."""
    try:
        _copy_into(work, path)
    except BaseException:
        remove(aside)  # all is as it was
        raise


def _replace(work: Path, path: Path, *, keeps: bool) -> None:
    """Put a new file in the place of one that can't be used, or of none; `keeps` what is left."""
    with folder_in_sentences(path):
        if keeps:
            put_aside(path)
        for ending in COMPANIONS:  # an old journal would be played into the new file
            beside(path, ending).unlink(missing_ok=True)
        work.replace(path)
        sync_folder(path.parent)
