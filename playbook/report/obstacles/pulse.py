"""The pulse of a group, week by week: only weeks in which enough people answered.

Where all agreed or nobody did, or all but one, the count stays hidden: whoever alone wrote
otherwise would know what each of the others wrote (cohort.group_levels has the same rule).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.kinds import written_date

TABLE, WEEK, PEOPLE = "pulse", "pulse_week", "pulse_people"
LEAST = "room_least_people"
_OTHERS = 2
"""So many have to have written otherwise before a count is told."""

COUNTS = ("avoided_discomfort", "avoided_risk", "avoided_exposure", "can_disagree", "mattered")


@dataclass(frozen=True, slots=True)
class PulseLine:
    """One sentence of the pulse: for each week how many agreed, None where nearly all are alike, of
    how many; gaps stay gaps."""

    name: str
    weeks: tuple[tuple[date, int | None, int], ...]


def pulse(sheet: Sheet, worksheet: Worksheet, least: float) -> tuple[PulseLine, ...]:
    """The sentences over the weeks that may be shown; none while no week may be."""
    rows = [row.answers for row in worksheet.rows(TABLE)]
    shown = sorted(
        (row for row in rows if _number(row, PEOPLE) >= least and isinstance(row.get(WEEK), str)),
        key=lambda row: str(row[WEEK]),
    )
    return tuple(
        PulseLine(
            sheet.question(one, TABLE).short,
            tuple(
                (date.fromisoformat(str(row[WEEK])), _told_count(_number(row, one), people), people)
                for row in shown
                if one in row and (people := _number(row, PEOPLE))
            ),
        )
        for one in COUNTS
        if any(one in row for row in shown)
    )


def _told_count(count: int, people: int) -> int | None:
    return count if _OTHERS <= count <= people - _OTHERS else None


def _number(row: Mapping[str, Value], question: str) -> int:
    value = row.get(question)
    return round(float(value)) if isinstance(value, str) else 0


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    least = framework.thresholds[LEAST].value
    return pulse_summary(pulse(sheet, worksheet, least), framework.words)


def pulse_summary(lines: Sequence[PulseLine], words: Words) -> list[str]:
    """The picture in sentences, one a sentence of the pulse."""
    return [
        words.text("pulse.line", name=line.name, weeks="; ".join(_told(line, words)))
        for line in lines
    ]


def _told(line: PulseLine, words: Words) -> list[str]:
    return [
        words.text(
            "pulse.week", week=written_date(week, words), told=share_told(count, people, words)
        )
        for week, count, people in line.weeks
    ]


def share_told(count: int | None, people: int, words: Words) -> str:
    """So many of so many, or that nearly all are alike."""
    if count is None:
        return words.text("pulse.alike", people=people)
    return words.text("pulse.share", count=count, people=people)
