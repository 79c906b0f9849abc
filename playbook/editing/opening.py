"""Which worksheet of a sheet a page opens, made where there is none."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain, count
from typing import Any
from uuid import uuid4

from playbook.framework import Framework
from playbook.model import Sheet
from playbook.model.storage import Outcome, Snapshot, Store, WorksheetInfo
from playbook.worksheet.fields import story_of


def opened(
    store: Store,
    framework: Framework,
    sheet: Sheet,
    wanted: str,
    record: Callable[[], WorksheetInfo | None],
    apply: Callable[[str, Mapping[str, Any]], Outcome],
) -> Snapshot:
    """The worksheet `wanted`, by its id; else the `record`; else the last changed that is no
    example, or a new one.

    "example", or another story's name, is the sheet's filled example, which `apply(worksheet,
    change)` fills where there is none yet.
    """
    mine = {info.id: info for info in store.worksheets(sheet.id)}
    if wanted in mine:
        return store.load(wanted)
    example = framework.story(wanted).get(sheet.id)
    story = wanted if example else ""
    choice = not example and len(mine) > 1
    counts = record() if choice else None
    known = [counts.id, *mine] if counts else [*mine]
    loaded = (store.load(one) for one in known)
    found = next((one for one in loaded if story_of(one.fields) == story), None)
    if found is not None:
        return found
    made = created(store, sheet, example.name if example else "").id
    if example:
        apply(made, {"kind": "example", "story": story, "op_id": str(uuid4())})
    return store.load(made)


def created(store: Store, sheet: Sheet, name: str = "") -> WorksheetInfo:
    """A new worksheet; without a name it gets the sheet's title, with a number where one has it."""
    taken = {info.name for info in store.worksheets(sheet.id)}
    numbered = (f"{sheet.title} {number}" for number in count(2))
    default = next(one for one in chain([sheet.title], numbered) if one not in taken)
    return store.create(sheet.id, name or default)
