"""What a round of levels showed, put into the group's own sheet of practices by one press.

Only practices that stand on the sheet get a level: what nobody has taken up has no row. A level
still counts there as any other does, above "Tried" only with an example of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import uuid4

from playbook.assessing.workbook import Entry, Workbook
from playbook.cohort.group_levels import GroupLevels
from playbook.editing.apply import apply_change
from playbook.framework import Framework
from playbook.model.storage import Store

SHEET = TABLE = "practices"
KIND = "levels"
"""What the history of the sheet calls such a change."""

_DEVICE = "levels"


@dataclass(frozen=True, slots=True)
class Carried:
    """How a round stands beside the sheet: the worksheet, how many levels it may take (those of
    practices that stand there), and the rows that have another level by now."""

    worksheet: str
    name: str
    count: int
    missing: Mapping[str, Mapping[str, str]]


def beside(result: GroupLevels, on: date, store: Store, framework: Framework) -> Carried | None:
    """How the round that was closed `on` that day stands beside the sheet that counts; None while
    nobody said anything there."""
    entry = Workbook(framework, on, store).current(framework.sheets[SHEET])
    if entry is None:
        return None
    rows, shown = _rows(entry), levels_of(result)
    missing = {
        row: {"level": shown[which], "level_since": on.isoformat()}
        for row, (which, level) in rows.items()
        if which in shown and level != shown[which]
    }
    count = sum(which in shown for which, _ in rows.values())
    return Carried(entry.info.id, entry.info.name, count, missing)


def put(carried: Carried, store: Store, framework: Framework) -> None:
    """Put them into the sheet: one change, which one undo takes back."""
    change = {"kind": KIND, "op_id": str(uuid4()), "table": TABLE, "rows": carried.missing}
    apply_change(store, framework, carried.worksheet, _DEVICE, change)


def levels_of(result: GroupLevels) -> dict[str, str]:
    """By practice the level that its middle comes to, as the sheet has it; between two the lower
    one, for half of the group is not further. One without figures has none."""
    told = {one: it.middle for one, it in result.practices.items()}
    return {one: f"l{int(middle)}" for one, middle in told.items() if middle is not None}


def _rows(entry: Entry) -> dict[str, tuple[str, str]]:
    """The first row of each practice, with the practice and its level."""
    found: dict[str, tuple[str, str]] = {}
    for row in entry.worksheet.rows(TABLE):
        which = str(row.answers.get("which", ""))
        if which and which not in {it for it, _ in found.values()}:
            found[row.id] = which, str(row.answers.get("level", ""))
    return found
