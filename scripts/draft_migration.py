"""Draft the step of a migration: `python scripts/draft_migration.py OLD.sql`.

Prints a module that leads from the tables of the version before, which the statements in OLD.sql
make, to the tables declared now. It is a draft: read it, and add what becomes of the rows.
"""

import sqlite3
import sys
from pathlib import Path
from typing import Any

from alembic.autogenerate import produce_migrations, render_python_code
from alembic.migration import MigrationContext
from sqlalchemy import StaticPool, TypeDecorator, create_engine

import playbook.store.class_schema  # noqa: F401  # its tables are in the same metadata
from playbook.store.schema import metadata

HEAD = '''"""What becomes of the tables: say it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

if TYPE_CHECKING:
    from alembic.operations import Operations


def upgrade(op: Operations) -> None:
'''


def plain_type(kind: str, thing: Any, _: Any) -> str | bool:
    """Our own types by what they are in the file: a step must not change when they do."""
    if kind == "type" and isinstance(thing, TypeDecorator):
        return f"sa.{type(thing.impl_instance).__name__}()"
    return False


def draft(old: Path) -> str:
    """The step from the tables that `old` makes to ours."""
    memory = sqlite3.connect(":memory:")
    memory.executescript(old.read_text(encoding="utf-8"))
    engine = create_engine("sqlite://", creator=lambda: memory, poolclass=StaticPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection)
        steps = produce_migrations(context, metadata).upgrade_ops
        return render_python_code(steps, render_as_batch=True, render_item=plain_type)


if __name__ == "__main__":
    lines = draft(Path(sys.argv[1])).splitlines(keepends=True)
    print(HEAD + "".join(line for line in lines if not line.lstrip().startswith("# ###")))
