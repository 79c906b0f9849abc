"""A change taken apart: reference figures, and what has to hold of any tree."""

import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from playbook.analysis.metric_tree import Problem
from playbook.analysis.metric_tree.decompose import MOST_FACTORS, Decomposition, decompose, log_mean
from playbook.analysis.metric_tree.evaluate import worked_out
from tests.analysis.metric_tree.test_what_if import trees
from tests.analysis.metric_tree.trees import flat, tree
from tests.depth import examples

START = {"a": 100.0, "b": 0.08, "c": 50.0}
END = {"a": 120.0, "b": 0.10, "c": 45.0}


def parts(how, start, end, **root):
    found = decompose(flat(how, *start, **root), "r", start, end)
    assert isinstance(found, Decomposition), found
    return [found.contributions[row] for row in start]


def test_a_product_by_the_logarithmic_mean():
    assert parts("product", START, END) == pytest.approx([85.05374, 104.097365, -49.151105])


def test_a_formula_by_the_shapley_value():
    found = parts("formula", START, END, formula="a * b * c")
    assert found == pytest.approx([85.333333, 104.333333, -49.666667])


def test_a_ratio_is_a_product_with_an_exponent_of_minus_one():
    start, end = {"a": 12.0, "b": 4.0}, {"a": 15.0, "b": 3.0}
    mean = (5 - 3) / math.log(5 / 3)
    assert parts("ratio", start, end) == pytest.approx(
        [mean * math.log(15 / 12), -mean * math.log(3 / 4)]
    )


def test_a_sum_and_an_average_by_their_differences():
    start, end = {"a": 1.0, "b": 5.0}, {"a": 4.0, "b": 3.0}
    assert parts("sum", start, end) == [3, -2]
    grown = tree(
        r={"how": "weighted"}, a={"parent": "r", "weight": 3}, b={"parent": "r", "weight": 1}
    )
    found = decompose(grown, "r", start, end).contributions
    assert (found["a"], found["b"]) == pytest.approx((0.75 * 3, 0.25 * -2))


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ((0, 2, 5), (3, 4, 6), (72, 0, 0)),  # the one that came from nothing brought it all
        ((0, 0, 5), (3, 4, 6), (36, 36, 0)),
        ((3, 4, 6), (0, 2, 5), (-72, 0, 0)),
        ((0, 4, 6), (3, 0, 5), (0, 0, 0)),  # nothing before, nothing after
        ((0, 4, 6), (0, 2, 5), (0, 0, 0)),
        ((0, 2, 5), (-3, 4, 6), (-72, 0, 0)),
    ],
)
def test_the_limits_of_a_product_at_zero(start, end, expected):
    start, end = (dict(zip("abc", map(float, side), strict=True)) for side in (start, end))
    assert parts("product", start, end) == pytest.approx(expected)


def test_a_zero_is_what_tiny_figures_come_near_to():
    """The limit, approached: the tinier the figure in place of zero, the closer."""
    end = {"a": 3.0, "b": 4.0, "c": 6.0}
    errors = [
        72 - parts("product", {"a": 10.0**-power, "b": 2.0, "c": 5.0}, end)[0]
        for power in (9, 99, 299)
    ]
    assert errors[0] > 10 * errors[2] > 0


def test_where_a_figure_changes_its_sign_a_product_goes_by_shapley():
    start, end = {"a": -1.0, "b": 2.0}, {"a": 3.0, "b": 4.0}
    assert parts("product", start, end) == pytest.approx([4 * 3, 2 * 1])  # Δa·mean b, Δb·mean a


def test_a_link_of_influence_leaves_open_what_it_does_not_explain():
    grown = tree(r={}, a={"parent": "r", "elasticity": 0.5})
    found = decompose(grown, "r", {"r": 100.0, "a": 4.0}, {"r": 150.0, "a": 9.0})
    mean = 50 / math.log(1.5)
    assert found.contributions["a"] == pytest.approx(
        mean * 0.5 * math.log(9 / 4)
    )  # all of it: 1.5 = 2.25 ^ 0.5
    assert found.residual["r"] == pytest.approx(0, abs=1e-9)
    more = decompose(grown, "r", {"r": 100.0, "a": 4.0}, {"r": 170.0, "a": 9.0})
    assert more.contributions["a"] + more.residual["r"] == pytest.approx(70)
    assert more.residual["r"] > 10


