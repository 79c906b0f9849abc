"""Formulas: read, worked out, refused with the place; nothing that is typed is ever executed."""

import math
import operator

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.metric_tree.formula import (
    DEEPEST,
    MOST_LETTERS,
    FormulaError,
    evaluate,
    parse_formula,
    symbols,
    unit_of,
)
from playbook.analysis.metric_tree.ranges import Range, RootError
from playbook.analysis.metric_tree.units import UnitError, parse_unit

NAMES = {"a": 3.0, "b": 4.0, "staff_2": 2.0, "zähler": 8.0}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a + b * 2", 11),
        ("(a + b) * 2", 14),
        ("a - b - 1", -2),  # from the left
        ("a / b / 2", 0.375),
        ("2 ^ 3 ^ 2", 512),  # from the right
        ("-a ^ 2", -9),  # as in mathematics: the power first
        ("2 ^ -1", 0.5),
        ("--a", 3),
        ("+a", 3),
        ("min(a, b, 1.5)", 1.5),
        ("max(a, b)", 4),
        ("max(a)", 3),
        ("min(a, max(b, 2)) / staff_2", 1.5),
        (".5 * b", 2),
        ("zähler × b ÷ 2 − 1", 15),  # as a word processor writes the signs
    ],
)
def test_formulas_are_worked_out(text, value):
    assert evaluate(parse_formula(text), NAMES) == value


