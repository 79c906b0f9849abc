"""Designs: what grade they have, and the floor that no data can pass."""

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.designs import Design, Grade, split, staggered, ways
from playbook.analysis.pilot.lot import in_order
from playbook.analysis.pilot.orders import begun, centred, orders_of
from playbook.model import InputError

LOT, BY_LOT = Grade.START_BY_LOT, Grade.COMPARISON_BY_LOT


@pytest.mark.parametrize(
    ("design", "floor"),
    [
        (Design(BY_LOT, split(6, 3)), 2 / 20),
        (Design(BY_LOT, split(6, 1)), 1 / 6),
        (Design(LOT, staggered(3, 12)), 1 / 6),
        (Design(LOT, staggered(4, 12, 2)), 1 / 3),
        (Design(LOT, staggered(2, 12)), 1),
        (Design(LOT, staggered(4, 13)), 1 / 24),
        (Design(LOT, staggered(6, 12, 3)), 1 / 90),
        (Design(LOT, staggered(6, 12)), 1 / 720),
        (Design(LOT, (0,) * 6), 1),
        (Design(LOT, ()), 1),
        (Design(Grade.COMPARISON_CHOSEN, split(6, 3)), 1),
        (Design(Grade.BEFORE_AFTER, (0,) * 6), 1),
    ],
)
def test_no_data_can_pass_the_floor_of_a_design(design, floor):
    assert design.floor == pytest.approx(floor)
    assert design.meets(floor)
    assert not design.meets(floor - 0.001)


@given(st.lists(st.sampled_from([0, 1, 3, 4, None]), min_size=1, max_size=6))
def test_the_floor_is_what_looking_at_every_order_gives(starts):
    """Orders whose pattern, freed of groups and weeks, is the first one's or its mirror image."""
    orders, _ = orders_of(tuple(in_order(starts)))
    patterns = centred(begun(in_order(set(starts)), 1, 6)[orders])
    alike = np.einsum("ogw,gw->o", patterns, patterns[0])
    counted = (np.abs(alike) >= (1 - 1e-9) * alike[0]).mean() if alike[0] > 1e-9 else 1
    assert Design(LOT, tuple(starts)).floor == pytest.approx(counted)


def test_starts_that_are_all_the_same_leave_before_and_after_whatever_was_planned():
    assert Design(LOT, (0, 0, 0)).grade is Grade.BEFORE_AFTER
    assert Design(Grade.OPINION, (0, 0, 0)).grade is Grade.OPINION
    assert Design(LOT, (0, 0, 4)).grade is LOT
    assert list(Grade) == sorted(Grade)
    assert [it.by_lot for it in (Design(grade, (0, 4)) for grade in Grade)] == [False] * 3 + [
        True
    ] * 2


def test_waves_are_spread_evenly_over_the_pilot():
    assert staggered(6, 12, 3) == (0, 0, 4, 4, 8, 8)
    assert staggered(6, 12) == (0, 2, 4, 6, 8, 10)
    assert staggered(5, 12, 2) == (0, 0, 0, 6, 6)
    assert split(4, 1) == (0, None, None, None)
    with pytest.raises(InputError, match="can't begin in 7 waves"):
        staggered(6, 12, 7)
    with pytest.raises(InputError, match="0 for the first, or none"):
        Design(LOT, (-1, 3))


@pytest.mark.parametrize("starts", [(0, 2, 4), (0, 0, 4, 4), (0, 0, 0, None), (0, 3, 3, 6, None)])
def test_the_orders_are_all_different_ones_there_are(starts):
    kinds = list(dict.fromkeys(starts))
    orders, complete = orders_of(starts)
    told = {tuple(kinds[place] for place in order) for order in orders}
    assert complete
    assert told == set(permutations(starts))
    assert len(orders) == len(told) == ways(starts)


def test_of_too_many_orders_some_are_drawn_the_same_every_time():
    starts = staggered(9, 18)
    orders, complete = orders_of(starts)
    assert not complete
    assert (orders == orders_of(starts, 0)[0]).all()
    assert (orders != orders_of(starts, 1)[0]).any()
    assert {tuple(sorted(order)) for order in orders.tolist()} == {tuple(range(9))}
    assert Design(LOT, starts).floor == pytest.approx(1 / 10_001)
    assert Design(LOT, starts).orders == math.factorial(9)
