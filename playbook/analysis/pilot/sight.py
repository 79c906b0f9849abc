""" "Could we see it?": the smallest change that a design would show, from a group's own baseline.

The baseline is measured first: its level, how much its weeks vary, and how much of one week is
still there in the next. Then pilots are made up in which nothing changed. For each, the change from
which on the verdict would say "more than luck" is worked out exactly (contrasts.py); a share of
them that is seen is the power, and no size of a change has to be tried.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from playbook.analysis.pilot.charts import Values
from playbook.analysis.pilot.contrasts import contrasts, thresholds
from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.lot import Start, in_order
from playbook.analysis.pilot.orders import begun, orders_of
from playbook.analysis.pilot.simulated import Array, weekly_noise
from playbook.analysis.pilot.verdicts import ALPHA
from playbook.model import InputError

POWER = 0.8
RUNS = 1_000
SEED = 20_270_118
CELLS_MOST = 8_000_000
"""Made-up pilots times orders that are looked at in one go, about 64 MB a table."""

MOST_CARRY_OVER = 0.9
_LEAST_WEEKS = 4


@dataclass(frozen=True, slots=True)
class GroupBaseline:
    """What the weeks before a pilot are like, of all groups together.

    `level` and `spread` (of one group's week, without what all share) are in the metric's unit;
    `carry_over` (0 to 0.9) is how much of a week is still there in the next, likely between
    `carry_over_low` and `carry_over_high`.
    """

    level: float
    spread: float
    carry_over: float
    carry_over_low: float
    carry_over_high: float
    groups: int
    weeks: int


@dataclass(frozen=True)
class Sight:
    """What a design would show. `seen_from` has, for every made-up pilot, from which change on,
    in spreads of a week; infinite where none would do."""

    design: Design
    alpha: float
    seen_from: Array
    baseline: GroupBaseline

    @property
    def possible(self) -> bool:
        """Whether the design can meet its criterion at all."""
        return self.design.meets(self.alpha)

    def power(self, change: float) -> float:
        """How likely (0 to 1) a change of this size upwards shows, in the metric's unit."""
        if not self.baseline.spread:
            return float(self.possible and change > 0)
        return float((self.seen_from <= change / self.baseline.spread).mean())

    def smallest_spreads(self, power: float = POWER) -> float | None:
        """The smallest change that shows in `power` of such pilots, in spreads of a week."""
        ordered = np.sort(self.seen_from)
        found = float(ordered[math.ceil(power * len(ordered)) - 1])
        return found if math.isfinite(found) and self.possible else None

    @cached_property
    def smallest(self) -> float | None:
        """The same for 8 of 10 pilots, in the metric's unit."""
        found = self.smallest_spreads()
        return None if found is None else found * self.baseline.spread

    @property
    def smallest_share(self) -> float | None:
        """The same as a share of the baseline's level; None where that is 0 or below."""
        if self.smallest is None or self.baseline.level <= 0:
            return None
        return self.smallest / self.baseline.level


def baseline_of(series: Mapping[str, Values]) -> GroupBaseline:
    """Level, spread and carry-over of some weeks before the pilot, the same ones for all groups.

    What all groups share in a week is taken out where there are several, as the verdict does. Both
    measures are freed of what few weeks do to them: they would look calmer than they are.
    """
    if len({len(values) for values in series.values()}) > 1:
        raise InputError("Every group has the same weeks; a week without a figure is empty.")
    told = np.array([[np.nan if it is None else it for it in v] for v in series.values()], float)
    told = told.reshape(len(series), -1)
    full = np.flatnonzero(~np.isnan(told).any(axis=0))
    known = told[:, full]
    groups, weeks = known.shape
    if weeks < _LEAST_WEEKS:
        raise InputError(
            f"A baseline needs {_LEAST_WEEKS} weeks or more in which every group has a figure; "
            f"there are {weeks}."
        )
    left = known - known.mean(axis=1, keepdims=True)
    if groups > 1:
        left = left - left.mean(axis=0, keepdims=True)
    total = float((left**2).sum())
    if not total > _nothing(known):
        return GroupBaseline(float(known.mean()), 0.0, 0.0, 0.0, 0.0, groups, weeks)
    in_a_row = np.diff(full) == 1  # what lies over a gap is no next week
    products = (left[:, 1:] * left[:, :-1])[:, in_a_row].sum() / max(1, in_a_row.sum())
    seen = float(products) * (weeks - 1) / total
    carry, error = _corrected(seen, weeks), _error(seen, weeks * max(1, groups - 1))
    low, high = (_corrected(seen + side * error, weeks) for side in (-1, 1))
    spread = math.sqrt(total / max(1, groups - 1) / _free_weeks(carry, weeks))
    return GroupBaseline(float(known.mean()), spread, carry, low, high, groups, weeks)


def _nothing(known: Array) -> float:
    return float(known.size * (1e-12 * np.abs(known).max()) ** 2)


def _corrected(seen: float, weeks: int) -> float:
    """A week's likeness to the next, of a series whose mean was taken from its own few weeks: it
    comes out too low by about (1 + 3 times itself) / weeks (Marriott and Pope)."""
    found = (seen + 1 / weeks) / (1 - 3 / weeks) if weeks > _LEAST_WEEKS else seen
    return min(max(found, 0.0), MOST_CARRY_OVER)


def _error(seen: float, cells: int) -> float:
    """Two standard errors of a likeness from so many weeks."""
    return 2 * math.sqrt(max(1 - seen**2, 0.0) / cells)


def _free_weeks(carry_over: float, weeks: int) -> float:
    """How many squared spreads the weeks of a group have around their own mean."""
    gaps = np.arange(1, weeks)
    return float(weeks - 1 - 2 * ((1 - gaps / weeks) * carry_over**gaps).sum())


def could_see(
    design: Design,
    baseline: GroupBaseline,
    *,
    baseline_weeks: int,
    weeks: int,
    alpha: float = ALPHA,
    slow_weeks: int = 0,
    learned: float = 0.0,
    runs: int = RUNS,
    seed: int = SEED,
) -> Sight:
    """What a pilot of `weeks` after `baseline_weeks` would show, were it set up like `design`.

    Parameters
    ----------
    slow_weeks
        The change builds up over so many weeks from a group's start on; 0: it is there at once.
    learned
        The share of the change (0 to below 1) that groups which wait pick up from the others, once
        somebody has begun. Both make a change harder to see.
    """
    if not 0 <= learned < 1 or slow_weeks < 0:
        raise InputError("What groups pick up is a share from 0 to below 1, and weeks 0 or more.")
    if not design.meets(alpha):
        return Sight(design, alpha, np.full(1, np.inf), baseline)
    orders, _ = orders_of(design.starts)
    runs = max(1, min(runs, CELLS_MOST // len(orders)))
    kinds = in_order(set(design.starts))
    drawn = design.starts
    orders = np.vstack([[kinds.index(start) for start in drawn], orders])
    orders = orders[np.r_[True, (orders[1:] != orders[0]).any(axis=1)]]
    change = change_of(drawn, baseline_weeks, weeks, slow_weeks, learned)
    shape = (runs, len(drawn), baseline_weeks + weeks)
    noise = weekly_noise(np.random.default_rng(seed), shape, baseline.carry_over)
    found = contrasts(noise, orders, kinds, baseline_weeks, change)
    seen = np.full(1, np.inf) if found is None else thresholds(found, alpha)
    return Sight(design, alpha, seen, baseline)


def change_of(
    starts: Sequence[Start], baseline: int, weeks: int, slow_weeks: int = 0, learned: float = 0.0
) -> Array:
    """Shape (groups, weeks): the share of a change that is there in each week of each group."""
    there = begun(starts, baseline, weeks)
    if slow_weeks:
        since = there.cumsum(axis=1)
        there = np.minimum(since / slow_weeks, 1)
    return np.asarray(np.maximum(there, learned * there.max(axis=0)))
