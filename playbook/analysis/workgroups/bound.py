"""How different the people of groups can be at most, whatever the groups: never below the best.

Two bounds, of which the smaller counts. Rules only lower what can be reached, so both hold with
rules too.

Attributes, one by one, and added (after Schulz 2022, A new integer programming formulation for
maximally diverse grouping): people who share a category cost least when categories are spread as
evenly as the sizes let them, and numbers differ most when, at each gap between two values, the
people below it are spread so.

Eigenvalues (a projected bound): with X the membership, a column a group, the sum inside groups is
tr(X'DX) / 2. Along the constant direction X is known: the sizes are its column sums. The
rest is at most the sum of the largest eigenvalues of D orthogonal to 1, each times one of the
sizes' (von Neumann's trace inequality).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray

from playbook.analysis.workgroups.differences import Differences, Free, Integers, Nominal, Numeric

EIGENVALUES_UP_TO = 120
"""People for whom the eigenvalues come in a few milliseconds; with more they are looked for only
where nothing else is known."""

_SUBSETS_UP_TO = 5
_ROUNDING = 1e-9
"""Far more than what floating point loses in the eigenvalues of such a matrix."""


def upper_bound(differences: Differences, sizes: Sequence[int]) -> int:
    """No groups of these sizes have a larger sum of differences, in units."""
    free = sum(part.units for part in differences.parts if isinstance(part, Free))
    known = [part for part in differences.parts if not isinstance(part, Free)]
    by_attribute = sum(of_part(part, sizes) for part in known)
    if isinstance(free, np.ndarray):
        by_attribute += by_eigenvalues(free, sizes)
    if not known or differences.people > EIGENVALUES_UP_TO:
        return by_attribute
    return min(by_attribute, by_eigenvalues(differences.units, sizes))


def of_part(part: Nominal | Numeric | Free, sizes: Sequence[int]) -> int:
    """The most that one attribute adds, in units."""
    match part:
        case Nominal(codes=codes, weight=weight):
            counts = np.bincount(codes)
            if len(counts) == 2:  # noqa: PLR2004  # yes or no
                return weight * int(most_across(sizes)[counts[0]])
            pairs = sum(size * (size - 1) // 2 for size in sizes)
            return weight * (pairs - least_alike(counts, sizes))
        case Numeric(positions=positions):
            return _numeric(positions, sizes)
    raise TypeError(part)


def by_eigenvalues(units: NDArray[np.int32] | Integers, sizes: Sequence[int]) -> int:
    """The eigenvalue bound, in units."""
    people = len(units)
    matrix = units.astype(np.float64)
    from_all = matrix.sum(axis=0)
    size = np.array(sizes, np.float64)
    squares = float(size @ size) / people
    # With Y = X - 1 S' / n the trace falls into three parts: along 1, mixed, and orthogonal to 1.
    along = from_all.sum() * squares / people
    mixed = np.sort(from_all) @ np.sort(np.repeat(size, sizes)) - from_all.sum() * squares
    spread = np.linalg.eigvalsh(np.diag(size) - np.outer(size, size) / people)[::-1][:-1]
    means = from_all / people
    across = np.linalg.eigvalsh(matrix - means[:, None] - means[None, :] + means.mean())[::-1]
    found = along + 2 * mixed / people + across[: len(spread)] @ spread
    return ceil(float(found) / 2 + _ROUNDING * abs(float(along)))


# --------------------------------------------------------------------------- numbers


def _numeric(positions: Integers, sizes: Sequence[int]) -> int:
    """The sum over gaps between values of how many pairs have the gap between them, at most."""
    values = np.sort(positions)
    gaps = values[1:] - values[:-1]
    return int((gaps * most_across(sizes)[1:-1]).sum())  # the k-th gap has k people below it


def most_across(sizes: Sequence[int]) -> Integers:
    """Of each number of people from 0 to all: how many pairs inside groups have one of them and one
    other person, at most.

    Group by group, one more of them among L of S adds S - 1 - 2 L pairs, less with each: so the
    most is to take what adds most, one after the other.
    """
    added = np.concatenate([np.arange(size - 1, -size, -2) for size in sizes])
    return np.concatenate([[0], np.cumsum(np.sort(added)[::-1])])


# --------------------------------------------------------------------------- categories


def least_alike(counts: Integers, sizes: Sequence[int]) -> int:
    """How many pairs inside groups share a category, at the least, given everybody's category.

    The dual of a transport problem with convex costs: the k-th person of a category in a group adds
    k - 1 pairs less what a place of the group is worth, and whoever counts fills the cheapest
    places. Any worth of places gives a lower bound; whole numbers reach the least.
    """
    kinds = sorted(Counter(sizes).items())
    worth = [size // len(counts) for size, _ in kinds]  # near what it is where people can be halved
    places = _Places.of(kinds)
    best = _dual(counts, places, worth)
    moved = True
    while moved and len(kinds) > 1:
        moved = False
        for some in _subsets(len(kinds)):
            for step in (1, -1):
                tried = [it + step * (at in some) for at, it in enumerate(worth)]
                found = _dual(counts, places, tried)
                if found > best:
                    best, worth, moved = found, tried, True
    return best


def _subsets(count: int) -> list[tuple[int, ...]]:
    """What is raised together: any of a few sizes; of many, the larger ones."""
    if count <= _SUBSETS_UP_TO:
        return [some for size in range(1, count) for some in combinations(range(count), size)]
    return [(at,) for at in range(count)] + [tuple(range(at, count)) for at in range(1, count)]


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of all groups: how many of a category are there already, and of which size the
    group is (its number among the sizes); `many` places of each size."""

    taken: Integers
    kind: Integers
    many: Integers

    @staticmethod
    def of(kinds: Sequence[tuple[int, int]]) -> _Places:
        """`kinds` are (size, how many groups)."""
        taken = [np.repeat(np.arange(size), groups) for size, groups in kinds]
        many = np.array([size * groups for size, groups in kinds])
        return _Places(np.concatenate(taken), np.repeat(np.arange(len(kinds)), many), many)


def _dual(counts: Integers, places: _Places, worth: Sequence[int]) -> int:
    """The bound for this worth of a place in groups of each size."""
    each = np.array(worth)
    costs = places.taken - each[places.kind]
    costs.sort()
    filled = np.zeros(len(costs) + 1, dtype=np.int64)
    np.cumsum(costs, out=filled[1:])
    return int(filled[counts].sum() + (places.many * each).sum())
