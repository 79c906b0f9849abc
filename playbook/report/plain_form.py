"""A sheet as a plain HTML form: its questions with what is answered, for a page without scripts.

A page shows it until the live form is drawn, and stays with it where that never is. It looks as the
live form does (widgets/form), and what it sends playbook.editing.filled_form reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from playbook.assessing.workbook import CaseNote, Workbook
from playbook.editing.filled_form import SEVERAL, mark_of, offered_row
from playbook.editing.seals import is_sealed
from playbook.framework import Framework
from playbook.model import (
    Assessment,
    InputError,
    Question,
    Row,
    Section,
    Sheet,
    Table,
    Value,
    Worksheet,
)
from playbook.model.storage import Conflict, Snapshot
from playbook.report.answers import row_names, shown
from playbook.report.carried import carried_table, carried_text, note_text
from playbook.report.plain_parts import FormBlock, FormField, FormPart, FormRow
from playbook.report.summary import sentence, summarise
from playbook.worksheet.fields import question_of, story_of, worksheet_of
from playbook.worksheet.kinds import choice_labels, written_date
from playbook.worksheet.visibility import asked_questions

if TYPE_CHECKING:
    from jinja2 import Template

FIRST_REASONS = 3
"""Reasons that are read at once; the others are one more click away."""
FIRST_ROWS = 8
"""Rows of a table in a form that is not whole, the latest where they stand in time: a page is to be
small."""


@dataclass(frozen=True)
class PlainForm:
    """A worksheet to show as a form. `op`, and in `rows` one for each table, are new UUIDs.

    `privacy` says who sees the answers. `whole`: with the sections that go deeper; else the first
    screen alone, while a page's own form is on its way. `typed` is what stands in fields in place
    of what is stored, with in `refused` why it could not be kept; `known` what an earlier form
    showed.
    """

    sheet: Sheet
    framework: Framework
    snapshot: Snapshot
    op: str
    rows: Mapping[str, str]
    privacy: str
    whole: bool = True
    typed: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, tuple[int, str]] | None = None

    @cached_property
    def worksheet(self) -> Worksheet:
        """The answers."""
        return worksheet_of(
            self.sheet, self.snapshot.fields, self.framework.words, self.snapshot.version
        )

    @cached_property
    def blocks(self) -> Sequence[FormBlock]:
        """All that is asked, in the sheet's order; a table where its first section stands."""
        return tuple(self._blocks())

    @cached_property
    def fields(self) -> Mapping[str, FormField]:
        """What the form shows, by field."""
        parts = (part for block in self.blocks for row in block.rows for part in row.parts)
        return {one.name: one for part in parts for one in part.fields}

    @cached_property
    def note(self) -> str:
        """What an example says of itself; empty for one's own answers."""
        told = self.framework.story(story_of(self.snapshot.fields))
        return told[self.sheet.id].note if self.sheet.id in told else ""

    def seen(self) -> str:
        """What the form has to know of the answers it shows (FilledForm.seen)."""
        if self.known is not None:
            return json.dumps(dict(self.known), separators=(",", ":"))
        stored = self.snapshot.fields
        told: dict[str, tuple[int, str]] = {}
        for name in self.fields:
            rev = stored[name].rev if name in stored else 0
            mark = mark_of(self._value(name))
            if rev or mark:
                told[name] = rev, mark
        return json.dumps(told, separators=(",", ":"))

    def rows_told(self) -> str:
        """What the form says of the rows that it offers (FilledForm.rows)."""
        return json.dumps(dict(self.rows), separators=(",", ":"))

    def field_at(self, name: str) -> str:
        """The field that a link names; "table//question" is that of the first row that has it."""
        table, _, question = name.partition("//")
        if not question:
            return name
        found = (one for one in self.fields.values() if one.name.startswith(f"{table}/"))
        mine = [one for one in found if one.name.endswith(f"/{question}")]
        still = next((one for one in mine if not one.answered), None)
        return (still or mine[0]).name if mine else ""

    # -- putting it together

    def _blocks(self) -> Iterator[FormBlock]:
        told = set()
        for section in self._sections:
            if section.table is None:
                asked = {it.id for it in asked_questions(self.sheet, self.worksheet)}
                part = self._part(section, "", self.worksheet.answers, asked)
                if part.fields:
                    yield FormBlock(section, None, (FormRow("", "", (part,)),))
            elif section.table not in told:
                told.add(section.table)
                table = self.sheet.table(section.table)
                rows = tuple(self._rows(table))
                full = len(self.worksheet.rows(table.id)) >= table.max_rows
                yield FormBlock(section, table, rows, full)

    def _rows(self, table: Table) -> Iterator[FormRow]:
        there = self.worksheet.rows(table.id)
        for row in there if self.whole else _first(table, there):
            yield self._row(table, row, self._names[table.id][row.id], "")
        if table.id in self.rows and len(there) < table.max_rows:
            name = self.framework.words.text("plain_form.new_row", name=table.row_name)
            yield self._row(table, Row(offered_row(self.rows, table.id)), name, self.rows[table.id])

    def _row(self, table: Table, row: Row, name: str, op: str) -> FormRow:
        asked = {it.id for it in asked_questions(self.sheet, self.worksheet, table.id, row)}
        sealed = ""
        told: tuple[tuple[str, str], ...] = ()
        if table.seal:
            asked.discard(table.seal)
            before = asked - set(table.after_seal)
            if is_sealed(table, row.id, self.snapshot.fields):
                words = self.framework.words
                day = self._day(row.answers.get(table.seal))
                sealed = words.text("form.sealed", day=day)
                is_open = not table.opened or table.opened in row.answers
                told = tuple(self._told(table, row, before)) if is_open else ()
                asked = asked - before if is_open else set()
            else:
                asked = before
        mine = (one for one in self._sections if one.table == table.id)
        parts = (self._part(one, f"{table.id}/{row.id}/", row.answers, asked) for one in mine)
        private = self.sheet.question(table.label, table.id).private and not op
        there = tuple(part for part in parts if part.fields)
        return FormRow(name, op, there, private, sealed, told)

    def _told(self, table: Table, row: Row, before: set[str]) -> Iterator[tuple[str, str]]:
        for question in self.sheet.questions(table.id):
            if question.id in before and question.id in row.answers:
                value = row.answers[question.id]
                names = self._names.get(question.table or "")
                yield (
                    question.short or question.text,
                    shown(question, value, self.framework.words, names),
                )

    def _day(self, value: Value | None) -> str:
        return written_date(date.fromisoformat(str(value)), self.framework.words)

    def _part(
        self, section: Section, start: str, answers: Mapping[str, Value], asked: set[str]
    ) -> FormPart:
        asks = (one for one in section.questions if one.id in asked)
        return FormPart(section, [self._field(one, section, start, answers) for one in asks])

    def _field(
        self, question: Question, section: Section, start: str, answers: Mapping[str, Value]
    ) -> FormField:
        name = start + question.id
        value = answers.get(question.id)
        told = [value] if isinstance(value, str) else list(value or ())
        if question.kind == "date":
            told = [self._day(day) for day in told]
        follows = bool(question.ask_if) and not section.deeper
        table = self.sheet.table(section.table) if section.table else None
        in_list = table is not None and not table.candidates
        return FormField(
            name=name,
            question=question,
            texts=self.typed.get(name, told),
            options=[*self._options[question.id, section.table], *self._chosen(question, value)],
            place=self._places.get(question.id, 0),
            label=(in_list and question.short) or question.text,
            hint=self._limits(question),
            error=self.refused.get(name, ""),
            needed=follows and not question.optional and value is None,
            follows=follows,
            answered=value is not None,
            clash=self._clash(question, name, value),
        )

    def _value(self, name: str) -> Value | None:
        *place, question = name.split("/")
        if not place:
            return self.worksheet.answers.get(question)
        rows = {row.id: row.answers for row in self.worksheet.rows(place[0])}
        return rows.get(place[1], {}).get(question)

    def _clash(
        self, question: Question, name: str, value: Value | None
    ) -> tuple[int, str, str] | None:
        late: Conflict | None = next(
            (one for one in self.snapshot.conflicts if one.field == name), None
        )
        if late is None:
            return None
        words, names = self.framework.words, self._names.get(question.table or "")
        told = tuple(late.value) if isinstance(late.value, list) else late.value
        mine = shown(question, told if isinstance(told, (str, tuple)) else None, words, names)
        blank = words.text("form.blank")
        return late.id, shown(question, value, words, names) or blank, mine or blank

    @cached_property
    def _names(self) -> Mapping[str, Mapping[str, str]]:
        return row_names(self.sheet, self.worksheet, self.framework)

    @cached_property
    def _options(self) -> Mapping[tuple[str, str | None], Sequence[tuple[str, str, str]]]:
        return {
            (question.id, section.table): self._choices(question)
            for section in self.sheet.sections
            for question in section.questions
        }

    def _choices(self, question: Question) -> Sequence[tuple[str, str, str]]:
        if question.kind == "row":
            return [(row, name, "") for row, name in self._offered(question)]
        hints = {choice.id: choice.hint for choice in question.choices}
        labels = choice_labels(question, self.framework.words)
        return [(one, label, hints.get(one, "")) for one, label in labels.items()]

    def _offered(self, question: Question) -> Iterator[tuple[str, str]]:
        """The rows that a question may be answered with."""
        table, apart = question.table or "", question.apart_from
        rows = {row.id: row.answers for row in self.worksheet.rows(table)}
        for row, name in self._names[table].items():
            said = rows[row].get(apart.question) if apart and row in rows else None
            if apart is None or said not in apart.any_of:
                yield row, name

    def _chosen(self, question: Question, value: Value | None) -> Iterator[tuple[str, str, str]]:
        """The row that was chosen before it became one that is left out."""
        names = self._names.get(question.table or "", {}) if question.kind == "row" else {}
        if value in names and value not in dict(self._offered(question)):
            yield str(value), names[str(value)], ""

    def _limits(self, question: Question) -> str:
        """What a number is in: unit, from where to where, whole or not."""
        if question.kind != "number":
            return ""
        words, low, high = self.framework.words, question.low, question.high
        told = [question.unit] if question.unit else []
        if low is not None or high is not None:
            key = "high" if low is None else "low" if high is None else "range"
            limits = {"low": f"{low or 0:,g}", "high": f"{high or 0:,g}"}
            told.append(words.text(f"form.number_{key}", **limits))
        if question.whole:
            told.append(words.text("form.number_whole"))
        return ", ".join(told)

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The core questions' places, as they are counted."""
        core = {it.id for one in (None, *self._tables) for it in self.sheet.core(one)}
        asked = (it for one in self.sheet.sections if not one.deeper for it in one.questions)
        counted = [it.id for it in asked if it.id in core and not it.optional and not it.ask_if]
        return {question: place for place, question in enumerate(counted, 1)}

    @property
    def _sections(self) -> Iterator[Section]:
        return (one for one in self.sheet.sections if self.whole or not one.deeper)

    @property
    def _tables(self) -> Iterator[str]:
        return (table.id for table in self.sheet.tables)


