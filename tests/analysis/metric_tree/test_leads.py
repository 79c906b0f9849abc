"""A lead is claimed where there is one, and hardly ever where there is none."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.lib.stride_tricks import sliding_window_view

from playbook.analysis.metric_tree.leads import (
    BLOCK,
    SHUFFLES,
    Lead,
    autoregression,
    block_shuffles,
    innovations,
    lead,
    lead_between,
    past_weeks,
)
from playbook.framework import load_framework
from playbook.worksheet.time_series import Point, TimeSeries

LIMITS = load_framework().threshold_values
MONDAY = date(2027, 1, 4)
WARM_UP = 60


def drifting(random, pairs, weeks, memory=0.8):
    """Shape (pairs, weeks): each week is `memory` times the last one and a normal surprise."""
    shocks = random.standard_normal((pairs, weeks + WARM_UP))
    drift = np.zeros_like(shocks)
    for week in range(1, weeks + WARM_UP):
        drift[:, week] = memory * drift[:, week - 1] + shocks[:, week]
    return drift[:, WARM_UP:]


def led(random, pairs, weeks, lag, effect):
    """Drivers, and outcomes that are `effect` times the driver `lag` weeks ago plus a drift."""
    driver = drifting(random, pairs, weeks + lag)
    return driver[:, lag:], effect * driver[:, :weeks] + drifting(random, pairs, weeks)


def leads(drivers, outcomes, lag=2):
    return [lead_between(x, y, lag, LIMITS) for x, y in zip(drivers, outcomes, strict=True)]


def claimed(found):
    return sum(one.claim == "seen" for one in found) / len(found)


def weeks_of(values, start=MONDAY):
    weeks = (Point(start + timedelta(weeks=at), float(it)) for at, it in enumerate(values))
    return TimeSeries(tuple(weeks))


def part(series, start=0, end=None, step=1):
    return TimeSeries(series.points[start:end:step])


# --- What it promises ---


@pytest.fixture(scope="module")
def unrelated():
    """A thousand pairs of 26 weeks that have nothing to do with each other, and what is said."""
    random = np.random.default_rng(2027)
    drivers, outcomes = drifting(random, 1000, 26), drifting(random, 1000, 26)
    return drivers, outcomes, leads(drivers, outcomes)


def test_of_a_thousand_unrelated_drifting_pairs_at_most_one_in_twenty_is_called_a_lead(unrelated):
    assert claimed(unrelated[2]) <= 0.05


def test_looking_for_the_best_lag_by_eye_would_call_most_of_those_pairs_a_lead(unrelated):
    """So the pairs are the hard kind: the usual bound 2/sqrt(n), any lag up to eight weeks."""
    found = 0
    for x, y in zip(*unrelated[:2], strict=True):
        naive = [np.corrcoef(x[: 26 - lag], y[lag:])[0, 1] for lag in range(9)]
        found += np.max(np.abs(naive)) > 2 / np.sqrt(26)
    assert found > 600


def test_a_planted_lead_of_two_weeks_is_found_in_most():
    """Effect 0.8: the driver explains 0.64 / 1.64 = 39 % of the outcome, a drift the rest."""
    drivers, outcomes = led(np.random.default_rng(2028), 200, 26, lag=2, effect=0.8)
    found = leads(drivers, outcomes)
    assert claimed(found) >= 0.6
    assert np.mean([one.correlation for one in found]) > 0.4


def test_a_year_shows_half_that_effect_as_well():
    """Effect 0.4: the driver explains 0.16 / 1.16 = 14 % of the outcome."""
    drivers, outcomes = led(np.random.default_rng(2029), 200, 52, lag=2, effect=0.4)
    assert claimed(leads(drivers, outcomes)) >= 0.6
    assert claimed(leads(outcomes, drivers)) <= 0.1, "not the other way round"
    assert claimed(leads(drivers, outcomes, lag=6)) <= 0.1, "not at a lag nobody planted"


def test_the_share_of_shuffles_is_even_when_nothing_is_related(unrelated):
    """Up to any limit lies that share of pairs; 0.05 is three standard errors of a thousand."""
    shares = np.array([one.p for one in unrelated[2]])
    for limit in np.arange(0.05, 1, 0.05):
        assert np.mean(shares <= limit) == pytest.approx(limit, abs=0.05)
    assert np.mean(shares <= 0.02) <= 0.035


@pytest.mark.parametrize("kind", ["white", "walk", "trends"])
def test_other_unrelated_pairs_are_not_called_a_lead_either(kind):
    random = np.random.default_rng(2030)
    drivers, outcomes = random.standard_normal((2, 400, 26))
    if kind == "walk":
        drivers, outcomes = np.cumsum(drivers, axis=1), np.cumsum(outcomes, axis=1)
    if kind == "trends":
        drivers, outcomes = drivers + np.arange(26), outcomes - np.arange(26) / 2
    assert claimed(leads(drivers, outcomes)) <= 0.05


# --- Worked out a second way ---


def test_an_autoregression_of_one_week_is_the_slope_of_week_on_week():
    x = drifting(np.random.default_rng(1), 1, 80)[0]
    slope, constant = np.polyfit(x[:-1], x[1:], 1)
    assert autoregression(x, 1) == pytest.approx([constant, slope])


def test_an_autoregression_of_two_weeks_solves_the_normal_equations():
    x = drifting(np.random.default_rng(2), 1, 80)[0]
    now, one_ago, two_ago = sliding_window_view(x, 3).T[::-1]
    design = np.stack([np.ones(78), one_ago, two_ago])
    assert autoregression(x, 2) == pytest.approx(np.linalg.inv(design @ design.T) @ design @ now)


@pytest.mark.parametrize(("weights", "order"), [((0.8,), 1), ((0.2, 0.6), 2), ((0, 0, 0.7), 3)])
def test_a_past_of_known_length_is_found_in_ten_years(weights, order):
    """In most of twenty: Akaike's criterion now and then takes one week too many."""
    random = np.random.default_rng(4)
    found = []
    for shocks in random.standard_normal((20, 520)):
        x = [0.0] * 3
        for shock in shocks:
            x.append(sum(w * x[-1 - ago] for ago, w in enumerate(weights)) + shock)
        x = np.array(x)
        found.append(past_weeks(x))
        assert autoregression(x, order)[1:] == pytest.approx(weights, abs=0.15)
        left = innovations(x)
        assert len(left) == len(x) - found[-1]
        assert abs(np.corrcoef(left[1:], left[:-1])[0, 1]) < 0.1
    assert found.count(order) > 13
    assert min(found) == order, "and never too few"


