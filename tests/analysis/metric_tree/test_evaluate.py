"""What the metrics come to as they stand, and what is said where they don't."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.metric_tree.evaluate import values
from playbook.framework import load_framework
from playbook.report.metric_tree.view import problem_text
from tests.analysis.metric_tree.trees import tree

HOW = {
    "sum": 9,
    "product": 24,
    "weighted": (2 * 1 + 3 * 2 + 4 * 3) / 6,
    "formula": 2 + 3 / 4,
}


@pytest.mark.parametrize(("how", "expected"), HOW.items())
def test_a_metric_comes_from_those_below_it(how, expected):
    parts = {
        name: {"parent": "r", "now": 2 + place, "weight": place + 1}
        for place, name in enumerate("abc")
    }
    found = values(tree(r={"how": how, "formula": "a + b / c"}, **parts))
    assert found.values["r"] == pytest.approx(expected)
    assert found.problems == ()


def test_a_ratio_is_the_first_divided_by_the_second():
    grown = tree(r={"how": "ratio"}, a={"parent": "r", "now": 3}, b={"parent": "r", "now": 4})
    assert values(grown).values["r"] == 0.75


def test_equal_weights_are_meant_where_none_is_given():
    parts = {name: {"parent": "r", "now": now} for name, now in {"a": 2, "b": 4}.items()}
    assert values(tree(r={"how": "weighted"}, **parts)).values["r"] == 3


def test_what_is_only_influenced_stands_as_it_was_told():
    grown = tree(r={"now": 7}, a={"parent": "r", "now": 3})
    assert values(grown).values["r"] == 7


def problems(grown):
    return {problem.row: problem for problem in values(grown).problems}


@pytest.mark.parametrize(
    ("root", "parts", "key"),
    [
        ({"how": "sum"}, {"a": {"now": 1}, "b": {}}, "missing"),
        ({"how": "ratio"}, {"a": {"now": 1}, "b": {"now": 0}}, "by_zero"),
        ({"how": "ratio"}, {"a": {"now": 1}}, "ratio_two"),
        ({"how": "weighted"}, {"a": {"now": 1, "weight": 0}}, "by_zero"),
        ({"how": "formula"}, {"a": {"now": 1}}, "no_formula"),
        ({"how": "formula", "formula": "a +"}, {"a": {"now": 1}}, "formula_ends"),
        ({"how": "formula", "formula": "z"}, {"a": {"now": 1}}, "formula_name"),
        ({"how": "formula", "formula": "a^999"}, {"a": {"now": 99}}, "too_big"),
        ({"how": "formula", "formula": "a^0.5"}, {"a": {"now": -1}}, "root"),
        ({"how": "product"}, {"a": {"now": 1e200}, "b": {"now": 1e200}}, "too_big"),
        ({"how": "sum"}, {"a": {"now": 1, "symbol": "s"}, "b": {"now": 1, "symbol": "s"}}, None),
        (
            {"how": "formula", "formula": "s"},
            {"a": {"now": 1, "symbol": "s"}, "b": {"now": 1, "symbol": "s"}},
            "symbol_twice",
        ),
        ({"how": "sum", "now": 100}, {"a": {"now": 99.5}}, None),
        ({"how": "sum", "now": 100}, {"a": {"now": 90}}, "differs"),
        ({"how": "sum", "now": 100, "spread": 15}, {"a": {"now": 90}}, None),
    ],
)
def test_what_stands_in_the_way_is_told_in_one_sentence_at_its_row(root, parts, key):
    grown = tree(r=root, **{name: {"parent": "r", **given} for name, given in parts.items()})
    found = problems(grown)
    assert {row: problem.key for row, problem in found.items()} == ({"r": key} if key else {})
    words = load_framework().words
    for problem in found.values():
        text = problem_text(problem, words)
        assert text.endswith(".")
        assert "{" not in text


def test_what_cannot_be_worked_out_counts_as_it_was_told():
    grown = tree(top={"how": "sum"}, r={"how": "sum", "parent": "top", "now": 5}, a={"parent": "r"})
    assert values(grown).values["top"] == 5


def test_a_short_name_is_the_metrics_name_where_none_was_given():
    grown = tree(
        r={"how": "formula", "formula": "Calls_in_time * 2"},
        a={"parent": "r", "name": "Calls in time", "now": 4},
    )
    assert values(grown).values["r"] == 8


MONEY = st.floats(1, 1e6)


@given(MONEY, MONEY, st.floats(0.01, 1), st.floats(0.1, 1000))
def test_all_money_times_a_factor_is_the_result_times_that_factor(price, fee, share, factor):
    """Revenue = customers x (price + fee x share): linear in money, whatever the currency."""

    def revenue(times):
        return values(
            tree(
                r={"how": "product", "unit": "EUR"},
                n={"parent": "r", "now": 120, "unit": "customers"},
                each={"parent": "r", "how": "formula", "formula": "price + fee * share"},
                price={"parent": "each", "now": price * times, "unit": "EUR/customer"},
                fee={"parent": "each", "now": fee * times, "unit": "EUR/customer"},
                share={"parent": "each", "now": share},
            )
        ).values["r"]

    assert revenue(factor) == pytest.approx(factor * revenue(1), rel=1e-9)


@given(
    st.sampled_from(["sum", "product", "ratio", "weighted", "formula"]),
    st.lists(st.one_of(st.none(), st.floats(-1e300, 1e300)), min_size=1, max_size=4),
)
def test_a_value_is_a_number_or_nothing_and_never_nan(how, figures):
    parts = {
        f"p{place}": {"parent": "r"} | ({} if now is None else {"now": repr(now)})
        for place, now in enumerate(figures)
    }
    found = values(tree(r={"how": how, "formula": "p0^3 / p0"}, **parts))
    value = found.values["r"]
    assert (value is None) == bool([it for it in found.problems if it.key != "differs"])
    assert value is None or math.isfinite(value)
