"""Who changed their mind between two votes, as totals alone. Pure; nobody's name comes in here.

Two answers of one person are only ever linked as totals of five or more. People know how many chose
what before and after, so more can be worked out than is said: with two choices, the number who
changed and the two results tell how many went each way. Therefore what is said is tried first. A
group of one to four people who went from one answer to another stays unknown only if the totals
would be the same with another number of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

Cell = tuple[str, str]
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


def change(pairs: Sequence[Cell], least: int) -> Change | None:
    """What may be said of those who answered twice; None when they are fewer than `least`."""
    if len(pairs) < least:
        return None
    moves = Counter(pairs)
    changed = sum(count for (one, other), count in moves.items() if one != other)
    enough = all(count == 0 or count >= least for count in (changed, len(pairs) - changed))
    swaps = _swaps(moves)
    if not enough or not _hides(moves, swaps, frozenset(), least):
        return Change(len(pairs))
    told: list[tuple[str, str, int]] = []
    large = [(count, cell) for cell, count in moves.items() if cell[0] != cell[1]]
    for count, cell in sorted(large, key=lambda it: (-it[0], it[1])):
        said = frozenset({cell, *((one, other) for one, other, _ in told)})
        if count >= least and _hides(moves, swaps, said, least):
            told.append((*cell, count))
    return Change(len(pairs), changed, tuple(told))


@dataclass(frozen=True, slots=True)
class _Swap:
    """Two people exchange where they went to: neither the one result nor the other changes.

    One fewer is in each of the cells `left`, one more in each of `joined`; `stays` is by how many
    more people keep their answer.
    """

    left: frozenset[Cell]
    joined: frozenset[Cell]
    stays: int

    @property
    def touched(self) -> frozenset[Cell]:
        return self.left | self.joined


def _swaps(moves: Moves) -> list[_Swap]:
    """Every exchange that these people could have made."""
    found = []
    for one, other in combinations(moves, 2):
        if one[0] == other[0] or one[1] == other[1]:
            continue
        left, joined = frozenset({one, other}), frozenset({(one[0], other[1]), (other[0], one[1])})
        found.append(_Swap(left, joined, _staying(joined) - _staying(left)))
    return found


def _staying(cells: frozenset[Cell]) -> int:
    return sum(one == other for one, other in cells)


def _hides(moves: Moves, swaps: Sequence[_Swap], said: frozenset[Cell], least: int) -> bool:
    """Whether every group of one to `least` - 1 people could be of another size, with the same
    results, the same number who changed and the same groups in `said`."""
    small = {cell for cell, count in moves.items() if 0 < count < least}
    free = [swap for swap in swaps if not swap.touched & said]
    for swap in free:
        if swap.stays == 0:
            small -= swap.touched
    by_stays: defaultdict[int, list[_Swap]] = defaultdict(list)
    for swap in free:
        by_stays[swap.stays].append(swap)
    return all(_in_two(moves, cell, free, by_stays) for cell in small)


def _in_two(
    moves: Moves, cell: Cell, swaps: Sequence[_Swap], by_stays: Mapping[int, Sequence[_Swap]]
) -> bool:
    """Whether two exchanges that together leave as many who stayed give `cell` another size."""
    firsts = (swap for swap in swaps if cell in swap.touched)
    return any(
        _differs(first, second, cell) and all(moves[it] > 1 for it in first.left & second.left)
        for first in firsts
        for second in by_stays.get(-first.stays, ())
    )


def _differs(first: _Swap, second: _Swap, cell: Cell) -> bool:
    """Whether the one exchange does not undo at `cell` what the other does."""
    undone = first.left & second.joined | first.joined & second.left
    return cell not in undone
