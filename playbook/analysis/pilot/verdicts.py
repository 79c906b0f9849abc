"""The verdict of a pilot whose start order was drawn: more than luck, or not, or none is possible.

Every group's level and every week's are taken out, so that neither what a group always is nor what
hits all groups in a week counts. What is left is compared with where the pilot had begun: the
estimate is the mean change, in the metric's unit, from a group's start on. It is worked out again
for every order that the lot might have drawn; p is the share of orders in which it is as far from
0, on either side. The range has all changes that would not be called more than luck, exact too.

Only the lot makes that right, so there is no verdict where nothing was drawn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from playbook.analysis.pilot.charts import Values
from playbook.analysis.pilot.contrasts import Contrasts, contrasts, interval, p_value
from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.lot import Start, in_order
from playbook.analysis.pilot.orders import orders_of
from playbook.analysis.pilot.simulated import Array
from playbook.model import InputError

ALPHA = 0.05
"""One false alarm in 20 pilots in which nothing changed, unless something else was sealed."""

_ROUNDING = 1e-9

Outcome = Literal["more than luck", "no more than luck", "none possible"]
Why = Literal["", "not by lot", "too few orders", "too few figures"]


@dataclass(frozen=True, slots=True)
class PilotVerdict:
    """What may be said of a pilot, and why nothing where nothing may.

    `estimate` is the mean change from a group's start on, `low` to `high` its range, all in the
    metric's unit; None where the figures don't tell. `p` and the range are None where no verdict is
    possible. `orders` is how many the lot could draw; where not `exact`, some of them were tried.
    `missing` weeks of a group had no figure.
    """

    outcome: Outcome
    why: Why
    alpha: float
    floor: float
    orders: int
    exact: bool
    missing: int
    estimate: float | None = None
    p: float | None = None
    low: float | None = None
    high: float | None = None


def verdict(
    series: Mapping[str, Values],
    starts: Mapping[str, Start],
    design: Design,
    *,
    baseline: int,
    alpha: float = ALPHA,
    seed: int = 0,
) -> PilotVerdict:
    """What the weekly figures of every group say, `baseline` weeks of them before the pilot.

    `starts` are those that the lot drew, also for a group that began late or left: what is compared
    is what was drawn. Weeks without a figure are left out, never filled in or counted as 0.
    """
    figures = _figures(series, starts, design)
    orders, exact = _drawn_first(design, [starts[name] for name in series], seed)
    missing = int(np.isnan(figures).sum())
    none = PilotVerdict("none possible", "", alpha, design.floor, design.orders, exact, missing)
    found = _told(figures, orders, design, baseline)
    estimate = float(found.found[0]) if found else None
    if not design.by_lot:
        return replace(none, why="not by lot", estimate=estimate)
    if not design.meets(alpha):
        return replace(none, why="too few orders", estimate=estimate)
    if found is None:
        return replace(none, why="too few figures")
    p = p_value(found)
    low, high = interval(found, alpha)
    outcome: Outcome = "more than luck" if p <= alpha + _ROUNDING else "no more than luck"
    return replace(none, outcome=outcome, estimate=estimate, p=p, low=low, high=high)


def _told(
    figures: Array, orders: NDArray[np.intp], design: Design, baseline: int
) -> Contrasts | None:
    """None where there are no two groups, or no figure differs from another."""
    known = figures[~np.isnan(figures)]
    if not known.size or known.min() == known.max():
        return None
    return contrasts(figures, orders, in_order(set(design.starts)), baseline)


def _figures(series: Mapping[str, Values], starts: Mapping[str, Start], design: Design) -> Array:
    """Shape (groups, weeks), NaN where there is no figure; InputError where they don't fit."""
    if set(series) != set(starts):
        apart = ", ".join(sorted(set(series) ^ set(starts)))
        raise InputError(f"Figures and starts are for the same groups; only one has {apart}.")
    if tuple(in_order(starts.values())) != design.starts:
        raise InputError("The starts that were drawn are not those of the design.")
    if len({len(values) for values in series.values()}) != 1:
        raise InputError("Every group has the same weeks; a week without a figure is empty.")
    return np.array([[np.nan if it is None else it for it in v] for v in series.values()], float)


def _drawn_first(
    design: Design, starts: Sequence[Start], seed: int
) -> tuple[NDArray[np.intp], bool]:
    """The orders to look at, the one that was drawn before the others, and whether they are all.

    To orders that are tried by chance the drawn one is added, so that p never promises too much.
    """
    orders, exact = orders_of(design.starts, seed)
    kinds = in_order(set(design.starts))
    drawn = np.array([kinds.index(start) for start in starts], dtype=np.intp)
    others = orders[(orders != drawn).any(axis=1)] if exact else orders
    return np.vstack([drawn, others]), exact
