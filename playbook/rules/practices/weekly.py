"""The weekly check-in: complete, in time, with an action that somebody reflects on.

What counts is the last check-in. Older ones are history: a week that was left out is no answer.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.analysis.practices.weeks import lately, learning
from playbook.rules import Case, Hit, Number
from playbook.rules.practices.shared import found, last, sheet_rule, week

CORE = ("matched", "decided", "changed", "practice")
ACTION = ("action", "who", "due")
MOMENTS = ("before", "during", "after", "outside")
LEAST_ACTIONS = 2


@sheet_rule("PRA-12", raises=("no_check_in", "open", "no_day"))
def the_last_one_is_complete(case: Case) -> Iterator[Hit]:
    rows, newest = case.rows.get("check_ins", ()), last(case)
    if undated := sum(bool(row) and "week" not in row for row in rows):
        yield Hit("no_day", ("week",), {"count": undated})
    if newest is None:
        yield Hit("no_check_in", ("week",))
        return
    lacking = tuple(one for one in CORE if not newest.has(one))
    if newest.matched == "dont_know":
        lacking = ("matched", *lacking)
    if lacking:
        yield Hit("open", lacking)


@sheet_rule("PRA-08", raises=("no_action",))
def it_ends_in_an_action(case: Case) -> Iterator[Hit]:
    """Asked once a practice is chosen."""
    newest = last(case)
    if newest is None or not newest.has("practice"):
        return
    if lacking := tuple(one for one in ACTION if not newest.has(one)):
        yield Hit("no_action", lacking)


@sheet_rule("PRA-08", raises=("same", "not_same", "apart"))
def one_outcome(case: Case) -> Iterator[Hit]:
    names = {"yes": "same", "partly": "not_same", "no": "apart"}
    newest = last(case)
    if newest and (name := names.get(newest.matched or "")):
        yield Hit(name, ("matched",))


@sheet_rule("PRA-10", raises=("decides",))
def the_question_is_used(case: Case) -> Iterator[Hit]:
    newest = last(case)
    if case.get("question") and newest and newest.has("decided"):
        yield Hit("decides", ("question", "decided"))


@sheet_rule("PRA-12", raises=("late",))
def it_takes_place(case: Case) -> Iterator[Hit]:
    newest = last(case)
    if newest is None:
        return
    days = (case.today - newest.day).days
    if days > case.thresholds["check_in_days"]:
        yield Hit("late", ("week",), {"days": days})


@sheet_rule(
    "PRA-12",
    raises=("seldom", "learns"),
    numbers=("check_ins", "group_week", "reflected_percent"),
)
def actions_are_reflected_on(case: Case) -> Iterator[Hit | Number]:
    weeks = found(case)
    if not weeks:
        return
    yield Number("check_ins", len(weeks))
    yield Number("group_week", week(case))
    done = learning(weeks)
    if done.actions < LEAST_ACTIONS:
        return
    share = done.reflected / done.actions
    yield Number("reflected_percent", round(100 * share))
    name = "learns" if share >= case.thresholds["reflected_least_share"] else "seldom"
    yield Hit(name, ("changed",), {"count": done.reflected, "actions": done.actions})


@sheet_rule("PRA-13", raises=("all_four", "some"))
def four_moments(case: Case) -> Iterator[Hit]:
    """Of the last four weeks; before anything is logged nothing is said."""
    rows = case.rows.get("reflections", ())
    seen = {
        row["moment"]
        for row in rows
        if "moment" in row and lately(row.get("reflected_on"), case.today)
    }
    if len(seen) == len(MOMENTS):
        yield Hit("all_four", ("moment",))
    elif seen:
        yield Hit("some", ("moment",), {"count": len(seen)})
