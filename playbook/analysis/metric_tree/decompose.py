"""Why a metric changed between two times: how much of it each metric below brought.

The parts add up to the change, and are the same with the sign turned when time runs backwards.
Every link has a slope: what one unit of the lower metric was worth in the upper one over this
change. What a metric brings is its own change times the slopes on its way up, so it goes down the
whole tree without a remainder.

- sums and weighted averages: the weight
- products, ratios (an exponent of -1) and links of influence (the elasticity): the logarithmic
  mean Divisia index (LMDI), L(V1, V0) / L(x1, x0) times the exponent, with its limits at zero (Ang
  2005; Ang and Liu 2007)
- formulas, and products in which a figure changes its sign: the Shapley value
What the links of influence leave open is told as such, at the metric above them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from playbook.analysis.metric_tree.evaluate import (
    CombineError,
    combine,
    problem_of,
    scale,
    weight_shares,
    worked_out,
)
from playbook.analysis.metric_tree.tree import Node, Problem, Tree

MOST_FACTORS = 12
"""A Shapley value takes 2 to the power of so many evaluations."""

_TINY = 1e-6


@dataclass(frozen=True)
class Decomposition:
    """A metric from `start` to `end`, in its unit, and what it comes from.

    `brought` by row: how much of the change each metric below brought, in the unit of the metric
    that was asked for; of a metric made up of others it is the sum of theirs. `open` by row: what
    its links of influence don't explain. Leaves and open parts together are the whole change.
    """

    start: float
    end: float
    contributions: Mapping[str, float]
    residual: Mapping[str, float]

    @property
    def change(self) -> float:
        """end - start."""
        return self.end - self.start


def decompose(
    tree: Tree,
    row: str,
    start: Mapping[str, float],
    end: Mapping[str, float],
    assumed: Collection[str] = (),
) -> Decomposition | Problem:
    """Take the change of `row` apart; `start` and `end` are figures by row, in the metrics' units.

    A metric that is made up of others comes from those, if they have figures at both times; a
    metric with links of influence is explained by those whose lower ends have. Any other one stands
    for itself, and so do the rows whose figures are only `assumed`.
    """
    first, last = (worked_out(tree, figures)[0] for figures in (start, end))
    if first[row] is None or last[row] is None:
        return Problem(row, "no_figure", {"name": tree.nodes[row].label})
    worth, brought, rest = {row: 1.0}, {row: last[row] - first[row]}, {}
    for node in reversed(tree.below(row)):
        if node.id not in worth or (node.id in assumed and not node.computed):
            continue
        try:
            slopes = _slopes(tree, node, first, last)
        except (ArithmeticError, ValueError) as error:
            return problem_of(node, error)
        for child, slope in slopes.items():
            worth[child] = worth[node.id] * slope
            brought[child] = worth[child] * (last[child] - first[child])
        if slopes and not node.computed:
            rest[node.id] = brought[node.id] - sum(brought[child] for child in slopes)
    return Decomposition(first[row], last[row], brought, rest)


Figures = Mapping[str, float | None]


def _slopes(tree: Tree, node: Node, first: Figures, last: Figures) -> dict[str, float]:
    """What one unit of each metric below is worth in `node`; empty where it stands for itself."""
    parts = tree.children(node.id)
    if not node.computed:
        parts = tuple(part for part in parts if _explains(node, part, first, last))
    spans = [_span(part, first, last) for part in parts]
    known = [span for span in spans if span is not None]
    whole = _span(node, first, last)
    if not parts or whole is None or len(known) < len(parts):
        return {}
    if node.computed:
        whole = _made_up(node, parts, known)
    return dict(zip((part.id for part in parts), _ways(node, parts, whole, known), strict=True))


Span = tuple[float, float]
"""A figure at the start and at the end."""


def _span(node: Node, first: Figures, last: Figures) -> Span | None:
    start, end = first[node.id], last[node.id]
    return None if start is None or end is None else (start, end)


def _made_up(node: Node, parts: Sequence[Node], spans: Sequence[Span]) -> Span:
    """The node from its parts at both times; raises as `combine` does where it was only told."""
    start, end = (combine(node, parts, side) for side in zip(*spans, strict=True))
    return start, end


def _explains(node: Node, part: Node, first: Figures, last: Figures) -> bool:
    """Whether the link says how much it explains: it has an effect, and figures above zero."""
    ends = [side[one.id] for side in (first, last) for one in (node, part)]
    return part.elasticity is not None and all(end is not None and end > 0 for end in ends)


def _ways(node: Node, parts: Sequence[Node], whole: Span, spans: Sequence[Span]) -> list[float]:
    if node.how == "sum":
        return [scale(part) / scale(node) for part in parts]
    if node.how == "weighted":
        shares = zip(parts, weight_shares(parts), strict=True)
        return [share * scale(part) / scale(node) for part, share in shares]
    if node.how == "formula" or any(start * end < 0 for start, end in spans):
        return _shapley(node, parts, spans)
    if not node.computed:
        return _divisia(whole, spans, [part.elasticity.base for part in parts if part.elasticity])
    exponents = [-1.0 if node.how == "ratio" and place else 1.0 for place in range(len(parts))]
    return _divisia(whole, spans, exponents)


def _divisia(whole: Span, spans: Sequence[Span], exponents: Sequence[float]) -> list[float]:
    """The slopes of a product: its span, its factors' spans, and their exponents."""
    start, end = whole
    if start != 0 and end != 0:
        mean = log_mean(end, start)
        return [
            exponent * mean / log_mean(last, first)
            for (first, last), exponent in zip(spans, exponents, strict=True)
        ]
    # Where a product begins or ends at zero, the factors that are zero there bring all of the
    # change, in equal parts: the limit of the formula above as they go to zero together.
    zeros = [(0 in span) and start != end for span in spans]
    return [
        (start or end) / sum(zeros) / (first or last) if zero else 0.0
        for (first, last), zero in zip(spans, zeros, strict=True)
    ]


def log_mean(one: float, other: float) -> float:
    """The logarithmic mean (one - other) / ln(one / other); both of one sign, neither zero."""
    small, large = sorted((one, other), key=abs)
    grown = (large - small) / small  # not below zero, where log1p keeps all its digits
    return small * grown / math.log1p(grown) if grown else small


def _shapley(node: Node, parts: Sequence[Node], spans: Sequence[Span]) -> list[float]:
    """Each part's change is made on top of every set of the others'; the mean of what it does.

    A part that does not change has a slope too, for what happens below it: that of a tiny change.
    """
    import numpy as np

    count = len(parts)
    if count > MOST_FACTORS:
        raise CombineError("many_factors", count=count, limit=MOST_FACTORS)
    moved = (np.arange(2**count) >> np.arange(count)[:, None]) & 1 == 1  # a column a set of parts
    slopes = []
    for place, (start, end) in enumerate(spans):
        nudged = end if end != start else start + _TINY * (abs(start) or 1.0)
        ends = [nudged if it == place else last for it, (_, last) in enumerate(spans)]
        figures = [
            np.where(column, last, first)
            for column, last, (first, _) in zip(moved, ends, spans, strict=True)
        ]
        with np.errstate(all="ignore"):
            results = np.broadcast_to(combine(node, parts, figures), (2**count,))
        if not np.isfinite(results).all():
            raise ZeroDivisionError
        without = np.flatnonzero(~moved[place])
        orders = [count * math.comb(count - 1, size) for size in moved[:, without].sum(axis=0)]
        gains = results[without + 2**place] - results[without]
        slopes.append(float((gains / orders).sum()) / (nudged - start))
    return slopes
