"""Figures by date as one value: what is asked of them without words.

How they are read from what people paste is playbook.worksheet.series.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from playbook.worksheet.numbers import plain_number

WEEK = datetime.timedelta(weeks=1)


class Point(NamedTuple):
    """What a metric was on a day."""

    date: datetime.date
    value: float


@dataclass(frozen=True, slots=True)
class TimeSeries:
    """Figures of one metric by date, which may be given in any order and are kept in that of time.

    It iterates over its points, which are (date, number) pairs; one without any is false.
    """

    points: tuple[Point, ...] = ()

    def __post_init__(self) -> None:
        ordered = tuple(sorted(self.points, key=lambda point: point.date))
        object.__setattr__(self, "points", ordered)

    @classmethod
    def from_stored(cls, text: str) -> TimeSeries:
        """The series that is stored as `text`, a line a point: "2027-01-04 12.5"."""
        lines = (line.split(" ") for line in text.splitlines())
        pairs = ((datetime.date.fromisoformat(day), float(value)) for day, value in lines)
        return cls(tuple(Point(*pair) for pair in pairs))

    def stored(self) -> str:
        """The text to store; `from_stored` reads it back to the last bit."""
        return "\n".join(
            f"{day.isoformat()} {plain_number(Decimal(repr(value)) + 0)}" for day, value in self
        )

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    @property
    def values(self) -> tuple[float, ...]:
        """The figures alone, in the order of time."""
        return tuple(point.value for point in self)

    @property
    def last(self) -> Point | None:
        """The latest point; None without any."""
        return self.points[-1] if self.points else None

    def until(self, day: datetime.date) -> TimeSeries:
        """What was known at the end of a day: the points up to it and on it."""
        return TimeSeries(tuple(point for point in self if point.date <= day))

    def weekly(self) -> TimeSeries:
        """The mean of each week that has a point, by its Monday."""
        weeks = groupby(self, key=lambda point: monday_of(point.date))
        values = ((monday, [point.value for point in week]) for monday, week in weeks)
        return TimeSeries(tuple(Point(day, sum(week) / len(week)) for day, week in values))

    def typical_gap(self) -> float | None:
        """The days from one figure to the next, their median; None with less than two gaps."""
        gaps = [(later.date - earlier.date).days for earlier, later in pairwise(self)]
        return median(gaps) if len(gaps) > 1 else None

    def age_days(self, today: datetime.date) -> int | None:
        """How many days ago the last point is, 0 for one in the future; None without points."""
        return max((today - self.last.date).days, 0) if self.last else None

    def is_stale(
        self, cadence: str | None, today: datetime.date, thresholds: Mapping[str, float]
    ) -> bool:
        """Whether the last point is older than a metric of this `cadence` should let it become.

        `cadence` is daily, weekly, monthly or slower; without it, or without points, nothing is
        stale. The limits are the thresholds stale_days_daily and so on.
        """
        age = self.age_days(today)
        return age is not None and bool(cadence) and age > thresholds[f"stale_days_{cadence}"]


def monday_of(day: datetime.date) -> datetime.date:
    """The first day of the week that `day` is in."""
    return day - datetime.timedelta(days=day.weekday())
