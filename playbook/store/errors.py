"""What can go wrong in the store, and how it says so.

StoreError     the file can't be read or written
├── FileError  the file as a whole has a trouble, and `full` says whether it is a full disk
├── GoneError  the worksheet is not here, or not any more
└── UndoError  the last step can't be taken back
InputError     what was given can't be taken (playbook.model)
"""

from __future__ import annotations

from playbook.framework import load_framework
from playbook.model import StoreError


def store_text(key: str, **values: object) -> str:
    """What the store says under `key` (content/wording/store.toml), its {names} filled in."""
    return load_framework().words.text(f"store.{key}", **values)


class FileError(StoreError):
    """The file can't be read or written; the sentence names its path. `full`: for want of room."""

    def __init__(self, text: str, full: bool = False) -> None:
        super().__init__(text)
        self.full = full


class GoneError(StoreError):
    """There is no such worksheet (any more), or whatever else `text` is about."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text or store_text("gone"))


class UndoError(StoreError):
    """The last step can't be taken back; `field` is the one that has moved on, if that is why."""

    def __init__(self, text: str, field: str | None = None) -> None:
        super().__init__(text)
        self.field = field
