"""A proof by counts agrees with trying everything, and can be ended."""

import numpy as np
import pytest

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
    gower,
    partition,
)
from playbook.analysis.workgroups.bound import upper_bound
from playbook.analysis.workgroups.instance import instance_of
from playbook.analysis.workgroups.proof import prove
from playbook.analysis.workgroups.rules import broken
from playbook.analysis.workgroups.search import Found
from playbook.analysis.workgroups.solve import value_of
from tests.analysis.workgroups.people import (
    all_labelled,
    gower_by_hand,
    kept_by_hand,
    made_up,
    worth,
)

RULES = [
    [],
    [Apart(id="a", people=(0, 1, 2)), NoneOrTwo(id="n", people=(3, 4, 5, 6))],
    [AtMost(id="m", people=(0, 1, 2, 3, 4), count=2), FixedSeat(id="s", person=6, group=1)],
    [Together(id="t", people=(0, 1)), AtLeast(id="l", people=(3, 4, 5, 6), count=1)],
    [
        CommonHours(id="h", hours=tuple(frozenset({at % 3, 7}) for at in range(9)), count=1),
        SpreadEvenly(id="e", people=(0, 2, 4, 6, 8)),
        SplitTeam(id="p", people=(1, 3, 5, 7)),
    ],
    [WishesMet(id="w", wishes=tuple(frozenset({at % 2}) for at in range(9)), count=5)],
]
NAMES = ["none", "some", "others", "pairs", "hours", "wishes"]


@pytest.mark.parametrize("rules", RULES, ids=NAMES)
@pytest.mark.parametrize("sizes", [(3, 3, 3), (4, 3, 2)], ids=str)
def test_the_proof_ends_at_the_best_of_all_groups(sizes, rules):
    """It knows nothing good, so that it has to find the best itself. Some people are alike, and
    are counted together."""
    for seed in range(2):
        roster = made_up(9, seed, numbers=seed, skills=0)
        instance = instance_of(gower(roster), sizes, rules)
        matrix = gower_by_hand(roster)
        kept = (
            labels
            for labels in all_labelled(sizes)
            if all(kept_by_hand(rule, labels, sizes) for rule in rules)
        )
        best = max(kept, key=lambda labels: worth(matrix, labels))
        value = value_of(instance.differences.ordered(np.argsort(instance.order)), best)
        poor = min(sizes)  # nobody's groups: it knows a value that is easily passed
        most = upper_bound(instance.differences, sizes)
        found, bound = prove(instance, Found(best, 0, poor), most, 100.0, None)
        assert found.value == bound == value == value_of(instance.differences, found.label)
        assert broken(found.label, sizes, instance.rules) == []


def test_a_thorough_search_proves_twenty_people_in_four_groups():
    people = gower(made_up(20, 2, numbers=1, skills=4))
    quick = partition(people, (5,) * 4)
    sure = partition(people, (5,) * 4, effort="thorough")
    assert sure.proven
    assert quick.value <= sure.value == sure.bound <= quick.bound


def test_what_a_quick_search_proves_a_thorough_one_leaves_as_it_is():
    people = gower(made_up(20, 2, numbers=0, skills=0))
    rules = [NoneOrTwo(id="n", people=(0, 5, 9, 13)), Apart(id="a", people=(1, 2, 3))]
    quick = partition(people, (5,) * 4, rules=rules)
    assert quick.proven
    assert partition(people, (5,) * 4, rules=rules, effort="thorough") == quick


def test_a_proof_that_is_ended_leaves_what_was_known():
    people = gower(made_up(40, 2, numbers=2, skills=6))
    told = []

    def watch(progress):
        told.append(progress.doing)
        return progress.doing == "proof"

    found = partition(people, (8,) * 5, effort="thorough", watch=watch)
    assert told[-1] == "proof"
    assert told.count("proof") == 1
    assert found.value < found.bound
    assert 0 < found.gap < 0.02
