"""What groups have, and what each person brings, counted by hand; the example in the docstring."""

import doctest

import pytest

from playbook.analysis.workgroups import Attribute, Roster, explain, gower, score, solve


def test_the_example_in_the_docstring_is_true():
    found = doctest.testmod(solve)
    assert found.attempted > 1
    assert found.failed == 0


ROSTER = Roster(
    ("Ana", "Ben", "Cem", "Dot", "Eve", "Fay"),
    (
        Attribute("function", "category", ("a", "a", "b", "b", "c", None)),
        Attribute("python", "yes_no", (True, False, False, False, False, False)),
        Attribute("years", "number", (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)),
    ),
)
PLAN = score(gower(ROSTER), (0, 0, 0, 1, 1, 1))


def test_groups_say_what_they_have_and_what_is_missing():
    first, second = explain(PLAN, ROSTER).groups
    assert first.people == (0, 1, 2)
    assert first.counts["function"] == {"a": 2, "b": 1}
    assert first.missing == {"function": ("c",), "python": ()}
    assert second.counts["function"] == {"b": 1, "c": 1, None: 1}
    assert second.missing == {"function": ("a",), "python": (True,)}


def test_people_are_told_by_what_only_they_bring():
    people = explain(PLAN, ROSTER).people
    assert [(one.group, one.only, one.rare) for one in people] == [
        (0, ("python",), ("function",)),
        (0, (), ("function",)),
        (0, ("function",), ()),
        (1, ("function",), ()),
        (1, ("function",), ()),
        (1, (), ()),
    ]


def test_differences_are_told_beside_those_by_chance():
    """Ana and Ben: function alike, python not, years 1 of 5 apart: (0 + 1 + 0.2) / 3."""
    told = explain(PLAN, ROSTER)
    first = (1.2 + 2.4 + 1.2) / 9
    second = (1.2 + 1.4 + 1.2) / 9
    assert [it.difference for it in told.groups] == pytest.approx([first, second], abs=1e-5)
    assert told.difference == pytest.approx((first + second) / 2, abs=1e-5)
    assert told.weakest == 1
    pairs = [(a, b) for b in range(6) for a in range(b)]
    function, python = ROSTER.attributes[0].values, ROSTER.attributes[1].values
    apart = sum(
        (function[a] != function[b]) + (python[a] != python[b]) + (b - a) / 5 for a, b in pairs
    )
    assert told.by_chance == pytest.approx(apart / 3 / len(pairs), abs=1e-5)


def test_variety_is_a_share_of_what_the_sizes_allow():
    """Function: 2 of 3 pairs differ and 3 of 3; all could. Python: 2 of the 2 pairs that could."""
    assert explain(PLAN, ROSTER).variety == pytest.approx({"function": 5 / 6, "python": 1})
