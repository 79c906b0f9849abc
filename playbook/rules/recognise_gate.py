"""The gate at the end of Recognise: the decision, and whether what others promised lasts.

Questions are named as in content/sheets/recognise_gate.toml. That the gate is as far as its sheets
is no rule of this module: every sheet with musts is (playbook.assessing.completeness).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.model import Level
from playbook.rules import Case, Hit, rule

MUSTS = ("zoom_out", "catalyst", "champion", "entry_point", "metric_tree")


@rule("APP-18", raises=("unexplained", "anyway"), scope="sheet")
def going_on_with_open_points(case: Case) -> Iterator[Hit]:
    unmet = any(case.carried.get(must) != Level.PASS for must in MUSTS)
    if unmet and case.answered("go_on", "go"):
        written = case.get("unsettled") and case.get("because")
        yield Hit("anyway" if written else "unexplained", ("unsettled", "because"))


@rule("APP-18", raises=("unsigned",), scope="sheet")
def somebody_answers(case: Case) -> Iterator[Hit]:
    if case.get("go_on") and not case.get("decided_by"):
        yield Hit("unsigned", ("decided_by",))


@rule("APP-15", raises=("no_end", "past"), scope="sheet")
def a_day_for_the_next_look(case: Case) -> Iterator[Hit]:
    day = case.day("look_again")
    if case.answered("go_on", "go", "fix") and day is None:
        yield Hit("no_end", ("look_again",))
    if day and day < case.today:
        yield Hit("past", ("look_again",), {"days": (case.today - day).days})


@rule("APP-07", raises=("cover_ends", "promise_ends"), scope="sheet")
def what_was_promised_lasts_until_the_review(case: Case) -> Iterator[Hit]:
    review = case.day("review_on") or case.day("pilot_end")
    if review:
        for name, promise in (("cover_ends", "cover_until"), ("promise_ends", "no_cuts_until")):
            end = _carried_day(case, promise)
            if end and end < review:
                yield Hit(name, ("review_on",), {"days": (review - end).days})


def _carried_day(case: Case, name: str) -> date | None:
    value = case.carried.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None
