"""The entry point sheet's rules: where can a small start succeed, and still be noticed?

Questions are named as in content/sheets/entry_point.toml, whose `messages` hold words, weights and
arrows. A place without capacity is off the map. Arrows are told apart and never added up; scores
are compared only once somebody has given them, with weights that stand beside them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction

from playbook.choosing import Range, Volunteers, WeightRanges, volunteers, weight_ranges
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

FACTORS: Mapping[str, tuple[str, ...]] = {
    "unit": ("ENT-20", "ENT-21", "ENT-22", "ENT-23", "ENT-24", "ENT-25"),
    "contained": ("ENT-26", "ENT-27", "ENT-28"),
    "supervisors": ("ENT-29", "ENT-30", "ENT-31"),
    "groups": ("ENT-32", "ENT-33", "ENT-34"),
    "leadership": ("ENT-35", "ENT-36", "ENT-37", "X-24"),
    "workers": ("ENT-38", "ENT-39", "ENT-40"),
    "edge": ("ENT-41", "ENT-42", "ENT-43", "ENT-44", "ENT-45", "ENT-46"),
}
"""The seven factors (N-23), and the rows whose findings carry their arrows."""

FIRST = (
    *("place", "free", "reach", "impact", "likelihood"),
    *("supervisor", "blockers", "population", "rate"),
)
DECISIVE = FIRST[1:]
SOMEWHAT = ("yes", "partly")
PERCENT = 100


def _missing(case: Case, questions: Iterable[str]) -> tuple[str, ...]:
    """Those of `questions` that are asked and have no answer."""
    return tuple(q for q in questions if q in case.asked and q not in case.answers)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


# --------------------------------------------------------------------------- the first screen


@rule("ENT-01", says=("blank",))
def nothing_said(case: Case) -> Iterator[Hit]:
    if not any(question in case.answers for question in FIRST):
        yield Hit("blank", ("place",))


@rule("ENT-02", says=("unanswered",))
def still_to_answer(case: Case) -> Iterator[Hit]:
    if missing := _missing(case, DECISIVE):
        yield Hit("unanswered", missing)


@rule("ENT-03", says=("yes", "partly", "no", "dont_know"))
def capacity_is_a_gate(case: Case) -> Iterator[Hit]:
    if answer := case.get("free"):
        yield Hit(answer, ("free",))


@rule("CHA-14", says=("yes", "partly", "no", "dont_know"))
def champion_reaches_it(case: Case) -> Iterator[Hit]:
    if answer := case.get("reach"):
        yield Hit(answer, ("reach",))


@rule("CHA-14", says=("no_champion",))
def champion_stands(case: Case) -> Iterator[Hit]:
    if case.says("reach", *SOMEWHAT) and case.carried.get("champion") == "fail":
        yield Hit("no_champion", ("reach",))


QUADRANTS = {
    (True, True): "start",
    (True, False): "mitigate",
    (False, True): "dismissed",
    (False, False): "leave",
}
"""By high impact and high likelihood."""


def _high(point: int, points: int) -> bool:
    return 2 * point >= points


def _placed(case: Case, row: Mapping[str, Value], question: str) -> int | None:
    """The point that a row was given on a scale."""
    value = row.get(question)
    return case.scales[question].index(value) if isinstance(value, str) else None


def _quadrant(case: Case, row: Mapping[str, Value]) -> str | None:
    """Where on the map a row is; None while it is off the map or not placed."""
    impact, likelihood = _placed(case, row, "impact"), _placed(case, row, "likelihood")
    if row.get("free") == "no" or impact is None or likelihood is None:
        return None
    points = len(case.scales["impact"]), len(case.scales["likelihood"])
    return QUADRANTS[_high(impact, points[0]), _high(likelihood, points[1])]


@rule("ENT-05", says=tuple(QUADRANTS.values()))
def quadrant(case: Case) -> Iterator[Hit]:
    if found := _quadrant(case, case.answers):
        yield Hit(found, ("impact", "likelihood"))


@rule("APP-14", says=("flounders", "dismissed"))
def two_ways_to_fail(case: Case) -> Iterator[Hit]:
    found = _quadrant(case, case.answers)
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


@rule("ENT-04", says=("too_small", "too_few", "too_many", "unsure", "enough"))
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


@rule("ENT-04", says=("order", "one_guess"))
def rates_as_a_range(case: Case) -> Iterator[Hit]:
    rates = _rates(case)
    if rates is None:
        return
    if list(rates) != sorted(rates):
        yield Hit("order", ("rate_low", "rate", "rate_high"))
    elif missing := _missing(case, ("rate_low", "rate_high")):
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


# --------------------------------------------------------------------------- would it be noticed


@rule("ENT-07", says=("cold",))
def motivates_others(case: Case) -> Iterator[Hit]:
    if case.says("motivates", "no"):
        yield Hit("cold", ("motivates",))


@rule("ENT-10", says=("large",))
def starts_without_large_investment(case: Case) -> Iterator[Hit]:
    if case.says("cost", "large"):
        yield Hit("large", ("cost",))


@rule("ENT-11", says=("another", "partly", "unnamed", "open", "named"))
def moves_a_metric(case: Case) -> Iterator[Hit]:
    answer = case.get("moves")
    if answer == "no":
        yield Hit("another", ("moves",))
    elif answer == "partly":
        yield Hit("partly", ("moves",))
    elif answer == "yes":
        missing = _missing(case, ("metric", "money"))
        yield Hit("unnamed", missing) if missing else Hit("named", ("metric", "money"))
    else:
        yield Hit("open", ("moves",))


@rule("GAP-19", says=("none", "one", "most", "ask"))
def leaders_would_act(case: Case) -> Iterator[Hit]:
    """Three leaders from elsewhere were asked whether they would act on the result."""
    names = {"none": "none", "one": "one", "two": "most", "three": "most"}
    yield Hit(names.get(case.get("would_act") or "", "ask"), ("would_act",))


@rule("X-04", says=("untold", "told"))
def like_the_rest_of_the_house(case: Case) -> Iterator[Hit]:
    if case.says("representative", "no", "partly"):
        yield Hit("told" if case.get("limits") else "untold", ("representative", "limits"))


# --------------------------------------------------------------------------- 1 unit or function


@rule("ENT-20", says=("market",))
def business_unit(case: Case) -> Iterator[Hit]:
    if case.says("unit", "unit"):
        yield Hit("market", ("unit",))


@rule("ENT-21", says=("risky",))
def customer_contact_is_feared(case: Case) -> Iterator[Hit]:
    if case.says("contact_risky", *SOMEWHAT):
        yield Hit("risky", ("contact_risky",))


@rule("ENT-22", says=("slow",), numbers=("approval_days",))
def approvals(case: Case) -> Iterator[Hit | Number]:
    """One after another: how long each try with a customer waits."""
    count, each = case.number("approvals"), case.number("approval_days")
    if count is None or each is None:
        return
    days = count * each
    yield Number("approval_days", days)
    if days > (most := case.thresholds["approval_days_most"]):
        values = {"days": f"{days:g}", "most": f"{most:g}"}
        yield Hit("slow", ("approvals", "approval_days"), values)


@rule("ENT-23", says=("ready",))
def function_knows_change(case: Case) -> Iterator[Hit]:
    if case.says("unit", "function"):
        yield Hit("ready", ("unit",))


@rule("ENT-24", says=("quiet", "no_link"))
def function_is_out_of_sight(case: Case) -> Iterator[Hit]:
    if case.says("unit", "function"):
        yield Hit("quiet", ("unit",))
    if missing := _missing(case, ("customer_link",)):
        yield Hit("no_link", missing)


@rule("ENT-25", says=("critical",))
def function_reaches_far(case: Case) -> Iterator[Hit]:
    if case.says("unit", "function"):
        yield Hit("critical", ("unit",))


@rule("X-25", says=("which", "quiet", "critical", "level"))
def which_dominates(case: Case) -> Iterator[Hit]:
    if "function_risk" in case.asked:
        answer = case.get("function_risk")
        name = answer if answer in ("quiet", "critical", "level") else "which"
        yield Hit(name, ("function_risk",))


# --------------------------------------------------------------------------- 2 self-contained?


def _position(case: Case) -> float | None:
    """From 0, self-contained, to 1, interdependent: by the share of work that hangs on others, or
    by how many units it touches, whichever says more."""
    units = [case.number(question) for question in ("upstream", "downstream")]
    known = [number for number in units if number is not None]
    share = case.number("shared")
    places = [] if share is None else [share / PERCENT]
    if known:
        places.append(min(1, sum(known) / case.thresholds["interdependent_units"]))
    return max(places, default=None)


@rule("ENT-28", says=("between",), numbers=("interdependence_percent",))
def where_on_the_spectrum(case: Case) -> Iterator[Hit | Number]:
    position = _position(case)
    if position is not None:
        yield Number("interdependence_percent", round(PERCENT * position))
        if not _alone(case) and not _woven(case):
            yield Hit("between", ("upstream", "downstream", "shared"))


def _alone(case: Case) -> bool:
    position = _position(case)
    return position is not None and position <= case.thresholds["self_contained_most"]


def _woven(case: Case) -> bool:
    position = _position(case)
    return position is not None and position >= case.thresholds["interdependent_least"]


@rule("ENT-26", says=("alone",))
def self_contained(case: Case) -> Iterator[Hit]:
    if _alone(case):
        yield Hit("alone", ("upstream", "downstream", "shared"))


@rule("ENT-27", says=("woven",))
def interdependent(case: Case) -> Iterator[Hit]:
    if _woven(case):
        yield Hit("woven", ("upstream", "downstream", "shared"))


# --------------------------------------------------------------------------- 3 supervisors

TRAITS = ("open_mind", "risk", "serve")


def _supervisors(case: Case) -> tuple[Mapping[str, Value], ...]:
    return case.mine("supervisors", "supervises")


def _willing(row: Mapping[str, Value]) -> bool:
    return all(row.get(trait) == "yes" for trait in TRAITS)


def _unwilling(row: Mapping[str, Value]) -> bool:
    return any(row.get(trait) == "no" for trait in TRAITS)


def _supervisor_answer(case: Case) -> str | None:
    """What the listed supervisors come to; without any, the answer on the first screen."""
    listed = _supervisors(case)
    if not listed:
        return case.get("supervisor")
    if any(_willing(row) for row in listed):
        return "yes"
    if all(_unwilling(row) for row in listed):
        return "no"
    half = any(not _unwilling(row) and _said(row) for row in listed)
    return "partly" if half else "dont_know"


def _said(row: Mapping[str, Value]) -> bool:
    return all(row.get(trait) in SOMEWHAT for trait in TRAITS)


@rule("ENT-29", says=("yes", "partly", "no", "dont_know"))
def a_willing_supervisor(case: Case) -> Iterator[Hit]:
    if answer := _supervisor_answer(case):
        yield Hit(answer, ("supervisor",))


@rule("ENT-29", says=("not_this_one",))
def supervisors_who_cannot(case: Case) -> Iterator[Hit]:
    unwilling = [row for row in _supervisors(case) if _unwilling(row)]
    if unwilling and _supervisor_answer(case) != "no":
        names = _listed(str(row.get("who", "–")) for row in unwilling)
        yield Hit("not_this_one", ("supervisor",), {"names": names})


@rule("ENT-30", says=("evidence",))
def traits_are_shown(case: Case) -> Iterator[Hit]:
    listed = _supervisors(case)
    if any(row.get(t) == "yes" and f"{t}_seen" not in row for row in listed for t in TRAITS):
        yield Hit("evidence", ("supervisor",))


@rule("ENT-31", says=("many",), numbers=("supervisors_willing",))
def a_handful_of_supervisors(case: Case) -> Iterator[Hit | Number]:
    listed = _supervisors(case)
    if not listed:
        return
    count, most = sum(map(_willing, listed)), case.thresholds["supervisors_most"]
    yield Number("supervisors_willing", count)
    if len(listed) > most:
        yield Hit("many", ("supervisor",), {"count": len(listed), "most": f"{most:.0f}"})


# --------------------------------------------------------------------------- 4 existing groups


@rule("ENT-32", says=("teams", "none"))
def kind_of_group(case: Case) -> Iterator[Hit]:
    if case.says("grouping", "parallel", "sequence"):
        yield Hit("teams", ("grouping",))
    if case.says("grouping", "none"):
        yield Hit("none", ("grouping",))


@rule("ENT-33", says=("closer",))
def already_a_workgroup(case: Case) -> Iterator[Hit]:
    if case.says("grouping", "workgroup"):
        yield Hit("closer", ("grouping",))


@rule("ENT-34", says=("as_usual", "told_apart"))
def seems_the_same(case: Case) -> Iterator[Hit]:
    if case.says("grouping", "workgroup", "parallel", "sequence"):
        told = case.get("contrast")
        yield Hit("told_apart" if told else "as_usual", ("grouping", "contrast"))


# --------------------------------------------------------------------------- 5 leadership

LAYERS = ("leader", "managers", "middle")
BEHAVIOURS = ("withhold", "poor", "recall")


@rule("ENT-35", says=("blocks", "overruled", "clear", "open"))
def nobody_in_the_way(case: Case) -> Iterator[Hit]:
    picked = case.many("blockers")
    if any(layer in picked for layer in LAYERS):
        overruled = case.says("override", "yes")
        yield Hit("overruled" if overruled else "blocks", ("blockers", "override"))
    elif "dont_know" in picked:
        yield Hit("open", ("blockers",))
    elif picked:
        yield Hit("clear", ("blockers",))


@rule("ENT-36", says=BEHAVIOURS)
def managers_under_pressure(case: Case) -> Iterator[Hit]:
    for behaviour in BEHAVIOURS:
        if behaviour in case.many("behaviours"):
            yield Hit(behaviour, ("behaviours",))


@rule("ENT-36", says=("check",))
def pressure_unchecked(case: Case) -> Iterator[Hit]:
    if case.says("pressure", "backlog") and "behaviours" not in case.answers:
        yield Hit("check", ("behaviours",))


@rule("ENT-37", says=("shielded", "exposed"))
def front_line_is_shielded(case: Case) -> Iterator[Hit]:
    threatened = any(behaviour in case.many("behaviours") for behaviour in BEHAVIOURS)
    if case.get("insulation"):
        yield Hit("shielded", ("insulation",))
    elif threatened or case.says("pressure", "backlog"):
        yield Hit("exposed", ("insulation",))


@rule("X-24", says=("assigned", "chosen"))
def who_chooses(case: Case) -> Iterator[Hit]:
    if case.says("who_chooses", "managers", "both"):
        yield Hit("assigned", ("who_chooses",))
    if case.says("who_chooses", "themselves"):
        yield Hit("chosen", ("who_chooses",))


# --------------------------------------------------------------------------- 6 workers


@rule("ENT-38", says=("little", "some", "much"))
def support_not_exclusion(case: Case) -> Iterator[Hit]:
    if case.says("support", "little", "some", "much"):
        yield Hit(case.get("support") or "", ("support",))


@rule("ENT-39", says=("easier",))
def easier_to_start(case: Case) -> Iterator[Hit]:
    easing = tuple(q for q in ("improvement", "latitude") if case.says(q, *SOMEWHAT))
    if easing:
        yield Hit("easier", easing)


@rule("ENT-40", says=("old_wine", "contrast"))
def another_label(case: Case) -> Iterator[Hit]:
    if case.says("improvement", *SOMEWHAT):
        told = case.get("contrast")
        yield Hit("contrast" if told else "old_wine", ("improvement", "contrast"))


# --------------------------------------------------------------------------- 7 edge or core

EDGE_TEST = ("peripheral", "trend", "important")


def _edge(case: Case) -> bool:
    return all(case.says(question, "yes") for question in EDGE_TEST)


def _core(case: Case) -> bool:
    return case.says("peripheral", "no")


@rule("ENT-41", says=("edge", "margin"))
def edge_test(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("edge", EDGE_TEST)
    elif case.says("peripheral", "yes") and any(case.says(q, "no") for q in EDGE_TEST[1:]):
        yield Hit("margin", EDGE_TEST)


@rule("ENT-42", says=("resists",))
def core_resists(case: Case) -> Iterator[Hit]:
    if _core(case):
        yield Hit("resists", ("peripheral",))


@rule("ENT-43", says=("knows",))
def core_knows(case: Case) -> Iterator[Hit]:
    if _core(case):
        yield Hit("knows", ("peripheral",))


@rule("ENT-44", says=("insulated",))
def edge_is_insulated(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("insulated", EDGE_TEST)


@rule("ENT-45", says=("bold",))
def edge_is_open(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("bold", EDGE_TEST)


@rule("ENT-46", says=("foreign", "translated"))
def edge_seems_foreign(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("translated" if case.get("relevance") else "foreign", ("relevance",))


@rule("ENT-48", says=("triple",))
def dismissal_triple(case: Case) -> Iterator[Hit]:
    """Self-contained, an edge, and hardly seen: each is fine, all three are not."""
    if _alone(case) and _edge(case) and _hardly_seen(case):
        yield Hit("triple", ("shared", "peripheral", "would_act"))


def _hardly_seen(case: Case) -> bool:
    """What leaders elsewhere said decides; while nobody asked them, the impact on the map."""
    if case.says("would_act", "none", "one", "two", "three"):
        return case.says("would_act", "none")
    impact = case.point("impact")
    return impact is not None and not _high(impact, len(case.scales["impact"]))


# --------------------------------------------------------------------------- risks


@rule("ENT-08", says=("launch", "impact", "open"))
def two_lists_of_risks(case: Case) -> Iterator[Hit]:
    risks = case.mine("risks", "threatens")
    for level in ("launch", "impact"):
        if named := [str(row.get("risk", "–")) for row in risks if row.get("level") == level]:
            yield Hit(level, (), {"risks": _listed(named)})
    if still := [row for row in risks if "mitigation" not in row]:
        yield Hit("open", (), {"risks": _listed(str(row.get("risk", "–")) for row in still)})


@rule("ENT-09", says=("costs", "unknown"))
def mitigation_without_less_impact(case: Case) -> Iterator[Hit]:
    mitigated = [row for row in case.mine("risks", "threatens") if "mitigation" in row]
    costly = [row for row in mitigated if row.get("impact_lost") in ("some", "much")]
    unknown = [row for row in mitigated if row.get("impact_lost") in (None, "dont_know")]
    for name, rows in (("costs", costly), ("unknown", unknown)):
        if rows:
            yield Hit(name, (), {"steps": _listed(str(row["mitigation"]) for row in rows)})


# --------------------------------------------------------------------------- the sheet


@rule("ENT-02", says=("choose",), scope="sheet")
def several_places(case: Case) -> Iterator[Hit]:
    if len(case.row_levels) > 1 and not case.get("chosen"):
        yield Hit("choose", ("chosen",))


@rule("ENT-06", says=("first", "likelihood_first", "none"), scope="sheet")
def impact_first(case: Case) -> Iterator[Hit]:
    """Of the places where impact matters, the likeliest; the other way round if so wished."""
    placed = [row for row in case.rows["candidates"] if _quadrant(case, row)]
    if len(placed) < 2:  # noqa: PLR2004 - one place is no comparison
        return
    likely_first = case.says("order", "likelihood")
    kept = ("start", "dismissed") if likely_first else ("start", "mitigate")
    ranked = ("impact", "likelihood") if likely_first else ("likelihood", "impact")
    left = [row for row in placed if _quadrant(case, row) in kept]
    places = [[_placed(case, row, question) or 0 for question in ranked] for row in left]
    best = [row for row, place in zip(left, places, strict=True) if place == max(places)]
    if best:
        name = "likelihood_first" if likely_first else "first"
        yield Hit(name, ("impact", "likelihood"), {"names": _names(best)})
    else:
        yield Hit("none", ("impact", "likelihood"))


def _names(rows: Iterable[Mapping[str, Value]]) -> str:
    return _listed(str(row.get("place", "–")) for row in rows)


# --------------------------------------------------------------------------- scores


def _weighed(case: Case) -> tuple[dict[str, str], WeightRanges] | None:
    """The scores of all places that have all seven, with their names; None under two of them."""
    scored = _scored(case)
    names = {row_id: str(row.get("place", "–")) for row_id, row in scored}
    weights = _weights(case)
    if len(scored) < 2 or not any(weights):  # noqa: PLR2004 - one place is no comparison
        return None
    scores = {
        row_id: [Fraction(str(row[f"score_{factor}"])) for factor in FACTORS]
        for row_id, row in scored
    }
    return names, weight_ranges(scores, weights)


def _scored(case: Case) -> list[tuple[str, Mapping[str, Value]]]:
    """Places on the map that have all seven scores, with their ids."""
    rows = zip(case.row_ids["candidates"], case.rows["candidates"], strict=True)
    return [
        (row_id, row)
        for row_id, row in rows
        if row.get("free") != "no" and all(f"score_{factor}" in row for factor in FACTORS)
    ]


def _weights(case: Case) -> tuple[Fraction, ...]:
    """As given; a factor without a weight counts once."""
    return tuple(Fraction(case.get(f"weight_{factor}") or 1) for factor in FACTORS)


@rule("GAP-01", says=("half", "weightless"), scope="sheet")
def scores_to_complete(case: Case) -> Iterator[Hit]:
    any_score = any(
        f"score_{factor}" in row for factor in FACTORS for row in case.rows["candidates"]
    )
    if any_score and len(_scored(case)) < 2:  # noqa: PLR2004 - one place is no comparison
        yield Hit("half", ())
    elif any_score and not any(_weights(case)):
        yield Hit("weightless", ())


@rule("GAP-01", says=("winner", "level"), scope="sheet")
def winner_by_scores(case: Case) -> Iterator[Hit]:
    if weighed := _weighed(case):
        names, result = weighed
        first = [names[row_id] for row_id in result.winners]
        total = f"{float(result.totals[result.winners[0]]):.2f}"
        name = "winner" if len(first) == 1 else "level"
        yield Hit(name, (), {"names": _listed(first), "total": total})


@rule("ENT-47", says=("above", "below", "steady", "never"), scope="sheet")
def does_the_winner_change(case: Case) -> Iterator[Hit]:
    """The factor whose weight has to change least; and whom no weights at all put first."""
    if not (weighed := _weighed(case)):
        return
    names, result = weighed
    if never := [names[row_id] for row_id, margin in result.margins.items() if margin < 0]:
        yield Hit("never", (), {"names": _listed(never)})
    if ends := list(_ends(result.ranges)):
        _, name, factor, share, now, rivals = min(ends)
        values = {
            "share": f"{PERCENT * float(share):.3g} %",
            "now": f"{PERCENT * float(now):.3g} %",
            "names": _listed(names[rival] for rival in rivals),
        }
        yield Hit(name, (f"weight_{factor}",), values)
    elif result.ranges:
        yield Hit("steady", (), {"names": _listed(names[row_id] for row_id in result.winners)})


def _ends(
    ranges: Iterable[Range],
) -> Iterator[tuple[Fraction, str, str, Fraction, Fraction, tuple[str, ...]]]:
    """Where somebody else would take over: how far away, in which direction, which factor."""
    for factor, found in zip(FACTORS, ranges, strict=False):
        if found.above:
            yield found.high - found.now, "above", factor, found.high, found.now, found.above
        if found.below:
            yield found.now - found.low, "below", factor, found.low, found.now, found.below


@rule(
    "ENT-47",
    numbers=tuple(
        f"weight_{factor}_{end}_percent" for factor in FACTORS for end in ("low", "high")
    ),
    scope="sheet",
)
def where_the_winner_changes(case: Case) -> Iterator[Number]:
    """For each factor the shares of the weight between which the winner stays."""
    if weighed := _weighed(case):
        for factor, found in zip(FACTORS, weighed[1].ranges, strict=False):
            yield Number(f"weight_{factor}_low_percent", round(PERCENT * float(found.low), 1))
            yield Number(f"weight_{factor}_high_percent", round(PERCENT * float(found.high), 1))
