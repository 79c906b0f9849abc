"""Faultlines: camps that anybody would see, none where differences cross, the best of all camps."""

import random
from itertools import product

import pytest

from playbook.analysis.workgroups import explain, gower, partition
from playbook.analysis.workgroups.faultline import CAMPS_MOST, faultline, silhouette
from tests.analysis.workgroups.people import gower_by_hand, made_up


def by_mismatch(*people):
    return [
        [sum(a != b for a, b in zip(one, other, strict=True)) / len(one) for other in people]
        for one in people
    ]


def test_two_camps_that_share_nothing_are_a_full_faultline():
    strength, camps = faultline(by_mismatch("ax", "ax", "by", "by", "by"))
    assert strength == 1
    assert camps[0] == camps[1] != camps[2] == camps[3] == camps[4]


def test_differences_that_cross_are_a_weak_one():
    # Whichever way two camps are cut: 1/2 to the other of the camp, 3/4 on average to the two
    # outside; so (3/4 - 1/2) / (3/4) = 1/3 for everybody.
    strength, _ = faultline(by_mismatch("ax", "ay", "bx", "by"))
    assert strength == pytest.approx(1 / 3)


def test_who_are_all_alike_or_all_different_have_none():
    assert faultline(by_mismatch("a", "a", "a"))[0] == 0
    assert faultline(by_mismatch("a", "b", "c", "d"))[0] == 0
    assert faultline([[0.0]]) == (0, (0,))


def test_it_is_near_that_of_the_best_camps_there_are():
    """Against every way to make up to four camps of seven people."""
    reached = 0
    for seed in range(6):
        distances = gower_by_hand(made_up(7, seed))
        best = max(silhouette(distances, camps) for camps in product(range(CAMPS_MOST), repeat=7))
        strength, camps = faultline(distances)
        assert strength == pytest.approx(silhouette(distances, camps))
        assert strength <= best + 1e-9
        reached += strength == pytest.approx(best)
    assert reached >= 4


def test_the_order_of_people_does_not_matter_where_camps_are_clear():
    people = ["ax"] * 3 + ["by"] * 4
    chance = random.Random(3)
    for _ in range(5):
        chance.shuffle(people)
        assert faultline(by_mismatch(*people))[0] == 1


def test_the_facts_of_a_group_tell_it():
    roster = made_up(12, 4)
    found = partition(gower(roster), (4, 4, 4), effort="instant")
    facts = explain(found, roster).groups[1]
    matrix = gower_by_hand(roster)
    own = [[matrix[one][other] for other in facts.people] for one in facts.people]
    assert facts.faultline == pytest.approx(faultline(own)[0], abs=1e-4)
