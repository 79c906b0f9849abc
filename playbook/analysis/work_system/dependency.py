"""A map as a design structure matrix: which parts hang together, and what a change costs.

A link counts as drawn, whatever its chance and sign. Change cost is the share of all pairs of
parts, each with itself included, in which a change of one can reach the other (propagation cost,
MacCormack, Rusnak and Baldwin 2006). Clusters are found by greedy modularity (Clauset, Newman and
Moore 2004), each pair of parts weighing as many links as there are between them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from playbook.analysis.work_system.ripple import reachable
from playbook.analysis.work_system.system_map import MapLink, SystemMap

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True, slots=True)
class Structure:
    """What the links of a map say about its shape; parts are ids, in the order of the map.

    `clusters`: parts that have more to do with each other than with the rest, the largest first.
    `across`: links between clusters, where an interface is. `change_cost` and `coupling` (0 to 1):
    the share of pairs a change can reach, and the share of links that lead out of their cluster;
    None where there is no part or no link. `order`: parts so that few links lead back;
    `rounds`: parts that can't be put in order, for each hangs on the others.
    """

    clusters: tuple[tuple[str, ...], ...]
    across: tuple[MapLink, ...]
    change_cost: float | None
    coupling: float | None
    order: tuple[str, ...]
    rounds: tuple[tuple[str, ...], ...]
    reaches: Mapping[str, int]
    """How many other parts a change of each can reach."""

    def back(self, links: Sequence[MapLink]) -> tuple[MapLink, ...]:
        """Those of `links` that lead back in the order."""
        place = {part: at for at, part in enumerate(self.order)}
        return tuple(link for link in links if place[link.source] > place[link.target])


def structure(drawn: SystemMap) -> Structure:
    """The shape of a map; the same for the same map, whatever the machine."""
    graph = _graph(drawn)
    place = {part.id: at for at, part in enumerate(drawn.parts)}
    clusters = _clusters(graph, place)
    cluster = {part: at for at, parts in enumerate(clusters) for part in parts}
    across = tuple(it for it in drawn.links if cluster[it.source] != cluster[it.target])
    reaches = {part: len(reachable(drawn, [part])) - 1 for part in place}
    count = len(place)
    order, rounds = _order(graph, place)
    return Structure(
        clusters=clusters,
        across=across,
        change_cost=(sum(reaches.values()) + count) / count**2 if count else None,
        coupling=len(across) / len(drawn.links) if drawn.links else None,
        order=order,
        rounds=rounds,
        reaches=reaches,
    )


def without(drawn: SystemMap, gone: Sequence[str]) -> SystemMap:
    """The map without some parts and their links: what a change would cost if they were apart."""
    left = frozenset(gone)
    return SystemMap(
        tuple(part for part in drawn.parts if part.id not in left),
        tuple(link for link in drawn.links if not left & {*link.ends}),
    )


def _graph(drawn: SystemMap) -> nx.DiGraph:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(part.id for part in drawn.parts)
    graph.add_edges_from(link.ends for link in drawn.links)
    return graph


def _clusters(graph: nx.DiGraph, place: Mapping[str, int]) -> tuple[tuple[str, ...], ...]:
    import networkx as nx

    if not graph.number_of_edges():
        return tuple((part,) for part in place)
    both = nx.Graph()
    both.add_nodes_from(graph)
    for one, other in graph.edges:
        weight = both.get_edge_data(one, other, {"weight": 0})["weight"]
        both.add_edge(one, other, weight=weight + 1)
    found = nx.community.greedy_modularity_communities(both, weight="weight")
    clusters = (tuple(sorted(parts, key=place.__getitem__)) for parts in found)
    return tuple(sorted(clusters, key=lambda parts: (-len(parts), place[parts[0]])))


def _order(
    graph: nx.DiGraph, place: Mapping[str, int]
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Parts before those that hang on them; of parts that hang on each other, as on the map."""
    import networkx as nx

    whole = nx.condensation(graph)
    members = {
        node: tuple(sorted(found, key=place.__getitem__))
        for node, found in whole.nodes.data("members")
    }
    steps = nx.lexicographical_topological_sort(whole, key=lambda node: place[members[node][0]])
    groups = [members[node] for node in steps]
    return (
        tuple(part for parts in groups for part in parts),
        tuple(parts for parts in groups if len(parts) > 1),
    )
