"""Feedback loops: against every order of parts that the links lead through."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given

from playbook.analysis.work_system.loops import Feedback, Loop, feedback
from playbook.analysis.work_system.system_map import SystemMap
from tests.analysis.work_system.maps import any_map, large_map, links, parts

pytestmark = pytest.mark.row("WS-014")


def tried(drawn, longest):
    signs = {link.ends: link.sign for link in drawn.links}
    places = [part.id for part in drawn.parts]
    for length in range(2, longest + 1):
        for order in permutations(places, length):
            ways = list(pairwise((*order, order[0])))
            if order[0] == min(order, key=places.index) and all(way in signs for way in ways):
                sign = 1
                for way in ways:
                    sign *= signs[way]
                yield Loop(order, sign)


@given(any_map())
def test_every_loop_is_found_once_with_its_sign(drawn):
    assert sorted(feedback(drawn, longest=4).loops, key=repr) == sorted(tried(drawn, 4), key=repr)


def test_the_shortest_comes_first_and_the_first_part_of_the_map_begins_it():
    drawn = SystemMap(
        parts(4),
        links(("2", "1", 1, -1), ("1", "0", 1), ("0", "2", 1), ("3", "1", 1), ("1", "3", 1)),
    )
    assert feedback(drawn) == Feedback((Loop(("1", "3"), 1), Loop(("0", "2", "1"), -1)))


def test_a_loop_of_seven_is_too_long():
    ring = [(str(at), str((at + 1) % 7), 1.0) for at in range(7)]
    assert feedback(SystemMap(parts(7), links(*ring))).loops == ()
    assert len(feedback(SystemMap(parts(7), links(*ring)), longest=7).loops) == 1


def test_a_dense_map_says_that_there_are_more():
    found = feedback(large_map(20, 200), most=50)
    assert len(found.loops) == 50
    assert found.more
