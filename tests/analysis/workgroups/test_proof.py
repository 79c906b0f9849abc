"""A proof by counts agrees with trying everything, and can be ended."""

import pytest

from playbook.analysis.workgroups import Apart, AtMost, FixedSeat, NoneOrTwo, gower, partition
from playbook.analysis.workgroups.bound import upper_bound
from playbook.analysis.workgroups.exact import enumerated
from playbook.analysis.workgroups.instance import instance_of
from playbook.analysis.workgroups.proof import prove
from playbook.analysis.workgroups.search import Found
from playbook.analysis.workgroups.solve import value_of
from tests.analysis.workgroups.people import made_up

RULES = [
    [],
    [Apart(id="a", people=(0, 1, 2)), NoneOrTwo(id="n", people=(3, 4, 5, 6, 7))],
    [AtMost(id="m", people=(0, 1, 2, 3, 4), count=2), FixedSeat(id="s", person=6, group=1)],
]


@pytest.mark.parametrize("rules", RULES, ids=["none", "some", "others"])
@pytest.mark.parametrize("sizes", [(4, 4, 4), (5, 4, 3)], ids=str)
def test_the_proof_ends_at_the_best_of_all_groups(sizes, rules):
    """It knows nothing good, so that it has to find the best itself."""
    for seed in range(2):
        instance = instance_of(gower(made_up(12, seed)), sizes, rules)
        best, value = enumerated(instance)
        poor = min(sizes)  # nobody's groups: it knows a value that is easily passed
        found, bound = prove(
            instance, Found(best, 0, poor), upper_bound(instance.differences, sizes), None
        )
        assert found.value == bound == value == value_of(instance.differences, found.label)


def test_a_thorough_search_proves_twenty_people_in_four_groups():
    people = gower(made_up(20, 2, numbers=1, skills=4))
    quick = partition(people, (5,) * 4)
    sure = partition(people, (5,) * 4, effort="thorough")
    assert sure.proven
    assert quick.value <= sure.value == sure.bound <= quick.bound


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
