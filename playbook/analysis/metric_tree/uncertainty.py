"""The estimate of a what-if with its range, from many draws of what is not known; what matters.

One method for every figure that is shown: `tries` draws with a fixed seed. The estimate is the
median, its range goes from the 5th to the 95th percentile ("nine in ten tries"), and how likely a
change is noticed is the share of the same draws that reach it.

What is not known are the figures of now (`spread`: how far they may be off) and the elasticities of
the links; each is drawn from a triangle (`sampling`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from playbook.analysis.metric_tree.evaluate import stated
from playbook.analysis.metric_tree.sampling import Input, correlated, independent, matrix
from playbook.analysis.metric_tree.tree import Problem, Tree
from playbook.analysis.metric_tree.what_if import Propagation, follow, linked, reached

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

DRAWS = 10_000
DRAWS_LEAST = 1_000
CELLS_MOST = 400_000
"""Draws times metrics and inputs: what is worked out at once, about 10 MB of numbers."""

RANGE = (0.05, 0.5, 0.95)
SOBOL_DRAWS = 1_024
"""A power of two, as Sobol' sequences need it."""

_STEP_SHARE = 1e-3
_ROUNDING = 1e-12


class Estimate(NamedTuple):
    """A change as a share: half of the tries lie above `likely`, nine in ten from low to high."""

    low: float
    likely: float
    high: float


@dataclass(frozen=True)
class Draws:
    """One metric in every draw that could be worked out: its value now and its change as a share.

    `before` is None where its value isn't known; `left_out` is the share of draws that could not be
    worked out (a division by zero, a root of a negative number).
    """

    before: Array | None
    change: Array
    left_out: float
    problems: tuple[Problem, ...]

    @cached_property
    def estimate(self) -> Estimate | None:
        """The change in one estimate with its range; None where no draw could be worked out."""
        if not self.change.size:
            return None
        if self.change.strides == (0,):  # one number for all draws
            return Estimate(*3 * [float(self.change[0])])
        return Estimate(*_quantiles(self.change))

    def chance(self, least: float, sense: int = 1) -> float:
        """The share of draws in which the change is `least` or more, in the direction of `sense`
        (-1: a fall); 0 where no draw could be worked out."""
        if not self.change.size:
            return 0.0
        return float((sense * self.change >= least - _ROUNDING).mean())


def _quantiles(values: Array) -> Iterator[float]:
    """RANGE of them, as np.quantile has it; a page asks for many, and sorting beats partition."""
    import numpy as np

    ordered = np.sort(values)
    for share in RANGE:
        place = share * (len(ordered) - 1)
        at = int(place)
        low, high = ordered[at], ordered[min(at + 1, len(ordered) - 1)]
        yield float(low + (place - at) * (high - low))


@dataclass(frozen=True)
class SensitivityIndex:
    """How much of the doubt about a result is due to some inputs: shares of its variance.

    `alone`: if everything else were known; `total`: with all that it does together with others.
    """

    inputs: tuple[Input, ...]
    first_order: float
    total_order: float


def inputs_of(tree: Tree, row: str, changes: Mapping[str, float]) -> tuple[Input, ...]:
    """What is not known and bears on `row`: figures that may be off, links that carry a change."""
    return tuple(_inputs(tree, row, changes))


def tries(tree: Tree, changes: Mapping[str, float]) -> dict[str, Draws]:
    """Every metric that `changes` reach in the tree of its root, in the same draws.

    What is shown of a what-if comes from here alone, so that no two places differ.
    """
    found: dict[str, Draws] = {}
    moving = reached(tree, changes)
    for root in tree.roots:
        if root.id in moving:
            found |= _sampled(tree, root.id, changes, moving)
    return found


