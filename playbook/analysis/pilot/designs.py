"""How a pilot is set up, how good evidence that can give, and what no data can pass.

The grades are ours: start order by lot, comparison group by lot, comparison chosen, before and
after, opinion. The floor is the smallest p that a design can reach, whatever happens: 1 in 20
orders at best, but 2 in 20 where an order and its mirror image look equally extreme.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from playbook.analysis.pilot.lot import Start, in_order
from playbook.model import InputError

MOST_ORDERS = 10_000
"""Up to so many orders of a lot are all looked at; of more, so many are drawn."""

_TWO = 2
_ROUNDING = 1e-9


class Grade(IntEnum):
    """How much a design's result can carry; a higher one carries more."""

    OPINION = 1
    BEFORE_AFTER = 2
    COMPARISON_CHOSEN = 3
    COMPARISON_BY_LOT = 4
    START_BY_LOT = 5


@dataclass(frozen=True, slots=True)
class Design:
    """What is planned: its grade and a start for each group, in weeks of the pilot.

    A start of None is a group that never begins. Which group gets which start is not part of it.
    """

    planned: Grade
    starts: tuple[Start, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "starts", tuple(in_order(self.starts)))
        if any(start is not None and start < 0 for start in self.starts):
            raise InputError("A group's start is a week of the pilot, 0 for the first, or none.")

    @property
    def grade(self) -> Grade:
        """What it comes to: starts that are all the same leave before and after to compare."""
        alike = len(set(self.starts)) < 2  # noqa: PLR2004  # one start or none
        return min(self.planned, Grade.BEFORE_AFTER) if alike else self.planned

    @property
    def by_lot(self) -> bool:
        """Whether chance decides who begins when, so that an exact verdict is possible."""
        return self.grade >= Grade.COMPARISON_BY_LOT

    @property
    def orders(self) -> int:
        """In how many ways the lot can fall."""
        return ways(self.starts)

    @property
    def floor(self) -> float:
        """The smallest p that any data can reach, 1 where none can be reached at all.

        It is the share of orders that look as extreme as one of them in whatever data: that order,
        and another one that differs from it, freed of what is common to a group or to a week, by a
        sign alone. Such a mirror image is there only where two starts have half of the groups each.
        """
        if not self.by_lot:
            return 1.0
        if self.orders > MOST_ORDERS:
            return 1 / (1 + MOST_ORDERS)
        halves = set(Counter(self.starts).values()) == {len(self.starts) / _TWO}
        return (_TWO if halves else 1) / self.orders

    def meets(self, alpha: float) -> bool:
        """Whether a criterion of `alpha` (0.05: one false alarm in 20) can be met at all."""
        return self.floor <= alpha + _ROUNDING


def ways(starts: Sequence[Start]) -> int:
    """How many orders of the starts differ."""
    found = math.factorial(len(starts))
    for many in Counter(starts).values():
        found //= math.factorial(many)
    return found


def staggered(groups: int, weeks: int, waves: int | None = None) -> tuple[Start, ...]:
    """Starts in so many waves (one a group when left out), spread evenly over the pilot's weeks.

    Six groups in three waves over twelve weeks begin at 0, 0, 4, 4, 8 and 8.
    """
    waves = groups if waves is None else waves
    if not 1 <= waves <= min(groups, weeks):
        raise InputError(f"{groups} groups in {weeks} weeks can't begin in {waves} waves.")
    return tuple(sorted(place % waves * (weeks // waves) for place in range(groups)))


def split(groups: int, beginning: int) -> tuple[Start, ...]:
    """Starts where `beginning` of the groups begin in the first week, and the others never."""
    return (0,) * beginning + (None,) * (groups - beginning)
