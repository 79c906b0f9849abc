"""Numbers by date: read from what was pasted or uploaded.

Nothing is guessed: where
a column of dates or of numbers may be read in two ways, it is refused with what to do about it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.numbers import FIRST_YEAR, LAST_YEAR, brief, decimal_of
from playbook.worksheet.time_series import Point, TimeSeries

MOST_POINTS = 1_040
"""Twenty years of weeks."""

MOST_TEXT = 100_000
_AS_KEPT = re.compile(
    r"(?:\d{4}-\d\d-\d\d (?!-0\n)-?(?:0|[1-9]\d{0,9})(?:\.\d{0,3}[1-9])?\n)+", re.ASCII
)
"""Lines as we write them: no idle zeros, and fewer digits than a float keeps."""

_STORED = re.compile(r"(?:\d{4}-\d\d-\d\d -?\d{1,15}(?:\.\d+)?(?:\n|\Z))+", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d{1,2})", re.ASCII)
_MIDNIGHT = re.compile(r"[T ]0?0:00(?::00(?:\.0+)?)?Z?\Z")
_GROUPED = {
    mark: re.compile(
        rf"[+-]?[1-9]\d{{0,2}}([{mark} \u00a0\u2009\u202f'’])\d{{3}}(?:\1\d{{3}})*(?!\d)", re.ASCII
    )
    for mark in ".,"
}
_DELIMITERS = "\t;, "
_PAIR = 2
_DAY = len("2027-01-04")

T = TypeVar("T")


Row = tuple[int, Sequence[Any]]
"""A row's number, and its cells: text, dates and numbers."""


class _Cell(NamedTuple):
    """What stands in a cell; `exact` when it was a number already, which has a decimal point."""

    row: int
    text: str
    exact: bool = False


Reading = Callable[[_Cell], T | None]
"""One way to read a cell; None where it cannot be read so."""


# --------------------------------------------------------------------------- reading and keeping


def read_series(given: Any, words: Words) -> TimeSeries:
    """The figures in `given`: pasted text, or a list of [date, number].

    Text is CSV with comma, semicolon, tab or blanks, with or without a heading. Each column is read
    in one way: dates day first or month first, numbers with a decimal point or a decimal comma.
    Raises InputError with the row (counted from 1, as a spreadsheet does) and what was given.
    """
    if isinstance(given, str):
        return read_rows(_stored_rows(given) or _pasted_rows(given, words), words)
    if isinstance(given, Sequence) and all(isinstance(row, list | tuple) for row in given):
        return read_rows(list(enumerate(given, 1)), words)
    raise InputError(words.text("error.series", given=brief(given)))


def is_stored(text: str) -> bool:
    """Whether the text is surely what reading and storing it would make of it: a page has a hundred
    of those, and each takes long to read. False where only reading would tell."""
    if len(text) > MOST_TEXT or not _AS_KEPT.fullmatch(f"{text}\n"):
        return False
    try:
        days = [datetime.date.fromisoformat(line[:_DAY]) for line in text.split("\n")]
    except ValueError:
        return False
    in_order = all(day < later for day, later in pairwise(days))
    return in_order and len(days) <= MOST_POINTS and _meant(days[0]) and _meant(days[-1])


def read_rows(rows: Sequence[Row], words: Words) -> TimeSeries:
    """The same from rows that hold anything, whose numbers a refusal names; a heading is passed."""
    pairs = _pairs(_below_heading(rows, words), words)
    if len(pairs) > MOST_POINTS:
        raise InputError(words.text("error.series_many", count=len(pairs), limit=MOST_POINTS))
    days = _settled([day for day, _ in pairs], _DAYS, "date", words)
    numbers = _settled([number for _, number in pairs], _NUMBERS, "number", words)
    _check_each_day_once([day for day, _ in pairs], days, words)
    points = (Point(day, float(number)) for day, number in zip(days, numbers, strict=True))
    return TimeSeries(tuple(points))


# --------------------------------------------------------------------------- rows and cells


def _stored_rows(text: str) -> list[Row]:
    """The rows of a text that we may have stored ourselves; none of any other."""
    ours = len(text) <= MOST_TEXT and _STORED.fullmatch(text)
    lines = text.splitlines() if ours else []
    pairs = (line.split(" ") for line in lines)
    return [(row, (day, float(number))) for row, (day, number) in enumerate(pairs, 1)]


def _pasted_rows(text: str, words: Words) -> Sequence[Row]:
    """The rows of the table that the text most likely is."""
    if len(text) > MOST_TEXT:
        raise InputError(words.text("error.too_long", length=len(text), limit=MOST_TEXT))
    tables = [_table(text.removeprefix("\ufeff"), delimiter) for delimiter in _DELIMITERS]
    return max(tables, key=_likeness)


