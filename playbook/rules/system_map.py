"""The rules of the map: for whom it is, what it shows, and what a change sets in motion.

Questions are named as in content/sheets/system_map.toml, whose `messages` hold words and weights.
Chances are told along the strongest chain, which needs no numpy: a page's kernel asks these rules
with every answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from playbook.analysis.work_system.answers import map_of, said
from playbook.analysis.work_system.ripple import effects, reachable, strongest_chains
from playbook.analysis.work_system.system_map import FRAME, SystemMap
from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

BENEFICIARIES = ("customers", "employees", "stakeholders")
sheet_rule = partial(rule, scope="sheet")


def drawn_map(case: Case) -> tuple[SystemMap, int]:
    """The map in the sheet's tables, and how many of its links don't count."""
    return map_of(_rows(case, "parts"), _rows(case, "links"))


def _rows(case: Case, table: str) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """The rows of a table that say something, with their ids."""
    rows = zip(case.row_ids.get(table, ()), case.rows.get(table, ()), strict=True)
    return ((row, answers) for row, answers in rows if answers)


# --------------------------------------------------------------------------- purpose and parts


@sheet_rule("WS-002", raises=("bounded",))
def it_has_a_boundary(case: Case) -> Iterator[Hit]:
    if case.get("boundary"):
        yield Hit("bounded", ("boundary",))


@sheet_rule("WS-005", raises=("for_all", "for_some", "for_nobody"))
def it_is_for_customers_employees_and_stakeholders(case: Case) -> Iterator[Hit]:
    picked = case.many("purpose_for")
    count = len({*picked} & {*BENEFICIARIES})
    if count == len(BENEFICIARIES):
        yield Hit("for_all", ("purpose_for",))
    elif count:
        yield Hit("for_some", ("purpose_for",), {"count": count})
    elif "none" in picked:
        yield Hit("for_nobody", ("purpose_for",))


@sheet_rule(
    "WS-003",
    raises=("none_listed", "unsorted", "only_processes", "only_tools", "several_blocks"),
    numbers=("map_parts",),
)
def it_is_more_than_a_process_or_a_toolset(case: Case) -> Iterator[Hit | Number]:
    """The frame is no block: steps and customers alone are still a process."""
    rows = [answers for _, answers in _rows(case, "parts")]
    blocks = [block for answers in rows if (block := said(answers, "block"))]
    if not rows:
        yield Hit("none_listed", ("part", "block"))
        return
    yield Number("map_parts", len(rows))
    if unsorted := len(rows) - len(blocks):
        yield Hit("unsorted", ("block",), {"count": unsorted})
    filled = {*blocks} - {*FRAME}
    if filled == {"processes"}:
        yield Hit("only_processes", ("block",))
    elif filled == {"technology"}:
        yield Hit("only_tools", ("block",))
    elif filled:
        yield Hit("several_blocks", ("block",), {"count": len(filled)})


# --------------------------------------------------------------------------- what the map shows


@sheet_rule("WS-004", raises=("start_to_end", "no_start", "no_end"))
def it_leads_from_a_start_to_its_value(case: Case) -> Iterator[Hit]:
    if (shown := _shown(case)) is None:
        return
    if "start" not in shown:
        yield Hit("no_start", ("shown",))
    if "end" not in shown:
        yield Hit("no_end", ("shown",))
    if {"start", "end"} <= shown:
        yield Hit("start_to_end", ("shown",))


@sheet_rule("WS-008", raises=("human_work", "it_system", "no_decisions", "no_patterns"))
def it_is_no_it_system(case: Case) -> Iterator[Hit]:
    if (shown := _shown(case)) is None:
        return
    names = {
        (True, True): "human_work",
        (False, True): "no_decisions",
        (True, False): "no_patterns",
        (False, False): "it_system",
    }
    yield Hit(names["decisions" in shown, "patterns" in shown], ("shown",))


@sheet_rule("WS-038", raises=("learns", "no_feedback"))
def people_learn_of_the_result(case: Case) -> Iterator[Hit]:
    if (shown := _shown(case)) is not None:
        yield Hit("learns" if "feedback" in shown else "no_feedback", ("shown",))


def _shown(case: Case) -> frozenset[str] | None:
    """What the map shows; None while nobody said, or knows."""
    picked = frozenset(case.many("shown"))
    return None if not picked or "dont_know" in picked else picked - {"none"}


@sheet_rule("WS-016", raises=("review_set", "review_over"))
def it_is_looked_at_again(case: Case) -> Iterator[Hit]:
    if day := case.day("review"):
        yield Hit("review_over" if day < case.today else "review_set", ("review",))


# --------------------------------------------------------------------------- what a change does


@sheet_rule(
    "WS-014",
    raises=("reaches", "reaches_open", "reaches_nothing", "no_loop", "broken_links"),
    numbers=("map_reached",),
)
def a_change_sets_others_in_motion(case: Case) -> Iterator[Hit | Number]:
    drawn, broken = case.once(drawn_map)
    if broken:
        yield Hit("broken_links", ("source", "target"), {"count": broken})
    if not drawn.links:
        return
    if not _has_loop(drawn):
        yield Hit("no_loop", ("source", "target"))
    change = case.get("change") or ""
    if change not in drawn.by_id:
        return
    reached, chains = effects(drawn, [change]), strongest_chains(drawn, [change])
    yield Number("map_reached", len(reached))
    told = {"change": f"“{drawn.by_id[change].name}”", "count": str(len(reached))}
    if not chains:
        yield Hit("reaches_open" if reached else "reaches_nothing", ("change", "chance"), told)
        return
    best = max(chains.values(), key=lambda chain: chain.chance)
    names = " → ".join(drawn.by_id[part].name for part in best.parts)
    yield Hit(
        "reaches", ("change", "chance"), told | {"chain": names, "chance": f"{best.chance:.0%}"}
    )


@sheet_rule("WS-039", raises=("change_cost",), numbers=("map_change_cost",))
def how_far_a_change_reaches(case: Case) -> Iterator[Hit | Number]:
    """Change cost: in which share of all pairs of parts a change of one can reach the other."""
    drawn, _ = case.once(drawn_map)
    if not drawn.links:
        return
    pairs = sum(len(reachable(drawn, [part])) for part in drawn.by_id)
    percent = round(100 * pairs / len(drawn.parts) ** 2)
    yield Number("map_change_cost", percent)
    yield Hit("change_cost", ("source", "target"), {"percent": percent})


@sheet_rule("WS-015", raises=("harm_open", "harm_lowered"))
def a_change_strengthens_the_whole(case: Case) -> Iterator[Hit]:
    """Links that harm, as far as the first change can reach them; each wants something planned."""
    drawn, _ = case.once(drawn_map)
    change = case.get("change") or ""
    if change not in drawn.by_id:
        return
    within = {change, *effects(drawn, [change])}
    harming = {link.ends for link in drawn.links if link.sign == -1 and link.source in within}
    planned = {
        (said(answers, "source"), said(answers, "target"))
        for _, answers in _rows(case, "links")
        if said(answers, "mitigation")
    }
    if bare := harming - planned:
        yield Hit("harm_open", ("effect", "mitigation"), {"count": len(bare)})
    elif harming:
        yield Hit("harm_lowered", ("effect", "mitigation"))


def _has_loop(drawn: SystemMap) -> bool:
    return any(link.source in reachable(drawn, [link.target]) for link in drawn.links)
