"""Ranges of numbers, and the operations that floats, NumPy arrays and ranges have in common.

On a tree every metric counts once, so a range worked out from ranges is exact: the least and the
most that any values within them can give. Only a formula that uses a name twice gets a range that
may be too wide, never one that is too narrow.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any


class RootError(ArithmeticError):
    """The root of a negative number, which is no real one."""


@dataclass(frozen=True, slots=True)
class Range:
    """All numbers from `low` to `high`; low <= high."""

    low: float
    high: float

    def __add__(self, other: Range | float) -> Range:
        other = as_range(other)
        return Range(self.low + other.low, self.high + other.high)

    def __neg__(self) -> Range:
        return Range(-self.high, -self.low)

    def __sub__(self, other: Range | float) -> Range:
        return self + -as_range(other)

    def __mul__(self, other: Range | float) -> Range:
        return _corners(operator.mul, self, as_range(other))

    def __truediv__(self, other: Range | float) -> Range:
        other = as_range(other)
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError
        return _corners(operator.truediv, self, other)

    def __pow__(self, exponent: Range | float) -> Range:
        exponent = as_range(exponent)
        if self.low < 0 and exponent.low < exponent.high:
            raise RootError
        if self.low < 0 < self.high and exponent.low < 0:
            raise ZeroDivisionError
        found = _corners(_float_power, self, exponent)
        return Range(min(found.low, 0.0), found.high) if self.low < 0 < self.high else found

    __radd__ = __add__
    __rmul__ = __mul__

    def __rsub__(self, other: float) -> Range:
        return as_range(other) - self

    def __rtruediv__(self, other: float) -> Range:
        return as_range(other) / self

    def __rpow__(self, other: float) -> Range:
        return as_range(other) ** self


def as_range(value: Range | float) -> Range:
    """A number as the range that holds it alone."""
    return value if isinstance(value, Range) else Range(value, value)


def power(base: Any, exponent: Any) -> Any:
    """`base` to the `exponent`; of floats a RootError where the result is no real number."""
    if isinstance(base, float) and isinstance(exponent, float):
        return _float_power(base, exponent)
    return base**exponent


def least(*values: Any) -> Any:
    """The least of the values; of arrays place by place."""
    return reduce(_lesser, values)


def greatest(*values: Any) -> Any:
    """The greatest of the values; of arrays place by place."""
    return -reduce(_lesser, (-value for value in values))


def growth(after: Any, before: Any) -> Any:
    """By which factor `before` (a float or an array) has become `after`; 1 where it is the same.

    What is not above zero has no factor: ZeroDivisionError, and NaN in an array.
    """
    if isinstance(after, (float, Range)) and isinstance(before, float):
        if as_range(after) == as_range(before):
            return 1.0
        if before <= 0:
            raise ZeroDivisionError
        return after / before
    import numpy as np

    grown = np.where(np.greater(before, 0), after / before, np.nan)
    return np.where(np.equal(after, before), 1.0, grown)


def check_finite(value: Any) -> None:
    """OverflowError for a float or a range that is infinite or not a number; arrays pass."""
    if isinstance(value, Range):
        check_finite(value.low)
        check_finite(value.high)
    elif isinstance(value, float) and not math.isfinite(value):
        raise OverflowError


def total(values: Iterable[Any]) -> Any:
    """The sum of at least one value, in their order."""
    return reduce(operator.add, values)


def product(values: Iterable[Any]) -> Any:
    """The product of at least one value, in their order."""
    return reduce(operator.mul, values)


OPERATIONS: Mapping[str, Callable[..., Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "^": power,
    "negate": operator.neg,
    "min": least,
    "max": greatest,
}
"""On floats and ranges: ZeroDivisionError, OverflowError or RootError. On arrays such places become
NaN or infinite."""


def _corners(operation: Callable[[float, float], float], one: Range, other: Range) -> Range:
    found = [operation(a, b) for a in (one.low, one.high) for b in (other.low, other.high)]
    return Range(min(found), max(found))


def _float_power(base: float, exponent: float) -> float:
    if base < 0 and not exponent.is_integer():
        raise RootError
    return float(base**exponent)


def _lesser(one: Any, other: Any) -> Any:
    if isinstance(one, Range) or isinstance(other, Range):
        one, other = as_range(one), as_range(other)
        return Range(min(one.low, other.low), min(one.high, other.high))
    if isinstance(one, float) and isinstance(other, float):
        return min(one, other)
    import numpy as np

    return np.minimum(one, other)
