"""How many charts would signal by luck alone, counted over all charts that somebody looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from playbook.analysis.pilot.charts import (
    LIMIT_SIGMAS,
    RULE_SETS,
    SIGMA_OF_RANGE,
    RuleSet,
    XmrChart,
)
from playbook.analysis.pilot.simulated import Array, weekly_noise

NDBool = NDArray[np.bool_]

RUNS = 4_000
SEED = 20_270_118


@dataclass(frozen=True, slots=True)
class Luck:
    """Of `charts` looked at, `signalled` did, and by luck alone `expected` would.

    `as_many` (0 to 1) is how likely luck alone brings as many or more, were the charts unrelated;
    charts that share people or weeks signal together, so it is a rough guide and no test.
    """

    charts: int
    signalled: int
    expected: float
    as_many: float


@lru_cache(maxsize=256)
def chance(
    rules: str = "wheeler",
    *,
    baseline: int = 12,
    weeks: int = 12,
    carry_over: float = 0.0,
    runs: int = RUNS,
    seed: int = SEED,
) -> float:
    """How likely (0 to 1) one chart signals in `weeks` after the baseline, though nothing changed.

    Found by trying: figures are normal, and each week keeps `carry_over` of the one before.
    """
    if weeks < 1:
        return 0.0
    noise = weekly_noise(np.random.default_rng(seed), (runs, baseline + weeks), carry_over)
    return float(any_signal(noise, baseline, RULE_SETS[rules]).mean())


def luck(charts: Sequence[XmrChart], carry_over: float = 0.0) -> Luck:
    """What luck would do to all of `charts`; provisional ones are not among them."""
    settled = [it for it in charts if (limits := it.present.limits) and not limits.provisional]
    chances = [
        chance(
            it.rules.name,
            baseline=it.present.limits.points,
            weeks=it.watched,
            carry_over=round(carry_over, 1),
        )
        for it in settled
        if it.present.limits
    ]
    signalled = sum(it.signalled for it in settled)
    return Luck(len(settled), signalled, sum(chances), at_least(signalled, chances))


def at_least(count: int, chances: Sequence[float]) -> float:
    """How likely `count` or more of some unrelated things happen, each with a chance of its own."""
    spread = np.ones(1)
    for one in chances:
        spread = np.convolve(spread, (1 - one, one))
    return float(min(1.0, spread[count:].sum()))


def any_signal(series: Array, baseline: int, rules: RuleSet) -> NDBool:
    """For each row of `series`, whether a chart with its first `baseline` weeks signals after."""
    before = series[:, :baseline]
    sigma = np.abs(np.diff(before, axis=1)).mean(axis=1, keepdims=True) / SIGMA_OF_RANGE
    after = (series[:, baseline:] - before.mean(axis=1, keepdims=True)) / sigma
    hit = (np.abs(after) > LIMIT_SIGMAS).any(axis=1)
    windows = [(rules.run, rules.run, 0.0)] * bool(rules.run) + list(rules.near)
    for side in (1, -1):
        for of, need, sigmas in windows:
            hit |= _window(side * after > sigmas, of, need)
        if rules.trend:
            hit |= _window(side * np.diff(after, axis=1) > 0, rules.trend - 1, rules.trend - 1)
    return np.asarray(hit)


def _window(hits: NDBool, of: int, need: int) -> NDBool:
    """For each row, whether any `of` in a row have at least `need`."""
    if hits.shape[1] < of:
        return np.zeros(len(hits), dtype=np.bool_)
    found = sliding_window_view(hits, of, axis=1).sum(axis=-1) >= need
    return np.asarray(found.any(axis=1))
