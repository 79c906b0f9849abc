"""How different people are from each other, in whole numbers.

A search that adds and compares whole numbers finds the same groups on every machine, and a bound
that is met exactly is a proof. So each difference is kept as so many of `unit`, and `unit` of them
are a difference of 1.

Weighted Gower distance (Gower 1971, A general coefficient of similarity): each attribute differs by
0 to 1, and the difference of two people is the weighted mean.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playbook.model import InputError
from playbook.worksheet.roster import Attribute, Roster

Integers = NDArray[np.int64]

RESOLUTION = 10**6
"""Into so many parts the range of numbers is cut, if that leaves whole numbers small enough."""
WEIGHT_MOST = 1_000
"""Weights that need larger whole numbers are rounded to a thousandth of the largest."""
UNIT_MOST = 10**9
MATRIX_LARGEST = 10**8
"""What the largest difference of a matrix becomes."""


@dataclass(frozen=True)
class Nominal:
    """An attribute on which two people differ by `weight` units, or not at all.

    `codes`: the category of each person, 0 being the first.
    """

    codes: Integers
    weight: int

    def between(self, people: slice) -> Integers:
        """The differences of these people, a row each, from everybody."""
        found: Integers = (self.codes[people, None] != self.codes[None, :]) * np.int64(self.weight)
        return found


@dataclass(frozen=True)
class Numeric:
    """An attribute on which two people differ by how far their positions lie apart."""

    positions: Integers

    def between(self, people: slice) -> Integers:
        """The differences of these people, a row each, from everybody."""
        found: Integers = np.abs(self.positions[people, None] - self.positions[None, :])
        return found


@dataclass(frozen=True)
class Free:
    """Differences that were given one by one."""

    units: Integers

    def between(self, people: slice) -> Integers:
        """The differences of these people, a row each, from everybody."""
        return self.units[people]


@dataclass(frozen=True)
class Differences:
    """The differences of all pairs of `people` people: the sum of `parts`, `unit` of it being 1.

    NumPy takes it for the (n, n) float64 matrix of differences from 0 to 1.
    """

    people: int
    parts: tuple[Nominal | Numeric | Free, ...]
    unit: int

    @cached_property
    def units(self) -> NDArray[np.int32]:
        """The (n, n) matrix in units; 100 MB for 5,000 people."""
        found = np.empty((self.people, self.people), np.int32)
        for start in range(0, self.people, 256):  # in blocks: parts of all would take gigabytes
            block = slice(start, start + 256)
            found[block] = sum(part.between(block) for part in self.parts)
        return found

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> NDArray[Any]:
        if copy is False:
            raise ValueError("The matrix is made anew whenever it is asked for.")
        return (self.units / self.unit).astype(dtype or np.float64, copy=False)

    def ordered(self, order: Integers) -> Differences:
        """The same people in another order."""
        parts: list[Nominal | Numeric | Free] = []
        for part in self.parts:
            match part:
                case Nominal(codes=codes):
                    parts.append(replace(part, codes=codes[order]))
                case Numeric(positions=positions):
                    parts.append(replace(part, positions=positions[order]))
                case Free(units=units):
                    parts.append(replace(part, units=units[np.ix_(order, order)]))
        return replace(self, parts=tuple(parts))


def gower(roster: Roster, weights: Mapping[str, float] | None = None) -> Differences:
    """Weighted Gower distances between the people of `roster`.

    `weights`: of columns by name, 1 for each that is not named; 0 leaves it out. Columns that
    became several yes_no attributes share their weight. A category or yes_no differs or does not,
    and a blank is a category of its own, so that those of whom little is known are spread too.
    Numbers differ by their share of the range, a blank being the median; hours don't count. On
    opinions and seniority that rewards two camps in each group: `banded` makes categories of them
    first. InputError when a weight is negative, of no column, or none is left.
    """
    compared = [one for one in roster.attributes if one.kind != "hours"]
    asked = {name.strip().casefold(): value for name, value in (weights or {}).items()}
    columns = [one.column.casefold() for one in compared]
    for name, value in (weights or {}).items():
        if name.strip().casefold() not in columns:
            roster.attribute(name)
        if not 0 <= value < float("inf"):
            raise InputError(f"A weight is 0 or more; not {value:g} for {name}.")
    shares = [Fraction(asked.get(column, 1)) / columns.count(column) for column in columns]
    kept = [(one, share) for one, share in zip(compared, shares, strict=True) if share]
    if not kept:
        raise InputError("There is nothing to compare people by; give an attribute a weight.")
    small = _whole([share for _, share in kept])
    fine = min(RESOLUTION, UNIT_MOST // sum(small))
    whole = [fine * weight for weight in small]
    parts = tuple(_part(one, weight) for (one, _), weight in zip(kept, whole, strict=True))
    return Differences(len(roster.names), parts, sum(whole))


def as_differences(distance: ArrayLike | Differences) -> Differences:
    """`distance` as whole numbers: what `gower` made, or an (n, n) matrix.

    InputError unless the matrix is square, symmetric, finite and not negative, with a diagonal of
    zeros.
    """
    if isinstance(distance, Differences):
        return distance
    matrix = np.asarray(distance, np.float64)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:  # noqa: PLR2004
        raise InputError(
            f"Differences are a matrix with as many rows as columns; not {matrix.shape}."
        )
    if not np.isfinite(matrix).all() or (matrix < 0).any():
        raise InputError("Each difference is a number of 0 or more.")
    if not np.array_equal(matrix, matrix.T) or matrix.diagonal().any():
        raise InputError(
            "Differences are the same both ways, and nobody differs from themselves: the matrix "
            "must be symmetric with zeros on its diagonal."
        )
    unit = max(int(MATRIX_LARGEST / (matrix.max() or 1)), 1)
    return Differences(len(matrix), (Free(np.rint(matrix * unit).astype(np.int64)),), unit)


def _whole(shares: Sequence[Fraction]) -> list[int]:
    """Small whole numbers in the proportion of `shares`, at least 1."""
    near = [share.limit_denominator(1_000) for share in shares]
    common = lcm(*(share.denominator for share in near))
    whole = [int(share * common) for share in near]
    if all(whole) and max(whole) <= WEIGHT_MOST:
        return whole
    return [max(round(share / max(shares) * WEIGHT_MOST), 1) for share in shares]


def _part(one: Attribute, weight: int) -> Nominal | Numeric:
    if one.kind != "number":
        known = {value: code for code, value in enumerate(dict.fromkeys(one.values))}
        return Nominal(np.array([known[value] for value in one.values], np.int64), weight)
    values = _filled(one)
    reach = float(np.ptp(values)) or 1.0
    return Numeric(np.rint((values - values.min()) / reach * weight).astype(np.int64))


def _filled(one: Attribute) -> NDArray[np.float64]:
    """The numbers, the median in place of blanks."""
    values = np.array([np.nan if it is None else it for it in one.values], np.float64)
    middle = 0.0 if np.isnan(values).all() else float(np.nanmedian(values))
    return np.where(np.isnan(values), middle, values)
