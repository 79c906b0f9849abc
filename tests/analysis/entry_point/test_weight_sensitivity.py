"""Whether the weights decide, against a second way to reckon."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from playbook.analysis.entry_point.weight_sensitivity import weight_stability
from playbook.model import InputError
from tests.depth import examples

brief = settings(max_examples=examples(40))  # many sums an example

A_LEADS = {"A": [4, 3], "B": [5, 2]}


@pytest.mark.row("GAP-01", "ENT-47")
def test_a_small_case_worked_out_by_hand() -> None:
    # A leads while 4s + 3(1 - s) > 5s + 2(1 - s), that is while s < 1/2 on the first factor.
    found = weight_stability(A_LEADS, [1, 3])
    assert found.winners == ("A",)
    assert found.totals == {"A": Fraction(13, 4), "B": Fraction(11, 4)}
    first, second = found.ranges
    assert (first.low, first.now, first.high) == (0, Fraction(1, 4), Fraction(1, 2))
    assert (first.below, first.above) == ((), ("B",))
    assert (second.low, second.now, second.high) == (Fraction(1, 2), Fraction(3, 4), 1)
    assert (second.below, second.above) == (("B",), ())
    # Each is one point ahead where all the weight lies on the factor it is good at.
    assert found.margins == {"A": 1, "B": 1}


def test_a_shared_first_place_is_told_and_has_no_ranges() -> None:
    found = weight_stability({"A": [5, 1], "B": [1, 5], "C": [2, 2]}, [2, 2])
    assert (found.winners, found.ranges) == (("A", "B"), ())
    assert found.margins["C"] == -1  # with half and half it is 2 against 3; all else is worse


def test_candidates_with_the_same_scores_are_level_whatever_counts() -> None:
    found = weight_stability({"A": [3, 4], "B": [3, 4]}, [1, 5])
    assert found.winners == ("A", "B")
    assert found.margins == {"A": 0, "B": 0}


def test_one_that_only_ever_draws_level_is_not_said_never_to_win() -> None:
    # C is between the two on both factors: level with both where they meet, ahead nowhere.
    found = weight_stability({"A": [4, 2], "B": [2, 4], "C": [3, 3]}, [3, 1])
    assert found.margins["C"] == 0


def test_two_who_take_over_at_the_same_weight_are_both_named() -> None:
    found = weight_stability({"A": [4, 3], "B": [5, 2], "C": [5, 2]}, [1, 3])
    assert found.ranges[0].above == ("B", "C")


def test_with_all_the_weight_on_one_factor_the_others_share_equally() -> None:
    found = weight_stability({"A": [5, 1, 2], "B": [4, 4, 4]}, [1, 0, 0])
    # Without the first: A 1.5, B 4; so A leads while 5s + 1.5(1 - s) > 4s + 4(1 - s): s > 5/7.
    assert found.ranges[0].low == Fraction(5, 7)


def test_a_single_candidate_wins_alone() -> None:
    found = weight_stability({"A": [1, 2, 3]}, [1, 1, 1])
    assert found.winners == ("A",)
    assert all((found.low, found.high) == (0, 1) for found in found.ranges)


def test_a_single_factor_decides_by_itself() -> None:
    found = weight_stability({"A": [3], "B": [2]}, [1])
    assert (found.winners, found.margins) == (("A",), {"A": 1, "B": -1})


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2]])
def test_weights_that_say_nothing_are_refused(weights: list[int]) -> None:
    with pytest.raises(InputError, match="above 0"):
        weight_stability(A_LEADS, weights)


@pytest.mark.parametrize("scores", [{}, {"A": [1, 2], "B": [1]}])
def test_scores_that_do_not_fit_the_weights_are_refused(scores: dict[str, list[int]]) -> None:
    with pytest.raises(InputError, match="2 weights"):
        weight_stability(scores, [1, 1])


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, list[int]], list[int]]:
    """Scores from 1 to 5 of two to five candidates on two to seven factors, and weights."""
    factors = draw(st.integers(2, 7))
    row = st.lists(st.integers(1, 5), min_size=factors, max_size=factors)
    rows = draw(st.lists(row, min_size=2, max_size=5))
    weights = draw(st.lists(st.integers(0, 9), min_size=factors, max_size=factors).filter(any))
    return {f"c{place}": scores for place, scores in enumerate(rows)}, weights


def at_share(weights: list[int], factor: int, share: Fraction) -> list[Fraction]:
    """The weights when `factor` has this share: the others keep their proportions."""
    others = sum(weights) - weights[factor]
    spread = [
        Fraction(weight, others) if others else Fraction(1, len(weights) - 1) for weight in weights
    ]
    return [share if f == factor else (1 - share) * spread[f] for f in range(len(weights))]


def best(scores: dict[str, list[int]], weights: list[Fraction]) -> set[str]:
    totals = {
        name: sum(w * s for w, s in zip(weights, row, strict=True)) for name, row in scores.items()
    }
    return {name for name, total in totals.items() if total == max(totals.values())}


@brief
@given(table=tables())
def test_the_ranges_agree_with_trying_every_fiftieth(
    table: tuple[dict[str, list[int]], list[int]],
) -> None:
    scores, weights = table
    found = weight_stability(scores, weights)
    now = [Fraction(weight, sum(weights)) for weight in weights]
    assert set(found.winners) == best(scores, now)
    for factor, limits in enumerate(found.ranges):
        assert limits.low <= limits.now == now[factor] <= limits.high
        for share in (Fraction(n, 50) for n in range(51)):
            first = best(scores, at_share(weights, factor, share))
            assert (found.winners[0] in first) == (limits.low <= share <= limits.high)


@given(table=tables())
def test_at_the_end_of_a_range_the_winner_is_level_with_those_named(
    table: tuple[dict[str, list[int]], list[int]],
) -> None:
    scores, weights = table
    found = weight_stability(scores, weights)
    for factor, limits in enumerate(found.ranges):
        assert bool(limits.below) or limits.low == 0
        assert bool(limits.above) or limits.high == 1
        for end, rivals in ((limits.low, limits.below), (limits.high, limits.above)):
            level = best(scores, at_share(weights, factor, end))
            assert {*rivals, found.winners[0]} <= level


@brief
@given(table=tables())
def test_how_far_each_can_get_ahead_agrees_with_a_linear_programme(
    table: tuple[dict[str, list[int]], list[int]],
) -> None:
    scores, weights = table
    found = weight_stability(scores, weights)
    factors = len(weights)
    for name, row in scores.items():
        # Maximise t with t <= sum(w (mine - theirs)) for each rival, sum(w) = 1, w >= 0.
        others = [np.subtract(theirs, row) for rival, theirs in scores.items() if rival != name]
        solved = linprog(
            [0] * factors + [-1],
            A_ub=[[*rival, 1] for rival in others],
            b_ub=[0] * len(others),
            A_eq=[[1] * factors + [0]],
            b_eq=[1],
            bounds=[(0, None)] * factors + [(None, None)],
        )
        assert float(found.margins[name]) == pytest.approx(-solved.fun, abs=1e-9)


def test_whoever_can_win_does_somewhere_on_a_fine_grid_and_nobody_else() -> None:
    scores = {"A": [5, 1, 2], "B": [1, 5, 3], "C": [3, 3, 2], "D": [4, 2, 5], "E": [2, 2, 2]}
    found = weight_stability(scores, [1, 1, 1])
    alone = set()
    for first in range(41):
        for second in range(41 - first):
            shares = [Fraction(n, 40) for n in (first, second, 40 - first - second)]
            level = best(scores, shares)
            alone |= level if len(level) == 1 else set()
    assert alone == {name for name, margin in found.margins.items() if margin > 0}


@given(table=tables(), factor=st.integers(1, 50))
def test_weights_ten_times_as_large_say_the_same(
    table: tuple[dict[str, list[int]], list[int]], factor: int
) -> None:
    scores, weights = table
    assert weight_stability(scores, weights) == weight_stability(
        scores, [factor * w for w in weights]
    )
