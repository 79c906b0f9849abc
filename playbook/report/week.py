"""What was promised on all sheets: what, who, by which day; for this week, and as calendar entries.

The worksheets that count are read, and no others. What is done is in neither.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from playbook.assessing.workbook import Entry, Workbook
from playbook.report.calendar import CalendarEntry
from playbook.report.pathway import at_field, href_of
from playbook.report.steps import Promise, promises
from playbook.report.weekly.reviews import pilot_dates
from playbook.worksheet.kinds.date import written_date

AHEAD = timedelta(days=7)
"""So far ahead an action is one of this week; a late one stays there."""


@dataclass(frozen=True, slots=True)
class PromisedAction:
    """An action in words, with the address of its field. `day` is empty where none was set; `tick`
    is the field of `worksheet` that says that it is done."""

    what: str
    who: str
    day: str
    late: bool
    href: str
    worksheet: str
    tick: str


@dataclass(frozen=True, slots=True)
class Week:
    """The actions of this week, the earliest first, and the others, then those that are done;
    whether anything of it has a day for a calendar."""

    now: tuple[PromisedAction, ...]
    later: tuple[PromisedAction, ...]
    done: tuple[PromisedAction, ...]
    dated: bool


def week(workbook: Workbook) -> Week:
    """What was promised, the earliest first; what has no day comes last."""
    ordered = sorted(_promised(workbook), key=lambda one: one[1].day or date.max)
    until = workbook.today + AHEAD
    to_do = [(entry, it) for entry, it in ordered if not it.done]
    return Week(
        now=tuple(_told(entry, it, workbook) for entry, it in to_do if it.day and it.day < until),
        later=tuple(
            _told(entry, it, workbook) for entry, it in to_do if not it.day or it.day >= until
        ),
        done=tuple(_told(entry, it, workbook) for entry, it in ordered if it.done),
        dated=any(it.day for _, it in to_do) or any(True for _ in pilot_dates(workbook)),
    )


def dates(workbook: Workbook) -> Iterator[CalendarEntry]:
    """The promised actions that have a day and are not done, as calendar entries; then the pilot's
    reviews and decisions."""
    yield from _action_dates(workbook)
    yield from pilot_dates(workbook)


def _action_dates(workbook: Workbook) -> Iterator[CalendarEntry]:
    for entry, it in _promised(workbook):
        if it.day and not it.done:
            words = workbook.framework.words
            kind = "owned" if it.who else "alone"
            about = words.text(f"promise.{kind}", owner=it.who, sheet=entry.info.name)
            name = it.field.replace("/", "-").replace("_", "-")
            yield CalendarEntry(f"{entry.info.id}-{name}", it.day, it.what, about)


def _promised(workbook: Workbook) -> Iterator[tuple[Entry, Promise]]:
    for sheet in workbook.framework.sheets.values():
        if entry := workbook.current(sheet):
            yield from ((entry, it) for it in promises(sheet, entry.worksheet))


def _told(entry: Entry, it: Promise, workbook: Workbook) -> PromisedAction:
    return PromisedAction(
        what=it.what,
        who=it.who,
        day=written_date(it.day, workbook.framework.words) if it.day else "",
        late=it.day is not None and it.day < workbook.today and not it.done,
        href=at_field(href_of(entry.sheet, entry.info.id), it.field),
        worksheet=entry.info.id,
        tick=it.tick,
    )
