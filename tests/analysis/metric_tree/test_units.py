"""Units are read as people write them, and never mixed."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.metric_tree.evaluate import unit_problems, values
from playbook.analysis.metric_tree.units import NUMBER, UnitError, factor_of, parse_unit, same_unit
from tests.analysis.metric_tree.trees import tree

EUR, MONTH, CUSTOMER = (parse_unit(text) for text in ("EUR", "month", "customer"))


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("EUR", EUR),
        ("€", EUR),
        ("EUR/month", EUR / MONTH),
        ("EUR a month", EUR / MONTH),
        ("EUR per customer per month", EUR / CUSTOMER / MONTH),
        ("customers", CUSTOMER),
        ("Customer", CUSTOMER),
        ("person hours", parse_unit("person hour")),
        ("companies", parse_unit("company")),
        ("1/month", NUMBER / MONTH),
        ("m^2", parse_unit("m") ** Fraction(2)),
        ("EUR*month", EUR * MONTH),
        ("%", NUMBER),
        ("share", NUMBER),
    ],
)
def test_units_are_read(text, unit):
    assert parse_unit(text) == unit


def test_a_unit_that_was_not_written_is_not_known():
    assert parse_unit("  ") is None


@pytest.mark.parametrize("text", ["EUR//month", "/", "(EUR)", "3 EUR", "EUR+USD", "e" * 61, "^2"])
def test_what_is_no_unit_is_refused(text):
    with pytest.raises(UnitError) as refused:
        parse_unit(text)
    assert refused.value.key == "unit_unreadable"


def test_a_business_and_an_analysis_keep_their_s():
    assert str(parse_unit("business")) == "business"
    assert str(parse_unit("analysis")) == "analysis"


def test_per_cent_counts_a_hundredth_and_its_inverse_a_hundred():
    assert (factor_of("%"), factor_of("EUR"), factor_of("EUR/%")) == (0.01, 1, 100)


UNITS = st.lists(
    st.tuples(st.sampled_from(["eur", "customer", "month", "hour"]), st.integers(-2, 2)), max_size=4
)


def made(parts):
    unit = NUMBER
    for name, power in parts:
        unit *= parse_unit(name) ** Fraction(power)
    return unit


@given(UNITS, UNITS)
def test_dividing_takes_back_what_multiplying_did(one, other):
    one, other = made(one), made(other)
    assert one * other / other == one
    assert one * other == other * one
    assert one / one == NUMBER


@given(UNITS, UNITS)
def test_only_figures_of_one_unit_may_be_added(one, other):
    one, other = made(one), made(other)
    if one == other:
        assert same_unit(one, other) == one
    else:
        with pytest.raises(UnitError):
            same_unit(one, other)


SOME = ["EUR", "EUR/month", "customers", "%", "hours", "EUR/customer"]


@given(
    st.sampled_from(["sum", "weighted"]), st.lists(st.sampled_from(SOME), min_size=2, max_size=5)
)
def test_units_never_mix_in_a_sum_or_an_average(how, units):
    parts = {f"p{place}": {"parent": "r", "unit": unit} for place, unit in enumerate(units)}
    keys = [problem.key for problem in unit_problems(tree(r={"how": how}, **parts))]
    assert keys == ([] if len(set(units)) == 1 else ["units_differ"])


@pytest.mark.parametrize(
    ("how", "units", "unit", "problem"),
    [
        ("product", ["customers", "EUR/customer"], "EUR", None),
        ("product", ["customers", "EUR/customer"], "EUR/month", "unit_other"),
        ("product", ["EUR", "%"], "EUR", None),
        ("ratio", ["EUR", "customers"], "EUR/customer", None),
        ("ratio", ["EUR", "customers"], "customers/EUR", "unit_other"),
        ("ratio", ["hours", "hours"], "%", None),
        ("product", ["customers", ""], "EUR", None),  # what is not known contradicts nothing
        ("influence", ["customers", "hours"], "EUR", None),
        ("sum", ["EUR", "E!"], "EUR", "unit_unreadable"),
    ],
)
def test_the_unit_above_is_the_one_that_those_below_come_to(how, units, unit, problem):
    parts = {f"p{place}": {"parent": "r", "unit": text} for place, text in enumerate(units)}
    found = list(unit_problems(tree(r={"how": how, "unit": unit}, **parts)))
    assert [it.key for it in found] == ([problem] if problem else [])


def test_ten_per_cent_of_200_customers_who_spend_30_are_600():
    grown = tree(
        r={"how": "product", "unit": "EUR"},
        a={"parent": "r", "unit": "customers", "now": 200},
        b={"parent": "r", "unit": "%", "now": 10},
        c={"parent": "r", "unit": "EUR/customer", "now": 30},
    )
    assert values(grown).values["r"] == pytest.approx(600)
    assert values(grown).problems == ()


def test_a_ratio_told_in_per_cent_is_a_hundred_times_the_share():
    parts = {
        "a": {"parent": "r", "unit": "h", "now": 3},
        "b": {"parent": "r", "unit": "h", "now": 4},
    }
    assert values(tree(r={"how": "ratio", "unit": "%"}, **parts)).values["r"] == pytest.approx(75)
    assert values(tree(r={"how": "ratio"}, **parts)).values["r"] == 0.75