def test_a_change_goes_down_the_whole_tree():
    """(p + q) x c: what p and q bring adds up to what their sum brings."""
    grown = tree(
        r={"how": "product"},
        s={"parent": "r", "how": "sum"},
        c={"parent": "r"},
        p={"parent": "s"},
        q={"parent": "s"},
    )
    found = decompose(
        grown, "r", {"p": 1.0, "q": 2.0, "c": 5.0}, {"p": 4.0, "q": 1.0, "c": 6.0}
    ).contributions
    assert found["p"] + found["q"] == pytest.approx(found["s"])
    assert found["p"] / found["q"] == pytest.approx(3 / -1)  # alike by unit of change
    assert found["s"] + found["c"] == pytest.approx(30 - 15)


@pytest.mark.parametrize(("formula", "slope"), [("s * 5", 5), ("s * s", 6), ("s ^ 3 / 9", 3)])
def test_what_cancels_out_below_is_told_though_nothing_changed_above_it(formula, slope):
    """p rises by one and q falls by one; each counts by the derivative of the formula at s = 3."""
    grown = tree(
        r={"how": "formula", "formula": formula},
        s={"parent": "r", "how": "sum"},
        p={"parent": "s"},
        q={"parent": "s"},
    )
    found = decompose(grown, "r", {"p": 1.0, "q": 2.0}, {"p": 2.0, "q": 1.0}).contributions
    assert found == pytest.approx({"r": 0, "s": 0, "p": slope, "q": -slope}, rel=1e-5)


def test_per_cent_count_a_hundredth():
    grown = tree(
        r={"how": "sum", "unit": "%"},
        a={"parent": "r", "unit": "share"},
        b={"parent": "r", "unit": "%"},
    )
    found = decompose(grown, "r", {"a": 0.1, "b": 5.0}, {"a": 0.3, "b": 4.0})
    assert (found.change, found.contributions["a"], found.contributions["b"]) == pytest.approx(
        (19, 20, -1)
    )


def test_a_row_without_figures_at_both_times_stands_for_itself():
    grown = tree(
        r={"how": "sum"}, a={"parent": "r"}, m={"parent": "r", "how": "sum"}, b={"parent": "m"}
    )
    found = decompose(grown, "r", {"a": 1.0, "m": 2.0}, {"a": 2.0, "m": 5.0})
    assert found.contributions == {"r": 4, "a": 1, "m": 3}


@pytest.mark.parametrize(
    ("start", "end", "formula", "key"),
    [
        ({"a": 1.0}, {"a": 1.0, "b": 2.0}, "a", "no_figure"),
        ({"a": -1.0, "b": 1.0}, {"a": 1.0, "b": -2.0}, "b / (a + 3 - b)", None),
        ({"a": -1.0, "b": 1.0}, {"a": 1.0, "b": 3.0}, "b / (a + 1)", "no_figure"),
        ({"a": 1.0, "b": 1.0}, {"a": 2.0, "b": 2.0}, "1 / (a + b - 3)", "by_zero"),
    ],
)
def test_what_cannot_be_taken_apart_is_a_problem(start, end, formula, key):
    found = decompose(flat("formula", "a", "b", formula=formula), "r", start, end)
    assert (found.key if isinstance(found, Problem) else None) == key


def test_a_metric_that_its_parts_do_not_make_up_is_not_taken_apart_by_them():
    grown = tree(r={"how": "ratio"}, a={"parent": "r"})
    assert decompose(grown, "r", {"r": 1.0, "a": 2.0}, {"r": 3.0, "a": 4.0}).key == "ratio_two"


def test_very_many_parts_of_a_formula_are_refused():
    names = [f"p{place}" for place in range(MOST_FACTORS + 1)]
    grown = flat("formula", *names, formula="+".join(names))
    found = decompose(grown, "r", dict.fromkeys(names, 1.0), dict.fromkeys(names, 2.0))
    assert found.key == "many_factors"


