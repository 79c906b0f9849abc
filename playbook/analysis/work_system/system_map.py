"""A map of a work system: parts in blocks, links that pass a change on, and two maps compared.

The six blocks are those of the work-system document. Customers and what they are offered frame
them: the document names both in its purpose and leaves them out of its blocks, so the frame is
ours. A link says that a change of `source` may mean that `target` has to change too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from playbook.model import InputError

BLOCKS = ("people", "processes", "information", "technology", "governance", "infrastructure")
FRAME = ("customers", "offering")
PLACES = (*BLOCKS, *FRAME)
"""Where a part may stand: a block, or the frame around all of them."""

Sign = Literal[-1, 0, 1]
"""What a change for the better does to the part behind the link: harms, unsure, helps."""

SIGNS: Mapping[str, Sign] = MappingProxyType({"helps": 1, "harms": -1, "unsure": 0})

Ends = tuple[str, str]
"""The parts at the two ends of a link, by id: where a change comes from, and where it goes."""


@dataclass(frozen=True, slots=True)
class MapPart:
    """One part of the system; `block` is one of PLACES."""

    id: str
    name: str
    block: str


@dataclass(frozen=True, slots=True)
class MapLink:
    """From a part to one that may have to change with it.

    `chance` (0 to 1) is how likely a change is passed on; None while nobody gave it.
    """

    source: str
    target: str
    sign: Sign = 0
    chance: float | None = None

    @property
    def ends(self) -> Ends:
        return self.source, self.target


@dataclass(frozen=True)
class SystemMap:
    """Parts and links as somebody drew them, in their order.

    InputError where an id or a name stands twice, a block is none, or a link has an unknown end,
    leads to itself, stands twice, or has a chance beyond 0 to 1.
    """

    parts: tuple[MapPart, ...] = ()
    links: tuple[MapLink, ...] = ()

    def __post_init__(self) -> None:
        for what, counts in (
            ("id", Counter(part.id for part in self.parts)),
            ("name", Counter(plain(part.name) for part in self.parts)),
        ):
            if twice := next((it for it, count in counts.items() if count > 1), None):
                raise InputError(f"Each part of a map has its own {what}; {twice!r} stands twice.")
        for part in self.parts:
            if part.block not in PLACES:
                known = ", ".join(PLACES)
                raise InputError(
                    f"The block of {part.name!r} is {part.block!r}: use one of {known}."
                )
        seen: set[Ends] = set()
        for link in self.links:
            self._check(link)
            if link.ends in seen:
                raise InputError(f"The link from {link.source!r} to {link.target!r} stands twice.")
            seen.add(link.ends)

    def _check(self, link: MapLink) -> None:
        unknown = [end for end in link.ends if end not in self.by_id]
        if unknown:
            raise InputError(f"A link names {unknown[0]!r}, which is no part of the map: add it.")
        if link.source == link.target:
            raise InputError(f"A link leads from {link.source!r} to itself: choose another part.")
        if link.sign not in (-1, 0, 1):
            raise InputError(f"The sign of a link is -1, 0 or 1; not {link.sign!r}.")
        if link.chance is not None and not 0 <= link.chance <= 1:
            raise InputError(f"The chance of a link is from 0 to 1; not {link.chance!r}.")

    @cached_property
    def by_id(self) -> Mapping[str, MapPart]:
        return {part.id: part for part in self.parts}

    @cached_property
    def leading_on(self) -> Mapping[str, tuple[MapLink, ...]]:
        """The links that begin at each part, in their order."""
        found: dict[str, list[MapLink]] = {part.id: [] for part in self.parts}
        for link in self.links:
            found[link.source].append(link)
        return {part: tuple(links) for part, links in found.items()}

    def in_block(self, block: str) -> tuple[MapPart, ...]:
        return tuple(part for part in self.parts if part.block == block)

    @property
    def filled(self) -> tuple[str, ...]:
        """The blocks with a part, in the order of BLOCKS; the frame is none of them."""
        return tuple(block for block in BLOCKS if self.in_block(block))

    @property
    def unlinked(self) -> tuple[MapPart, ...]:
        """Parts that no link touches."""
        touched = {end for link in self.links for end in link.ends}
        return tuple(part for part in self.parts if part.id not in touched)

    def by_name(self) -> SystemMap:
        """The same map with plain names for ids, so that two people's maps can be laid together."""
        names = {part.id: plain(part.name) for part in self.parts}
        return SystemMap(
            tuple(replace(part, id=names[part.id]) for part in self.parts),
            tuple(
                replace(link, source=names[link.source], target=names[link.target])
                for link in self.links
            ),
        )


