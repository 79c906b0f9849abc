"""Made-up people, and a second account of what groups are worth: by definition, without NumPy."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import combinations

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