def _first(table: Table, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table that a form shows which is not whole."""
    if table.dated is None:
        return rows[:FIRST_ROWS]
    return sorted(rows, key=lambda row: str(row.answers.get(table.dated or "", "")))[-FIRST_ROWS:]


def form_html(form: PlainForm, xsrf: str) -> str:
    """The form; `xsrf` is the hidden field that its server asks for."""
    return template("plain_form.html.j2").render(
        form=form, sheet=form.sheet, say=form.framework.words.text, xsrf=xsrf, several=SEVERAL
    )


def says_html(
    form: PlainForm,
    assessment: Assessment,
    book: Workbook,
    notes: Sequence[CaseNote] = (),
) -> str:
    """What the form's worksheet comes to: verdict, next step, reasons, each with a way to its
    field; what other sheets decided, and what was noted in cases."""
    framework = form.framework
    told = summarise(form.sheet, form.worksheet, assessment, framework)
    carried = [it for it in book.carried(form.sheet) if not it.carry.quiet]
    return template("plain_says.html.j2").render(
        form=form,
        told=told,
        say=framework.words.text,
        sentence=sentence(form.sheet, assessment.verdict, framework),
        first=FIRST_REASONS,
        carried=[
            *((carried_text(it, framework), carried_table(it, book)) for it in carried),
            *((note_text(it, framework), None) for it in notes),
        ],
    )


def lost(form: PlainForm) -> list[str]:
    """What was refused and has no place in the form any more, each in a sentence with what was
    typed."""
    return [
        form.framework.words.text(
            "form.lost",
            question=_asked(form.sheet, name),
            value=", ".join(form.typed.get(name, ())),
            text=why,
        )
        for name, why in form.refused.items()
        if name not in form.fields
    ]


def _asked(sheet: Sheet, name: str) -> str:
    try:
        return question_of(sheet, name).text
    except InputError:
        return name


@cache
def template(name: str) -> Template:
    """One of the templates beside this module."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # late: only servers need it

    environment = Environment(
        autoescape=True,
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
