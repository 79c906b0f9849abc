"""The pulse of a group, week by week: only weeks in which enough people answered."""

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
COUNTS = ("avoided_discomfort", "avoided_risk", "avoided_exposure", "can_disagree", "mattered")


@dataclass(frozen=True, slots=True)
class PulseLine:
    """One sentence of the pulse: for each week who agreed, of how many; gaps stay gaps."""

    name: str
    weeks: tuple[tuple[date, int, int], ...]


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
                (date.fromisoformat(str(row[WEEK])), min(_number(row, one), people), people)
                for row in shown
                if one in row and (people := _number(row, PEOPLE))
            ),
        )
        for one in COUNTS
        if any(one in row for row in shown)
    )


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
        words.text("pulse.week", week=written_date(week, words), count=count, people=people)
        for week, count, people in line.weeks
    ]
