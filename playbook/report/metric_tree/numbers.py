"""The numbers behind a what-if, told on request: how sure its result is, and what matters for that.

A block is {title, sentences, bars: [{label, share, shown}]}, ready for JSON; shares are 0 to 1.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.analysis.metric_tree.sampling import Input
from playbook.analysis.metric_tree.tree import Node, Tree
from playbook.analysis.metric_tree.uncertainty import (
    RANGE,
    Draws,
    inputs_of,
    monte_carlo,
    sensitivities,
    sobol,
    varies,
)
from playbook.model import InputError
from playbook.report.metric_tree.view import (
    ReportContext,
    estimate_text,
    first_of_each,
    problem_text,
)
from playbook.worksheet.figures import figure, whole_percent

Block = dict[str, Any]

JUDGED_MOST = 40
"""Inputs that are judged one by one; the least weighty ones of more are judged together."""

BARS = 8
LEAST_SHARE = 0.005
"""What is shown as 0% is left out."""

BINS = 8
_ROUND = (1, 2, 5, 10)


def block(title: str, sentences: Sequence[str], bars: Sequence[Mapping[str, Any]] = ()) -> Block:
    """A title, whole sentences, and bars."""
    return {"title": title, "sentences": list(sentences), "bars": list(bars)}


def bar(label: str, share: float, shown: str) -> dict[str, Any]:
    """A bar of `share` (0 to 1) of the full length, with its words."""
    return {"label": label, "share": float(share), "shown": shown}


def numbers_blocks(tree: Tree, changes: Mapping[str, float], context: ReportContext) -> list[Block]:
    """How sure the result of these changes (shares by row) is, and what would make it surer.

    Without any change those that were planned count. InputError where nothing can be worked out.
    """
    asked = _asked(tree, changes, context)
    inputs = inputs_of(tree, asked.result.id, asked.changes)
    found = monte_carlo(tree, asked.result.id, asked.changes)
    if not found.change.size:
        texts = [problem_text(problem, context.words) for problem in first_of_each(found.problems)]
        raise InputError(" ".join(texts) or context.text("numbers.none"))
    sure = block(context.text("numbers.sure"), list(_sure(asked, found)), _bins(found))
    return [sure, *_present(asked, found), *_matters(asked, inputs)]


@dataclass(frozen=True)
class _Asked:
    """What the numbers are about: the metric at the top, and the changes that count."""

    tree: Tree
    result: Node
    changes: Mapping[str, float]
    planned: bool
    context: ReportContext

    def text(self, key: str, **given: Any) -> str:
        return self.context.text(f"numbers.{key}", name=self.result.label, **given)


def _asked(tree: Tree, changes: Mapping[str, float], context: ReportContext) -> _Asked:
    result = tree.root
    if result is None:
        raise InputError(context.text("what_if.no_tree"))
    told = {row: share for row, share in changes.items() if share}
    counted = told or tree.plans
    if not counted:
        raise InputError(context.text("numbers.no_change"))
    if not any(node.id in counted for node in tree.below(result.id)):
        raise InputError(context.text("what_if.nowhere", name=result.label))
    return _Asked(tree, result, counted, not told, context)


# --------------------------------------------------------------------------- how sure it is


def _sure(asked: _Asked, found: Draws) -> Iterator[str]:
    if asked.planned:
        yield asked.text("plans")
    yield estimate_text(found, asked.result.sense, asked.context)
    if not varies(found.change):
        yield asked.text("exact")
        return
    yield asked.text("range", draws=f"{found.change.size:,}")
    if found.left_out:
        yield asked.text("left_out", share=whole_percent(found.left_out))


def _bins(found: Draws) -> list[dict[str, Any]]:
    """How the draws are spread: bars from the lowest change to the highest, with round ends."""
    import numpy as np

    per_cents = 100 * found.change
    low, high = float(per_cents.min()), float(per_cents.max())
    if not varies(found.change):
        return []
    step, places = _round_step((high - low) / BINS)
    edges = np.arange(math.floor(low / step), math.ceil(high / step) + 1) * step
    counts, _ = np.histogram(per_cents, edges)
    ends = [f"{edge:+.{places}f}".replace("-", "−") for edge in edges]
    return [
        bar(f"{low}% to {high}%", count / counts.max(), whole_percent(count / counts.sum()))
        for count, low, high in zip(counts, ends[:-1], ends[1:], strict=True)
    ]


def _round_step(least: float) -> tuple[float, int]:
    """The next of 1, 2, 5, 10, 20 ... or 0.5, 0.2, 0.1 ... from `least` up; its decimal places."""
    power = math.floor(math.log10(least))
    step = next(it for it in _ROUND if it * 10.0**power >= least)
    return step * 10.0**power, max(0, -power - (step == _ROUND[-1]))


def _present(asked: _Asked, found: Draws) -> list[Block]:
    """Where the result stands today, if that is known and not exactly."""
    import numpy as np

    if found.before is None or not varies(found.before):
        return []
    low, middle, high = (
        figure(float(it), asked.result.unit) for it in np.quantile(found.before, RANGE)
    )
    return [block(asked.text("today"), [asked.text("present", low=low, middle=middle, high=high)])]


# --------------------------------------------------------------------------- what matters


def _matters(asked: _Asked, inputs: Sequence[Input]) -> list[Block]:
    """From which inputs the doubt comes, each by itself and by what they are."""
    tree, row, changes = asked.tree, asked.result.id, asked.changes
    kinds = [[it for it in inputs if it.what == what] for what in ("link", "now")]
    weights = sobol(tree, row, changes, groups=_judged(asked, inputs))
    if not weights:
        return []
    sentences = [asked.text("first", first=_named(asked, weights[0].inputs))]
    if all(kinds):
        by_kind = sobol(tree, row, changes, groups=kinds)
        shares = {weight.inputs[0].what: whole_percent(weight.total_order) for weight in by_kind}
        sentences.append(asked.text("kinds", **shares))
    bars = [
        bar(_named(asked, weight.inputs), weight.total_order, whole_percent(weight.total_order))
        for weight in weights[:BARS]
        if weight.total_order >= LEAST_SHARE
    ]
    return [block(asked.text("matters"), sentences, bars)]


def _judged(asked: _Asked, inputs: Sequence[Input]) -> list[list[Input]]:
    """The inputs one by one; of very many those of little effect together, the last ones."""
    _, rises = sensitivities(asked.tree, asked.result.id, asked.changes)
    order = sorted(range(len(inputs)), key=lambda place: -abs(rises[place]))
    alone, rest = order[:JUDGED_MOST], order[JUDGED_MOST:]
    return [[inputs[it]] for it in alone] + ([[inputs[it] for it in rest]] if rest else [])


def _named(asked: _Asked, inputs: Sequence[Input]) -> str:
    if len(inputs) > 1:
        return asked.text("rest")
    node = asked.tree.nodes[inputs[0].row]
    above = asked.tree.nodes[node.parent].label if node.parent else ""
    return asked.text(inputs[0].what, part=node.label, above=above)
