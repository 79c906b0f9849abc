"""Numbers by date. How they are read is playbook.worksheet.series."""

from __future__ import annotations

from typing import Any

from playbook.model import Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.series import is_stored, read_series
from playbook.worksheet.time_series import TimeSeries


def _parse(_: Question, given: Any, words: Words) -> Value | None:
    if isinstance(given, str) and is_stored(given):
        return given
    return read_series(given, words).stored() or None


def _in_words(_: Question, value: str, words: Words, __: Names) -> str:
    points = TimeSeries.from_stored(value).points
    count = "one" if len(points) == 1 else "many"
    day = written_date(points[-1].date, words)
    return words.text(f"form.series_{count}", count=len(points), day=day)


SERIES = QuestionKind(_parse, _in_words, TimeSeries.from_stored)
