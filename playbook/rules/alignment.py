"""The rules of alignment: what the design is for, who takes part, and where it is pulled apart.

Questions are named as in content/sheets/alignment.toml, whose `messages` hold words and weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from playbook.analysis.work_system.alignment import (
    PAIRS,
    PILLARS,
    backlog,
    fit,
    idle_tools,
    skill_gaps,
    typed_again,
)
from playbook.analysis.work_system.alignment_answers import (
    data_sets_of,
    integrations_of,
    skills_of,
    tools_of,
    uses_of,
)
from playbook.analysis.work_system.answers import said
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

BLOCKS = ("people", "processes", "information", "technology", "governance", "infrastructure")
LEARNING = ("onboarding", "learning", "development")
TAKE_PART = ("front_line", "supervisors", "managers")
FITS = ("fits_users", "secure", "fits_strategy")
sheet_rule = partial(rule, scope="sheet")


def _rows(case: Case, table: str) -> list[Mapping[str, Value]]:
    return [answers for answers in case.rows.get(table, ()) if answers]


# --------------------------------------------------------------------------- value and people


@sheet_rule("WS-035", raises=("valued",))
def its_value_beats_an_alternative(case: Case) -> Iterator[Hit]:
    if case.get("value"):
        yield Hit("valued", ("value",))


@sheet_rule("WS-036", raises=("linked", "no_outcome"))
def it_adds_to_a_result(case: Case) -> Iterator[Hit]:
    picked = {*case.many("outcomes")} - {"dont_know"}
    if "none" in picked:
        yield Hit("no_outcome", ("outcomes",))
    elif picked:
        yield Hit("linked", ("outcomes",), {"count": len(picked)})


@sheet_rule("WS-040", raises=("all_in", "no_front_line", "some_missing"))
def those_who_do_the_work_take_part(case: Case) -> Iterator[Hit]:
    picked = {*case.many("takes_part")}
    if not picked or "dont_know" in picked:
        return
    if "front_line" not in picked:
        yield Hit("no_front_line", ("takes_part",))
    elif picked >= {*TAKE_PART}:
        yield Hit("all_in", ("takes_part",))
    else:
        yield Hit("some_missing", ("takes_part",))


# --------------------------------------------------------------------------- pairs and blocks


@sheet_rule("WS-044", raises=("fits", "misfit"), numbers=("alignment_level",))
def the_weakest_pair_counts(case: Case) -> Iterator[Hit | Number]:
    """A weak pair is told while others are open: none of them could make up for it."""
    names = {pair: "_".join(pair) for pair in PAIRS}
    points = {pair: case.point(name) for pair, name in names.items()}
    found = fit(points)
    if not found.weakest:
        return
    least = points[found.weakest[0]]
    assert least is not None
    asked = tuple(names[pair] for pair in found.weakest)
    told = {"level": least}
    if least < case.thresholds["alignment_least_level"]:
        yield Hit("misfit", asked, told)
    elif found.level is not None:
        yield Hit("fits", asked, told)
    if found.level is not None:
        yield Number("alignment_level", found.level)


@sheet_rule("WS-020", raises=("widest",))
def a_block_is_farthest_from_wanted(case: Case) -> Iterator[Hit]:
    gaps = {}
    for block in BLOCKS:
        now, wanted = case.point(f"{block}_now"), case.point(f"{block}_wanted")
        if now is not None and wanted is not None:
            gaps[block] = wanted - now
    widest = max(gaps.values(), default=0)
    if widest > 0:
        names = [block for block, gap in gaps.items() if gap == widest]
        asked = tuple(f"{block}_now" for block in names)
        yield Hit("widest", asked, {"count": widest})


# --------------------------------------------------------------------------- skills


@sheet_rule("WS-022", raises=("lasts", "no_learning", "one_person"))
def it_survives_that_somebody_leaves(case: Case) -> Iterator[Hit]:
    picked = {*case.many("learning")}
    if "none" in picked:
        yield Hit("no_learning", ("learning",))
    elif picked >= {*LEARNING}:
        yield Hit("lasts", ("learning",))
    if single := skill_gaps(skills_of(_rows(case, "skills"))).single:
        yield Hit("one_person", ("skill", "have"), {"names": _names(single)})


@sheet_rule("WS-046", raises=("short",), numbers=("skills_short",))
def skills_are_there(case: Case) -> Iterator[Hit | Number]:
    gaps = skill_gaps(skills_of(_rows(case, "skills")))
    if gaps.short:
        yield Hit("short", ("need", "have"), {"names": _counted(gaps.short)})
        yield Number("skills_short", sum(count for _, count in gaps.short))


# --------------------------------------------------------------------------- tools


@sheet_rule("WS-028", raises=("typed_again", "idle_tool"), numbers=("tools_idle",))
def data_are_typed_once(case: Case) -> Iterator[Hit | Number]:
    uses, tools = uses_of(_rows(case, "uses")), tools_of(_rows(case, "tools"))
    if again := typed_again(uses):
        yield Hit("typed_again", ("use_data", "use_how"), {"names": _names(u.data for u in again)})
    if not (uses and tools):
        return
    idle = idle_tools(uses, tools)
    yield Number("tools_idle", len(idle))
    if idle:
        yield Hit("idle_tool", ("tool", "use_tool"), {"names": _names(idle)})


@sheet_rule("WS-029", raises=("tools_fit", "tool_misfit"))
def a_tool_fits_users_security_and_strategy(case: Case) -> Iterator[Hit]:
    rows = _rows(case, "tools")
    misfits = [said(it, "tool") for it in rows if any(said(it, asked) == "no" for asked in FITS)]
    if misfits:
        yield Hit("tool_misfit", FITS, {"names": _names(misfits)})
    elif rows and all(said(it, asked) == "yes" for it in rows for asked in FITS):
        yield Hit("tools_fit", FITS)


@sheet_rule("WS-052", raises=("first",), numbers=("first_link_points",))
def what_helps_most_is_linked_first(case: Case) -> Iterator[Hit | Number]:
    found = backlog(integrations_of(_rows(case, "integrations")))
    first = [it for place, it in found if place == 1]
    if first and first[0].score is not None:
        yield Number("first_link_points", first[0].score)
        told = {"names": _names(it.name for it in first), "score": first[0].score}
        yield Hit("first", ("less_typing", "more_seen", "better_decisions"), told)


# --------------------------------------------------------------------------- data and decisions


@sheet_rule("WS-026", raises=("no_owner",), numbers=("data_open",))
def data_have_an_owner(case: Case) -> Iterator[Hit | Number]:
    sets = data_sets_of(_rows(case, "data_sets"))
    if sets:
        yield Number("data_open", sum(not it.owner or bool(it.unmeasured) for it in sets))
    if bare := [it.name for it in sets if not it.owner]:
        yield Hit("no_owner", ("owner",), {"names": _names(bare)})


@sheet_rule("WS-053", raises=("unmeasured", "weakest"))
def data_are_measured_on_three_sides(case: Case) -> Iterator[Hit]:
    sets = data_sets_of(_rows(case, "data_sets"))
    asked = ("accuracy", "completeness", "timeliness")
    if bare := [it.name for it in sets if it.unmeasured]:
        yield Hit("unmeasured", asked, {"names": _names(bare)})
    measured = [
        (share, it.name, side)
        for it in sets
        if not it.unmeasured
        for side, share in [it.weakest or ("", 1.0)]
    ]
    if measured:
        share, name, side = min(measured)
        yield Hit("weakest", (side,), {"name": f"“{name}”", "share": f"{share:.0%}"})


@sheet_rule("WS-027", raises=("front_line_blind", "late_data"))
def whoever_decides_has_data_in_time(case: Case) -> Iterator[Hit]:
    late = [it for it in _rows(case, "decisions") if said(it, "in_time") == "no"]
    front = [said(it, "decision") for it in late if said(it, "decider") == "front_line"]
    others = [said(it, "decision") for it in late if said(it, "decider") != "front_line"]
    if front:
        yield Hit("front_line_blind", ("decider", "in_time"), {"names": _names(front)})
    if others:
        yield Hit("late_data", ("in_time",), {"names": _names(others)})


@sheet_rule("WS-096", raises=("program_judges",))
def a_program_takes_routine_alone(case: Case) -> Iterator[Hit]:
    taken = [it for it in _rows(case, "decisions") if said(it, "decider") == "machine"]
    judged = [it for it in taken if said(it, "decision_kind") in ("judgement", "strategic")]
    if judged:
        told = {"names": _names(said(it, "decision") for it in judged)}
        yield Hit("program_judges", ("decider", "decision_kind"), told)


@sheet_rule("WS-045", raises=("next", "round"))
def each_of_the_three_has_its_turn(case: Case) -> Iterator[Hit]:
    had = {pillar for it in _rows(case, "cycles") if (pillar := said(it, "pillar"))}
    if had and (rest := [pillar for pillar in PILLARS if pillar not in had]):
        labels = case.labels["pillar"]
        yield Hit("next", ("pillar",), {"names": ", ".join(labels[one] for one in rest)})
    elif had:
        yield Hit("round", ("pillar",))


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"“{name or '–'}”" for name in names)


def _counted(short: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"“{name}”: {count}" for name, count in short)
