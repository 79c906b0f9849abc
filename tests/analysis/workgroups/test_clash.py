"""Rules that can't be kept together: a smallest set of them, none of which is idle."""

from itertools import combinations

import numpy as np
import pytest

from playbook.analysis.workgroups import (
    Apart,
    AtLeast,
    AtMost,
    CommonHours,
    FixedSeat,
    NoneOrTwo,
    RulesClashError,
    SplitTeam,
    SpreadEvenly,
    Together,
    WishesMet,
    gower,
    partition,
)
from tests.analysis.workgroups.people import all_labelled, kept_by_hand, made_up, noise

SIZES = (3, 3)
CLASHES = [
    [Together(id="t", people=(0, 1)), Apart(id="a", people=(1, 0))],
    [
        Together(id="t", people=(0, 1)),
        Together(id="u", people=(1, 2)),
        Apart(id="a", people=(0, 2)),
    ],
    [FixedSeat(id="s", person=0, group=0), FixedSeat(id="r", person=0, group=1)],
    [Together(id="t", people=(0, 1, 2, 3))],
    [AtLeast(id="l", people=(0, 1, 2), count=2)],
    [AtMost(id="m", people=(0, 1, 2), count=1)],
    [SpreadEvenly(id="e", people=(0, 1)), Together(id="t", people=(0, 1))],
    [SplitTeam(id="p", people=(0, 1)), Together(id="t", people=(0, 1))],
    [NoneOrTwo(id="n", people=(0, 1)), Apart(id="a", people=(0, 1))],
    [
        CommonHours(id="h", hours=tuple(frozenset({it // 3}) for it in range(6)), count=1),
        Apart(id="a", people=(0, 1)),
    ],
    [
        WishesMet(id="w", wishes=(frozenset({0}),) * 6, count=3),
        WishesMet(id="w", wishes=(frozenset({0}),) * 6, count=3),
    ][:1]
    + [FixedSeat(id=f"s{it}", person=it, group=1) for it in range(3)]
    + [AtMost(id="m", people=(3, 4, 5), count=2)],
]
IDLE = [Apart(id="idle", people=(4, 5)), AtMost(id="also", people=(2, 3), count=2)]


@pytest.mark.parametrize("clash", CLASHES, ids=lambda rules: "+".join(rule.id for rule in rules))
def test_a_smallest_set_of_rules_is_named(clash):
    """By trying all groups: what is named can't be kept, but could without any one of it, and no
    fewer rules clash."""
    rules = [*IDLE, *clash]
    with pytest.raises(RulesClashError) as raised:
        partition(gower(made_up(6, 1)), SIZES, rules=rules, effort="instant")
    named = [rule for rule in rules if rule.id in raised.value.rules]
    assert not possible(named)
    for left_out in range(len(named)):
        assert possible(named[:left_out] + named[left_out + 1 :])
    for fewer in range(len(named)):
        assert all(possible(some) for some in combinations(rules, fewer))
    assert str(raised.value).startswith("No groups can keep these rules")


def possible(rules):
    return any(
        all(kept_by_hand(rule, labels, SIZES) for rule in rules) for labels in all_labelled(SIZES)
    )


def test_teams_that_chance_finds_no_room_for_are_put_in_all_the_same():
    """Five teams of four and five of two in groups of ten: filled in any order, some do not fit."""
    teams = [tuple(range(at, at + 4)) for at in range(0, 20, 4)]
    teams += [tuple(range(at, at + 2)) for at in range(20, 30, 2)]
    rules = [Together(id=str(team), people=team) for team in teams]
    found = partition(np.array(noise(30, 1)), (10, 10, 10), rules=rules, effort="instant")
    assert all(kept_by_hand(rule, found.labels, (10, 10, 10)) for rule in rules)


def test_sixty_people_with_twenty_rules_get_groups():
    people = made_up(60, 4)
    labels = [at % 6 for at in range(60)]
    by_group = [[at for at in range(60) if labels[at] == group] for group in range(6)]
    rules = [Together(id=f"t{at}", people=tuple(by_group[at][:2])) for at in range(4)]
    rules += [Apart(id=f"a{at}", people=(by_group[at][3], by_group[5 - at][4])) for at in range(3)]
    rules += [
        AtLeast(id=f"l{at}", people=tuple(own[at] for own in by_group), count=1)
        for at in range(5, 9)
    ]
    rules += [SpreadEvenly(id=f"s{at}", people=people.who("function", str(at))) for at in range(4)]
    rules += [NoneOrTwo(id=f"n{at}", people=people.who("place", str(at))) for at in range(3)]
    rules += [FixedSeat(id="seat", person=by_group[2][0], group=2)]
    rules += [AtMost(id="m", people=people.who("style", "0"), count=9)]
    assert len(rules) == 20
    found = partition(gower(people), (10,) * 6, rules=rules, effort="instant")
    assert all(kept_by_hand(rule, found.labels, (10,) * 6) for rule in rules)
