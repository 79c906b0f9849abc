"""One change of a worksheet from what a page said to what is committed: the rules of writing.

Runs wherever the store is: in the kernel beside a file of one's own, in the front process of a
cohort host, where nothing that a kernel says is taken on trust.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from playbook.editing.back import RESTORE, back_to
from playbook.editing.plan import Planner
from playbook.editing.record import KIND, keep_record, let_count
from playbook.editing.seals import held_fields
from playbook.framework import Framework
from playbook.model import InputError, Sheet
from playbook.model.storage import Operation, Outcome, Store


def apply_change(
    store: Store,
    framework: Framework,
    worksheet: str,
    device: str,
    change: Mapping[str, Any],
    today: Callable[[], date] = date.today,
) -> Outcome:
    """Validate `change` and commit it to the worksheet of that id, once for its op_id.

    `today` is the day of the change. Raises InputError with the sentence to show (nothing
    changed), StoreError when the store can't.
    """
    op_id, kind = str(change.get("op_id", "")), str(change.get("kind"))
    if kind == "redo":
        return store.redo(worksheet, device, op_id)
    if kind == "resolve":
        conflict, take = change.get("conflict"), change.get("take") is True
        if not isinstance(conflict, int):
            raise InputError(f"A conflict has a number; not {conflict!r}.")
        return store.resolve(worksheet, conflict, take, op_id, device)
    # Planned on what is stored now: another tab may have added the row this change names.
    snapshot = store.load(worksheet)
    sheet = framework.sheet(snapshot.info.sheet)
    if sheet is None:
        raise InputError(f"There is no sheet {snapshot.info.sheet!r} in this playbook.")
    if kind == "undo":
        return store.undo(worksheet, device, op_id, held_fields(sheet, snapshot.fields))
    if kind == KIND:
        return let_count(store, framework, snapshot, device, op_id)
    try:
        if kind == RESTORE:
            version, sets = back_to(store, sheet, snapshot, change.get("seq"))
        else:
            version = given_to(change, sheet)
            sets = Planner(sheet, framework, snapshot.fields, today()).plan(change)
    except InputError:
        if before := store.committed(worksheet, op_id):
            return before  # a replay; it may name rows that are gone by now
        raise
    if sheet.id in framework.sheets:
        keep_record(store, framework, snapshot, device)
    return store.commit(worksheet, Operation(op_id, device, kind, version, sets))


def given_to(change: Mapping[str, Any], sheet: Sheet) -> int:
    """The content version that a change's values were given to: an older one where it says so."""
    said = change.get("version")
    older = isinstance(said, int) and not isinstance(said, bool) and 1 <= said < sheet.version
    return said if older and isinstance(said, int) else sheet.version
