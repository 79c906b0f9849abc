"""All orders that a lot may draw, and the pattern of begun weeks that each gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from playbook.analysis.pilot.designs import MOST_ORDERS, ways
from playbook.analysis.pilot.lot import Start, in_order
from playbook.analysis.pilot.simulated import Array


@lru_cache(maxsize=32)
def orders_of(starts: tuple[Start, ...], seed: int = 0) -> tuple[NDArray[np.intp], bool]:
    """The orders to look at, and whether they are all: shape (orders, groups), the place of each
    group's start among the different starts. Of more than MOST_ORDERS, so many are drawn."""
    kinds = in_order(set(starts))
    places = [kinds.index(start) for start in in_order(starts)]
    if ways(starts) <= MOST_ORDERS:
        left = [places.count(kind) for kind in range(len(kinds))]
        return np.array(list(_orders(left, len(places))), dtype=np.intp), True
    many = np.tile(np.array(places, dtype=np.intp), (MOST_ORDERS, 1))
    return np.random.default_rng(seed).permuted(many, axis=1), False


def _orders(left: list[int], places: int) -> Iterator[tuple[int, ...]]:
    """Every different order of the starts of which `left` are left."""
    if not places:
        yield ()
    for kind, many in enumerate(left):
        if many:
            left[kind] -= 1
            for rest in _orders(left, places - 1):
                yield (kind, *rest)
            left[kind] += 1


def begun(starts: Sequence[Start], baseline: int, weeks: int) -> Array:
    """Shape (starts, baseline + weeks): 1 from the week in which each start lies, 0 before."""
    week = np.arange(-baseline, weeks)
    first = np.array([weeks if start is None else start for start in starts], dtype=np.intp)
    return (week >= first[:, None]).astype(np.float64)


def centred(series: Array) -> Array:
    """Freed of each group's mean and of each week's; the last axes are (groups, weeks)."""
    rows = series.mean(axis=-1, keepdims=True)
    columns = series.mean(axis=-2, keepdims=True)
    return np.asarray(series - rows - columns + series.mean(axis=(-1, -2), keepdims=True))
