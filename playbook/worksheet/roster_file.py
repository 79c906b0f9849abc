"""A list of people read from what was pasted or uploaded: CSV in whatever form, or a workbook.

The first row has the headings. Nothing in it is carried out: a formula in text is text, one in a
workbook counts with the result that was saved beside it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.numbers import brief, decimal_of
from playbook.worksheet.roster import Attribute, Known, Roster
from playbook.worksheet.spreadsheets import sheet_rows
from playbook.worksheet.tables import decoded

MOST_BYTES = 5_000_000
MOST_PEOPLE, MOST_COLUMNS, MOST_LISTED = 5_000, 50, 60
MOST_SIGNS = 1_000
"""In one cell; what is longer is no answer about a person."""

_DELIMITERS = "\t;,|"
_LISTS = re.compile(r"\s*[;|]\s*")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d+")
_HOURS = re.compile(r"(\w+)\.?\s+(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?")
_DAY = 24

Table = list[tuple[int, list[str]]]
"""Rows that hold anything, the heading first: number and cells."""


@dataclass(frozen=True)
class ReadRoster:
    """A roster, and what was made of the table: for a preview.

    `name_column`: where names were found. `left_out`: columns in which everybody differs, such as
    addresses, or nobody says anything. `renamed`: names that stood there before, as they are kept.
    `protected`: columns such as age or gender, by which nobody is grouped unless somebody asks.
    """

    roster: Roster
    name_column: str
    left_out: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    protected: tuple[str, ...] = ()


def read_roster(given: str | bytes, name: str, words: Words) -> ReadRoster:
    """The people in `given`: pasted text, or a file's bytes; `name` is what a refusal calls it.

    CSV may have a byte-order mark, be UTF-8, UTF-16 or Windows-1252, and be cut by commas,
    semicolons, tabs or bars. Names are in the column that is called so, else in the first; who has
    another's name gets a number behind it. A column of numbers (decimal point or comma), of yes and
    no, of hours ("Mon 9-12; Tue 14-16") is read as such; one in which cells list several things
    ("Python; Excel") becomes a yes_no attribute for each; every other is a category. InputError
    with one sentence where that can't be done.
    """
    size = len(given)
    if size > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        told = {"size": f"{size / 1_000_000:.0f}", "limit": limit}
        raise InputError(words.text("error.roster.large", given=brief(name), **told))
    if isinstance(given, bytes) and given.startswith(b"PK"):
        table = [(row, _texts(cells)) for row, cells in sheet_rows(given, name, words)]
    else:
        text = given if isinstance(given, str) else _decoded(given, name, words)
        table = _cut(text, name, words)
    return _Reader(name, words).read(table)


def column_of(heading: str, cells: Sequence[str], words: Words) -> list[Attribute]:
    """The attributes that one column is, as `read_roster` reads it; none where it is blank or
    everybody says something else. InputError where its cells list too many things."""
    return _Reader(heading, words).attributes(heading, cells)


# --------------------------------------------------------------------------- from bytes to a table


def hours_of(cell: str, words: Words) -> frozenset[int] | None:
    """ "Mon 9-12; Tue 14-16" as hours of a week, 0 being Monday's first; None if it's not."""
    known = enumerate(words.text("roster.days").split("|"))
    days = {word: day for day, said in known for word in said.split()}
    found: set[int] = set()
    for part in re.split(r"\s*[;,|]\s*", cell):
        match = _HOURS.fullmatch(part)
        day = days.get(match[1].casefold()) if match else None
        if match is None or day is None or not int(match[2]) < int(match[3]) <= _DAY:
            return None
        found |= set(range(day * _DAY + int(match[2]), day * _DAY + int(match[3])))
    return frozenset(found)


def _decoded(data: bytes, name: str, words: Words) -> str:
    """The text in a file, however it was saved."""
    text = decoded(data)
    if text is not None:
        return text
    raise InputError(words.text("error.roster.text", given=brief(name)))


def _cut(text: str, name: str, words: Words) -> Table:
    """The rows of the text, cut where most rows come to as many cells as the heading."""
    text = text.removeprefix("\ufeff")
    tables = [_cut_at(delimiter, text) for delimiter in _DELIMITERS]
    found = max((table for table in tables if table is not None), key=_evenness, default=[])
    if None in tables and not _evenness(found)[0]:
        lines = enumerate(text.splitlines(), 1)
        row = next((row for row, line in lines if line.count('"') % 2), 1)
        raise InputError(words.text("error.roster.broken", given=brief(name), row=row))
    return found


@contextmanager
def _cells_of_any_length() -> Iterator[None]:
    """A cell that is too long is told as that, and not as no table; others keep their limit."""
    before = csv.field_size_limit(MOST_BYTES)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _cut_at(delimiter: str, text: str) -> Table | None:
    lines = io.StringIO(text.replace("\0", ""), newline="")
    try:
        with _cells_of_any_length():
            rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True))
    except csv.Error:
        return None
    table = [(number, [cell.strip() for cell in row]) for number, row in enumerate(rows, 1)]
    return [(number, row) for number, row in table if any(row)]


def _evenness(table: Table) -> tuple[bool, float, int]:
    """How much this looks like a table: rows as wide as the heading, and how wide that is."""
    if not table:
        return False, 0.0, 0
    width = len(table[0][1])
    even = sum(len(row) == width for _, row in table) / len(table)
    return width > 1, even, width


def _texts(cells: Iterable[Any]) -> list[str]:
    return [_text(cell) for cell in cells]


def _text(cell: Any) -> str:
    """A cell of a workbook as people would write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return f"{cell:.15g}"
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())


