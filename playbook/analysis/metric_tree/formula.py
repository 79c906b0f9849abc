"""Formulas as people type them: + - * / ^, brackets, min, max, numbers and short names.

A formula is read into a small tree of our own. Nothing that was typed is ever executed, or looked
up anywhere but among the names it was given. `evaluate` works on whatever `ranges.OPERATIONS` do:
floats, arrays and ranges; `unit_of` follows the units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, NamedTuple

from playbook.analysis.metric_tree.ranges import OPERATIONS
from playbook.analysis.metric_tree.units import NUMBER, Unit, UnitError, same_unit

MOST_LETTERS = 300
DEEPEST = 30
"""How many brackets, signs and powers may stand inside one another."""

FUNCTIONS = ("min", "max")
_TOKEN = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)|([^\W\d]\w*)|\*\*|\S")
_TYPED = str.maketrans({"×": "*", "·": "*", "⋅": "*", "÷": "/", "−": "-", "–": "-"})
_FINEST_POWER = 12


class FormulaError(ValueError):
    """A formula that can't be read: `key` names the sentence, `values` fill it in.

    `values["place"]` counts characters from 1.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True, slots=True)
class Constant:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Symbol:
    """A short name, and where it stands in the formula (from 1)."""

    name: str
    place: int


@dataclass(frozen=True, slots=True)
class Apply:
    """An operation on formulas: one of + - * / ^ negate min max."""

    operation: str
    parts: tuple[Formula, ...]


Formula = Constant | Symbol | Apply


@lru_cache(maxsize=1024)
def parse_formula(text: str) -> Formula:
    """The formula that `text` says; FormulaError with the place where it can't be read."""
    if len(text) > MOST_LETTERS:
        raise FormulaError("formula_long", count=len(text), limit=MOST_LETTERS)
    return _Reader(text).formula()


def symbols(formula: Formula) -> Iterator[Symbol]:
    """The short names in a formula, as often as they stand there."""
    if isinstance(formula, Symbol):
        yield formula
    elif isinstance(formula, Apply):
        for part in formula.parts:
            yield from symbols(part)


def evaluate(formula: Formula, values: Mapping[str, Any]) -> Any:
    """The formula's value where names stand for `values`: floats, arrays of one shape, or ranges.

    FormulaError for a name that is not among them; else what `ranges.OPERATIONS` raise.
    """
    if isinstance(formula, Constant):
        return formula.value
    if isinstance(formula, Symbol):
        if formula.name not in values:
            known = ", ".join(values) or "–"
            raise FormulaError("formula_name", place=formula.place, given=formula.name, known=known)
        return values[formula.name]
    return OPERATIONS[formula.operation](*(evaluate(part, values) for part in formula.parts))


def unit_of(formula: Formula, units: Mapping[str, Unit | None]) -> Unit | None:
    """The unit of the formula's value; None when it is not known. UnitError when units mix.

    A bare number takes the unit of what it is added to or compared with, and none in a product.
    """
    if isinstance(formula, Constant):
        return NUMBER
    if isinstance(formula, Symbol):
        return units[formula.name]
    found = [unit_of(part, units) for part in formula.parts]
    if formula.operation in _ALIKE:
        bound = zip(formula.parts, found, strict=True)
        units_bound = [unit for part, unit in bound if any(symbols(part))]
        known = [unit for unit in units_bound if unit is not None]
        return same_unit(*known) if known else None if units_bound else NUMBER
    if None in found:
        return None
    base, *others = (unit for unit in found if unit is not None)
    return _DERIVED[formula.operation](base, others[0], formula.parts[1])


_ALIKE = ("+", "-", "negate", *FUNCTIONS)


def _power(base: Unit, exponent: Unit, written: Formula) -> Unit:
    if exponent != NUMBER or (base != NUMBER and any(symbols(written))):
        raise UnitError("unit_power", one=base, other=exponent)
    if base == NUMBER:
        return NUMBER
    return base ** Fraction(evaluate(written, {})).limit_denominator(_FINEST_POWER)


_DERIVED: Mapping[str, Callable[[Unit, Unit, Formula], Unit]] = {
    "*": lambda one, other, _: one * other,
    "/": lambda one, other, _: one / other,
    "^": _power,
}


class _Token(NamedTuple):
    kind: str
    text: str
    place: int


class _Reader:
    """Recursive descent; each method reads the longest piece of its kind from where it is."""

    def __init__(self, text: str) -> None:
        self._tokens = [
            _Token(("mark", "number", "name")[match.lastindex or 0], match[0], match.start() + 1)
            for match in _TOKEN.finditer(text.translate(_TYPED))
        ]
        self._tokens.append(_Token("end", "", len(text) + 1))
        self._at = 0
        self._depth = 0

    def formula(self) -> Formula:
        found = self._sum()
        if self._next.kind != "end":
            raise self._wrong()
        return found

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, *marks: str) -> str:
        """The next token if it is one of these marks, else ""."""
        text = self._next.text if self._next.kind == "mark" else ""
        self._at += text in marks
        return text if text in marks else ""

    def _wrong(self) -> FormulaError:
        token = self._next
        if token.kind == "end":
            return FormulaError("formula_ends", place=token.place)
        return FormulaError("formula_here", place=token.place, given=token.text)

    def _sum(self) -> Formula:
        found = self._product()
        while operation := self._take("+", "-"):
            found = Apply(operation, (found, self._product()))
        return found

    def _product(self) -> Formula:
        found = self._signed()
        while operation := self._take("*", "/"):
            found = Apply(operation, (found, self._signed()))
        return found

    def _signed(self) -> Formula:
        self._depth += 1
        if self._depth > DEEPEST:
            raise FormulaError("formula_deep", place=self._next.place, limit=DEEPEST)
        sign = self._take("+", "-")
        found = self._signed() if sign else self._power()
        self._depth -= 1
        return Apply("negate", (found,)) if sign == "-" else found

    def _power(self) -> Formula:
        base = self._atom()
        return Apply("^", (base, self._signed())) if self._take("^") else base

    def _atom(self) -> Formula:
        token = self._next
        if self._take("("):
            return self._closed(self._sum())
        if token.kind not in ("number", "name"):
            raise self._wrong()
        self._at += 1
        if token.kind == "number":
            return Constant(float(token.text))
        return self._call(token) if self._take("(") else Symbol(token.text, token.place)

    def _call(self, name: _Token) -> Formula:
        if name.text not in FUNCTIONS:
            known = ", ".join(FUNCTIONS)
            raise FormulaError("formula_function", place=name.place, given=name.text, known=known)
        parts = [self._sum()]
        while self._take(","):
            parts.append(self._sum())
        return self._closed(Apply(name.text, tuple(parts)))

    def _closed(self, found: Formula) -> Formula:
        if not self._take(")"):
            raise self._wrong()
        return found
