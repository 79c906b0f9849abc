"""Who changed their mind between two votes, as totals alone. Pure; nobody's name comes in here.

Two answers of one person are only ever linked as totals of five or more. People know how many chose
what before and after, so more can be worked out than is said: with two choices, the number who
changed and the two results tell how many went each way. Therefore what is said is tried first. A
group of one to four people who went from one answer to another stays unknown only if the totals
would be the same with another number of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, permutations

Cell = tuple[str, str]
MOST_CHOICES = 6
"""With more, groups of one to four people are told of no totals: trying them takes too long."""

Moves = Mapping[Cell, int]
"""How many went from one answer to another; those who stayed have the same one twice."""


@dataclass(frozen=True, slots=True)
class Change:
    """Of `both` who answered before and after, how many `changed`: None when that stays unsaid.
    `moves` are the groups of five or more who went from one answer to another, the largest first.
    """

    both: int
    changed: int | None = None
    moves: tuple[tuple[str, str, int], ...] = ()


def change(pairs: Sequence[Cell], choices: Sequence[str], least: int) -> Change | None:
    """What may be said of those who answered twice; None when they are fewer than `least`."""
    if len(pairs) < least:
        return None
    moves = Counter(pairs)
    used = {answer for pair in moves for answer in pair}
    choices = [choice for choice in choices if choice in used]
    changed = sum(count for (one, other), count in moves.items() if one != other)
    enough = all(count == 0 or count >= least for count in (changed, len(pairs) - changed))
    swaps = list(_swaps(choices)) if len(choices) <= MOST_CHOICES else []
    if not enough or not _hides(moves, swaps, frozenset(), least):
        return Change(len(pairs))
    told: list[tuple[str, str, int]] = []
    large = [(count, cell) for cell, count in moves.items() if cell[0] != cell[1]]
    for count, cell in sorted(large, key=lambda it: (-it[0], it[1])):
        said = frozenset({cell, *((one, other) for one, other, _ in told)})
        if count >= least and _hides(moves, swaps, said, least):
            told.append((*cell, count))
    return Change(len(pairs), changed, tuple(told))


def _hides(
    moves: Moves, swaps: Sequence[Mapping[Cell, int]], said: frozenset[Cell], least: int
) -> bool:
    """Whether every group of one to `least` - 1 people could be of another size, with the same
    results, the same number who changed and the same groups in `said`."""
    small = {cell for cell, count in moves.items() if 0 < count < least}
    for other in _others(swaps):
        touched = {cell for cell, by in other.items() if by}
        if touched & said:
            continue
        if all(moves.get(cell, 0) + by >= 0 for cell, by in other.items()):
            small -= touched
        if not small:
            return True
    return not small


def _others(swaps: Sequence[Mapping[Cell, int]]) -> Iterator[Mapping[Cell, int]]:
    """Differences to the moves that change neither result nor the number who changed."""
    stays = [(swap, sum(by for (one, other), by in swap.items() if one == other)) for swap in swaps]
    for swap, more in stays:
        if more == 0:
            yield swap
    for (first, more), (second, fewer) in combinations(stays, 2):
        if more + fewer == 0:
            both: Counter[Cell] = Counter()
            for swap in (first, second):
                for cell, by in swap.items():
                    both[cell] += by
            yield both


def _swaps(choices: Sequence[str]) -> Iterator[Mapping[Cell, int]]:
    """Two people exchange where they went to: neither the one result nor the other changes."""
    for one, other in permutations(choices, 2):
        for here, there in combinations(choices, 2):
            yield {(one, here): 1, (other, there): 1, (one, there): -1, (other, here): -1}
