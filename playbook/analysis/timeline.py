"""What staff will have heard and seen, day by day: messages beside events, and the silences.

Dates alone, no forecast. Whether a message says why is for people to read; that nothing at all was
said before an event can be worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.model import Value

Rows = Iterable[tuple[str, Mapping[str, Value]]]
"""Rows of a table: id and answers."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A message or an event: its row's id, its day, and who hears or sees it."""

    row: str
    day: date
    audiences: frozenset[str]


@dataclass(frozen=True, slots=True)
class Silence:
    """An event that `audiences` saw (or will see) before anybody told them anything about it."""

    event: Moment
    audiences: frozenset[str]


def events(rows: Rows) -> tuple[Moment, ...]:
    """The events that have a day and people who see them, in the order of time."""
    return _moments(rows, "happens_on", "seen_by")


def messages(rows: Rows, today: date) -> tuple[Moment, ...]:
    """The messages that have a day and people to hear them, in the order of time.

    One whose day is over and that was not sent is left out: nobody heard it.
    """
    heard = ((row, told) for row, told in rows if not unsent(told, today))
    return _moments(heard, "said_on", "heard_by")


def unsent(message: Mapping[str, Value], today: date) -> bool:
    """Whether its day is over, and somebody says that it was not sent."""
    day = _day(message, "said_on")
    return day is not None and day < today and message.get("sent") == "no"


def silences(
    messages: Iterable[Moment], events: Iterable[Moment], days: int
) -> tuple[Silence, ...]:
    """The events before which an audience heard nothing, in the order of time.

    A message counts if it comes before the event's day and at most `days` days earlier: on the day
    itself it may come too late, and after a long time it is forgotten.
    """
    told = list(messages)
    found = (Silence(event, _left_out(event, told, days)) for event in events)
    return tuple(sorted((one for one in found if one.audiences), key=lambda one: _when(one.event)))


def _left_out(event: Moment, told: Iterable[Moment], days: int) -> frozenset[str]:
    first = event.day - timedelta(days)
    heard = (message.audiences for message in told if first <= message.day < event.day)
    return event.audiences.difference(*heard)


def _moments(rows: Rows, when: str, who: str) -> tuple[Moment, ...]:
    found = []
    for row, answers in rows:
        day, audiences = _day(answers, when), answers.get(who, ())
        if day and isinstance(audiences, tuple) and audiences:
            found.append(Moment(row, day, frozenset(audiences)))
    return tuple(sorted(found, key=_when))


def _when(moment: Moment) -> tuple[date, str]:
    return moment.day, moment.row


def _day(answers: Mapping[str, Value], question: str) -> date | None:
    value = answers.get(question)
    return date.fromisoformat(value) if isinstance(value, str) else None