def draws_of(tree: Tree, inputs: int) -> int:
    """How many draws a tree of this size gets."""
    return min(DRAWS, max(DRAWS_LEAST, CELLS_MOST // (len(tree.nodes) + inputs)))


def monte_carlo(
    tree: Tree,
    row: str,
    changes: Mapping[str, float],
    *,
    draws: int | None = None,
    seed: int = 0,
    correlation: float | Array = 0.0,
) -> Draws:
    """`row` in `draws` draws; the same seed gives the same draws.

    `correlation` of the inputs (through a Gaussian copula): one number from 0 to 1 for every pair,
    or a matrix in the order of `inputs_of`.
    """
    found = _sampled(tree, row, changes, (row,), draws, seed, correlation)
    return found[row]


def _sampled(
    tree: Tree,
    row: str,
    changes: Mapping[str, float],
    shown: Collection[str],
    draws: int | None = None,
    seed: int = 0,
    correlation: float | Array = 0.0,
) -> dict[str, Draws]:
    """The rows of `shown` that are `row` or below it, in the draws that are made for `row`."""
    import numpy as np

    inputs = inputs_of(tree, row, changes)
    draws = draws or draws_of(tree, len(inputs))
    if np.any(correlation):
        samples = correlated(inputs, draws, seed, correlation)
    else:
        samples = independent(inputs, draws, seed)
    with np.errstate(all="ignore"):
        steps = _steps(tree, changes, inputs, samples)
        return {
            node.id: _finite(_draws(steps, node.id, draws))
            for node in tree.below(row)
            if node.id in shown
        }


def _finite(found: Draws) -> Draws:
    """Without the draws that could not be worked out."""
    import numpy as np

    good = np.isfinite(found.change)
    if good.all():
        return found
    before = None if found.before is None else found.before[good]
    return Draws(before, found.change[good], 1 - float(good.mean()), found.problems)


def linear(
    tree: Tree, row: str, changes: Mapping[str, float], *, correlation: float | Array = 0.0
) -> tuple[float, float]:
    """Mean and standard deviation of the change of `row`, as if it went in straight lines.

    First-order propagation: sqrt(r' C r) with the `rises` r and the inputs' correlations C. Exact
    on linear trees. NaN where the change can't be worked out.
    """
    mean, rises = sensitivities(tree, row, changes)
    variance = float(rises @ matrix(correlation, len(rises)) @ rises)
    return mean, max(variance, 0.0) ** 0.5


def sensitivities(tree: Tree, row: str, changes: Mapping[str, float]) -> tuple[float, Array]:
    """The change of `row` with every input at its mean, and by how much it rises with each input.

    Shape (inputs,), in the order of `inputs_of`: for one standard deviation more, by the slope
    there.
    """
    import numpy as np

    inputs = inputs_of(tree, row, changes)
    count = len(inputs)
    steps = np.diag([it.deviation * _STEP_SHARE for it in inputs]).reshape(count, count)
    means = np.array([it.mean for it in inputs]).reshape(count, 1)
    samples = means + np.hstack([np.zeros((count, 1)), steps, -steps])
    change = _outcome(tree, row, changes, inputs, samples).change
    rises = (change[1 : count + 1] - change[count + 1 :]) / (2 * _STEP_SHARE)
    return float(change[0]), rises


def sobol(
    tree: Tree,
    row: str,
    changes: Mapping[str, float],
    *,
    draws: int = SOBOL_DRAWS,
    seed: int = 0,
    groups: Sequence[Sequence[Input]] | None = None,
) -> tuple[SensitivityIndex, ...]:
    """Which inputs matter for the change of `row`, the weightiest first (Saltelli 2010).

    `groups` of inputs are judged as one; without them every input by itself. Empty where nothing is
    open, where the change is the same in every draw, or where a draw can't be worked out. `draws`
    is a power of two.
    """
    import numpy as np
    from scipy.stats import sobol_indices

    inputs = inputs_of(tree, row, changes)
    judged = groups if groups is not None else [[it] for it in inputs]
    if not inputs:
        return ()
    first, second = _two_samples(inputs, draws, seed)
    # SciPy needs two groups at least: the empty one at the end is idle.
    swapped = [np.array([[it in group] for it in inputs]) for group in [*judged, ()]]
    samples = [first, second, *(np.where(column, second, first) for column in swapped)]
    outcomes = [_outcome(tree, row, changes, inputs, sample).change for sample in samples]
    if not np.isfinite(outcomes).all() or not varies(outcomes[0]):
        return ()
    f_a, f_b, *f_ab = np.array(outcomes)[:, None, :]
    found = sobol_indices(func={"f_A": f_a, "f_B": f_b, "f_AB": np.array(f_ab)}, n=draws)
    alone, total = (np.clip(it.ravel(), 0, 1) for it in (found.first_order, found.total_order))
    weights = [
        SensitivityIndex(tuple(group), float(alone[place]), float(total[place]))
        for place, group in enumerate(judged)
    ]
    return tuple(sorted(weights, key=lambda weight: -weight.total_order))


def _two_samples(inputs: Sequence[Input], draws: int, seed: int) -> tuple[Array, Array]:
    """Two samples that know nothing of one another, each of shape (inputs, draws)."""
    import numpy as np
    from scipy.stats import qmc

    shares = qmc.Sobol(2 * len(inputs), rng=np.random.default_rng(seed)).random(draws).T
    both = np.array([it.at(one) for it, one in zip([*inputs, *inputs], shares, strict=True)])
    return both[: len(inputs)], both[len(inputs) :]


def varies(values: Array) -> bool:
    """Whether the values differ by more than rounding; at least one."""
    return bool(values.max() - values.min() > _ROUNDING * abs(values).max())


# --------------------------------------------------------------------------- drawing


def _inputs(tree: Tree, row: str, changes: Mapping[str, float]) -> Iterator[Input]:
    carrying = reached(tree, changes) - {row}
    for node in tree.below(row):
        if node.now and node.spread and not node.computed:
            off = abs(node.now) * node.spread
            yield Input(node.id, "now", node.now - off, node.now, node.now + off)
        link = node.elasticity
        influences = node.parent is not None and not tree.nodes[node.parent].computed
        if link and link.low < link.high and influences and node.id in carrying:
            yield Input(node.id, "link", *link)


def _outcome(
    tree: Tree, row: str, changes: Mapping[str, float], inputs: Sequence[Input], samples: Array
) -> Draws:
    """`row` in every draw, NaN where it can't be worked out: a line of `samples` is an input's."""
    import numpy as np

    with np.errstate(all="ignore"):
        return _draws(_steps(tree, changes, inputs, samples), row, samples.shape[1])


def _steps(
    tree: Tree, changes: Mapping[str, float], inputs: Sequence[Input], samples: Array
) -> Propagation:
    figures: dict[str, Any] = stated(tree)
    elasticities: dict[str, Any] = {below: link.base for below, link in linked(tree).items()}
    for it, values in zip(inputs, samples, strict=True):
        (figures if it.what == "now" else elasticities)[it.row] = values
    return follow(tree, figures, changes, elasticities)


def _draws(steps: Propagation, row: str, draws: int) -> Draws:
    change, before = _whole(steps.change(row), draws), steps.before[row]
    known = None if before is None else _whole(before, draws)
    return Draws(known, change, 0.0, steps.problems)


def _whole(values: Any, draws: int) -> Array:
    """A value for each draw, NaN where there is none; what no draw changes comes as one number."""
    import numpy as np

    if isinstance(values, np.ndarray):
        return values
    return np.broadcast_to(np.nan if values is None else values, (draws,))


Noticed = Literal["yes", "perhaps", "no", "worse", "unset"]


def noticed(
    told: Draws | None, sense: int, notice_at: float | None, thresholds: Mapping[str, float]
) -> Noticed:
    """Whether leaders would notice a change in the good direction, by how likely it is so large.

    "worse" where it goes in the other direction; "unset" while nobody has said from when on
    (`notice_at`, a share), and where the result isn't known.
    """
    estimate = told.estimate if told else None
    if told is None or estimate is None:
        return "unset"
    if sense * estimate.likely < 0:
        return "worse"
    if notice_at is None:
        return "unset"
    chance = told.chance(notice_at, sense)
    if not estimate.likely or chance <= thresholds["noticed_unlikely"]:
        return "no"
    return "yes" if chance >= thresholds["noticed_likely"] else "perhaps"
