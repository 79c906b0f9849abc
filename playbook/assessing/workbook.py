"""What somebody has decided so far: of each sheet the worksheet that counts, and what it comes to.

Apps, gates, home, classes and reports ask a Workbook, so they can't disagree. A sheet's `carries`
name the other sheets it builds on; what is carried is looked up, and changed in one place only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Protocol

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.framework.framework import EXAMPLE
from playbook.model import Assessment, Carry, Sheet, Value, Worksheet
from playbook.model.results import Keeping
from playbook.model.storage import Event, Snapshot, Stored, WorksheetInfo
from playbook.worksheet.fields import SheetReader, story_of
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.record import COUNTS, in_precedence, says_something
from playbook.worksheet.visibility import visible_answers

_ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)
_ALL = 10**9
"""More operations than a worksheet has."""


class Readable(Protocol):
    """Where worksheets are read: a store, or what was read of one."""

    def worksheets(self, sheet: str | None = None) -> list[WorksheetInfo]:
        """All worksheets (of one sheet), the last changed first."""

    def values(self, sheet: str, field: str) -> dict[str, Stored]:
        """The value of one field in the worksheets of a sheet, by their id."""

    def load(self, worksheet: str) -> Snapshot:
        """The worksheet as it stands."""

    def history(self, worksheet: str, limit: int = 200) -> list[Event]:
        """The events of the last `limit` operations, the last first."""


@dataclass(frozen=True, eq=False)
class Entry(Keeping):
    """One worksheet of a workbook; assessed when it is first asked what it comes to, and once."""

    info: WorksheetInfo
    sheet: Sheet
    worksheet: Worksheet
    story: str
    """The finished story that it is an example of; empty for one's own."""

    workbook: Workbook = field(repr=False)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False)

    @property
    def example(self) -> bool:
        """Whether it is nobody's own."""
        return bool(self.story)

    @property
    def note(self) -> str:
        """What the example says of itself; empty for one's own answers."""
        framework = self.workbook.framework
        told = framework.story(self.story) or framework.examples if self.story else {}
        return told[self.sheet.id].note if self.sheet.id in told else ""

    @cached_property
    def assessment(self) -> Assessment:
        """What the rules say, with what other sheets carry into this one."""
        return self.workbook.assess(self.sheet, self.worksheet)


