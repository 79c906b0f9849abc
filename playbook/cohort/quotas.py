"""How much one person, or one team, may keep and bring on a host."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from playbook.store.database import SqlDatabase
from playbook.store.sql import SqliteStore

WORKSHEETS = 200
BROUGHT, BROUGHT_BYTES = 50, 1_000_000
"""Worksheets, and bytes of their JSON, that are taken in at once."""
OFFERS = 5
"""Pages that a person or a team offers to the gallery; each may be long."""


def worksheets_in(
    database: SqlDatabase, workspace: str, now: Callable[[], datetime]
) -> SqliteStore:
    """The worksheets of one person or one team, as many as they may have."""
    return SqliteStore(database, now=now, workspace=workspace, most=WORKSHEETS)


def too_many(data: Any) -> bool:
    """Whether an export has more worksheets than are taken in at once; cheap, before it is read."""
    worksheets = data.get("worksheets") if isinstance(data, dict) else None
    return isinstance(worksheets, list) and len(worksheets) > BROUGHT