def test_correlation_and_share_are_those_of_the_plain_formulas():
    drivers, outcomes = led(np.random.default_rng(5), 1, 30, lag=2, effect=0.5)
    x, y = drivers[0], outcomes[0]
    weeks = np.arange(30)
    level = [one - np.polyval(np.polyfit(weeks, one, 1), weeks) for one in (x, y)]
    before, after = (innovations(one) for one in level)
    start = max(30 - len(before), 30 - len(after))
    before, after = before[start - 30 :], after[start - 30 :]
    known, then = before[:-2], after[2:]
    found = lead_between(x, y, 2, LIMITS)
    assert found.correlation == pytest.approx(np.corrcoef(known, then)[0, 1])
    chance = [np.corrcoef(known[order], then)[0, 1] for order in block_shuffles(len(known))]
    as_far = np.sum(np.abs(chance) >= abs(found.correlation) - 1e-12)
    assert found.p == (1 + as_far) / (1 + SHUFFLES)


def test_effective_weeks_are_few_where_both_drift_and_all_where_neither_does():
    """Bartlett for 0.8 and 0.8: (1 - 0.64) / (1 + 0.64) of 1,000 pairs is 220."""
    random = np.random.default_rng(6)
    x, y = drifting(random, 2, 1000)
    assert lead_between(x, y, 0, LIMITS).effective_n == pytest.approx(220, abs=45)
    x, y = random.standard_normal((2, 1000))
    assert lead_between(x, y, 0, LIMITS).effective_n == pytest.approx(1000, abs=10)


