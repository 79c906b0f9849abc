"""How changes are decided, on plain values: what a step is, and what becomes of each field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from playbook.model.storage import FieldState, Set, Stored

UNDO, REDO, RESOLVE = "undo", "redo", "resolve"
ERASED, DUPLICATE = "erased", "duplicate"
OWN_KINDS = {UNDO, REDO, RESOLVE, ERASED, DUPLICATE}
"""The kinds of operation that the store makes itself, and nobody else."""

OWN_DEVICE = "store"
"""The device of what nobody's browser did, such as the first step of a duplicate."""


@dataclass(frozen=True, slots=True)
class State:
    """A field as it stands. `origin` is the revision whose value this is: after an undo an
    earlier one, so that undoing goes further back and still sees whether somebody else wrote."""

    value: Stored = None
    rev: int = 0
    origin: int = 0

    @property
    def public(self) -> FieldState:
        """What others see of it."""
        return FieldState(self.value, self.rev)


UNSET = State()


@dataclass(frozen=True, slots=True)
class OperationRecord:
    """An operation as it is written down, without its changes.

    `undoes` is the seq of the operation it takes back (a redo takes back an undo), `settles` the
    line of the conflict it decides about.
    """

    op_id: str
    device: str
    kind: str
    version: int
    at: datetime
    undoes: int | None = None
    settles: int | None = None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One event: a field's new value. `rev` is None when it came too late and is kept aside."""

    field: str
    value: Stored
    base_rev: int
    rev: int | None = None
    origin: int | None = None
    erased: bool = False


def decide(wanted: Set, state: State) -> FieldChange | None:
    """What becomes of a wish: nothing to do, a new revision, or kept aside as a conflict."""
    if wanted.value == state.value:
        return None
    if wanted.base_rev in (None, state.rev):
        return successor(wanted.field, wanted.value, state)
    return FieldChange(wanted.field, wanted.value, wanted.base_rev or 0)


def successor(
    field: str, value: Stored, state: State, origin: int | None = None, erased: bool = False
) -> FieldChange:
    """The change that makes `value` the field's next revision."""
    rev = state.rev + 1
    return FieldChange(field, value, state.rev, rev, rev if origin is None else origin, erased)


def state_after(change: FieldChange) -> State | None:
    """The field's state after a change that took effect, None after one that was kept aside."""
    if change.rev is None or change.origin is None:
        return None
    return State(change.value, change.rev, change.origin)
