"""An instance of the search as flat sequences of integers, people in an order of its own.

The order depends on what people are like and on their rules, not on where they stand on the roster:
so the same people are put into the same groups however they were listed.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from math import log
from random import Random
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from playbook.analysis.workgroups.differences import Differences, Free, Integers
from playbook.analysis.workgroups.loops import (
    BEST_BROKEN,
    BEST_VALUE,
    BROKEN,
    CHANCES,
    DRAWN,
    MET,
    PRIME,
    VALUE,
    Fixed,
    Moving,
    hours_short,
)
from playbook.analysis.workgroups.rules import (
    CommonHours,
    FixedSeat,
    GroupRule,
    Together,
    WishesMet,
    limits,
)

_ROUNDS = 2
"""Of telling people apart: by their differences, then by those of whom they differ from."""


@dataclass(frozen=True)
class Instance:
    """People in the search's order, the sizes of the groups, and rules by that order.

    `order[k]` is the place on the roster of the search's person k.
    """

    differences: Differences
    sizes: tuple[int, ...]
    rules: tuple[GroupRule, ...]
    order: Integers

    @property
    def people(self) -> int:
        """How many there are."""
        return self.differences.people

    @cached_property
    def units(self) -> tuple[tuple[int, ...], ...]:
        """Those who are together, by the first of them: everybody is in one unit."""
        leader = list(range(self.people))

        def lead(person: int) -> int:
            while leader[person] != person:
                person = leader[person]
            return person

        for rule in self.rules:
            if isinstance(rule, Together):
                for one, other in pairwise(rule.people):
                    low, high = sorted((lead(one), lead(other)))
                    leader[high] = low
        found: dict[int, list[int]] = {}
        for person in range(self.people):
            found.setdefault(lead(person), []).append(person)
        return tuple(map(tuple, found.values()))

    @cached_property
    def seats(self) -> dict[int, int]:
        """The group of everybody who has one by a rule, and of those who are together with them."""
        own = {it.person: it.group for it in self.rules if isinstance(it, FixedSeat)}
        return {
            person: own[seated]
            for unit in self.units
            for seated in unit
            if seated in own
            for person in unit
        }

    @cached_property
    def fixed(self) -> Fixed:
        """The instance as the loops take it."""
        order = [person for person in range(self.people) if person not in self.seats]
        unit_of = {person: unit for unit in self.units for person in unit}
        mates = [unit_of[person] for person in range(self.people)]
        listed, low, high, none_too = self._counted()
        hours = self._hours()
        wishes = next((it for it in self.rules if isinstance(it, WishesMet)), None)
        wished = np.zeros((self.people, len(self.sizes)), np.int64)
        for person, groups in enumerate(wishes.wishes if wishes else ()):
            wished[person, list(groups)] = 1
        special = any(isinstance(it, CommonHours | WishesMet) for it in self.rules)
        needed = [it.count for it in self.rules if isinstance(it, CommonHours)]
        return Fixed(
            people=self.people,
            groups=len(self.sizes),
            movable=len(order),
            has_rules=int(special or len(low) > 0),
            has_units=int(len(self.units) < self.people),
            hours=hours.shape[1],
            hours_needed=max(needed, default=0),
            wishes_needed=wishes.count if wishes else 0,
            units=self.differences.units.reshape(-1),
            chances=_CHANCE_TABLE,
            order=_integers(order),
            unit_start=_starts(mates),
            mates=_integers([other for unit in mates for other in unit]),
            rule_start=_starts(listed),
            listed=_integers([rule for own in listed for rule in own]),
            low=low,
            high=high,
            none_too=none_too,
            free=hours.reshape(-1),
            wished=wished.reshape(-1),
            sizes=_integers(self.sizes),
        )

    def _counted(self) -> tuple[list[list[int]], Integers, Integers, Integers]:
        """The rules of each person that count people, and what they allow, group by group."""
        listed: list[list[int]] = [[] for _ in range(self.people)]
        allowed: list[tuple[int, int, bool]] = []
        count = 0
        for rule in self.rules:
            if isinstance(rule, Together | FixedSeat | CommonHours | WishesMet):
                continue
            for person in rule.people:
                listed[person].append(count)
            allowed += limits(rule, self.sizes)
            count += 1
        table = np.array(allowed, np.int64).reshape(-1, 3).T
        return listed, *(np.ascontiguousarray(column) for column in table)  # type: ignore[return-value]

    def _hours(self) -> Integers:
        """Who is available when: a row a person, a column an hour; none without a rule."""
        rules = [it for it in self.rules if isinstance(it, CommonHours)]
        if not rules:
            return np.zeros((self.people, 0), np.int64)
        known = sorted(set().union(*rules[0].hours))
        return np.array([[hour in own for hour in known] for own in rules[0].hours], np.int64)

    def started(self, seed: int) -> list[int] | None:
        """Groups of the right sizes by chance, seats and units respected; None where a unit does
        not fit in what chance has left."""
        room = list(self.sizes)
        label = [-1] * self.people
        chance = Random(seed)
        units = sorted(self.units, key=lambda unit: (-len(unit), chance.random()))
        for unit in sorted(units, key=lambda unit: unit[0] not in self.seats):
            groups = [group for group, left in enumerate(room) if left >= len(unit)]
            if unit[0] in self.seats:
                groups = [group for group in groups if group == self.seats[unit[0]]]
            if not groups:
                return None
            chosen = max(groups, key=lambda group: (room[group], chance.random()))
            room[chosen] -= len(unit)
            for person in unit:
                label[person] = chosen
        return label

    def moving(self, label: Sequence[int], seed: int) -> Moving:
        """The start of a search from these groups."""
        fixed, groups = self.fixed, len(self.sizes)
        own = _integers(label)
        by_group = np.argsort(own, kind="stable")
        begins = np.searchsorted(own[by_group], np.arange(groups))
        units = self.differences.units
        sums = np.add.reduceat(units[by_group], begins, axis=0, dtype=np.int64)
        counts = np.zeros(len(fixed.low), np.int64)
        np.add.at(counts, fixed.listed * groups + np.repeat(own, np.diff(fixed.rule_start)), 1)
        present = np.zeros((groups, fixed.hours), np.int64)
        np.add.at(present, own, fixed.free.reshape(self.people, fixed.hours))
        state = np.zeros(6, np.int64)
        spare = max(map(len, self.units))
        moving = Moving(
            state=state,
            label=own.copy(),
            sums=sums.reshape(-1),
            counts=counts,
            present=present.reshape(-1),
            these=np.zeros(spare, np.int64),
            those=np.zeros(spare, np.int64),
            best=own.copy(),
        )
        state[DRAWN] = Random(seed).randrange(1, PRIME)
        state[VALUE] = int(sums[own, np.arange(self.people)].sum()) // 2
        if fixed.wishes_needed:
            state[MET] = int(fixed.wished.reshape(-1, groups)[np.arange(self.people), own].sum())
        state[BROKEN] = self._breaches(moving)
        state[BEST_VALUE], state[BEST_BROKEN] = state[VALUE], state[BROKEN]
        return moving

    def _breaches(self, moving: Moving) -> int:
        """By how much groups break the rules, added up."""
        fixed = self.fixed
        counts = moving.counts
        off = np.maximum(fixed.low - counts, 0) + np.maximum(counts - fixed.high, 0)
        found = int(np.where((counts == 0) & (fixed.none_too == 1), 0, off).sum())
        if fixed.hours:
            found += sum(hours_short(fixed, moving, group) for group in range(fixed.groups))
        return found + max(0, fixed.wishes_needed - int(moving.state[MET]))


def instance_of(
    differences: Differences, sizes: Sequence[int], rules: Sequence[GroupRule]
) -> Instance:
    """The instance of these people, sizes and rules, in an order that does not depend on theirs."""
    order = np.argsort(_keys(differences, rules), kind="stable")
    place = np.argsort(order, kind="stable")
    moved = tuple(_moved(rule, order, place) for rule in rules)
    return Instance(differences.ordered(order), tuple(sizes), moved, order)


def _moved(rule: GroupRule, order: Integers, place: Integers) -> GroupRule:
    """The rule for people in another order: `order[k]` is who is k now, `place[p]` where p is."""
    match rule:
        case FixedSeat(person=person):
            return replace(rule, person=int(place[person]))
        case CommonHours(hours=hours):
            return replace(rule, hours=tuple(hours[at] for at in order))
        case WishesMet(wishes=wishes):
            return replace(rule, wishes=tuple(wishes[at] for at in order))
        case _:
            return replace(rule, people=tuple(sorted(int(place[person]) for person in rule.people)))


def _keys(differences: Differences, rules: Sequence[GroupRule]) -> NDArray[np.uint64]:
    """A number for each person that two people share only if nothing tells them apart."""
    keys = np.zeros(differences.people, np.uint64)
    for rule in rules:
        for person, text in _concerned(rule):
            keys[person] ^= _mixed(np.array([zlib.crc32(text.encode())], np.uint64))[0]
    units = differences.units
    for _ in range(_ROUNDS):
        seen = _mixed(keys)
        found = np.empty_like(keys)
        for start in range(0, len(keys), 256):
            block = units[start : start + 256].astype(np.uint64)
            found[start : start + 256] = _mixed(block * _ODD + seen[None, :]).sum(axis=1)
        keys = found
    return keys


def _concerned(rule: GroupRule) -> Iterator[tuple[int, str]]:
    """Each person of a rule, with what it says of them."""
    match rule:
        case FixedSeat(person=person, group=group):
            yield person, f"{rule.id} {group}"
        case CommonHours(hours=sets) | WishesMet(wishes=sets):
            yield from ((at, f"{rule.id} {sorted(own)}") for at, own in enumerate(sets))
        case _:
            yield from ((person, rule.id) for person in rule.people)


_ODD = np.uint64(0x9E3779B97F4A7C15)


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number turned into one that says nothing of it (the finaliser of SplitMix64)."""
    with np.errstate(over="ignore"):
        it = numbers + _ODD
        it = (it ^ (it >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        it = (it ^ (it >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return cast("NDArray[np.uint64]", it ^ (it >> np.uint64(31)))


def _starts(rows: Sequence[Sequence[Any]]) -> Integers:
    """Where each row begins when they stand one after the other, and where the last one ends."""
    return _integers([0, *np.cumsum([len(row) for row in rows], dtype=np.int64)])


def _integers(values: Sequence[int]) -> Integers:
    return np.array(values, np.int64)


_CHANCE_TABLE = _integers([round(-log((k + 0.5) / CHANCES) * CHANCES) for k in range(CHANCES)])


def tiny() -> Instance:
    """The smallest instance, of the types that all have."""
    matrix = np.array([[0, 1], [1, 0]], np.int64)
    return instance_of(Differences(2, (Free(matrix),), 1), (1, 1), ())
