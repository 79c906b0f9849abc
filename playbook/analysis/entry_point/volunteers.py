"""How many would volunteer at a place to begin, with the chances of too few and too many.

Pure mathematics without words or thresholds; our own proposal (catalogue ENT-04).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from playbook.model import InputError

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATES = 2_000
"""Equally likely rates that stand for the triangle; see `volunteers`."""

HUNDRED = 100
TAIL = 0.05
"""What is left out at each end of a 90 % range."""


@dataclass(frozen=True, slots=True)
class Volunteers:
    """How many would come: the mean, a range that holds them 9 times in 10, and three chances.

    `too_few`, `enough` and `too_many` are shares of 1 and add up to it.
    """

    expected: float
    low: int
    high: int
    too_few: float
    enough: float
    too_many: float


@lru_cache(maxsize=64)
def volunteers(
    population: int, low: float, likely: float, high: float, least: int, most: int
) -> Volunteers:
    """How many of `population` people volunteer, and the chance of `least` to `most` of them.

    The rate, in percent, is uncertain: a triangle from `low` by `likely` to `high`. Given a rate,
    each person decides alone, so the number is binomial. Its distribution is the mean of the
    binomial one over RATES equally likely rates (the midpoint rule in the triangle's own
    probability). The binomial distribution falls steadily with the rate, so whatever the population
    no chance is wrong by more than 1 / (2 RATES), which is 0.025 %.

    Raises InputError when the rates are out of order or beyond 0 to 100, or there is nobody.
    """
    if not 0 <= low <= likely <= high <= HUNDRED:
        raise InputError(
            f"The rates are {low:g}, {likely:g} and {high:g} %; give them from low to high, "
            "between 0 and 100."
        )
    if population < 1:
        raise InputError(f"There are {population} people; give at least one.")
    rates = _triangle(low / HUNDRED, likely / HUNDRED, high / HUNDRED)

    def at_most(number: int) -> float:
        from scipy.special import bdtr

        if number < 0:
            return 0.0
        return 1.0 if number >= population else float(bdtr(number, population, rates).mean())

    too_few, not_too_many = at_most(least - 1), at_most(most)
    return Volunteers(
        expected=population * (low + likely + high) / 3 / HUNDRED,
        low=_first(lambda number: at_most(number) >= TAIL, population),
        high=_first(lambda number: at_most(number) >= 1 - TAIL, population),
        too_few=too_few,
        enough=not_too_many - too_few,
        too_many=1 - not_too_many,
    )


def _triangle(low: float, mode: float, high: float) -> NDArray[Any]:
    """RATES equally likely points of a triangle: its quantiles halfway between equal steps."""
    import numpy as np

    share = (np.arange(RATES) + 0.5) / RATES
    if low == high:
        return np.full(RATES, low)
    width, rising = high - low, mode - low
    left = low + np.sqrt(share * width * rising)
    right = high - np.sqrt((1 - share) * width * (width - rising))
    return np.where(share * width < rising, left, right).clip(0, 1)


def _first(holds: Callable[[int], bool], most: int) -> int:
    """The smallest number from 0 to `most` for which `holds`; it has to hold for `most`."""
    low, high = 0, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low
