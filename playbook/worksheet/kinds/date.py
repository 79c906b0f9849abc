"""A day, stored as ISO 8601 has it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.numbers import FIRST_YEAR, LAST_YEAR, brief

_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def written_date(day: date, words: Words) -> str:
    """A date with its month in letters, which no country reads the other way round."""
    month = words.text("report.months").split()[day.month - 1]
    return words.text("report.date", day=day.day, month=month, year=day.year)


def _parse(_: Question, given: Any, words: Words) -> Value:
    if isinstance(given, date):  # TOML has dates of its own
        given = given.isoformat()[:10]
    if isinstance(given, str) and _ISO_DATE.fullmatch(given.strip()):
        try:
            parsed = date.fromisoformat(given.strip())
        except ValueError:
            pass
        else:
            if FIRST_YEAR <= parsed.year <= LAST_YEAR:
                return parsed.isoformat()
    raise InputError(words.text("error.date", given=brief(given)))


def _in_words(_: Question, value: str, words: Words, __: Names) -> str:
    return written_date(date.fromisoformat(value), words)


DATE = QuestionKind(_parse, _in_words, date.fromisoformat)
