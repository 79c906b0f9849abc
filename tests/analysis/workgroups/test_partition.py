"""Groups: the best there are where that can be checked, sizes and rules kept, the same for all."""

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playbook.analysis.workgroups import (
    Apart,
    AtMost,
    CommonHours,
    FixedSeat,
    RulesClashError,
    SpreadEvenly,
    Together,
    gower,
    partition,
    rule_costs,
    score,
)
from playbook.analysis.workgroups.plan import SearchCancelledError
from playbook.model import InputError
from tests.analysis.workgroups.people import (
    all_labelled,
    gower_by_hand,
    groupings,
    kept_by_hand,
    made_up,
    noise,
    sets,
    some_rules,
    worth,
)
from tests.depth import examples

SMALL = [(4, 4), (3, 3, 2), (3, 3, 3), (5, 4), (2, 2, 2, 2), (4, 3, 2), (5, 5), (4, 3, 3)]


@pytest.mark.parametrize("sizes", SMALL, ids=str)
def test_of_a_few_people_the_best_groups_are_found_and_proved(sizes):
    for seed in range(4):
        roster = made_up(sum(sizes), seed)
        for matrix, distance in [
            (gower_by_hand(roster), gower(roster)),
            (noise(sum(sizes), seed), np.array(noise(sum(sizes), seed))),
        ]:
            best = max(worth(matrix, labels) for labels in groupings(sizes))
            found = partition(distance, sizes, effort="instant", seed=seed)
            assert found.value == pytest.approx(best, rel=1e-6)
            assert worth(matrix, found.labels) == pytest.approx(best, rel=1e-6)
            assert found.proven
            assert found.gap == 0


@pytest.mark.parametrize("sizes", [(4, 4, 4, 4), (4, 3, 3, 3, 3), (8, 8), (2,) * 8], ids=str)
def test_sixteen_people_are_proved_at_once(sizes):
    """Checked against every exchange of two and of three, which no groups found here survive."""
    roster = made_up(16, 5, numbers=2)
    matrix = gower_by_hand(roster)
    found = partition(gower(roster), sizes)
    assert found.proven
    chance = random.Random(1)
    for _ in range(3_000):
        labels = list(found.labels)
        moved = chance.sample(range(16), 3)
        one, other, third = (labels[at] for at in moved)
        for person, label in zip(moved, (other, third, one), strict=True):
            labels[person] = label
        assert worth(matrix, labels) <= found.value + 1e-9


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(12, 30), st.integers(2, 4), st.integers(0, 10_000))
def test_no_plan_breaks_a_rule_and_sizes_and_value_are_right(people, groups, seed):
    sizes, rules, _ = some_rules(people, groups, seed)
    roster = made_up(people, seed)
    found = partition(gower(roster), sizes, rules=rules, seed=seed, effort=20_000)
    assert found.broken_rules == ()
    assert [kept_by_hand(rule, found.labels, sizes) for rule in rules] == [True] * len(rules)
    assert tuple(found.labels.count(group) for group in range(groups)) == sizes
    assert found.value == pytest.approx(worth(gower_by_hand(roster), found.labels), rel=1e-4)
    assert found.value <= found.bound


@settings(max_examples=examples(25), deadline=None)
@given(st.integers(12, 24), st.integers(2, 4), st.integers(0, 10_000))
def test_what_rules_break_is_told_of_any_groups(people, groups, seed):
    sizes, rules, _ = some_rules(people, groups, seed)
    labels = [group for group, size in enumerate(sizes) for _ in range(size)]
    random.Random(seed).shuffle(labels)
    told = score(gower(made_up(people, seed)), labels, rules)
    broke = tuple(rule.id for rule in rules if not kept_by_hand(rule, labels, sizes))
    assert told.broken_rules == broke
    assert told.labels == tuple(labels)


