"""Days of the pilot that people keep in mind: reviews with the sponsor, and the decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from playbook.assessing.workbook import Workbook
from playbook.model import Value
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.report.calendar import CalendarEntry
from playbook.worksheet.visibility import visible_answers

GATE, START = "act_gate", "recognise_gate"
_FRIDAY = 4


def answers(workbook: Workbook, sheet: str) -> Mapping[str, Value]:
    """What is answered once on the worksheet that counts of a sheet."""
    known = workbook.framework.sheets.get(sheet)
    entry = workbook.current(known) if known else None
    return visible_answers(entry.sheet, entry.worksheet) if entry else {}


def pilot_days(workbook: Workbook) -> tuple[date | None, date | None]:
    """The pilot's first and last day: as promised, else as asked for before."""
    entry, asked = focus_of(workbook), answers(workbook, START)
    promised = pilot_in(entry).promised if entry else {}
    first = _day(promised, "pilot_from") or _day(asked, "pilot_start")
    return first, _day(promised, "pilot_until") or _day(asked, "pilot_end")


def review_weeks(workbook: Workbook) -> int:
    """So many weeks lie between two reviews: as somebody set it, else as usual."""
    given = answers(workbook, GATE).get("review_every")
    usual = workbook.framework.threshold_values["review_every_weeks"]
    return round(float(given)) if isinstance(given, str) else round(usual)


def review_days(workbook: Workbook) -> list[tuple[int, date]]:
    """The reviews by the pilot's week, counted from its first Friday."""
    first, last = pilot_days(workbook)
    every = review_weeks(workbook)
    if first is None or last is None:
        return []
    friday = first + timedelta(days=(_FRIDAY - first.weekday()) % 7)
    found, week = [], every
    while (day := friday + timedelta(weeks=week - 1)) <= last:
        found.append((week, day))
        week += every
    return found


def pilot_dates(workbook: Workbook) -> Iterator[CalendarEntry]:
    """Reviews and decisions from today on, as calendar entries."""
    say, every = workbook.framework.words.text, review_weeks(workbook)
    for week, day in review_days(workbook):
        if day < workbook.today:
            continue
        about = say("weekly.review_about", weeks=every)
        yield CalendarEntry(f"review-{week}", day, say("weekly.review", week=week), about)
    told, (_, end) = answers(workbook, GATE), pilot_days(workbook)
    about = say("weekly.decision_about")
    decides = _day(told, "decide_by") or end
    if not told.get("go_on") and decides and decides >= workbook.today:
        yield CalendarEntry("decision", decides, say("weekly.decision"), about)
    if (look := _day(told, "look_again")) and look >= workbook.today:
        yield CalendarEntry("next-decision", look, say("weekly.look_again"), about)


def _day(answers: Mapping[str, Value], name: str) -> date | None:
    value = answers.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None
