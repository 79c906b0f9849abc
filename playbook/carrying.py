"""What one sheet decided, where the next needs it: looked up, shown, and changed in one place only.

A sheet's `carries` name the other sheets that it builds on. What is carried comes from the
worksheet that a person changed last there; into an example it comes from other examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from playbook.asked import visible_answers
from playbook.assessment import assess
from playbook.fields import EXAMPLE_WORKSHEET, is_example, worksheet_of
from playbook.framework import Framework
from playbook.model import Assessment, Carry, Level, Sheet, Value, Worksheet, worst
from playbook.store.types import Snapshot, WorksheetInfo
from playbook.values import read_worksheet


class Readable(Protocol):
    """Where worksheets are read: a store, or what was read of one."""

    def worksheets(self, sheet: str | None = None) -> list[WorksheetInfo]:
        """All worksheets (of one sheet), the last changed first."""

    def load(self, worksheet: str) -> Snapshot:
        """The worksheet as it stands."""


@dataclass(frozen=True, slots=True)
class Found:
    """A worksheet and its id."""

    id: str
    worksheet: Worksheet


@dataclass(frozen=True, slots=True)
class Carried:
    """What `carry` brings from the worksheet `id`; None while nothing is decided there."""

    carry: Carry
    value: Value | None
    id: str


def no_other(_: str) -> Found | None:
    """Finds nothing: for a worksheet that stands alone."""
    return None


@dataclass(frozen=True)
class Judge:
    """Assesses worksheets with what others carry into them.

    `find(sheet id)` is the worksheet of that sheet which counts, None while there is none.
    """

    framework: Framework
    today: date
    find: Callable[[str], Found | None] = no_other
    _kept: dict[str, tuple[Found, Assessment] | None] = field(default_factory=dict)

    def assess(self, sheet: Sheet, worksheet: Worksheet) -> Assessment:
        """What the rules say about `worksheet`."""
        values = {one.carry.id: one.value for one in self.carried(sheet) if one.value is not None}
        return assess(sheet, worksheet, self.framework, self.today, values)

    def carried(self, sheet: Sheet) -> tuple[Carried, ...]:
        """What other sheets bring into `sheet`, in the order of the content."""
        return tuple(self._carried(carry) for carry in sheet.carries)

    def counting(self, sheet: Sheet) -> tuple[Found, Assessment] | None:
        """The worksheet of `sheet` that counts, and what it comes to: looked up once."""
        if sheet.id not in self._kept:
            found = self.find(sheet.id)
            self._kept[sheet.id] = (found, self.assess(sheet, found.worksheet)) if found else None
        return self._kept[sheet.id]

    def _carried(self, carry: Carry) -> Carried:
        source = self.framework.sheets.get(carry.sheet)
        counting = self.counting(source) if source else None
        if source is None or counting is None:
            return Carried(carry, None, "")
        found, assessment = counting
        return Carried(carry, _value(carry, source, found.worksheet, assessment), found.id)


def _value(
    carry: Carry, sheet: Sheet, worksheet: Worksheet, assessment: Assessment
) -> Value | None:
    if carry.question is None:
        return _level(carry, assessment)
    table = sheet.candidates
    if table is None or sheet.carried_question(carry.question) in sheet.questions():
        return visible_answers(sheet, worksheet).get(carry.question)
    row = next((row for row in worksheet.rows(table.id) if row.id == assessment.decisive), None)
    return visible_answers(sheet, worksheet, table.id, row).get(carry.question) if row else None


def _level(carry: Carry, assessment: Assessment) -> str | None:
    """The sheet's verdict; of some rules alone, the gravest of what they say."""
    if not assessment.completeness.answered:
        return None
    if not carry.rules:
        return assessment.verdict.value
    said = [finding.level for finding in assessment.findings if finding.rule in carry.rules]
    if not said:
        return (Level.UNKNOWN if assessment.verdict == Level.UNKNOWN else Level.PASS).value
    if Level.UNKNOWN in said and Level.FAIL not in said:
        return Level.UNKNOWN.value  # a must that nobody knows is not met, whatever else is said
    return worst(said).value