def plain(name: str) -> str:
    """A name without regard to capitals and spaces: what makes two people's parts the same one."""
    return " ".join(name.split()).casefold()


# --------------------------------------------------------------------------- two versions


@dataclass(frozen=True, slots=True)
class MapChanges:
    """What differs between an older and a newer version; parts are the same by id.

    `renamed` and `moved` (to another block) are parts as they are now; `changed` are links with
    another sign or chance, as they were and as they are.
    """

    new_parts: tuple[MapPart, ...]
    gone_parts: tuple[MapPart, ...]
    renamed: tuple[MapPart, ...]
    moved: tuple[MapPart, ...]
    new_links: tuple[MapLink, ...]
    gone_links: tuple[MapLink, ...]
    changed: tuple[tuple[MapLink, MapLink], ...]

    def __bool__(self) -> bool:
        found = (self.new_parts, self.gone_parts, self.renamed, self.moved)
        return any((*found, self.new_links, self.gone_links, self.changed))


def changes(old: SystemMap, new: SystemMap) -> MapChanges:
    """What was added, taken away and altered from `old` to `new`."""
    before, now = _by_ends(old.links), _by_ends(new.links)
    both = [(old.by_id[part.id], part) for part in new.parts if part.id in old.by_id]
    return MapChanges(
        new_parts=tuple(part for part in new.parts if part.id not in old.by_id),
        gone_parts=tuple(part for part in old.parts if part.id not in new.by_id),
        renamed=tuple(part for was, part in both if was.name != part.name),
        moved=tuple(part for was, part in both if was.block != part.block),
        new_links=tuple(link for link in new.links if link.ends not in before),
        gone_links=tuple(link for link in old.links if link.ends not in now),
        changed=tuple(
            (before[ends], link)
            for ends, link in now.items()
            if ends in before and before[ends] != link
        ),
    )


def _by_ends(links: Iterable[MapLink]) -> dict[Ends, MapLink]:
    return {link.ends: link for link in links}


# --------------------------------------------------------------------------- two people


@dataclass(frozen=True, slots=True)
class TwoMaps:
    """What two people should talk about, in that order: links only one of them drew, links to
    which they give opposite signs, and links by how far apart their chances are, the widest first.

    Parts are the same by name. A pair has one's link, then the other's.
    """

    only_one: tuple[MapLink, ...]
    only_other: tuple[MapLink, ...]
    opposite: tuple[tuple[MapLink, MapLink], ...]
    apart: tuple[tuple[MapLink, MapLink], ...]
    parts_only_one: tuple[MapPart, ...]
    parts_only_other: tuple[MapPart, ...]


def lay_together(one: SystemMap, other: SystemMap) -> TwoMaps:
    """Two maps that two people drew, each alone; ids in the result are plain names."""
    first, second = one.by_name(), other.by_name()
    ours, theirs = _by_ends(first.links), _by_ends(second.links)
    both = [(link, theirs[ends]) for ends, link in ours.items() if ends in theirs]
    apart = [pair for pair in both if _distance(pair)]
    return TwoMaps(
        only_one=_only(first, theirs.__contains__),
        only_other=_only(second, ours.__contains__),
        opposite=tuple(pair for pair in both if pair[0].sign * pair[1].sign == -1),
        apart=tuple(sorted(apart, key=_distance, reverse=True)),
        parts_only_one=tuple(part for part in first.parts if part.id not in second.by_id),
        parts_only_other=tuple(part for part in second.parts if part.id not in first.by_id),
    )


def _only(drawn: SystemMap, elsewhere: Callable[[Ends], bool]) -> tuple[MapLink, ...]:
    return tuple(link for link in drawn.links if not elsewhere(link.ends))


def _distance(pair: tuple[MapLink, MapLink]) -> float:
    """How far apart two chances are; nothing where one is open."""
    one, other = (link.chance for link in pair)
    return 0.0 if one is None or other is None else abs(one - other)