@pytest.mark.parametrize("count", [20, 23, 50])
def test_a_shuffle_has_every_week_once_and_keeps_blocks_together(count):
    orders = block_shuffles(count)
    assert orders.shape == (SHUFFLES, count)
    assert np.all(np.sort(orders, axis=1) == np.arange(count))
    breaks = np.sum(np.diff(orders, axis=1) != 1, axis=1)
    assert breaks.max() <= count // BLOCK + 1
    assert len(np.unique(orders[:, 0])) > count // BLOCK, "blocks begin anywhere"


# --- What it makes of numbers by date ---

PAIR = led(np.random.default_rng(7), 1, 40, lag=3, effect=0.9)
DRIVER, OUTCOME = weeks_of(PAIR[0][0]), weeks_of(PAIR[1][0])


def test_a_lead_between_two_metrics_is_told_with_all_that_it_rests_on():
    found = lead(DRIVER, OUTCOME, 3, LIMITS)
    assert (found.claim, found.lag, found.weeks) == ("seen", 3, 40)
    assert 0.3 < found.correlation < 1
    assert 0 < found.p <= LIMITS["lead_p"]
    assert 3 < found.effective_n < 37
    assert lead(DRIVER, OUTCOME, 3, LIMITS) == found, "the same every time"


@given(
    st.floats(0.01, 1e6),
    st.floats(-1e5, 1e5),
    st.sampled_from([1, -1]),
    st.randoms(use_true_random=False),
)
def test_units_offsets_and_the_order_of_points_change_nothing_but_the_sign(
    scale, offset, sign, random
):
    plain = lead(DRIVER, OUTCOME, 3, LIMITS)
    other = [Point(point.date, sign * scale * point.value + offset) for point in DRIVER]
    random.shuffle(other)
    found = lead(TimeSeries(tuple(other)), OUTCOME, 3, LIMITS)
    assert found.correlation == pytest.approx(sign * plain.correlation, abs=1e-4)
    assert found.p == pytest.approx(plain.p, abs=2 / SHUFFLES)
    assert (found.claim, found.effective_n) == (plain.claim, plain.effective_n)


def test_only_the_longest_run_of_weeks_that_both_have_is_used():
    gap = TimeSeries((*DRIVER.points[:9], *DRIVER.points[10:]))
    late = TimeSeries(tuple(Point(day + timedelta(days=4), value) for day, value in OUTCOME))
    assert lead(gap, late, 3, LIMITS) == lead(part(DRIVER, 10), part(OUTCOME, 10), 3, LIMITS)
    assert lead(gap, late, 3, LIMITS).weeks == 30


def test_too_few_weeks_in_a_row_are_too_little_data():
    least = int(LIMITS["lead_least_weeks"])
    enough, few = part(DRIVER, end=least + 3), part(DRIVER, end=least + 2)
    assert lead(enough, OUTCOME, 3, LIMITS).claim != "too little data"
    assert lead(few, OUTCOME, 3, LIMITS) == Lead("too little data", 3, least + 2)
    assert lead(TimeSeries(), OUTCOME, 3, LIMITS) == Lead("too little data", 3, 0)
    months = part(DRIVER, step=4)
    assert lead(months, OUTCOME, 0, LIMITS) == Lead("too little data", 0, 1)
    assert lead(DRIVER, OUTCOME, 104, LIMITS).claim == "too little data"


@pytest.mark.parametrize("values", [[0] * 40, [7.7] * 40, range(40), [1, 2] * 20])
def test_numbers_that_never_surprise_are_too_little_data(values):
    assert lead(weeks_of(values), OUTCOME, 3, LIMITS) == Lead("too little data", 3, 40)
    assert lead(DRIVER, weeks_of(values), 3, LIMITS) == Lead("too little data", 3, 40)