@pytest.mark.parametrize(
    ("text", "key", "place"),
    [
        ("", "formula_ends", 1),
        ("a +", "formula_ends", 4),
        ("a b", "formula_here", 3),
        ("a ** b", "formula_here", 3),
        ("(a", "formula_ends", 3),
        ("a)", "formula_here", 2),
        ("0,5 * a", "formula_here", 2),
        ("1.2.3", "formula_here", 4),
        ("a + sqrt(b)", "formula_function", 5),
        ("min()", "formula_here", 5),
        ("2(a)", "formula_here", 2),
        ("1e5", "formula_here", 2),
        ("10 %", "formula_here", 4),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(text, key, place):
    with pytest.raises(FormulaError) as refused:
        parse_formula(text)
    assert (refused.value.key, refused.value.values["place"]) == (key, place)


def test_a_name_that_is_none_of_those_below_is_refused_at_its_place():
    with pytest.raises(FormulaError) as refused:
        evaluate(parse_formula("a + prise"), NAMES)
    assert refused.value.key == "formula_name"
    assert refused.value.values["place"] == 5
    assert "staff_2" in refused.value.values["known"]


ATTACKS = [
    "__import__('os').system('id')",
    "__builtins__",
    "a.__class__",
    "a.__class__.__mro__[1].__subclasses__()",
    "a[0]",
    "().__class__",
    "[].append(1)",
    "{}",
    "lambda: 1",
    "(lambda x: x)(1)",
    "f'{a}'",
    'f"{a.__class__}"',
    "'a' * 9",
    "(a := 5)",
    "a = 5",
    "[a for a in b]",
    "(a for a in b)",
    "{a: b}",
    "a if b else 1",
    "a and b",
    "not a",
    "a == b",
    "a < b",
    "a, b",
    "a; b",
    "a\nimport os",
    "import os",
    "exec('1')",
    "eval('1')",
    "open('/etc/passwd')",
    "getattr(a, 'real')",
    "print(a)",
    "min.__self__",
    "max",
    "min",
    "await a",
    "*a",
    "**a",
    "a ** b",
    "~a",
    "a @ b",
    "a // b",
    "a % b",
    "a << 99999",
    "1j",
    "0x10",
    "1_000",
    "1e999",
    "nan",
    "inf",
    "None",
    "True",
    "...",
    "${a}",
    "`id`",
    "a\x00b",
    "ａ",  # full width
    "а",  # Cyrillic
    "a\u200bb",  # zero width space
    "\u202ea",  # turns the text around
    "٣",  # a digit, not ours
    "²",
    "a²",
    "ªb",
    "𝐚",  # which Python's own parser would take for a
    "#a",
    "\\",
    "𓀀",
    "\ud800",
]


@pytest.mark.parametrize("text", ATTACKS, ids=range(len(ATTACKS)))
def test_whatever_else_is_typed_is_refused_with_its_place(text):
    with pytest.raises(FormulaError) as refused:
        evaluate(parse_formula(text), NAMES)
    assert 1 <= refused.value.values["place"] <= len(text) + 1


@pytest.mark.parametrize("text", ["9^9^9", "9^9^9^9^9^9^9", "9" * 200 + "^9"])
def test_a_huge_power_is_an_overflow_at_once_and_no_endless_work(text):
    with pytest.raises(OverflowError):
        evaluate(parse_formula(text), NAMES)


@pytest.mark.parametrize(
    "text",
    ["(" * 140 + "a" + ")" * 140, "-" * 200 + "a", "2^" * 140 + "a", "max(" * 50 + "a" + ")" * 50],
)
def test_what_is_nested_too_deep_is_refused(text):
    with pytest.raises(FormulaError) as refused:
        parse_formula(text)
    assert refused.value.key == "formula_deep"
    assert refused.value.values["limit"] == DEEPEST


def test_a_very_long_formula_is_refused_unread():
    with pytest.raises(FormulaError) as refused:
        parse_formula("a+" * 1_000_000 + "a")
    assert refused.value.key == "formula_long"


def test_the_longest_formula_is_worked_out():
    text = "+".join(["a"] * (MOST_LETTERS // 2))
    assert evaluate(parse_formula(text), NAMES) == 3 * (MOST_LETTERS // 2)


@given(st.text(alphabet="ab12.+-*/^(), minmax_é\n", max_size=40))
def test_any_text_is_worked_out_or_refused_and_nothing_else_happens(text):
    try:
        found = evaluate(parse_formula(text), NAMES)
    except (FormulaError, ZeroDivisionError, OverflowError, RootError):
        return
    assert isinstance(found, float)


def test_zero_below_and_the_root_of_a_negative_number_are_errors_of_arithmetic():
    with pytest.raises(ZeroDivisionError):
        evaluate(parse_formula("a / (b - 4)"), NAMES)
    with pytest.raises(ZeroDivisionError):
        evaluate(parse_formula("(b - 4) ^ -1"), NAMES)
    with pytest.raises(RootError):
        evaluate(parse_formula("(a - b) ^ 0.5"), NAMES)


# --------------------------------------------------------------------------- any formula


LEAVES = st.sampled_from(["a", "b", "2", "0.5"])
FORMULAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(
            lambda it: f"({it[0]} {it[1]} {it[2]})"
        ),
        st.tuples(st.sampled_from(["min", "max"]), inner, inner).map(
            lambda it: "{}({}, {})".format(*it)
        ),
        inner.map(lambda it: f"-{it}"),
    ),
    max_leaves=8,
)


@given(FORMULAS, st.floats(-9, 9), st.floats(-9, 9))
def test_a_formula_comes_to_what_python_makes_of_it(text, a, b):
    expected = eval(text, {"__builtins__": {}, "min": min, "max": max, "a": a, "b": b})
    assert evaluate(parse_formula(text), {"a": a, "b": b}) == pytest.approx(expected)


@given(FORMULAS, st.lists(st.tuples(st.floats(-9, 9), st.floats(-9, 9)), min_size=1, max_size=4))
def test_arrays_come_to_the_same_as_one_number_after_the_other(text, pairs):
    formula = parse_formula(text)
    one_by_one = [evaluate(formula, {"a": a, "b": b}) for a, b in pairs]
    a, b = np.array(pairs).T
    assert np.broadcast_to(evaluate(formula, {"a": a, "b": b}), len(pairs)) == pytest.approx(
        one_by_one
    )


@given(FORMULAS, *[st.floats(-9, 9)] * 4, *[st.floats(0, 1)] * 2)
def test_a_range_holds_whatever_its_numbers_can_give(text, a, b, wide_a, wide_b, at_a, at_b):
    formula = parse_formula(text)
    ranges = {"a": Range(a, a + abs(wide_a)), "b": Range(b, b + abs(wide_b))}
    inside = {"a": a + at_a * abs(wide_a), "b": b + at_b * abs(wide_b)}
    value, found = evaluate(formula, inside), evaluate(formula, ranges)
    if isinstance(found, Range):
        slack = 1e-9 * (1 + abs(value))
        assert found.low - slack <= value <= found.high + slack


@pytest.mark.parametrize(
    ("operation", "one", "other", "expected"),
    [
        (operator.truediv, Range(1, 2), Range(4, 8), Range(0.125, 0.5)),
        (operator.truediv, 1.0, Range(-4, -2), Range(-0.5, -0.25)),
        (operator.pow, Range(2, 3), Range(-1, 2), Range(1 / 3, 9)),
        (operator.pow, Range(-2, 1), 2.0, Range(0, 4)),
        (operator.pow, Range(-2, 1), 3.0, Range(-8, 1)),
        (operator.pow, 2.0, Range(1, 3), Range(2, 8)),
    ],
)
def test_ranges_by_hand(operation, one, other, expected):
    assert operation(one, other) == expected


def test_a_range_that_holds_zero_divides_nothing():
    with pytest.raises(ZeroDivisionError):
        Range(1, 2) / Range(-1, 1)
    with pytest.raises(ZeroDivisionError):
        Range(-1, 1) ** -1.0
    with pytest.raises(RootError):
        Range(-1, 1) ** Range(1, 2)


# --------------------------------------------------------------------------- units


UNITS = {
    "n": parse_unit("customers"),
    "p": parse_unit("EUR/customer"),
    "q": parse_unit("%"),
    "x": None,
}


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("n * p", "EUR"),
        ("n * p * q", "EUR"),
        ("n * (1 - q)", "customers"),
        ("max(0, n - 5)", "customers"),  # a bare number takes the unit beside it
        ("p / 2 + p", "EUR/customer"),
        ("1 / n", "1/customer"),
        ("n ^ 2", "customer*customer"),
        ("(n ^ 2) ^ 0.5", "customer"),
        ("q ^ q", "%"),
        ("2 * 3", "1"),
        ("x * n", ""),
        ("x + n", "customers"),
    ],
)
def test_units_are_followed_through_a_formula(text, unit):
    assert unit_of(parse_formula(text), UNITS) == parse_unit(unit)


@pytest.mark.parametrize("text", ["n + p", "min(n, q)", "n - p * 2", "2 ^ n", "n ^ q"])
def test_units_do_not_mix_in_a_formula(text):
    with pytest.raises(UnitError):
        unit_of(parse_formula(text), UNITS)


def test_the_names_of_a_formula_come_with_their_places():
    assert [(it.name, it.place) for it in symbols(parse_formula("a + min(b, a)"))] == [
        ("a", 1),
        ("b", 9),
        ("a", 12),
    ]
    assert math.isclose(evaluate(parse_formula("1/3"), {}), 1 / 3)
