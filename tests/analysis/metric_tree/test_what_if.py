"""What follows from a change: worked out by hand, and what has to hold of any tree."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from playbook.analysis.metric_tree.evaluate import values
from playbook.analysis.metric_tree.what_if import what_if
from tests.analysis.metric_tree.trees import tree

CHAIN = {
    "money": {"level": "financial", "now": 1000},
    "stay": {
        "parent": "money",
        "now": 40,
        "elasticity_low": 0.5,
        "elasticity": 1,
        "elasticity_high": 2,
    },
    "calls": {
        "parent": "stay",
        "elasticity_low": 0.1,
        "elasticity": 0.3,
        "elasticity_high": 0.6,
        "lag_weeks": 4,
    },
}


def test_a_change_goes_up_a_chain_of_influences_without_any_figure_of_the_lowest_metric():
    found = what_if(tree(**CHAIN), {"calls": 0.2})
    stay, money = found.moved["stay"], found.moved["money"]
    assert (stay.low, stay.base, stay.high) == pytest.approx(
        [1.2**power - 1 for power in (0.1, 0.3, 0.6)]
    )
    # The least: both links at their low ends, 0.1 x 0.5; the most: both at their high ones.
    assert (money.low, money.base, money.high) == pytest.approx(
        [1.2**power - 1 for power in (0.05, 0.3, 1.2)]
    )
    assert found.problems == ()


def test_the_delay_is_that_of_the_slowest_way():
    grown = tree(**CHAIN, quick={"parent": "money", "lag_weeks": 1, "elasticity": 1})
    assert what_if(grown, {"quick": 0.1}).lag_weeks == 1
    assert what_if(grown, {"quick": 0.1, "calls": 0.1}).lag_weeks == 4
    assert what_if(grown, {"calls": 0}).lag_weeks == 0


def test_less_of_what_harms_is_more_above_and_the_range_stays_in_order():
    link = {"elasticity_low": -0.6, "elasticity": -0.3, "elasticity_high": -0.1}
    found = what_if(tree(r={}, a={"parent": "r", **link}), {"a": -0.2}).moved["r"]
    assert (found.low, found.base, found.high) == pytest.approx(
        [0.8**power - 1 for power in (-0.1, -0.3, -0.6)]
    )


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("sum", (220 + 50) / 250 - 1),
        ("product", 0.1),
        ("ratio", 0.1),
        ("weighted", (3 * 220 + 50) / 650 - 1),
        ("formula", (220 - 50) / 150 - 1),
    ],
)
def test_a_tenth_more_of_the_first_part(how, expected):
    grown = tree(
        r={"how": how, "formula": "a - b"},
        a={"parent": "r", "now": 200, "weight": 3},
        b={"parent": "r", "now": 50},
    )
    found = what_if(grown, {"a": 0.1}).moved["r"]
    assert (found.low, found.base, found.high) == pytest.approx([expected] * 3)


def test_a_change_of_what_others_move_comes_on_top_of_what_they_do():
    grown = tree(r={"how": "sum"}, a={"parent": "r", "now": 10})
    assert what_if(grown, {"a": 0.1, "r": 0.5}).moved["r"].base == pytest.approx(1.1 * 1.5 - 1)


def test_products_and_ratios_need_no_figures():
    grown = tree(r={"how": "ratio"}, a={"parent": "r"}, b={"parent": "r"})
    assert what_if(grown, {"a": 0.1, "b": 0.2}).moved["r"].base == pytest.approx(1.1 / 1.2 - 1)


def test_a_loss_that_becomes_smaller_is_a_rise():
    grown = tree(
        r={"how": "formula", "formula": "a - b"},
        a={"parent": "r", "now": 90},
        b={"parent": "r", "now": 100},
    )
    assert what_if(grown, {"b": -0.05}).moved["r"].base == pytest.approx(0.5)  # from -10 to -5


@pytest.mark.parametrize(
    ("rows", "changes", "key"),
    [
        ({"r": {}, "a": {"parent": "r"}}, {"a": 0.1}, "no_elasticity"),
        ({"r": {"how": "sum"}, "a": {"parent": "r"}}, {"a": 0.1}, "missing"),
        ({"r": {}, "a": {"parent": "r", "elasticity": -1}}, {"a": -1}, "by_zero"),
        (
            {
                "r": {},
                "m": {"parent": "r", "elasticity": 0.5, "how": "formula", "formula": "a - 10"},
                "a": {"parent": "m", "now": 20},
            },
            {"a": -0.9},
            "below_zero",
        ),
        (
            {
                "r": {},
                "m": {"parent": "r", "elasticity": 0.5, "how": "formula", "formula": "a - 20"},
                "a": {"parent": "m", "now": 20},
            },
            {"a": 0.1},
            "no_factor",
        ),
        ({"r": {"how": "ratio"}, "a": {"parent": "r"}, "b": {"parent": "r"}}, {"b": -1}, "by_zero"),
    ],
)
def test_where_a_change_cannot_be_followed_that_is_told_and_nothing_is_made_up(rows, changes, key):
    found = what_if(tree(**rows), changes)
    assert found.moved["r"] is None
    assert found.problems[0].key == key


def test_what_stands_in_the_way_is_told_once_and_not_again_further_up():
    grown = tree(r={"how": "sum"}, m={"parent": "r", "now": 2}, a={"parent": "m", "now": 1})
    found = what_if(grown, {"a": 0.1})
    assert [problem.key for problem in found.problems] == ["no_elasticity"]
    assert (found.moved["m"], found.moved["r"]) == (None, None)


def test_what_no_change_reaches_may_lack_whatever_it_likes():
    grown = tree(r={"how": "sum"}, a={"parent": "r"}, b={"how": "ratio"}, c={"parent": "b"}, d={})
    found = what_if(grown, {"d": 0.1, "a": 0.0})
    assert found.problems == ()
    assert found.moved["r"].base == found.moved["b"].base == 0.0


def test_a_finite_factor_of_a_figure_may_be_beyond_all_measure_too():
    found = what_if(tree(r={"now": 1e15}, a={"parent": "r", "elasticity": 290}), {"a": 10})
    assert [problem.key for problem in found.problems] == ["too_big"]  # 11 ^ 290 is 1e302


def test_what_grows_beyond_all_measure_is_a_problem_and_no_infinity():
    link = {"now": 1e15, "elasticity": 10}
    rows = {f"n{place}": {"parent": f"n{place - 1}", **link} for place in range(1, 9)}
    found = what_if(tree(n0={"now": 1e15}, **rows), {"n8": 10})
    assert [problem.key for problem in found.problems] == ["too_big"]
    assert found.moved["n0"] is None
    assert found.moved["n7"].base == pytest.approx(11**10 - 1)


def test_rows_that_are_gone_change_nothing():
    assert what_if(tree(**CHAIN), {"gone": 0.5}).moved["money"].base == 0


# --------------------------------------------------------------------------- any tree

HOW = st.sampled_from(["sum", "product", "ratio", "weighted", "formula", "influence"])
AMOUNTS = st.floats(0.5, 50)
ANY_SIGN = AMOUNTS | st.floats(-50, -0.5)  # a cost, a loss, a balance below zero


@st.composite
def trees(draw, amounts=AMOUNTS):
    """A tree of up to twelve metrics with figures of `amounts` and links that rise."""
    rows = {"n0": {"how": draw(HOW), "now": 7, "formula": "0"}}
    for place in range(1, draw(st.integers(2, 12))):
        ends = sorted(draw(st.lists(st.floats(0, 2), min_size=3, max_size=3)))
        rows[f"n{place}"] = {
            "parent": f"n{draw(st.integers(0, place - 1))}",
            "how": draw(HOW),
            "now": draw(amounts),
            "weight": draw(st.integers(1, 3)),
            **dict(zip(("elasticity_low", "elasticity", "elasticity_high"), ends, strict=True)),
        }
    for row, answers in rows.items():
        below = [other for other, its in rows.items() if its.get("parent") == row]
        answers["formula"] = " + 2 * ".join(below) or "0"
        if answers["how"] == "ratio" and len(below) != 2:
            answers["how"] = "sum"
    return tree(**rows)


@given(trees())
def test_a_what_if_of_zero_changes_nothing_exactly(grown):
    for changes in ({}, dict.fromkeys(grown.nodes, 0.0)):
        found = what_if(grown, changes)
        assert {(it.low, it.base, it.high) for it in found.moved.values()} == {(0.0, 0.0, 0.0)}
        assert found.problems == ()


@given(trees(), st.data())
def test_whatever_changes_the_range_holds_the_base_and_only_what_is_above_moves(grown, data):
    row = data.draw(st.sampled_from(sorted(grown.nodes)))
    found = what_if(grown, {row: data.draw(st.floats(-0.5, 2))})
    above = {node.id for node in grown.path(row)}
    for other, moved in found.moved.items():
        assert moved.low <= moved.base <= moved.high
        if other not in above:
            assert (moved.low, moved.high) == (0.0, 0.0)


@given(trees(), st.data())
def test_a_changed_figure_gives_what_the_tree_gives_with_that_figure_in_it(grown, data):
    """Where nothing is only influenced, a what-if is the tree worked out anew."""
    leaf = data.draw(st.sampled_from([node.id for node in grown.leaves]))
    share = data.draw(st.floats(-0.5, 2))
    answers = {row: dict(node.answers) for row, node in grown.nodes.items()}
    for its in answers.values():
        its["how"] = "sum" if its["how"] == "influence" else its["how"]
    worked = tree(**answers)
    moved = what_if(worked, {leaf: share}).moved["n0"]
    answers[leaf]["now"] = repr(worked.nodes[leaf].now * (1 + share))
    before, after = (values(it).values["n0"] for it in (worked, tree(**answers)))
    assert moved.base == pytest.approx(after / before - 1, abs=1e-9)


@given(trees(ANY_SIGN), st.data())
def test_with_figures_below_zero_the_range_still_holds_the_base(grown, data):
    """A change that can't be followed (through zero, from a loss into a factor) has no range."""
    row = data.draw(st.sampled_from(sorted(grown.nodes)))
    found = what_if(grown, {row: data.draw(st.floats(-0.5, 2))})
    above = {node.id for node in grown.path(row)}
    for other, moved in found.moved.items():
        if moved is None:
            assert other in above
            continue
        assert moved.low <= moved.base <= moved.high
        if other not in above:
            assert (moved.low, moved.high) == (0.0, 0.0)


@given(st.lists(ANY_SIGN, min_size=1, max_size=6), st.data())
def test_a_rise_is_a_rise_whatever_sign_the_sum_has(figures, data):
    """The change of a sum is what its part brings, as a share of the sum's size."""
    total = sum(figures)
    assume(abs(total) > 0.1)
    share = data.draw(st.floats(-0.5, 2))
    parts = {f"p{place}": {"parent": "r", "now": now} for place, now in enumerate(figures)}
    moved = what_if(tree(r={"how": "sum"}, **parts), {"p0": share}).moved["r"]
    assert moved.base == pytest.approx(share * figures[0] / abs(total), rel=1e-6, abs=1e-9)
