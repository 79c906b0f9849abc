"""Maps: what is refused, what differs between versions, and what two people should talk about."""

from dataclasses import replace

import pytest
from hypothesis import given

from playbook.analysis.work_system.system_map import (
    BLOCKS,
    Link,
    Part,
    SystemMap,
    changes,
    lay_together,
)
from playbook.model import InputError
from tests.analysis.work_system.maps import any_map, links, parts

pytestmark = pytest.mark.row("WS-006")

CLERK = Part("a", "Claims clerk", "people")
FORM = Part("b", "Claim form", "information")
TRACKER = Part("c", "Tracker", "technology")


@pytest.mark.parametrize(
    ("drawn", "told", "sentence"),
    [
        ((CLERK, CLERK), (), "'a' stands twice"),
        ((CLERK, Part("d", " claims  CLERK", "people")), (), "'claims clerk' stands twice"),
        ((Part("d", "Desk", "furniture"),), (), "'furniture'"),
        ((CLERK,), (Link("a", "z"),), "'z', which is no part"),
        ((CLERK,), (Link("a", "a"),), "to itself"),
        ((CLERK, FORM), (Link("a", "b"), Link("a", "b", 1)), "stands twice"),
        ((CLERK, FORM), (Link("a", "b", 2),), "sign of a link"),
        ((CLERK, FORM), (Link("a", "b", 1, 1.5),), "from 0 to 1"),
    ],
)
def test_a_map_that_means_nothing_is_refused_in_a_sentence(drawn, told, sentence):
    with pytest.raises(InputError, match=sentence):
        SystemMap(drawn, told)


def test_blocks_are_told_apart_from_the_frame():
    drawn = SystemMap((CLERK, FORM, Part("x", "Families", "customers")), (Link("a", "b"),))
    assert drawn.filled == ("people", "information")
    assert set(drawn.filled) <= set(BLOCKS)
    assert [part.name for part in drawn.unlinked] == ["Families"]


def test_two_versions_show_what_was_added_taken_away_and_altered():
    old = SystemMap((CLERK, FORM, TRACKER), (Link("a", "b", 1, 0.5), Link("b", "c", 1, 0.2)))
    new = SystemMap(
        (CLERK, replace(FORM, name="Short form", block="processes"), Part("d", "Lab", "people")),
        (Link("a", "b", -1, 0.5), Link("b", "d", 1)),
    )
    found = changes(old, new)
    assert [it.id for it in found.new_parts] == ["d"]
    assert [it.id for it in found.gone_parts] == ["c"]
    assert [it.name for it in found.renamed] == ["Short form"] == [it.name for it in found.moved]
    assert [it.ends for it in found.new_links] == [("b", "d")]
    assert [it.ends for it in found.gone_links] == [("b", "c")]
    assert found.changed == ((Link("a", "b", 1, 0.5), Link("a", "b", -1, 0.5)),)


@given(any_map(), any_map())
def test_versions_undo_each_other_and_a_map_differs_from_itself_in_nothing(old, new):
    there, back = changes(old, new), changes(new, old)
    assert not changes(old, old)
    assert (there.new_parts, there.new_links) == (back.gone_parts, back.gone_links)
    assert {ends[::-1] for ends in there.changed} == set(back.changed)


def test_two_people_first_see_what_only_one_drew_then_signs_then_distances():
    leader = SystemMap(
        (CLERK, FORM, TRACKER),
        links(("a", "b", 0.9), ("b", "c", 0.1, -1), ("a", "c", 0.5), ("c", "a", None)),
    )
    clerk = SystemMap(
        (
            Part("1", "claims clerk", "people"),
            Part("2", "TRACKER", "technology"),
            *parts(1),
            Part("3", "Claim  form", "information"),
        ),
        links(("1", "3", 0.8), ("3", "2", 0.7, 1), ("1", "2", 0.5, 0), ("3", "1", 0.2)),
    )
    found = lay_together(leader, clerk)
    assert [it.ends for it in found.only_one] == [("tracker", "claims clerk")]
    assert [it.ends for it in found.only_other] == [("claim form", "claims clerk")]
    assert [(a.ends, a.sign, b.sign) for a, b in found.opposite] == [
        (("claim form", "tracker"), -1, 1)
    ]
    assert [(a.ends, a.chance, b.chance) for a, b in found.apart] == [
        (("claim form", "tracker"), 0.1, 0.7),
        (("claims clerk", "claim form"), 0.9, 0.8),
    ]
    assert [it.name for it in found.parts_only_other] == ["Part 0"]


@given(any_map(), any_map())
def test_who_is_named_first_makes_no_difference(one, other):
    there, back = lay_together(one, other), lay_together(other, one)
    assert (there.only_one, there.only_other) == (back.only_other, back.only_one)
    assert {pair[::-1] for pair in there.opposite} == set(back.opposite)
    assert {pair[::-1] for pair in there.apart} == set(back.apart)
