"""Days to keep in mind as an iCalendar file (RFC 5545). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

PRODUCT = "-//Redefining Work Playbook//EN"
DOMAIN = "redefining-work-playbook"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something to do by a day. `id` stays the same, so that a newer file replaces the entry."""

    id: str
    day: date
    what: str
    about: str


def calendar(dates: Iterable[CalendarEntry], made: datetime) -> bytes:
    """The file: an entry for each, all day long, that leaves the day free for other things."""
    from icalendar import Calendar, Event  # late: only this needs it

    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    for one in dates:
        entry = Event()
        entry.add("uid", f"{one.id}@{DOMAIN}")
        entry.add("dtstamp", made)
        entry.add("dtstart", one.day)
        entry.add("summary", one.what)
        entry.add("description", one.about)
        entry.add("transp", "TRANSPARENT")
        file.add_component(entry)
    return bytes(file.to_ical())
