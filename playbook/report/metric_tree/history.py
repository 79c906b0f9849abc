"""What the series of a metric tree tell of the past: changes taken apart, and expected leads.

Blocks as in `playbook.report.metric_tree.numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from playbook.analysis.metric_tree.decompose import Decomposition, decompose
from playbook.analysis.metric_tree.tree import Node, Problem, Tree
from playbook.model import InputError
from playbook.report.metric_tree.numbers import Block, bar, block
from playbook.report.metric_tree.view import ReportContext, problem_text
from playbook.worksheet.figures import figure, percent
from playbook.worksheet.kinds import written_date
from playbook.worksheet.time_series import TimeSeries

if TYPE_CHECKING:
    from playbook.analysis.metric_tree.leads import Lead

BARS = 12
NAMED = 3
"""Metrics that are named one by one."""


# --------------------------------------------------------------------------- what changed


def decompose_blocks(
    tree: Tree, row: str, start: date, end: date, context: ReportContext
) -> list[Block]:
    """What made the metric change between two days, by the last figure of every series before each.

    A metric without a series counts as unchanged, which is told. InputError where nothing can be.
    """
    if start >= end:
        raise InputError(context.text("changed.order"))
    found, still = decompose_days(tree, row, start, end)
    if isinstance(found, Problem):
        raise InputError(problem_text(found, context.words))
    asked = _Asked(tree, tree.nodes[row], found, context)
    near, far = asked.parts(asked.node), asked.origins(asked.node)
    days = {"start": _day(start, context), "end": _day(end, context)}
    sentences = [asked.result(days), *_old(tree.below(row), (start, end), context)]
    if still:
        sentences.append(
            asked.text("still", names=_listed([tree.nodes[it].label for it in still], context))
        )
    if not near:
        sentences.append(asked.text("alone"))
    blocks = [block(asked.text("title", **days), sentences, asked.bars(near))]
    if far != near:
        blocks.append(block(asked.text("origins"), [asked.text("origins_text")], asked.bars(far)))
    return blocks


def decompose_days(
    tree: Tree, row: str, start: date, end: date
) -> tuple[Decomposition | Problem, Mapping[str, float]]:
    """The change of a metric taken apart, each series as it stood on either day.

    With it the figures, by row, of the metrics without a series: they count as unchanged.
    """
    still = _without_series(tree, row)
    first, last = ({**still, **_figures_of(tree, day)} for day in (start, end))
    return decompose(tree, row, first, last, assumed=still), still


Contribution = tuple[Node, bool, float]
"""A metric, whether it is what its links leave open, and what it brought."""


@dataclass(frozen=True)
class _Asked:
    """A change that was taken apart, and the words for it."""

    tree: Tree
    node: Node
    found: Decomposition
    context: ReportContext

    def text(self, key: str, **given: Any) -> str:
        return self.context.text(f"changed.{key}", **({"name": self.node.label} | given))

    def parts(self, node: Node) -> list[Contribution]:
        """What came from each metric right below, and what they leave open."""
        brought = self.found.contributions
        below = [it for it in self.tree.children(node.id) if it.id in brought]
        rest = self.found.residual.get(node.id)
        own = [] if rest is None else [(node, True, rest)]
        return [(it, False, brought[it.id]) for it in below] + own

    def origins(self, node: Node) -> list[Contribution]:
        """The same down to where nothing more is known."""
        found: list[Contribution] = []
        for part in self.parts(node):
            below, is_open, _ = part
            deeper = [] if is_open else self.origins(below)
            found += deeper or [part]
        return found

    def result(self, days: Mapping[str, str]) -> str:
        """The change itself as a sentence."""
        found, unit = self.found, self.node.unit
        ends = {"first": figure(found.start, unit), "last": figure(found.end, unit)}
        change = self.signed(found.change)
        if not found.start:
            return self.text("result", change=change, **days, **ends)
        share = percent(found.change / abs(found.start))
        return self.text("result_share", change=change, share=share, **days, **ends)

    def signed(self, amount: float) -> str:
        """A part of the change: "+140 EUR", and of a percentage "+2.1 points"."""
        shown = ("+" if amount > 0 else "") + figure(amount)
        if self.node.unit == "%":
            return self.text("points", amount=shown)
        return f"{shown} {self.node.unit}".strip()

    def bars(self, parts: Sequence[Contribution]) -> list[dict[str, Any]]:
        """The weightiest parts, and the rest of them as one."""
        order = sorted((part for part in parts if part[2]), key=lambda part: -abs(part[2]))
        named = [(self._named(*part), part[2]) for part in order[:BARS]]
        if rest := order[BARS:]:
            text = self.text("rest", count=len(rest))
            named.append((text, sum(amount for _, _, amount in rest)))
        most = max((abs(amount) for _, amount in named), default=0.0) or 1.0
        return [bar(label, abs(amount) / most, self.signed(amount)) for label, amount in named]

    def _named(self, node: Node, is_open: bool, _: float) -> str:
        return self.text("open", name=node.label) if is_open else node.label


def _figures_of(tree: Tree, day: date) -> dict[str, float]:
    """Each metric's last figure on that day or before."""
    known = {row: _until(node, day) for row, node in tree.nodes.items()}
    return {row: series.last.value for row, series in known.items() if series.last}


