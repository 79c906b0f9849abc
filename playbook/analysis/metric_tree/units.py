"""Units as people write them: "EUR", "EUR/month", "customers", "%", "EUR a week", "EUR/customer",
"£ million".

A unit is read, never converted: EUR and kEUR, weeks and months are different units. Figures of one
unit may be added; products and ratios derive theirs. "%" counts nothing and stands for a hundredth,
as in a spreadsheet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

MOST_LETTERS = 60

_NOTHING = {"1", "%", "share", "ratio", "index"}
_ALIASES = {"€": "eur", "euro": "eur", "people": "person", "$": "usd", "£": "gbp"}
_PER = re.compile(r"\s+(?:per|a|an)\s+", re.IGNORECASE)
_FACTOR = re.compile(r"([€$£¥]?(?:[^\W\d_]|(?<=[€$£¥])\s)[\w .'’&-]*|[€$£¥%1])(?:\^(\d))?")
_PER_CENT = 0.01
_ALREADY_SINGULAR = ("ss", "us", "is")


class UnitError(ValueError):
    """Units that can't be read or put together: `key` names the sentence, `values` fill it in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Unit:
    """Powers of what is counted, sorted by name: EUR/customer is customer^-1 eur^1, % is empty."""

    powers: tuple[tuple[str, Fraction], ...] = ()

    def __mul__(self, other: Unit) -> Unit:
        powers = dict(self.powers)
        for name, power in other.powers:
            powers[name] = powers.get(name, Fraction(0)) + power
        return Unit(tuple(sorted((name, power) for name, power in powers.items() if power)))

    def __truediv__(self, other: Unit) -> Unit:
        return self * other ** Fraction(-1)

    def __pow__(self, exponent: Fraction) -> Unit:
        return Unit(tuple((name, power * exponent) for name, power in self.powers if exponent))

    def __str__(self) -> str:
        above = [_written(name, power) for name, power in self.powers if power > 0]
        below = [_written(name, -power) for name, power in self.powers if power < 0]
        return "/".join([" × ".join(above) or "1", *below])


NUMBER = Unit()
"""The unit of shares, percentages and bare numbers."""


@lru_cache(maxsize=1024)
def parse_unit(text: str) -> Unit | None:
    """The unit written in `text`; None when nothing is. UnitError when it can't be read."""
    unit = NUMBER
    for name, power in _factors(text):
        unit *= Unit() if name in _NOTHING else Unit(((name, power),))
    return unit if text.strip() else None


@lru_cache(maxsize=1024)
def factor_of(text: str) -> float:
    """What one of this unit counts in calculations: 0.01 for "%", else 1. UnitError as above."""
    per_cents = sum(power for name, power in _factors(text) if name == "%")
    return float(_PER_CENT**per_cents)


def same_unit(*units: Unit) -> Unit:
    """The one unit of figures that are to be added; UnitError when they are of several."""
    for unit in units[1:]:
        if unit != units[0]:
            raise UnitError("units_differ", one=units[0], other=unit)
    return units[0]


def _factors(text: str) -> Iterator[tuple[str, Fraction]]:
    """What is counted, in small letters and the singular, with its power."""
    parts = _PER.sub("/", text.strip()).split("/") if text.strip() else []
    for place, part in enumerate(parts):
        for word in re.split(r"[*·×]", part):
            found = _FACTOR.fullmatch(word.strip())
            if not found or len(text) > MOST_LETTERS:
                raise UnitError("unit_unreadable", given=text[:MOST_LETTERS])
            yield _name(found[1]), Fraction(found[2] or 1) * (-1 if place else 1)


def _name(word: str) -> str:
    name = word.strip().casefold()
    if name.endswith("ies"):
        name = name.removesuffix("ies") + "y"
    elif not name.endswith(_ALREADY_SINGULAR):
        name = name.removesuffix("s")
    return _ALIASES.get(name, name)


def _written(name: str, power: Fraction) -> str:
    shown = name.upper() if name in {"eur", "usd", "gbp", "chf"} else name
    return shown if power == 1 else f"{shown}^{power}"
