"""Whether a history holds together: nothing is taken in that the store could not have written.

The operations are walked through from first to last, with the state of every field in hand.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.model import InputError
from playbook.store.errors import store_text
from playbook.store.format import EventData, OperationData, WorksheetData, refusal
from playbook.store.ledger import (
    ERASED,
    REDO,
    RESOLVE,
    UNDO,
    UNSET,
    FieldChange,
    OperationRecord,
    State,
    state_after,
)


@dataclass(frozen=True, slots=True)
class ReplayedHistory:
    """A history as the store writes it: steps under their seq with their changes, and the end."""

    steps: list[tuple[int, OperationRecord, list[FieldChange]]]
    states: dict[str, State]


def replay(worksheet: WorksheetData, where: str) -> ReplayedHistory:
    """What the worksheet's operations lead to; InputError that says where they contradict."""
    history = _History()
    for number, operation in enumerate(worksheet.operations):
        try:
            history.take(operation)
        except InputError as error:
            raise refusal(f"{where}.operations[{number}]", str(error)) from None
    try:
        history.check_end(worksheet)
    except InputError as error:
        raise refusal(where, str(error)) from None
    return ReplayedHistory(history.steps, history.states)


class _History:
    """What happened so far, and whether the next operation can follow on it."""

    def __init__(self) -> None:
        self.steps: list[tuple[int, OperationRecord, list[FieldChange]]] = []
        self.states: dict[str, State] = {}
        self._seq = 0
        self._revisions: dict[tuple[str, int], State] = {}
        self._operations: dict[int, OperationData] = {}
        self._op_ids: set[str] = set()
        self._lines: list[EventData] = []
        self._settled: set[int | None] = set()
        self._taken_back: set[int] = set()
        self._legible: set[str] = set()  # fields with an event that still has its value
        self._blanked: set[str] = set()  # fields with a blank event, and no erasure yet

    def take(self, operation: OperationData) -> None:
        """Follow one operation; InputError when it breaks a rule."""
        _require(operation.seq > self._seq, "import.seq")
        _require(operation.op_id not in self._op_ids, "import.op_id")
        fields = [event.field for event in operation.events]
        _require(len(set(fields)) == len(fields), "import.field_twice")
        restored = self._restored(operation)
        self._check_settles(operation)
        self._check_erased(operation)
        changes = [self._change(event, restored) for event in operation.events]
        self._note(operation, changes)

    def check_end(self, worksheet: WorksheetData) -> None:
        """Compare with what the worksheet says of itself."""
        _require(worksheet.seq >= self._seq, "import.last_seq")
        _require(not self._blanked, "import.blank")
        said = {field: (data.value, data.rev) for field, data in worksheet.fields.items()}
        follows = {field: (state.value, state.rev) for field, state in self.states.items()}
        _require(said == follows, "import.fields")

    def _change(self, event: EventData, restored: dict[str, State]) -> FieldChange:
        state = self.states.get(event.field, UNSET)
        _require(event.value is None or not event.erased, "import.erased_value")
        if event.rev is None:
            _require(event.base_rev != state.rev, "import.aside")
            origin = None
        else:
            _require(event.base_rev == state.rev == event.rev - 1, "import.rev")
            origin = restored[event.field].origin if event.field in restored else event.rev
        return FieldChange(
            event.field, event.value, event.base_rev, event.rev, origin, event.erased
        )

    def _restored(self, operation: OperationData) -> dict[str, State]:
        """For an undo or a redo: the states it brings back, by field."""
        takes_back = operation.kind in (UNDO, REDO)
        _require(takes_back == (operation.undoes is not None), "import.undo")
        if operation.undoes is None:
            return {}
        target = self._operations.get(operation.undoes)
        if target is None or target.device != operation.device:
            raise InputError(store_text("import.undo"))
        _require((target.kind == UNDO) == (operation.kind == REDO), "import.undo")
        _require(operation.undoes not in self._taken_back, "import.undo")
        self._taken_back.add(operation.undoes)
        taken_back = {event.field: event.rev for event in target.events if event.rev}
        fields = {event.field for event in operation.events}
        _require(bool(fields) and fields == taken_back.keys(), "import.undo")
        return {
            event.field: self._before(event, taken_back[event.field]) for event in operation.events
        }

    def _before(self, event: EventData, rev: int) -> State:
        """The state before revision `rev` of a field, which the undoing `event` brings back."""
        state = self._revisions.get((event.field, rev - 1), UNSET)
        same = event.erased or event.value == state.value
        _require(same and event.rev is not None, "import.undo")
        taken_back = self._revisions[event.field, rev]
        _require(self.states[event.field].origin == taken_back.origin, "import.undo")
        return state

    def _check_settles(self, operation: OperationData) -> None:
        line = operation.settles
        _require((operation.kind == RESOLVE) == (line is not None), "import.resolve")
        if line is None:
            return
        _require(line <= len(self._lines) and line not in self._settled, "import.resolve")
        late = self._lines[line - 1]
        _require(late.rev is None and len(operation.events) <= 1, "import.resolve")
        for event in operation.events:
            same = event.value == late.value or event.erased or late.erased
            _require(same and event.field == late.field and event.rev is not None, "import.resolve")

    def _check_erased(self, operation: OperationData) -> None:
        """An erasure blanks all that came before it, and nothing else makes blank events."""
        blank = {event.field for event in operation.events if event.erased}
        if operation.kind != ERASED:
            self._blanked |= blank
            self._legible |= {event.field for event in operation.events} - blank
            return
        whole = all(event.erased and event.rev for event in operation.events)
        _require(whole and bool(blank) and not blank & self._legible, "import.erasure")
        self._blanked -= blank

    def _note(self, operation: OperationData, changes: list[FieldChange]) -> None:
        for change in changes:
            if state := state_after(change):
                self.states[change.field] = state
                self._revisions[change.field, state.rev] = state
        self._lines += operation.events
        self._operations[operation.seq] = operation
        self._seq = operation.seq
        self._op_ids.add(operation.op_id)
        self._settled.add(operation.settles)
        parts = operation.model_dump(exclude={"seq", "events"})
        self.steps.append((operation.seq, OperationRecord(**parts), changes))


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise InputError(store_text(otherwise))
