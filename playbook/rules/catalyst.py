"""The catalyst sheet's rules: is there a reason to redefine work?

Questions are named as in content/sheets/catalyst.toml, whose `messages` hold words and weights.
What nobody has answered is found for every sheet alike; "partly" makes WARN (GAP-02).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from playbook.model import Level
from playbook.rules import Case, Hit, Number, rule
from playbook.worksheet.kinds.date import months_after

TEST = ("breaks", "urgent", "bigger", "capacity")
"""The four questions that every situation is put to."""

TECHNOLOGY = ("technology", "automation")
SOMEWHAT = ("yes", "partly")
STANDING = (Level.PASS, Level.WARN)

FOUR_SAY = (
    *("breaks_yes", "breaks_partly"),
    *("urgent_yes", "urgent_partly"),
    *("bigger_yes", "bigger_partly", "bigger_no"),
    *("capacity_yes", "capacity_partly", "capacity_no"),
)


def _missing(case: Case, questions: Iterable[str]) -> tuple[str, ...]:
    """Those of `questions` that are asked and have no answer."""
    return tuple(q for q in questions if q in case.asked and q not in case.answers)


# --------------------------------------------------------------------------- the first screen


@rule("CAT-04", raises=("no_break", "not_urgent"))
def hard_stops(case: Case) -> Iterator[Hit]:
    if case.answered("breaks", "no"):
        yield Hit("no_break", ("breaks",))
    if case.answered("urgent", "no"):
        yield Hit("not_urgent", ("urgent",))


@rule("CAT-10", raises=FOUR_SAY)
def four_questions(case: Case) -> Iterator[Hit]:
    for question in TEST:
        name = f"{question}_{case.get(question)}"
        if name in FOUR_SAY:  # "no" to the first two is CAT-04's
            yield Hit(name, (question,))


@rule("CAT-10", raises=("evidence",))
def evidence(case: Case) -> Iterator[Hit]:
    if missing := _missing(case, (f"evidence_{question}" for question in TEST)):
        yield Hit("evidence", missing)


@rule("CAT-11", raises=("full_time",))
def what_freed_means(case: Case) -> Iterator[Hit]:
    if case.answered("capacity", *SOMEWHAT):
        floor = case.thresholds["capacity_floor_share"]
        aim = case.thresholds["capacity_aim_share"]
        yield Hit("full_time", ("capacity",), {"floor": f"{floor:.0%}", "aim": f"{aim:.0%}"})


@rule("CAT-06", raises=("none", "side"))
def alignment(case: Case) -> Iterator[Hit]:
    answer = case.get("alignment")
    if answer in ("none", "side"):
        yield Hit(answer, ("alignment",))


@rule("CAT-07", raises=("direct",))
def direct_alignment(case: Case) -> Iterator[Hit]:
    if case.answered("alignment", "direct"):
        yield Hit("direct", ("alignment",))


@rule("GAP-03", raises=("past", "near", "later"), numbers=("days_left",))
def urgency_has_a_date(case: Case) -> Iterator[Hit | Number]:
    by_when = case.day("by_when")
    if by_when is None:
        return
    days, months = (by_when - case.today).days, round(case.thresholds["urgency_horizon_months"])
    yield Number("days_left", days)
    if days < 0:
        yield Hit("past", ("by_when",), {"days": -days})
    elif days < case.thresholds["urgency_least_days"]:
        yield Hit("near", ("by_when",), {"days": days})
    elif by_when > months_after(case.today, months):
        yield Hit("later", ("by_when",), {"days": days, "months": months})


# --------------------------------------------------------------------------- a simpler way, fear


@rule("CAT-09", raises=("control", "partly"))
def a_rule_or_fix_would_do(case: Case) -> Iterator[Hit]:
    if case.answered("control", "yes"):
        yield Hit("control", ("control",))
    elif case.answered("control", "partly"):
        yield Hit("partly", ("control",))


def _turned(case: Case) -> bool:
    """Whether there is an opportunity sentence, and not the fear's own words again."""
    fear, opportunity = (_letters(case.get(name) or "") for name in ("fear", "opportunity"))
    return bool(opportunity) and opportunity != fear


