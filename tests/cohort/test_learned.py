"""What a class learned: the report worked out a second way, and what it never tells."""

from __future__ import annotations

from itertools import combinations
from random import Random

import numpy as np
import pytest
from scipy import stats

from playbook.cohort.learned import (
    HALF,
    FormLot,
    Learned,
    Pair,
    VignetteBallot,
    checked,
    estimate,
    learned,
    scored,
)
from playbook.framework import Framework
from playbook.report.learned import learned_told

FIVE = 5


def pair(form: str, before: float, after: float, sure: float = 0.7) -> Pair:
    """Somebody who had this form first, and so many right."""
    second = "b" if form == "a" else "a"
    return VignetteBallot(form, before, sure), VignetteBallot(second, after, sure)  # type: ignore[arg-type]


SIX = [
    *(pair("a", 0.5, 0.75), pair("a", 0.25, 0.75), pair("a", 0.75, 0.75)),
    *(pair("b", 0.5, 0.5), pair("b", 0.5, 1.0), pair("b", 0.75, 1.0)),
]


def test_the_report_by_hand() -> None:
    """Half A changes by .25, .5, 0 and half B by 0, .5, .25: both .25 on average. The pooled spread
    is .0625, the error .5 * sqrt(.0625 * 2/3) = .10206, and t with 4 degrees of freedom 2.7764."""
    told = learned(SIX, FIVE)
    found = estimate([0.25, 0.5, 0.0], [0.0, 0.5, 0.25])
    assert found.change == pytest.approx(0.25)
    assert found.high - found.change == pytest.approx(2.7764 * 0.10206, abs=1e-4)
    assert (told.pairs, told.hidden) == (6, "")
    assert (told.before, told.after, told.effect) == (54, 79, 25)
    assert (told.low, told.high) == (-3, 53)
    assert (told.sure_before, told.sure_after) == (70, 70)


@pytest.mark.parametrize("sizes", [(3, 2), (2, 9), (20, 20), (17, 12)])
def test_the_interval_is_that_of_a_regression_on_the_half(sizes: tuple[int, int]) -> None:
    """A second way: least squares of the change on a half coded -1 and +1; its intercept is the
    effect, and its interval comes from the inverse of the normal equations."""
    random = np.random.default_rng(sum(sizes))
    one, two = (random.integers(-4, 5, size=size) / 4 for size in sizes)
    y = np.concatenate([one, two])
    x = np.column_stack([np.ones(len(y)), [-1] * len(one) + [1] * len(two)])
    beta, residuals, *_ = np.linalg.lstsq(x, y, rcond=None)
    freedom = len(y) - 2
    error = np.sqrt(residuals[0] / freedom * np.linalg.inv(x.T @ x)[0, 0])
    low, high = stats.t.interval(0.95, freedom, loc=beta[0], scale=error)
    found = estimate(one.tolist(), two.tolist())
    assert (found.change, found.low, found.high) == pytest.approx((beta[0], low, high))


def test_nineteen_of_twenty_intervals_hold_what_is_true() -> None:
    """1,000 made-up classes of 24 with four answers each; form B is harder by 15 points, and people
    learn 15 points: the difficulty of a form must not shift the effect."""
    random, hits, effects = Random(7), 0, []

    def right(chance: float) -> float:
        return sum(random.random() < chance for _ in range(4)) / 4

    for _ in range(1000):
        halves = [
            [right(0.5) - right(0.5) for _ in range(12)],  # A at 50%, then B at 65 - 15%
            [right(0.65) - right(0.35) for _ in range(12)],  # B at 50 - 15%, then A at 65%
        ]
        found = estimate(*halves)
        effects.append(found.change)
        hits += found.low <= 0.15 <= found.high
    assert sum(effects) / 1000 == pytest.approx(0.15, abs=0.01)
    assert 930 <= hits <= 970


# --------------------------------------------------------------------------- what is not told


@pytest.mark.parametrize("count", range(FIVE))
def test_below_five_pairs_only_how_many_they_are(count: int) -> None:
    assert learned(SIX[:count], FIVE) == Learned(pairs=count, hidden="few")


def test_two_rounds_of_the_same_form_are_no_pair() -> None:
    """As where somebody joined twice and was made one person again."""
    same = VignetteBallot("a", 0.5, 0.7), VignetteBallot("a", 0.75, 0.7)
    assert learned([*SIX[:4], same], FIVE) == Learned(pairs=4, hidden="few")


def test_one_or_two_people_are_never_half_of_a_report() -> None:
    lonely = [*(pair("a", 0.5, it) for it in (0.5, 0.75, 1.0, 0.25)), pair("b", 0.5, 1.0)]
    assert learned(lonely, FIVE) == Learned(pairs=5, hidden="halves")
    assert learned([*SIX[1:], SIX[3]], FIVE) == Learned(pairs=6, hidden="halves")
    assert learned(SIX[1:], FIVE) == Learned(pairs=5, hidden="halves")
    assert HALF == 3


