"""What a search for groups gives back, and how many groups of which size there may be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playbook.model import InputError, PlaybookError

Sizes = Sequence[int] | Sequence[tuple[int, int]]
"""One whole number a group, or its least and most people."""

MOST_PEOPLE = 5_000
LEAST_IN_GROUP, MOST_IN_GROUP = 3, 15
"""People in a workgroup."""


@dataclass(frozen=True)
class Partition:
    """Groups, how different the people in them are, and how much better any others could be.

    `labels`: of each person, the group, 0 being the first. `value`: the sum of the differences of
    all pairs that share a group; `bound`: no groups of these sizes have a larger one. `proven`: no
    other grouping that keeps the rules has a larger value. `rules_aside`: there are rules, and the
    bound leaves them aside, so it may be far from what they allow. `steps`: how many exchanges were
    tried. `broken_rules`: ids; empty but for groups that somebody put together by hand.
    """

    labels: tuple[int, ...]
    sizes: tuple[int, ...]
    value: float
    bound: float
    proven: bool
    steps: int
    broken_rules: tuple[str, ...] = ()
    rules_aside: bool = False

    @property
    def gap(self) -> float:
        """How much better, at most, another grouping is: a share of this value, 0.004 for 0.4%."""
        if self.proven or self.bound <= self.value:
            return 0.0
        return (self.bound - self.value) / self.value if self.value > 0 else 1.0

    @property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """The people of each group, as they stand on the roster."""
        return tuple(
            tuple(person for person, label in enumerate(self.labels) if label == group)
            for group in range(len(self.sizes))
        )


@dataclass(frozen=True)
class SearchProgress:
    """How far a search is: `share` (0 to 1) of its steps, the best `value` so far if any rule-
    keeping groups were found, and what it does: "search" or "proof"."""

    share: float
    value: float | None
    doing: str = "search"


Watch = Callable[[SearchProgress], bool | None]
"""Is told every now and then how far the search is; what says True is told no more: it ends."""


class RulesClashError(PlaybookError):
    """No groups keep all of these rules: the ids of a smallest set that can't be kept together."""

    def __init__(self, rules: Sequence[str]) -> None:
        self.rules = tuple(rules)
        super().__init__(f"No groups can keep these rules: {', '.join(rules)}; drop one of them.")


class SearchCancelledError(PlaybookError):
    """The search was ended before it had groups that keep all rules."""

    def __init__(self) -> None:
        super().__init__("The search was stopped before it found any groups; start it again.")


def even_sizes(people: int, groups: int) -> tuple[int, ...]:
    """Sizes that differ by one at most, the larger ones first; InputError if there are too few
    people."""
    if not 1 <= groups <= people:
        raise InputError(f"{people} people make 1 to {people} groups; not {groups}.")
    each, more = divmod(people, groups)
    return (each + 1,) * more + (each,) * (groups - more)


def group_numbers(people: int, low: int = LEAST_IN_GROUP, high: int = MOST_IN_GROUP) -> range:
    """Into how many groups of `low` to `high` people each so many people can go."""
    return range(-(-people // high), people // low + 1)


def _range(size: int | tuple[int, int]) -> tuple[int, int]:
    low, high = size if isinstance(size, tuple | list) else (size, size)
    return int(low), int(high)


def settled(sizes: Sizes, people: int) -> tuple[int, ...]:
    """One size a group: as given, or as even as their least and most let them be.

    The plain sum of differences grows with the largest group, so a search must not choose sizes.
    InputError when they don't come to so many people.
    """
    ranges = [_range(size) for size in sizes]
    if not ranges or any(not 1 <= low <= high for low, high in ranges):
        raise InputError("Each group needs a size of 1 or more, or its least and its most people.")
    least, most = (sum(edge) for edge in zip(*ranges, strict=True))
    if not least <= people <= most:
        places = f"{least}" if least == most else f"{least} to {most}"
        raise InputError(
            f"The groups have {places} places and there are {people} people; change the sizes."
        )
    found = [low for low, _ in ranges]
    for _ in range(people - least):
        open_groups = [at for at, (_, high) in enumerate(ranges) if found[at] < high]
        found[min(open_groups, key=lambda at: found[at])] += 1
    return tuple(found)
