"""The bound is never below the best groups there are, and near them."""

import random
from itertools import product

import numpy as np
import pytest

from playbook.analysis.workgroups import Together, gower, partition, score
from playbook.analysis.workgroups.bound import (
    by_eigenvalues,
    least_alike,
    most_across,
    upper_bound,
)
from playbook.analysis.workgroups.differences import as_differences
from tests.analysis.workgroups.people import (
    groupings,
    kept_by_hand,
    made_up,
    noise,
    some_rules,
    worth,
)

EQUAL = [(3, 3), (4, 4), (3, 3, 3), (2, 2, 2, 2)]
UNEQUAL = [(5, 3), (4, 3, 2), (3, 3, 2), (4, 2, 1, 1), (5, 2)]


def best_value(units, sizes, allowed=lambda _: True):
    return max((worth(units, labels) for labels in groupings(sizes) if allowed(labels)), default=-1)


@pytest.mark.parametrize("sizes", EQUAL + UNEQUAL, ids=str)
def test_no_groups_pass_the_bound(sizes):
    """34 instances a size, 306 in all: people, people with many numbers, and noise."""
    for seed in range(34):
        numbers, skills = seed % 3, seed % 4
        distance = gower(made_up(sum(sizes), seed, numbers, skills))
        if seed % 5 == 4:
            distance = as_differences(np.array(noise(sum(sizes), seed)))
        best = best_value(distance.units.tolist(), sizes)
        assert best <= upper_bound(distance, sizes)
        assert best <= by_eigenvalues(distance.units, sizes)


@pytest.mark.parametrize("sizes", [(3, 3, 2), (4, 4), (3, 3, 3)], ids=str)
def test_no_groups_that_keep_rules_pass_it(sizes):
    for seed in range(20):
        _, rules, _ = some_rules(sum(sizes), len(sizes), seed)
        rules = [rule for rule in rules if not rule.labelled]
        distance = gower(made_up(sum(sizes), seed))

        def kept(labels, rules=rules):
            return all(kept_by_hand(rule, labels, sizes) for rule in rules)

        assert best_value(distance.units.tolist(), sizes, kept) <= upper_bound(distance, sizes)


@pytest.mark.parametrize("sizes", [(3, 3, 3), (5, 3, 2), (4, 4, 1), (6, 2, 2, 1)], ids=str)
def test_categories_are_spread_as_evenly_as_sizes_let_them(sizes):
    """Against every way to fill the groups with so many of each category."""
    chance = random.Random(str(sizes))
    for _ in range(6):
        codes = [chance.randrange(3) for _ in range(sum(sizes))]
        counts = [codes.count(code) for code in range(3)]
        assert least_alike(np.array(counts), sizes) == fewest_alike(counts, sizes)


def fewest_alike(counts, sizes):
    """By trying: how many of each category are in each group."""
    found = []
    rows = [
        [row for row in product(range(size + 1), repeat=3) if sum(row) == size] for size in sizes
    ]
    for table in product(*rows):
        if [sum(column) for column in zip(*table, strict=True)] == counts:
            found.append(sum(it * (it - 1) // 2 for row in table for it in row))
    return min(found)


@pytest.mark.parametrize("sizes", [(3, 3), (5, 2, 1), (4, 4, 2)], ids=str)
def test_a_number_of_people_is_spread_to_meet_most_others(sizes):
    every = product(*(range(size + 1) for size in sizes))
    most = {}
    for inside in every:
        met = sum(many * (size - many) for many, size in zip(inside, sizes, strict=True))
        most[sum(inside)] = max(met, most.get(sum(inside), 0))
    assert most_across(sizes).tolist() == [most[many] for many in range(sum(sizes) + 1)]


def test_negative_differences_are_bounded_too():
    """As cells use them, where a pair that must not meet weighs on the sum."""
    matrix = [[-it for it in row] for row in noise(8, 1)]
    units = (np.array(matrix) * 1000).astype(np.int64)
    best = max(worth(units.tolist(), labels) for labels in groupings((4, 4)))
    assert best <= by_eigenvalues(units, (4, 4))


@pytest.mark.parametrize("effort", ["instant", 2_000])
def test_it_is_said_where_the_bound_leaves_the_rules_aside(effort):
    """70 people are too many for a proof: what is known of them holds without the rule."""
    distance = gower(made_up(70, 1))
    rule = Together(id="together", people=tuple(range(6)))
    without = partition(distance, [10] * 7, effort=effort)
    found = partition(distance, [10] * 7, rules=[rule], effort=effort)
    assert not without.rules_aside
    assert not found.proven
    assert found.rules_aside
    assert found.bound == without.bound == upper_bound(distance, [10] * 7) / distance.unit
    by_hand = score(distance, found.labels, [rule])
    assert by_hand.rules_aside
    assert not score(distance, found.labels).rules_aside


def test_what_is_proved_leaves_nothing_aside():
    distance = gower(made_up(9, 1))
    found = partition(
        distance, [3] * 3, rules=[Together(id="together", people=(0, 1))], effort="quick"
    )
    assert found.proven
    assert not found.rules_aside
