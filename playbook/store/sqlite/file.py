"""One SQLite file as a file: how it is opened, whose it is, who holds it, its troubles in words."""

from __future__ import annotations

import os
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Literal

from sqlalchemy.exc import DBAPIError

from playbook.model import StoreError
from playbook.store.errors import FileError, store_text
from playbook.store.schema import APPLICATION_ID, VERSION, BrokenError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

BUSY_SECONDS = 10
_NAP_SECONDS = (0.001, 0.004)
_IDENTITY = """
    SELECT application_id, user_version, (SELECT count(*) FROM sqlite_master)
    FROM pragma_application_id, pragma_user_version"""
"""One statement, so that it sees another process's new tables whole or not at all."""

FOLDER_MODE, FILE_MODE = 0o700, 0o600
LOG = "-wal"
COMPANIONS = ("-journal", LOG, "-shm")
"""What SQLite may have left beside a file; without them it is not whole."""
MARK = ".was-here"
"""What we leave beside a file (playbook.store.sqlite.presence)."""

_WITH_LOG = b"with log"

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


def sentence_of(error: DBAPIError | sqlite3.Error) -> str | None:
    """The id of the sentence about an error, if it is the file's trouble and no mistake of ours."""
    if _is_undecodable(error):
        return "file.damaged"
    return _SENTENCES.get(_code(error))


def _is_undecodable(error: DBAPIError | sqlite3.Error) -> bool:
    """Whether it is Python's own complaint, without SQLite's code, of text that is no UTF-8."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    return isinstance(cause, sqlite3.OperationalError) and not hasattr(cause, "sqlite_errorcode")


@contextmanager
def in_sentences(path: Path | None) -> Iterator[None]:
    """Turn the file's troubles into StoreError; mistakes of ours stay what they are."""
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise FileError(store_text(sentence, path=path), full=sentence == "file.full") from error
    except (BrokenError, UnicodeDecodeError) as error:
        raise FileError(store_text("file.damaged", path=path)) from error


@contextmanager
def folder_in_sentences(path: Path) -> Iterator[None]:
    """The same for what is done to files and folders as such."""
    try:
        yield
    except OSError as error:
        raise StoreError(
            store_text("file.folder", path=path, reason=error.strerror or error)
        ) from error


def beside(path: Path, ending: str) -> Path:
    """The file that has the same name and this ending."""
    return path.with_name(f"{path.name}{ending}")


def make_folder(path: Path) -> None:
    """Make the file's folder, its owner's alone, where it is missing."""
    with folder_in_sentences(path):
        path.parent.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def make_private(path: Path) -> None:
    """Make the folder and the empty file, readable by their owner alone, where they are missing."""
    make_folder(path)
    with folder_in_sentences(path):
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, FILE_MODE))


def new_text(path: Path, text: str) -> None:
    """Write a new file that is its owner's alone; FileExistsError instead of overwriting one."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink()
        raise


def sync_folder(folder: Path) -> None:
    """Bring a new name to the disk, where folders can be synced (Windows does it by itself)."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def opened(path: Path | None, mode: Literal["rw", "ro"] = "rw") -> sqlite3.Connection:
    """A bare connection to a file that is there, or to a new memory; closing it is the caller's."""
    uri = f"{path.absolute().as_uri()}?mode={mode}" if path else ":memory:"
    return sqlite3.connect(
        uri,
        timeout=BUSY_SECONDS,
        isolation_level=None,  # BEGIN and COMMIT are ours
        check_same_thread=False,
        uri=True,
    )


def version_of(connection: sqlite3.Connection, path: Path | None) -> int:
    """The version of the file's tables, 0 while it is empty. StoreError if not ours, or newer."""
    application, version, tables = connection.execute(_IDENTITY).fetchone()
    if application == APPLICATION_ID:
        if version > VERSION:
            raise StoreError(store_text("file.newer", path=path, found=version, known=VERSION))
        return int(version)
    if application or version or tables:
        raise StoreError(store_text("file.not_ours", path=path))
    return 0


def when_free(connection: sqlite3.Connection, statement: str) -> None:
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


class FileLock:
    """A file kept for this process alone: StoreError if another one has it.

    The lock is on a file beside it, which stays there; it ends with the process, however that ends.
    The lock's file says as well whether a log belongs to the file: so StoreError if the last server
    was killed and its log is gone, but for `without_log`.
    """

    def __init__(self, path: Path, *, without_log: bool = False) -> None:
        self._path = path
        with folder_in_sentences(path):
            self._lock = os.open(_lock_path(path), os.O_RDWR | os.O_CREAT, FILE_MODE)
        try:
            _lock(self._lock)
        except OSError:
            os.close(self._lock)
            raise StoreError(store_text("file.held", path=path)) from None
        if self._has_lost_its_log() and not without_log:
            os.close(self._lock)
            raise StoreError(store_text("file.no_log", path=path, log=beside(path, LOG).name))
        self.forget_log()

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_: object) -> None:
        self.release()

    def release(self) -> None:
        """Let others have it."""
        self.note_log()
        os.close(self._lock)

    def note_log(self) -> None:
        """Write down, for whoever comes after us, whether a log belongs to the file now."""
        self._note(_WITH_LOG if beside(self._path, LOG).exists() else b"")

    def forget_log(self) -> None:
        """Before the log is taken into the file and removed: its absence means nothing then."""
        self._note(b"")

    def _note(self, noted: bytes) -> None:
        with suppress(OSError):  # a full disk must not keep a server from starting, or stopping
            os.ftruncate(self._lock, 0)
            os.lseek(self._lock, 0, os.SEEK_SET)
            os.write(self._lock, noted)

    def _has_lost_its_log(self) -> bool:
        noted = os.read(self._lock, len(_WITH_LOG)) == _WITH_LOG
        there = self._path.exists() and self._path.stat().st_size > 0
        return noted and there and not beside(self._path, LOG).exists()


def unless_held(path: Path) -> AbstractContextManager[None]:
    """Keep a server from starting on the file meanwhile; where none ever did, nothing is needed."""
    return FileLock(path) if _lock_path(path).exists() else nullcontext()


def _lock_path(path: Path) -> Path:
    return beside(path, ".lock")


def _lock(descriptor: int) -> None:
    """Lock an open file or raise OSError at once."""
    if sys.platform == "win32":
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
