"""The programme of the first days as a run of show: clock times follow from the minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Row, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.report.answers import shown

TABLE, DAY, MINUTES, ACTIVITY, LEADER = "programme", "on_day", "minutes", "activity", "led_by"
STARTS, NINE = "starts", "t0900"
HOUR = 60


@dataclass(frozen=True, slots=True)
class ProgrammePart:
    """A part of a day: `begins` and `ends` in minutes after midnight."""

    row: str
    begins: int
    ends: int
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day with its parts in the person's order, one after the other."""

    name: str
    parts: tuple[ProgrammePart, ...]

    @property
    def minutes(self) -> int:
        """How long the day is, breaks included."""
        return self.parts[-1].ends - self.parts[0].begins


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The days that have a part, in order, and how many parts are on no day or have no length."""

    days: tuple[ProgrammeDay, ...]
    left_out: int


def programme(sheet: Sheet, worksheet: Worksheet, words: Words) -> FirstDays:
    """Every day begins at the chosen time, at nine while none is chosen."""
    asked = sheet.question(DAY, TABLE)
    begins = _minutes(str(worksheet.answers.get(STARTS, NINE)))
    rows = [row for row in worksheet.rows(TABLE) if row.answers]
    placed = [row for row in rows if {DAY, MINUTES} <= row.answers.keys()]
    days = []
    for choice in asked.choices:
        mine = [row for row in placed if row.answers[DAY] == choice.id]
        if mine:
            days.append(
                ProgrammeDay(shown(asked, choice.id, words), tuple(_parts(mine, begins, words)))
            )
    return FirstDays(tuple(days), len(rows) - len(placed))


def _minutes(start: str) -> int:
    """“t0930” as minutes after midnight."""
    return int(start[1:3]) * HOUR + int(start[3:])


def _parts(rows: list[Row], begins: int, words: Words) -> Iterator[ProgrammePart]:
    for row in rows:
        ends = begins + round(float(str(row.answers[MINUTES])))
        what = str(row.answers.get(ACTIVITY) or words.text("programme.unnamed"))
        yield ProgrammePart(row.id, begins, ends, what, str(row.answers.get(LEADER, "")))
        begins = ends


def clock(minutes: int, words: Words) -> str:
    """Minutes after midnight as a time of day."""
    hours, rest = divmod(minutes, HOUR)
    return words.text("programme.time", hours=hours, minutes=f"{rest:02}")


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return programme_summary(programme(sheet, worksheet, framework.words), framework.words)


def programme_summary(told: FirstDays, words: Words) -> list[str]:
    """A sentence a day, then one for each of its parts: a run of show to print."""
    lines = []
    for day in told.days:
        first, last = day.parts[0], day.parts[-1]
        lines.append(
            words.text(
                "programme.day",
                day=day.name,
                **{"from": clock(first.begins, words)},
                to=clock(last.ends, words),
                minutes=day.minutes,
                parts=len(day.parts),
            )
        )
        lines += [_part(part, words) for part in day.parts]
    if told.left_out:
        lines.append(words.text("programme.left_out", parts=told.left_out))
    return lines


def _part(part: ProgrammePart, words: Words) -> str:
    return words.text(
        f"programme.part{'_led' if part.who else ''}",
        **{"from": clock(part.begins, words)},
        to=clock(part.ends, words),
        what=part.what,
        who=part.who,
    )
