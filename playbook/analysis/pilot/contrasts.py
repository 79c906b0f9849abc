"""How far every order of the starts would see a change, and what follows for p and for a range.

An estimate is linear in the figures. So under each order it needs one number for the figures as
they are and one for a change of 1; every size of a change follows by one sum. That gives a test, an
exact range and the power of a design without a second loop.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from playbook.analysis.pilot.lot import Start
from playbook.analysis.pilot.orders import begun
from playbook.analysis.pilot.simulated import Array

_ROUNDING = 1e-9
_NOTHING = 1e-12


@dataclass(frozen=True, slots=True)
class Contrasts:
    """The estimate under each order, the first of which is the one that was drawn.

    `found`, shape (..., orders), from the figures; `of_change`, shape (orders,), from a change of 1
    alone; `slack` is how much of `found` is rounding.
    """

    found: Array
    of_change: Array
    slack: float


def contrasts(
    series: Array,
    orders: NDArray[np.intp],
    kinds: Sequence[Start],
    baseline: int,
    change: Array | None = None,
) -> Contrasts | None:
    """The estimate of each order, freed of every group's and every week's level; None where the
    figures can't tell one.

    Parameters
    ----------
    series
        Shape (..., groups, weeks), `baseline` weeks of them before the pilot; NaN is no figure, at
        the same places in all.
    orders
        Shape (orders, groups): which of `kinds`, the different starts, each group has.
    change
        Shape (groups, weeks): what a change of 1 does; when left out, 1 from each group's start in
        the first order on.
    """
    groups, weeks = series.shape[-2:]
    steps = begun(kinds, baseline, weeks - baseline)
    known = ~np.isnan(series.reshape(-1, groups, weeks)[0])
    rows = np.arange(groups)
    alone = np.zeros((groups, len(kinds), groups, weeks))  # one group begins, the others never do
    alone[rows, :, rows] = steps * known[:, None]
    freed = _freed(alone.reshape(-1, groups * weeks), known.ravel(), _levels(groups, weeks))
    shape = (groups, len(kinds))
    overlap = (freed @ freed.T).reshape(*shape, *shape)
    pairs = overlap[rows[:, None], orders[:, :, None], rows, orders[:, None, :]]
    norm = pairs.sum(axis=(1, 2))
    if norm[0] < _ROUNDING:
        return None
    norm = np.where(norm < _ROUNDING, np.inf, norm)
    change = steps[orders[0]] if change is None else change
    figures = np.nan_to_num(series).reshape(*series.shape[:-2], -1)
    seen = (figures @ freed.T).reshape(*series.shape[:-2], *shape)
    moved = (freed @ (change * known).ravel()).reshape(shape)
    found = seen[..., rows, orders].sum(axis=-1) / norm
    slack = _NOTHING * np.abs(figures).max(initial=0) + _ROUNDING * np.abs(found).max(initial=0)
    return Contrasts(found, moved[rows, orders].sum(axis=-1) / norm, float(slack))


def _levels(groups: int, weeks: int) -> Array:
    """Shape (groups + weeks, groups * weeks): 1 where a cell is of that group, of that week."""
    by_group = np.repeat(np.eye(groups), weeks, axis=1)
    return np.vstack([by_group, np.tile(np.eye(weeks), groups)])


def _freed(series: Array, known: NDArray[np.bool_], levels: Array) -> Array:
    """What is left of each row when the levels are taken out, over the cells that are known."""
    left, sizes, _ = np.linalg.svd((levels * known).T, full_matrices=False)
    basis = left[:, sizes > _ROUNDING * max(sizes[0], _ROUNDING)]
    return np.asarray(series - series @ basis @ basis.T)


def p_value(found: Contrasts) -> float:
    """The share of orders in which the estimate is as far from 0 as in the one that was drawn."""
    far = np.abs(found.found)
    return float((far >= far[..., :1] - found.slack).mean())


def interval(found: Contrasts, alpha: float) -> tuple[float, float]:
    """All changes that a test at `alpha` would not call different from what was found."""
    low = -_reach(found.found, found.of_change, alpha)
    return float(low), float(_reach(-found.found, found.of_change, alpha))


def thresholds(noise: Contrasts, alpha: float) -> Array:
    """For each series of noise, from which change upwards on a test at `alpha` would see it."""
    return _reach(noise.found, noise.of_change, alpha)


def _reach(noise: Array, of_change: Array, alpha: float) -> Array:
    """Up to which change more than `alpha` of the orders look as extreme as the first.

    Under an order, a change c looks like |noise + c * of_change|. It rivals the first order up to
    the larger of two roots where it sees less of the change, and for ever where it sees as much.
    So p for c is the share of orders whose end lies at c or beyond, and falls as c grows.
    """
    orders = noise.shape[-1]
    allowed = math.floor(alpha * orders + _ROUNDING)
    if allowed >= orders:
        return np.full(noise.shape[:-1], -np.inf)
    first, whole = noise[..., :1], of_change[0]
    with np.errstate(divide="ignore", invalid="ignore"):
        apart = (noise - first) / (whole - of_change)
        mirrored = -(noise + first) / (whole + of_change)
    sees_less = np.abs(of_change) < abs(whole) * (1 - _ROUNDING)
    ends = np.where(sees_less, np.maximum(apart, mirrored), np.inf)
    place = orders - 1 - allowed
    return np.asarray(np.partition(ends, place, axis=-1)[..., place])
