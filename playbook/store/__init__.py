"""The store of worksheets: `open_store(path)`, the types it speaks, and its errors.

The database library is loaded when a store is opened, not before.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from playbook.model.storage import (
    Conflict,
    Event,
    FieldState,
    Operation,
    Outcome,
    Set,
    Snapshot,
    Status,
    Store,
    Stored,
    WorksheetInfo,
)
from playbook.store.errors import GoneError, UndoError

if TYPE_CHECKING:
    from playbook.store.sql import SqliteStore

__all__ = [
    "Conflict",
    "Event",
    "FieldState",
    "GoneError",
    "Operation",
    "Outcome",
    "Set",
    "Snapshot",
    "SqliteStore",
    "Status",
    "Store",
    "Stored",
    "UndoError",
    "WorksheetInfo",
    "open_store",
]


def open_store(path: Path | None) -> Store:
    """The store in the file `path`, made when missing; for None one in memory.

    Raises StoreError, with one sentence that names the file, when it can't be used.
    """
    from playbook.store.sql import SqliteStore

    return SqliteStore(path)


def __getattr__(name: str) -> Any:
    if name == "SqliteStore":
        from playbook.store.sql import SqliteStore

        return SqliteStore
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
