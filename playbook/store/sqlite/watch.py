"""The file that a server holds, looked at before each write: is it still what we left?

A server has its file and the log beside it open, so it would go on writing when either was removed,
replaced or cut, and whoever opens the file next would find none of it. Nobody but the server writes
to them; so whatever changed in between was changed by somebody else.
"""

from __future__ import annotations

import os
from pathlib import Path

from playbook.store.errors import FileError, store_text
from playbook.store.sqlite.file import LOG, beside

_SAMPLES, _SAMPLE_SIZE = 64, 4096
"""How many pieces of a file are compared, and their bytes: all of a small one. Another file of the
same size, put in its place or copied over it, differs in some of them."""


class FileWatch:
    """Knows a file and its log as this process left them; for one thread at a time."""

    def __init__(self, path: Path) -> None:
        self._path, self._log_path = path, beside(path, LOG)
        # Open until the end: on POSIX, closing it would end the locks that SQLite has on the file.
        self._file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        self._main, self._log = path.stat(), self._log_path.stat()
        self._pieces = self._read_pieces(self._main.st_size)

    def close(self) -> None:
        """Look no more."""
        os.close(self._file)

    def is_as_left(self) -> bool:
        """Whether nobody else changed anything."""
        try:
            main, log = self._path.stat(), self._log_path.stat()
        except OSError:
            return False
        same = os.path.samestat(main, self._main) and os.path.samestat(log, self._log)
        sizes = main.st_size == self._main.st_size and log.st_size == self._log.st_size
        # The time alone proves nothing: some file systems set it late, and a file may be touched.
        touched = _time_and_size(main) != _time_and_size(self._main)
        return same and sizes and not (touched and self._read_pieces(main.st_size) != self._pieces)

    def check(self) -> None:
        """FileError if somebody else changed anything: what is written now would be lost."""
        if not self.is_as_left():
            raise FileError(store_text("file.replaced", path=self._path))

    def renew(self, *, shrinks: bool = False) -> None:
        """This process has written, after a check. Only what rewrites a file `shrinks` it: any
        other cut is somebody else's, and what was taken away meanwhile stays missed.
        """
        try:
            main, log = self._path.stat(), self._log_path.stat()
        except OSError:
            return
        same = os.path.samestat(main, self._main) and os.path.samestat(log, self._log)
        cut = main.st_size < self._main.st_size or log.st_size < self._log.st_size
        if not same or (cut and not shrinks):
            return
        if _time_and_size(main) != _time_and_size(self._main):  # seldom: most goes into the log
            self._pieces = self._read_pieces(main.st_size)
        self._main, self._log = main, log

    def _read_pieces(self, size: int) -> list[bytes]:
        step = max(_SAMPLE_SIZE, size // _SAMPLES)
        return [self._read(place) for place in range(0, size, step)]

    def _read(self, place: int) -> bytes:
        os.lseek(self._file, place, os.SEEK_SET)
        return os.read(self._file, _SAMPLE_SIZE)


def _time_and_size(about: os.stat_result) -> tuple[int, int]:
    return about.st_mtime_ns, about.st_size
