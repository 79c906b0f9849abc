"""From one version of the tables to the next: STEPS[n] leads from n - 1 to n.

A step says what was true when it was written, whatever the tables became since; so it names no
table of playbook/store/schema.py, and is never changed once people have files that went through it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from playbook.maintain.migrations import v2, v3, v4, v5

if TYPE_CHECKING:
    from alembic.operations import Operations

STEPS: dict[int, Callable[[Operations], None]] = {
    2: v2.upgrade,
    3: v3.upgrade,
    4: v4.upgrade,
    5: v5.upgrade,
}
