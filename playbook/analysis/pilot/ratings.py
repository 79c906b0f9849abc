"""What several people's ratings have in common: middle, spread, and two measures of agreement.

rWG (James, Demaree and Wolf 1984) asks of one thing rated by a group: is the variance smaller than
if everybody had ticked at random? Alpha (Krippendorff) asks of many things: are differences within
a thing smaller than between any two? Raters may be missing. Nothing here is a figure of a person.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median, quantiles, variance
from types import MappingProxyType
from typing import Literal

from playbook.model import InputError

LEAST_RATERS = 5
_PAIR = 2

Scale = Literal["nominal", "ordinal", "interval", "ratio"]
Weights = Mapping[float, float]


@dataclass(frozen=True, slots=True)
class RatingSpread:
    """The middle of `raters` ratings and the range of the middle half; `agreement` is their rWG."""

    raters: int
    median: float
    lower: float
    upper: float
    agreement: float


def spread_of(
    ratings: Sequence[float | None], levels: int, least: int = LEAST_RATERS
) -> RatingSpread | None:
    """What may be told of one thing's ratings from 1 to `levels`; None below `least` raters."""
    told = [it for it in ratings if it is not None]
    if len(told) < max(least, _PAIR):
        return None
    lower, _, upper = quantiles(told, method="inclusive")
    return RatingSpread(len(told), median(told), lower, upper, rwg(told, levels))


def rwg(ratings: Sequence[float], levels: int) -> float:
    """From 0 (as apart as ticks at random, or more) to 1 (all the same)."""
    if len(ratings) < _PAIR or levels < _PAIR:
        raise InputError("Agreement needs two ratings and two levels at least.")
    if not all(1 <= it <= levels for it in ratings):
        raise InputError(f"A rating is a level from 1 to {levels}.")
    at_random = (levels**2 - 1) / 12  # the variance of `levels` equally likely levels
    return max(0.0, 1 - variance(ratings) / at_random)


def alpha(things: Sequence[Sequence[float | None]], scale: Scale = "ordinal") -> float | None:
    """Krippendorff's alpha of some things, each with a rating by each rater or None.

    1 is full agreement, 0 what chance gives, below 0 worse than that. None where no thing has two
    ratings or all ratings are the same, so that there is nothing to tell apart.
    """
    rated = [told for thing in things if len(told := [r for r in thing if r is not None]) >= _PAIR]
    counts = Counter(rating for told in rated for rating in told)
    if len(counts) < _PAIR:
        return None
    apart = DIFFERENCES[scale](counts)
    total = counts.total()
    seen = math.fsum(_pairs(Counter(told), apart) / (len(told) - 1) for told in rated)
    by_chance = _pairs(counts, apart) / (total - 1)
    return 1 - seen / by_chance


def _pairs(counts: Weights, apart: Callable[[float, float], float]) -> float:
    """The differences of all pairs of ratings, each pair both ways."""
    return math.fsum(
        many * other_many * apart(one, other)
        for one, many in counts.items()
        for other, other_many in counts.items()
        if one != other
    )


def _nominal(_: Weights) -> Callable[[float, float], float]:
    return lambda one, other: float(one != other)


def _interval(_: Weights) -> Callable[[float, float], float]:
    return lambda one, other: (one - other) ** 2


def _ratio(_: Weights) -> Callable[[float, float], float]:
    return lambda one, other: ((one - other) / (one + other)) ** 2


def _ordinal(counts: Weights) -> Callable[[float, float], float]:
    """So many ratings lie between two, half of the two levels' own among them."""
    levels = sorted(counts)
    below = accumulate((counts[level] for level in levels), initial=0)
    middle = {level: before + counts[level] / 2 for level, before in zip(levels, below)}  # noqa: B905
    return lambda one, other: (middle[one] - middle[other]) ** 2


DIFFERENCES: Mapping[Scale, Callable[[Weights], Callable[[float, float], float]]] = (
    MappingProxyType(
        {"nominal": _nominal, "ordinal": _ordinal, "interval": _interval, "ratio": _ratio}
    )
)
