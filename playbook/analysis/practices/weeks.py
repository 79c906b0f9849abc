"""Check-ins by calendar week: rows in whatever order, a week without one stays a gap.

Several rows of one week are one check-in: its answers are those of all of them, and where they
contradict each other the less good one counts. So neither the order of rows nor a second entry
changes what is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

Answers = Mapping[str, str | tuple[str, ...]]

WEEK = timedelta(weeks=1)
LOOKED_BACK = timedelta(weeks=4)
MATCHED = ("no", "partly", "dont_know", "yes")
"""Answers to "in the same words?", the one that counts first."""


@dataclass(frozen=True, slots=True)
class CheckIn:
    """What was said in one calendar week: `day` is the last on which the group met, `said` holds
    the different answers to each question, sorted."""

    monday: date
    day: date
    said: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def has(self, question: str) -> bool:
        """Whether anybody answered it."""
        return bool(self.said.get(question))

    @property
    def matched(self) -> str | None:
        """Whether the outcome was said in the same words; the less good answer of several."""
        return next((one for one in MATCHED if one in self.said.get("matched", ())), None)


@dataclass(frozen=True, slots=True)
class Learning:
    """Of `actions` (the last check-in's own is too new), `reflected` were followed by a check-in
    that says what reflection changed."""

    actions: int
    reflected: int


def lately(day: str | tuple[str, ...] | None, today: date) -> bool:
    """Whether an ISO day is one of the last four weeks, today included."""
    if not isinstance(day, str):
        return False
    return today - LOOKED_BACK <= date.fromisoformat(day) <= today


def monday_of(day: date) -> date:
    """The Monday of its calendar week."""
    return day - timedelta(days=day.weekday())


def check_ins(rows: Iterable[Answers]) -> tuple[CheckIn, ...]:
    """The weeks that have a check-in, the earliest first; a row without a day is in none."""
    days: dict[date, date] = {}
    said: dict[date, dict[str, set[str]]] = {}
    for row in rows:
        given = row.get("week")
        if not isinstance(given, str):
            continue
        day = date.fromisoformat(given)
        monday = monday_of(day)
        days[monday] = max(day, days.get(monday, day))
        answers = said.setdefault(monday, {})
        for question, value in row.items():
            answers.setdefault(question, set()).update([value] if isinstance(value, str) else value)
    return tuple(
        CheckIn(monday, days[monday], {key: tuple(sorted(all_)) for key, all_ in told.items()})
        for monday, told in sorted(said.items())
    )


def week_number(found: tuple[CheckIn, ...], today: date) -> int:
    """The calendar week since the first check-in, from 1; empty weeks count, as time passes."""
    if not found:
        return 1
    now = max(monday_of(today), found[-1].monday)
    return (now - found[0].monday) // WEEK + 1


def every_week(found: tuple[CheckIn, ...]) -> Iterator[tuple[int, CheckIn | None]]:
    """Each calendar week from the first check-in to the last by its number; None for a gap."""
    by_monday = {one.monday: one for one in found}
    for number in range(1, week_number(found, found[-1].day) + 1 if found else 1):
        yield number, by_monday.get(found[0].monday + (number - 1) * WEEK)


def learning(found: tuple[CheckIn, ...]) -> Learning:
    """How many actions were followed by a reflection that changed something.

    The check-in that follows is the next one there is: a week without one is no answer, and never
    counts as "nothing changed".
    """
    followed = [later.has("changed") for one, later in pairwise(found) if one.has("action")]
    return Learning(len(followed), sum(followed))
