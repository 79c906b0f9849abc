"""The lists behind "Make it stronger": light until scaling, full from then on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from playbook.model import Value
from playbook.rules import Case, Hit
from playbook.rules.governance.protects import scales, sheet_rule

LISTS = {"gates": "gate_out", "risks": "risk", "audits": "audit"}
"""What scaling needs, with the question that names an entry."""

Row = Mapping[str, Value]


def named(case: Case, table: str, label: str) -> list[Row]:
    """The rows of a table that have a name."""
    return [row for row in case.rows.get(table, ()) if label in row]


@sheet_rule("X-02", raises=("light", "full", "no_gates", "no_risks", "no_audits", "gate_gaps"))
def light_until_scaling(case: Case) -> Iterator[Hit]:
    if bare := [row for row in named(case, "gates", "gate_out") if "gate_in" not in row]:
        yield Hit("gate_gaps", ("gate_in",), {"count": len(bare)})
    if not case.get("phase"):
        return
    if not scales(case):
        yield Hit("light", ("phase",))
        return
    lacking = [table for table, label in LISTS.items() if not named(case, table, label)]
    for table in lacking:
        yield Hit(f"no_{table}", (LISTS[table],))
    if not lacking:
        yield Hit("full", tuple(LISTS.values()))


@sheet_rule("WS-065", raises=("gaps", "whole"))
def milestones_have_people_a_risk_and_a_day(case: Case) -> Iterator[Hit]:
    asked = ("phase_who", "phase_risk", "phase_day")
    yield from _whole(named(case, "phases", "milestone"), asked, ("gaps", "whole"))


@sheet_rule("WS-075", raises=("register_gaps", "register_whole"))
def each_risk_is_looked_after(case: Case) -> Iterator[Hit]:
    asked = ("risk_owner", "risk_escalation", "risk_decides")
    yield from _whole(named(case, "risks", "risk"), asked, ("register_gaps", "register_whole"))


def _whole(rows: list[Row], asked: tuple[str, ...], names: tuple[str, str]) -> Iterator[Hit]:
    """The first name where a row lacks an answer, the second where none does."""
    if lacking := [row for row in rows if not row.keys() >= {*asked}]:
        open_ones = tuple(one for one in asked if any(one not in row for row in lacking))
        yield Hit(names[0], open_ones, {"count": len(lacking), "all": len(rows)})
    elif rows:
        yield Hit(names[1], asked)


@sheet_rule("WS-021", raises=("clear", "open"))
def each_decision_has_a_role(case: Case) -> Iterator[Hit]:
    rows = named(case, "rights", "right")
    if bare := [row for row in rows if "right_who" not in row]:
        yield Hit("open", ("right_who",), {"count": len(bare)})
    elif rows:
        yield Hit("clear", ("right_who",))


@sheet_rule("WS-076", raises=("planned", "over"))
def somebody_looks_from_outside(case: Case) -> Iterator[Hit]:
    """What is not done by its day is told; a day that is over and done is none to wait for."""
    rows = named(case, "audits", "audit")
    days = [_day(row) for row in rows if "audit_done" not in row]
    if late := sum(day is not None and day < case.today for day in days):
        yield Hit("over", ("audit_day",), {"count": late})
    elif any(days):
        yield Hit("planned", ("audit_day",))


def _day(row: Row) -> date | None:
    given = row.get("audit_day")
    return date.fromisoformat(given) if isinstance(given, str) else None
