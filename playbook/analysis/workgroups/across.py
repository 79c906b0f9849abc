"""Cells: small circles drawn across the workgroups, so that people of different ones meet.

A cell is for trust, not for friction: what counts is whose workgroups meet, then that nobody meets
whom they have met before and nobody sits beside whom they report to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from random import Random

import numpy as np
from numpy.typing import ArrayLike

from playbook.analysis.workgroups.bound import least_alike
from playbook.analysis.workgroups.differences import Differences, Free, as_differences
from playbook.analysis.workgroups.instance import instance_of
from playbook.analysis.workgroups.plan import Partition, Watch, even_sizes, group_numbers
from playbook.analysis.workgroups.rules import AtLeast, AtMost, GroupRule
from playbook.analysis.workgroups.search import search
from playbook.analysis.workgroups.solve import Effort, labels_of, schedule_of, steps_of
from playbook.model import InputError

Pair = tuple[int, int]

CELL_SIZES = (5, 15)
MET, LINE = "met_before", "reporting_line"
"""What `broken_rules` of cells may name."""

_NEVER = 2**60
_FINE = 1_000
"""What the largest difference counts: so little that no pair who have met is made up for by any."""


def cells(
    workgroups: Sequence[int],
    distance: ArrayLike | Differences | None = None,
    size: tuple[int, int] = CELL_SIZES,
    *,
    count: int | None = None,
    met: Iterable[Pair] = (),
    lines: Iterable[Pair] = (),
    seed: int = 0,
    effort: Effort = "instant",
    watch: Watch | None = None,
) -> Partition:
    """Draw cells across workgroups.

    `workgroups`: of each person, the workgroup (any whole number). `size`: the least and most
    people of a cell. `count`: how many cells; left out, the fewest in which nobody meets somebody
    of their own workgroup, or the most there can be. Each workgroup is spread over all cells, so
    that their numbers of it differ by one at most, which always goes. After that as few as possible
    of the pairs `met` (who have met before) and `lines` (who report to each other) share a cell,
    and after that `distance` (as in `partition`) is as large as it can be; without it, chance
    decides.

    `value` counts the pairs from different workgroups that meet, `bound` how many could. Where
    pairs are left over, `broken_rules` has "met_before" or "reporting_line"; `sharing` says which.
    InputError where the people can't be in cells of such a size, or a pair is not on the list.
    """
    own = [int(it) for it in workgroups]
    number = _number(own, size, count)
    avoided = {MET: _pairs(met, len(own)), LINE: _pairs(lines, len(own))}
    sizes = even_sizes(len(own), number)
    rules = [rule for name in sorted(set(own)) for rule in _spread(name, own, number)]
    differences = _wanted(len(own), distance, [*avoided[MET], *avoided[LINE]], sizes)
    instance = instance_of(differences, sizes, rules)
    enough = 0 if distance is None else _NEVER
    schedule = schedule_of(instance, steps_of(effort))
    start = _round_robin([own[person] for person in instance.order], number, seed)
    found = search(instance, schedule, seed, enough=enough, watch=watch, start=start)
    labels = labels_of(instance, found)
    together = _pairs_in(Counter(zip(own, labels, strict=True)).values())
    pairs = _pairs_in(sizes)
    most = pairs - least_alike(np.array(list(Counter(own).values())), sizes)
    return Partition(
        labels=labels,
        sizes=sizes,
        value=float(pairs - together),
        bound=float(most),
        proven=pairs - together == most,
        steps=found.steps,
        broken_rules=tuple(name for name, pairs in avoided.items() if sharing(labels, pairs)),
    )


def sharing(labels: Sequence[int], pairs: Iterable[Pair]) -> list[Pair]:
    """Those of `pairs` who are in one group or cell."""
    return [(one, other) for one, other in pairs if labels[one] == labels[other]]


def _number(own: Sequence[int], size: tuple[int, int], count: int | None) -> int:
    """How many cells there are; InputError where that can't be."""
    low, high = size
    if not 1 <= low <= high:
        raise InputError(f"A cell has 1 or more people; not {low} to {high}.")
    possible = group_numbers(len(own), low, high)
    if not possible or (count is not None and count not in possible):
        fits = f"{possible[0]} to {possible[-1]} cells" if possible else "no cells"
        asked = "" if count is None else f"; not {count}"
        raise InputError(f"{len(own)} people make {fits} of {low} to {high} people{asked}.")
    if count is not None:
        return count
    return min(max(possible[0], *Counter(own).values()), possible[-1])


def _round_robin(own: Sequence[int], cells: int, seed: int) -> list[int]:
    """Each workgroup, in an order by chance, over one cell after the other."""
    chance = Random(seed)
    label = [0] * len(own)
    shuffled = sorted(range(len(own)), key=lambda person: (own[person], chance.random()))
    for place, person in enumerate(shuffled):
        label[person] = place % cells
    return label


def _pairs_in(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _spread(name: int, own: Sequence[int], cells: int) -> list[GroupRule]:
    people = tuple(at for at, it in enumerate(own) if it == name)
    least, more = divmod(len(people), cells)
    return [
        AtLeast(id=f"at least of {name}", people=people, count=least),
        AtMost(id=f"at most of {name}", people=people, count=least + (more > 0)),
    ]


def _pairs(given: Iterable[Pair], people: int) -> list[Pair]:
    found = sorted({(min(pair), max(pair)) for pair in given})
    if any(not 0 <= one < other < people for one, other in found):
        raise InputError(f"Each pair has two of the {people} people, from 0 on.")
    return found


def _wanted(
    people: int,
    distance: ArrayLike | Differences | None,
    avoided: Sequence[Pair],
    sizes: Sequence[int],
) -> Differences:
    """Differences in which one avoided pair weighs more than all the others of any cells."""
    units = np.zeros((people, people), np.int64)
    if distance is not None:
        given = as_differences(distance).units.astype(np.int64)
        units += given * _FINE // max(int(given.max()), 1)
    weight = _FINE * _pairs_in(sizes) if distance is not None else 1
    for one, other in avoided:
        units[one, other] -= weight
        units[other, one] -= weight
    return Differences(people, (Free(units),), 1)