def judge_of(store: Readable, framework: Framework, today: date, example: bool) -> Judge:
    """Who assesses a worksheet of `store`; an `example` gets what other examples decided."""
    find = in_examples(framework) if example else in_store(store, framework)
    return Judge(framework, today, find)


@dataclass(frozen=True, slots=True)
class Judged:
    """One of somebody's worksheets, and what it comes to."""

    info: WorksheetInfo
    sheet: Sheet
    worksheet: Worksheet
    assessment: Assessment
    example: bool


def judged(store: Readable, framework: Framework, today: date) -> list[Judged]:
    """Every worksheet in the store whose sheet is built, the last changed first."""
    opened = []
    for info in store.worksheets():
        if sheet := framework.sheets.get(info.sheet):
            snapshot = store.load(info.id)
            worksheet = worksheet_of(sheet, snapshot.fields, framework.words, snapshot.version)
            opened.append((info, sheet, worksheet, is_example(snapshot.fields)))
    own = _own((info.id, worksheet, example) for info, _, worksheet, example in opened)
    mine, examples = (Judge(framework, today, find) for find in (own.get, in_examples(framework)))

    def assessed(
        worksheet_id: str, sheet: Sheet, worksheet: Worksheet, example: bool
    ) -> Assessment:
        counting = None if example else mine.counting(sheet)
        if counting and counting[0].id == worksheet_id:
            return counting[1]
        return (examples if example else mine).assess(sheet, worksheet)

    return [
        Judged(info, sheet, worksheet, assessed(info.id, sheet, worksheet, example), example)
        for info, sheet, worksheet, example in opened
    ]


def gates_of(entries: Iterable[Judged], framework: Framework, today: date) -> dict[str, Assessment]:
    """What the sheet of each gate says, from a person's worksheets; blank ones say it too."""
    own = _own((entry.info.id, entry.worksheet, entry.example) for entry in entries)
    judge = Judge(framework, today, own.get)
    gates: dict[str, Assessment] = {}
    for stage in framework.stages:
        if sheet := framework.sheets.get(stage.gate or ""):
            counting = judge.counting(sheet)
            blank = Worksheet(sheet.id)
            gates[sheet.id] = counting[1] if counting else judge.assess(sheet, blank)
    return gates


def _own(worksheets: Iterable[tuple[str, Worksheet, bool]]) -> dict[str, Found]:
    """Of each sheet the worksheet that counts, from ids, worksheets and whether they are examples:
    the first that is none and says something."""
    own: dict[str, Found] = {}
    for worksheet_id, worksheet, example in worksheets:
        if not example and says_something(worksheet):
            own.setdefault(worksheet.sheet, Found(worksheet_id, worksheet))
    return own


# --------------------------------------------------------------------------- where to look


def in_store(store: Readable, framework: Framework) -> Callable[[str], Found | None]:
    """Finds the worksheet of a sheet that was changed last, is no example and says something."""

    def find(sheet_id: str) -> Found | None:
        sheet = framework.sheets[sheet_id]
        for info in store.worksheets(sheet_id):
            snapshot = store.load(info.id)
            worksheet = worksheet_of(sheet, snapshot.fields, framework.words, snapshot.version)
            if not is_example(snapshot.fields) and says_something(worksheet):
                return Found(info.id, worksheet)
        return None

    return find


def in_examples(framework: Framework) -> Callable[[str], Found | None]:
    """Finds the example of a sheet."""

    def find(sheet_id: str) -> Found | None:
        example, sheet = framework.examples.get(sheet_id), framework.sheets[sheet_id]
        if example is None:
            return None
        return Found(EXAMPLE_WORKSHEET, read_worksheet(sheet, example.answers, framework.words))

    return find


def says_something(worksheet: Worksheet) -> bool:
    """Whether anything is answered in it."""
    rows = (row for table in worksheet.tables.values() for row in table)
    return bool(worksheet.answers) or any(row.answers for row in rows)
