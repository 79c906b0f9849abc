"""The six answers: where somebody stands, what is settled, and whether people are safe to try."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from playbook.rules import Case, Hit, Number, rule

SCALING = ("rollout", "refine")
RUNNING = ("pilot", *SCALING)
"""Phases in which people work in the new way."""

PHASES = ("discovery", "design", *RUNNING)
SETTLED = ("decisions", "owners", "escalation")
QUESTIONS = ("data", "jobs", "reporting")
sheet_rule = partial(rule, scope="sheet")


def scales(case: Case) -> bool:
    """Whether more people join than those of the pilot."""
    return case.answered("phase", *SCALING)


def told(case: Case, question: str) -> frozenset[str] | None:
    """What was picked, without "none of these"; None while nobody said, or knows."""
    picked = frozenset(case.many(question))
    return None if not picked or "dont_know" in picked else picked - {"none"}


@sheet_rule("WS-064", raises=("gate_set", "gate_over"), numbers=("days_to_gate",))
def the_next_gate_has_a_day(case: Case) -> Iterator[Hit | Number]:
    if day := case.day("next_gate"):
        yield Number("days_to_gate", (day - case.today).days)
        yield Hit("gate_over" if day < case.today else "gate_set", ("next_gate",))


@sheet_rule("WS-075", raises=("settled", "some", "nothing"), numbers=("protections_settled",))
def somebody_decides_owns_and_acts(case: Case) -> Iterator[Hit | Number]:
    if (settled := told(case, "settled")) is None:
        return
    count = len(settled & {*SETTLED})
    yield Number("protections_settled", count)
    if not settled:
        yield Hit("nothing", ("settled",))
    elif count == len(SETTLED):
        yield Hit("settled", ("settled",))
    else:
        yield Hit("some", ("settled",), {"count": count})


@sheet_rule("WS-030", raises=("rules_set", "no_rules"))
def some_rules_always_hold(case: Case) -> Iterator[Hit]:
    if (settled := told(case, "settled")) is not None:
        yield Hit("rules_set" if "rules" in settled else "no_rules", ("settled",))


@sheet_rule("WS-078", raises=("listed", "unlisted"))
def laws_are_known(case: Case) -> Iterator[Hit]:
    if (settled := told(case, "settled")) is not None:
        yield Hit("listed" if "laws" in settled else "unlisted", ("settled",))


@sheet_rule("WS-042", raises=("balanced", "tight", "loose"))
def control_and_learning_are_in_balance(case: Case) -> Iterator[Hit]:
    if (control := case.get("control")) and control != "dont_know":
        yield Hit(control, ("control",))


@sheet_rule("WS-032", raises=("safe", "silent", "blamed"))
def it_is_safe_to_try(case: Case) -> Iterator[Hit]:
    names = {"learned": "safe", "silent": "silent", "blamed": "blamed"}
    if name := names.get(case.get("failing") or ""):
        yield Hit(name, ("failing",))


@sheet_rule("WS-079", raises=("answered", "open", "unasked", "not_again"))
def ethics_are_answered(case: Case) -> Iterator[Hit]:
    """Before a pilot, and again before scaling; none at all while people take part is a stop."""
    if case.answered("ethics_again", "no", "partly"):
        yield Hit("not_again", ("ethics_again",))
    if (answered := told(case, "ethics")) is None:
        return
    count = len(answered & {*QUESTIONS})
    if count == len(QUESTIONS):
        yield Hit("answered", ("ethics",))
    elif not count and case.answered("phase", *RUNNING):
        yield Hit("unasked", ("ethics", "phase"))
    else:
        yield Hit("open", ("ethics",), {"count": count})
