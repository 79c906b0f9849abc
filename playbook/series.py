"""Numbers by date: read from what was pasted or uploaded, kept as text, and how old they are.

Stored is one line a point, "2027-01-04 12.5", in the order of the dates. Nothing is guessed: where
a column of dates or of numbers may be read in two ways, it is refused with what to do about it.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from statistics import fmean
from typing import Any, NamedTuple, TypeVar

from playbook.model import InputError
from playbook.words import Words
from playbook.written import FIRST_YEAR, LAST_YEAR, brief, decimal_of, plain_number

MOST_POINTS = 1_040
"""Twenty years of weeks."""

MOST_TEXT = 100_000
WEEK = datetime.timedelta(weeks=1)
_STORED = re.compile(r"(?:\d{4}-\d\d-\d\d -?\d+(?:\.\d+)?(?:\n|\Z))+", re.ASCII)
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

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Point:
    """What a metric was on a day."""

    date: datetime.date
    value: float


class _Cell(NamedTuple):
    row: int
    text: str


class _Row(NamedTuple):
    number: int
    cells: list[str]


Reading = Callable[[str], T | None]
"""One way to read a cell; None where it cannot be read so."""


# --------------------------------------------------------------------------- reading and keeping


def read_series(given: Any, words: Words) -> tuple[Point, ...]:
    """The points in `given`, sorted by date: pasted text, or a list of [date, number].

    Text is CSV with comma, semicolon, tab or blanks, with or without a heading. Each column is read
    in one way: dates day first or month first, numbers with a decimal point or a decimal comma.
    Raises InputError with the row (counted from 1, as a spreadsheet does) and what was given.
    """
    pairs = _pairs(given, words)
    if len(pairs) > MOST_POINTS:
        raise InputError(words.say("error.series_many", count=len(pairs), limit=MOST_POINTS))
    days = _settled([day for day, _ in pairs], _DAYS, "date", words)
    numbers = _settled([number for _, number in pairs], _number_ways(given), "number", words)
    _check_each_day_once([day for day, _ in pairs], days, words)
    points = (Point(day, float(number)) for day, number in zip(days, numbers, strict=True))
    return tuple(sorted(points, key=lambda point: point.date))


def stored_text(points: Sequence[Point]) -> str:
    """Points as they are stored; `stored_points` reads them back."""
    return "\n".join(
        f"{it.date.isoformat()} {plain_number(Decimal(repr(it.value)))}" for it in points
    )


def stored_points(text: str) -> tuple[Point, ...]:
    """The points of a stored series; none of an empty text."""
    lines = (line.split(" ") for line in text.splitlines())
    return tuple(Point(datetime.date.fromisoformat(day), float(value)) for day, value in lines)


# --------------------------------------------------------------------------- rows and cells


def _pairs(given: Any, words: Words) -> list[tuple[_Cell, _Cell]]:
    if isinstance(given, str):
        rows = _rows(given, words)
    elif isinstance(given, Sequence) and all(isinstance(row, list | tuple) for row in given):
        rows = [
            _Row(number, [_written(cell) for cell in row]) for number, row in enumerate(given, 1)
        ]
    else:
        raise InputError(words.say("error.series", given=brief(given)))
    for row, cells in rows:
        if len(cells) != _PAIR:
            shown = brief(" | ".join(cells))
            raise InputError(words.say("error.series_cells", row=row, given=shown))
    return [(_Cell(row, day), _Cell(row, number)) for row, (day, number) in rows]


def _written(given: Any) -> str:
    """A cell of a list: dates and numbers may come as what they are."""
    if isinstance(given, datetime.date):
        return given.isoformat()
    return given if isinstance(given, str) else repr(given)


def _rows(text: str, words: Words) -> list[_Row]:
    """The rows of pasted text that hold anything, without the heading."""
    if len(text) > MOST_TEXT:
        raise InputError(words.say("error.too_long", length=len(text), limit=MOST_TEXT))
    tables = [_table(text.removeprefix("\ufeff"), delimiter) for delimiter in _DELIMITERS]
    rows = max(tables, key=_likeness)
    if not rows or not _is_heading(rows[0].cells):
        return rows
    if len(rows) == 1:
        raise InputError(words.say("error.series_heading", given=brief(" ".join(rows[0].cells))))
    return rows[1:]


def _table(text: str, delimiter: str) -> list[_Row]:
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
            table.append(_Row(number, cells))
    return table


def _likeness(table: Sequence[_Row]) -> tuple[int, int]:
    """How much a table looks like a series: pairs that begin with a date, then pairs at all."""
    pairs = [row.cells for row in table if len(row.cells) == _PAIR]
    return sum(any(read(day) for read in _DAYS) for day, _ in pairs), len(pairs)


def _is_heading(cells: Sequence[str]) -> bool:
    """Whether the first cell cannot be meant as a date, nor any other be a number."""
    has_digit = any(char.isdigit() for char in cells[0])
    return not has_digit and all(read(cell) is None for cell in cells[1:] for read in _NUMBERS)


# --------------------------------------------------------------------------- columns


def _settled(
    cells: Sequence[_Cell], ways: Sequence[Reading[T]], kind: str, words: Words
) -> list[T]:
    """The column read in the one way that fits all of its cells.

    Raises InputError when a cell fits no way, no way fits all cells, or two ways fit and differ.
    """
    read = [[way(cell.text) for cell in cells] for way in ways]
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
    return InputError(words.say(f"error.series_{key}", **given))


def _check_each_day_once(
    cells: Sequence[_Cell], days: Sequence[datetime.date], words: Words
) -> None:
    rows: dict[datetime.date, _Cell] = {}
    for cell, day in zip(cells, days, strict=True):
        if day in rows:
            raise _refused(words, "twice", cell, rows[day])
        rows[day] = cell


# --------------------------------------------------------------------------- dates


def _day_first(text: str) -> datetime.date | None:
    return _day(text, day_first=True)


def _month_first(text: str) -> datetime.date | None:
    return _day(text, day_first=False)


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
        return datetime.date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def _monday(year: int, week: int) -> datetime.date | None:
    try:
        monday = datetime.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return monday if FIRST_YEAR <= monday.year <= LAST_YEAR else None


# --------------------------------------------------------------------------- numbers


def _with_point(text: str) -> Decimal | None:
    return _number(text, point=".", thousands=",")


def _with_comma(text: str) -> Decimal | None:
    return _number(text, point=",", thousands=".")


def _number(text: str, point: str, thousands: str) -> Decimal | None:
    """A number with `point` before its decimals; thousands apart by `thousands`, a blank or a '."""
    text = text.replace("−", "-")
    if grouped := _GROUPED[thousands].match(text):
        text = grouped[0].replace(grouped[1], "") + text[grouped.end() :]
    return None if thousands in text else decimal_of(text.replace(point, "."))


