"""What carries people: a drive of their own, answered ideas, thanks, and the pulse of a group.

The pulse counts slips of at least five people; of fewer nothing is said but that the counts go.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from playbook.model import Value
from playbook.rules import Case, Hit, Number, rule

sheet_rule = partial(rule, scope="sheet")

OUTSIDE = frozenset({"money", "status"})
AVOIDED = ("avoided_discomfort", "avoided_risk", "avoided_exposure")
COUNTS = (*AVOIDED, "mattered")

Row = Mapping[str, Value]


def _day(row: Row, question: str) -> date | None:
    value = row.get(question)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _number(row: Row, question: str) -> float | None:
    value = row.get(question)
    return float(value) if isinstance(value, str) else None


@sheet_rule("MOT-03", raises=("from_inside", "only_outside", "nothing"))
def a_drive_of_their_own(case: Case) -> Iterator[Hit]:
    counted_on = frozenset(case.many("drive")) - {"dont_know"}
    if "none" in counted_on:
        yield Hit("nothing", ("drive",))
    elif counted_on - OUTSIDE:
        yield Hit("from_inside", ("drive",))
    elif counted_on:
        yield Hit("only_outside", ("drive",))


@sheet_rule(
    "MOT-08", raises=("all_answered", "late", "waiting"), numbers=("ideas_answered_percent",)
)
def every_idea_is_answered(case: Case) -> Iterator[Hit | Number]:
    """One without a day counts as late, or nobody would date an idea again."""
    days = round(case.thresholds["idea_answer_days"])
    ideas = [row for row in case.rows.get("ideas", ()) if "idea" in row]
    if not ideas:
        return
    waiting = [row for row in ideas if "idea_answer" not in row]
    late = [row for row in waiting if _is_late(row, case.today, days)]
    yield Number("ideas_answered_percent", round(100 * (1 - len(waiting) / len(ideas))))
    both = ("idea_answer", "idea_day")
    if late:
        yield Hit("late", both, {"days": days, "count": len(late)})
    if young := len(waiting) - len(late):
        yield Hit("waiting", both, {"count": young})
    if not waiting:
        yield Hit("all_answered", ("idea_answer",), {"count": len(ideas)})


def _is_late(row: Row, today: date, days: int) -> bool:
    day = _day(row, "idea_day")
    return day is None or (today - day).days > days


@sheet_rule("MOT-12", raises=("unrecognised", "recognised"))
def work_is_recognised_soon(case: Case) -> Iterator[Hit]:
    """Only where leaders keep a log: one that nobody keeps says nothing."""
    days, log = round(case.thresholds["recognition_days"]), case.rows.get("leader_log", ())
    if not any(log):
        return
    thanked = [_day(row, "log_day") for row in log if "recognised" in (row.get("did") or ())]
    recent = any(day is not None and (case.today - day).days <= days for day in thanked)
    yield Hit("recognised" if recent else "unrecognised", ("did", "log_day"), {"days": days})


# --------------------------------------------------------------------------- the pulse


def _weeks(case: Case) -> list[Row]:
    """The weeks that have any count, in the order of time; one without a day comes first."""
    return case.table("pulse").once(_in_time)


def _in_time(rows: Iterable[Row]) -> list[Row]:
    counted = [row for row in rows if any(one in row for one in COUNTS)]
    return sorted(counted, key=lambda row: _day(row, "pulse_week") or date.min)


def _is_enough(case: Case, row: Row) -> bool:
    return (_number(row, "pulse_people") or 0) >= case.thresholds["room_least_people"]


@sheet_rule("MOT-01", raises=("avoided", "steady", "too_few"))
def people_dare_something(case: Case) -> Iterator[Hit]:
    weeks = _weeks(case)
    least = round(case.thresholds["room_least_people"])
    if not all(_is_enough(case, row) for row in weeks):
        yield Hit("too_few", ("pulse_people", *COUNTS), {"least": least})
    if (latest := _latest(case)) is None:
        return
    people = _number(latest, "pulse_people") or 0
    most = max((_number(latest, one) or 0 for one in AVOIDED), default=0)
    half = most >= people * case.thresholds["pulse_avoided_share"]
    yield Hit("avoided" if half else "steady", AVOIDED)


def _latest(case: Case) -> Row | None:
    """The last week in which enough people answered; of one day's the one that avoided most."""
    weeks = [row for row in _weeks(case) if _is_enough(case, row)]
    last = [row for row in weeks if _day(row, "pulse_week") == _day(weeks[-1], "pulse_week")]
    return max(last, key=_avoided, default=None)


def _avoided(row: Row) -> float:
    most = max(_number(row, one) or 0 for one in AVOIDED)
    return most / (_number(row, "pulse_people") or 1)


@sheet_rule("MOT-14", raises=("few",))
def work_matters_to_somebody(case: Case) -> Iterator[Hit]:
    latest = _latest(case)
    mattered = _number(latest, "mattered") if latest else None
    if latest and mattered is not None and mattered < (_number(latest, "pulse_people") or 0) / 2:
        yield Hit("few", ("mattered",))


@sheet_rule("MOT-11", raises=("cells",))
def cells_carry_people(case: Case) -> Iterator[Hit]:
    if case.carried.get("cells_by") in ("assigned", "chosen"):
        yield Hit("cells", ())
