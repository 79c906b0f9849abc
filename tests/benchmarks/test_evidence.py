"""The benchmark of evidence measures what it says, and the same work beside it."""

import numpy as np
import pytest

from benchmarks import evidence as bench
from playbook.analysis.pilot.simulated import weekly_noise


def test_orders_one_after_the_other_give_the_same_p():
    random = np.random.default_rng(3)
    figures = weekly_noise(random, (bench.GROUPS, bench.BEFORE + bench.WEEKS), 0.4)
    orders = random.permuted(np.tile(np.arange(bench.GROUPS), (40, 1)), axis=1)
    p, low, high = bench.verdict_of(figures, orders)
    assert p == pytest.approx(bench.regressions(figures, orders))
    assert low < high


def test_a_result_holds_its_table_and_its_limits():
    limits = bench.limits([0.1], [0.2])
    assert [it.holds for it in limits] == [True, True]
    assert [it.holds for it in bench.limits([0.6], [1.2])] == [False, False]
