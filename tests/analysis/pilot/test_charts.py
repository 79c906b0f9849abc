"""XmR charts: limits against published and other people's figures, and what counts as a signal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.charts import (
    RULE_SETS,
    ChartBaseline,
    Limits,
    Signal,
    baseline_problem,
    chart,
    limits_of,
    signals,
)
from playbook.model import InputError

NIST = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
WEEKS = [36.2, 34.8, 37.1, 35.5, 38.0, 34.1, 36.6, 35.9, 33.9, 37.4, 36.0, 35.2]
WEEKS += [37.9, 38.8, 36.1, 39.5, 38.2, 40.1, 37.7, 39.9, 41.0, 38.6, 39.3, 40.4, 42.8]
UNIT = Limits(mean=0, lower=-3, upper=3, mean_range=1.128, range_limit=3.685, points=12)
"""A mean of 0 and a sigma of 1."""


def shapes(values, rules):
    found = signals(values, UNIT, RULE_SETS[rules])
    return [(it.rule, it.first, it.last, it.side) for it in found]


# --------------------------------------------------------------------------- limits


def test_limits_are_those_of_the_nist_handbook():
    """Section 6.3.2.2, to the four digits that it prints."""
    found = limits_of(NIST)
    assert found.mean == pytest.approx(50.81)
    assert (found.lower, found.upper) == pytest.approx((45.8159, 55.8041), abs=5e-5)
    assert found.range_limit == pytest.approx(6.1347, abs=5e-5)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (NIST, (50.810, 45.815, 55.805, 1.878, 6.137)),
        (WEEKS, (37.640, 32.341, 42.939, 1.992, 6.510)),
        (WEEKS[:12], (35.892, 30.426, 41.358, 2.055, 6.716)),
        (WEEKS[3:15], (36.283, 30.577, 41.989, 2.145, 7.010)),
    ],
)
def test_limits_are_those_of_another_package_within_a_thousandth(values, told):
    """Worked out once with statprocon 2.0.0, which takes 2.660 and 3.268 for 3 / 1.128 and 3.267;
    it rounds all to three digits."""
    found = limits_of(values)
    ours = (found.mean, found.lower, found.upper, found.mean_range, found.range_limit)
    assert ours == pytest.approx(told, rel=1e-3)


def test_screening_leaves_out_moving_ranges_above_their_own_limit_once():
    """Ranges 2, 2, 2, 2, 26, 26, 2, 2: mean 8, limit 26.1, so both stay. With 30s: mean 9, limit
    29.4, so both go and the mean is 2."""
    low = [10, 12, 10, 12, 10, 36, 10, 12, 10]
    assert limits_of(low, screened=True) == limits_of(low)
    high = [40 if it == 36 else it for it in low]
    found = limits_of(high, screened=True)
    assert found.mean_range == pytest.approx(2)
    assert found.mean == pytest.approx(sum(high) / 9)


def test_a_gap_is_no_zero_and_has_no_moving_range():
    """12 and 14 are not neighbours: ranges 2 and 1, mean 13."""
    found = limits_of([10, 12, None, 14, 15, None, None])
    assert (found.mean, found.mean_range, found.points) == (12.75, 1.5, 4)
    assert limits_of([10, None, 12, None]) is None


def test_below_twelve_figures_a_chart_is_provisional_and_signals_nothing():
    quiet = [10, 11] * 6
    assert chart([*quiet, 30], [ChartBaseline(0, 12)]).signalled
    short = chart([*quiet[:11], 30], [ChartBaseline(0, 11)])
    assert short.present.limits.provisional
    assert short.present.signals
    assert not short.signalled
    with_gap = chart([None, *quiet[1:], 30], [ChartBaseline(0, 12)])
    assert with_gap.present.limits.provisional


# --------------------------------------------------------------------------- rules


def test_a_run_is_eight_nine_or_seven_by_the_rules_that_are_named():
    above = [0.5, 0.4] * 5
    for rules, length in (("wheeler", 8), ("nelson", 9), ("nhs", 7)):
        assert shapes(above[: length - 1], rules) == []
        assert shapes(above[:length], rules) == [("run", 0, length - 1, 1)]
        assert shapes([*above[: length - 1], -0.1], rules) == []
    assert shapes(above, "limits") == []


def test_near_a_limit_two_of_three_or_four_of_five_on_one_side():
    assert shapes([2.5, 0, 2.5], "wheeler") == [("near", 0, 2, 1)]
    assert shapes([2.5, 0, -2.5], "wheeler") == []
    assert shapes([2.5, 0, 0, 2.5], "wheeler") == []
    assert shapes([-1.5, -1.5, 0.2, -1.5, -1.5], "wheeler") == [("near", 0, 4, -1)]
    assert shapes([-1.5, -1.5, 0.2, -1.5, -1.5], "nhs") == []


def test_a_trend_counts_its_points_and_not_its_steps():
    rising = [-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]
    assert shapes(rising, "nhs") == [("trend", 0, 6, 1)]
    assert shapes(rising[:6], "nhs") == []
    assert shapes(rising[:6], "nelson") == [("trend", 0, 5, 1)]
    assert shapes([*rising[:3], -0.1, *rising[3:]], "nhs") == []


def test_a_point_on_a_limit_or_on_the_mean_is_inside():
    assert shapes([3.0, -3.0, 3.001], "limits") == [("limit", 2, 2, 1)]
    assert shapes([0.1] * 4 + [0.0] + [0.1] * 4, "wheeler") == []


def test_a_run_goes_on_behind_a_gap_and_a_gap_adds_nothing_to_it():
    assert shapes([0.5] * 4 + [None] + [0.5] * 3, "wheeler") == []
    assert shapes([0.5] * 4 + [None] + [0.5] * 4, "wheeler") == [("run", 0, 8, 1)]


def test_only_patterns_wholly_after_the_baseline_count():
    """Five above at its end and three after it are no run of eight; those within are told apart."""
    level = [9, 11] * 4 + [10.2] * 5
    later = chart([*level, 10.2, 10.2, 10.2], [ChartBaseline(0, 13)])
    assert later.present.signals == ()
    jump = chart([10, 11] * 6 + [30] + [10, 11] * 3, [ChartBaseline(0, 19)], rules="limits")
    assert [it.rule for it in jump.present.unsteady] == ["limit"]
    assert not jump.signalled


@given(st.lists(st.one_of(st.none(), st.floats(-5, 5)), max_size=30))
def test_turned_upside_down_a_series_has_the_same_signals_on_the_other_side(values):
    turned = [None if it is None else -it for it in values]
    for rules in RULE_SETS.values():
        there = {
            Signal(it.rule, it.first, it.last, -it.side) for it in signals(values, UNIT, rules)
        }
        assert set(signals(turned, UNIT, rules)) == there


@given(st.lists(st.floats(-5, 5), max_size=25), st.integers(0, 25))
def test_gaps_change_no_signal_but_its_weeks(values, place):
    place = min(place, len(values))
    gapped = [*values[:place], None, *values[place:]]

    def moved(week):
        return week + (week >= place)

    for rules in RULE_SETS.values():
        there = [
            Signal(it.rule, moved(it.first), moved(it.last), it.side)
            for it in signals(values, UNIT, rules)
        ]
        assert list(signals(gapped, UNIT, rules)) == there


def test_an_unknown_rule_set_is_refused_with_those_there_are():
    with pytest.raises(InputError, match="one of limits, run, wheeler, nelson, nhs"):
        chart(WEEKS, rules="western")


# --------------------------------------------------------------------------- a new baseline


def test_a_new_baseline_keeps_the_old_limits_and_judges_only_what_comes_after():
    new = ChartBaseline(12, 12, "Priya", "We call first now")
    both = chart(WEEKS, [ChartBaseline(0, 12), new])
    old, present = both.periods
    assert old.limits == limits_of(WEEKS[:12])
    assert (old.end, present.end) == (12, 25)
    assert present.limits == limits_of(WEEKS[12:24])
    assert present.signals == ()
    assert both.watched == 1
    with pytest.raises(InputError, match="one after the other"):
        chart(WEEKS, [new, ChartBaseline(0, 12)])


def test_a_new_baseline_says_who_and_why_and_waits_until_a_signal_has_six_points():
    young = chart([10, 11] * 6 + [10, 20, 21, 22])
    good = ChartBaseline(13, 3, "Priya", "We call first now")
    assert baseline_problem(young, ChartBaseline(0, 12, "Priya", "why")) == "first"
    assert baseline_problem(young, ChartBaseline(16, 12, "Priya", "why")) == "first"
    assert baseline_problem(young, ChartBaseline(13, 3, " ", "why")) == "who"
    assert baseline_problem(young, ChartBaseline(13, 3, "Priya", "")) == "why"
    assert baseline_problem(young, good) == "despite"
    reasoned = ChartBaseline(13, 3, "Priya", "We call first now", "The counter was replaced")
    assert baseline_problem(young, reasoned) is None
    settled = chart([10, 11] * 6 + [10, 20, 21, 22, 20, 21, 22])
    assert baseline_problem(settled, good) is None
