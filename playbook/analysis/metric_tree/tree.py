"""A metric tree as data: frozen, read from stored answers, free of cycles whatever was stored."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from playbook.model import Value
from playbook.worksheet.time_series import TimeSeries

FINANCIAL = "financial"
FRONTLINE = "frontline"
INFLUENCE = "influence"
COMPUTED = ("sum", "product", "ratio", "weighted", "formula")
"""How a metric may come from those below it, besides by influence."""


class Quantity(NamedTuple):
    """A figure that a problem names, with its unit ("" for none)."""

    value: float
    unit: str


@dataclass(frozen=True)
class Problem:
    """What stands in the way at one row: the wording's id under `metrics.problem`, and its values.

    `row` is the row's id. Nothing here is an exception: a tree in the making has problems.
    """

    row: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)


class Elasticity(NamedTuple):
    """By how many per cent the parent changes when this metric changes by one; low <= high."""

    low: float
    base: float
    high: float


@dataclass(frozen=True)
class Node:
    """One metric. Shares are fractions of one (5% is 0.05); what was not answered is None or "".

    `now` and `target` are in `unit`; `parent` and `children` are row ids (children in the person's
    order); `spread` is how far `now` may be off; `elasticity` and `lag_weeks` belong to the link to
    the parent; `answers` are all answers as stored.
    """

    id: str
    name: str
    parent: str | None
    children: tuple[str, ...]
    level: str
    how: str
    unit: str
    symbol: str
    formula: str
    now: float | None
    target: float | None
    spread: float
    weight: float | None
    elasticity: Elasticity | None
    lag_weeks: float
    answers: Mapping[str, Value] = field(default_factory=dict, hash=False, repr=False)

    @property
    def label(self) -> str:
        """Its name in a sentence."""
        return self.name or "…"

    @property
    def computed(self) -> bool:
        """Whether its value comes from the metrics below it."""
        return self.how in COMPUTED and bool(self.children)

    @property
    def plan(self) -> float | None:
        """The change from `now` to `target`, as a share of `now`; None where either is unknown or
        today's figure isn't above zero."""
        if self.now is None or self.target is None or self.now <= 0:
            return None
        return self.target / self.now - 1

    @property
    def sense(self) -> int:
        """1 where more of it is good, -1 where less is."""
        return -1 if self.answered("direction", "down") else 1

    @cached_property
    def series(self) -> TimeSeries:
        """The metric's figures by date, read once: several rules look at them."""
        text = self.answers.get("data", "")
        return TimeSeries.from_stored(text) if isinstance(text, str) else TimeSeries()

    def answered(self, question: str, *values: str) -> bool:
        """Whether `question` was answered with one of `values`."""
        return self.answers.get(question) in values


