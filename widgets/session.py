"""A Session is one open worksheet: what it holds now, and the only gate for writing.

A form hands every change to `apply`. It comes back with what became of it, and only after the
commit. Cards are told once per change (`on_change`) and derive all they show from `worksheet`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import uuid4

from playbook.carrying import Carried, Judge, Judged, judge_of
from playbook.fields import EXAMPLE_WORKSHEET, check_field, is_example, worksheet_of
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Sheet, StoreError, Worksheet
from playbook.store.errors import UndoError
from playbook.store.types import Outcome, Snapshot, Store, WorksheetInfo

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Host:
    """Where a session runs: its store, whether it keeps anything, and who can see it.

    `apply(worksheet, device, change)` validates and commits; `device` is the browser's name where
    its own word does not count; `others(worksheet)` are those who have it open as well.
    """

    store: Store
    mode: str
    privacy: str
    apply: Callable[[str, str, Mapping[str, Any]], Outcome]
    notice: str = ""
    device: str = ""
    others: Callable[[str], list[str]] = lambda _: []


class _Judges:
    """The rules' judges as a page last looked: one for what is its person's, one for examples."""

    def __init__(self, store: Store, framework: Framework) -> None:
        self._store, self._framework = store, framework
        self._known: dict[bool, Judge] = {}

    def of(self, example: bool, today: date) -> Judge:
        """The judge that was asked before on the same day, else a new one."""
        known = self._known.get(example)
        if known is None or known.today != today:
            known = judge_of(self._store, self._framework, today, example)
            self._known[example] = known
        return known

    def forget(self) -> None:
        """Look at the other sheets anew next time."""
        self._known.clear()


class _Held:
    """A worksheet as it was loaded, with what is read from it: once, and judged once a day."""

    def __init__(
        self, sheet: Sheet, framework: Framework, judges: _Judges, snapshot: Snapshot
    ) -> None:
        self._sheet, self._words, self._judges = sheet, framework.words, judges
        self.snapshot = snapshot
        self.is_example = is_example(snapshot.fields)
        self._assessed: Assessment | None = None

    @cached_property
    def worksheet(self) -> Worksheet:
        """The answers as rules read them."""
        snapshot = self.snapshot
        return worksheet_of(self._sheet, snapshot.fields, self._words, snapshot.version)

    def judge(self, today: date) -> Judge:
        """Who judges it."""
        return self._judges.of(self.is_example, today)

    def assessment(self, today: date) -> Assessment:
        """What the rules say."""
        if self._assessed is None or self._assessed.today != today:
            self._assessed = self.judge(today).assess(self._sheet, self.worksheet)
        return self._assessed


class Session:
    """One worksheet of `sheet` in `host`'s store, as `device` sees it; none until `open`."""

    def __init__(
        self,
        sheet: Sheet,
        framework: Framework,
        host: Host,
        device: str,
        today: Callable[[], date] = date.today,  # the only clock
    ) -> None:
        self.sheet = sheet
        self.framework = framework
        self.host = host
        self.store = host.store
        self.device = host.device or device
        self._today = today
        self._callbacks: list[Callable[[Session], None]] = []
        self._judges = _Judges(self.store, framework)
        self._held: _Held

    def on_change(self, callback: Callable[[Session], None]) -> None:
        """Call `callback` with this session after every change of what it holds."""
        self._callbacks.append(callback)

    # -- which worksheet

    def open(self, worksheet: str | None = None) -> None:
        """Hold the worksheet of that id; else the last changed that is no example; else a new one.

        "example" is the sheet's filled example, made when there is none yet.
        """
        self._judges.forget()
        mine = {info.id: info for info in self.store.worksheets(self.sheet.id)}
        if worksheet in mine:
            self._hold(self.store.load(worksheet))
            return
        wants_example = worksheet == EXAMPLE_WORKSHEET and self.sheet.id in self.framework.examples
        loaded = (self.store.load(known) for known in mine)
        found = next((s for s in loaded if is_example(s.fields) == wants_example), None)
        if found is None and wants_example:
            name = self.framework.examples[self.sheet.id].name
            self._hold(self.store.load(self.create(name).id))
            self.fill_with_example()
        else:
            self._hold(found or self.store.load(self.create().id))

    def open_exactly(self, worksheet: str) -> None:
        """Hold that worksheet of this sheet; GoneError when it is not there (any more)."""
        self._judges.forget()
        self._hold(self._load(worksheet))

    def _load(self, worksheet: str) -> Snapshot:
        snapshot = self.store.load(worksheet)
        if snapshot.info.sheet != self.sheet.id:
            raise InputError(f"That worksheet belongs to {snapshot.info.sheet}; open it there.")
        return snapshot

    def look_at(self, worksheet: str) -> Judged:
        """Another worksheet of this sheet as it stands, without turning to it."""
        held, today = self._read(self._load(worksheet)), self._today()
        told = held.assessment(today)
        return Judged(held.snapshot.info, self.sheet, held.worksheet, told, held.is_example)

    def rename(self, name: str) -> None:
        """Give the worksheet another name."""
        self.store.rename(self.id, name)
        self._hold(self.store.load(self.id))

    def create(self, name: str = "") -> WorksheetInfo:
        """Make a worksheet, named by its place in the row when no name is given."""
        taken = len(self.store.worksheets(self.sheet.id))
        default = f"{self.sheet.title} {taken + 1}" if taken else self.sheet.title
        return self.store.create(self.sheet.id, name or default)

    def refresh(self) -> bool:
        """Load again if another tab or device wrote; whether it did."""
        self._judges.forget()
        if self.store.seq(self.id) == self.snapshot.seq:
            return False
        self._hold(self.store.load(self.id))
        return True

    def _hold(self, snapshot: Snapshot) -> None:
        self._held = self._read(snapshot)
        for callback in self._callbacks:
            try:
                callback(self)
            except Exception:  # what is saved is saved, whatever a card makes of it
                log.exception("a card was told of a change")

    def _read(self, snapshot: Snapshot) -> _Held:
        return _Held(self.sheet, self.framework, self._judges, snapshot)

    # -- what it holds

    @property
    def snapshot(self) -> Snapshot:
        """The worksheet as the store keeps it."""
        return self._held.snapshot

    @property
    def id(self) -> str:
        """The worksheet's id."""
        return self.snapshot.info.id

    @property
    def worksheet(self) -> Worksheet:
        """The answers as rules read them; read once for what is held."""
        return self._held.worksheet

    @property
    def assessment(self) -> Assessment:
        """What the rules say now; worked out once for what is held on one day."""
        return self._held.assessment(self._today())

    @property
    def carried(self) -> tuple[Carried, ...]:
        """What other sheets decided, as they stood when this page last looked."""
        return self._held.judge(self._today()).carried(self.sheet)

    @property
    def is_example(self) -> bool:
        """Whether the sheet was filled with the example."""
        return self._held.is_example

    # -- changing it

    def apply(self, change: Mapping[str, Any], worksheet: str | None = None) -> Outcome:
        """Validate and commit one change; the only way anything is written.

        `worksheet` names another one than the worksheet held: a page may replay what was typed
        before it moved on. Raises InputError (nothing changed) with the sentence to show,
        StoreError when the store can't. A repeated op_id does nothing again.
        """
        target = worksheet or self.id
        try:
            outcome = self.host.apply(target, self.device, change)
        except (InputError, UndoError):
            with suppress(StoreError):  # the refusal is what counts
                self.refresh()  # what was refused may rest on what others have changed by now
            raise
        if target == self.id:
            with suppress(StoreError):  # it is saved all the same: a page's beat loads it again
                self._hold(self.store.load(self.id))
        return outcome

    def fill_with_example(self) -> None:
        """Fill this worksheet with the sheet's example."""
        self.apply({"kind": "example", "op_id": str(uuid4())})

    def erase_field(self, field: str) -> None:
        """Remove one answer for good, or a row with all of its answers; the history too."""
        check_field(self.sheet, field)
        self._hold(self.store.erase_field(self.id, field, self.device))
