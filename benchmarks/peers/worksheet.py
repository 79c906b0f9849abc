"""One visitor's catalyst sheet without a screen: every peer asks, saves and judges by it.

So the work behind an answer is the same for all: validated, committed, assessed.
"""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from html import escape
from threading import Lock
from typing import Any
from uuid import uuid4

from playbook.editing.apply import apply_change
from playbook.framework import Framework, load_framework
from playbook.model import InputError, Question, Row, Sheet
from playbook.report import summarise
from playbook.store import SqliteStore, Store
from playbook.store.paths import database_path
from playbook.store.sqlite.database import Database
from playbook.worksheet.kinds import choice_labels, max_length
from playbook.worksheet.visibility import asked_questions
from widgets.cards import OPEN_REASONS
from widgets.charts.candidates import candidates_chart
from widgets.charts.look import palettes
from widgets.session import Host, Session

SHEET = "catalyst"
ONE_AT_A_TIME = Lock()
SAVED = "Saved, change"
"""How the line under the form begins once an answer is committed; its number follows."""


@cache
def framework() -> Framework:
    """The content, read once for all visitors."""
    return load_framework()


@cache
def database() -> Database:
    """The file, held by this one process for all its visitors: as fast as it goes."""
    return Database(database_path(), held=True)


def store_of_a_visitor() -> Store:
    """A workspace of one's own in the file, as each member of a class has."""
    with ONE_AT_A_TIME:  # Solara and Streamlit serve each visitor in a thread
        shared = database()
    return SqliteStore(shared, workspace=str(uuid4()))


def sheet() -> Sheet:
    """What is asked."""
    return framework().sheets[SHEET]


def first_screen() -> tuple[Question, ...]:
    """The questions of the first section, seen at once."""
    return sheet().sections[0].questions


def options(question: Question) -> dict[str, str]:
    """Choices by what a person reads, in order; empty for questions without any."""
    return {label: choice for choice, label in choice_labels(question, framework().words).items()}


def longest(question: Question) -> int:
    """The most characters an answer may have."""
    return max_length(question)


class Worksheet:
    """A visitor's own, empty worksheet. Rows are candidates, by id; "" is one not yet made."""

    def __init__(self, store: Store | None = None) -> None:
        store = store or store_of_a_visitor()
        host = Host(store, "local", "", partial(apply_change, store, framework()))
        self._session = Session(sheet(), framework(), host, device=str(uuid4()))
        self._session.open(self._session.create().id)
        table = sheet().candidates
        assert table is not None
        self.table = table

    # -- candidates and their answers

    @property
    def rows(self) -> list[str]:
        """The candidates; a blank one when there is none."""
        return [row.id for row in self._rows()] or [""]

    def _rows(self) -> tuple[Row, ...]:
        return self._session.worksheet.rows(self.table.id)

    def add(self) -> str:
        """A new candidate, last; its id."""
        self._apply("add_row", table=self.table.id)
        return self.rows[-1]

    def place(self, row: str) -> int:
        """Its place among the candidates, from 0: the same before a blank one is made and after."""
        return self.rows.index(row)

    def asked(self, row: str) -> set[str]:
        """Which questions are asked of a candidate, by their ids."""
        found = next((r for r in self._rows() if r.id == row), Row(""))
        asked = asked_questions(sheet(), self._session.worksheet, self.table.id, found)
        return {question.id for question in asked}

    def answered(self, row: str, question: str) -> Any:
        """The answer as stored: text, a choice's id, an ISO date, or None."""
        field = self._session.snapshot.fields.get(f"{self.table.id}/{row}/{question}")
        return field.value if field else None

    def answer(self, row: str, question: str, value: Any) -> str:
        """Keep an answer; the row it is in, made if need be. InputError as on our own screen."""
        row = row or self.add()
        field = f"{self.table.id}/{row}/{question}"
        known = self._session.snapshot.fields.get(field)
        given = value.isoformat() if isinstance(value, date) else value
        self._apply("set", field=field, value=given, base_rev=known.rev if known else 0)
        return row

    def _apply(self, kind: str, **what: Any) -> None:
        self._session.apply({"op_id": str(uuid4()), "kind": kind, **what})

    # -- what answers back

    def saved(self) -> str:
        """Said after the commit; another text each time."""
        seq = self._session.snapshot.seq
        return f"{SAVED} {seq}" if seq else "Nothing to save yet"

    def verdict(self) -> str:
        """The verdict with its first reasons, as Markdown."""
        session = self._session
        told = summarise(sheet(), session.worksheet, session.assessment, framework())
        findings = (
            f"**{one.word}: {one.heading}**. {one.text} {one.advice}"
            for one in told.findings[:OPEN_REASONS]
        )
        return "\n\n".join([f"### {told.head}", told.about_text, *findings])

    def candidates(self) -> list[dict[str, str]]:
        """The table of candidates: a name and a verdict each."""
        words = framework().words
        return [
            {
                "Candidate": row.label or f"{self.table.row_name.capitalize()} {place}",
                "Verdict": words.text(f"level.{row.verdict}"),
            }
            for place, row in enumerate(self._session.assessment.rows, 1)
        ]

    def names(self) -> dict[str, str]:
        """The candidates as a list to choose from shows them: a name each, numbered, to its id."""
        lines = zip(self.candidates(), self.rows, strict=True)
        return {f"{place}. {line['Candidate']}": row for place, (line, row) in enumerate(lines, 1)}

    def table_html(self) -> str:
        """The table of candidates, where all there is to show one is HTML."""
        rows = (
            f"<tr><td>{escape(line['Candidate'])}</td><td>{line['Verdict']}</td></tr>"
            for line in self.candidates()
        )
        return f"<table><tr><th>Candidate</th><th>Verdict</th></tr>{''.join(rows)}</table>"

    def chart(self) -> dict[str, Any] | None:
        """The comparison as Vega-Lite; None until two candidates say something."""
        session = self._session
        light = palettes()["light"]
        return candidates_chart(sheet(), session.worksheet, session.assessment, framework(), light)


__all__ = ["InputError", "Worksheet", "first_screen", "longest", "options", "sheet"]