@dataclass(frozen=True)
class Tree:
    """All metrics of a sheet by row id, in the person's order; `cycles` are those cut open.

    No link of a circle counts, since nobody knows which one is wrong: its metrics are roots.
    """

    nodes: Mapping[str, Node]
    cycles: tuple[tuple[str, ...], ...] = ()

    @property
    def roots(self) -> tuple[Node, ...]:
        """The metrics that move no other one."""
        return tuple(node for node in self.nodes.values() if node.parent is None)

    @property
    def root(self) -> Node | None:
        """The first root, of financial ones if there are any; None while there is no metric."""
        roots = sorted(self.roots, key=lambda node: node.level != FINANCIAL)
        return roots[0] if roots else None

    @property
    def leaves(self) -> tuple[Node, ...]:
        """The metrics that no other one moves."""
        return tuple(node for node in self.nodes.values() if not node.children)

    @property
    def plans(self) -> Mapping[str, float]:
        """What the group wants to change: the `plan` of each frontline measure that has one."""
        fronts = (node for node in self.nodes.values() if node.level == FRONTLINE)
        return {node.id: node.plan for node in fronts if node.plan}

    def children(self, row: str) -> tuple[Node, ...]:
        """The metrics that move this one, in the person's order."""
        return tuple(self.nodes[child] for child in self.nodes[row].children)

    def path(self, row: str) -> tuple[Node, ...]:
        """This metric, the one it moves, and so on up to a root."""
        found = [self.nodes[row]]
        while found[-1].parent is not None:
            found.append(self.nodes[found[-1].parent])
        return tuple(found)

    def financial_path(self, row: str) -> tuple[Node, ...]:
        """The path up to the first financial metric; empty when it reaches none."""
        path = self.path(row)
        levels = [node.level for node in path]
        return path[: levels.index(FINANCIAL) + 1] if FINANCIAL in levels else ()

    def below(self, row: str) -> tuple[Node, ...]:
        """This metric and everything under it, children before those they move."""
        return self._upwards((self.nodes[row],))

    @cached_property
    def upwards(self) -> tuple[Node, ...]:
        """All metrics, children before the metric that they move."""
        return self._upwards(self.roots)

    def _upwards(self, tops: Sequence[Node]) -> tuple[Node, ...]:
        found: list[Node] = []
        waiting = list(tops)
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(self.children(node.id))
        return tuple(reversed(found))

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the shape itself: circles, and low and high estimates swapped."""
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for cycle in self.cycles:
            names = " → ".join(self.nodes[row].label for row in (*cycle, cycle[0]))
            yield Problem(cycle[0], "cycle", {"names": names})
        for node in self.nodes.values():
            given = [_number(node.answers, f"elasticity{end}") for end in ("_low", "", "_high")]
            known = [number for number in given if number is not None]
            if known != sorted(known):
                yield Problem(node.id, "elasticity_order")


def tree_of(ids: Sequence[str], rows: Sequence[Mapping[str, Value]]) -> Tree:
    """The tree that these rows describe: `ids` and answers side by side, in the person's order.

    A parent that is no row is no parent; an order of estimates that can't be is put right.
    """
    known = set(ids)
    parents: dict[str, str | None] = {}
    for row, answers in zip(ids, rows, strict=True):
        parent = _text(answers, "parent")
        parents[row] = parent if parent in known else None
    cycles = _cycles(parents)
    parents |= {row: None for cycle in cycles for row in cycle}
    children: dict[str, list[str]] = {row: [] for row in ids}
    for child, above in parents.items():
        if above is not None:
            children[above].append(child)
    nodes = {
        row: _node(row, answers, parents[row], tuple(children[row]))
        for row, answers in zip(ids, rows, strict=True)
    }
    return Tree(nodes, cycles)


def _cycles(parents: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Each circle once, from its first row in the person's order along the parents."""
    found: list[tuple[str, ...]] = []
    order = list(parents)
    done: set[str] = set()
    for start in order:
        path: list[str] = []
        row: str | None = start
        while row is not None and row not in done:
            done.add(row)
            path.append(row)
            row = parents[row]
        if row in path:
            ring = path[path.index(row) :]
            turn = ring.index(min(ring, key=order.index))
            found.append((*ring[turn:], *ring[:turn]))
    return tuple(found)


def _node(
    row: str, answers: Mapping[str, Value], parent: str | None, children: tuple[str, ...]
) -> Node:
    name = _text(answers, "name")
    return Node(
        id=row,
        name=name,
        parent=parent,
        children=children,
        level=_text(answers, "level"),
        how=_text(answers, "how") or INFLUENCE,
        unit=_text(answers, "unit"),
        symbol=_text(answers, "symbol") or re.sub(r"\W+", "_", name).strip("_"),
        formula=_text(answers, "formula"),
        now=_number(answers, "now"),
        target=_number(answers, "target"),
        spread=_share(answers, "spread") or 0.0,
        weight=_number(answers, "weight"),
        elasticity=_elasticity(answers),
        lag_weeks=_number(answers, "lag_weeks") or 0.0,
        answers=answers,
    )


def _elasticity(answers: Mapping[str, Value]) -> Elasticity | None:
    """Low, base and high, as far as they are known; what is missing comes from the others."""
    low, base, high = (_number(answers, f"elasticity{end}") for end in ("_low", "", "_high"))
    known = sorted(number for number in (low, base, high) if number is not None)
    if not known:
        return None
    middle = base if base is not None else (known[0] + known[-1]) / 2
    return Elasticity(known[0], min(max(middle, known[0]), known[-1]), known[-1])


def _text(answers: Mapping[str, Value], question: str) -> str:
    value = answers.get(question, "")
    return value.strip() if isinstance(value, str) else ""


def _number(answers: Mapping[str, Value], question: str) -> float | None:
    text = _text(answers, question)
    return float(text) if text else None


def _share(answers: Mapping[str, Value], question: str) -> float | None:
    number = _number(answers, question)
    return None if number is None else number / 100  # stored in per cent