@pytest.mark.parametrize("sizes", [(3, 3, 2), (4, 4), (3, 3, 3)], ids=str)
def test_with_rules_too_the_best_groups_are_found(sizes):
    groups = len(sizes)
    for seed in range(12):
        _, rules, _ = some_rules(sum(sizes), groups, seed)
        roster = made_up(sum(sizes), seed)
        matrix = gower_by_hand(roster)
        every = [
            worth(matrix, labels)
            for labels in all_labelled(sizes)
            if all(kept_by_hand(rule, labels, sizes) for rule in rules)
        ]
        if not every:
            continue
        found = partition(gower(roster), sizes, rules=rules, effort=20_000)
        assert found.value == pytest.approx(max(every), rel=1e-4)


def test_what_a_rule_costs_is_what_groups_gain_without_it():
    roster, sizes = made_up(9, 3), (3, 3, 3)
    matrix = gower_by_hand(roster)
    rules = [Together(id="t", people=(0, 1, 2)), AtMost(id="idle", people=(3, 4), count=3)]

    def best(kept):
        every = groupings(sizes)
        return max(
            worth(matrix, labels)
            for labels in every
            if all(kept_by_hand(rule, labels, sizes) for rule in kept)
        )

    told = rule_costs(gower(roster), sizes, rules)
    assert told == pytest.approx({"t": best(rules[1:]) / best(rules) - 1, "idle": 0}, abs=1e-5)
    assert told["t"] > 0


# --------------------------------------------------------------------------- the same for everybody


@pytest.mark.parametrize("kind", ["people", "noise"])
def test_the_order_of_people_changes_nothing(kind):
    roster = made_up(24, 3, numbers=2)
    matrix = np.array(gower(roster)) if kind == "people" else np.array(noise(24, 3))
    apart = (2, 9, 17)
    first = partition(matrix, (6,) * 4, rules=[Apart(id="a", people=apart)], effort=30_000)
    chance = random.Random(8)
    for _ in range(4):
        order = chance.sample(range(24), 24)
        where = [order.index(person) for person in range(24)]
        again = partition(
            matrix[np.ix_(order, order)],
            (6,) * 4,
            rules=[Apart(id="a", people=tuple(where[person] for person in apart))],
            effort=30_000,
        )
        assert again.value == first.value
        if kind == "noise":  # nobody is like anybody else
            moved = {frozenset(order[at] for at in group) for group in sets(again.labels)}
            assert moved == sets(first.labels)


def test_the_same_seed_gives_the_same_groups_compiled_or_not(interpreted):
    for seed, people, groups in [(1, 24, 4), (2, 30, 5), (3, 14, 3)]:
        sizes, rules, _ = some_rules(people, groups, seed)
        distance = gower(made_up(people, seed))
        fast = partition(distance, sizes, rules=rules, seed=seed, effort=9_600)
        slow = interpreted(
            lambda d=distance, s=sizes, r=rules, it=seed: partition(
                d, s, rules=r, seed=it, effort=9_600
            )
        )
        assert fast == slow
    assert partition(distance, sizes, seed=1) == partition(distance, sizes, seed=1)


def test_known_groups_of_a_seed_stay_what_they_are():
    """Groups that people have seen: a change here changes theirs, on every machine."""
    found = partition(gower(made_up(20, 1)), (5,) * 4, seed=7, effort="instant")
    assert found.labels == KNOWN


KNOWN = (0, 1, 0, 0, 2, 3, 0, 1, 3, 2, 2, 2, 3, 0, 3, 1, 3, 1, 1, 2)


def test_groups_are_numbered_by_their_first_people():
    found = partition(gower(made_up(20, 1)), (5,) * 4, seed=7, effort="instant")
    firsts = [found.labels.index(group) for group in range(4)]
    assert firsts == sorted(firsts)


# --------------------------------------------------------------------------- what is given


def test_sizes_may_be_ranges_and_are_made_even():
    distance = gower(made_up(23, 1))
    assert partition(distance, [(4, 8)] * 4, effort="instant").sizes == (6, 6, 6, 5)
    assert partition(distance, [(3, 4), (3, 9), (3, 9), 5], effort="instant").sizes == (4, 7, 7, 5)


