"""What a store of worksheets is asked and answers: plain values, no database in sight.

A worksheet is a set of fields. A field's name says what it is:

    breaks                      an answer to a question that is asked once
    candidates/r1a2b3           a row: its value is its place (a number), None once removed
    candidates/r1a2b3/breaks    the answer to a question in that row

So adding, moving and removing a row are changes of one field, and two people adding a row each do
not collide. Every change is an event; nothing is overwritten: each field has a revision, and a
change based on an older revision than the current one is kept aside as a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any, Literal, Protocol

Stored = str | list[str] | float | None
"""A field's value as JSON: text, ids of choices, a row's place, or None for "no answer"."""

Status = Literal["saved", "conflict", "repeated"]
"""saved: committed now · conflict: at least one field was kept aside · repeated: this op_id was
committed before, nothing was done again."""


@dataclass(frozen=True, slots=True)
class Set:
    """One field to change. `base_rev` is the revision it was edited from (0: never set), or None
    for "whatever is there", as the program itself uses for places of rows."""

    field: str
    value: Stored
    base_rev: int | None


@dataclass(frozen=True, slots=True)
class Operation:
    """What one device does at once: committed whole, and only once for its `op_id` (a UUID).

    `kind` names it in the history (set, add_row, remove_row, move_row, duplicate_row, paste_rows,
    example, undo, redo ...); `version` is the sheet's content version.
    """

    op_id: str
    device: str
    kind: str
    version: int
    sets: tuple[Set, ...]


@dataclass(frozen=True)
class FieldState:
    """A field's current value and revision (1 for its first change, rising)."""

    value: Stored
    rev: int

    @cached_property
    def as_json(self) -> Mapping[str, Stored]:
        """As a page is told of it; made once, for an answer changes one of thousands."""
        return {"value": self.value, "rev": self.rev}


@dataclass(frozen=True, slots=True)
class Conflict:
    """A change that came too late: `value` waits for a choice beside the field's current one."""

    id: int
    field: str
    value: Stored
    device: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WorksheetInfo:
    """A worksheet in a list. `changed` is the server's time of the last commit (UTC)."""

    id: str
    sheet: str
    name: str
    created: datetime
    changed: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A worksheet as it stands.

    `seq` rises by one with every commit, renaming and erasing included. `fields` has every field
    that was ever set, one without an answer too: its `rev` is what the next change is based on.
    `version` is the oldest content version that any current value was given to (None without any).
    """

    info: WorksheetInfo
    fields: Mapping[str, FieldState]
    conflicts: tuple[Conflict, ...]
    seq: int
    version: int | None

    def after(self, outcome: Outcome, version: int) -> Snapshot | None:
        """The worksheet after `outcome`, whose values were given to content `version`.

        None where only the store knows: somebody else wrote in between, a change waits for a
        choice, or the last value of an older version may be gone by it.
        """
        if outcome.status != "saved" or outcome.seq != self.seq + 1 or self.conflicts:
            return None
        if self.version not in (None, version):
            return None
        changed = {field: state for field, state in outcome.fields.items() if state.rev}
        written = [state for field, state in changed.items() if state != self.fields.get(field)]
        fields = {**self.fields, **changed}
        given = any(state.value is not None for state in fields.values())
        if given and written and all(state.value is None for state in written):
            return None
        info = replace(self.info, changed=outcome.at)
        return Snapshot(info, fields, (), outcome.seq, version if given else None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an operation: the state of each field it named, as it is now.

    `at` is when it was committed. `seq` is the worksheet's; one more than the caller knew means
    that nobody else wrote in between. A repeated operation's `fields` are those it changed.
    """

    status: Status
    seq: int
    at: datetime
    fields: Mapping[str, FieldState]


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the history; the lines of one operation share its `seq`.

    `kind` "erased" has no value and no previous one any more. `aside`: it came too late and was
    kept aside as a conflict, so it changed nothing by itself.
    """

    seq: int
    op_id: str
    kind: str
    field: str
    value: Stored
    previous: Stored
    device: str
    version: int
    at: datetime
    undone: bool
    aside: bool = False


@dataclass(frozen=True, slots=True)
class UndoSteps:
    """What undo and redo would take back, each by a line of its operation; None for nothing."""

    undo: Event | None
    redo: Event | None


class Store(Protocol):
    """Keeps worksheets. Every method is one transaction; when it returns, it is on the disk.

    Unknown worksheet ids raise GoneError (a StoreError); trouble with the disk StoreError; both
    with one plain sentence.
    """

    def worksheets(self, sheet: str | None = None) -> list[WorksheetInfo]:
        """All worksheets (of one sheet), the last changed first."""

    def values(self, sheet: str, field: str) -> dict[str, Stored]:
        """The value of one field in the worksheets of a sheet, by their id; a worksheet in which it
        was never set is left out. Cheap, where loading each of them is not."""

    def create(self, sheet: str, name: str) -> WorksheetInfo:
        """A new, empty worksheet."""

    def rename(self, worksheet: str, name: str) -> WorksheetInfo:
        """Give a worksheet another name."""

    def load(self, worksheet: str) -> Snapshot:
        """The worksheet as it stands."""

    def seq(self, worksheet: str) -> int:
        """The worksheet's current seq: cheap, to see whether another tab wrote."""

    def commit(self, worksheet: str, operation: Operation) -> Outcome:
        """Append the operation's events and change the current values, or keep them aside."""

    def committed(self, worksheet: str, op_id: str) -> Outcome | None:
        """The outcome ("repeated") of an operation that was committed before, else None."""

    def undo(self, worksheet: str, device: str, op_id: str, held: Collection[str] = ()) -> Outcome:
        """Revert the device's last operation not yet undone, as new events under `op_id`.

        Operations that changed a field of `held` are passed over. Raises UndoError when there is
        none, or when one of its fields has moved on since.
        """

    def redo(self, worksheet: str, device: str, op_id: str) -> Outcome:
        """Take the device's last undo back, as new events; UndoError as in undo.

        There is none once the device has done something else.
        """

    def steps(self, worksheet: str, device: str, held: tuple[str, ...] = ()) -> UndoSteps:
        """What `undo` and `redo` with the same arguments would take back now."""

    def resolve(
        self, worksheet: str, conflict: int, take: bool, op_id: str, device: str
    ) -> Outcome:
        """Settle a conflict: take the waiting value (as a new event), or let it go."""

    def history(self, worksheet: str, limit: int = 200) -> list[Event]:
        """The events of the last `limit` operations, the last first."""

    def duplicate(self, worksheet: str, name: str) -> WorksheetInfo:
        """A new worksheet with the current values of another, its history left behind."""

    def erase_field(self, worksheet: str, field: str, device: str) -> Snapshot:
        """Remove an answer for good, from the history and the waiting conflicts too.

        A field that is a row takes the row's answers along.
        """

    def erase_worksheet(self, worksheet: str) -> None:
        """Remove a worksheet with everything that was ever in it."""

    def erase_everything(self) -> None:
        """Remove every worksheet, and leave nothing in the file."""

    def export(self) -> dict[str, Any]:
        """Everything, history included, as plain JSON data that `import_` takes back exactly."""

    def import_(self, data: Any) -> list[WorksheetInfo]:
        """Add the worksheets of an export. An id that is here already gets a new one.

        All or nothing; InputError with one sentence for data that is not such an export.
        """
