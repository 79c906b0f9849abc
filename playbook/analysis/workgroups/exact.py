"""The best groups of a few people, for sure: every set that a group may be is looked at."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

import numpy as np

from playbook.analysis.workgroups import enumeration
from playbook.analysis.workgroups.compiled import COMPILER
from playbook.analysis.workgroups.differences import Integers
from playbook.analysis.workgroups.enumeration import Sets
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.rules import CommonHours, FixedSeat, Together, WishesMet, limits
from playbook.analysis.workgroups.search import as_lists

PEOPLE_MOST = 16
PEOPLE_AT_ONCE = 12
"""So few take milliseconds, compiled or not."""


def enumerable(instance: Instance, people: int = PEOPLE_MOST) -> bool:
    """Whether the groups can be enumerated: of so many people, and no rule about all of them."""
    return instance.people <= people and not any(isinstance(r, WishesMet) for r in instance.rules)


def enumerated(instance: Instance) -> tuple[list[int], int] | None:
    """The best groups of an instance that is `enumerable`, in its order, and their value in units;
    None where none keep the rules."""
    people, groups = instance.people, len(instance.sizes)
    sets = sets_of(instance)
    compiled = COMPILER.ready()
    if compiled is not None:
        compiled.fill(sets)
    else:
        lists = as_lists(sets)
        enumeration.fill(lists)
        sets.value[:], sets.last[:] = lists.value, lists.last
    everybody = 1 << people
    left = everybody - 1
    best = int(sets.value[groups * everybody + left])
    if best < 0:
        return None
    label = [0] * people
    for group in reversed(range(groups)):
        own = int(sets.last[(group + 1) * everybody + left])
        left -= own
        for person in range(people):
            if own >> person & 1:
                label[person] = group
    return label, best


def sets_of(instance: Instance) -> Sets:
    """The sets that each group may be, and room for what is found."""
    people, groups, sizes = instance.people, len(instance.sizes), instance.sizes
    labelled = any(rule.labelled for rule in instance.rules)
    sets, worth, first = [], [], [0]
    for group in range(groups):
        allowed, value = _allowed(instance, group)
        lowest = allowed & -allowed
        for person in range(people):
            own = lowest == 1 << person
            sets.append(allowed[own])
            worth.append(value[own])
            first.append(first[-1] + int(own.sum()))
    alike = [not labelled and len(set(sizes[group:])) == 1 for group in range(groups)]
    values = np.full((groups + 1) << people, -1, np.int64)
    values[0] = 0
    return Sets(
        people=people,
        groups=groups,
        sets=np.concatenate(sets),
        worth=np.concatenate(worth),
        first=np.array(first, np.int64),
        mirrored=np.array(alike, np.int64),
        value=values,
        last=np.zeros_like(values),
    )


@lru_cache(2)
def _subsets(people: int, size: int) -> Integers:
    """All sets of so many people, a row each, 1 for those who are in it."""
    members = np.array(list(combinations(range(people), size)), np.int64)
    inside = np.zeros((len(members), people), np.int64)
    np.put_along_axis(inside, members, 1, axis=1)
    return inside


def _allowed(instance: Instance, group: int) -> tuple[Integers, Integers]:
    """The sets of people that a group may be by its rules, and what each is worth, in units."""
    size, people = instance.sizes[group], instance.people
    inside = _subsets(people, size)
    kept = np.ones(len(inside), bool)
    for unit in instance.units:
        kept &= np.isin(inside[:, unit].sum(axis=1), (0, len(unit)))
    for person, seat in instance.seats.items():
        kept &= inside[:, person] == (seat == group)
    for rule in instance.rules:
        match rule:
            case CommonHours(hours=hours, count=count):
                every = sorted(set().union(*hours))
                free = np.array([[hour in own for hour in every] for own in hours], np.int64)
                kept &= (inside @ free == size).sum(axis=1) >= count
            case Together() | FixedSeat() | WishesMet():
                pass  # in units and seats; not enumerable
            case _:
                low, high, none_too = limits(rule, instance.sizes)[group]
                found = inside[:, list(rule.people)].sum(axis=1)
                kept &= ((found >= low) & (found <= high)) | ((found == 0) & none_too)
    inside = inside[kept]
    worth = ((inside @ instance.differences.units.astype(np.int64)) * inside).sum(axis=1) // 2
    return (inside << np.arange(people)).sum(axis=1), worth
