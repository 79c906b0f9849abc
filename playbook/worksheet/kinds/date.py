"""A day: read from what people type, told with its month in letters, stored as ISO 8601 has it."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.numbers import FIRST_YEAR, LAST_YEAR, brief

_YEAR_FIRST = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{4})")
_POINTS = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4}|[0-9]{2})")
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_MONTH = r"([^\W0-9_]{3,})\.?"
_DAY_AND_MONTH = re.compile(rf"{_DAY}[ -]?(?:of )?{_MONTH}(?:[ ,-]{{0,2}}([0-9]{{4}}|[0-9]{{2}}))?")
_MONTH_AND_DAY = re.compile(rf"{_MONTH} ?{_DAY}(?:,? ?\b([0-9]{{4}}))?")
_AHEAD = re.compile(r"(\S+) ([0-9]{1,3}) (\S+)")

_THIS_CENTURY = 2000
_LEAP_GAP = 8
"""So many years may pass from one 29 February to the next."""


def written_date(day: date, words: Words) -> str:
    """A date with its month in letters, which no country reads the other way round."""
    month = words.text("report.months").split()[day.month - 1]
    return words.text("report.date", day=day.day, month=month, year=day.year)


# --------------------------------------------------------------------------- what was typed


def _parse(_: Question, given: Any, words: Words) -> Value | None:
    blank = isinstance(given, str) and not given.strip()
    return None if blank else read_date(given, words).isoformat()


def read_date(given: Any, words: Words) -> date:
    """A whole date, however it is written, as long as it can be read in one way only; InputError
    with the sentence to show where it can't."""
    if isinstance(given, date):  # TOML has dates of its own
        given = given.isoformat()[:10]
    found = sorted(set(_readings(_plain(given), words))) if isinstance(given, str) else []
    if len(found) > 1:
        one, other = (written_date(day, words) for day in found)
        raise InputError(
            words.text("error.date_two_ways", given=brief(given), one=one, other=other)
        )
    if not found:
        raise InputError(words.text("error.date", given=brief(given)))
    return found[0]


def _plain(given: str) -> str:
    return " ".join(given.casefold().split())


def _readings(text: str, words: Words) -> Iterator[date]:
    """Every day that `text` may mean. With points between, the day comes first wherever people
    write dates so; with anything else day and month may be the other way round."""
    if found := _YEAR_FIRST.fullmatch(text):
        yield from _real_day(found[1], found[3], found[4])
    elif found := _YEAR_LAST.fullmatch(text):
        yield from _real_day(found[4], found[3], found[1])
        if found[2] != ".":
            yield from _real_day(found[4], found[1], found[3])
    elif found := _POINTS.fullmatch(text):
        yield from _real_day(found[3], found[2], found[1])
    elif (named := _named(text, words)) and named[2]:
        yield from _real_day(named[2], named[1], named[0])


def _named(text: str, words: Words) -> tuple[str, int, str | None] | None:
    """Day, month and year where the month is a word, or its first letters; the year may be left
    out."""
    if found := _DAY_AND_MONTH.fullmatch(text):
        day, name, year = found.groups()
    elif found := _MONTH_AND_DAY.fullmatch(text):
        name, day, year = found.groups()
    else:
        return None
    months = words.text("report.months").casefold().split()
    fitting = [place for place, month in enumerate(months, 1) if month.startswith(name)]
    return (day, fitting[0], year) if len(fitting) == 1 else None


def _real_day(year: int | str, month: int | str, day: int | str) -> Iterator[date]:
    """The day, if the calendar has it. A year of two digits is one of this century."""
    number = int(year) + (_THIS_CENTURY if len(str(year)) == 2 else 0)  # noqa: PLR2004
    if FIRST_YEAR <= number <= LAST_YEAR:
        try:
            yield date(number, int(month), int(day))
        except ValueError:
            return


# --------------------------------------------------------------------------- what today settles


def _settled(given: Any, today: date, words: Words) -> Any:
    """What people say of a day from where they stand, "in 6 weeks" or "18 December", as a date.

    A day without a year is the next one. Anything else is given back as it is.
    """
    text = _plain(given) if isinstance(given, str) else ""
    said = words.group("days")
    if text in (said["today"], said["tomorrow"]):
        return (today + timedelta(days=int(text == said["tomorrow"]))).isoformat()
    if (found := _AHEAD.fullmatch(text)) and found[1] == said["ahead"]:
        return _ahead(today, int(found[2]), found[3], said) or given
    if (named := _named(text, words)) and not named[2]:
        years = range(today.year, today.year + _LEAP_GAP + 1)
        days = (one for year in years for one in _real_day(year, named[1], named[0]))
        return next((one.isoformat() for one in days if one >= today), given)
    return given


def _ahead(today: date, count: int, unit: str, said: dict[str, str]) -> str | None:
    if unit in said["unit_days"].split():
        return (today + timedelta(days=count)).isoformat()
    if unit in said["unit_weeks"].split():
        return (today + timedelta(weeks=count)).isoformat()
    if unit in said["unit_months"].split():
        return months_after(today, count).isoformat()
    return None


def months_after(day: date, months: int) -> date:
    """The same day `months` months later, or that month's last day."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _in_words(_: Question, value: str, words: Words, __: Names) -> str:
    return written_date(date.fromisoformat(value), words)


DATE = QuestionKind(_parse, _in_words, date.fromisoformat, settled=_settled)
