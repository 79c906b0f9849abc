"""Many draws of what is not known: against exact results, and which of it matters."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from playbook.analysis.metric_tree.sampling import Input
from playbook.analysis.metric_tree.uncertainty import inputs_of, linear, monte_carlo, sobol
from tests.analysis.metric_tree.trees import tree
from tests.depth import examples


def sum_of(figures, how="sum", **root):
    """A sum of figures, each (now, spread in per cent)."""
    parts = {
        f"p{place}": {"parent": "r", "now": now, "spread": spread}
        for place, (now, spread) in enumerate(figures)
    }
    return tree(r={"how": how, **root}, **parts)


LINK = {"parent": "r", "elasticity_low": 0.1, "elasticity": 0.3, "elasticity_high": 0.8}


# --------------------------------------------------------------------------- one input


@pytest.mark.parametrize("ends", [(0, 1, 4), (-2, -2, 1), (3, 5, 5)])
def test_a_triangle_has_the_mean_the_deviation_and_the_shares_that_scipy_gives(ends):
    low, likely, high = ends
    ours = Input("r", "now", *ends)
    theirs = stats.triang((likely - low) / (high - low), loc=low, scale=high - low)
    assert ours.mean == pytest.approx(theirs.mean())
    assert ours.deviation == pytest.approx(theirs.std())
    shares = np.linspace(0, 1, 11)
    assert ours.at(shares) == pytest.approx(theirs.ppf(shares))


def test_what_is_not_known_is_what_may_be_off_and_what_carries_a_change():
    grown = tree(
        r={"now": 100, "spread": 10},
        a={**LINK, "now": 5},
        b={**LINK, "now": 5, "spread": 20},
        c={"parent": "a", "elasticity": 0.5},  # known exactly
        other={"now": 3, "spread": 50},  # not below r
    )
    inputs = inputs_of(grown, "r", {"c": 0.1})
    assert {(it.row, it.what) for it in inputs} == {("r", "now"), ("a", "link"), ("b", "now")}
    assert next(it for it in inputs if it.row == "b") == Input("b", "now", 4, 5, 6)


def test_of_a_figure_that_is_nothing_today_no_draw_is_anything_else():
    """No share of nothing can be told, and nothing that grows by a share is nothing still."""
    grown = tree(r={"now": 0}, a={**LINK, "now": 5})
    found = monte_carlo(grown, "r", {"a": 0.1})
    assert found.estimate in (None, (0.0, 0.0, 0.0))


# --------------------------------------------------------------------------- against exact results

AMOUNTS = st.floats(1, 100) | st.floats(-100, -1)  # a cost or a loss is below zero
FIGURES = st.lists(st.tuples(AMOUNTS, st.floats(1, 50)), min_size=1, max_size=5)


@settings(max_examples=examples(25))
@given(FIGURES)
def test_on_a_sum_the_draws_agree_with_the_exact_mean_and_deviation(figures):
    found = monte_carlo(sum_of(figures), "r", {"p0": 0.1}, draws=4_000).before
    mean = sum(now for now, _ in figures)
    deviation = math.sqrt(sum((now * spread / 100) ** 2 / 6 for now, spread in figures))
    assert found.mean() == pytest.approx(mean, abs=5 * deviation / math.sqrt(4_000))
    assert found.std() == pytest.approx(deviation, rel=0.1)


@settings(max_examples=examples(25))
@given(st.floats(0, 1), st.floats(0.01, 2))
def test_a_change_of_a_whole_sum_is_exact_however_uncertain_its_figures(spread, share):
    grown = sum_of([(3, 100 * spread), (8, 50 * spread)])
    found = monte_carlo(grown, "r", {"r": share}, draws=64)
    assert found.change == pytest.approx(np.full(64, share))


def test_the_draws_agree_with_an_integral_over_the_triangle():
    """The mean of 1.5 ^ e over a triangle of e, by quadrature."""
    grown = tree(r={}, a=LINK)
    theirs = stats.triang(2 / 7, loc=0.1, scale=0.7)
    expected = theirs.expect(lambda e: 1.5**e) - 1
    assert monte_carlo(grown, "r", {"a": 0.5}).change.mean() == pytest.approx(expected, rel=0.01)


def test_straight_lines_are_exact_where_the_tree_is_straight():
    """The change of a + b when a rises by 10 % is 0.1 a / (a + b); at b exact, nearly straight."""
    grown = tree(
        r={"now": 50, "elasticity": 1},
        a={**LINK, "elasticity_low": 0.299, "elasticity_high": 0.301},
    )
    mean, deviation = linear(grown, "r", {"a": 0.1})
    one = Input("a", "link", 0.299, 0.3, 0.301)
    assert mean == pytest.approx(1.1**one.mean - 1)
    assert deviation == pytest.approx(math.log(1.1) * 1.1**one.mean * one.deviation, rel=1e-6)


@pytest.mark.parametrize("correlation", [0.0, 0.4, 1.0])
def test_inputs_that_go_together_add_their_doubts(correlation):
    """Two links alike: the variance is 2 (1 + correlation) times that of one."""
    grown = tree(r={}, a=LINK, b=LINK)
    _, one = linear(grown, "r", {"a": 0.01, "b": 0.01}, correlation=0.0)
    _, both = linear(grown, "r", {"a": 0.01, "b": 0.01}, correlation=correlation)
    assert both / one == pytest.approx(math.sqrt(1 + correlation))
    draws = monte_carlo(grown, "r", {"a": 0.01, "b": 0.01}, correlation=correlation)
    assert draws.change.std() == pytest.approx(both, rel=0.05)
    matrix = np.array([[1.0, correlation], [correlation, 1.0]])
    assert linear(grown, "r", {"a": 0.01, "b": 0.01}, correlation=matrix)[1] == pytest.approx(both)


def test_the_same_seed_gives_the_same_draws_and_another_one_others():
    grown = tree(r={}, a=LINK)
    one, again, other = (
        monte_carlo(grown, "r", {"a": 0.1}, draws=50, seed=seed) for seed in (1, 1, 2)
    )
    assert (one.change == again.change).all()
    assert (one.change != other.change).any()


def test_all_money_times_a_factor_leaves_the_change_as_it_is():
    small, large = (sum_of([(3 * times, 20), (8 * times, 10)]) for times in (1, 1000))
    one, other = (monte_carlo(it, "r", {"p0": 0.2}, draws=500).change for it in (small, large))
    assert one == pytest.approx(other)


def test_without_doubt_every_draw_is_the_what_if():
    found = monte_carlo(
        tree(r={}, a={"parent": "r", "elasticity": 0.5}), "r", {"a": 0.21}, draws=10
    )
    assert found.change == pytest.approx([0.1] * 10)


def test_draws_that_cannot_be_worked_out_are_left_out_and_counted():
    grown = tree(
        r={},
        m={"parent": "r", "how": "formula", "formula": "a - 10", "elasticity": 0.5},
        a={"parent": "m", "now": 10, "spread": 10},  # half of the draws begin below zero
    )
    found = monte_carlo(grown, "r", {"a": 0.5}, draws=4_000)
    assert found.left_out == pytest.approx(0.5, abs=0.05)
    assert np.isfinite(found.change).all()


def test_what_cannot_be_followed_at_all_has_no_draw_and_a_reason():
    found = monte_carlo(tree(r={}, a={"parent": "r"}), "r", {"a": 0.1}, draws=10)
    assert (found.change.size, found.left_out) == (0, 1)
    assert [problem.key for problem in found.problems] == ["no_elasticity"]


# --------------------------------------------------------------------------- what matters


def test_in_a_sum_each_input_matters_by_its_variance():
    """The change of a constant plus what two links bring: for small ones additive."""
    wide = {"parent": "r", "elasticity_low": 0.0, "elasticity": 0.4, "elasticity_high": 0.8}
    narrow = {"parent": "r", "elasticity_low": 0.2, "elasticity": 0.4, "elasticity_high": 0.6}
    first, second = sobol(tree(r={}, a=narrow, b=wide), "r", {"a": 0.01, "b": 0.01})
    assert (first.inputs[0].row, second.inputs[0].row) == ("b", "a")
    assert (first.first_order, first.total_order) == pytest.approx(
        (0.8, 0.8), abs=0.02
    )  # 4 : 1 in variance
    assert (second.first_order, second.total_order) == pytest.approx((0.2, 0.2), abs=0.02)


def test_what_does_not_bear_on_the_change_does_not_matter():
    grown = tree(r={"now": 50, "spread": 30}, a=LINK)
    weights = {
        weight.inputs[0].what: weight.total_order for weight in sobol(grown, "r", {"a": 0.1})
    }
    assert weights == pytest.approx({"link": 1, "now": 0}, abs=0.01)


def test_inputs_are_judged_in_groups():
    grown = tree(r={}, a=LINK, b=LINK, c=LINK)
    changes = dict.fromkeys("abc", 0.01)
    inputs = inputs_of(grown, "r", changes)
    first, second = sobol(grown, "r", changes, groups=[inputs[:2], inputs[2:]])
    assert (len(first.inputs), first.total_order) == (2, pytest.approx(2 / 3, abs=0.02))
    assert (len(second.inputs), second.total_order) == (1, pytest.approx(1 / 3, abs=0.02))


def test_where_nothing_is_open_nothing_matters():
    assert sobol(tree(r={}, a={"parent": "r", "elasticity": 0.5}), "r", {"a": 0.1}) == ()
    assert sobol(sum_of([(3, 10)]), "r", {"r": 0.1}) == ()  # the figure cancels out