# --------------------------------------------------------------------------- any tree

ABOVE_ZERO = st.floats(0.1, 100)
ANY = st.one_of(st.floats(0.01, 100), st.just(0.0), st.floats(-50, -0.01))


@st.composite
def changes(draw):
    """A tree, and the figures of its metrics at two times."""
    grown = draw(trees())
    return grown, *({row: draw(ABOVE_ZERO) for row in grown.nodes} for _ in range(2))


def near(expected, found):
    size = max([abs(it) for it in [*found.contributions.values(), found.start, found.end]])
    return pytest.approx(expected, rel=1e-9, abs=1e-9 * max(size, 1e-300))


@settings(max_examples=examples(200))
@given(changes())
def test_what_was_brought_adds_up_to_the_change_all_the_way_down(drawn):
    grown, start, end = drawn
    found = decompose(grown, "n0", start, end)
    assert isinstance(found, Decomposition)
    for row, amount in found.contributions.items():
        below = [child for child in grown.nodes[row].children if child in found.contributions]
        if below:
            assert sum(found.contributions[child] for child in below) + found.residual.get(
                row, 0
            ) == near(amount, found)
    inner = {
        row
        for row in found.contributions
        if set(grown.nodes[row].children) & found.contributions.keys()
    }
    ends = sum(amount for row, amount in found.contributions.items() if row not in inner)
    assert ends + sum(found.residual.values()) == near(found.end - found.start, found)


@given(changes())
def test_backwards_in_time_everything_has_the_other_sign(drawn):
    grown, start, end = drawn
    there, back = decompose(grown, "n0", start, end), decompose(grown, "n0", end, start)
    assert there.contributions.keys() == back.contributions.keys()
    for row in there.contributions:
        assert back.contributions[row] == near(-there.contributions[row], there)
    for row in there.residual:
        assert back.residual[row] == near(-there.residual[row], there)


@given(st.sampled_from(["product", "ratio", "sum", "weighted"]), st.data())
def test_zeros_and_signs_are_no_exception(how, data):
    count = 2 if how == "ratio" else data.draw(st.integers(1, 4))
    names = "abcd"[:count]
    start, end = ({name: data.draw(ANY) for name in names} for _ in range(2))
    grown = flat(how, *names)
    assume(how != "ratio" or (start["b"] * end["b"] > 0))
    found = decompose(grown, "r", start, end)
    assert sum(found.contributions[name] for name in names) == near(found.change, found)
    back = decompose(grown, "r", end, start)
    for name in names:
        assert back.contributions[name] == near(-found.contributions[name], found)


@given(changes(), st.floats(0.01, 100))
def test_all_figures_of_one_currency_times_a_factor_are_all_parts_times_it(drawn, factor):
    """A sum of money: twice the money, twice every part."""
    grown, start, end = drawn
    sums = tree(
        **{
            row: {"how": "sum"} | ({"parent": it.parent} if it.parent else {})
            for row, it in grown.nodes.items()
        }
    )
    one = decompose(sums, "n0", start, end)
    other = decompose(
        sums, "n0", *({row: it * factor for row, it in side.items()} for side in (start, end))
    )
    for row, amount in one.contributions.items():
        assert other.contributions[row] == near(amount * factor, other)


@given(st.floats(1e-6, 1e6), st.floats(1e-6, 1e6))
def test_the_logarithmic_mean_lies_between_the_other_two(one, other):
    mean = log_mean(one, other)
    assert mean == pytest.approx(log_mean(other, one))
    slack = 1 + 1e-12
    assert math.sqrt(one * other) <= mean * slack
    assert mean <= (one + other) / 2 * slack


def test_the_change_is_that_of_the_values_that_were_worked_out():
    grown = flat("product", "a", "b")
    start, end = {"a": 2.0, "b": 3.0}, {"a": 4.0, "b": 5.0}
    found = decompose(grown, "r", start, end)
    assert (found.start, found.end) == (
        worked_out(grown, start)[0]["r"],
        worked_out(grown, end)[0]["r"],
    )
