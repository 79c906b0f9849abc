"""Cells: across the workgroups, nobody twice with their own where that can be, new people met."""

import random
from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.analysis.workgroups import cells
from playbook.analysis.workgroups.across import sharing
from playbook.model import InputError
from tests.analysis.workgroups.people import groupings, noise
from tests.depth import examples


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.integers(3, 15), min_size=2, max_size=8), st.integers(0, 99))
def test_no_two_of_one_workgroup_whenever_that_is_possible(workgroups, seed):
    own = [group for group, size in enumerate(workgroups) for _ in range(size)]
    random.Random(seed).shuffle(own)
    found = cells(own, size=(2, 40), seed=seed)
    number = len(found.sizes)
    shared = Counter(zip(own, found.labels, strict=True))
    most = {group: max(shared[group, cell] for cell in range(number)) for group in set(own)}
    assert most == {group: -(-own.count(group) // number) for group in set(own)}
    if max(workgroups) <= len(own) // 2:  # as many cells as the largest workgroup has people
        assert max(most.values()) == 1
    assert sorted(map(len, found.groups)) == sorted(found.sizes)
    assert max(found.sizes) - min(found.sizes) <= 1


def test_cells_are_of_five_to_fifteen_and_as_few_as_keep_workgroups_apart():
    found = cells([at % 6 for at in range(60)])
    assert found.sizes == (6,) * 10
    assert cells([at % 4 for at in range(24)]).sizes == (6,) * 4  # more cells would be too small
    assert cells([at % 4 for at in range(24)], count=2).sizes == (12, 12)


@pytest.mark.parametrize("seed", range(4))
def test_few_people_meet_whom_they_have_met_before(seed):
    """Against every way to draw the cells."""
    chance = random.Random(seed)
    own = [0, 0, 0, 1, 1, 1, 2, 2, 2]
    met = chance.sample(list(combinations(range(9), 2)), 9)
    spread = [
        labels
        for labels in groupings((3, 3, 3))
        if all(len({labels[at] for at in range(g, g + 3)}) == 3 for g in (0, 3, 6))
    ]
    fewest = min(len(sharing(labels, met)) for labels in spread)
    found = cells(own, size=(3, 3), met=met, seed=seed)
    assert len(sharing(found.labels, met)) == fewest
    assert found.broken_rules == (("met_before",) if fewest else ())


def test_new_cells_bring_new_people_together():
    own = [at % 6 for at in range(60)]
    first = cells(own, seed=1)
    before = [pair for people in first.groups for pair in combinations(people, 2)]
    again = cells(own, met=before, seed=1)
    assert sharing(again.labels, before) == []
    assert again.broken_rules == ()
    assert again.value == again.bound == 10 * 15
    assert again.proven


def test_who_reports_to_whom_is_kept_apart_or_told():
    own = [at % 2 for at in range(10)]
    assert cells(own, count=2, lines=[(0, 1)]).broken_rules == ()
    everybody = list(combinations(range(10), 2))
    assert cells(own, count=2, lines=everybody).broken_rules == ("reporting_line",)


def test_differences_decide_only_among_cells_that_are_as_good():
    own = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    matrix = np.array(noise(10, 1))
    met = [(0, 2), (1, 4)]
    found = cells(own, matrix, count=2, met=met)
    assert sharing(found.labels, met) == []
    others = [
        labels
        for labels in groupings((5, 5))
        if all(labels[at] != labels[at + 1] for at in range(0, 10, 2)) and not sharing(labels, met)
    ]

    def inside(labels):
        return sum(matrix[a, b] for a, b in combinations(range(10), 2) if labels[a] == labels[b])

    assert inside(found.labels) == pytest.approx(max(map(inside, others)), rel=1e-2)


def test_the_seed_decides_and_nothing_else():
    own = [at % 5 for at in range(40)]
    assert cells(own, seed=3) == cells(own, seed=3)
    assert len({cells(own, seed=seed).labels for seed in range(5)}) == 5


@pytest.mark.parametrize(
    ("given_count", "size", "sentence"),
    [
        (9, (5, 15), "24 people make 2 to 4 cells of 5 to 15 people; not 9."),
        (None, (13, 15), "24 people make no cells of 13 to 15 people."),
        (None, (0, 3), "A cell has 1 or more people; not 0 to 3."),
    ],
)
def test_cells_that_cannot_be_are_one_sentence(given_count, size, sentence):
    with pytest.raises(InputError) as raised:
        cells([at % 4 for at in range(24)], count=given_count, size=size)
    assert str(raised.value) == sentence


def test_a_pair_that_is_not_on_the_list_is_refused():
    with pytest.raises(InputError, match="Each pair has two of the 10 people"):
        cells([0, 1] * 5, met=[(3, 3)])
