"""The expectations sheet's rules: the work, its support and guardrails, and what people pay for it.

Questions are named as in content/sheets/expectations.toml, whose `messages` hold words and weights.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

SUPPORTS = ("coaching", "resources", "tools", "peers")
NAMED = ("customers", "systems")
"""The guardrails that the source names; the others are ours."""

OURS = ("money", "data", "brand", "safety", "legal")
GAPS = ("gap_tasks", "gap_together", "gap_customers", "gap_room", "gap_measures")
WAYS = ("low", "medium", "high")
SOMEWHAT = ("yes", "partly")


def _picked(case: Case, question: str) -> frozenset[str] | None:
    """What was picked, empty for "none of these"; None while nobody knows."""
    picked = frozenset(case.many(question))
    return picked - {"none", "dont_know"} if picked - {"dont_know"} else None


def _day(row: Mapping[str, Value], question: str) -> date | None:
    value = row.get(question)
    return date.fromisoformat(value) if isinstance(value, str) else None


# --------------------------------------------------------------------------- the work


@rule("EXP-01", raises=("reset_yes", "reset_partly", "reset_no"), scope="sheet")
def the_work_is_reset(case: Case) -> Iterator[Hit]:
    if case.answered("reset", "partly", "no"):
        yield Hit(f"reset_{case.get('reset')}", ("reset",))
    elif case.answered("reset", "yes") and case.get("work_now"):
        yield Hit("reset_yes", ("reset", "work_now"))


@rule("EXP-28", raises=("success_yes", "success_no"), scope="sheet")
def members_describe_success(case: Case) -> Iterator[Hit]:
    if case.answered("success", "yes"):
        yield Hit("success_yes", ("success",))
    elif case.answered("success", "partly", "no"):
        yield Hit("success_no", ("success",))


@rule("EXP-02", raises=("a_few_days", "no_days", "too_many_days"), scope="sheet")
def a_few_days(case: Case) -> Iterator[Hit]:
    days, most = case.number("days"), case.thresholds["first_days_most"]
    if days is None:
        return
    if days == 0:
        yield Hit("no_days", ("days",))
    elif days > most:
        yield Hit("too_many_days", ("days",), {"most": f"{most:g}"})
    else:
        yield Hit("a_few_days", ("days",))


@rule(
    "EXP-02",
    raises=("long_day", "other_days"),
    numbers=("programme_minutes",),
    scope="sheet",
)
def the_programme_adds_up(case: Case) -> Iterator[Hit | Number]:
    """Minutes by day; a part without a day or without minutes is in no sum."""
    minutes: dict[str, int] = {}
    for row in case.rows.get("programme", ()):
        day, lasts = row.get("on_day"), row.get("minutes")
        if isinstance(day, str) and isinstance(lasts, str):
            minutes[day] = minutes.get(day, 0) + round(float(lasts))
    if not minutes:
        return
    yield Number("programme_minutes", sum(minutes.values()))
    most = case.thresholds["first_day_minutes_most"]
    longest = max(sorted(minutes), key=lambda day: minutes[day])
    if minutes[longest] > most:
        told = {"day": longest[1:], "minutes": minutes[longest], "most": f"{most:g}"}
        yield Hit("long_day", ("minutes", "on_day"), told)
    days = case.number("days")
    if days is not None and days != len(minutes):
        told = {"days": f"{days:g}", "planned": len(minutes)}
        yield Hit("other_days", ("days", "on_day"), told)


# --------------------------------------------------------------------------- support and limits


@rule("EXP-07", raises=("all_four", "lacking"), scope="sheet")
def supports(case: Case) -> Iterator[Hit]:
    promised = _picked(case, "supports")
    if promised is None:
        return
    if lacking := set(SUPPORTS) - promised:
        yield Hit("lacking", ("supports",), {"count": len(lacking)})
    elif all(case.get(f"{one}_by") for one in SUPPORTS):
        yield Hit("all_four", ("supports", *(f"{one}_by" for one in SUPPORTS)))


@rule("EXP-15", raises=("clear", "none", "not_both"), scope="sheet")
def guardrails(case: Case) -> Iterator[Hit]:
    clear = _picked(case, "guardrails")
    if clear is None:
        return
    both = set(NAMED) <= clear
    yield Hit("none" if not clear else "clear" if both else "not_both", ("guardrails",))


@rule("GAP-14", raises=("others",), scope="sheet")
def other_guardrails(case: Case) -> Iterator[Hit]:
    clear = _picked(case, "guardrails")
    if clear and (lacking := set(OURS) - clear):
        yield Hit("others", ("guardrails",), {"count": len(lacking)})


@rule("EXP-16", raises=("in_time", "overdue", "too_late"), scope="sheet")
def guardrails_are_looked_at(case: Case) -> Iterator[Hit]:
    day, weeks = case.day("guard_look"), round(case.thresholds["guardrail_look_weeks"])
    if day is None:
        return
    days = (day - case.today).days
    if days < 0:
        yield Hit("overdue", ("guard_look",), {"days": -days})
    elif day > case.today + timedelta(weeks=weeks):
        yield Hit("too_late", ("guard_look",), {"days": days})
    else:
        yield Hit("in_time", ("guard_look",), {"weeks": weeks})


@rule("EXP-16", raises=("rows_overdue",), scope="sheet")
def each_guardrail_is_looked_at(case: Case) -> Iterator[Hit]:
    days = [_day(row, "guard_review") for row in case.rows.get("guards", ())]
    if count := sum(day is not None and day < case.today for day in days):
        yield Hit("rows_overdue", ("guard_review",), {"count": count})


# --------------------------------------------------------------------------- what people pay for it


@rule("EXP-25", raises=("assured_yes", "assured_partly", "assured_no"), scope="sheet")
def written_assurance(case: Case) -> Iterator[Hit]:
    if case.answered("assured", "partly", "no"):
        yield Hit(f"assured_{case.get('assured')}", ("assured",))
    elif case.answered("assured", "yes") and case.get("assessed_how"):
        yield Hit("assured_yes", ("assured", "assessed_how"))


@rule("EXP-21", raises=("no_conflict",), scope="sheet")
def incentives_pull(case: Case) -> Iterator[Hit]:
    if case.answered("conflict", "no"):
        yield Hit("no_conflict", ("conflict",))


@rule("EXP-22", raises=("relieved", "half_relieved", "unrelieved"), scope="sheet")
def relief(case: Case) -> Iterator[Hit]:
    if case.answered("relief", "no"):
        yield Hit("unrelieved", ("relief", "conflict"))
    elif case.answered("relief", "partly"):
        yield Hit("half_relieved", ("relief",))
    elif case.answered("relief", "yes") and case.get("relief_how"):
        yield Hit("relieved", ("relief", "relief_how"))


@rule("EXP-22", raises=("row_unrelieved", "row_lapsed"), scope="sheet")
def each_conflict_is_relieved(case: Case) -> Iterator[Hit]:
    named = [row for row in case.rows.get("conflicts", ()) if "conflict_what" in row]
    both = ("conflict_said", "conflict_relief")
    if open_ones := sum(any(one not in row for one in both) for row in named):
        yield Hit("row_unrelieved", both, {"count": open_ones})
    ends = [_day(row, "conflict_until") for row in named]
    if lapsed := sum(day is not None and day < case.today for day in ends):
        yield Hit("row_lapsed", ("conflict_until",), {"count": lapsed})


@rule("EXP-24", raises=("not_first",), scope="sheet")
def new_pay_need_not_come_first(case: Case) -> Iterator[Hit]:
    if case.answered("pay_first", *SOMEWHAT):
        yield Hit("not_first", ("pay_first",))


# --------------------------------------------------------------------------- make it stronger


@rule("EXP-04", raises=("predefined",), scope="sheet")
def outputs_are_left_open(case: Case) -> Iterator[Hit]:
    if case.answered("fixed", *SOMEWHAT):
        yield Hit("predefined", ("fixed",))


@rule("EXP-19", raises=("solution", "need"), scope="sheet")
def the_first_problem_is_a_need(case: Case) -> Iterator[Hit]:
    """A check that people make themselves: no program can tell a need from a solution."""
    if case.answered("need_only", "partly", "no"):
        yield Hit("solution", ("need_only", "starter"))
    elif case.answered("need_only", "yes") and case.get("starter"):
        yield Hit("need", ("need_only", "starter"))


@rule("EXP-10", raises=("unthanked",), scope="sheet")
def worth_is_acknowledged(case: Case) -> Iterator[Hit]:
    rows = case.rows.get("identities", ())
    if count := sum("known_for" in row and "thanks" not in row for row in rows):
        yield Hit("unthanked", ("thanks",), {"count": count})  # who is known for what stays private


def gap(case: Case) -> float | None:
    """How far today's work is from redefined work, from 0 to 4; None before all five are placed."""
    points = [case.point(question) for question in GAPS]
    placed = [point for point in points if point is not None]
    return sum(placed) / len(GAPS) if len(placed) == len(GAPS) else None


@rule("EXP-26", numbers=("expectation_gap",), scope="sheet")
def how_far_the_way_is(case: Case) -> Iterator[Number]:
    far = gap(case)
    if far is not None:
        yield Number("expectation_gap", round(far, 2))


@rule("EXP-27", raises=WAYS, scope="sheet")
def how_much_the_first_days_do(case: Case) -> Iterator[Hit]:
    """One step more where the job was to catch mistakes, where earlier programmes faded, or where
    teams stay as they are and may go on as before."""
    far = gap(case)
    if far is None:
        return
    limits = ("expectation_gap_short", "expectation_gap_medium")
    step = sum(far >= case.thresholds[limit] for limit in limits)
    harder = (
        case.carried.get("policing") in SOMEWHAT
        or bool(case.carried.get("faded"))
        or case.carried.get("formed") == "existing"
    )
    yield Hit(WAYS[min(step + harder, len(WAYS) - 1)], GAPS)