def _number_ways(given: Any) -> tuple[Reading[Decimal], ...]:
    """Real numbers, and the text that we store ourselves, have a decimal point and nothing else."""
    if isinstance(given, str):
        ours = bool(_STORED.fullmatch(given))
    else:
        ours = not any(isinstance(number, str) for _, number in given)
    return _NUMBERS[:1] if ours else _NUMBERS


_DAYS: tuple[Reading[datetime.date], ...] = (_day_first, _month_first)
_NUMBERS: tuple[Reading[Decimal], ...] = (_with_point, _with_comma)


# --------------------------------------------------------------------------- weeks and age


def weekly(points: Sequence[Point]) -> dict[datetime.date, float]:
    """The mean of each week that has a point, by its Monday, in order."""
    ordered = sorted(points, key=lambda point: point.date)
    weeks = groupby(ordered, key=lambda point: monday_of(point.date))
    return {monday: fmean(point.value for point in week) for monday, week in weeks}


def missing_weeks(points: Sequence[Point]) -> tuple[datetime.date, ...]:
    """The Mondays of weeks without a point, between the first week with one and the last."""
    known = weekly(points)
    if not known:
        return ()
    count = (max(known) - min(known)) // WEEK
    between = (min(known) + place * WEEK for place in range(count))
    return tuple(monday for monday in between if monday not in known)


def monday_of(day: datetime.date) -> datetime.date:
    """The first day of the week that `day` is in."""
    return day - datetime.timedelta(days=day.weekday())


def age_days(points: Sequence[Point], today: datetime.date) -> int | None:
    """How many days ago the last point is, 0 for one in the future; None without points."""
    return max((today - max(point.date for point in points)).days, 0) if points else None


def is_stale(
    points: Sequence[Point],
    refresh: str | None,
    today: datetime.date,
    thresholds: Mapping[str, float],
) -> bool:
    """Whether the last point is older than a metric of this `refresh` should let it become.

    `refresh` is daily, weekly, monthly or slower; without it, or without points, nothing is stale.
    The limits are the thresholds stale_days_daily and so on.
    """
    age = age_days(points, today)
    return age is not None and bool(refresh) and age > thresholds[f"stale_days_{refresh}"]