@pytest.mark.parametrize(
    "rounds",
    [
        [(0.5, 1.0), (0.75, 1.0)],  # all had everything right after
        [(0.0, 0.25), (0.0, 0.5)],  # all had nothing right before
        [(0.25, 0.5), (0.5, 0.75)],  # all changed by one
        [(0.5, 0.5), (0.75, 0.75)],  # nobody changed
    ],
)
def test_what_would_tell_what_each_had_stays_hidden(rounds: list[tuple[float, float]]) -> None:
    alike = [pair(form, *it) for form in ("a", "b") for it in rounds * 2]
    assert learned(alike, FIVE) == Learned(pairs=8, hidden="alike")
    one_apart = [pair("a", 0.25, 0.75), *alike[1:]]
    assert learned(one_apart, FIVE) == Learned(pairs=8, hidden="alike")  # who knows the others'
    two_apart = [pair("a", 0.25, 0.75), pair("a", 0.75, 0.0), *alike[2:]]
    assert learned(two_apart, FIVE).hidden == ""


@pytest.mark.parametrize(("doubting", "is_told"), [(0, False), (1, False), (2, True)])
def test_that_all_or_all_others_were_certain_is_not_told(doubting: int, is_told: bool) -> None:
    sure = [
        pair(first.form, first.right, second.right, sure=0.6 if number < doubting else 1.0)
        for number, (first, second) in enumerate(SIX)
    ]
    told = learned(sure, FIVE)
    assert told.effect is not None
    assert (told.sure_before is not None, told.sure_after is not None) == (is_told, is_told)


def test_the_order_of_people_changes_nothing() -> None:
    shuffled = Random(3).sample(SIX, len(SIX))
    assert learned(shuffled, FIVE) == learned(SIX, FIVE)


# --------------------------------------------------------------------------- the lot


@pytest.mark.parametrize("count", [1, 2, 5, 40, 41])
def test_half_have_form_a_first(count: int) -> None:
    people = [f"person {it}" for it in range(count)]
    lot = FormLot.drawn("seed", people)
    assert sum(lot.form(it) == "a" for it in people) == (count + 1) // 2


def test_who_leaves_changes_no_form_of_another() -> None:
    people = [f"person {it}" for it in range(20)]
    lot = FormLot.drawn("seed", people)
    assert lot == FormLot.drawn("seed", reversed(people))
    assert not any(it in f"{lot.seed} {lot.middle}" for it in people)  # no list of people is kept


def test_another_lot_draws_otherwise() -> None:
    people = [f"person {it}" for it in range(20)]
    drawn = {tuple(FormLot.drawn(str(seed), people).form(it) for it in people) for seed in range(9)}
    assert len(drawn) == 9


# --------------------------------------------------------------------------- one round


def test_a_round_is_a_whole_form_or_nothing(framework: Framework) -> None:
    content = framework.vignettes
    whole = ["a1 optimise 80", "a2 redefine 60", "a3 redefine 100", "a4 redefine 50"]
    assert checked(list(reversed(whole)), "a", content) == whole
    found = scored(whole, content)
    assert found == VignetteBallot("a", 0.75, pytest.approx(0.725))  # a3 is not redefined work
    wrong = [whole[:3], [*whole, whole[0]], [*whole[:3], whole[0]], "a1 optimise 80", None, [1, 2]]
    wrong += [[*whole[:3], "a4 redefine 55"], [*whole[:3], "a4 both 50"], [*whole[:3], "a4"]]
    assert [checked(it, "a", content) for it in wrong] == [None] * len(wrong)
    assert checked(whole, "b", content) is None


def test_forms_are_parallel_and_in_balance(framework: Framework) -> None:
    content = framework.vignettes
    one, other = content.of_form("a"), content.of_form("b")
    assert [it.answer for it in one] == [it.answer for it in other]
    assert sorted(it.answer for it in one) == ["optimise"] * 2 + ["redefine"] * 2
    for left, right in zip(one, other, strict=True):
        assert left.rows == right.rows
        lengths = len(left.text.split()), len(right.text.split())
        assert max(lengths) <= 45
        assert abs(lengths[0] - lengths[1]) <= 5
    assert len(content.vignettes) == 8


# --------------------------------------------------------------------------- words


def test_words_say_what_it_is_and_never_why(framework: Framework) -> None:
    told = " ".join(learned_told(learned(SIX, FIVE).model_dump(), framework.words))
    assert "54% at the beginning, 79% at the end" in told
    assert "25 points more, with a 95% interval from −3 to +53 points" in told
    assert "includes no change" in told
    assert "no comparison group" in told
    for claim in ("cause", "because", "effect of", "works", "thanks to", "training"):
        assert claim not in told.lower()


@pytest.mark.parametrize(
    ("pairs", "said"),
    [(SIX[:3], "3 answered both times"), ([], "0 answered both times")],
)
def test_where_it_is_hidden_one_sentence_says_why(
    pairs: list[Pair], said: str, framework: Framework
) -> None:
    [told] = learned_told(learned(pairs, FIVE).model_dump(), framework.words)
    assert told.startswith(said)
    assert "singled out" in told


def test_surer_than_right_is_said(framework: Framework) -> None:
    sure = [pair(it[0].form, it[0].right, it[1].right, sure=0.9) for it in SIX]
    told = learned_told(learned(sure, FIVE).model_dump(), framework.words)
    assert told[-1].endswith("At the end, people were surer than they were right.")
    others = learned_told(learned(SIX, FIVE).model_dump(), framework.words)
    assert "At the end, people were right more often than they thought." in others[-1]


def test_two_classes_that_differ_by_one_person_tell_nothing_of_four() -> None:
    """One report is made of a round; below five there is none to subtract from."""
    for few in combinations(SIX, FIVE - 1):
        assert learned(few, FIVE).effect is None
