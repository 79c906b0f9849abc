"""The best of all groupings of a few people: a loop for numba to compile, as in loops.py.

People are bits. Group by group, the best value of each set of people who are in a group already
follows from that of smaller sets: so each set is looked at once, not each grouping.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from playbook.analysis.workgroups.loops import Ints


class Sets(NamedTuple):
    """Which sets of people each group may be, and what was found.

    The sets of group k that hold person b and nobody before are `sets[first[k * people + b] :
    first[k * people + b + 1]]`, worth `worth` each. `mirrored[k]`: from group k on all are alike,
    so that the group may as well have the first person left. `value` at k * 2^people + set: the
    most that k groups of these people are worth, -1 where there are none; `last` the last of them.
    """

    people: int
    groups: int
    sets: Ints
    worth: Ints
    first: Ints
    mirrored: Ints
    value: Ints
    last: Ints


def fill(found: Sets) -> None:
    """Work out `value` and `last`."""
    everybody = 1 << found.people
    for group in range(found.groups):
        here, there = group * everybody, (group + 1) * everybody
        for taken in range(everybody):
            before = found.value[here + taken]
            if before < 0:
                continue
            begin, end = found.first[group * found.people], found.first[(group + 1) * found.people]
            if found.mirrored[group]:
                person = 0
                while (taken >> person) & 1:
                    person += 1
                begin = found.first[group * found.people + person]
                end = found.first[group * found.people + person + 1]
            for at in range(begin, end):
                if found.sets[at] & taken == 0:
                    together = there + taken + found.sets[at]
                    if before + found.worth[at] > found.value[together]:
                        found.value[together] = before + found.worth[at]
                        found.last[together] = found.sets[at]


LOOPS: tuple[Any, ...] = (fill,)
"""All functions, each after those that it calls."""
