"""The benchmark of the metric tree measures what it says, and the same work beside it."""

import statistics
from datetime import date

import pytest

from benchmarks import tree as bench
from benchmarks import tree_answer, tree_page
from playbook.analysis.metric_tree import tree_of
from playbook.analysis.metric_tree.uncertainty import monte_carlo
from playbook.analysis.metric_tree.what_if import what_if
from playbook.framework import load_framework
from playbook.report.metric_tree.view import ReportContext


@pytest.fixture(params=[bench.NODES, bench.NODES_DRAWN])
def tree(request):
    rows = bench.grown(request.param)
    assert len(rows) == request.param
    return tree_of(list(rows), list(rows.values()))


def test_every_change_reaches_the_top_and_every_way_of_coming_about_is_in_it(tree):
    found = what_if(tree, bench.bottom(tree))
    assert found.problems == ()
    assert all(moved.low > 0 for moved in found.moved.values())
    assert {node.how for node in tree.nodes.values() if node.children} == set(bench.HOW)


def test_the_expression_written_by_hand_comes_to_the_same(tree):
    expected = bench.by_hand(tree)()
    assert what_if(tree, bench.bottom(tree)).moved["n0"].base == pytest.approx(expected)


def test_draws_one_after_the_other_are_spread_alike():
    rows = bench.grown(bench.NODES_DRAWN)
    tree = tree_of(list(rows), list(rows.values()))
    loop, ours = bench.one_by_one(tree, 400), monte_carlo(tree, "n0", bench.bottom(tree)).change
    assert statistics.mean(loop) == pytest.approx(ours.mean(), rel=0.02)
    assert statistics.stdev(loop) == pytest.approx(ours.std(), rel=0.15)


def test_the_reply_is_the_one_that_a_page_gets():
    framework = load_framework()
    context = ReportContext(framework.words, framework.threshold_values, date(2027, 1, 4), 0.02)
    assert '"noticed": "yes"' in bench.reply(bench.grown(bench.NODES), context)


def test_slow_what_ifs_and_slow_draws_break_a_limit_each():
    def broken(*seconds):
        return [limit.what for limit in bench.limits(*seconds) if limit.holds is False]

    assert broken([0.01] * 20, [0.5] * 20) == []
    assert broken([0.06] * 20, [0.5] * 20) == ["a what-if on 200 metrics, p95"]
    assert broken([0.01] * 20, [1.1] * 20) == ["10,000 draws of 30 metrics, p95"]


def test_a_page_that_lags_breaks_a_limit_for_each_thing_that_does():
    fast = {tree_page.TYPED: [0.06] * 20, tree_page.DRAGGED: [0.04] * 20}
    slow = {tree_page.TYPED: [0.11] * 20, tree_page.DRAGGED: [0.06] * 20}
    assert [limit.holds for limit in bench.page_limits(fast)] == [True, True]
    assert [limit.holds for limit in bench.page_limits(slow)] == [False, False]


def test_a_dear_answer_breaks_its_limit():
    assert bench.answer_limit([0.004, 0.014]).holds
    assert not bench.answer_limit([0.004, 0.018]).holds


def test_every_answer_that_is_timed_is_saved():
    assert len(tree_answer.measure(2)) == 2


def test_the_tables_compare_with_ours():
    assert "| one after the other | 4,000 / 4,000 / 4,000 | 20.00 |" in bench.draws_table(
        [0.2], [4], [0.1]
    )