def _without_series(tree: Tree, row: str) -> dict[str, float]:
    """The figures of now of those below `row` that have no series, and are not made up of others.

    Empty where none of the others has a series either: then there is nothing to take apart.
    """
    plain = [node for node in tree.below(row) if not node.computed]
    still = {it.id: it.now for it in plain if it.now is not None and not it.series}
    return still if len(still) < len(plain) else {}


def _until(node: Node, day: date) -> TimeSeries:
    return node.series.until(day)


def _old(nodes: Sequence[Node], days: Sequence[date], context: ReportContext) -> Iterator[str]:
    """Which of the figures that counted were old on their day."""
    for day in days:
        old = [node.label for node in nodes if _is_old(node, day, context)]
        if old:
            yield context.text("changed.old", names=_listed(old, context), day=_day(day, context))


def _listed(names: Sequence[str], context: ReportContext) -> str:
    """The first few names, and how many there are besides."""
    shown = ", ".join(f"“{name}”" for name in names[:NAMED])
    more = len(names) - NAMED
    return context.text("changed.and_more", names=shown, more=more) if more > 0 else shown


def _is_old(node: Node, day: date, context: ReportContext) -> bool:
    refresh = node.answers.get("refresh")
    cadence = refresh if isinstance(refresh, str) else None
    return _until(node, day).is_stale(cadence, day, context.thresholds)


def _day(day: date, context: ReportContext) -> str:
    return written_date(day, context.words)


# --------------------------------------------------------------------------- leads


def leads_blocks(
    tree: Tree, driver: str, outcome: str, lag: int, context: ReportContext
) -> list[Block]:
    """Whether `outcome` follows `driver` after `lag` weeks, as expected; never a cause."""
    from playbook.analysis.metric_tree.leads import lead

    if driver == outcome:
        raise InputError(context.text("leads.same"))
    first, second = tree.nodes[driver], tree.nodes[outcome]
    found = lead(first.series, second.series, lag, context.thresholds)
    names = {"driver": first.label, "outcome": second.label, "lag": lag, "weeks": found.weeks}
    key = found.claim.replace(" ", "_")
    sentences = [context.text(f"leads.{key}", **names), *_told(found, context)]
    return [block(context.text("leads.title", **names), sentences)]


def _told(found: Lead, context: ReportContext) -> Iterator[str]:
    if found.p is None or found.correlation is None:
        least = round(context.thresholds["lead_least_weeks"])
        yield context.text("leads.least", least=least + found.lag)
        return
    yield context.text(
        "leads.numbers",
        correlation=f"{found.correlation:+.2f}".replace("-", "−"),
        chance=f"{found.p * 100:.1f}",
        weeks=found.weeks,
        effective=found.effective_n,
    )
    yield context.text("leads.cause")
