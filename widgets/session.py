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
from typing import Any
from uuid import uuid4

from playbook.assessing.workbook import CarriedValue, Entry, Workbook
from playbook.editing.back import RESTORE
from playbook.editing.incoming import REPLACE
from playbook.editing.opening import created, opened
from playbook.editing.record import KIND
from playbook.framework import Framework
from playbook.model import Assessment, InputError, Sheet, StoreError, Worksheet
from playbook.model.storage import Outcome, Snapshot, Store, WorksheetInfo
from playbook.store.errors import UndoError
from playbook.worksheet.fields import (
    EXAMPLE_WORKSHEET,
    SheetReader,
    check_field,
    is_example,
    story_of,
)
from playbook.worksheet.record import says_something

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


OF_THE_STORE = ("undo", "redo", "resolve", RESTORE, REPLACE)
"""Changes by which an earlier value, and its version, may come back."""


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
        self._mine: list[WorksheetInfo] | None = None
        self._workbook: Workbook | None = None
        self._held: Snapshot
        self._reader = SheetReader(sheet, framework.words)
        self._read: Entry | None = None
        self._says: bool | None = None

    def on_change(self, callback: Callable[[Session], None]) -> None:
        """Call `callback` with this session after every change of what it holds."""
        self._callbacks.append(callback)

    # -- which worksheet

    def open(self, worksheet: str | None = None) -> None:
        """Hold the worksheet of that id; else the record; else the last changed that is no example,
        or a new one.

        "example", or another story's name, is the sheet's filled example, made when there is none
        yet.
        """
        self._look_anew()
        there = self.store, self.framework, self.sheet
        self._hold(opened(*there, worksheet or "", lambda: self.record, self._apply_to))

    def open_exactly(self, worksheet: str) -> None:
        """Hold that worksheet of this sheet; GoneError when it is not there (any more)."""
        self._look_anew()
        self._hold(self._load(worksheet))

    def _load(self, worksheet: str) -> Snapshot:
        snapshot = self.store.load(worksheet)
        if snapshot.info.sheet != self.sheet.id:
            raise InputError(f"That worksheet belongs to {snapshot.info.sheet}; open it there.")
        return snapshot

    def look_at(self, worksheet: str) -> Entry:
        """Another worksheet of this sheet as it stands, without turning to it."""
        return self.workbook.read(self._load(worksheet))

    def rename(self, name: str) -> None:
        """Give the worksheet another name."""
        self.store.rename(self.id, name)
        self._hold(self.store.load(self.id))

    def create(self, name: str = "") -> WorksheetInfo:
        """Make a worksheet, named by its place in the row when no name is given."""
        return created(self.store, self.sheet, name)

    def refresh(self) -> bool:
        """Look again if another tab or device wrote here, or on a worksheet beside this one;
        whether it did. So an answer need not look."""
        outdated = self._workbook is not None and self._workbook.is_outdated(besides=self.id)
        if outdated:
            self._look_anew()
        if self.store.seq(self.id) != self.snapshot.seq:
            self._hold(self.store.load(self.id))
            return True
        if outdated:
            self._hold(self._held, self._mine)
        return outdated

    def _hold_after(self, outcome: Outcome, kind: str) -> None:
        """Hold what this page's own change made of the worksheet; loaded only where that is not
        all that happened, or where a value may be from an older version of the sheet."""
        if kind == KIND:
            self._look_anew()
        known = kind not in OF_THE_STORE and self._held.after(outcome, self.sheet.version)
        if known:
            others = (info for info in self.worksheets if info.id != self.id)
            self._hold(known, [known.info, *others])
        else:
            self._hold(self.store.load(self.id))

    def _hold(self, snapshot: Snapshot, mine: list[WorksheetInfo] | None = None) -> None:
        self._held, self._read, self._mine = snapshot, None, mine
        before, self._says = self._says, says_something(self.worksheet)
        if before not in (None, self._says):
            self._look_anew()  # it may count from now on, or no longer
        for callback in self._callbacks:
            try:
                callback(self)
            except Exception:  # what is saved is saved, whatever a card makes of it
                log.exception("a card was told of a change")

    @property
    def worksheets(self) -> list[WorksheetInfo]:
        """Those of this sheet, the last changed first, as they were when this page last loaded."""
        if self._mine is None:
            self._mine = self.store.worksheets(self.sheet.id)
        return self._mine

    def _look_anew(self) -> None:
        """What other sheets decided is looked up again, when it is next asked for."""
        self._workbook = self._read = None

    # -- what it holds

    @property
    def snapshot(self) -> Snapshot:
        """The worksheet as the store keeps it."""
        return self._held

    @property
    def id(self) -> str:
        """The worksheet's id."""
        return self.snapshot.info.id

    @property
    def worksheet(self) -> Worksheet:
        """The answers as rules read them; read once for what is held."""
        return self._entry.worksheet

    @property
    def assessment(self) -> Assessment:
        """What the rules say now; worked out once for what is held on one day."""
        return self._entry.assessment

    @property
    def carried(self) -> tuple[CarriedValue, ...]:
        """What other sheets decided, as they stood when this page last looked."""
        return self.beside.carried(self.sheet)

    @property
    def beside(self) -> Workbook:
        """The other sheets that this worksheet builds on: an example's are examples."""
        return self._entry.workbook

    @property
    def record(self) -> WorksheetInfo | None:
        """The worksheet of this sheet that counts; None while none says something."""
        entry = self.workbook.current(self.sheet)
        return entry.info if entry else None

    @property
    def story(self) -> str:
        """The finished story that the sheet was filled with; empty for one's own answers."""
        return story_of(self._held.fields)

    @property
    def is_example(self) -> bool:
        """Whether the sheet was filled with an example."""
        return is_example(self._held.fields)

    @property
    def example_note(self) -> str:
        """What the example says of itself; empty for one's own answers."""
        return self._entry.note

    @property
    def workbook(self) -> Workbook:
        """Everything this person decided, as this page last looked at it, on this day."""
        if self._workbook is None or self._workbook.today != self._today():
            self._workbook = Workbook(self.framework, self._today(), self.store, self._reader)
            self._read = None
        return self._workbook

    def look(self) -> Workbook:
        """Everything as it stands this moment, this worksheet too; `workbook` is as old as this
        page's last look at the other sheets."""
        return Workbook(self.framework, self._today(), self.store)

    @property
    def _entry(self) -> Entry:
        workbook = self.workbook
        if self._read is None:
            self._read = workbook.read(self._held)
        return self._read

    # -- changing it

    def apply(self, change: Mapping[str, Any], worksheet: str | None = None) -> Outcome:
        """Validate and commit one change; the only way anything is written.

        `worksheet` names another one than the worksheet held: a page may replay what was typed
        before it moved on. Raises InputError (nothing changed) with the sentence to show,
        StoreError when the store can't. A repeated op_id does nothing again.
        """
        target = worksheet or self.id
        try:
            outcome = self._apply_to(target, change)
        except (InputError, UndoError):
            with suppress(StoreError):  # the refusal is what counts
                self.refresh()  # what was refused may rest on what others have changed by now
            raise
        if target == self.id:
            with suppress(StoreError):  # it is saved all the same: a page's beat loads it again
                self._hold_after(outcome, str(change.get("kind")))
        return outcome

    def _apply_to(self, worksheet: str, change: Mapping[str, Any]) -> Outcome:
        return self.host.apply(worksheet, self.device, change)

    def fill_with_example(self, story: str = EXAMPLE_WORKSHEET) -> None:
        """Fill this worksheet with the sheet's example in that story."""
        self.apply({"kind": "example", "story": story, "op_id": str(uuid4())})

    def erase_field(self, field: str) -> None:
        """Remove one answer for good, or a row with all of its answers; the history too."""
        check_field(self.sheet, field)
        self._hold(self.store.erase_field(self.id, field, self.device))
