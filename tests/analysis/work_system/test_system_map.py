"""Maps: what is refused, what differs between versions, and what two people should talk about."""

from dataclasses import replace

import pytest
from hypothesis import given

from playbook.analysis.work_system.system_map import (
    BLOCKS,
    MapLink,
    MapPart,
    SystemMap,
    changes,
    lay_together,
)
from playbook.model import InputError
from tests.analysis.work_system.maps import any_map, links, parts

pytestmark = pytest.mark.row("WS-006")

CLERK = MapPart("a", "Claims clerk", "people")
FORM = MapPart("b", "Claim form", "information")
TRACKER = MapPart("c", "Tracker", "technology")


@pytest.mark.parametrize(
    ("drawn", "told", "sentence"),
    [
        ((CLERK, CLERK), (), "'a' stands twice"),
        ((CLERK, MapPart("d", " claims  CLERK", "people")), (), "'claims clerk' stands twice"),
        ((MapPart("d", "Desk", "furniture"),), (), "'furniture'"),
        ((CLERK,), (MapLink("a", "z"),), "'z', which is no part"),
        ((CLERK,), (MapLink("a", "a"),), "to itself"),
        ((CLERK, FORM), (MapLink("a", "b"), MapLink("a", "b", 1)), "stands twice"),
        ((CLERK, FORM), (MapLink("a", "b", 2),), "sign of a link"),
        ((CLERK, FORM), (MapLink("a", "b", 1, 1.5),), "from 0 to 1"),
    ],
)
def test_a_map_that_means_nothing_is_refused_in_a_sentence(drawn, told, sentence):
    with pytest.raises(InputError, match=sentence):
        SystemMap(drawn, told)


def test_blocks_are_told_apart_from_the_frame():
    drawn = SystemMap((CLERK, FORM, MapPart("x", "Families", "customers")), (MapLink("a", "b"),))
    assert drawn.filled == ("people", "information")
    assert set(drawn.filled) <= set(BLOCKS)
    assert [part.name for part in drawn.unlinked] == ["Families"]


def test_two_versions_show_what_was_added_taken_away_and_altered():
    old = SystemMap((CLERK, FORM, TRACKER), (MapLink("a", "b", 1, 0.5), MapLink("b", "c", 1, 0.2)))
    new = SystemMap(
        (CLERK, replace(FORM, name="Short form", block="processes"), MapPart("d", "Lab", "people")),
        (MapLink("a", "b", -1, 0.5), MapLink("b", "d", 1)),
    )
    found = changes(old, new)
    assert [it.id for it in found.new_parts] == ["d"]
    assert [it.id for it in found.gone_parts] == ["c"]
    assert [it.name for it in found.renamed] == ["Short form"] == [it.name for it in found.moved]
    assert [it.ends for it in found.new_links] == [("b", "d")]
    assert [it.ends for it in found.gone_links] == [("b", "c")]
    assert found.changed == ((MapLink("a", "b", 1, 0.5), MapLink("a", "b", -1, 0.5)),)


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
            MapPart("1", "claims clerk", "people"),
            MapPart("2", "TRACKER", "technology"),
            *parts(1),
            MapPart("3", "Claim  form", "information"),
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