@dataclass(frozen=True, slots=True)
class CarriedValue:
    """What `carry` brings from the worksheet `id`; None while nothing is decided there."""

    carry: Carry
    value: Value | None
    id: str


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A sentence that somebody wrote at the end of a case, for one of their own sheets.

    `title` is what the case is called, `worksheet` the play in which the sentence is kept.
    """

    sheet: str
    text: str
    title: str
    day: date
    worksheet: str


class Workbook:
    """The worksheets in `store` as they stand when first looked at; none without a store.

    A worksheet is read and assessed once, so a workbook is for one look: take a new one to see what
    changed, or on another day. StoreError when the store can't be read. The `reader`, where there
    is one, has read a worksheet of its sheet before, and reads it again in no time.
    """

    def __init__(
        self,
        framework: Framework,
        today: date,
        store: Readable | None = None,
        reader: SheetReader | None = None,
    ) -> None:
        self.framework = framework
        self.today = today
        self._store = store
        self._reader = reader
        self._entries: dict[str, Entry] = {}
        self._carries: dict[str, tuple[CarriedValue, ...]] = {}
        self._current: dict[str, Entry | None] = {}
        self._stories: dict[str, Workbook] = {}

    @property
    def examples(self) -> Workbook:
        """The sheets' filled examples, which build on each other and on nobody's worksheets."""
        return self.story(EXAMPLE)

    def story(self, name: str) -> Workbook:
        """The same of any finished story; of the first where there is none of that name."""
        known = name if self.framework.story(name) else EXAMPLE
        if known not in self._stories:
            self._stories[known] = _Examples(self.framework, self.today, known)
        return self._stories[known]

    def current(self, sheet: Sheet) -> Entry | None:
        """The worksheet of `sheet` that counts, None while none says something: the one that was
        chosen last, else the first; never an example."""
        if sheet.id not in self._current:
            self._current[sheet.id] = self._find(sheet)
        return self._current[sheet.id]

    def assess(self, sheet: Sheet, worksheet: Worksheet | None = None) -> Assessment:
        """What the rules say about `worksheet`; without one, about what counts or a blank sheet."""
        if worksheet is None:
            current = self.current(sheet)
            return current.assessment if current else self.assess(sheet, Worksheet(sheet.id))
        values = {one.carry.id: one.value for one in self.carried(sheet) if one.value is not None}
        return assess(sheet, worksheet, self.framework, self._day(sheet), values)

    def carried(self, sheet: Sheet) -> tuple[CarriedValue, ...]:
        """What other sheets bring into `sheet`, in the order of the content."""
        if sheet.id not in self._carries:
            self._carries[sheet.id] = tuple(self._carried(carry) for carry in sheet.carries)
        return self._carries[sheet.id]

    def notes(self, sheet: Sheet) -> list[CaseNote]:
        """What was written for `sheet` at the end of cases, the last written first."""
        return [note for note in self._notes if note.sheet == sheet.id]

    @cached_property
    def _notes(self) -> list[CaseNote]:
        if self._store is None:
            return []
        of_cases = [it for it in self._infos if it.sheet == self.framework.case_play.id]
        found = [_note(info, self._store.load(info.id)) for info in of_cases]
        return sorted((it for it in found if it), key=lambda it: it.day, reverse=True)

    def gates(self) -> dict[str, Assessment]:
        """What the sheet of each gate says, by sheet id; a blank one says it too."""
        sheets = (self.framework.sheets.get(stage.gate or "") for stage in self.framework.stages)
        return {sheet.id: self.assess(sheet) for sheet in sheets if sheet}

    def entries(self, sheet: str = "", called: Callable[[str], bool] | None = None) -> list[Entry]:
        """Every worksheet whose sheet is built, or those of one sheet, whose name is one to look
        at; the last changed first."""
        wanted = {sheet} if sheet else self.framework.sheets.keys()
        found = (info for info in self._infos if info.sheet in wanted)
        return [self._entry(info) for info in found if called is None or called(info.name)]

    def history(self, entry: Entry) -> list[Event]:
        """Everything that changed a worksheet, the first first; nothing of an example, which has no
        past."""
        if self._store is None or entry.info.id not in self._entries:
            return []
        told = self._store.history(entry.info.id, _ALL)
        return sorted((it for it in told if not it.aside), key=lambda it: it.seq)

    def is_outdated(self, besides: str) -> bool:
        """Whether other worksheets than that one changed since they were looked at."""
        if self._store is None or "_infos" not in vars(self):
            return False
        before, now = (
            [info for info in infos if info.id != besides]
            for infos in (self._infos, self._store.worksheets())
        )
        return before != now

    def read(self, snapshot: Snapshot) -> Entry:
        """A worksheet as it was loaded; an example builds on examples."""
        sheet, reader = self.framework.sheets[snapshot.info.sheet], self._reader
        if reader is None or reader.sheet is not sheet:
            reader = SheetReader(sheet, self.framework.words)
        worksheet = reader.worksheet(snapshot.fields, snapshot.version)
        story = story_of(snapshot.fields)
        workbook = self.story(story) if story else self
        return Entry(snapshot.info, sheet, worksheet, story, workbook)

    @cached_property
    def _infos(self) -> list[WorksheetInfo]:
        return self._store.worksheets() if self._store else []

    def _entry(self, info: WorksheetInfo) -> Entry:
        if info.id not in self._entries:
            assert self._store
            self._entries[info.id] = self.read(self._store.load(info.id))
        return self._entries[info.id]

    def _day(self, _: Sheet) -> date:
        """The day as of which a worksheet of the sheet is assessed."""
        return self.today

    def _find(self, sheet: Sheet) -> Entry | None:
        infos = [info for info in self._infos if info.sheet == sheet.id]
        if self._store and len(infos) > 1:
            infos = in_precedence(infos, self._store.values(sheet.id, COUNTS))
        entries = (self._entry(info) for info in infos)
        own = (it for it in entries if not it.example and says_something(it.worksheet))
        return next(own, None)

    def _carried(self, carry: Carry) -> CarriedValue:
        source = self.framework.sheets.get(carry.sheet)
        entry = self.current(source) if source else None
        if entry is None:
            return CarriedValue(carry, None, "")
        return CarriedValue(carry, _value(carry, entry), entry.info.id)


class GivenWorkbook(Workbook):
    """A workbook of worksheets that no store holds: at most one of each sheet, by its id."""

    def __init__(self, framework: Framework, today: date, given: Mapping[str, Worksheet]) -> None:
        super().__init__(framework, today)
        self._given = given

    def entries(self, sheet: str = "", called: Callable[[str], bool] | None = None) -> list[Entry]:
        return _listed(self, sheet, called)

    def _find(self, sheet: Sheet) -> Entry | None:
        worksheet = self._given.get(sheet.id)
        if worksheet is None:
            return None
        info = WorksheetInfo(sheet.id, sheet.id, sheet.title, _ALWAYS, _ALWAYS)
        return Entry(info, sheet, worksheet, "", self)


class _Examples(Workbook):
    """The examples of one story in the content, each as of the day of its story."""

    def __init__(self, framework: Framework, today: date, name: str) -> None:
        super().__init__(framework, today)
        self._name = name
        self._told = framework.story(name)

    def entries(self, sheet: str = "", called: Callable[[str], bool] | None = None) -> list[Entry]:
        return _listed(self, sheet, called)

    def _day(self, sheet: Sheet) -> date:
        example = self._told.get(sheet.id)
        return example.today if example else self.today

    def _find(self, sheet: Sheet) -> Entry | None:
        example = self._told.get(sheet.id)
        if example is None:
            return None
        worksheet = read_worksheet(sheet, example.answers, self.framework.words)
        info = WorksheetInfo(self._name, sheet.id, example.name, _ALWAYS, _ALWAYS)
        return Entry(info, sheet, worksheet, self._name, self)


def _listed(workbook: Workbook, sheet: str, called: Callable[[str], bool] | None) -> list[Entry]:
    """The one worksheet of each sheet, where there is never another."""
    sheets = workbook.framework.sheets.values()
    found = (workbook.current(one) for one in sheets if sheet in ("", one.id))
    return [it for it in found if it and (called is None or called(it.info.name))]


def _value(carry: Carry, entry: Entry) -> Value | None:
    if carry.table is not None:
        return _names(carry, carry.table, entry) or None
    if carry.number is not None:
        figure = entry.assessment.numbers.get(carry.number)
        return None if figure is None else f"{figure:g}"
    if carry.question is None:
        return entry.assessment.verdict.value
    sheet, worksheet, table = entry.sheet, entry.worksheet, entry.sheet.candidates
    if table is None or sheet.carried_question(carry.question) in sheet.questions():
        return visible_answers(sheet, worksheet).get(carry.question)
    decisive = entry.assessment.decisive
    row = next((row for row in worksheet.rows(table.id) if row.id == decisive), None)
    return visible_answers(sheet, worksheet, table.id, row).get(carry.question) if row else None


def _names(carry: Carry, table: str, entry: Entry) -> tuple[str, ...]:
    """The names of the rows that are carried; a row without one is left out."""
    sheet, worksheet, where = entry.sheet, entry.worksheet, carry.where
    label = sheet.table(table).label
    seen = (visible_answers(sheet, worksheet, table, row) for row in worksheet.rows(table))
    picked = (row for row in seen if where is None or row.get(where.question) in where.any_of)
    return tuple(str(row[label]) for row in picked if label in row)


def _note(info: WorksheetInfo, snapshot: Snapshot) -> CaseNote | None:
    """The sentence that a play carries to a sheet, if there is one."""
    states = {name: snapshot.fields.get(name) for name in ("note", "note_sheet", "note_day")}
    text, sheet, day = (str(it.value) if it and it.value else "" for it in states.values())
    if not (text and sheet):
        return None
    try:
        return CaseNote(sheet, text, info.name, date.fromisoformat(day), info.id)
    except ValueError:  # no day, or none that a file may hold
        return None