# --------------------------------------------------------------------------- from a table to people


class _Reader:
    """Reads one table; knows what a refusal calls it."""

    def __init__(self, name: str, words: Words) -> None:
        self._name = brief(name)
        self._words = words
        keys = ("yes", "no", "blank", "name_headings", "protected")
        said = [set(words.text(f"roster.{key}").split()) for key in keys]
        self._yes, self._no, self._blank, self._known, self._protected = said

    def read(self, table: Table) -> ReadRoster:
        """The people of a table whose first row has the headings."""
        if len(table) < 2:  # noqa: PLR2004  # a heading and a person
            raise self._wrong("empty")
        headings, rows = self._headings(table[0][1]), table[1:]
        if len(rows) > MOST_PEOPLE:
            raise self._wrong("rows", count=len(rows), limit=MOST_PEOPLE)
        self._check_cells(rows, len(table[0][1]))
        columns = {
            heading: [row[at] if at < len(row) else "" for _, row in rows]
            for at, heading in headings.items()
        }
        where = next((it for it in columns if it.casefold() in self._known), next(iter(columns)))
        names, renamed = self._names([number for number, _ in rows], columns.pop(where))
        read = {heading: self.attributes(heading, cells) for heading, cells in columns.items()}
        made = [one for own in read.values() for one in own]
        left_out = tuple(heading for heading, own in read.items() if not own)
        protected = tuple(
            it for it, own in read.items() if own and it.casefold() in self._protected
        )
        return ReadRoster(Roster(names, tuple(made)), where, left_out, renamed, protected)

    def _headings(self, row: Sequence[str]) -> dict[int, str]:
        """The headings by their places; a blank one means that the column is left alone."""
        found = {at: " ".join(cell.split()) for at, cell in enumerate(row) if cell}
        if len(found) > MOST_COLUMNS:
            raise self._wrong("columns", count=len(found), limit=MOST_COLUMNS)
        count = Counter(heading.casefold() for heading in found.values())
        for heading in found.values():
            if count[heading.casefold()] > 1:
                raise self._wrong("heading_twice", heading=brief(heading))
        return found

    def _check_cells(self, rows: Table, width: int) -> None:
        for number, row in rows:
            if (signs := max(map(len, row))) > MOST_SIGNS:
                raise self._wrong("cell", row=number, signs=signs, limit=MOST_SIGNS)
            if any(row[width:]):
                raise self._wrong("wide", row=number, cells=len(row), columns=width)

    def _names(
        self, rows: Sequence[int], cells: Sequence[str]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names, each once, and those that got a number for it."""
        names: dict[str, None] = {}
        renamed = []
        for row, cell in zip(rows, cells, strict=True):
            if not cell:
                raise self._wrong("no_name", row=row)
            name, number = " ".join(cell.split()), 1
            while (called := name if number == 1 else f"{name} ({number})") in names:
                number += 1
            if number > 1:
                renamed.append(called)
            names[called] = None
        return tuple(names), tuple(renamed)

    def attributes(self, heading: str, cells: Sequence[str]) -> list[Attribute]:
        """The attributes that a column is; none where it is blank or everybody differs."""
        said = [cell for cell in cells if cell]
        if not said:
            return []
        for kind, read in (("number", self._number), ("yes_no", self._yes_no)):
            plain = [cell for cell in said if cell.casefold() not in self._blank]
            values = [read(cell) for cell in plain]
            if plain and all(value is not None for value in values):
                by_cell = dict(zip(plain, values, strict=True))
                return [self._attribute(heading, kind, [by_cell.get(cell) for cell in cells])]
        if hours_of(said[0], self._words) is not None:  # the board asks this of every column
            hours = [hours_of(cell, self._words) for cell in cells]
            if all(own is not None or not cell for own, cell in zip(hours, cells, strict=True)):
                return [Attribute(heading, "hours", tuple(own or frozenset() for own in hours))]
        if any(_LISTS.search(cell) for cell in said):
            return self._listed(heading, cells)
        if len({cell.casefold() for cell in said}) == len(cells) > 2:  # noqa: PLR2004
            return []
        return [self._attribute(heading, "category", self._categories(cells))]

    def _attribute(self, heading: str, kind: Any, values: Sequence[Known]) -> Attribute:
        if kind == "yes_no" and set(values) <= {True, None}:  # ticks: blank is no
            values = [value is True for value in values]
        return Attribute(heading, kind, tuple(values))

    def _listed(self, heading: str, cells: Sequence[str]) -> list[Attribute]:
        """One yes_no attribute for each thing that the cells list; a blank cell lists nothing."""
        own = [[it for it in _LISTS.split(cell) if it] for cell in cells]
        kept: dict[str, str] = {}
        for it in (thing for things in own for thing in things):
            kept.setdefault(it.casefold(), it)
        if len(kept) > MOST_LISTED:
            limits = {"count": len(kept), "limit": MOST_LISTED}
            raise self._wrong("list", heading=brief(heading), **limits)
        has = [{it.casefold() for it in things} for things in own]
        return [
            Attribute(f"{heading}: {it}", "yes_no", tuple(key in mine for mine in has), heading)
            for key, it in kept.items()
        ]

    def _categories(self, cells: Sequence[str]) -> list[Known]:
        """What the cells say, written as it was first, however it is capitalised."""
        first: dict[str, str] = {}
        for cell in cells:
            first.setdefault(cell.casefold(), " ".join(cell.split()))
        return [first[cell.casefold()] or None for cell in cells]

    def _number(self, cell: str) -> float | None:
        number = decimal_of(cell.replace(",", ".") if _DECIMAL_COMMA.fullmatch(cell) else cell)
        return None if number is None else float(number)

    def _yes_no(self, cell: str) -> bool | None:
        said = cell.casefold()
        return True if said in self._yes else False if said in self._no else None

    def _wrong(self, key: str, **told: Any) -> InputError:
        return InputError(self._words.text(f"error.roster.{key}", given=self._name, **told))
