"""The hours of a group's people in the latest week that is known.

Who is in which group, the list of people in Workgroups says. Whom it does not name stands on every
group's page, so that nobody is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from playbook.analysis.pilot.told import plain
from playbook.analysis.pull_back import FreedWeeks, freed_weeks
from playbook.assessing.workbook import Entry, Workbook
from playbook.model import Value
from playbook.worksheet.figures import whole_percent
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

FLOOR = "capacity_floor_share"
LISTED = "workgroups"
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Freed:
    """A person's share of the week that was free, by code; `below` the floor."""

    person: str
    share: str
    part: float
    below: bool


@dataclass(frozen=True, slots=True)
class FreedInGroup:
    """Those with the least time first, which week it is, and a sentence about other groups' people;
    a text is empty where there is nothing to say."""

    people: tuple[Freed, ...]
    week: str
    apart: str


def freed_in_group(workbook: Workbook, focus: Entry | None, group: str) -> FreedInGroup:
    """The hours in `focus` of the people of `group`; of everybody where no group is named."""
    floor = workbook.framework.threshold_values[FLOOR]
    found = freed_weeks(_hours(focus)) if focus else ()
    latest = max((one.last[0] for one in found), default=None)
    numbers, own = _numbers(workbook), _number_in(group)
    here: list[FreedWeeks] = []
    others = 0
    for one in found:
        number = numbers.get(plain(one.person))
        if one.last[0] != latest:
            continue
        if None in (number, own) or number == own:
            here.append(one)
        else:
            others += 1
    say = workbook.framework.words.text
    day = written_date(latest, workbook.framework.words) if latest else ""
    return FreedInGroup(
        people=tuple(
            Freed(one.person, whole_percent(one.last[1]), one.last[1], one.below(floor) > 0)
            for one in sorted(here, key=lambda one: one.last[1])
        ),
        week=say("weekly.time.week", day=day, floor=whole_percent(floor)) if here else "",
        apart=say("weekly.time.apart", count=others) if others else "",
    )


def _hours(focus: Entry) -> list[Mapping[str, Value]]:
    sheet, worksheet = focus.sheet, focus.worksheet
    return [visible_answers(sheet, worksheet, "hours", row) for row in worksheet.rows("hours")]


def _numbers(workbook: Workbook) -> dict[str, int]:
    """The number of everybody's group, by code."""
    sheet = workbook.framework.sheets.get(LISTED)
    entry = workbook.current(sheet) if sheet else None
    rows = [row.answers for row in entry.worksheet.rows("people")] if entry else []
    told = ((row.get("code"), row.get("group")) for row in rows)
    return {plain(code): round(float(str(group))) for code, group in told if code and group}


def _number_in(group: str) -> int | None:
    """The one number in a group's name: 2 in "Group 2"."""
    found = _NUMBER.findall(group)
    return int(found[0]) if len(found) == 1 else None
