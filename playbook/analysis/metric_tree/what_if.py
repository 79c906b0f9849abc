"""What follows from a change: up the tree, through what is worked out and what is only influenced.

A link of influence says by how many per cent the metric above changes when this one changes by one:
above = now × Π (factor below ^ elasticity). It needs no figures at all; sums and formulas do.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from playbook.analysis.metric_tree.evaluate import (
    HOW,
    CombineError,
    check_known,
    combine,
    problem_of,
    stated,
    worked_out,
)
from playbook.analysis.metric_tree.ranges import (
    Range,
    as_range,
    check_finite,
    growth,
    power,
    product,
)
from playbook.analysis.metric_tree.tree import Elasticity, Node, Problem, Tree


@dataclass(frozen=True)
class MetricChange:
    """How far one metric moves, as shares of its present value: low <= base <= high, or None.

    `low` and `high` are what comes out when every link is at its least or its most favourable.
    """

    low: float
    base: float
    high: float


@dataclass(frozen=True)
class WhatIf:
    """What a change does: `moved` by row (None: it can't be followed there), and why not.

    `lag_weeks` is how long the slowest of the changes takes to reach the top.
    """

    moved: Mapping[str, MetricChange | None]
    problems: tuple[Problem, ...]
    lag_weeks: float


@dataclass(frozen=True)
class Propagation:
    """Each metric before and after, and the factor between: floats, arrays or ranges, or None."""

    before: Mapping[str, Any]
    after: Mapping[str, Any]
    factor: Mapping[str, Any]
    problems: tuple[Problem, ...]

    def change(self, row: str) -> Any:
        """How far the metric moves, as a share of what it was; None where that is not known.

        Of a figure below zero it is a share of its size: from -10 to -5 is up by a half.
        """
        before, after, factor = self.before[row], self.after[row], self.factor[row]
        if before is None or after is None:
            return None if factor is None else factor - 1.0
        if isinstance(factor, float) and not isinstance(before, float) and (before > 0).all():
            return factor - 1.0  # one number for all draws, as of every metric at the bottom
        moved = after - before
        if isinstance(before, float) and before == 0:
            still = moved == 0  # of draws, one answer each
            return 0.0 if (still if isinstance(still, bool) else still.all()) else None
        return moved / abs(before)


def what_if(tree: Tree, changes: Mapping[str, float]) -> WhatIf:
    """Change each row of `changes` by that share of what it is (0.05: 5% more), and follow it up.

    A change of a metric that others move comes on top of what they do. Rows that are not in the
    tree count for nothing, and so do changes of zero.
    """
    figures, links = stated(tree), linked(tree)
    base = follow(tree, figures, changes, {row: link.base for row, link in links.items()})
    ranges = {row: Range(link.low, link.high) for row, link in links.items()}
    wide = follow(tree, figures, changes, ranges)
    return WhatIf(
        {row: _moved(base.change(row), wide.change(row)) for row in tree.nodes},
        base.problems or wide.problems,
        slowest(tree, changes),
    )


def reached(tree: Tree, changes: Mapping[str, float]) -> set[str]:
    """The rows that really change, and all that they move."""
    found: set[str] = set()
    for start in changed(tree, changes):
        row: str | None = start
        while row is not None and row not in found:
            found.add(row)
            row = tree.nodes[row].parent
    return found


def slowest(tree: Tree, changes: Mapping[str, float]) -> float:
    """How many weeks the slowest of the changes takes to the top."""
    return max((lag_weeks(tree, row) for row in changed(tree, changes)), default=0.0)


def linked(tree: Tree) -> dict[str, Elasticity]:
    """The elasticities of the links by their lower row, as far as they are known."""
    return {row: node.elasticity for row, node in tree.nodes.items() if node.elasticity}


def changed(tree: Tree, changes: Mapping[str, float]) -> tuple[str, ...]:
    """The rows of the tree that really change."""
    return tuple(row for row in tree.nodes if changes.get(row))


def lag_weeks(tree: Tree, row: str) -> float:
    """How many weeks a change of this metric takes to the top."""
    return sum(node.lag_weeks for node in tree.path(row)[:-1])


def follow(
    tree: Tree,
    figures: Mapping[str, Any],
    changes: Mapping[str, float],
    elasticities: Mapping[str, Any],
) -> Propagation:
    """`changes` followed up the tree, from `figures` by row and the `elasticities` of the links.

    What no change reaches is left as it is, to the last bit. Above a problem there is no other one.
    """
    before, _ = worked_out(tree, figures)
    moving = reached(tree, changes)
    walk = _Walk(before, dict(before), dict.fromkeys(tree.nodes, 1.0), elasticities, moving)
    problems: dict[str, Problem] = {}
    for node in tree.upwards:
        if node.id not in moving:
            continue
        walk.after[node.id] = walk.factor[node.id] = None
        parts = tree.children(node.id)
        below = next((problems[part.id] for part in parts if part.id in problems), None)
        try:
            if below is None:
                walk.step(node, parts, 1.0 + changes.get(node.id, 0.0))
            else:
                problems[node.id] = below
        except (ArithmeticError, ValueError) as error:
            problems[node.id] = problem_of(node, error)
    return Propagation(before, walk.after, walk.factor, tuple(dict.fromkeys(problems.values())))


@dataclass(frozen=True)
class _Walk:
    """On the way up: what is known of the metrics that were passed."""

    before: Mapping[str, Any]
    after: dict[str, Any]
    factor: dict[str, Any]
    elasticities: Mapping[str, Any]
    reached: Collection[str]

    def step(self, node: Node, parts: Sequence[Node], own: float) -> None:
        """Take `node`, changed by the factor `own` on top of what its `parts` do."""
        if node.computed and all(self.before[part.id] is not None for part in parts):
            self._by_value(node, parts, own)
            return
        factor = (self._by_factor if node.computed else self._by_links)(node, parts) * own
        before = self.before[node.id]
        after = None if before is None else before * factor
        check_finite(factor if after is None else after)
        self.factor[node.id], self.after[node.id] = factor, after

    def _by_value(self, node: Node, parts: Sequence[Node], own: float) -> None:
        after = combine(node, parts, [self.after[part.id] for part in parts]) * own
        check_finite(after)
        self.after[node.id] = after
        with suppress(ZeroDivisionError):  # it has a value then, and no factor
            self.factor[node.id] = growth(after, self.before[node.id])

    def _by_factor(self, node: Node, parts: Sequence[Node]) -> Any:
        """Without figures, what is multiplied or divided can be followed all the same."""
        if node.how not in ("product", "ratio"):
            check_known(parts, [self.before[part.id] for part in parts])
        return HOW[node.how](node, parts, [self._known_factor(part) for part in parts])

    def _by_links(self, node: Node, parts: Sequence[Node]) -> Any:
        moving = [part for part in parts if part.id in self.reached]
        return product([1.0, *(self._through(part, node) for part in moving)])

    def _through(self, part: Node, node: Node) -> Any:
        factor = self._known_factor(part)
        if part.id not in self.elasticities:
            raise CombineError("no_elasticity", part=part.label, above=node.label)
        if isinstance(factor, (float, Range)) and as_range(factor).low < 0:
            raise CombineError("below_zero", part=part.label)
        return power(factor, self.elasticities[part.id])

    def _known_factor(self, part: Node) -> Any:
        if self.factor[part.id] is None:
            raise CombineError("no_factor", part=part.label)
        return self.factor[part.id]


def _moved(base: Any, wide: Any) -> MetricChange | None:
    """The two together; the range is worked out apart, so it may miss the base by a rounding."""
    if base is None or wide is None:
        return None
    ends = as_range(wide)
    return MetricChange(min(ends.low, base), base, max(ends.high, base))
