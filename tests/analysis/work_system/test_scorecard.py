"""The scorecard: what is crossed, reached, old or lost again, each way round, and money by hand."""

from datetime import date
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.charts import limits_of
from playbook.analysis.work_system.scorecard import (
    CATEGORIES,
    Metric,
    balance,
    pays_back,
    return_on,
    stale,
    total_cost,
    watched,
)
from playbook.model import InputError

TODAY = date(2027, 4, 23)
FIGURES = st.floats(-1000, 1000).map(lambda it: round(it, 2))


def metric(**told):
    return Metric(**({"name": "x", "category": "customer"} | told))


@pytest.mark.row("WS-063")
@pytest.mark.parametrize(
    ("better", "latest", "crossed", "reached"),
    [("up", 79, True, False), ("up", 80, True, False), ("up", 85, False, False),
     ("up", 90, False, True), ("down", 21, False, False), ("down", 80, False, False),
     ("down", 91, False, False), ("up", None, None, None)],
)  # fmt: skip
def test_a_trigger_and_a_target_count_in_their_direction(better, latest, crossed, reached):
    trigger, target = (80, 90) if better == "up" else (95, 10)
    found = metric(better=better, latest=latest, trigger=trigger, target=target)
    assert (found.crossed, found.reached) == (crossed, reached)


@pytest.mark.row("WS-063")
@given(FIGURES, FIGURES, FIGURES)
def test_turned_upside_down_everything_is_the_same(latest, trigger, target):
    up = metric(latest=latest, trigger=trigger, target=target)
    down = metric(latest=-latest, trigger=-trigger, target=-target, better="down")
    assert (up.crossed, up.reached, up.contradicts) == (
        down.crossed,
        down.reached,
        down.contradicts,
    )
    if not up.contradicts:
        assert not (up.crossed and up.reached)


@pytest.mark.row("WS-063")
def test_a_target_no_better_than_its_trigger_contradicts_it():
    assert metric(trigger=5, target=5).contradicts
    assert metric(trigger=5, target=6, better="down").contradicts
    assert not metric(trigger=5, target=6).contradicts
    assert not metric(trigger=5).contradicts


@pytest.mark.row("WS-062")
def test_the_way_to_a_target_and_what_a_metric_lacks():
    assert metric(baseline=40, target=60, latest=45).way == pytest.approx(0.25)
    assert metric(baseline=60, target=40, latest=45, better="down").way == pytest.approx(0.75)
    assert metric(baseline=40, target=40, latest=45).way is None
    assert metric(target=1.0, unit="days").lacks == ("intervention", "owner")


@pytest.mark.row("WS-063")
def test_figures_have_an_age():
    old, older = metric(day=date(2027, 4, 1)), metric(day=date(2027, 3, 1))
    ahead = metric(day=date(2027, 5, 1))
    assert [it.age(TODAY) for it in (old, ahead, metric())] == [22, 0, None]
    assert stale([old, ahead, metric(), older], TODAY, 14) == (older, old)
    assert stale([old], TODAY, 22) == ()


@pytest.mark.row("WS-073")
@pytest.mark.parametrize(
    ("better", "level", "latest", "lost"),
    [("up", 50, 45, 0.1), ("up", 50, 55, 0), ("down", 4, 5, 0.25), ("down", 4, 3, 0),
     ("up", -10, -12, 0.2), ("up", 0, 5, None), ("up", 5, None, None)],
)  # fmt: skip
def test_what_is_lost_again_is_a_share_of_what_was_reached(better, level, latest, lost):
    assert metric(better=better, latest=latest).slipped(level) == pytest.approx(lost)


@pytest.mark.row("WS-055")
@given(st.lists(st.sampled_from(CATEGORIES)))
def test_balance_counts_categories(told):
    found = balance([metric(category=category) for category in told])
    assert found.counts == {category: told.count(category) for category in CATEGORIES}
    assert set(found.empty) == set(CATEGORIES) - set(told)
    if told:
        assert found.share == pytest.approx(max(map(told.count, CATEGORIES)) / len(told))
        assert told.count(found.largest) == max(map(told.count, CATEGORIES))
    else:
        assert (found.largest, found.share) == ("", 0)


def test_a_metric_has_one_of_six_categories():
    with pytest.raises(InputError, match="use one of customer"):
        metric(category="other")


@pytest.mark.row("WS-063")
def test_a_series_is_watched_by_the_same_chart_as_a_pilots():
    values = [10.0, 12.0, 11.0, 13.0, 9.0, 11.0, 10.0, 12.0, 11.0, 10.0, 12.0, 11.0, 25.0]
    found = watched(values, baseline=12)
    assert found.present.limits == limits_of(values[:12])
    assert found.present.limits.mean == pytest.approx(fmean(values[:12]))
    assert found.signalled
    assert found.marked == (12,)


@pytest.mark.row("WS-060")
def test_money_is_added_up():
    assert total_cost(100, [20, 20, 30]) == 170
    assert return_on(255, 170) == pytest.approx(0.5)
    assert return_on(1, 0) is None


@pytest.mark.row("WS-060")
@pytest.mark.parametrize(
    ("flows", "after"),
    [([], 0), ([10], 0), ([-100, 40, 40, 40], 3.5 - 0.0), ([-100, 50, 40], None),
     ([-100, 200, -150, 100], 3.5), ([-100, 100], 2)],
)  # fmt: skip
def test_it_has_paid_back_when_the_sum_is_no_longer_below_nothing(flows, after):
    """-100, 40, 40, 40: after three periods 20 are missing, half of the fourth."""
    assert pays_back(flows) == after
