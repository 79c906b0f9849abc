"""A metric tree is read from answers, whatever was stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.metric_tree import tree_of
from tests.analysis.metric_tree.trees import tree


def test_a_tree_knows_its_top_its_leaves_and_the_way_to_the_money():
    grown = tree(
        calls={"parent": "stay", "level": "frontline"},
        money={"level": "financial"},
        stay={"parent": "money", "level": "operating"},
        other={},
    )
    assert grown.root.id == "money"
    assert [node.id for node in grown.roots] == ["money", "other"]
    assert [node.id for node in grown.leaves] == ["calls", "other"]
    assert [node.id for node in grown.financial_path("calls")] == ["calls", "stay", "money"]
    assert grown.financial_path("other") == ()
    assert {node.id for node in grown.below("stay")} == {"calls", "stay"}


def test_without_a_financial_metric_the_first_one_that_moves_nothing_is_the_top():
    assert tree(a={}, b={"parent": "a"}).root.id == "a"
    assert tree().root is None


def test_no_link_of_a_circle_counts_and_it_is_named():
    grown = tree(a={"parent": "c"}, b={"parent": "a"}, c={"parent": "b"}, d={"parent": "d"})
    assert grown.cycles == (("a", "c", "b"), ("d",))
    assert [node.id for node in grown.roots] == ["a", "b", "c", "d"]
    assert [problem.values["names"] for problem in grown.problems] == ["a → c → b → a", "d → d"]


def test_answers_are_read_as_numbers_and_shares():
    node = tree(a={"now": 12.5, "target": 10, "spread": 5, "lag_weeks": 4}).nodes["a"]
    assert (node.now, node.spread, node.lag_weeks) == (12.5, 0.05, 4)
    assert node.plan == pytest.approx(-0.2)  # from 12.5 to 10


@pytest.mark.parametrize(
    "given", [{"now": 5}, {"target": 5}, {"now": 0, "target": 5}, {"now": -2, "target": 5}]
)
def test_without_a_figure_above_zero_and_one_that_is_wanted_there_is_no_plan(given):
    assert tree(a=given).nodes["a"].plan is None


def test_plans_are_what_is_wanted_of_frontline_measures_alone():
    told = {"now": 10, "target": 12}
    grown = tree(
        r={"level": "financial", **told},
        a={"level": "frontline", "parent": "r", **told},
        b={"level": "frontline", "parent": "r", "now": 10, "target": 10},
    )
    assert grown.plans == pytest.approx({"a": 0.2})


def test_missing_estimates_of_an_effect_come_from_the_others():
    def effect(**given):
        return tree(a=given).nodes["a"].elasticity

    assert effect() is None
    assert effect(elasticity=0.3) == (0.3, 0.3, 0.3)
    assert effect(elasticity_low=0.1, elasticity_high=0.5) == (0.1, 0.3, 0.5)
    assert effect(elasticity_low=0.1, elasticity=0.3) == (0.1, 0.3, 0.3)


def test_estimates_in_the_wrong_order_are_put_right_and_told():
    grown = tree(a={"elasticity_low": 0.6, "elasticity": 0.3, "elasticity_high": 0.1})
    assert grown.nodes["a"].elasticity == (0.1, 0.3, 0.6)
    assert [problem.key for problem in grown.problems] == ["elasticity_order"]


ROWS = [f"n{place}" for place in range(8)]


@given(st.lists(st.sampled_from([*ROWS, "gone"]), min_size=8, max_size=8))
def test_whatever_moves_whatever_the_tree_has_every_row_once_and_children_first(parents):
    grown = tree_of(ROWS, [{"parent": parent} for parent in parents])
    order = [node.id for node in grown.upwards]
    assert sorted(order) == ROWS
    for node in grown.nodes.values():
        if node.parent is not None:
            assert order.index(node.id) < order.index(node.parent)
            assert node.id in grown.nodes[node.parent].children
    cut = {row for cycle in grown.cycles for row in cycle}
    told = {row: parent for row, parent in zip(ROWS, parents, strict=True) if parent != "gone"}
    assert {row for row in told if grown.nodes[row].parent is None} == cut


def test_a_chain_of_all_metrics_there_may_be_is_no_deeper_than_python_can_go():
    rows = [f"n{place}" for place in range(2000)]
    grown = tree_of(rows, [{}, *({"parent": row} for row in rows[:-1])])
    assert len(grown.path("n1999")) == len(grown.upwards) == 2000
