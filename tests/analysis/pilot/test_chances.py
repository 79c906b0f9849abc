"""How often charts signal by luck alone: the project's table, and both ways of finding signals."""

import numpy as np
import pytest
from scipy import stats

from playbook.analysis.pilot.chances import any_signal, at_least, chance, luck
from playbook.analysis.pilot.charts import RULE_SETS, ChartBaseline, chart
from playbook.analysis.pilot.simulated import weekly_noise

TABLE = {
    8: (20, 25, 32, 63, 86),
    12: (15, 20, 26, 61, 85),
    20: (10, 14, 21, 56, 84),
    40: (7, 9, 15, 53, 82),
}
"""Of a hundred charts with that many weeks of baseline, so many signal in twelve weeks though
nothing changed: limits alone; and a run of eight; four rules; four rules at carry-over 0.4; 0.7."""

OF_SIX = {8: (74, 83, 90), 12: (62, 73, 83), 20: (48, 60, 76), 40: (35, 45, 62)}
"""At least one of six such charts."""

COLUMNS = [("limits", 0.0), ("run", 0.0), ("wheeler", 0.0), ("wheeler", 0.4), ("wheeler", 0.7)]


@pytest.mark.parametrize("baseline", TABLE)
def test_so_many_charts_signal_by_luck_alone(baseline):
    found = [
        chance(rules, baseline=baseline, weeks=12, carry_over=carry) for rules, carry in COLUMNS
    ]
    assert [100 * it for it in found] == pytest.approx(TABLE[baseline], abs=3)
    of_six = [100 * at_least(1, [it] * 6) for it in found[:3]]
    assert of_six == pytest.approx(OF_SIX[baseline], abs=4)  # the table rounds before the power


@pytest.mark.parametrize("rules", RULE_SETS)
def test_the_quick_way_finds_a_signal_where_a_chart_does(rules):
    series = weekly_noise(np.random.default_rng(5), (150, 26), 0.3)
    quick = any_signal(series, 12, RULE_SETS[rules])
    slow = [chart(row.tolist(), [ChartBaseline(0, 12)], rules=rules).signalled for row in series]
    assert quick.tolist() == slow
    assert 0 < sum(slow) < 150


def test_made_up_weeks_keep_what_they_are_said_to_keep():
    noise = weekly_noise(np.random.default_rng(1), (4_000, 20), 0.6)
    assert noise.std(axis=0) == pytest.approx(np.ones(20), abs=0.05)
    assert np.corrcoef(noise[:, 3], noise[:, 4])[0, 1] == pytest.approx(0.6, abs=0.03)
    assert np.corrcoef(noise[:, 3], noise[:, 6])[0, 1] == pytest.approx(0.6**3, abs=0.05)


def test_as_many_by_luck_is_the_tail_of_the_binomial_distribution():
    for count in range(8):
        told = at_least(count, [0.26] * 7)
        assert told == pytest.approx(stats.binom.sf(count - 1, 7, 0.26))
    assert at_least(0, []) == 1
    assert at_least(1, [0.5, 0.2]) == pytest.approx(1 - 0.5 * 0.8)


def test_all_charts_that_are_looked_at_count_but_provisional_ones():
    quiet, loud = [10.0, 11.0] * 12, [10.0, 11.0] * 6 + [30.0] * 12
    short = chart(quiet[:14], [ChartBaseline(0, 8)])
    found = luck([chart(quiet)] * 11 + [chart(loud), short])
    assert (found.charts, found.signalled) == (12, 1)
    assert found.expected == pytest.approx(12 * chance("wheeler", baseline=12, weeks=12))
    assert found.expected == pytest.approx(3, abs=0.5)
    assert found.as_many == pytest.approx(1 - (1 - found.expected / 12) ** 12)


def test_before_the_first_week_luck_has_brought_nothing():
    found = luck([chart([10.0, 11.0] * 6)])
    assert (found.charts, found.signalled, found.expected, found.as_many) == (1, 0, 0, 1)
