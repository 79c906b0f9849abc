"""The lot: who begins when, drawn so that anybody can draw it again.

Groups are ordered by the SHA-256 of "SEED:GROUP", and the first of them take the earliest starts.
So a drawing needs no program of ours: `printf '%s' 'SEED:GROUP' | sha256sum` gives each line of
what is printed. Before the drawing a fingerprint of seed, groups and starts is shown to everybody;
afterwards the seed is told, and everybody can see that nothing was chosen after the fact. `joined`
adds a word that somebody else says aloud once the fingerprint is shown: then not even who picked
the seed could have picked the order.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playbook.model import InputError

Start = int | None
"""The week of the pilot in which a group begins, 0 the first; None: it never does."""

LEAST_SEED = 16
"""A shorter seed could be found from its fingerprint by trying."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """One line of the drawing: a group, the SHA-256 that orders it, and the start it got."""

    group: str
    digest: str
    start: Start


@dataclass(frozen=True, slots=True)
class Lot:
    """A drawing, its lines in the order of the starts."""

    seed: str
    tickets: tuple[Ticket, ...]

    @property
    def order(self) -> tuple[str, ...]:
        """The groups, who begins first before."""
        return tuple(ticket.group for ticket in self.tickets)

    @property
    def starts(self) -> dict[str, Start]:
        """The start of each group."""
        return {ticket.group: ticket.start for ticket in self.tickets}


def draw(groups: Iterable[str], starts: Sequence[Start], seed: str) -> Lot:
    """Who begins when: one of `starts` for each group. In which order they are given is no matter.

    The same groups, starts and seed give the same drawing on every machine.
    """
    names = _names(groups)
    if len(names) != len(starts):
        raise InputError(
            f"The lot needs a start for each group: {len(starts)} starts for {len(names)} groups."
        )
    ordered = sorted((_sha(f"{seed}:{name}"), name) for name in names)
    places = zip(ordered, in_order(starts), strict=True)
    return Lot(seed, tuple(Ticket(name, digest, start) for (digest, name), start in places))


def in_order(starts: Iterable[Start]) -> list[Start]:
    """Starts from the earliest on, those who never begin last."""
    return sorted(starts, key=lambda it: math.inf if it is None else it)


def commitment(groups: Iterable[str], starts: Sequence[Start], seed: str) -> str:
    """The fingerprint to show before the drawing: it says nothing about the order, and fits no
    other seed, groups or starts."""
    if len(seed) < LEAST_SEED:
        raise InputError(
            f"The seed of a lot needs {LEAST_SEED} characters or more, so that its fingerprint "
            f"gives nothing away; this one has {len(seed)}. Let the program make one."
        )
    return _sha(committed_text(groups, starts, seed))


def committed_text(groups: Iterable[str], starts: Sequence[Start], seed: str) -> str:
    """The text whose SHA-256 the fingerprint is, printed when the seed is told."""
    told = {"groups": _names(groups), "starts": in_order(starts), "seed": seed}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def joined(seed: str, said: str) -> str:
    """The seed that the drawing takes when somebody else adds a word after the fingerprint."""
    return f"{seed}+{_plain(said)}"


def _names(groups: Iterable[str]) -> list[str]:
    names = sorted(_plain(group) for group in groups)
    if not all(names) or len(set(names)) < len(names):
        raise InputError("The lot needs a different name for each group.")
    return names


def _plain(text: str) -> str:
    """One way of writing it: a name that looks the same has the same digest."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def _sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
