"""Does one weekly series move ahead of another, by the lag that was expected beforehand?

Two series that each drift look related far too often. So each is first freed of its trend and of
what its own past foretells (an autoregression fitted by least squares); what is left, the weekly
surprises, is compared at the one expected lag, and with what shuffled surprises would show. The
answer is never that one causes the other: a rhythm or an event that moves both looks the same.

Method: prewhitening after Box and Jenkins, order by the corrected criterion of Akaike, permutation
of blocks of weeks. Limits are the thresholds `lead_least_weeks` and `lead_p`.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playbook.worksheet.time_series import WEEK, TimeSeries

Vector = NDArray[np.float64]

MOST_PAST_WEEKS = 3
"""The longest past that an autoregression here may use: more cannot be told from half a year."""

BLOCK = 4
"""Weeks that a shuffle keeps together, so that what is left of a drift is in the shuffled, too."""

SHUFFLES = 1_999
SEED = 20_270_104
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Lead:
    """What the weeks say about one expected lead.

    `weeks` are those in a row that both series have; `correlation` (-1 to 1) is that of the
    surprises `lag` weeks apart; `p` (0 to 1) how often shuffled surprises are related as closely;
    `effective_n` how many independent weeks the pairs are worth, because each week resembles the
    one before. The three are None where the claim is "too little data".
    """

    claim: Literal["seen", "not seen", "too little data"]
    lag: int
    weeks: int
    correlation: float | None = None
    p: float | None = None
    effective_n: int | None = None


def lead(
    driver: TimeSeries, outcome: TimeSeries, lag: int, thresholds: Mapping[str, float]
) -> Lead:
    """Whether `outcome` follows `driver` after `lag` weeks, 0 or more, in weekly means.

    Of all weeks only the longest run without a gap in either is used: nothing is filled in.
    """
    return lead_between(*_common_run(driver.weekly(), outcome.weekly()), lag, thresholds)


def lead_between(x: Vector, y: Vector, lag: int, thresholds: Mapping[str, float]) -> Lead:
    """The same for two series of the same weeks in a row, each of shape (weeks,)."""
    if len(x) - lag < thresholds["lead_least_weeks"]:
        return Lead("too little data", lag, len(x))
    driver, outcome = _without_trend(x), _without_trend(y)
    before, after = innovations(driver), innovations(outcome)
    if _is_nothing(before, x) or _is_nothing(after, y):
        return Lead("too little data", lag, len(x))
    count = min(len(before), len(after)) - lag
    correlation, p = _shuffled(before[-count - lag :][:count], after[-count:])
    claim: Literal["seen", "not seen"] = "seen" if p <= thresholds["lead_p"] else "not seen"
    return Lead(claim, lag, len(x), correlation, p, _effective_n(driver, outcome, len(x) - lag))


def _common_run(driver: TimeSeries, outcome: TimeSeries) -> tuple[Vector, Vector]:
    """The longest run of weeks that both have, the latest of several."""
    x, y = dict(driver), dict(outcome)
    both = enumerate(sorted(x.keys() & y.keys()))
    runs = [
        [monday for _, monday in run] for _, run in groupby(both, lambda it: it[1] - it[0] * WEEK)
    ]
    mondays = max(reversed(runs), key=len, default=[])
    return np.array([x[monday] for monday in mondays]), np.array([y[monday] for monday in mondays])


def _without_trend(x: Vector) -> Vector:
    weeks = np.arange(len(x)) - (len(x) - 1) / 2
    level = x - x.mean()
    return np.asarray(level - weeks * (weeks @ level) / (weeks @ weeks))


def _is_nothing(left: Vector, x: Vector) -> bool:
    """Whether what is left of `x` is rounding alone: it never changed, or is a plain formula."""
    return bool(left.std() <= _ROUNDING * np.abs(x).max())


# --------------------------------------------------------------------------- surprises


def innovations(x: Vector) -> Vector:
    """What the past of `x` does not foretell, for all but its first 1 to MOST_PAST_WEEKS weeks."""
    order = past_weeks(x)
    past, present = _regression(x, order)
    return np.asarray(present - past @ autoregression(x, order))


def autoregression(x: Vector, order: int) -> Vector:
    """Shape (1 + order,): the constant, then the weights of one week ago, two weeks ago ..."""
    past, present = _regression(x, order)
    return np.asarray(np.linalg.lstsq(past, present, rcond=None)[0])


def past_weeks(x: Vector) -> int:
    """The order of the autoregression that says most for what it costs (lowest AICc), from 1 up."""
    return min(range(1, MOST_PAST_WEEKS + 1), key=lambda order: _criterion(x, order))


def _criterion(x: Vector, order: int) -> float:
    """Akaike's, corrected for few weeks; every order is judged on the same weeks."""
    past, present = _regression(x, MOST_PAST_WEEKS)
    past = past[:, : order + 1]
    left = present - past @ np.linalg.lstsq(past, present, rcond=None)[0]
    count, fitted = len(present), order + 2
    cost = 2 * fitted * count / (count - fitted - 1)
    spread = max(float(left @ left) / count, sys.float_info.min)  # 0 where the past tells all
    return count * math.log(spread) + cost


def _regression(x: Vector, order: int) -> tuple[Vector, Vector]:
    """The past of every week as columns (a one, one week ago ...), and the weeks themselves."""
    ago = [x[order - weeks : len(x) - weeks] for weeks in range(1, order + 1)]
    return np.column_stack([np.ones(len(x) - order), *ago]), x[order:]


# --------------------------------------------------------------------------- chance


def _shuffled(x: Vector, y: Vector) -> tuple[float, float]:
    """The correlation of x and y, and the share of shuffles in which it is as far from 0."""
    x, y = x - x.mean(), y - y.mean()
    scale = float(np.sqrt((x @ x) * (y @ y)))
    found = float(x @ y) / scale
    by_chance = np.abs(x[block_shuffles(len(x))] @ y) / scale
    as_far = np.count_nonzero(by_chance >= abs(found) - _ROUNDING)
    return found, (1 + as_far) / (1 + SHUFFLES)


@lru_cache(maxsize=4)
def block_shuffles(count: int) -> NDArray[np.intp]:
    """Shape (SHUFFLES, count): the weeks in new orders, blocks of BLOCK weeks kept together.

    The same every time. Where the blocks begin differs from shuffle to shuffle.
    """
    random = np.random.default_rng(SEED)
    first = random.integers(BLOCK, size=(SHUFFLES, 1))
    blocks = (np.arange(count) + first) // BLOCK
    places = random.random((SHUFFLES, count // BLOCK + 2))
    return np.argsort(np.take_along_axis(places, blocks, axis=1), axis=1, kind="stable")


def _effective_n(x: Vector, y: Vector, pairs: int) -> int:
    """How many independent pairs `pairs` are worth (Bartlett's formula for drifts of one week)."""
    shared = _echo(x) * _echo(y)
    return min(pairs, round(pairs * (1 - shared) / (1 + shared)))


def _echo(x: Vector) -> float:
    """How much a week resembles the one before: autocorrelation at one week, of a mean-free x."""
    return float(x[1:] @ x[:-1] / (x @ x))
