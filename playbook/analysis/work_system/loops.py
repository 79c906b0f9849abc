"""Feedback on a map: every way that leads back to where it began, and what it does to itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from playbook.analysis.work_system.system_map import Sign, SystemMap

LONGEST = 6
"""Parts in a loop: in a longer one nobody sees the connection any more."""
MOST = 500
"""Loops that are told; a dense map has thousands."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Parts by id, from the one that stands first on the map; the last leads back to the first.

    `sign`: 1 where a change strengthens itself, -1 where it holds itself in check, 0 where a link
    is unsure.
    """

    parts: tuple[str, ...]
    sign: Sign


@dataclass(frozen=True, slots=True)
class Feedback:
    """The loops, the shortest first; `more` where a map has more than were asked for."""

    loops: tuple[Loop, ...]
    more: bool = False


def feedback(drawn: SystemMap, *, longest: int = LONGEST, most: int = MOST) -> Feedback:
    """Every loop of up to `longest` parts, `most` of them at the most."""
    signs = {link.ends: link.sign for link in drawn.links}
    place = {part.id: at for at, part in enumerate(drawn.parts)}
    found = [_from_the_first(cycle, place) for cycle in islice(_cycles(drawn, longest), most + 1)]
    found.sort(key=lambda parts: (len(parts), [place[part] for part in parts]))
    loops = tuple(Loop(parts, _sign(parts, signs)) for parts in found[:most])
    return Feedback(loops, len(found) > most)


def _cycles(drawn: SystemMap, longest: int) -> Iterator[list[str]]:
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from(part.id for part in drawn.parts)
    graph.add_edges_from(link.ends for link in drawn.links)
    yield from nx.simple_cycles(graph, length_bound=longest)


def _from_the_first(cycle: list[str], place: dict[str, int]) -> tuple[str, ...]:
    first = min(range(len(cycle)), key=lambda at: place[cycle[at]])
    return (*cycle[first:], *cycle[:first])


def _sign(parts: tuple[str, ...], signs: dict[tuple[str, str], Sign]) -> Sign:
    found: Sign = 1
    for ends in zip(parts, (*parts[1:], parts[0]), strict=True):
        if not signs[ends]:
            return 0
        found = 1 if found == signs[ends] else -1
    return found
