"""Hours that people really had, week by week: who had less than promised, and for how long.

A week that nobody wrote down is not known; it is no week of zero hours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from playbook.model import Value
from playbook.worksheet.time_series import WEEK, monday_of

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class FreedWeeks:
    """One person's weeks by their Monday, in order, each as a share of the contracted hours."""

    person: str
    shares: Mapping[date, float]

    @property
    def last(self) -> tuple[date, float]:
        """The latest week that is known."""
        week = max(self.shares)
        return week, self.shares[week]

    def below(self, floor: float) -> int:
        """How many weeks in a row, up to the last one, were below `floor`."""
        weeks = sorted(self.shares, reverse=True)
        if self._fine(weeks[0], floor):
            return 0
        count = 1
        for later, earlier in pairwise(weeks):
            if later - earlier != WEEK or self._fine(earlier, floor):
                break
            count += 1
        return count

    def _fine(self, week: date, floor: float) -> bool:
        return self.shares[week] >= floor - _ROUNDING


def freed_weeks(rows: Iterable[Mapping[str, Value]]) -> tuple[FreedWeeks, ...]:
    """The people of rows with `person`, `week`, `free` and `contract`, in the order of their names.

    Hours of a week that stand in several rows are added; a row that lacks one of the four says
    nothing.
    """
    free: dict[str, dict[date, float]] = {}
    contract: dict[tuple[str, date], float] = {}
    for row in rows:
        told = row.get("person"), row.get("week"), row.get("free"), row.get("contract")
        if not all(told):
            continue
        typed, day, hours, whole = map(str, told)
        if float(whole) <= 0:
            continue
        person, week = " ".join(typed.split()), _week(day)
        weeks = free.setdefault(person, {})
        weeks[week] = weeks.get(week, 0.0) + float(hours)
        at = (person, week)
        contract[at] = max(contract.get(at, 0.0), float(whole))
    return tuple(
        FreedWeeks(person, {week: weeks[week] / contract[person, week] for week in sorted(weeks)})
        for person, weeks in sorted(free.items())
    )


@lru_cache(maxsize=1024)
def _week(day: str) -> date:
    """The Monday of an ISO date: everybody's rows are of the same weeks."""
    return monday_of(date.fromisoformat(day))
