"""What the series of a metric tree tell of the past: changes taken apart, and expected leads.

Blocks as in `playbook.metrics.blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from playbook.metrics.blocks import Block, bar, block
from playbook.metrics.decompose import Change, decompose
from playbook.metrics.shown import figure, percent
from playbook.metrics.tree import Node, Problem, Tree
from playbook.metrics.view import Setting, points_of
from playbook.model import InputError
from playbook.report.answers import written_date
from playbook.series import is_stale

if TYPE_CHECKING:
    from playbook.metrics.leads import Lead

BARS = 12
OLD_MOST = 3
"""Old figures that are named one by one."""


# --------------------------------------------------------------------------- what changed


def decompose_blocks(tree: Tree, row: str, start: date, end: date, setting: Setting) -> list[Block]:
    """What made the metric change between two days; of every series the last figure of each counts.

    InputError where that can't be told.
    """
    if start >= end:
        raise InputError(setting.say("changed.order"))
    found = decompose(tree, row, _figures_of(tree, start), _figures_of(tree, end))
    if isinstance(found, Problem):
        raise InputError(found.text(setting.words))
    asked = _Asked(tree, tree.nodes[row], found, setting)
    near, far = asked.parts(asked.node), asked.origins(asked.node)
    days = {"start": _day(start, setting), "end": _day(end, setting)}
    sentences = [asked.result(days), *_old(tree, (start, end), setting)]
    if not near:
        sentences.append(asked.say("alone"))
    blocks = [block(asked.say("title", **days), sentences, asked.bars(near))]
    if far != near:
        blocks.append(block(asked.say("origins"), [asked.say("origins_text")], asked.bars(far)))
    return blocks


Part = tuple[Node, bool, float]
"""A metric, whether it is what its links leave open, and what it brought."""


@dataclass(frozen=True)
class _Asked:
    """A change that was taken apart, and the words for it."""

    tree: Tree
    node: Node
    found: Change
    setting: Setting

    def say(self, key: str, **given: Any) -> str:
        return self.setting.say(f"changed.{key}", **({"name": self.node.label} | given))

    def parts(self, node: Node) -> list[Part]:
        """What came from each metric right below, and what they leave open."""
        brought = self.found.brought
        below = [it for it in self.tree.children(node.id) if it.id in brought]
        rest = self.found.open.get(node.id)
        own = [] if rest is None else [(node, True, rest)]
        return [(it, False, brought[it.id]) for it in below] + own

    def origins(self, node: Node) -> list[Part]:
        """The same down to where nothing more is known."""
        found: list[Part] = []
        for part in self.parts(node):
            below, is_open, _ = part
            deeper = [] if is_open else self.origins(below)
            found += deeper or [part]
        return found

    def result(self, days: Mapping[str, str]) -> str:
        """The change itself as a sentence."""
        found, unit = self.found, self.node.unit
        ends = {"first": figure(found.start, unit), "last": figure(found.end, unit)}
        change = signed(found.change, unit)
        if not found.start:
            return self.say("result", change=change, **days, **ends)
        share = percent(found.change / abs(found.start))
        return self.say("result_share", change=change, share=share, **days, **ends)

    def bars(self, parts: Sequence[Part]) -> list[dict[str, Any]]:
        """The weightiest parts, and the rest of them as one."""
        order = sorted(parts, key=lambda part: -abs(part[2]))
        named = [(self._named(*part), part[2]) for part in order[:BARS]]
        if rest := order[BARS:]:
            text = self.say("rest", count=len(rest))
            named.append((text, sum(amount for _, _, amount in rest)))
        most = max((abs(amount) for _, amount in named), default=0.0) or 1.0
        return [
            bar(label, abs(amount) / most, signed(amount, self.node.unit))
            for label, amount in named
        ]

    def _named(self, node: Node, is_open: bool, _: float) -> str:
        return self.say("open", name=node.label) if is_open else node.label


def _figures_of(tree: Tree, day: date) -> dict[str, float]:
    """Each metric's last figure on that day or before."""
    found = {}
    for node in tree.nodes.values():
        known = [point.value for point in points_of(node) if point.date <= day]
        if known:
            found[node.id] = known[-1]
    return found


def _old(tree: Tree, days: Sequence[date], setting: Setting) -> Iterator[str]:
    """Which of the figures that counted were old on their day."""
    for day in days:
        old = [node.label for node in tree.nodes.values() if _is_old(node, day, setting)]
        if old:
            names = ", ".join(f"“{name}”" for name in old[:OLD_MOST])
            key = "changed.old" if len(old) <= OLD_MOST else "changed.old_more"
            more = len(old) - OLD_MOST
            yield setting.say(key, names=names, more=more, day=_day(day, setting))


def _is_old(node: Node, day: date, setting: Setting) -> bool:
    refresh = node.answers.get("refresh")
    known = [point for point in points_of(node) if point.date <= day]
    return is_stale(known, refresh if isinstance(refresh, str) else None, day, setting.thresholds)


def signed(value: float, unit: str) -> str:
    """A change as people read it: "+140 EUR"; of percentages it is in points of them."""
    return ("+" if value > 0 else "") + figure(value, unit)


def _day(day: date, setting: Setting) -> str:
    return written_date(day, setting.words)


# --------------------------------------------------------------------------- leads


def leads_blocks(tree: Tree, driver: str, outcome: str, lag: int, setting: Setting) -> list[Block]:
    """Whether `outcome` follows `driver` after `lag` weeks, as expected; never a cause."""
    from playbook.metrics.leads import lead

    if driver == outcome:
        raise InputError(setting.say("leads.same"))
    first, second = tree.nodes[driver], tree.nodes[outcome]
    found = lead(points_of(first), points_of(second), lag, setting.thresholds)
    names = {"driver": first.label, "outcome": second.label, "lag": lag, "weeks": found.weeks}
    key = found.claim.replace(" ", "_")
    sentences = [setting.say(f"leads.{key}", **names), *_told(found, setting)]
    return [block(setting.say("leads.title", **names), sentences)]


def _told(found: Lead, setting: Setting) -> Iterator[str]:
    if found.p is None or found.correlation is None:
        least = round(setting.thresholds["lead_least_weeks"])
        yield setting.say("leads.least", least=least + found.lag)
        return
    yield setting.say(
        "leads.numbers",
        correlation=f"{found.correlation:+.2f}".replace("-", "−"),
        chance=f"{found.p * 100:.1f}",
        weeks=found.weeks,
        effective=found.effective_n,
    )
    yield setting.say("leads.cause")