def _table(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows with anything in them; empty cells at a row's end are what spreadsheets add."""
    lines: Iterable[str] = io.StringIO(text, newline=None)
    if delimiter == " ":
        lines = (line.strip() for line in lines)
    table = []
    for number, row in enumerate(csv.reader(lines, delimiter=delimiter, skipinitialspace=True), 1):
        cells = [cell.strip() for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            table.append((number, cells))
    return table


def _likeness(table: Sequence[tuple[int, list[str]]]) -> tuple[int, int]:
    """How much a table looks like a series: pairs that begin with a date, then pairs at all."""
    pairs = [cells for _, cells in table if len(cells) == _PAIR]
    dated = sum(any(read(_Cell(0, day)) for read in _DAYS) for day, _ in pairs)
    return dated, len(pairs)


def _below_heading(rows: Sequence[Row], words: Words) -> Sequence[Row]:
    if not rows or not _is_heading(*rows[0]):
        return rows
    if len(rows) == 1:
        heading = " ".join(str(cell) for cell in rows[0][1])
        raise InputError(words.text("error.series_heading", given=brief(heading)))
    return rows[1:]


def _is_heading(row: int, given: Sequence[Any]) -> bool:
    """Whether the first cell cannot be meant as a date, nor any other be a number."""
    cells = [_cell(row, one) for one in given]
    if not cells or any(char.isdigit() for char in cells[0].text):
        return False
    return all(read(cell) is None for cell in cells[1:] for read in _NUMBERS)


def _pairs(rows: Sequence[Row], words: Words) -> list[tuple[_Cell, _Cell]]:
    for row, cells in rows:
        if len(cells) != _PAIR or "" in cells:
            shown = brief(" | ".join(str(cell) for cell in cells))
            raise InputError(words.text("error.series_cells", row=row, given=shown))
    return [(_cell(row, day), _cell(row, number)) for row, (day, number) in rows]


def _cell(row: int, given: Any) -> _Cell:
    if isinstance(given, str):
        return _Cell(row, given.strip())
    if isinstance(given, datetime.date):
        return _Cell(row, _MIDNIGHT.sub("", given.isoformat()))
    return _Cell(row, repr(given), exact=True)


# --------------------------------------------------------------------------- columns


def _settled(
    cells: Sequence[_Cell], ways: Sequence[Reading[T]], kind: str, words: Words
) -> list[T]:
    """The column read in the one way that fits all of its cells.

    Raises InputError when a cell fits no way, no way fits all cells, or two ways fit and differ.
    """
    read = [[way(cell) for cell in cells] for way in ways]
    for place, cell in enumerate(cells):
        if all(column[place] is None for column in read):
            raise _refused(words, kind, cell)
    whole = [[value for value in column if value is not None] for column in read]
    fitting = [column for column in whole if len(column) == len(cells)]
    if not fitting:
        odd = [cells[column.index(None)] for column in read]
        raise _refused(words, f"{kind}_mixed", odd[0], odd[1])
    for cell, *values in zip(cells, *fitting, strict=True):
        if values.count(values[0]) < len(values):
            raise _refused(words, f"{kind}_two_ways", cell)
    return fitting[0]


def _refused(words: Words, key: str, cell: _Cell, other: _Cell | None = None) -> InputError:
    given = {"row": cell.row, "given": brief(cell.text)}
    if other:
        given |= {"other_row": other.row, "other": brief(other.text)}
    return InputError(words.text(f"error.series_{key}", **given))


def _check_each_day_once(
    cells: Sequence[_Cell], days: Sequence[datetime.date], words: Words
) -> None:
    rows: dict[datetime.date, _Cell] = {}
    for cell, day in zip(cells, days, strict=True):
        if day in rows:
            raise _refused(words, "twice", cell, rows[day])
        rows[day] = cell


# --------------------------------------------------------------------------- dates


def _day_first(cell: _Cell) -> datetime.date | None:
    return _day(cell.text, day_first=True)


def _month_first(cell: _Cell) -> datetime.date | None:
    return _day(cell.text, day_first=False)


def _day(text: str, day_first: bool) -> datetime.date | None:
    """A date with the year first, a week's Monday, or a date whose day or month comes first.

    With points between, the day comes first wherever people write dates so.
    """
    text = _MIDNIGHT.sub("", text)
    if found := _YEAR_FIRST.fullmatch(text):
        year, _, month, day = found.groups()
    elif found := _YEAR_LAST.fullmatch(text):
        day, mark, month, year = found.groups()
        if mark != "." and not day_first:
            day, month = month, day
    else:
        found = _ISO_WEEK.fullmatch(text)
        return found and _monday(int(found[1]), int(found[2]))
    return _real_day(int(year), int(month), int(day))


def _real_day(year: int, month: int, day: int) -> datetime.date | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found if _meant(found) else None


def _monday(year: int, week: int) -> datetime.date | None:
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday if _meant(monday) else None


def _meant(day: datetime.date) -> bool:
    return FIRST_YEAR <= day.year <= LAST_YEAR


# --------------------------------------------------------------------------- numbers


def _with_point(cell: _Cell) -> Decimal | None:
    return _number(cell.text, point=".", thousands=",")


def _with_comma(cell: _Cell) -> Decimal | None:
    return _with_point(cell) if cell.exact else _number(cell.text, point=",", thousands=".")


def _number(text: str, point: str, thousands: str) -> Decimal | None:
    """A number with `point` before its decimals; thousands apart by `thousands`, a blank or a '."""
    text = text.replace("−", "-")
    if grouped := _GROUPED[thousands].match(text):
        text = grouped[0].replace(grouped[1], "") + text[grouped.end() :]
    return None if thousands in text else decimal_of(text.replace(point, "."))


_DAYS: tuple[Reading[datetime.date], ...] = (_day_first, _month_first)
_NUMBERS: tuple[Reading[Decimal], ...] = (_with_point, _with_comma)
