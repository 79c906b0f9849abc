"""What each group has of what was chosen, and what each person brings that nobody else there does.

Facts alone, no score of a person: whoever shows them asks for five people before an attribute is
counted (see playbook.report.workgroups).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from playbook.analysis.workgroups.bound import least_alike
from playbook.analysis.workgroups.differences import Differences, gower
from playbook.analysis.workgroups.faultline import faultline
from playbook.analysis.workgroups.plan import Partition
from playbook.worksheet.roster import Attribute, Known, Roster

SHOWN = ("category", "yes_no")
"""Kinds of attributes of which a view may be missing: not numbers and hours."""


@dataclass(frozen=True)
class GroupFacts:
    """A group: `counts` of each value of each attribute, blanks as None; `missing`: values that
    only others have, of what is `SHOWN`; `difference`: of its pairs on average, 0 to 1, None of a
    single person; `faultline`: how near it is to splitting into camps, 0 to 1."""

    people: tuple[int, ...]
    counts: Mapping[str, Mapping[Known, int]]
    missing: Mapping[str, tuple[Known, ...]]
    difference: float | None
    faultline: float


@dataclass(frozen=True)
class PersonFacts:
    """What a person adds to their group: attributes on which nobody else there is like them, and
    those on which at most one other person is."""

    person: int
    group: int
    only: tuple[str, ...]
    rare: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """Groups and people of a partition.

    `difference`: of pairs in groups on average; `by_chance`: of all pairs, which is what groups by
    lot come to; `weakest`: the group with the least. `variety`: of each attribute that is `SHOWN`,
    the share of pairs that differ (Blau's index), of the most that the sizes allow (0 to 1).
    """

    groups: tuple[GroupFacts, ...]
    people: tuple[PersonFacts, ...]
    difference: float
    by_chance: float
    weakest: int
    variety: Mapping[str, float]


def explain(
    partition: Partition, roster: Roster, weights: Mapping[str, float] | None = None
) -> Explanation:
    """What is in the groups of `partition`; `weights` as given to `gower`."""
    differences = gower(roster, weights)
    members = partition.groups  # put together each time it is asked for
    groups = tuple(_group(people, roster, differences) for people in members)
    pairs = sum(size * (size - 1) // 2 for size in partition.sizes)
    inside = sum(_sum_inside(people, differences) for people in members)
    everybody = range(differences.people)
    all_pairs = differences.people * (differences.people - 1) // 2
    told = [it.difference if it.difference is not None else 2.0 for it in groups]
    return Explanation(
        groups=groups,
        people=tuple(_person(at, partition.labels[at], members, roster) for at in everybody),
        difference=inside / max(pairs, 1),
        by_chance=_sum_inside(everybody, differences) / max(all_pairs, 1),
        weakest=told.index(min(told)),
        variety={
            one.name: _variety(one, partition) for one in roster.attributes if one.kind in SHOWN
        },
    )


def _group(people: Sequence[int], roster: Roster, differences: Differences) -> GroupFacts:
    counts = {one.name: Counter(one.values[at] for at in people) for one in roster.attributes}
    missing = {
        one.name: tuple(
            value
            for value in dict.fromkeys(one.values)
            if value not in (None, False) and value not in counts[one.name]
        )
        for one in roster.attributes
        if one.kind in SHOWN
    }
    pairs = len(people) * (len(people) - 1) // 2
    mean = _sum_inside(people, differences) / pairs if pairs else None
    own = list(people)
    strength, _ = faultline(differences.units[own][:, own].tolist())
    return GroupFacts(tuple(people), counts, missing, mean, strength)


def _person(
    person: int, group: int, members: Sequence[Sequence[int]], roster: Roster
) -> PersonFacts:
    alike = {
        one.name: sum(one.values[at] == one.values[person] for at in members[group]) - 1
        for one in roster.attributes
        if one.kind in SHOWN and one.values[person] not in (None, False)
    }
    return PersonFacts(
        person,
        group,
        only=tuple(name for name, others in alike.items() if others == 0),
        rare=tuple(name for name, others in alike.items() if others == 1),
    )


def _sum_inside(people: Sequence[int], differences: Differences) -> float:
    own = list(people)
    total = int(differences.units[own][:, own].sum(dtype="int64"))
    return total / 2 / differences.unit


def _variety(one: Attribute, partition: Partition) -> float:
    """The share of pairs in groups that differ, of the most there could be."""
    found = [Counter(one.values[at] for at in people) for people in partition.groups]
    alike = sum(many * (many - 1) // 2 for counts in found for many in counts.values())
    pairs = sum(size * (size - 1) // 2 for size in partition.sizes)
    most = pairs - least_alike(np.array(list(Counter(one.values).values())), partition.sizes)
    return (pairs - alike) / most if most else 1.0
