"""Connections of people as a network: counts, parts, and links that nothing stands in for.

Pure mathematics without words or thresholds, and never a figure about one person. Groups, rings and
ties are what somebody listed; who is not listed is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from playbook.model import Value

RINGS = ("within", "across", "outside", "customers")
"""Where the other end of a connection belongs, from near to far."""

WITHIN = "within"
BROKERS = frozenset({"leader", "supervisor"})
LEAST_SIDE = 2
"""A single partner at the end of a link is no part of the picture that it holds together."""

_BETWEEN = re.compile(r"\s*[,;]\s*")

Node = tuple[str, str]
"""("member", code), ("partner", name) or ("groups", ""), for members whom nobody named."""

Pair = frozenset[Node]


def codes_in(written: object) -> tuple[str, ...]:
    """The codes in "H05, H22", each once, in capitals; none for anything else."""
    parts = _BETWEEN.split(written.strip()) if isinstance(written, str) else []
    return tuple(dict.fromkeys(part.upper() for part in parts if part))


@dataclass(frozen=True, slots=True)
class ListedConnection:
    """One row: `members` and `others` are codes; `ring`, `tie` and `led_by` are "" while open;
    `hours` in two weeks, None while open."""

    partner: str
    ring: str = ""
    tie: str = ""
    hours: float | None = None
    members: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    led_by: str = ""

    @property
    def pairs(self) -> frozenset[Pair]:
        """Who is linked by it: each member with each other member, else with the partner."""
        here: list[Node] = [("member", code) for code in self.members] or [("groups", "")]
        there: list[Node] = [("member", code) for code in self.others]
        if not there and self.partner:
            there = [("partner", self.partner.casefold())]
        return frozenset(frozenset((one, other)) for one in here for other in there if one != other)


@dataclass(frozen=True)
class Network:
    """All connections, and the members of each group that is listed, by their codes."""

    connections: tuple[ListedConnection, ...]
    groups: tuple[tuple[str, ...], ...] = ()

    def count(self, ring: str) -> int:
        """How many connections belong to a ring."""
        return sum(one.ring == ring for one in self.connections)

    def hours(self, ring: str) -> float | None:
        """The hours of a ring in two weeks; None while nobody said any."""
        said = [one.hours for one in self.connections if one.ring == ring]
        known = [hours for hours in said if hours is not None]
        return sum(known) if known else None

    @property
    def loose_share(self) -> float | None:
        """The share of weak ties among those that are known; None while none is."""
        known = [one.tie for one in self.connections if one.tie in ("weak", "strong")]
        return known.count("weak") / len(known) if known else None

    @property
    def outward_share(self) -> float | None:
        """The share of connections that lead out of a group, of those with a ring."""
        placed = [one.ring for one in self.connections if one.ring]
        return 1 - placed.count(WITHIN) / len(placed) if placed else None

    @property
    def brokered_share(self) -> float | None:
        """The share that leaders or supervisors keep going, of those of which it is known."""
        known = [one.led_by for one in self.connections if one.led_by not in ("", "dont_know")]
        return sum(one in BROKERS for one in known) / len(known) if known else None

    @cached_property
    def pairs(self) -> frozenset[Pair]:
        """Every link once, however many rows speak of it."""
        return frozenset(pair for one in self.connections for pair in one.pairs)

    @cached_property
    def _linked(self) -> frozenset[str]:
        """The codes that any connection names."""
        rows = ((*one.members, *one.others) for one in self.connections)
        return frozenset(code for row in rows for code in row)

    @property
    def alone(self) -> tuple[str, ...]:
        """The members on the list of groups whom no connection names, in its order."""
        listed = dict.fromkeys(code for group in self.groups for code in group)
        return tuple(code for code in listed if code not in self._linked)

    @property
    def groups_alone(self) -> tuple[int, ...]:
        """The places of groups, from 0, whose members are in no connection beyond the group."""
        beyond = [one for one in self.connections if one.ring not in ("", WITHIN)]
        met = frozenset(code for one in beyond for code in (*one.members, *one.others))
        return tuple(at for at, group in enumerate(self.groups) if group and not met & {*group})

    @property
    def group_pairs(self) -> tuple[int, int]:
        """How many pairs of groups have a link between members, and how many pairs there are."""
        pairs = list(combinations([frozenset(group) for group in self.groups if group], 2))
        links = [
            tuple(code for kind, code in pair if kind == "member")
            for pair in self.pairs
            if all(kind == "member" for kind, _ in pair)
        ]
        met = sum(any(_between(link, one, other) for link in links) for one, other in pairs)
        return met, len(pairs)

    @cached_property
    def _neighbours(self) -> Mapping[Node, tuple[Node, ...]]:
        found: dict[Node, list[Node]] = {}
        for one, other in sorted(sorted(pair) for pair in self.pairs):
            found.setdefault(one, []).append(other)
            found.setdefault(other, []).append(one)
        return {node: tuple(sorted(near)) for node, near in sorted(found.items())}

    @cached_property
    def _walk(self) -> _Walk:
        return _Walk(self._neighbours)

    @property
    def parts(self) -> int:
        """How many parts the picture falls into, between which nobody is linked."""
        return self._walk.parts

    @property
    def only_links(self) -> int:
        """Links without which two parts, each of two at least, would no longer reach each other."""
        return self._walk.only_links


def _between(link: Sequence[str], one: frozenset[str], other: frozenset[str]) -> bool:
    first, second = link
    return (first in one and second in other) or (first in other and second in one)


class _Walk:
    """One walk through the depth: the parts, and the links that nothing stands in for.

    A link is the only one where nothing below it reaches above it (Tarjan 1974). No recursion:
    a chain of people may be longer than Python's stack.
    """

    def __init__(self, near: Mapping[Node, tuple[Node, ...]]) -> None:
        self._near = near
        self._order: dict[Node, int] = {}
        self._lowest: dict[Node, int] = {}
        self._size: dict[Node, int] = {}
        self.parts = 0
        self.only_links = 0
        for start in near:
            if start not in self._order:
                self.parts += 1
                self._part(start)

    def _part(self, start: Node) -> None:
        hanging: list[int] = []
        path = [self._enter(start, None)]
        while path:
            node, above, rest = path[-1]
            other = next(rest, None)
            if other is None:
                path.pop()
                if above is not None and self._close(node, above):
                    hanging.append(self._size[node])
            elif other not in self._order:
                path.append(self._enter(other, node))
            elif other != above:
                self._lowest[node] = min(self._lowest[node], self._order[other])
        whole = self._size[start]
        self.only_links += sum(min(size, whole - size) >= LEAST_SIDE for size in hanging)

    def _enter(self, node: Node, above: Node | None) -> tuple[Node, Node | None, Iterator[Node]]:
        self._order[node] = self._lowest[node] = len(self._order)
        self._size[node] = 1
        return node, above, iter(self._near[node])

    def _close(self, node: Node, above: Node) -> bool:
        """Whether the link to `above` is the only one."""
        self._size[above] += self._size[node]
        self._lowest[above] = min(self._lowest[above], self._lowest[node])
        return self._lowest[node] > self._order[above]


def network_of(
    connections: Iterable[Mapping[str, Value]], groups: Iterable[Mapping[str, Value]] = ()
) -> Network:
    """The network in the rows of a worksheet's tables; a row that says nothing is none."""
    rows = tuple(_connection(row) for row in connections if row)
    members = tuple(codes_in(row.get("members")) for row in groups)
    return Network(rows, members)


def _connection(row: Mapping[str, Value]) -> ListedConnection:
    def said(question: str) -> str:
        value = row.get(question)
        return value if isinstance(value, str) else ""

    return ListedConnection(
        partner=said("partner").strip(),
        ring=said("kind"),
        tie=said("tie"),
        hours=float(said("hours")) if said("hours") else None,
        members=codes_in(row.get("member")),
        others=codes_in(row.get("with_code")),
        led_by=said("led_by"),
    )
