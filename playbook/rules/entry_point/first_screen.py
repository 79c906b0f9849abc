"""The first screen: who can be freed and would come, the map, and those above the group."""

from __future__ import annotations

import math
from collections.abc import Iterator

from playbook.analysis.entry_point.volunteers import Volunteers, volunteers
from playbook.rules import Case, Hit, Number, rule
from playbook.rules.entry_point.shared import (
    ANSWERED,
    PERCENT,
    QUADRANTS,
    SOMEWHAT,
    is_high,
    quadrant,
    unsaid,
)

LAYERS = ("leader", "managers", "middle")
"""Who above the group may be in the way."""


@rule("ENT-03", raises=ANSWERED)
def capacity_is_a_gate(case: Case) -> Iterator[Hit]:
    """At least the floor of each person's own hours (N-02): else no place to begin."""
    if case.answered("free", *ANSWERED):
        floor = f"{PERCENT * case.thresholds['capacity_floor_share']:.0f}%"
        yield Hit(case.get("free") or "", ("free",), {"floor": floor})


@rule("CHA-14", raises=(*ANSWERED, "no_champion"))
def champion_reaches_it(case: Case) -> Iterator[Hit]:
    if case.answered("reach", *ANSWERED):
        yield Hit(case.get("reach") or "", ("reach",))
    if case.answered("reach", *SOMEWHAT) and case.carried.get("champion") == "fail":
        yield Hit("no_champion", ("reach",))


@rule("ENT-29", raises=ANSWERED)
def a_willing_supervisor(case: Case) -> Iterator[Hit]:
    if case.answered("supervisor", *ANSWERED):
        yield Hit(case.get("supervisor") or "", ("supervisor",))


@rule("ENT-35", raises=("blocks", "resisted", "overruled", "clear"))
def nobody_in_the_way(case: Case) -> Iterator[Hit]:
    """Whoever is in the way stops a place only where the champion will not overrule them."""
    picked = case.many("blockers")
    if any(layer in picked for layer in LAYERS):
        names = {"no": "blocks", "yes": "overruled"}
        name = names.get(case.get("override") or "", "resisted")
        yield Hit(name, ("override",) if name == "blocks" else ("blockers", "override"))
    elif "nobody" in picked:
        yield Hit("clear", ("blockers",))


HALVES = {"impact": "little", "likelihood": "unlikely"}
"""What the low half of one scale says while the other is open."""


@rule("ENT-05", raises=(*QUADRANTS.values(), *HALVES.values()))
def quarter_of_the_map(case: Case) -> Iterator[Hit]:
    if found := quadrant(case, case.answers):
        yield Hit(found, ("impact", "likelihood"))
    elif not case.answered("free", "no"):
        for axis, name in HALVES.items():
            point = case.point(axis)
            if point is not None and not is_high(point, len(case.scales[axis])):
                yield Hit(name, (axis,))


@rule("ENT-49", raises=("aim",))
def large_impact_and_sure(case: Case) -> Iterator[Hit]:
    """What to aim for: the last point of both scales."""
    axes = ("impact", "likelihood")
    last = all(case.point(axis) == len(case.scales[axis]) - 1 for axis in axes)
    if last and quadrant(case, case.answers):
        yield Hit("aim", axes)


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
    """None while something is missing or out of order, or when too few people are there."""
    population, rates = case.number("population"), _rates(case)
    least, most = case.thresholds["volunteers_least"], case.thresholds["volunteers_most"]
    if population is None or population < least or rates is None or list(rates) != sorted(rates):
        return None
    return volunteers(round(population), *rates, round(least), round(most))


def _in_words(case: Case, expected: Volunteers) -> dict[str, str]:
    return {
        "expected": f"{_about(case, expected.expected)}",
        "low": f"{expected.low}",
        "high": f"{expected.high}",
        "chance": _chance(expected.enough),
        **_band(case),
    }


def _about(case: Case, expected: float) -> int:
    """Whole people, rounded away from the bounds: just too few must not look like enough."""
    if expected < case.thresholds["volunteers_least"]:
        return math.floor(expected)
    return math.ceil(expected) if expected > case.thresholds["volunteers_most"] else round(expected)


def _band(case: Case) -> dict[str, str]:
    least, most = case.thresholds["volunteers_least"], case.thresholds["volunteers_most"]
    return {"least": f"{least:.0f}", "most": f"{most:.0f}"}


def _chance(share: float) -> str:
    """Whole percent, rounded down: what is not quite enough must not look as if it were."""
    percent = math.floor(PERCENT * share)
    return f"{percent}%" if percent or not share else "under 1%"


@rule("ENT-04", raises=("too_small", "join", "small"))
def too_few_people(case: Case) -> Iterator[Hit]:
    """Fewer people than volunteers are wanted: whether the neighbouring teams make up for it."""
    population, given = case.number("population"), case.number("neighbours")
    least = case.thresholds["volunteers_least"]
    if population is None or population >= least:
        return
    together = max(given or 0, population)
    name = "small" if given is None else "join" if together >= least else "too_small"
    said = {"people": f"{population:.0f}", "together": f"{together:.0f}", **_band(case)}
    yield Hit(name, ("neighbours", "population"), said)


@rule("ENT-04", raises=("too_few", "too_many", "unsure", "enough"))
def enough_volunteers(case: Case) -> Iterator[Hit]:
    """15 to 60, both included (N-01), against how many would come."""
    if not (expected := _volunteers(case)):
        return
    name = "unsure"
    if expected.expected < case.thresholds["volunteers_least"]:
        name = "too_few"
    elif expected.expected > case.thresholds["volunteers_most"]:
        name = "too_many"
    elif expected.enough >= case.thresholds["volunteers_sure"]:
        name = "enough"
    yield Hit(name, ("rate", "population"), _in_words(case, expected))


@rule("ENT-04", raises=("order", "one_guess"))
def rates_as_a_range(case: Case) -> Iterator[Hit]:
    rates = _rates(case)
    if rates is None:
        return
    if list(rates) != sorted(rates):
        yield Hit("order", ("rate_low", "rate", "rate_high"))
    elif _volunteers(case) and (missing := unsaid(case, ("rate_low", "rate_high"))):
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
