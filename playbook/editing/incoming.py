"""An export before it is taken in: which worksheets it has, and those of one's own alone.

It is looked at in a store of its own, so that what is shown is what would come.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple
from uuid import uuid4

from playbook.editing.no_names import refuse_names
from playbook.editing.record import bring_in
from playbook.framework import Framework
from playbook.model.storage import Outcome, Snapshot, Store, WorksheetInfo
from playbook.store import open_store
from playbook.worksheet.fields import EXAMPLE, is_example
from playbook.worksheet.record import COUNTS

Way = Literal["replace", "keep", "skip"]
"""What becomes of a worksheet that comes: its answers replace those of one that is here, it is
kept beside that one, or it is left out."""

WAYS: tuple[Way, ...] = ("replace", "keep", "skip")

REPLACE = "replace"
"""What replacing all answers is called in the history, and as a change."""


class Taken(NamedTuple):
    """What was taken in: worksheets that were added, and names of those whose answers changed."""

    added: list[WorksheetInfo]
    replaced: list[str]


def own_only(data: dict[str, Any]) -> dict[str, Any]:
    """An export without the examples in it: those were looked at, and are nobody's work."""
    own = [one for one in data["worksheets"] if not is_example_data(one)]
    return {**data, "worksheets": own}


def is_example_data(worksheet: Mapping[str, Any]) -> bool:
    """Whether one of the `worksheets` of an export is a filled example."""
    mark = worksheet["fields"].get(EXAMPLE)
    return mark is not None and mark["value"] is not None


def look_into(data: Any, framework: Framework) -> list[Snapshot]:
    """The worksheets of an export as they would come, but for examples.

    In the export's order. InputError with one sentence for data that is no export, and where names
    stand in place of codes.
    """
    scratch = open_store(None)
    infos = scratch.import_(data)
    refuse_names(data, framework)
    return [one for one in (scratch.load(info.id) for info in infos) if not is_example(one.fields)]


def take_in(
    store: Store,
    framework: Framework,
    data: Any,
    ways: Sequence[tuple[Way, str]],
    apply: Callable[[str, Mapping[str, Any]], Outcome],
) -> Taken:
    """Take in the worksheets that `look_into` shows, each in its way; the record stays the record.

    `ways` has for each of them the way and, to replace, the id of the worksheet that is here.
    `apply(worksheet, change)` commits a change as apply_change does, wherever the store is.
    InputError, with what came before it done, where a sealed row would change.
    """
    incoming, own = look_into(data, framework), own_only(data)
    kept = [one for one, (way, _) in zip(own["worksheets"], ways, strict=True) if way == "keep"]
    added = bring_in(store, framework, {**own, "worksheets": kept}, apply) if kept else []
    replaced = []
    for snapshot, (way, here) in zip(incoming, ways, strict=True):
        if way == "replace":
            apply(here, _as_in(snapshot))
            replaced.append(store.load(here).info.name)
    return Taken(added, replaced)


def _as_in(snapshot: Snapshot) -> dict[str, Any]:
    """The change that gives a worksheet the answers of another."""
    fields = {
        field: state.value
        for field, state in snapshot.fields.items()
        if state.value is not None and field not in (COUNTS, EXAMPLE)
    }
    return {
        "kind": REPLACE,
        "op_id": str(uuid4()),
        "fields": fields,
        "version": snapshot.version,
    }
