"""What a plain form is put together from: fields, in parts, in rows, in blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from playbook.model import Question, Section, Table
from playbook.worksheet.codes import codes_pattern

LONG_LABEL = 28
"""Characters of a choice from which on choices stand one under the other."""
MANY_ROWS = 12
"""Rows to choose from that are a list to open."""


@dataclass(frozen=True)
class FormField:
    """A question in its place: `name` is its field, `texts` what stands in its control.

    `options` are what may be picked: value, label, hint. `clash` waits for a choice: its number,
    what is there, what waits.
    """

    name: str
    question: Question
    texts: Sequence[str]
    options: Sequence[tuple[str, str, str]]
    place: int
    label: str
    hint: str
    error: str
    needed: bool
    follows: bool
    answered: bool
    clash: tuple[int, str, str] | None

    @property
    def pattern(self) -> str:
        """What a browser lets through where codes of people are asked for, so that no name is sent
        even without scripts; "" elsewhere, and where something else is stored."""
        pattern = codes_pattern(self.question)
        if not self.question.codes or not re.fullmatch(pattern, "".join(self.texts)):
            return ""
        return pattern

    @property
    def control(self) -> str:
        """How it is drawn: radio, checkbox, select, rank, date, number, text or long."""
        kind = self.question.kind
        if kind in ("answer", "one", "scale"):
            return "radio"
        if kind == "row":
            return "radio" if len(self.options) <= MANY_ROWS else "select"
        drawn = {"many": "checkbox", "long_text": "long", "series": "long"}
        return drawn.get(kind, kind)

    @property
    def stacked(self) -> bool:
        """Whether its choices are long."""
        return any(hint or len(label) > LONG_LABEL for _, label, hint in self.options)


@dataclass(frozen=True)
class FormPart:
    """A section's questions, asked once or of one row."""

    section: Section
    fields: Sequence[FormField]


@dataclass(frozen=True)
class FormRow:
    """What is asked of one row: `op` is the operation that makes it when the form offers it, empty
    for a row that is there; `private` that its name is; `told` what a sealed one says."""

    name: str
    op: str
    parts: Sequence[FormPart]
    private: bool = False
    sealed: str = ""
    told: Sequence[tuple[str, str]] = ()

    @property
    def has_error(self) -> bool:
        """Whether something of it was refused, or waits for a choice."""
        return any(one.error or one.clash for part in self.parts for one in part.fields)


@dataclass(frozen=True)
class FormBlock:
    """What stands together: a section asked once, or a table with all of its sections."""

    section: Section
    table: Table | None
    rows: Sequence[FormRow]
    full: bool = False

    @property
    def has_error(self) -> bool:
        """Whether one of its rows has an error."""
        return any(row.has_error for row in self.rows)

    @property
    def deeper(self) -> bool:
        """Whether nothing of it is on the first screen."""
        return all(part.section.deeper for row in self.rows for part in row.parts)
