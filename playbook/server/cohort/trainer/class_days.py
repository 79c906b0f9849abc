"""The days of a class as a trainer types them."""

from __future__ import annotations

from datetime import date

from playbook.model import InputError, Question
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.pages import Given, text_of
from playbook.worksheet.parse import parse

_DAY = Question(id="day", kind="date", text="Which day?")


def class_day(host: CohortHost, given: Given, name: str) -> date | None:
    """A day as people type it, "18 December" or "in 6 weeks"; None where nothing was typed."""
    words = host.framework.words
    try:
        day = parse(_DAY, text_of(given, name), words, host.cohorts.today())
    except InputError as error:
        raise InputError(str(error), name) from None
    return date.fromisoformat(str(day)) if day else None
