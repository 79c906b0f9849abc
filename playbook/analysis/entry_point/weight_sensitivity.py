"""Whether the weights decide: between which weights the winner among places stays the same.

Pure mathematics without words or thresholds; our own proposal (catalogue GAP-01).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from playbook.model import InputError

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class StabilityInterval:
    """Between which shares of the whole weight (0 to 1) a factor leaves the winner in its place.

    `now` is its share; `below` and `above` are those who would come first beyond either end, and
    are empty where the range ends at 0 or 1. At the end itself the winner is level with them.
    """

    low: Fraction
    now: Fraction
    high: Fraction
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WeightStability:
    """What the weights decide. All figures are exact.

    `totals` are the weighted means of the scores; `winners` the best of them, several when they
    are level. `ranges` has one Range for each factor, and none when the first place is shared.
    `margins` is how far ahead of its best rival each candidate can get at all, whatever the
    weights: above 0 some weights make it win, at 0 it can at most be level, below 0 never.
    """

    totals: Mapping[str, Fraction]
    winners: tuple[str, ...]
    ranges: tuple[StabilityInterval, ...]
    margins: Mapping[str, Fraction]


def weight_stability(
    scores: Mapping[str, Sequence[Fraction | int]], weights: Sequence[Fraction | float]
) -> WeightStability:
    """Would other weights make another candidate win?

    `scores` holds for each candidate one score per factor, `weights` one weight per factor, from 0
    up, of any sum. When one factor's share of the weight changes, the others keep their
    proportions; if they have no weight at all, they share equally.

    Raises InputError when there are no candidates, lengths differ or no weight is above 0.
    """
    shares = _shares(scores, weights)
    exact = {name: tuple(Fraction(score) for score in row) for name, row in scores.items()}
    totals = {name: _dot(shares, row) for name, row in exact.items()}
    best = max(totals.values())
    winners = tuple(name for name, total in totals.items() if total == best)
    ranges = () if len(winners) > 1 else _ranges(exact, shares, winners[0])
    return WeightStability(totals, winners, ranges, {name: _margin(exact, name) for name in exact})


def _shares(
    scores: Mapping[str, Sequence[Fraction | int]], weights: Sequence[Fraction | float]
) -> tuple[Fraction, ...]:
    """The weights as shares of their sum."""
    exact = tuple(Fraction(weight) for weight in weights)
    total = sum(exact, Fraction(0))
    if total <= 0 or min(exact) < 0:
        raise InputError("The weights are all 0, or one is below; give at least one above 0.")
    if not scores or any(len(row) != len(exact) for row in scores.values()):
        raise InputError(
            f"There are {len(exact)} weights; give at least one candidate, and each as many scores."
        )
    return tuple(weight / total for weight in exact)


def _dot(weights: Sequence[Fraction], scores: Sequence[Fraction]) -> Fraction:
    return sum((w * s for w, s in zip(weights, scores, strict=True)), Fraction(0))


def _ranges(
    scores: Mapping[str, Sequence[Fraction]], shares: tuple[Fraction, ...], winner: str
) -> tuple[StabilityInterval, ...]:
    return tuple(_range(scores, shares, winner, factor) for factor in range(len(shares)))


def _range(
    scores: Mapping[str, Sequence[Fraction]],
    shares: tuple[Fraction, ...],
    winner: str,
    factor: int,
) -> StabilityInterval:
    """The lead over each rival is a straight line in the factor's share; see where it ends."""
    low, high = Fraction(0), Fraction(1)
    below: list[str] = []
    above: list[str] = []
    others = _others(shares, factor)
    for rival in scores:
        ahead = [a - b for a, b in zip(scores[winner], scores[rival], strict=True)]
        without, alone = _dot(others, ahead), ahead[factor]
        if without < 0:  # the lead rises with the share; the rival is ahead below this one
            end = without / (without - alone)
            low, below = _further(low, below, end, rival, end > low)
        elif alone < 0:
            end = without / (without - alone)
            high, above = _further(high, above, end, rival, end < high)
    return StabilityInterval(low, shares[factor], high, tuple(below), tuple(above))


def _further(
    limit: Fraction, rivals: list[str], end: Fraction, rival: str, closer: bool
) -> tuple[Fraction, list[str]]:
    """The nearer of two ends, with everybody who takes over there."""
    if closer:
        return end, [rival]
    return limit, [*rivals, rival] if end == limit else rivals


def _others(shares: tuple[Fraction, ...], factor: int) -> tuple[Fraction, ...]:
    """How the rest of the weight is shared out among the other factors; sums up to 1."""
    rest = 1 - shares[factor]
    count = len(shares) - 1
    if rest:
        parts = [share / rest for share in shares]
    else:
        parts = [Fraction(1, count) if count else Fraction(0)] * len(shares)
    parts[factor] = Fraction(0)
    return tuple(parts)


# ------------------------------------------------------------------- can it win at all?


def _margin(scores: Mapping[str, Sequence[Fraction]], name: str) -> Fraction:
    """The most by which any weights put `name` ahead of its best rival: the value of a game.

    One side picks the weights, the other the rival. With only one candidate there is no rival, and
    the margin is 0.
    """
    mine = scores[name]
    table = [
        [a - b for a, b in zip(mine, row, strict=True)] for n, row in scores.items() if n != name
    ]
    return _game(table) if table else Fraction(0)


def _game(payoffs: list[list[Fraction]]) -> Fraction:
    """The exact value of a matrix game for whoever picks the column and wants much.

    Made positive by a constant, the other side's problem is a linear programme in its simplest
    form: y >= 0, payoffs^T y <= 1, sum(y) as large as can be; the value is 1 / sum(y). Solved by
    the simplex method in fractions, with Bland's rule, which can't go round in circles.
    """
    lift = 1 - min(min(row) for row in payoffs)
    rivals, factors = len(payoffs), len(payoffs[0])
    rows = [
        [payoffs[r][f] + lift for r in range(rivals)]
        + [Fraction(int(f == slack)) for slack in range(factors)]
        + [Fraction(1)]
        for f in range(factors)
    ]
    goal = [Fraction(-1)] * rivals + [Fraction(0)] * (factors + 1)
    basis = list(range(rivals, rivals + factors))
    while (column := next((c for c, value in enumerate(goal[:-1]) if value < 0), None)) is not None:
        _, _, row = min(
            (line[-1] / line[column], basis[place], place)
            for place, line in enumerate(rows)
            if line[column] > 0
        )
        basis[row] = column
        rows[row] = pivot = [value / rows[row][column] for value in rows[row]]
        for place, line in enumerate(rows):
            if place != row:
                rows[place] = _without(line, pivot, column)
        goal = _without(goal, pivot, column)
    return 1 / goal[-1] - lift


def _without(line: list[Fraction], pivot: list[Fraction], column: int) -> list[Fraction]:
    return [value - line[column] * step for value, step in zip(line, pivot, strict=True)]
