"""The first screen: a gate, the champion's reach, the map, and how many would come."""

from __future__ import annotations

import math
from collections.abc import Iterator

from playbook.analysis.entry_point.volunteers import Volunteers, volunteers
from playbook.rules import Case, Hit, Number, rule
from playbook.rules.entry_point.shared import PERCENT, QUADRANTS, SOMEWHAT, quadrant, unsaid

FIRST = (
    *("place", "free", "reach", "impact", "likelihood"),
    *("supervisor", "blockers", "population", "rate"),
)
DECISIVE = FIRST[1:]


@rule("ENT-01", raises=("blank",))
def nothing_said(case: Case) -> Iterator[Hit]:
    if not any(question in case.answers for question in FIRST):
        yield Hit("blank", ("place",))


@rule("ENT-02", raises=("unanswered",))
def still_to_answer(case: Case) -> Iterator[Hit]:
    if missing := unsaid(case, DECISIVE):
        yield Hit("unanswered", missing)


@rule("ENT-03", raises=("yes", "partly", "no", "dont_know"))
def capacity_is_a_gate(case: Case) -> Iterator[Hit]:
    if answer := case.get("free"):
        yield Hit(answer, ("free",))


@rule("CHA-14", raises=("yes", "partly", "no", "dont_know"))
def champion_reaches_it(case: Case) -> Iterator[Hit]:
    if answer := case.get("reach"):
        yield Hit(answer, ("reach",))


@rule("CHA-14", raises=("no_champion",))
def champion_stands(case: Case) -> Iterator[Hit]:
    if case.answered("reach", *SOMEWHAT) and case.carried.get("champion") == "fail":
        yield Hit("no_champion", ("reach",))


@rule("ENT-05", raises=tuple(QUADRANTS.values()))
def quarter_of_the_map(case: Case) -> Iterator[Hit]:
    if found := quadrant(case, case.answers):
        yield Hit(found, ("impact", "likelihood"))


@rule("APP-14", raises=("flounders", "dismissed"))
def two_ways_to_fail(case: Case) -> Iterator[Hit]:
    found = quadrant(case, case.answers)
    if found in ("mitigate", "leave"):
        yield Hit("flounders", ("likelihood",))
    if found in ("dismissed", "leave"):
        yield Hit("dismissed", ("impact",))


# --------------------------------------------------------------------------- volunteers


def _rates(case: Case) -> tuple[float, float, float] | None:
    """Low, likely, high in percent; a bound that nobody gave is the likely rate itself."""
    likely = case.number("rate")
    if likely is None:
        return None
    low, high = case.number("rate_low"), case.number("rate_high")
    return likely if low is None else low, likely, likely if high is None else high


def _volunteers(case: Case) -> Volunteers | None:
    """None while something is missing or out of order, or when nobody is there."""
    population, rates = case.number("population"), _rates(case)
    if not population or rates is None or list(rates) != sorted(rates):
        return None
    least, most = case.thresholds["volunteers_least"], case.thresholds["volunteers_most"]
    return volunteers(round(population), *rates, round(least), round(most))


def _in_words(case: Case, expected: Volunteers) -> dict[str, str]:
    return {
        "expected": f"{expected.expected:.0f}",
        "low": f"{expected.low}",
        "high": f"{expected.high}",
        "chance": _chance(expected.enough),
        **_band(case),
    }


def _band(case: Case) -> dict[str, str]:
    least, most = case.thresholds["volunteers_least"], case.thresholds["volunteers_most"]
    return {"least": f"{least:.0f}", "most": f"{most:.0f}"}


def _chance(share: float) -> str:
    """Whole percent, rounded down: what is not quite enough must not look as if it were."""
    percent = math.floor(PERCENT * share)
    return f"{percent} %" if percent or not share else "under 1 %"


@rule("ENT-04", raises=("too_small", "too_few", "too_many", "unsure", "enough"))
def enough_volunteers(case: Case) -> Iterator[Hit]:
    """15 to 60, both included (N-01), against how many would come."""
    population = case.number("population")
    if population is not None and population < case.thresholds["volunteers_least"]:
        yield Hit("too_small", ("population",), {"people": f"{population:.0f}", **_band(case)})
    elif expected := _volunteers(case):
        more_likely = case.thresholds["volunteers_more_likely"]
        sure = case.thresholds["volunteers_sure"]
        name = "unsure"
        if expected.too_few > more_likely:
            name = "too_few"
        elif expected.too_many > more_likely:
            name = "too_many"
        elif expected.enough >= sure:
            name = "enough"
        yield Hit(name, ("population", "rate"), _in_words(case, expected))


@rule("ENT-04", raises=("order", "one_guess"))
def rates_as_a_range(case: Case) -> Iterator[Hit]:
    rates = _rates(case)
    if rates is None:
        return
    if list(rates) != sorted(rates):
        yield Hit("order", ("rate_low", "rate", "rate_high"))
    elif missing := unsaid(case, ("rate_low", "rate_high")):
        yield Hit("one_guess", missing)


@rule(
    "ENT-04",
    numbers=(
        *("volunteers_expected", "volunteers_low", "volunteers_high"),
        *("volunteers_too_few_percent", "volunteers_enough_percent", "volunteers_too_many_percent"),
    ),
)
def volunteers_as_numbers(case: Case) -> Iterator[Number]:
    if expected := _volunteers(case):
        yield Number("volunteers_expected", round(expected.expected, 1))
        yield Number("volunteers_low", expected.low)
        yield Number("volunteers_high", expected.high)
        yield Number("volunteers_too_few_percent", round(PERCENT * expected.too_few, 1))
        yield Number("volunteers_enough_percent", round(PERCENT * expected.enough, 1))
        yield Number("volunteers_too_many_percent", round(PERCENT * expected.too_many, 1))
