"""Backups that are made by themselves, beside the data: which there are, and which are kept.

They are told from others by their name; a backup that somebody asked for is never removed. What is
kept goes by their number, not by their age: a clock that jumps must not cost a single one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playbook.maintain import backup
from playbook.maintain.backup import Backup
from playbook.store.database import SqlDatabase

DAILY, WEEKLY = 7, 4
"""The last of each of so many days, and of so many weeks: a mistake is often seen within the week,
and what was wrong for longer is seldom missed after a month."""
KEPT_DAYS = 28
"""For how long the oldest is kept, at most, where a host runs every day."""
OLD = timedelta(days=2)
"""From then on somebody is told: a day may fail, two in a row have a cause."""

_NAME = "{stem}-daily"
_DATE = "%Y-%m-%d-%H%M%S"
_DATED = re.compile(r".*-daily-(\d{4}-\d\d-\d\d-\d{6})(-\d+)?\.sqlite")


def make_daily(
    database: SqlDatabase,
    folder: Path,
    now: Callable[[], datetime],
    between: Callable[[], None] = lambda: None,
) -> Backup:
    """Back up, check, and only then remove what is not kept any more (backup.make)."""
    name = backup.free_name(folder, _NAME.format(stem=database.stem), now)
    made = backup.make(database, name, between)
    there = made_by_itself(folder, database.stem)
    for path in there.keys() - kept(there) - {made.path}:
        path.unlink(missing_ok=True)
    return made


def made_by_itself(folder: Path, stem: str) -> dict[Path, datetime]:
    """The backups that were made so, each with the time in its name (UTC)."""
    found = {}
    for path in folder.glob(f"{_NAME.format(stem=stem)}-*.sqlite"):
        match = _DATED.fullmatch(path.name)
        with suppress(ValueError):
            if match:
                found[path] = datetime.strptime(match[1], _DATE).replace(tzinfo=UTC)
    return found


def kept(made: dict[Path, datetime]) -> set[Path]:
    """Which of them are kept: the last of each of the latest days, and of the latest weeks."""
    in_order = sorted(made, key=lambda path: (made[path], path.name))
    days = {made[path].date(): path for path in in_order}
    weeks = {made[path].isocalendar()[:2]: path for path in in_order}
    return {*list(days.values())[-DAILY:], *list(weeks.values())[-WEEKLY:]}
