"""A scorecard of six categories: targets, triggers, the age of figures, balance, and slipping back.

It guards and doesn't steer: a pilot steers by its metric tree. Whether a change of a series is more
than luck is the XmR chart's word (`playbook.analysis.pilot.charts`), from the same figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from playbook.analysis.pilot.charts import ChartBaseline, XmrChart, chart
from playbook.model import InputError

CATEGORIES = ("customer", "operational", "quality", "people", "financial", "learning")

Direction = Literal["up", "down"]
"""Which way is better."""


@dataclass(frozen=True, slots=True)
class Metric:
    """One line of the scorecard, in whatever unit it says; None is not known.

    `trigger`: from there on, in the bad direction, somebody does `intervention`.
    """

    name: str
    category: str
    better: Direction = "up"
    unit: str = ""
    baseline: float | None = None
    target: float | None = None
    trigger: float | None = None
    intervention: str = ""
    owner: str = ""
    latest: float | None = None
    day: date | None = None

    def __post_init__(self) -> None:
        if self.category not in CATEGORIES:
            known = ", ".join(CATEGORIES)
            raise InputError(f"{self.name!r} is in {self.category!r}: use one of {known}.")

    @property
    def crossed(self) -> bool | None:
        """Whether the latest figure is at its trigger or beyond; None while either is open."""
        if self.latest is None or self.trigger is None:
            return None
        return self._better(self.trigger, self.latest, or_same=True)

    @property
    def reached(self) -> bool | None:
        """Whether the latest figure is at its target or beyond; None while either is open."""
        if self.latest is None or self.target is None:
            return None
        return self._better(self.latest, self.target, or_same=True)

    @property
    def way(self) -> float | None:
        """How much of the way from baseline to target is done, 1 at the target; None while one is
        open, or where there is no way to go."""
        if self.latest is None or self.baseline is None or self.target is None:
            return None
        whole = self.target - self.baseline
        return (self.latest - self.baseline) / whole if whole else None

    @property
    def contradicts(self) -> bool:
        """Whether its target is no better than its trigger: then both can't hold."""
        if self.target is None or self.trigger is None:
            return False
        return not self._better(self.target, self.trigger)

    @property
    def lacks(self) -> tuple[str, ...]:
        """What makes it measurable and useful, and isn't there, in the order it is asked."""
        told = {
            "unit": bool(self.unit),
            "target": self.target is not None,
            "intervention": bool(self.intervention),
            "owner": bool(self.owner),
        }
        return tuple(name for name, there in told.items() if not there)

    def age(self, today: date) -> int | None:
        """The days since its latest figure; a figure from the future is none old."""
        return None if self.day is None else max(0, (today - self.day).days)

    def slipped(self, level: float) -> float | None:
        """The share of `level` (what the pilot had reached) that is lost again, 0 where nothing is;
        None while there is no figure, or no share of 0."""
        if self.latest is None or not level:
            return None
        lost = level - self.latest if self.better == "up" else self.latest - level
        return max(0.0, lost / abs(level))

    def _better(self, one: float, other: float, *, or_same: bool = False) -> bool:
        if one == other:
            return or_same
        return one > other if self.better == "up" else one < other


@dataclass(frozen=True, slots=True)
class Balance:
    """How metrics spread over the categories; `largest` has a `share` of all, "" and 0 of none."""

    counts: Mapping[str, int]
    empty: tuple[str, ...]
    largest: str
    share: float


def balance(metrics: Sequence[Metric]) -> Balance:
    """Of two equally large categories, the first in CATEGORIES is told."""
    found = Counter(metric.category for metric in metrics)
    counts = {category: found[category] for category in CATEGORIES}
    largest = max(CATEGORIES, key=lambda it: counts[it]) if metrics else ""
    return Balance(
        counts=counts,
        empty=tuple(category for category, count in counts.items() if not count),
        largest=largest,
        share=counts[largest] / len(metrics) if metrics else 0.0,
    )


def stale(metrics: Sequence[Metric], today: date, days: int) -> tuple[Metric, ...]:
    """Those whose latest figure is older than so many days, the oldest first."""
    aged = [(age, metric) for metric in metrics if (age := metric.age(today)) is not None]
    return tuple(metric for age, metric in sorted(aged, key=lambda it: -it[0]) if age > days)


def watched(values: Sequence[float | None], *, baseline: int, rules: str = "wheeler") -> XmrChart:
    """The series of one metric as an XmR chart, its first `baseline` places being the baseline."""
    return chart(values, (ChartBaseline(0, baseline),), rules=rules)


# --------------------------------------------------------------------------- money


def total_cost(once: float, a_year: Sequence[float]) -> float:
    """Total cost of ownership: what is paid once, and each year's running cost."""
    return once + fsum(a_year)


def return_on(gain: float, cost: float) -> float | None:
    """Return on investment: gain beyond its cost as a share of that cost; None where it costs
    nothing."""
    return (gain - cost) / cost if cost else None


def pays_back(flows: Sequence[float]) -> float | None:
    """After how many periods the sum of cash flows is no longer below 0, the last of them by its
    share; 0 where it never was below, None where it still is at the end."""
    total = 0.0
    done: float | None = 0.0
    for at, flow in enumerate(flows):
        before, total = total, total + flow
        if total < 0:
            done = None
        elif before < 0:
            done = at + -before / flow
    return done
