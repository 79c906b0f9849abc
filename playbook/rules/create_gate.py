"""The gate at the end of Create: three minima, how much is prepared, and the decision.

Questions are named as in content/sheets/create_gate.toml. That the gate is as far as its sheets is
no rule of this module: every sheet with musts is (playbook.assessing.completeness).
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.model import Level
from playbook.rules import Case, Hit, Number, decision, rule

MUSTS = ("capacity", "workgroups", "supervisors", "expectations")
TO_ACT = ("workgroups", "expectations", "supervisors")
"""Groups exist, members can describe success, supervisors can guide."""

MINIMA = frozenset({"space", "tools", "sight"})


@rule("ENV-03", raises=("minimum", "lacking", "no_place"), scope="sheet")
def the_minimum_is_there(case: Case) -> Iterator[Hit]:
    there = frozenset(case.many("at_start")) - {"dont_know"}
    lacking = MINIMA - there
    if not there:
        return
    if not lacking:
        yield Hit("minimum", ("at_start",))
    elif lacking == {"space"} and case.answered("remote", "yes"):
        yield Hit("no_place", ("at_start", "remote"))
    else:
        yield Hit("lacking", ("at_start",), {"count": len(lacking)})


@rule("WS-067", raises=("baseline_yes", "baseline_partly", "baseline_no"), scope="sheet")
def the_before_is_on_record(case: Case) -> Iterator[Hit]:
    if case.answered("baseline", "yes", "partly", "no"):
        yield Hit(f"baseline_{case.get('baseline')}", ("baseline",))


@rule("WS-041", raises=("checked", "unchecked", "regulated"), scope="sheet")
def privacy_was_checked(case: Case) -> Iterator[Hit]:
    if case.answered("regulated", "yes", "partly"):
        yield Hit("regulated", ("regulated", "privacy"))
    elif case.answered("privacy", "partly", "no"):
        yield Hit("unchecked", ("privacy",))
    elif case.answered("privacy", "yes"):
        yield Hit("checked", ("privacy",))


@rule("EXP-28", raises=("three_met",), scope="sheet")
def three_conditions(case: Case) -> Iterator[Hit]:
    if all(case.carried.get(must) == Level.PASS for must in TO_ACT):
        yield Hit("three_met", ())


# --------------------------------------------------------------------------- how much is prepared


@rule(
    "CND-03", raises=("too_much", "too_little", "chosen"), numbers=("critical_now",), scope="sheet"
)
def only_what_is_critical(case: Case) -> Iterator[Hit | Number]:
    """Of the preparations that are placed; while none is, nothing is said."""
    placed = [row["prepare_when"] for row in _preparations(case) if "prepare_when" in row]
    if not placed:
        return
    now, most = placed.count("now"), round(case.thresholds["critical_now_most"])
    yield Number("critical_now", now)
    if now > most:
        yield Hit("too_much", ("prepare_when",), {"count": now, "most": most})
    else:
        yield Hit("chosen" if now else "too_little", ("prepare_when",))


def _preparations(case: Case) -> list[dict[str, object]]:
    return [dict(row) for row in case.rows.get("preparations", ())]


@rule("CND-04", raises=("contingency",), scope="sheet")
def no_plan_for_everything(case: Case) -> Iterator[Hit]:
    if case.answered("contingency", "yes", "partly"):
        yield Hit("contingency", ("contingency",))


@rule("CND-05", raises=("pay_first",), scope="sheet")
def pay_is_no_condition(case: Case) -> Iterator[Hit]:
    wanted = {"prepare_kind": "pay", "prepare_when": "now"}
    if any(wanted.items() <= row.items() for row in _preparations(case)):
        yield Hit("pay_first", ("prepare_kind", "prepare_when"))


@rule("CND-08", raises=("untreated",), scope="sheet")
def contradictions_are_treated(case: Case) -> Iterator[Hit]:
    rows = case.rows.get("contradictions", ())
    if count := sum("contradiction" in row and "treatment" not in row for row in rows):
        yield Hit("untreated", ("treatment",), {"count": count})


# --------------------------------------------------------------------------- the decision


@rule("APP-18", raises=("unexplained", "anyway"), scope="sheet")
def going_on_with_open_points(case: Case) -> Iterator[Hit]:
    yield from decision.open_points(case, MUSTS)


@rule("APP-18", raises=("unsigned",), scope="sheet")
def somebody_answers(case: Case) -> Iterator[Hit]:
    yield from decision.name_under_it(case)


@rule("APP-15", raises=("no_end", "past"), scope="sheet")
def a_day_for_the_next_look(case: Case) -> Iterator[Hit]:
    yield from decision.next_look(case)
