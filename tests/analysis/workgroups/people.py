"""Made-up people, and a second account of what groups are worth: by definition, without NumPy."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

from playbook.analysis.workgroups import (
    Apart,
    AtLeast,
    AtMost,
    CommonHours,
    FixedSeat,
    NoneOrTwo,
    SplitTeam,
    SpreadEvenly,
    Together,
    WishesMet,
    even_sizes,
)
from playbook.worksheet.roster import Attribute, Roster

KINDS = (("function", 4), ("place", 3), ("style", 3))


def made_up(people: int, seed: int, numbers: int = 1, skills: int = 2) -> Roster:
    """People with a function, a place, a style, so many numbers, and so many skills (yes or no)."""
    chance = random.Random(seed)
    found = [
        Attribute(name, "category", tuple(str(chance.randrange(many)) for _ in range(people)))
        for name, many in KINDS
    ]
    for at in range(numbers):
        values = tuple(float(chance.randrange(12)) for _ in range(people))
        found.append(Attribute(f"number {at}", "number", values))
    for at in range(skills):
        has = tuple(chance.random() < 0.4 for _ in range(people))
        found.append(Attribute(f"skills: {at}", "yes_no", has, "skills"))
    return Roster(tuple(f"P{at}" for at in range(people)), tuple(found))


def gower_by_hand(roster: Roster) -> list[list[float]]:
    """Gower's distance by its definition: weight 1 a column, shared by what it became."""
    columns = [one.column for one in roster.attributes]
    matrix = [[0.0] * len(roster.names) for _ in roster.names]
    for one, other in combinations(range(len(roster.names)), 2):
        total = 0.0
        for attribute in roster.attributes:
            mine, yours = attribute.values[one], attribute.values[other]
            if attribute.kind == "number":
                reach = max(attribute.values) - min(attribute.values) or 1
                differs = abs(mine - yours) / reach
            else:
                differs = float(mine != yours)
            total += differs / columns.count(attribute.column)
        matrix[one][other] = matrix[other][one] = total / len(set(columns))
    return matrix


def noise(people: int, seed: int) -> list[list[float]]:
    """Differences without any order."""
    chance = random.Random(seed)
    matrix = [[0.0] * people for _ in range(people)]
    for one, other in combinations(range(people), 2):
        matrix[one][other] = matrix[other][one] = chance.random()
    return matrix


def groupings(sizes: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The labels of every grouping with these sizes; those that differ by names alone, once."""

    def fill(label: list[int], room: list[int]) -> Iterator[tuple[int, ...]]:
        if not sum(room):
            yield tuple(label)
            return
        begun = set()
        for group, left in enumerate(room):
            untouched = left == sizes[group]
            if left and not (untouched and sizes[group] in begun):
                if untouched:
                    begun.add(sizes[group])
                room[group] -= 1
                yield from fill([*label, group], room)
                room[group] += 1

    return fill([], list(sizes))


def worth(matrix: Sequence[Sequence[float]], labels: Sequence[int]) -> float:
    """The sum of the differences of all pairs in one group."""
    pairs = combinations(range(len(labels)), 2)
    return sum(matrix[one][other] for one, other in pairs if labels[one] == labels[other])


def sets(labels: Sequence[int]) -> set[frozenset[int]]:
    """The groups as sets, whatever they are called."""
    return {
        frozenset(at for at, label in enumerate(labels) if label == group) for group in set(labels)
    }


def some_rules(people, groups, seed):
    """Rules of every kind that can be kept together with groups by lot, which are given too."""
    chance = random.Random(seed)
    sizes = even_sizes(people, groups)
    labels = [group for group, size in enumerate(sizes) for _ in range(size)]
    chance.shuffle(labels)
    by_group = [
        [at for at, label in enumerate(labels) if label == group] for group in range(groups)
    ]
    marked = tuple(at for own in by_group for at in own[:2])
    hours = tuple(
        frozenset([labels[at], 20 + labels[at], *chance.sample(range(40, 60), 5)])
        for at in range(people)
    )
    wishes = tuple(frozenset([labels[at]]) if at % 2 else frozenset() for at in range(people))
    every = [
        Together(id="together", people=tuple(by_group[0][:2])),
        Apart(id="apart", people=tuple(own[-1] for own in by_group)),
        AtLeast(id="least", people=marked, count=1),
        AtMost(id="most", people=marked, count=3),
        NoneOrTwo(id="two", people=tuple(by_group[1][:3])),
        SpreadEvenly(id="spread", people=marked),
        SplitTeam(id="split", people=tuple(own[-1] for own in by_group)),
        FixedSeat(id="seat", person=by_group[1][0], group=1),
        CommonHours(id="hours", hours=hours, count=2),
        WishesMet(id="wishes", wishes=wishes, count=people // 4),
    ]
    return sizes, chance.sample(every, chance.randint(1, len(every))), labels


def kept_by_hand(rule, labels, sizes):
    """Each rule as its sentence says it, without the tables that the search uses."""
    groups = range(len(sizes))
    inside = {group: [at for at, own in enumerate(labels) if own == group] for group in groups}
    if isinstance(rule, FixedSeat):
        return rule.person in inside[rule.group]
    if isinstance(rule, WishesMet):
        return sum(labels[at] in own for at, own in enumerate(rule.wishes)) >= rule.count
    if isinstance(rule, CommonHours):
        return all(
            len(set.intersection(*(set(rule.hours[at]) for at in inside[group]))) >= rule.count
            for group in groups
        )
    counts = [len(set(rule.people) & set(inside[group])) for group in groups]
    match rule:
        case Together():
            return max(counts) == len(rule.people)
        case Apart():
            return max(counts) <= 1
        case AtLeast():
            return min(counts) >= rule.count
        case AtMost():
            return max(counts) <= rule.count
        case NoneOrTwo():
            return 1 not in counts
        case SplitTeam():
            return max(counts) * len(sizes) < len(rule.people) + len(sizes)
        case SpreadEvenly():
            shares = [len(rule.people) * size / sum(sizes) for size in sizes]
            return all(abs(many - share) < 1 for many, share in zip(counts, shares, strict=True))
    raise AssertionError(rule)


def all_labelled(sizes):
    """Every grouping, groups told apart."""

    def fill(label, room):
        if not sum(room):
            yield label
            return
        for group, left in enumerate(room):
            if left:
                yield from fill([*label, group], [it - (at == group) for at, it in enumerate(room)])

    return fill([], list(sizes))
