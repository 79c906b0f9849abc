"""Where the playbook keeps a person's own data: the only place that decides it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playbook.store.database import Place

APP_NAME = "redefining-work-playbook"
DATABASE = "PLAYBOOK_DATABASE"


def data_home() -> Path:
    """The folder for worksheets: `PLAYBOOK_HOME` when set, else the user's data folder.

    The folder is not made here: whoever writes first makes it, private to the user.
    """
    named = os.environ.get("PLAYBOOK_HOME", "").strip()
    if named:
        return Path(named).expanduser().absolute()
    from platformdirs import user_data_path  # late: most commands never need it

    return user_data_path(APP_NAME, appauthor=False)


def database_path(home: Path | None = None) -> Path:
    """The SQLite file that holds a solo user's worksheets."""
    return (home or data_home()) / "playbook.sqlite"


def cohorts_path(home: Path | None = None) -> Path:
    """The SQLite file of a cohort host: classes, their people and their worksheets."""
    return (home or data_home()) / "cohorts.sqlite"


def cohorts_place(home: Path | None = None) -> Place:
    """Where the classes are: at the address in `PLAYBOOK_DATABASE` when set, else in that file.

    InputError when it is no address of a PostgreSQL database.
    """
    named = os.environ.get(DATABASE, "").strip()
    if not named:
        return cohorts_path(home)
    from playbook.store.postgres.address import PostgresAddress

    return PostgresAddress.of(named)


def backups_path(home: Path | None = None) -> Path:
    """The folder for backups."""
    return (home or data_home()) / "backups"
