"""How far apart a room is, as one number from 0 to 1 for every kind of question.

Take two people of those who answered at random, each from all of them. Disagreement is how far
apart their answers are on average, as a share of the most that is possible. Only the distance
differs from kind to kind:

    choices without an order    0 when they chose the same, 1 when not
    choices in an order         the steps between the two choices
    several choices at once     the number of choices that only one of them picked

Orders of all choices are compared by their ranks instead (`of_orders`).

This is Rao's quadratic entropy (C. R. Rao, Theoretical Population Biology 21, 1982, 24-43), divided
by its maximum. For choices without an order it is the index of qualitative variation (Mueller and
Schuessler 1961; Gibbs and Poston, Social Forces 53, 1975, M2), for those in an order Blair and
Lacy's ordinal variation (Sociological Methods and Research 28, 2000, 251-280). With two choices all
three are the same number, so questions of different kinds can be put in one order.

Notes: 0 is one answer for all. 1 is half the room at each end of an order, but an even spread over
all choices where there is no order. A few people far apart weigh more in a small room.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

_A_PAIR = 2
_MOST = 0.25
"""The most that p * (1 - p) can be."""


def of_unordered(counts: Sequence[int]) -> float | None:
    """Disagreement about choices without an order; None when nobody answered."""
    total, choices = sum(counts), len(counts)
    if not total or choices == 1:
        return None
    same = sum((count / total) ** 2 for count in counts)
    return (1 - same) * choices / (choices - 1)


def of_ordered(counts: Sequence[int]) -> float | None:
    """Disagreement about choices in their order; None when nobody answered."""
    total = sum(counts)
    if not total or len(counts) == 1:
        return None
    return _mean_of_splits([below / total for below in accumulate(counts)][:-1])


def of_several(counts: Sequence[int], people: int) -> float | None:
    """Disagreement where each of `people` picked as many as they liked; None without anybody."""
    return _mean_of_splits([count / people for count in counts]) if people else None


def of_orders(points: Sequence[int], people: int) -> float | None:
    """Disagreement where each of `people` put all choices in order, and gave the first of n choices
    n points, the last 1; None for fewer than two choices or people.

    One minus Kendall's coefficient of concordance W (Kendall and Babington Smith, Annals of
    Mathematical Statistics 10, 1939, 275-287): 0 when all have the same order.
    """
    count = len(points)
    if count < _A_PAIR or people < _A_PAIR:
        return None
    mean = sum(points) / count
    apart = sum((one - mean) ** 2 for one in points)
    return 1 - 12 * apart / (people**2 * (count**3 - count))


def quantile(choices: Sequence[str], counts: Sequence[int], share: float) -> str | None:
    """The first choice that at least `share` (0 to 1) of the answers do not go beyond.

    With 0.5 the (lower) median; None when nobody answered. This is the inverse of the distribution
    function, definition 1 of Hyndman and Fan (The American Statistician 50, 1996, 361-365).
    """
    reached = zip(choices, accumulate(counts), strict=True)
    wanted = share * sum(counts)
    return next((choice for choice, below in reached if 0 < below >= wanted), None)


def _mean_of_splits(shares: Sequence[float]) -> float:
    return sum(share * (1 - share) for share in shares) / (_MOST * len(shares))
