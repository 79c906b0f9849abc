"""What a pilot's evidence takes: the verdict over many orders, and a slider of "could we see it?".

Beside ours, in the same run: the same orders one after the other, each as a regression.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from benchmarks.results import BenchmarkResult, Limit, ratio, table, tail
from playbook.analysis.pilot.contrasts import contrasts, interval, p_value
from playbook.analysis.pilot.designs import Design, Grade, staggered
from playbook.analysis.pilot.orders import begun
from playbook.analysis.pilot.sight import GroupBaseline, could_see
from playbook.analysis.pilot.simulated import weekly_noise

ORDERS, GROUPS, BEFORE, WEEKS = 10_000, 6, 12, 12
ORDERS_SECONDS, SLIDER_SECONDS = 0.5, 1.0
ONE_BY_ONE = 100
"""Orders that are regressed one after the other; more would only take longer."""

Array = NDArray[np.float64]

TEXT = f"""\
{ORDERS:,} orders of {GROUPS} groups and {BEFORE + WEEKS} weeks: p and the exact range. One after
the other means {ONE_BY_ONE} regressions, times {ORDERS // ONE_BY_ONE}, and gives p alone. A slider
of “could we see it?” makes up 1,000 pilots and judges each by all 90 orders of three waves."""


def measure(times: int) -> BenchmarkResult:
    """The verdict and a slider, so often each, and the limits they are held to."""
    random = np.random.default_rng(0)
    figures = weekly_noise(random, (GROUPS, BEFORE + WEEKS), 0.4)
    orders = random.permuted(np.tile(np.arange(GROUPS), (ORDERS, 1)), axis=1)
    judged = timed(lambda: verdict_of(figures, orders), times)
    loop = [it * (ORDERS // ONE_BY_ONE) for it in timed(lambda: by_regression(figures, orders), 3)]
    slider = timed(moved, times)
    rows = [
        ("p and range", tail(judged), ""),
        ("p, one after the other", tail(loop), ratio(loop, judged)),
        ("a slider", tail(slider), ""),
    ]
    told = table(("What", "p50 / p95 / most, s", "times ours"), rows)
    return BenchmarkResult([("A verdict, a slider", f"{TEXT}\n\n{told}")], limits(judged, slider))


def by_regression(figures: Array, orders: NDArray[np.intp]) -> float:
    """p of as many orders as are regressed."""
    return regressions(figures, orders[:ONE_BY_ONE])


def limits(judged: list[float], slider: list[float]) -> list[Limit]:
    """The promises: the verdict, and the reply to a slider."""
    orders = f"{ORDERS:,} orders of {GROUPS} x {BEFORE + WEEKS} weeks"
    return [
        Limit.p95(orders, judged, ORDERS_SECONDS),
        Limit.p95("a slider of “could we see it?”", slider, SLIDER_SECONDS),
    ]


def verdict_of(figures: Array, orders: NDArray[np.intp]) -> tuple[float, float, float]:
    """p and the range."""
    found = contrasts(figures, orders, tuple(range(0, WEEKS, WEEKS // GROUPS)), BEFORE)
    if found is None:
        raise ValueError("The benchmark's figures give an estimate.")
    return (p_value(found), *interval(found, 0.05))


def regressions(figures: Array, orders: NDArray[np.intp]) -> float:
    """p by least squares, an order at a time."""
    groups, weeks = figures.shape
    levels = np.hstack(
        [np.repeat(np.eye(groups), weeks, axis=0), np.tile(np.eye(weeks), (groups, 1))]
    )
    steps = begun(tuple(range(0, WEEKS, WEEKS // GROUPS)), BEFORE, WEEKS)
    found = []
    for order in orders:
        columns = np.column_stack([steps[order].ravel(), levels])
        found.append(np.linalg.lstsq(columns, figures.ravel(), rcond=None)[0][0])
    return float(np.mean(np.abs(found) >= abs(found[0]) - 1e-9))


def moved() -> float | None:
    """The answer to a slider."""
    design = Design(Grade.START_BY_LOT, staggered(GROUPS, WEEKS, 3))
    measured = GroupBaseline(36, 3, 0.4, 0.2, 0.6, GROUPS, BEFORE)
    return could_see(design, measured, baseline_weeks=BEFORE, weeks=WEEKS).smallest


def timed(work: Callable[[], object], times: int) -> list[float]:
    """Seconds of each time, the first left out: it fills caches."""
    work()
    taken = []
    for _ in range(times):
        begun_at = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun_at)
    return taken
