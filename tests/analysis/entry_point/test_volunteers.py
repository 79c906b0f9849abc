"""How many volunteer, against a second way to reckon."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import binom, triang

from playbook.analysis.entry_point.volunteers import RATES, Volunteers, volunteers
from playbook.model import InputError
from tests.depth import examples

brief = settings(max_examples=examples(40))  # many sums an example
WORST = 1 / (2 * RATES)
"""How far a chance may be off, as the docstring promises."""


def band(population: int, low: float, likely: float, high: float) -> Volunteers:
    return volunteers(population, low, likely, high, 15, 60)


@pytest.mark.row("ENT-04", "N-01")
@pytest.mark.parametrize(
    ("population", "few", "enough", "many"),
    [(14, 1, 0, 0), (15, 0, 1, 0), (60, 0, 1, 0), (61, 0, 0, 1)],
)
def test_the_bounds_count_themselves(population: int, few: int, enough: int, many: int) -> None:
    sure = band(population, 100, 100, 100)
    assert (sure.too_few, sure.enough, sure.too_many) == (few, enough, many)
    assert (sure.low, sure.expected, sure.high) == (population, population, population)


def test_with_a_rate_that_is_known_the_number_is_binomial() -> None:
    known = band(140, 20, 20, 20)
    assert known.expected == pytest.approx(28)
    by_hand = sum(math.comb(140, k) * 0.2**k * 0.8 ** (140 - k) for k in range(15, 61))
    assert known.enough == pytest.approx(by_hand, abs=1e-12)
    assert known.low == binom.ppf(0.05, 140, 0.2)
    assert known.high == binom.ppf(0.95, 140, 0.2)


@pytest.mark.parametrize(
    ("population", "rates"),
    [
        (100, (10, 20, 30)),
        (34, (40, 55, 75)),
        (20_000, (0, 0.1, 1)),
        (100_000, (0.01, 0.01, 0.1)),
        (400, (5, 15, 15)),
        (90, (0, 0, 100)),
    ],
)
def test_with_an_uncertain_rate_it_agrees_with_an_integral_over_the_triangle(
    population: int, rates: tuple[float, float, float]
) -> None:
    low, likely, high = (rate / 100 for rate in rates)
    triangle = triang((likely - low) / (high - low), low, high - low)

    def at_most(number: int) -> float:
        def part(rate: float) -> float:
            return float(triangle.pdf(rate) * binom.cdf(number, population, rate))

        # The steep part lies around number / population; likely is where the triangle bends.
        bends = sorted({low, min(max(number / population, low), high), likely, high})
        return sum(quad(part, a, b, limit=400)[0] for a, b in itertools.pairwise(bends))

    found = band(population, *rates)
    assert found.too_few == pytest.approx(at_most(14), abs=WORST)
    assert found.too_few + found.enough == pytest.approx(at_most(60), abs=WORST)
    assert found.expected == pytest.approx(population * triangle.mean())
    assert at_most(found.low) >= 0.05 - WORST
    assert at_most(found.low - 1) <= 0.05 + WORST
    assert at_most(found.high) >= 0.95 - WORST
    assert at_most(found.high - 1) <= 0.95 + WORST


def test_it_agrees_with_drawing_a_rate_and_then_people() -> None:
    random = np.random.default_rng(7)
    rates = random.triangular(0.1, 0.2, 0.3, 200_000)
    drawn = random.binomial(100, rates)
    found = band(100, 10, 20, 30)
    assert found.enough == pytest.approx(((drawn >= 15) & (drawn <= 60)).mean(), abs=0.005)
    assert found.expected == pytest.approx(drawn.mean(), abs=0.1)


RATE = st.integers(0, 1000).map(lambda tenths: tenths / 10)
THREE = st.tuples(RATE, RATE, RATE).map(sorted)


@brief
@given(population=st.integers(1, 3000), rates=THREE)
def test_the_three_chances_add_up_and_the_range_holds_what_it_says(
    population: int, rates: list[float]
) -> None:
    found = band(population, *rates)
    chances = (found.too_few, found.enough, found.too_many)
    assert sum(chances) == pytest.approx(1)
    assert all(-1e-9 <= chance <= 1 + 1e-9 for chance in chances)
    assert 0 <= found.low <= found.high <= population
    assert rates[0] / 100 * population <= found.expected + 1e-9
    assert found.expected <= rates[2] / 100 * population + 1e-9


@brief
@given(population=st.integers(1, 2000), rates=THREE, more=st.integers(1, 500))
def test_more_people_never_make_too_few_likelier(
    population: int, rates: list[float], more: int
) -> None:
    before, after = band(population, *rates), band(population + more, *rates)
    assert after.too_few <= before.too_few + 1e-9
    assert after.too_many >= before.too_many - 1e-9


@pytest.mark.parametrize("rates", [(30, 20, 40), (10, 20, 15), (-1, 5, 6), (90, 95, 101)])
def test_rates_out_of_order_are_refused_with_what_was_given(rates: tuple[float, ...]) -> None:
    with pytest.raises(InputError, match=f"{rates[0]:g}, {rates[1]:g} and {rates[2]:g} %"):
        band(100, *rates)


def test_nobody_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="0 people"):
        band(0, 1, 2, 3)
