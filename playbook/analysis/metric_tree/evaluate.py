"""What each metric comes to: from those below it where they make it up, else as it was told.

Every function here takes floats, NumPy arrays of one shape, or ranges; what can't be worked out is
None with a Problem, never a NaN of floats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.analysis.metric_tree.formula import (
    Formula,
    FormulaError,
    evaluate,
    parse_formula,
    symbols,
    unit_of,
)
from playbook.analysis.metric_tree.ranges import check_finite, product, total
from playbook.analysis.metric_tree.tree import Node, Problem, Quantity, Tree
from playbook.analysis.metric_tree.units import Unit, UnitError, factor_of, parse_unit, same_unit

ROUNDING_SHARE = 0.01
"""A figure that was told may be so far from the one worked out, as figures are rounded."""


@dataclass(frozen=True)
class Values:
    """What every metric comes to, in its own unit, by row; None where that is not known."""

    values: Mapping[str, float | None]
    problems: tuple[Problem, ...]


class CombineError(ValueError):
    """Metrics that can't be put together: `key` names the sentence, `values` fill it in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


def values(tree: Tree) -> Values:
    """The tree as it stands now, with everything that is wrong with it."""
    found, problems = worked_out(tree, stated(tree))
    return Values(
        found, (*tree.problems, *unit_problems(tree), *problems, *_differences(tree, found))
    )


def stated(tree: Tree) -> dict[str, Any]:
    """The figure of now by row, where there is one."""
    return {node.id: node.now for node in tree.nodes.values() if node.now is not None}


