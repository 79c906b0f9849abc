"""The gate at the end of Recognise: what four sheets say together, and what is decided with it.

Questions are named as in content/sheets/recognise_gate.toml. What the sheets say is carried here:
the gravest level of those rules that are musts (section 25 of the catalogue, gate R).
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.model import Level
from playbook.rules import Case, Hit, rule

PARTS = ("catalyst", "champion", "entry_point", "metric_tree")

REASONS = tuple(f"{part}_{kind}" for part in PARTS for kind in ("fail", "open"))


def _unmet(case: Case) -> Iterator[str]:
    """What keeps the gate from holding: a part that stops, or one that nobody knows yet."""
    for part in PARTS:
        level = case.carried.get(part)
        if level == Level.FAIL:
            yield f"{part}_fail"
        elif level in (None, Level.UNKNOWN):
            yield f"{part}_open"


@rule("APP-18", raises=(*REASONS, "anyway", "no_reason", "ready"), scope="sheet")
def the_musts(case: Case) -> Iterator[Hit]:
    unmet = tuple(_unmet(case))
    for reason in unmet:
        yield Hit(reason, ())
    if not unmet:
        yield Hit("ready", ())
    elif case.answered("go_on", "go"):
        yield Hit("anyway" if case.get("because") else "no_reason", ("because",))


@rule("APP-18", raises=("unsigned",), scope="sheet")
def somebody_answers(case: Case) -> Iterator[Hit]:
    if case.get("go_on") and not case.get("first_step_owner"):
        yield Hit("unsigned", ("first_step_owner",))


@rule("APP-15", raises=("no_end", "past"), scope="sheet")
def a_day(case: Case) -> Iterator[Hit]:
    day = case.day("first_step_date")
    if case.answered("go_on", "go", "mend") and day is None:
        yield Hit("no_end", ("first_step_date",))
    if day and day < case.today:
        yield Hit("past", ("first_step_date",), {"days": (case.today - day).days})