def _letters(text: str) -> str:
    """Letters and digits alone: a full stop makes no other sentence."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


@rule("CAT-05", raises=("half",))
def fear_without_opportunity(case: Case) -> Iterator[Hit]:
    if case.get("fear") and not _turned(case) and not case.answered("kind", "market"):
        yield Hit("half", ("opportunity",))


@rule("CAT-20", raises=("fear", "framed"))
def market_pressure(case: Case) -> Iterator[Hit]:
    """Under market pressure the opportunity is needed; it warns of one that is the fear again."""
    if case.answered("kind", "market") and case.get("opportunity"):
        yield Hit("framed" if _turned(case) else "fear", ("opportunity",))


# --------------------------------------------------------------------------- kinds of catalyst


@rule("CAT-25", raises=("today", "new_value"))
def skills_gap(case: Case) -> Iterator[Hit]:
    questions = ("skills_for", "alignment")
    direct = case.answered("alignment", "direct")
    if direct and case.answered("skills_for", "no", "partly"):
        yield Hit("today", questions)
    elif case.answered("alignment", "side") and case.answered("skills_for", "yes"):
        yield Hit("new_value", questions)


@rule("CAT-26", raises=("slow",))
def technology_without_urgency(case: Case) -> Iterator[Hit]:
    paired = case.answered("paired", "yes") and case.get("pressure")
    if case.answered("kind", *TECHNOLOGY) and case.answered("urgent", "partly") and not paired:
        yield Hit("slow", ("urgent", "paired"))


PROMISES = ("no_cuts", "space")


@rule("CAT-28", raises=("cuts", "no_space", "half", "committed"))
def both_promises(case: Case) -> Iterator[Hit]:
    """Automation that saves through headcount: no cuts for now, and room for what people know."""
    if case.answered("no_cuts", "no"):
        yield Hit("cuts", ("no_cuts",))
    if case.answered("space", "no"):
        yield Hit("no_space", ("space",))
    for promise in PROMISES:
        if case.answered(promise, "partly"):
            yield Hit("half", (promise,))
    kept = not any(promises_last(case))
    if kept and all(case.answered(promise, "yes") for promise in PROMISES):
        yield Hit("committed", PROMISES)


@rule("CAT-28", raises=("lapsed", "too_short"))
def promises_last(case: Case) -> Iterator[Hit]:
    """Until today at least, and as long as a pilot with its review takes."""
    weeks = round(case.thresholds["pilot_weeks"])
    for promise in ("no_cuts_until", "space_until"):
        end = case.day(promise)
        if end and end < case.today:
            yield Hit("lapsed", (promise,), {"days": (case.today - end).days})
        elif end and end < case.today + timedelta(weeks=weeks):
            yield Hit("too_short", (promise,), {"days": (end - case.today).days, "weeks": weeks})


@rule("CAT-29", raises=("attrition",))
def announced_without_people(case: Case) -> Iterator[Hit]:
    if case.answered("announced", *SOMEWHAT) and case.answered("engagement", "no", "partly"):
        yield Hit("attrition", ("announced", "engagement"))


@rule("CAT-30", raises=("on_ramp", "at_once"))
def waves(case: Case) -> Iterator[Hit]:
    if case.answered("waves", "waves"):
        yield Hit("on_ramp", ("waves",))
    if case.answered("waves", "at_once"):
        yield Hit("at_once", ("waves",))


@rule("CAT-33", raises=("guard", "no_attention"))
def larger_change(case: Case) -> Iterator[Hit]:
    if case.answered("attention", "no"):
        yield Hit("no_attention", ("attention",))
    elif case.answered("kind", "change"):
        yield Hit("guard", ("attention",))


@rule("CAT-34", raises=("told",))
def opportunity_for_three(case: Case) -> Iterator[Hit]:
    impacts = ("impact_customer", "impact_workforce", "impact_company")
    if case.answered("kind", "opportunity") and all(case.get(impact) for impact in impacts):
        yield Hit("told", impacts)


@rule("CAT-35", raises=("fast_track",))
def fast_track(case: Case) -> Iterator[Hit]:
    if case.answered("owner_ready", "yes"):
        yield Hit("fast_track", ("owner_ready",))


@rule("CAT-36", raises=("named",))
def diffuse_concern(case: Case) -> Iterator[Hit]:
    if case.get("issue"):
        yield Hit("named", ("issue",))


# --------------------------------------------------------------------------- the sheet


def _something_stands(case: Case) -> bool:
    return any(level in STANDING for level in case.row_levels)


@rule("CAT-02", raises=("not_enough",), scope="sheet")
def a_reason_alone(case: Case) -> Iterator[Hit]:
    if _something_stands(case):
        yield Hit("not_enough", ())


@rule("CAT-12", raises=("choose",), scope="sheet")
def several_candidates(case: Case) -> Iterator[Hit]:
    if len(case.row_levels) > 1 and not case.get("chosen"):
        yield Hit("choose", ("chosen",))


@rule("CAT-31", raises=("stop",), numbers=("work_to_stop",), scope="sheet")
def work_nobody_needs(case: Case) -> Iterator[Hit | Number]:
    count = sum(item.get("needed") == "no" for item in case.rows.get("work_items", ()))
    yield Number("work_to_stop", count)
    if count:
        yield Hit("stop", ("needed",), {"count": count})


@rule("SCA-12", raises=("begin", "past"), scope="sheet")
def first_step(case: Case) -> Iterator[Hit]:
    day = case.day("first_step_date")
    if not case.get("first_step") and _something_stands(case):
        yield Hit("begin", ("first_step",))
    if day and day < case.today:
        yield Hit("past", ("first_step_date",), {"days": (case.today - day).days})
