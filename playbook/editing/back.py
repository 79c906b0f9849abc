"""Back to an earlier point of the history: a change like any other, so undo takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from playbook.editing.become import become
from playbook.editing.seals import held_fields
from playbook.model import InputError, Sheet
from playbook.model.storage import Event, Set, Snapshot, Store, Stored

RESTORE = "restore"
"""What going back is called in the history, and as a change."""


def back_to(
    store: Store, sheet: Sheet, snapshot: Snapshot, seq: Any
) -> tuple[int, tuple[Set, ...]]:
    """What makes the worksheet say what it said after its commit number `seq`, and the oldest
    content version that this was answered to.

    What is sealed, and which worksheet counts, stay as they are; what was erased does not come
    back. InputError for a number that the worksheet has not reached.
    """
    if not isinstance(seq, int) or isinstance(seq, bool) or not 0 <= seq <= snapshot.seq:
        raise InputError(f"seq is a commit of this worksheet; not {seq!r}.")
    was = as_it_was(store.history(snapshot.info.id, snapshot.seq), seq)
    new: dict[str, Stored] = {
        field: event.value for field, event in was.items() if event.value is not None
    }
    version = min((was[field].version for field in new), default=sheet.version)
    held = held_fields(sheet, snapshot.fields)
    return version, tuple(become(snapshot.fields, new, held))


def as_it_was(events: list[Event], seq: int) -> Mapping[str, Event]:
    """Of each field the event that made its value as of the commit `seq`; `events` are all there
    are, the last first."""
    was: dict[str, Event] = {}
    for event in events:
        if event.seq <= seq and not event.aside:
            was.setdefault(event.field, event)
    return was
