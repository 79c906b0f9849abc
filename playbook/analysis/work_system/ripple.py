"""What a change sets in motion: the chance that each other part must change too.

Each link passes a change on with the chance that somebody gave it, independently of every other;
nothing is damped, nothing is preset, and a link without a chance passes nothing on and is counted.
Over a few links all ways that they may fall out are added up; over more, seeded draws are counted.
Each link has draws of its own, by its place on the map, and they stay: a chance that rises can
only add parts to a draw, so more chance never means less ripple.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from playbook.analysis.work_system.system_map import PLACES, MapLink, Sign, SystemMap
from playbook.model import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_EXACT = 16
"""So many links are added up exactly: 65,536 ways."""
DRAWS = 4_096
SEED = 1


@dataclass(frozen=True, slots=True)
class Ripple:
    """The chance (0 to 1) of each part to have to change, by id, 1 where the change begins.

    `draws`: how many were counted, 0 where all ways were added up. `open_links` had no chance.
    """

    begins: tuple[str, ...]
    chances: Mapping[str, float]
    draws: int
    open_links: int

    @property
    def exact(self) -> bool:
        return not self.draws

    def margin(self, part: str) -> float:
        """Half the width of the 95% range that so many draws leave (normal, 1.96 deviations)."""
        share = self.chances[part]
        return 1.96 * (share * (1 - share) / self.draws) ** 0.5 if self.draws else 0.0


def ripple(
    drawn: SystemMap, begins: Iterable[str], *, draws: int = DRAWS, seed: int = SEED
) -> Ripple:
    """What follows when the parts `begins` (ids) change; with none of them, nothing does."""
    starts = tuple(dict.fromkeys(begins))
    _check(drawn, starts)
    if draws < 1:
        raise InputError(f"Draws are 1 or more; not {draws}.")
    within = reachable(drawn, starts)
    places = [at for at, link in enumerate(drawn.links) if link.source in within]
    told = [at for at in places if drawn.links[at].chance is not None]
    open_links = len(places) - len(told)
    # By how the map is drawn and not by its chances: so a chance never changes the way of counting.
    exact = len(told) <= MOST_EXACT
    chances = dict.fromkeys((part.id for part in drawn.parts), 0.0)
    chances |= dict.fromkeys(starts, 1.0)
    if told and starts:
        links = [drawn.links[at] for at in told]
        chances |= _added_up(links, starts) if exact else _drawn(drawn, links, starts, draws, seed)
    return Ripple(starts, chances, 0 if exact else draws, open_links)


def reachable(drawn: SystemMap, begins: Iterable[str]) -> frozenset[str]:
    """The parts that hang on `begins` by links of whatever chance, themselves included."""
    found = set(begins)
    waiting = list(found)
    while waiting:
        ahead = {link.target for link in drawn.leading_on[waiting.pop()]} - found
        found |= ahead
        waiting += ahead
    return frozenset(found)


def _check(drawn: SystemMap, parts: Iterable[str]) -> None:
    for part in parts:
        if part not in drawn.by_id:
            raise InputError(f"A change begins at {part!r}, which is no part of the map.")


# --------------------------------------------------------------------------- counting


def _added_up(links: Sequence[MapLink], starts: tuple[str, ...]) -> dict[str, float]:
    """All ways that links may fall out, each with its chance; only unsure links double them."""
    import numpy as np

    unsure = [link for link in links if link.chance not in (0, 1)]
    ways = np.arange(2 ** len(unsure))
    weights = np.ones(len(ways))
    passes = {link.ends: np.full(len(ways), link.chance == 1) for link in links}
    for at, link in enumerate(unsure):
        assert link.chance is not None
        passes[link.ends] = (ways >> at & 1).astype(bool)
        weights *= np.where(passes[link.ends], link.chance, 1 - link.chance)
    falls = _as_sets(np.array([passes[link.ends] for link in links]))
    size = -(-len(ways) // 8)
    kept = {
        part: np.unpackbits(np.frombuffer(found.to_bytes(size), np.uint8), count=len(ways))
        for part, found in _reached(links, falls, starts).items()
    }
    return {part: min(1.0, float(weights @ bits)) for part, bits in kept.items()}


def _drawn(
    drawn: SystemMap, links: Sequence[MapLink], starts: tuple[str, ...], draws: int, seed: int
) -> dict[str, float]:
    """The share of draws in which each part is reached."""
    import numpy as np

    levels = np.array([link.chance or 0 for link in drawn.links], dtype=np.float32)
    passes = _uniform(len(drawn.links), draws, seed) < levels[:, None]
    every = dict(zip((link.ends for link in drawn.links), _as_sets(passes), strict=True))
    reached = _reached(links, [every[link.ends] for link in links], starts)
    return {part: found.bit_count() / draws for part, found in reached.items()}


@lru_cache(maxsize=1)  # a chance that is moved asks for the same ones again and again
def _uniform(links: int, draws: int, seed: int) -> NDArray[np.float32]:
    """Numbers from 0 to below 1, of shape (links, draws); a line of its own for each link, so that
    a link that is added at the end leaves those before it as they were."""
    import numpy as np

    found = np.random.default_rng(seed).random((links, draws), dtype=np.float32)
    found.flags.writeable = False
    return found


def _as_sets(passes: NDArray[np.bool_]) -> list[int]:
    """For each link the ways in which it passes a change on: a bit each, in one long whole number,
    for to combine a few such is many times as quick as to combine rows of an array."""
    import numpy as np

    return [int.from_bytes(bits.tobytes()) for bits in np.packbits(passes, axis=1)]


def _reached(
    links: Sequence[MapLink], falls: Sequence[int], starts: tuple[str, ...]
) -> dict[str, int]:
    """For each part other than `starts`, in which of the ways it is reached."""
    ahead: dict[str, list[tuple[str, int]]] = {end: [] for link in links for end in link.ends}
    for link, ways in zip(links, falls, strict=True):
        ahead[link.source].append((link.target, ways))
    reached = dict.fromkeys((*ahead, *starts), 0)
    reached |= dict.fromkeys(starts, -1)  # in every way
    waiting = dict.fromkeys(starts)  # as a queue: what was reached in more ways than it passed on
    while waiting:
        here = next(iter(waiting))
        del waiting[here]
        for target, ways in ahead.get(here, ()):
            grown = reached[target] | reached[here] & ways
            if grown != reached[target]:
                reached[target] = grown
                waiting[target] = None
    return {part: ways for part, ways in reached.items() if part not in starts}


# --------------------------------------------------------------------------- chains


@dataclass(frozen=True, slots=True)
class StrongestChain:
    """A way of parts, from where a change begins to where it arrives; the links' chances
    multiplied, and what they do together (0 where one is unsure)."""

    parts: tuple[str, ...]
    chance: float
    sign: Sign


def strongest_chains(drawn: SystemMap, begins: Iterable[str]) -> dict[str, StrongestChain]:
    """The most likely single way to each part that can be reached; the shorter of two equals.

    It is one way of many: a part may well have to change though each way to it is unlikely.
    """
    starts = tuple(dict.fromkeys(begins))
    _check(drawn, starts)
    found: dict[str, StrongestChain] = {}
    rank = {part.id: at for at, part in enumerate(drawn.parts)}
    heap = [(-1.0, 1, rank[start], StrongestChain((start,), 1.0, 1)) for start in starts]
    heapq.heapify(heap)
    tie = len(rank)  # keeps equal chains in the order in which they were found
    while heap:
        *_, chain = heapq.heappop(heap)
        here = chain.parts[-1]
        if here in found:
            continue
        found[here] = chain
        for link in drawn.leading_on[here]:
            if link.chance and link.target not in found:
                tie += 1
                chance, sign = chain.chance * link.chance, _times(chain.sign, link.sign)
                parts = (*chain.parts, link.target)
                heapq.heappush(
                    heap, (-chance, len(parts), tie, StrongestChain(parts, chance, sign))
                )
    return {part: chain for part, chain in found.items() if part not in starts}


def _times(one: Sign, other: Sign) -> Sign:
    return 0 if 0 in (one, other) else 1 if one == other else -1


# --------------------------------------------------------------------------- helps and harms


@dataclass(frozen=True, slots=True)
class BlockEffect:
    """Which parts of a block a change for the better helps, which it harms, and of which it is
    not sure: ways of both signs lead there, or one with an unsure link."""

    block: str
    helps: tuple[str, ...]
    harms: tuple[str, ...]
    unsure: tuple[str, ...]


def effects(drawn: SystemMap, begins: Iterable[str]) -> dict[str, Sign]:
    """What a change for the better does to each part it can reach: 1 helps, -1 harms, 0 unsure.

    A link without a chance leads on: it may pass the change on, and nobody said how likely.
    """
    starts = tuple(dict.fromkeys(begins))
    _check(drawn, starts)
    found: dict[str, set[Sign]] = {start: {1} for start in starts}
    waiting: list[tuple[str, Sign]] = [(start, 1) for start in starts]
    while waiting:
        here, sign = waiting.pop()
        for link in drawn.leading_on[here]:
            ahead = _times(sign, link.sign)
            signs = found.setdefault(link.target, set())
            if link.chance != 0 and ahead not in signs:
                signs.add(ahead)
                waiting.append((link.target, ahead))
    kept = {part: signs for part, signs in found.items() if signs and part not in starts}
    return {part: next(iter(signs)) if len(signs) == 1 else 0 for part, signs in kept.items()}


def by_block(drawn: SystemMap, begins: Iterable[str]) -> tuple[BlockEffect, ...]:
    """The same by block and frame, those that the change reaches, in the order of PLACES."""
    told = effects(drawn, begins)

    def of(block: str, sign: Sign) -> tuple[str, ...]:
        return tuple(part.id for part in drawn.in_block(block) if told.get(part.id) == sign)

    every = (BlockEffect(block, of(block, 1), of(block, -1), of(block, 0)) for block in PLACES)
    return tuple(it for it in every if it.helps or it.harms or it.unsure)
