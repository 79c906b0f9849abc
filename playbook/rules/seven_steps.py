"""The rules of the seven steps: what other sheets say of each, and what people heard.

Questions are named as in content/sheets/seven_steps.toml, whose `messages` hold words and weights.
A step that isn't done is told and holds nobody up: the verdict rests on this sheet's answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

STEPS = ("purpose", "assess", "design", "govern", "transition", "pilot", "scale")
ROWS = ("WS-087", "WS-088", "WS-089", "WS-090", "WS-091", "WS-092", "WS-093")
"""The catalogue row of each step, in their order."""

BEGUN = ("pilot", "scale")
"""Steps in which people work in the new way."""

READY = "pass"
SERVED = {"customers", "employees", "stakeholders"}
THREE = 3
Row = Mapping[str, Value]
sheet_rule = partial(rule, scope="sheet")


def _ready(case: Case, sheet: str) -> bool:
    return case.carried.get(sheet) == READY


def _all(case: Case, name: str, wanted: set[str]) -> bool:
    given = case.carried.get(name, ())
    return {*((given,) if isinstance(given, str) else given)} >= wanted


def _count(case: Case, name: str) -> float:
    given = case.carried.get(name)
    return float(given) if isinstance(given, str) else 0


def _prepared(case: Case) -> bool:
    return {*case.many("transition")} >= {"training", "telling", "support"}


CONDITIONS: Mapping[str, tuple[tuple[str, Callable[[Case], bool]], ...]] = {
    "purpose": (
        ("purpose", lambda case: _all(case, "purpose_for", SERVED)),
        ("alignment", lambda case: _ready(case, "alignment")),
    ),
    "assess": (
        ("map", lambda case: _ready(case, "system_map")),
        ("flow", lambda case: _ready(case, "flow")),
        ("discovery", lambda case: _all(case, "discovery", {"figures", "voices"})),
    ),
    "design": (
        ("alignment", lambda case: _ready(case, "alignment")),
        ("keep", lambda case: bool(case.carried.get("keep"))),
    ),
    "govern": (("settled", lambda case: _count(case, "protections") == THREE),),
    "transition": (
        ("prepared", _prepared),
        ("ready", lambda case: _all(case, "ready", {"why", "part", "road"})),
    ),
    "pilot": (
        ("baseline", lambda case: case.carried.get("baseline") == "yes"),
        ("measured", lambda case: _count(case, "criteria_told") > 0),
    ),
    "scale": (
        ("evaluated", lambda case: _ready(case, "decide")),
        ("scorecard", lambda case: _ready(case, "scorecard")),
    ),
}
"""What each step waits for, by the name of its message."""


def _open(case: Case, step: str) -> list[str]:
    return [name for name, holds in CONDITIONS[step] if not holds(case)]


def _told(case: Case, step: str) -> Iterator[Hit]:
    """That a step is done, or each thing that it waits for; nothing on a blank sheet.

    It rests on no question of this sheet, so its own heading says which step it is.
    """
    if case.get("step"):
        for name in _open(case, step) or ["done"]:
            yield Hit(name, ())


@sheet_rule("WS-087", raises=("done", "purpose", "alignment"))
def purpose_is_clear(case: Case) -> Iterator[Hit]:
    yield from _told(case, "purpose")


@sheet_rule("WS-088", raises=("done", "map", "flow", "discovery"))
def today_is_assessed(case: Case) -> Iterator[Hit]:
    yield from _told(case, "assess")


@sheet_rule("WS-089", raises=("done", "alignment", "keep"))
def the_target_is_designed(case: Case) -> Iterator[Hit]:
    yield from _told(case, "design")


@sheet_rule("WS-090", raises=("done", "settled"))
def governance_is_planned(case: Case) -> Iterator[Hit]:
    yield from _told(case, "govern")


@sheet_rule("WS-091", raises=("done", "prepared", "ready", "gaps", "unprepared", "all"))
def the_transition_is_prepared(case: Case) -> Iterator[Hit]:
    yield from _told(case, "transition")
    picked = case.many("transition")
    if picked and "dont_know" not in picked:
        count = len({*picked} - {"none"})
        if not count and case.answered("step", *BEGUN):
            yield Hit("unprepared", ("transition", "step"))
        else:
            name = "all" if count == THREE else "gaps"
            yield Hit(name, ("transition",), {"count": count})


@sheet_rule("WS-092", raises=("done", "baseline", "measured"))
def the_pilot_is_measured(case: Case) -> Iterator[Hit]:
    yield from _told(case, "pilot")


@sheet_rule("WS-093", raises=("done", "evaluated", "scorecard"))
def results_are_sustained(case: Case) -> Iterator[Hit]:
    yield from _told(case, "scale")


@sheet_rule("WS-095", raises=("count", "early"), numbers=("steps_done",))
def steps_may_be_out_of_order(case: Case) -> Iterator[Hit | Number]:
    step = case.get("step")
    if not step:
        return
    waiting = [place for place, one in enumerate(STEPS, 1) if _open(case, one)]
    done = len(STEPS) - len(waiting)
    yield Number("steps_done", done)
    yield Hit("count", ("step",), {"count": done})
    now = STEPS.index(step) + 1
    if before := [str(place) for place in waiting if place < now]:
        yield Hit("early", ("step",), {"now": now, "steps": ", ".join(before)})


# --------------------------------------------------------------------------- throughout


@sheet_rule("WS-094", raises=("told", "silent", "ahead", "seen", "unseen", "no_win"))
def people_hear_how_it_goes(case: Case) -> Iterator[Hit]:
    """The last time is the date that was given, or a later day of the log."""
    visible = case.get("visible")
    if visible and visible != "dont_know":
        yield Hit("unseen" if visible == "seldom" else "seen", ("visible",))
    log = [row for row in case.rows.get("log", ()) if "entry" in row]
    if log and not any(row.get("entry_kind") == "celebrated" for row in log):
        yield Hit("no_win", ("entry_kind",))
    if (given := case.day("told_on")) is None:
        return
    if given > case.today:
        yield Hit("ahead", ("told_on",))
        return
    last = max([given, *(day for row in log if (day := _day(row)) and day <= case.today)])
    days, most = (case.today - last).days, case.thresholds["told_within_days"]
    if days > most:
        yield Hit("silent", ("told_on",), {"days": days})
    else:
        yield Hit("told", ("told_on",), {"days": f"{most:.0f}"})


def _day(row: Row) -> date | None:
    given = row.get("entry_day")
    return date.fromisoformat(given) if isinstance(given, str) else None


# --------------------------------------------------------------------------- trends and quizzes


@sheet_rule("WS-098", raises=("nothing",))
def meaningful_work_takes_its_place(case: Case) -> Iterator[Hit]:
    if case.answered("replaces", "nothing"):
        yield Hit("nothing", ("replaces",))


@sheet_rule("WS-097", raises=("gaps",))
def teams_apart_hold_together(case: Case) -> Iterator[Hit]:
    picked = case.many("apart")
    count = len({*picked} - {"none"})
    if picked and "dont_know" not in picked and count < THREE:
        yield Hit("gaps", ("apart",), {"count": count})


@sheet_rule("WS-009", raises=("order", "right"))
def a_process_or_a_system(case: Case) -> Iterator[Hit]:
    """Why, once somebody has chosen; the right answer is in its heading."""
    yield from _explained(case, {"quiz_order": "order", "quiz_right": "right"})


@sheet_rule("WS-008", raises=("tool", "desk"))
def it_or_a_work_system(case: Case) -> Iterator[Hit]:
    yield from _explained(case, {"quiz_tool": "tool", "quiz_desk": "desk"})


def _explained(case: Case, named: Mapping[str, str]) -> Iterator[Hit]:
    for question, name in named.items():
        if case.get(question):
            yield Hit(name, (question,))
