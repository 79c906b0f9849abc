"""The zoom-out sheet's rules: where should work lead, who decided it, and does anything go there?

Questions are named as in content/sheets/zoom_out.toml, whose `messages` hold words and weights.
The sheet compares nothing, so every rule is about the sheet as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from playbook.model import Value
from playbook.rules import Case, Hit, Number
from playbook.rules import rule as any_rule

rule = partial(any_rule, scope="sheet")

SHIFTS = ("objective", "focus", "needs")
SIDES = ("nonroutine", "context", "machines", "together")
"""The four respects in which the article describes the new work."""

SHIFT_RAISES = ("moves", "short", "stays", "back")
FAILED = ("label", "faded", "stopped")
"""What became of programmes that came to nothing."""

SETTLED = ("figure", "budget", "start")
"""What makes a first attempt small and fast, and its impact visible."""

MOST_NAMES = 3
"""A sentence names so many things; the picture and the list name all."""

Answers = Mapping[str, Value]


def _named(rows: Iterable[Answers], label: str) -> tuple[Answers, ...]:
    """The rows that have a name; the others are only being begun."""
    return tuple(row for row in rows if row.get(label))


def _names(rows: Sequence[Answers], label: str) -> str:
    """The first few names in one line, to stand inside a sentence."""
    names = [str(row[label]).rstrip(".") for row in rows[:MOST_NAMES]]
    return "; ".join([*names, "…"] if len(rows) > MOST_NAMES else names)


def _initiatives(case: Case) -> tuple[Answers, ...]:
    return _named(case.rows.get("initiatives", ()), "initiative")


def _gap(case: Case, pair: str) -> int | None:
    """By how many points more of `pair` is wanted than there is; None while one is open."""
    now, wanted = case.point(f"{pair}_now"), case.point(f"{pair}_wanted")
    return None if now is None or wanted is None else wanted - now


def _limit(case: Case, threshold: str) -> int:
    return round(case.thresholds[threshold])


# --------------------------------------------------------------------------- the three shifts


def _shift(case: Case, shift: str) -> Iterator[Hit]:
    """What is wanted of one shift: back, at most the middle, no more than today, or more."""
    gap, wanted = _gap(case, shift), case.point(f"{shift}_wanted")
    questions = (f"{shift}_wanted", f"{shift}_now")
    if gap is not None and gap < 0:
        yield Hit("back", questions)
    elif wanted is not None and wanted <= _limit(case, "shift_middle_point"):
        yield Hit("short", questions)
    elif gap is not None:
        yield Hit("moves" if gap else "stays", questions)


@rule("SHIFT-04", raises=SHIFT_RAISES)
def objective(case: Case) -> Iterator[Hit]:
    yield from _shift(case, "objective")


@rule("SHIFT-05", raises=SHIFT_RAISES)
def focus(case: Case) -> Iterator[Hit]:
    yield from _shift(case, "focus")


@rule("SHIFT-07", raises=SHIFT_RAISES)
def requirements(case: Case) -> Iterator[Hit]:
    yield from _shift(case, "needs")


def _nowhere(case: Case) -> bool:
    """Whether more is wanted in no shift, whatever is still open, although not all of them are far
    on and to stay so. At best, what is open is wanted in full, and not there at all today."""
    wanted = [_point(case, f"{shift}_wanted", -1) for shift in SHIFTS]
    now = [_point(case, f"{shift}_now", 0) for shift in SHIFTS]
    far = _limit(case, "shift_far_point")
    more = any(there < aim for there, aim in zip(now, wanted, strict=True))
    return not more and not all(aim >= far for aim in wanted)


def _point(case: Case, question: str, place: int) -> int:
    """The point given to the question; while it is open, the one at `place` of its scale."""
    point = case.point(question)
    return range(len(case.scales[question]))[place] if point is None else point


@rule("SHIFT-25", raises=("nowhere", "no_vision"))
def destination(case: Case) -> Iterator[Hit]:
    wanted = tuple(f"{shift}_wanted" for shift in SHIFTS)
    if _nowhere(case):
        yield Hit("nowhere", wanted)
    if all(question in case.answers for question in wanted) and not case.get("vision"):
        yield Hit("no_vision", ("vision",))


# --------------------------------------------------------------------------- the decision


@rule("SHIFT-15", raises=("coming", "decided"))
def deliberate_choice(case: Case) -> Iterator[Hit]:
    questions, day = ("decision", "decision_owner", "decision_date"), case.day("decision_date")
    if day and day > case.today:
        yield Hit("coming", ("decision_date",), {"days": (day - case.today).days})
    elif all(case.get(question) for question in questions):
        yield Hit("decided", questions)


# --------------------------------------------------------------------------- what is under way


@rule(
    "SHIFT-02",
    raises=("none_redefines", "redefines"),
    numbers=("initiatives_redefining_percent",),
)
def portfolio(case: Case) -> Iterator[Hit | Number]:
    named = _initiatives(case)
    sorts = [row["sort"] for row in named if "sort" in row]
    if not sorts:
        return
    count = sorts.count("redefine")
    yield Number("initiatives_redefining_percent", 100 * count / len(sorts))
    if count:
        yield Hit("redefines", ("sort",), {"count": count, "all": len(named)})
    elif len(sorts) == len(named):
        yield Hit("none_redefines", ("sort",))


@rule("APP-08", raises=("label", "monday"))
def label_test(case: Case) -> Iterator[Hit]:
    named = _initiatives(case)
    told = [row for row in named if row.get("monday")]
    labels = [row for row in named if row.get("changes_monday") == "no"]
    if labels:
        names = _names(labels, "initiative")
        yield Hit("label", ("changes_monday",), {"names": names})
    if told:
        yield Hit("monday", ("monday",), {"count": len(told), "all": len(named)})


# --------------------------------------------------------------------------- a closer look


@rule("SHIFT-05", raises=("hours",))
def hours_and_focus(case: Case) -> Iterator[Hit]:
    share, point = case.number("routine_share"), case.point("focus_now")
    if share is None or point is None:
        return
    most, far = case.thresholds["routine_share_most"], _limit(case, "shift_far_point")
    if share > most and point >= far:
        yield Hit("hours", ("routine_share", "focus_now"), {"share": f"{share:g}"})


@rule("SHIFT-07", raises=("skills_only",))
def skills_and_capabilities(case: Case) -> Iterator[Hit]:
    sorts = [row.get("ability_sort") for row in case.rows.get("abilities", ())]
    sorts = [sort for sort in sorts if sort]
    wanted = case.point("needs_wanted") or 0
    if sorts and set(sorts) == {"skill"} and wanted >= _limit(case, "shift_far_point"):
        yield Hit("skills_only", ("ability_sort", "needs_wanted"))


@rule("SHIFT-20", raises=("predictable",))
def built_for_the_old_world(case: Case) -> Iterator[Hit]:
    built, wanted = case.point("poles"), case.point("objective_wanted") or 0
    middle, far = _limit(case, "shift_middle_point"), _limit(case, "shift_far_point")
    if built is not None and built < middle and wanted >= far:
        yield Hit("predictable", ("poles", "objective_wanted"))


@rule("SHIFT-21", raises=("widest",))
def farthest_to_go(case: Case) -> Iterator[Hit]:
    gaps = {side: gap for side in SIDES if (gap := _gap(case, side)) is not None}
    most = max(gaps.values(), default=0)
    if most > 0:
        yield Hit("widest", tuple(f"{side}_wanted" for side, gap in gaps.items() if gap == most))


@rule("SHIFT-18", raises=("calm",))
def no_trend_felt(case: Case) -> Iterator[Hit]:
    questions = ("pressure_signs", "customer_signs")
    if all(case.many(question) == ("none",) for question in questions):
        yield Hit("calm", questions)


@rule("SHIFT-14", raises=("seeds",), numbers=("workarounds",))
def workarounds(case: Case) -> Iterator[Hit | Number]:
    count = len(_named(case.rows.get("workarounds", ()), "workaround"))
    if count:
        yield Number("workarounds", count)
        yield Hit("seeds", ("workaround",), {"count": count})


# --------------------------------------------------------------------------- value, and for whom


def _outcomes(case: Case) -> tuple[Answers, ...]:
    return _named(case.rows.get("outcomes", ()), "outcome")


@rule("SHIFT-08", raises=("firm_only", "others_gain"))
def who_gains(case: Case) -> Iterator[Hit]:
    outcomes = _outcomes(case)
    firm = [row for row in outcomes if row.get("recipients") == ("firm",)]
    if firm:
        yield Hit("firm_only", ("recipients",), {"names": _names(firm, "outcome")})
    elif outcomes and all("recipients" in row for row in outcomes):
        yield Hit("others_gain", ("recipients",))


@rule("SHIFT-08", raises=("firm_first",))
def who_gains_first(case: Case) -> Iterator[Hit]:
    if "first_for" in case.answers and case.many("first_for")[0] == "firm":
        yield Hit("firm_first", ("first_for",))


@rule("SHIFT-17", raises=("same", "partly"))
def todays_result_again(case: Case) -> Iterator[Hit]:
    for answer, name in (("yes", "same"), ("partly", "partly")):
        rows = [row for row in _outcomes(case) if row.get("same") == answer]
        if rows:
            yield Hit(name, ("same",), {"names": _names(rows, "outcome")})


# --------------------------------------------------------------------------- small, or big


@rule("APP-03", raises=("drift", "signs", "light"))
def big_programme(case: Case) -> Iterator[Hit]:
    ticked = case.many("warning_signs")
    count, limit = sum(sign != "none" for sign in ticked), _limit(case, "big_programme_signs")
    if count:
        name = "drift" if count >= limit else "signs"
        yield Hit(name, ("warning_signs",), {"count": count})
    elif ticked:
        yield Hit("light", ("warning_signs",))


@rule("APP-02", raises=("timid", "all_at_once", "bold"))
def small_but_not_incremental(case: Case) -> Iterator[Hit]:
    if case.answered("size", "small") and case.answered("reach", "incremental"):
        yield Hit("timid", ("size", "reach"))
    if case.answered("size", "small") and case.answered("reach", "significant"):
        yield Hit("bold", ("size", "reach"))
    if case.answered("size", "all"):
        yield Hit("all_at_once", ("size",))


@rule("APP-01", raises=("settled", "to_settle"))
def small_fast_and_seen(case: Case) -> Iterator[Hit]:
    ticked = case.many("first_attempt")
    count = sum(one in SETTLED for one in ticked)
    if ticked:
        name = "settled" if count == len(SETTLED) else "to_settle"
        yield Hit(name, ("first_attempt",), {"count": count, "all": len(SETTLED)})


@rule("APP-06", raises=("impatient", "in_time"), numbers=("weeks_to_spare",))
def patience(case: Case) -> Iterator[Hit | Number]:
    questions = ("result_weeks", "patience_weeks")
    result, waits = (case.number(question) for question in questions)
    if result is None or waits is None:
        return
    spare = waits - result
    yield Number("weeks_to_spare", spare)
    if spare < 0:
        yield Hit("impatient", questions, {"patience": f"{waits:g}", "result": f"{result:g}"})
    else:
        yield Hit("in_time", questions, {"spare": f"{spare:g}"})


@rule("APP-09", raises=("technology_only",))
def technology_alone(case: Case) -> Iterator[Hit]:
    if case.many("plan_parts") == ("technology",):
        yield Hit("technology_only", ("plan_parts",))


@rule("SHIFT-16", raises=("start_anyway",))
def said_to_come_first(case: Case) -> Iterator[Hit]:
    count, limit = len(case.many("first_needs")), _limit(case, "prerequisites_many")
    if count >= limit:
        yield Hit("start_anyway", ("first_needs",), {"count": count})


# --------------------------------------------------------------------------- what people remember


@rule("APP-10", raises=("cynical",))
def hollow_programmes(case: Case) -> Iterator[Hit]:
    remembered = _named(case.rows.get("history", ()), "programme")
    count = sum(row.get("ended") in FAILED for row in remembered)
    if count:
        yield Hit("cynical", ("ended",), {"count": count, "all": len(remembered)})


@rule("APP-07", raises=("killed",))
def stopped_early(case: Case) -> Iterator[Hit]:
    remembered = _named(case.rows.get("history", ()), "programme")
    if stopped := [row for row in remembered if row.get("ended") == "stopped"]:
        yield Hit("killed", ("ended",), {"names": _names(stopped, "programme")})
