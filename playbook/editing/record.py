"""Which worksheet of a sheet counts, as it is changed: chosen by a person, kept when another comes.

Choosing is one operation on the worksheet that is chosen, so the store needs nothing of its own
for it. Undo passes it over (seals.held_fields): it takes back answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

from playbook.editing.no_names import refuse_names
from playbook.framework import Framework
from playbook.model import InputError, Sheet
from playbook.model.storage import Operation, Outcome, Set, Snapshot, Store, WorksheetInfo
from playbook.worksheet.fields import is_example, worksheet_of
from playbook.worksheet.record import COUNTS, in_precedence, is_answered, rank, says_something

KIND = "count"
"""What choosing the record is called in the history, and as a change."""


def let_count(
    store: Store, framework: Framework, snapshot: Snapshot, device: str, op_id: str
) -> Outcome:
    """Make this worksheet the record of its sheet. InputError for an example."""
    if is_example(snapshot.fields):
        raise InputError(framework.words.text("error.example_counts"))
    sheet = framework.sheets.get(snapshot.info.sheet)
    if sheet is None:
        raise InputError(f"No worksheet of {snapshot.info.sheet!r} counts before another.")
    highest = max(map(rank, store.values(sheet.id, COUNTS).values()), default=0.0)
    sets = (Set(COUNTS, highest + 1, None),)
    return store.commit(snapshot.info.id, Operation(op_id, device, KIND, sheet.version, sets))


def keep_record(store: Store, framework: Framework, newcomer: Snapshot, device: str) -> None:
    """Before a worksheet begins to say something: the record stays what it is, from now on by
    choice, however much older the newcomer is."""
    if is_answered(newcomer.fields):  # as nearly always: the store need not be asked
        return
    sheet = framework.sheets[newcomer.info.sheet]
    if len(store.worksheets(sheet.id)) == 1:
        return
    record = record_of(store, framework, sheet)
    if record and COUNTS not in record.fields:
        let_count(store, framework, record, device, str(uuid4()))


def bring_in(
    store: Store,
    framework: Framework,
    data: Any,
    apply: Callable[[str, Mapping[str, Any]], Outcome],
) -> list[WorksheetInfo]:
    """Add the worksheets of an export (store.import_); what counted before still counts.

    `apply(worksheet, change)` commits a change as apply_change does, wherever the store is.
    InputError, and nothing comes, where names stand in place of codes.
    """
    refuse_names(data, framework)
    before = _records(store, framework, framework.sheets.values())
    added = store.import_(data)
    came = [framework.sheets[one] for one in {info.sheet for info in added} & before.keys()]
    for sheet, record in _records(store, framework, came).items():
        if record != before[sheet]:
            apply(before[sheet], {"kind": KIND, "op_id": str(uuid4())})
    return added


def record_of(store: Store, framework: Framework, sheet: Sheet) -> Snapshot | None:
    """The worksheet that counts; None while none says something."""
    infos = in_precedence(store.worksheets(sheet.id), store.values(sheet.id, COUNTS))
    loaded = (store.load(info.id) for info in infos)
    own = (it for it in loaded if not is_example(it.fields) and _says(it, sheet, framework))
    return next(own, None)


def _records(store: Store, framework: Framework, sheets: Iterable[Sheet]) -> dict[str, str]:
    """The id of the record by sheet, where there is one."""
    found = {sheet.id: record_of(store, framework, sheet) for sheet in sheets}
    return {sheet: record.info.id for sheet, record in found.items() if record}


def _says(snapshot: Snapshot, sheet: Sheet, framework: Framework) -> bool:
    return says_something(worksheet_of(sheet, snapshot.fields, framework.words))
