"""What every page of a brief may ask for: the worksheets that count, what is open, where it stands.

A stage works out what no answer says as it stands in a module of its own (`recognise`, `create`):
a class on these facts that names its figures, its lists and its pictures; `figures` looks them up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Assessment, Level, Sheet, Value
from playbook.model.wording import Words
from playbook.report.answers import shown
from playbook.report.brief.brief import Origin, Picture
from playbook.report.pathway import at_field, href_of
from playbook.report.private import private_questions
from playbook.report.private import without as without_private
from playbook.report.steps import DECISION, GOES_ON, next_step
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

Texts = Mapping[str, Callable[[], str | None]]
Pictures = Mapping[str, Callable[[], Picture | None]]


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a worked-out list: its texts by blank.

    `sources` has the field of each text that somebody typed; what has none was worked out, and is
    never shortened. `private` texts are told only where private answers are.
    """

    told: Mapping[str, str]
    sources: Mapping[str, Origin] = field(default_factory=dict)
    private: frozenset[str] = frozenset()


Lists = Mapping[str, Callable[[], list[Item]]]


@dataclass(frozen=True)
class Facts:
    """The facts of one page, whose stage has the sheet `gate`."""

    workbook: Workbook
    gate: Sheet
    private: bool

    @property
    def words(self) -> Words:
        """Every string on screen."""
        return self.workbook.framework.words

    @cached_property
    def assessment(self) -> Assessment:
        """What the gate says."""
        return self.workbook.assess(self.gate)

    @property
    def today(self) -> date:
        """The day as of which the page is told."""
        return self.assessment.today or self.workbook.today

    def entry(self, sheet: str) -> Entry | None:
        """The worksheet that counts of a sheet."""
        known = self.workbook.framework.sheets.get(sheet)
        return self.workbook.current(known) if known else None

    def answers(self, sheet: str) -> Mapping[str, Value]:
        """Its answers outside tables, as far as they are asked."""
        entry = self.entry(sheet)
        return visible_answers(entry.sheet, entry.worksheet) if entry else {}

    def rows(self, sheet: str, table: str) -> list[tuple[str, Mapping[str, Value]]]:
        """The rows of a sheet's table, each with its answers as far as they are asked."""
        entry = self.entry(sheet)
        if entry is None:
            return []
        return [
            (row.id, visible_answers(entry.sheet, entry.worksheet, table, row))
            for row in entry.worksheet.rows(table)
        ]

    def number(self, sheet: str, name: str) -> str | None:
        """A figure of a sheet's own assessment, in whole."""
        entry = self.entry(sheet)
        value = entry.assessment.numbers.get(name) if entry else None
        return None if value is None else f"{value:,.0f}"

    def origin(self, entry: Entry, name: str) -> Origin:
        """Where an answer stands: the field of that name."""
        return Origin(entry.sheet.id, name, at_field(href_of(entry.sheet, entry.info.id), name))

    def day(self, value: Value | None) -> str:
        """A stored day as people write it; empty for none."""
        if not isinstance(value, str):
            return ""
        return written_date(date.fromisoformat(value), self.words)

    def say(self, key: str, **told: object) -> str:
        """A text of the brief's wording."""
        return self.words.text(f"brief.{key}", **told)

    @cached_property
    def open_points(self) -> list[Item]:
        """The gate's musts that are not ready, each with its sheet's next step, and its own points:
        {must, word, step}."""
        points = []
        for finding in self.assessment.findings:
            if finding.level in (Level.PASS, Level.INFO) or finding.is_missing:
                continue
            step = (finding.sheet and self.step(finding.sheet)) or finding.advice
            word = self.words.text(f"level.{finding.level}")
            points.append(Item({"must": finding.heading, "word": word, "step": step}))
        return points

    def stopped(self) -> str | None:
        """The gate's word where it says stop, and nobody goes on with open points and a reason."""
        answers = self.answers(self.gate.id)
        written = answers.get("unsettled") and answers.get("because")
        goes_on = answers.get(DECISION) == "go" and written
        if self.assessment.verdict != Level.FAIL or goes_on:
            return None
        return self.words.text("level.fail")

    def against(self) -> str | None:
        """The gate's word where it says stop, and the decision is to go on all the same."""
        decision = self.answers(self.gate.id).get(DECISION)
        if self.assessment.verdict != Level.FAIL or decision not in GOES_ON:
            return None
        return self.words.text("level.fail")

    def held(self) -> str | None:
        """What was decided at the gate where that is not to go on: "Stop here"."""
        decision = self.answers(self.gate.id).get(DECISION)
        if decision is None or decision in GOES_ON:
            return None
        return shown(self.gate.question(DECISION), decision, self.words)

    def noted(self) -> list[Item]:
        """What its person noted from cases on the stage's sheets; private, for it is nobody's
        answer yet."""
        framework, private = self.workbook.framework, frozenset({"noted"})
        names = next((it.sheets for it in framework.stages if it.gate == self.gate.id), ())
        sheets = [framework.sheets[it] for it in names if it in framework.sheets]
        notes = [note for sheet in sheets for note in self.workbook.notes(sheet)]
        return [Item({"noted": it.text, "case": it.title}, private=private) for it in notes]

    def told(self, entry: Entry) -> Assessment:
        """What a worksheet comes to, without what rests on private answers where none are told."""
        if self.private:
            return entry.assessment
        return without_private(entry.assessment, private_questions(entry.sheet))

    def step(self, sheet: str) -> str:
        """What is to be done next on a sheet; empty where nothing is."""
        entry = self.entry(sheet)
        if entry is None:
            return ""
        step = next_step(entry.sheet, self.told(entry), self.workbook.framework)
        return step.text if step and step.field else ""
