"""One number for how much people disagree, worked out pair by pair."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.cohort import disagreement


def pairs_apart(answers: list[int], most: Fraction) -> float:
    """The mean distance of every pair, a person with themselves included, as a share of `most`."""
    apart = [abs(one - other) for one, other in product(answers, repeat=2)]
    return float(Fraction(sum(apart), len(apart)) / most)


ANY_COUNTS = st.lists(st.integers(0, 6), min_size=2, max_size=5).filter(any)


@given(ANY_COUNTS)
def test_in_an_order_disagreement_is_the_mean_distance_of_all_pairs(counts: list[int]) -> None:
    answers = [place for place, count in enumerate(counts) for _ in range(count)]
    expected = pairs_apart(answers, Fraction(len(counts) - 1, 2))
    assert disagreement.of_ordered(counts) == pytest.approx(expected)


@given(ANY_COUNTS)
def test_without_an_order_it_is_how_many_pairs_differ(counts: list[int]) -> None:
    answers = [place for place, count in enumerate(counts) for _ in range(count)]
    differ = [one != other for one, other in product(answers, repeat=2)]
    share = Fraction(sum(differ), len(differ)) / Fraction(len(counts) - 1, len(counts))
    assert disagreement.of_unordered(counts) == pytest.approx(float(share))


@given(st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=1, max_size=8))
def test_with_several_choices_it_is_how_many_only_one_of_a_pair_picked(
    picked: list[list[bool]],
) -> None:
    counts = [sum(column) for column in zip(*picked, strict=True)]
    apart = [
        sum(a != b for a, b in zip(one, other, strict=True))
        for one, other in product(picked, repeat=2)
    ]
    share = Fraction(sum(apart), len(apart)) / Fraction(3, 2)
    assert disagreement.of_several(counts, len(picked)) == pytest.approx(float(share))


@given(st.integers(0, 9), st.integers(1, 9))
def test_with_two_choices_every_kind_of_question_gives_the_same_number(yes: int, no: int) -> None:
    ordered = disagreement.of_ordered([yes, no])
    assert disagreement.of_unordered([yes, no]) == pytest.approx(ordered)
    assert disagreement.of_several([yes, no], yes + no) == pytest.approx(ordered)


def test_without_answers_or_with_one_choice_there_is_nothing_to_disagree_about() -> None:
    for measured in (disagreement.of_unordered, disagreement.of_ordered):
        assert measured([0, 0, 0]) is None
        assert measured([4]) is None
    assert disagreement.of_several([0, 0], 0) is None


def test_disagreement_is_0_when_all_say_the_same_and_1_when_half_stand_at_each_end() -> None:
    assert disagreement.of_ordered([7, 0, 0]) == 0
    assert disagreement.of_ordered([4, 0, 4]) == 1
    assert disagreement.of_ordered([0, 8, 0]) == 0
    assert disagreement.of_unordered([3, 3, 3]) == pytest.approx(1)


@given(ANY_COUNTS, st.sampled_from([0.25, 0.5, 0.75]))
def test_a_quantile_is_the_first_choice_with_enough_below(counts: list[int], share: float) -> None:
    choices = [str(place) for place in range(len(counts))]
    answers = [place for place, count in zip(choices, counts, strict=True) for _ in range(count)]
    enough = [it for it in answers if sum(other <= it for other in answers) >= share * len(answers)]
    assert disagreement.quantile(choices, counts, share) == min(enough)
