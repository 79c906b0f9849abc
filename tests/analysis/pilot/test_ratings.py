"""Agreement between raters: against published examples and against other ways to work it out."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.ratings import alpha, rwg, spread_of
from playbook.model import InputError

N = None
FOUR_OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
"""Krippendorff's example with four observers, twelve things and missing ratings."""

THINGS = list(zip(*FOUR_OBSERVERS, strict=True))
RATINGS = st.one_of(st.none(), st.integers(1, 5))


@pytest.mark.parametrize(
    ("scale", "told"),
    [("nominal", 0.7434), ("ordinal", 0.8154), ("interval", 0.8491), ("ratio", 0.7974)],
)
def test_alpha_is_the_published_one(scale, told):
    assert alpha(THINGS, scale) == pytest.approx(told, abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [("0100000000", "1110010010", 0.095), ("aabbdcccedda", "babbbccceddd", 0.692)],
)
def test_alpha_of_his_two_observers_is_the_published_one(first, second, told):
    """From his paper on computing it: ten times yes or no, and twelve things in five kinds."""
    pairs = [(ord(one), ord(other)) for one, other in zip(first, second, strict=True)]
    assert alpha(pairs, "nominal") == pytest.approx(told, abs=5e-4)


def coincidences(things, apart):
    """Alpha by the table of coincidences, every pair of ratings of a thing by hand."""
    seen, values = {}, []
    for thing in things:
        told = [it for it in thing if it is not None]
        if len(told) < 2:
            continue
        values += told
        for one, other in permutations(range(len(told)), 2):
            pair = (told[one], told[other])
            seen[pair] = seen.get(pair, 0) + 1 / (len(told) - 1)
    by_chance = sum(
        apart(values[one], values[other]) for one, other in permutations(range(len(values)), 2)
    ) / (len(values) - 1)
    return 1 - sum(many * apart(*pair) for pair, many in seen.items()) / by_chance


@given(st.lists(st.tuples(RATINGS, RATINGS, RATINGS), min_size=2, max_size=7))
def test_alpha_is_what_pairs_by_hand_give(things):
    """The ordinal difference: all ratings from one level to the other, half of both ends."""
    pairable = [it for thing in things if sum(r is not None for r in thing) > 1 for it in thing]
    told = [it for it in pairable if it is not None]
    if len(set(told)) < 2:
        assert alpha(things) is None
        return

    def apart(one, other):
        low, high = sorted((one, other))
        between = sum(low <= it <= high for it in told)
        return (between - (told.count(low) + told.count(high)) / 2) ** 2 if low < high else 0

    assert alpha(things) == pytest.approx(coincidences(things, apart))
    assert alpha(things[::-1]) == pytest.approx(alpha(things))
    assert alpha([thing[::-1] for thing in things]) == pytest.approx(alpha(things))


def test_alpha_is_1_for_the_same_0_for_chance_and_none_where_nothing_is_told_apart():
    assert alpha([(1, 1, None), (4, 4, 4), (2, 2, 2)]) == 1
    random = np.random.default_rng(2).integers(1, 6, (2_000, 3)).tolist()
    assert alpha(random) == pytest.approx(0, abs=0.03)
    assert alpha([(3, 3), (3, 3)]) is None
    assert alpha([(3, None), (None, 4)]) is None
    assert alpha([]) is None


def test_rwg_is_the_published_one_and_0_when_people_are_further_apart_than_chance():
    """Variance 0.7 against 2, that of five equally likely levels."""
    assert rwg([3, 4, 4, 5, 3], 5) == pytest.approx(0.65)
    assert rwg([2, 2, 2, 2, 2], 5) == 1
    assert rwg([1, 5, 1, 5, 1], 5) == 0
    with pytest.raises(InputError, match="two ratings"):
        rwg([3], 5)
    with pytest.raises(InputError, match="from 1 to 5"):
        rwg([0, 3], 5)


def test_below_five_raters_nothing_is_told():
    four = [3, 4, None, 4, 5]
    assert spread_of(four, 5) is None
    assert spread_of([], 5) is None
    found = spread_of([*four, 3], 5)
    assert (found.raters, found.median, found.agreement) == (5, 4, pytest.approx(0.65))
    assert (found.lower, found.upper) == tuple(np.percentile([3, 4, 4, 5, 3], [25, 75]))


@given(
    st.lists(RATINGS, max_size=12).flatmap(lambda it: st.tuples(st.just(it), st.permutations(it)))
)
def test_who_said_it_and_in_which_order_changes_nothing(both):
    given_order, other_order = both
    assert spread_of(given_order, 5) == spread_of(other_order, 5)
    assert spread_of([*given_order, None], 5) == spread_of(given_order, 5)
