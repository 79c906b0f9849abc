"""The seven factors: what speaks for a place and against it, told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule
from playbook.rules.entry_point.shared import PERCENT, SOMEWHAT, is_high, unsaid

# --------------------------------------------------------------------------- 1 unit or function


@rule("ENT-20", raises=("market",))
def business_unit(case: Case) -> Iterator[Hit]:
    if case.answered("unit", "unit"):
        yield Hit("market", ("unit",))


@rule("ENT-21", raises=("risky",))
def customer_contact_is_feared(case: Case) -> Iterator[Hit]:
    if case.answered("contact_risky", *SOMEWHAT):
        yield Hit("risky", ("contact_risky",))


@rule("ENT-22", raises=("slow",), numbers=("approval_days",))
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


@rule("SHIFT-13", raises=("anywhere",))
def a_function_can_be_the_place(case: Case) -> Iterator[Hit]:
    """Said, so that nobody leaves out a back office; no rule ever counts against one."""
    if case.answered("unit", "function"):
        yield Hit("anywhere", ("unit",))


@rule("ENT-23", raises=("ready",))
def function_knows_change(case: Case) -> Iterator[Hit]:
    if case.answered("unit", "function"):
        yield Hit("ready", ("unit",))


@rule("ENT-24", raises=("quiet", "no_link"))
def function_is_out_of_sight(case: Case) -> Iterator[Hit]:
    if case.answered("unit", "function"):
        yield Hit("quiet", ("unit",))
    if missing := unsaid(case, ("customer_link",)):
        yield Hit("no_link", missing)


@rule("ENT-25", raises=("critical",))
def function_reaches_far(case: Case) -> Iterator[Hit]:
    if case.answered("unit", "function"):
        yield Hit("critical", ("unit",))


@rule("X-25", raises=("which", "quiet", "critical", "level"))
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


def _alone(case: Case) -> bool:
    position = _position(case)
    return position is not None and position <= case.thresholds["self_contained_most"]


def _woven(case: Case) -> bool:
    position = _position(case)
    return position is not None and position >= case.thresholds["interdependent_least"]


@rule("ENT-28", raises=("between",), numbers=("interdependence_percent",))
def where_on_the_spectrum(case: Case) -> Iterator[Hit | Number]:
    position = _position(case)
    if position is not None:
        yield Number("interdependence_percent", round(PERCENT * position))
        if not _alone(case) and not _woven(case):
            yield Hit("between", ("upstream", "downstream", "shared"))


@rule("ENT-26", raises=("alone",))
def self_contained(case: Case) -> Iterator[Hit]:
    if _alone(case):
        yield Hit("alone", ("upstream", "downstream", "shared"))


@rule("ENT-27", raises=("woven",))
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


@rule("ENT-29", raises=("none_listed", "not_this_one"))
def supervisors_who_cannot(case: Case) -> Iterator[Hit]:
    """Told as a number: who lacks what is for those who wrote the list."""
    listed = _supervisors(case)
    unwilling = sum(map(_unwilling, listed))
    if unwilling and case.answered("supervisor", *SOMEWHAT):
        name = "none_listed" if unwilling == len(listed) else "not_this_one"
        yield Hit(name, ("who",), {"count": unwilling})


@rule("ENT-30", raises=("evidence",))
def traits_are_shown(case: Case) -> Iterator[Hit]:
    listed = _supervisors(case)
    if any(row.get(t) == "yes" and f"{t}_seen" not in row for row in listed for t in TRAITS):
        yield Hit("evidence", ("who",))


@rule("ENT-31", raises=("many", "few"), numbers=("supervisors_willing",))
def a_handful_of_supervisors(case: Case) -> Iterator[Hit | Number]:
    listed = _supervisors(case)
    if not listed:
        return
    count = sum(map(_willing, listed))
    least, most = case.thresholds["supervisors_least"], case.thresholds["supervisors_most"]
    yield Number("supervisors_willing", count)
    if len(listed) > most:
        yield Hit("many", ("who",), {"count": len(listed), "most": f"{most:.0f}"})
    elif 0 < count < least:
        yield Hit("few", ("who",), {"count": count, "least": f"{least:.0f}"})


# --------------------------------------------------------------------------- 4 existing groups


@rule("ENT-32", raises=("teams", "none"))
def kind_of_group(case: Case) -> Iterator[Hit]:
    if case.answered("grouping", "parallel", "sequence"):
        yield Hit("teams", ("grouping",))
    if case.answered("grouping", "none"):
        yield Hit("none", ("grouping",))


@rule("ENT-33", raises=("closer",))
def already_a_workgroup(case: Case) -> Iterator[Hit]:
    if case.answered("grouping", "workgroup"):
        yield Hit("closer", ("grouping",))


@rule("ENT-34", raises=("as_usual", "told_apart"))
def seems_the_same(case: Case) -> Iterator[Hit]:
    if case.answered("grouping", "workgroup", "parallel", "sequence"):
        told = case.get("contrast")
        yield Hit("told_apart" if told else "as_usual", ("grouping", "contrast"))


# --------------------------------------------------------------------------- 5 leadership

BEHAVIOURS = ("withhold", "poor", "recall")


@rule("ENT-36", raises=BEHAVIOURS)
def managers_under_pressure(case: Case) -> Iterator[Hit]:
    for behaviour in BEHAVIOURS:
        if behaviour in case.many("behaviours"):
            yield Hit(behaviour, ("behaviours",))


@rule("ENT-36", raises=("check",))
def pressure_unchecked(case: Case) -> Iterator[Hit]:
    if case.answered("pressure", "backlog") and "behaviours" not in case.answers:
        yield Hit("check", ("behaviours",))


@rule("ENT-37", raises=("shielded", "exposed"))
def front_line_is_shielded(case: Case) -> Iterator[Hit]:
    threatened = any(behaviour in case.many("behaviours") for behaviour in BEHAVIOURS)
    if case.get("insulation"):
        yield Hit("shielded", ("insulation",))
    elif threatened or case.answered("pressure", "backlog"):
        yield Hit("exposed", ("insulation",))


@rule("X-24", raises=("assigned", "chosen"))
def who_chooses(case: Case) -> Iterator[Hit]:
    if case.answered("who_chooses", "managers", "both"):
        yield Hit("assigned", ("who_chooses",))
    if case.answered("who_chooses", "themselves"):
        yield Hit("chosen", ("who_chooses",))


# --------------------------------------------------------------------------- 6 workers


@rule("ENT-38", raises=("little", "some", "much"))
def support_not_exclusion(case: Case) -> Iterator[Hit]:
    if case.answered("support", "little", "some", "much"):
        yield Hit(case.get("support") or "", ("support",))


@rule("ENT-39", raises=("easier",))
def easier_to_start(case: Case) -> Iterator[Hit]:
    easing = tuple(q for q in ("improvement", "latitude") if case.answered(q, *SOMEWHAT))
    if easing:
        yield Hit("easier", easing)


@rule("ENT-40", raises=("old_wine", "contrast"))
def another_label(case: Case) -> Iterator[Hit]:
    if case.answered("improvement", *SOMEWHAT):
        told = case.get("contrast")
        yield Hit("contrast" if told else "old_wine", ("improvement", "contrast"))


# --------------------------------------------------------------------------- 7 edge or core

EDGE_TEST = ("peripheral", "trend", "important")


def _edge(case: Case) -> bool:
    return all(case.answered(question, "yes") for question in EDGE_TEST)


def _core(case: Case) -> bool:
    return case.answered("peripheral", "no")


@rule("ENT-41", raises=("edge", "margin"))
def edge_test(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("edge", EDGE_TEST)
    elif case.answered("peripheral", "yes") and any(case.answered(q, "no") for q in EDGE_TEST[1:]):
        yield Hit("margin", EDGE_TEST)


@rule("ENT-42", raises=("resists",))
def core_resists(case: Case) -> Iterator[Hit]:
    if _core(case):
        yield Hit("resists", ("peripheral",))


@rule("ENT-43", raises=("knows",))
def core_knows(case: Case) -> Iterator[Hit]:
    if _core(case):
        yield Hit("knows", ("peripheral",))


@rule("ENT-44", raises=("insulated",))
def edge_is_insulated(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("insulated", EDGE_TEST)


@rule("ENT-45", raises=("bold",))
def edge_is_open(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("bold", EDGE_TEST)


@rule("ENT-46", raises=("foreign", "translated"))
def edge_seems_foreign(case: Case) -> Iterator[Hit]:
    if _edge(case):
        yield Hit("translated" if case.get("relevance") else "foreign", ("relevance",))


@rule("ENT-48", raises=("triple",))
def dismissal_triple(case: Case) -> Iterator[Hit]:
    """Self-contained, an edge, and hardly noticed: each is fine, all three are not."""
    if _alone(case) and _edge(case) and _hardly_seen(case):
        yield Hit("triple", ("shared", "peripheral", "would_act"))


def _hardly_seen(case: Case) -> bool:
    """What leaders elsewhere said decides; while nobody asked them, the impact on the map."""
    if case.answered("would_act", "none", "one", "two", "three"):
        return case.answered("would_act", "none")
    impact = case.point("impact")
    return impact is not None and not is_high(impact, len(case.scales["impact"]))
