"""Whether a file was here before: no new one takes, in silence, the place of one that was lost.

Beside each file that has its tables stands a mark, which stays when the file goes. So a missing or
an empty file is either the first one of this folder, or one that somebody has to be told about.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import count
from pathlib import Path

from playbook.model import StoreError
from playbook.store.errors import store_text
from playbook.store.sqlite.file import (
    COMPANIONS,
    LOG,
    MARK,
    beside,
    folder_in_sentences,
    new_text,
    sync_folder,
)


def was_here(path: Path) -> bool:
    """Whether there was such a file here, as its mark or what its log still has says."""
    log = beside(path, LOG)
    return beside(path, MARK).exists() or (log.exists() and log.stat().st_size > 0)


def may_be_made(path: Path, *, new: bool) -> bool:
    """Whether tables may be made in the file if it has none: where there never was one, or `new`.

    StoreError, before SQLite sees it, for one that is gone or empty, because SQLite would remove
    what is left beside it; and for a new one in the place of one that is there.
    """
    was = was_here(path)  # first: another process makes the tables, and then the mark
    has_something = path.exists() and path.stat().st_size > 0
    if new and has_something:
        raise StoreError(store_text("file.not_new", path=path))
    if was and not new and not has_something:
        raise lost(path)
    if new:
        put_aside(path)
    return new or not was


def lost(path: Path) -> StoreError:
    """What is said about a file that was here."""
    return StoreError(store_text("file.lost", path=path, mark=beside(path, MARK).name))


def mark(path: Path) -> None:
    """Leave the mark, once; a folder that takes no file is no reason to refuse what is there."""
    there = beside(path, MARK)
    if not there.exists():
        with suppress(OSError):
            new_text(there, store_text("file.mark", name=path.name) + "\n")
            sync_folder(path.parent)


def put_aside(path: Path) -> None:
    """What is left of a lost file takes no part in a new one, and is kept."""
    with folder_in_sentences(path):
        for left in (beside(path, ending) for ending in COMPANIONS):
            if left.exists():
                names = (beside(left, f".{number}") for number in count(1))
                left.rename(next(name for name in names if not name.exists()))