@pytest.mark.parametrize(
    ("sizes", "told", "sentence"),
    [
        ((4, 4), {}, "The groups have 8 places and there are 9 people; change the sizes."),
        ([(2, 3), (2, 5)], {}, "The groups have 4 to 8 places and there are 9 people"),
        ((9, 0), {}, "Each group needs a size of 1 or more"),
        ((5, 4), {"effort": "fast"}, "effort is instant, quick, thorough or a number of steps"),
        ((5, 4), {"effort": 0}, "effort is instant"),
        ((5, 4), {"rules": [Apart(id="x", people=(1, 9))]}, "The rule x does not fit 9 people."),
        ((5, 4), {"rules": [Apart(id="x", people=(1, 1))]}, "The rule x names somebody twice."),
        ((5, 4), {"rules": [FixedSeat(id="x", person=1, group=2)]}, "a group that there is not"),
        ((5, 4), {"rules": [Apart(id="x", people=(1,))] * 2}, "Two rules have the id x"),
    ],
)
def test_what_cannot_be_is_one_sentence(sizes, told, sentence):
    with pytest.raises(InputError, match=sentence.replace(".", r"\.")):
        partition(gower(made_up(9, 1)), sizes, **told)


@pytest.mark.parametrize(
    "matrix",
    [[[0, 1], [2, 0]], [[0, -1], [-1, 0]], [[1, 1], [1, 1]], [[0, float("nan")], [1, 0]], [[0, 1]]],
)
def test_what_is_no_matrix_of_differences_is_refused(matrix):
    with pytest.raises(InputError):
        partition(np.array(matrix, float), (1, 1))


def test_where_nobody_can_be_moved_everybody_stays():
    roster = made_up(9, 1)
    for free in (0, 1):
        seats = [FixedSeat(id=f"{at}", person=at, group=at % 3) for at in range(free, 9)]
        found = partition(gower(roster), (3, 3, 3), rules=seats, effort="instant")
        assert found.labels == (0, 1, 2) * 3
        assert found.proven


def test_one_group_and_one_person_are_groups_too():
    whole = partition(gower(made_up(7, 1)), (7,), effort="instant")
    assert (whole.labels, whole.proven, whole.gap) == ((0,) * 7, True, 0)
    alone = partition(np.zeros((1, 1)), (1,), effort="instant")
    assert (alone.labels, alone.value, alone.proven) == ((0,), 0, True)
    each = partition(gower(made_up(4, 1)), (1,) * 4, effort="instant")
    assert (each.labels, each.value) == ((0, 1, 2, 3), 0)


def test_hours_that_nobody_has_are_a_rule_that_clashes():
    nobody = CommonHours(id="hours", hours=(frozenset(),) * 9, count=1)
    with pytest.raises(RulesClashError) as raised:
        partition(gower(made_up(9, 1)), (3, 3, 3), rules=[nobody], effort="instant")
    assert raised.value.rules == ("hours",)


# --------------------------------------------------------------------------- progress and the end


def test_progress_is_told_and_ends_at_one():
    told = []
    partition(np.array(noise(40, 1)), (10,) * 4, effort=400_000, watch=told.append)
    shares = [it.share for it in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1
    assert told[-1].value is not None


def test_a_search_that_is_ended_gives_what_it_has():
    distance = np.array(noise(40, 1))
    whole = partition(distance, (10,) * 4, effort=4_800_000)
    ended = partition(distance, (10,) * 4, effort=4_800_000, watch=lambda it: it.share > 0.1)
    assert ended.steps < whole.steps / 5
    assert 0 < ended.value <= whole.value


def test_a_search_that_is_ended_before_it_has_anything_says_so():
    people, team = 40, tuple(range(10))
    with pytest.raises(SearchCancelledError):
        partition(
            np.array(noise(people, 1)),
            (10,) * 4,
            rules=[AtMost(id=f"{at}", people=(at, at + 1), count=1) for at in range(39)]
            + [SpreadEvenly(id="s", people=team)],
            effort=48,
            watch=lambda _: True,
        )