def worked_out(tree: Tree, figures: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """Every metric from `figures`: by row, in the metrics' units.

    A metric that can't be worked out counts as told, and None where it was not told.
    """
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for node in tree.upwards:
        found[node.id] = figures.get(node.id)
        if not node.computed:
            continue
        parts = tree.children(node.id)
        try:
            found[node.id] = combine(node, parts, [found[part.id] for part in parts])
        except (ArithmeticError, ValueError) as error:
            problems.append(problem_of(node, error))
    return found, problems


def combine(node: Node, parts: Sequence[Node], values: Sequence[Any]) -> Any:
    """`node` in its unit from the metrics that make it up, in theirs; "%" counts a hundredth.

    Raises CombineError, FormulaError, or what the operations raise.
    """
    check_known(parts, values)
    counted = [_counted(part, value) for part, value in zip(parts, values, strict=True)]
    result = HOW[node.how](node, parts, counted)
    if (one := scale(node)) != 1:
        result = result / one
    check_finite(result)
    return result


def _counted(part: Node, value: Any) -> Any:
    one = scale(part)
    return value if one == 1 else value * one  # draws are many: nothing is copied for nothing


def check_known(parts: Sequence[Node], values: Sequence[Any]) -> None:
    """CombineError that names the parts without a value."""
    missing = [part.label for part, value in zip(parts, values, strict=True) if value is None]
    if missing:
        raise CombineError("missing", names=", ".join(f"“{name}”" for name in missing))


def problem_of(node: Node, error: Exception) -> Problem:
    """What went wrong at `node`, to be told there."""
    if isinstance(error, (CombineError, FormulaError, UnitError)):
        return Problem(node.id, error.key, {"name": node.label} | error.values)
    if isinstance(error, ZeroDivisionError):
        return Problem(node.id, "by_zero", {"name": node.label})
    key = "too_big" if isinstance(error, OverflowError) else "root"
    return Problem(node.id, key, {"name": node.label})


def unit_problems(tree: Tree) -> Iterator[Problem]:
    """Units that can't be read, that mix, or that are not what the metrics below come to."""
    for node in tree.nodes.values():
        try:
            mine = parse_unit(node.unit)
            derived = _derived(node, tree.children(node.id)) if node.computed else None
            if mine is not None and derived is not None and mine != derived:
                raise UnitError("unit_other", unit=node.unit, derived=derived)
        except UnitError as error:
            yield problem_of(node, error)


# --------------------------------------------------------------------------- the ways to combine


def _sum(_: Node, __: Sequence[Node], values: Sequence[Any]) -> Any:
    return total(values)


def _product(_: Node, __: Sequence[Node], values: Sequence[Any]) -> Any:
    return product(values)


def _ratio(_: Node, __: Sequence[Node], values: Sequence[Any]) -> Any:
    above, below = _two(values)
    return above / below


def _weighted(_: Node, parts: Sequence[Node], values: Sequence[Any]) -> Any:
    return total(value * share for value, share in zip(values, weight_shares(parts), strict=True))


def _formula(node: Node, parts: Sequence[Node], values: Sequence[Any]) -> Any:
    return evaluate(read_formula(node), by_symbol(parts, values))


HOW: Mapping[str, Callable[[Node, Sequence[Node], Sequence[Any]], Any]] = {
    "sum": _sum,
    "product": _product,
    "ratio": _ratio,
    "weighted": _weighted,
    "formula": _formula,
}


def weight_shares(parts: Sequence[Node]) -> list[float]:
    """Each metric's share of all weight; a weight that was not given counts 1."""
    weights = [1.0 if part.weight is None else part.weight for part in parts]
    return [weight / sum(weights) for weight in weights]


def read_formula(node: Node) -> Formula:
    """The node's formula; CombineError when there is none, FormulaError when it can't be read."""
    if not node.formula:
        raise CombineError("no_formula")
    return parse_formula(node.formula)


def by_symbol(parts: Sequence[Node], values: Sequence[Any]) -> dict[str, Any]:
    """`values` by the metrics' short names; CombineError when two have the same."""
    named = dict(zip((part.symbol for part in parts), values, strict=True))
    if len(named) < len(parts):
        names = [part.symbol for part in parts]
        twice = next(name for name in names if names.count(name) > 1)
        raise CombineError("symbol_twice", given=twice)
    return named


def _two(values: Sequence[Any]) -> tuple[Any, Any]:
    if len(values) != 2:  # noqa: PLR2004 - a ratio has two parts
        raise CombineError("ratio_two", count=len(values))
    return values[0], values[1]


# --------------------------------------------------------------------------- units and doubts


def _derived(node: Node, parts: Sequence[Node]) -> Unit | None:
    """The unit that the parts give; None when it can't be known."""
    try:
        units = [parse_unit(part.unit) for part in parts]
    except UnitError:
        return None  # which is told at the part itself
    if node.how == "formula":
        return _formula_unit(node, parts, units)
    known = [unit for unit in units if unit is not None]
    if node.how in ("sum", "weighted"):
        return same_unit(*known) if known else None
    if len(known) < len(parts):
        return None
    first, *others = known
    for other in others:
        first = first / other if node.how == "ratio" else first * other
    return first


def _formula_unit(node: Node, parts: Sequence[Node], units: Sequence[Unit | None]) -> Unit | None:
    try:
        formula, named = read_formula(node), by_symbol(parts, units)
    except (CombineError, FormulaError):
        return None  # which is told of the value
    used = {symbol.name for symbol in symbols(formula)}
    return unit_of(formula, named) if used <= named.keys() else None


def _differences(tree: Tree, found: Mapping[str, Any]) -> Iterator[Problem]:
    """Figures that were told, and that those below do not come to."""
    for node in tree.nodes.values():
        value = found[node.id]
        if node.now is None or value is None:
            continue
        if abs(value - node.now) > max(ROUNDING_SHARE, node.spread) * abs(node.now):
            shown = {"told": Quantity(node.now, node.unit), "found": Quantity(value, node.unit)}
            yield Problem(node.id, "differs", {"name": node.label} | shown)


def scale(node: Node) -> float:
    """What one of the node's unit counts where it is multiplied: 0.01 for "%", else 1."""
    try:
        return factor_of(node.unit)
    except UnitError:
        return 1.0  # which is told as a problem of the unit
