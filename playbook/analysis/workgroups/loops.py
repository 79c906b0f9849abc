"""The loops of the search, in whole numbers and plain Python, for numba to compile.

Each function does the very same as it stands, on lists, and compiled, on arrays: nothing rounds,
and chance comes from `draw`. So all data are flat sequences of integers, and a function calls
functions of this module alone. compiled.py says how they are compiled.

What is known of group g and person p stands at g * people + p, of person p and group g at
p * groups + g.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Ints = Any
"""A flat sequence of integers: a list, or an array of int64 (of int32: `units`)."""

PRIME, MULTIPLIER = 2147483647, 48271
"""Of the generator of Park and Miller (1993): no product of two of its numbers leaves 64 bits."""

CHANCES = 1024
"""So many exponential variates are in the table `chances`, each times so much."""

DRAWN, VALUE, BROKEN, MET, BEST_VALUE, BEST_BROKEN = range(6)
"""Places in `Moving.state`: the generator's last number, the value of the present groups, by how
much they break rules, how many wishes they meet; value and breaches of the best so far."""


class Fixed(NamedTuple):
    """An instance: who differs how much, who may be moved, and the rules.

    `order`: the people who may be moved. `mates[unit_start[p]:unit_start[p+1]]`: those whom p is
    together with, p included. Rules that count are listed by person:
    `listed[rule_start[p]:rule_start[p+1]]`; what each allows in each group is in `low`, `high` and
    `none_too`, at rule * groups + group. `free`: person * hours + hour.
    """

    people: int
    groups: int
    movable: int
    has_rules: int
    has_units: int
    hours: int
    hours_needed: int
    wishes_needed: int
    units: Ints
    chances: Ints
    order: Ints
    unit_start: Ints
    mates: Ints
    rule_start: Ints
    listed: Ints
    low: Ints
    high: Ints
    none_too: Ints
    free: Ints
    wished: Ints
    sizes: Ints


class Moving(NamedTuple):
    """Groups during a search. `sums` at group * people + person: the person's differences from the
    group's people, added up. `counts` at rule * groups + group, `present` at group * hours + hour.
    `these` and `those` are about to be exchanged. `best`: the labels of the best groups so far."""

    state: Ints
    label: Ints
    sums: Ints
    counts: Ints
    present: Ints
    these: Ints
    those: Ints
    best: Ints


def draw(moving: Moving, below: int) -> int:
    """A whole number from 0 to below `below`."""
    moving.state[DRAWN] = moving.state[DRAWN] * MULTIPLIER % PRIME
    return int((moving.state[DRAWN] * below) >> 31)


def breach(low: int, high: int, none_too: int, count: int) -> int:
    """How far a count is from what is allowed."""
    if count == 0 and none_too:
        return 0
    return max(0, low - count) + max(0, count - high)


def hours_short(fixed: Fixed, moving: Moving, group: int) -> int:
    """How many hours a group has too few in which everybody is available."""
    common = 0
    for hour in range(fixed.hours):
        if moving.present[group * fixed.hours + hour] == fixed.sizes[group]:
            common += 1
    return max(0, fixed.hours_needed - common)


def count_move(fixed: Fixed, moving: Moving, person: int, there: int, here: int) -> int:
    """Count a person in group `here` and no longer in `there`; how much more rules are broken.

    Hours are counted too, but judged by whoever has moved everybody.
    """
    more = 0
    for at in range(fixed.rule_start[person], fixed.rule_start[person + 1]):
        base = fixed.listed[at] * fixed.groups
        for step in range(2):
            where = base + (here if step else there)
            low, high, none_too = fixed.low[where], fixed.high[where], fixed.none_too[where]
            more -= breach(low, high, none_too, moving.counts[where])
            moving.counts[where] += 2 * step - 1
            more += breach(low, high, none_too, moving.counts[where])
    if fixed.wishes_needed:
        row = person * fixed.groups
        more -= max(0, fixed.wishes_needed - moving.state[MET])
        moving.state[MET] += fixed.wished[row + here] - fixed.wished[row + there]
        more += max(0, fixed.wishes_needed - moving.state[MET])
    for hour in range(fixed.hours):
        free = fixed.free[person * fixed.hours + hour]
        moving.present[there * fixed.hours + hour] -= free
        moving.present[here * fixed.hours + hour] += free
    return more


def recount(fixed: Fixed, moving: Moving, size: int, here: int, there: int) -> int:
    """Count `these` in group `there` and `those` in `here`; how much more rules are broken."""
    more = 0
    if fixed.hours:
        more -= hours_short(fixed, moving, here) + hours_short(fixed, moving, there)
    for at in range(size):
        more += count_move(fixed, moving, moving.these[at], here, there)
        more += count_move(fixed, moving, moving.those[at], there, here)
    if fixed.hours:
        more += hours_short(fixed, moving, here) + hours_short(fixed, moving, there)
    return more


def alone(fixed: Fixed, person: int) -> bool:
    """Whether a person may be moved without others."""
    return bool(fixed.unit_start[person + 1] - fixed.unit_start[person] == 1)


def gather(fixed: Fixed, moving: Moving, one: int, other: int) -> int:
    """Leave in `these` and `those` who is exchanged if `one` and `other` are: whole units, as many
    people on each side. How many; 0 where no others fit."""
    size = fixed.unit_start[one + 1] - fixed.unit_start[one]
    if fixed.unit_start[other + 1] - fixed.unit_start[other] > size:
        one, other = other, one
        size = fixed.unit_start[one + 1] - fixed.unit_start[one]
    for at in range(size):
        moving.these[at] = fixed.mates[fixed.unit_start[one] + at]
    found = 0
    for at in range(fixed.unit_start[other], fixed.unit_start[other + 1]):
        moving.those[found] = fixed.mates[at]
        found += 1
    lead, start = moving.those[0], draw(moving, fixed.movable)
    for at in range(fixed.movable):
        if found == size:
            break
        person = fixed.order[(start + at) % fixed.movable]
        begin, end = fixed.unit_start[person], fixed.unit_start[person + 1]
        if moving.label[person] != moving.label[other] or person == lead:
            continue
        if fixed.mates[begin] == person and found + end - begin <= size:
            for place in range(begin, end):
                moving.those[found] = fixed.mates[place]
                found += 1
    return size if found == size else 0


def gain(fixed: Fixed, moving: Moving, size: int, here: int, there: int) -> int:
    """How much the value grows by exchanging `these` (in group `here`) for `those` (`there`)."""
    left, right = here * fixed.people, there * fixed.people
    total = 0
    for at in range(size):
        one, other = moving.these[at], moving.those[at]
        total += moving.sums[right + one] - moving.sums[left + one]
        total += moving.sums[left + other] - moving.sums[right + other]
        row, column = one * fixed.people, other * fixed.people
        for to in range(size):
            mine, yours = moving.these[to], moving.those[to]
            total += fixed.units[row + mine] + fixed.units[column + yours]
            total -= 2 * fixed.units[row + yours]
    return total


def exchange(fixed: Fixed, moving: Moving, size: int, here: int, there: int) -> None:
    """Exchange `these` for `those` in labels and sums; rules were counted before."""
    left, right = here * fixed.people, there * fixed.people
    for at in range(size):
        one, other = moving.these[at], moving.those[at]
        moving.label[one] = there
        moving.label[other] = here
        row, column = one * fixed.people, other * fixed.people
        for person in range(fixed.people):
            change = fixed.units[row + person] - fixed.units[column + person]
            moving.sums[right + person] += change
            moving.sums[left + person] -= change


def remember(fixed: Fixed, moving: Moving) -> None:
    """Keep the present groups if they are the best so far: by breaches first, then by value."""
    state = moving.state
    if state[BROKEN] > state[BEST_BROKEN]:
        return
    if state[BROKEN] < state[BEST_BROKEN] or state[VALUE] > state[BEST_VALUE]:
        state[BEST_VALUE] = state[VALUE]
        state[BEST_BROKEN] = state[BROKEN]
        for person in range(fixed.people):
            moving.best[person] = moving.label[person]


def anneal(fixed: Fixed, moving: Moving, steps: int, temperature: int, price: int) -> None:
    """Try so many exchanges at one temperature (Metropolis et al. 1953).

    One that costs something is made with the chance exp(-cost / temperature); a breach of a rule
    costs `price`. Differences and temperature are in units.
    """
    label = moving.label
    for _ in range(steps):
        one = fixed.order[draw(moving, fixed.movable)]
        other = fixed.order[draw(moving, fixed.movable)]
        if label[one] == label[other]:
            continue
        size = 1
        moving.these[0] = one
        moving.those[0] = other
        if fixed.has_units and not (alone(fixed, one) and alone(fixed, other)):
            size = gather(fixed, moving, one, other)
            if size == 0:
                continue
        here, there = label[moving.these[0]], label[moving.those[0]]
        more = gain(fixed, moving, size, here, there)
        most = -1  # what it may cost, once chance has said
        if more < 0 and moving.state[BROKEN] == 0:  # rules can only add to what it costs
            most = temperature * fixed.chances[draw(moving, CHANCES)]
            if -more * CHANCES > most:
                continue
        broken = recount(fixed, moving, size, here, there) if fixed.has_rules else 0
        cost = price * broken - more
        if cost > 0 and most < 0:
            most = temperature * fixed.chances[draw(moving, CHANCES)]
        if cost > 0 and cost * CHANCES > most:
            if fixed.has_rules:
                recount(fixed, moving, size, there, here)
            continue
        exchange(fixed, moving, size, here, there)
        moving.state[VALUE] += more
        moving.state[BROKEN] += broken
        if more > 0 or broken < 0:
            remember(fixed, moving)


def climb(fixed: Fixed, moving: Moving, price: int) -> int:
    """Make every exchange of two people that pays, until none is left; how many were tried."""
    label = moving.label
    tried, better = 0, True
    while better:
        better = False
        for at in range(fixed.movable):
            one = fixed.order[at]
            if not alone(fixed, one):
                continue
            for to in range(at + 1, fixed.movable):
                other = fixed.order[to]
                here, there = label[one], label[other]
                if here == there or not alone(fixed, other):
                    continue
                tried += 1
                moving.these[0] = one
                moving.those[0] = other
                more = gain(fixed, moving, 1, here, there)
                if more <= 0 and moving.state[BROKEN] == 0:
                    continue  # it can't pay by keeping rules better
                broken = recount(fixed, moving, 1, here, there) if fixed.has_rules else 0
                if more > price * broken:
                    exchange(fixed, moving, 1, here, there)
                    moving.state[VALUE] += more
                    moving.state[BROKEN] += broken
                    better = True
                elif fixed.has_rules:
                    recount(fixed, moving, 1, there, here)
    remember(fixed, moving)
    return tried


LOOPS = (
    draw, breach, hours_short, count_move, recount, alone, gather, gain, exchange, remember,
    anneal, climb,
)  # fmt: skip
"""All functions, each after those that it calls."""
