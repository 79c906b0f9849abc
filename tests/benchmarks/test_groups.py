"""The benchmark of workgroups draws what it says and holds what was promised, without a clock."""

from dataclasses import replace

import pytest

from benchmarks import groups as bench
from playbook.analysis.workgroups import Partition, even_sizes, gower, partition
from playbook.analysis.workgroups.compiled import COMPILER

PLAN = Partition((0, 1), (1, 1), value=100.0, bound=100.5, proven=False, steps=1)


def test_people_have_what_the_text_says():
    roster = bench.people(60, 3, 6)
    kinds = [one.kind for one in roster.attributes]
    assert kinds == ["category"] * 4 + ["number"] + ["yes_no"] * 6
    assert len({one.column for one in roster.attributes}) == 6
    assert bench.people(60, 3, 6) == roster != bench.people(60, 4, 6)


def test_twenty_rules_can_be_kept_by_sixty_people():
    for seed in range(3):
        roster = bench.people(60, seed, 6)
        rules = bench.twenty_rules(roster)
        assert len(rules) == len({rule.id for rule in rules}) == 20
        found = partition(gower(roster), even_sizes(60, 6), rules=rules, effort="instant")
        assert found.broken_rules == ()


@pytest.mark.parametrize(
    ("name", "bound", "holds"),
    [
        ("60 in 6", 100.6, True),
        ("60 in 6", 100.7, False),
        ("60 in 6, with skills", 100.39, True),
        ("60 in 6, with skills", 100.5, False),
    ],
)
def test_the_largest_gap_counts(name, bound, holds):
    runs = [(PLAN, 1.0, 1.0), (replace(PLAN, bound=bound), 1.0, 1.0)]
    limit = bench.gap_limit(name, [runs[1]] if holds else runs)
    assert limit.holds is holds


def test_eight_of_ten_have_to_be_proved_in_time():
    proved, late, open_ = (
        (replace(PLAN, proven=True), 5.0),
        (replace(PLAN, proven=True), 121.0),
        (PLAN, 5.0),
    )
    assert bench.proof_limit([proved] * 8 + [late, open_], 10).holds
    assert bench.proof_limit([proved] * 7 + [late] * 3, 10).holds is False


def test_a_peer_is_met_or_passed():
    assert bench.peer_limit("it", 10.0, 1.0, 10.0, 0.5).holds
    assert bench.peer_limit("it", 10.0, 1.0, 9.9, 0.5).holds is False
    assert bench.peer_table({}) == "None of them is installed here."


def test_ours_stops_when_theirs_did():
    COMPILER.finish()
    distance = gower(bench.people(40, 1))
    value, seconds = bench.within(0.0, distance, even_sizes(40, 4))
    assert value > 0
    assert seconds == 0
