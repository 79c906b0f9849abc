"""The champion sheet's rules: conviction, power and cover, and what people will have heard.

Questions are named as in content/sheets/champion.toml, whose `messages` hold words and weights.
About people we ask for evidence; nothing here adds up, ranks or scores a person.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from datetime import timedelta

from playbook.analysis import timeline
from playbook.model import Level, Value
from playbook.rules import Case, Hit, Number, rule

CHANGES = frozenset({"objectives", "measures", "dependencies", "reporting", "decisions"})
CORE = frozenset({"objectives", "measures"})
"""What redefined work changes for certain; the other three it may change."""

HOLDS = frozenset({"leads", "reports", "word"})
LIKELY = frozenset({"job", "status", "competence", "pay"})
VISION = {"no_chance": "opportunity", "zero_sum": "zero_sum", "no_near": "near"}
"""What is said when the mark behind it is missing."""

SOMEWHAT = ("yes", "partly")
ANSWERED = (*SOMEWHAT, "no")
STANDING = (Level.PASS, Level.WARN)


# --------------------------------------------------------------------------- the person


@rule("CHA-03", raises=("belief_yes", "belief_partly", "belief_no"))
def belief(case: Case) -> Iterator[Hit]:
    shown = not case.answered("believes", "yes") or case.get("deeds")
    if shown and case.answered("believes", *ANSWERED):
        yield Hit(f"belief_{case.get('believes')}", ("believes", "deeds"))


@rule("CHA-04", raises=("power", "core", "none"))
def power(case: Case) -> Iterator[Hit]:
    picked = set(case.many("changes"))
    if picked & CHANGES:
        yield Hit("power" if picked >= CORE else "core", ("changes",))
    elif "none" in picked:
        yield Hit("none", ("changes",))


@rule("CHA-06", raises=("top", "below", "backed"))
def level(case: Case) -> Iterator[Hit]:
    if case.answered("level", "ceo", "c_level"):
        yield Hit("top", ("level",))
    elif case.answered("level", "below"):
        yield Hit("backed" if case.get("cosponsor") else "below", ("level", "cosponsor"))


@rule("CHA-02", raises=("cover_yes", "cover_partly", "cover_no"))
def protection(case: Case) -> Iterator[Hit]:
    answer = case.get("cover")
    if answer in ("partly", "no"):
        yield Hit(f"cover_{answer}", ("cover",))
    elif answer == "yes" and case.get("covers") and not any(protection_lasts(case)):
        yield Hit("cover_yes", ("cover", "covers", "covers_until"))


@rule("CHA-02", raises=("lapsed", "too_short"))
def protection_lasts(case: Case) -> Iterator[Hit]:
    """Until today at least, and as long as a pilot with its review takes."""
    until, weeks = case.day("covers_until"), round(case.thresholds["pilot_weeks"])
    if until and until < case.today:
        yield Hit("lapsed", ("covers_until",), {"days": (case.today - until).days})
    elif until and until < case.today + timedelta(weeks=weeks):
        days = (until - case.today).days
        yield Hit("too_short", ("covers_until",), {"days": days, "weeks": weeks})


@rule("CHA-03", raises=("commits_yes", "commits_partly", "commits_no"))
def commitment(case: Case) -> Iterator[Hit]:
    if case.answered("commits", *ANSWERED):
        yield Hit(f"commits_{case.get('commits')}", ("commits",))


@rule("CHA-02", raises=("tells_yes", "tells_partly", "tells_no"))
def communication(case: Case) -> Iterator[Hit]:
    if case.answered("communicates", *ANSWERED):
        yield Hit(f"tells_{case.get('communicates')}", ("communicates",))


@rule("CHA-11", raises=("told",))
def near_benefit(case: Case) -> Iterator[Hit]:
    if case.get("near_benefit"):
        yield Hit("told", ("near_benefit",))


@rule("CHA-14", raises=("held", "no_hold"))
def reach(case: Case) -> Iterator[Hit]:
    picked = set(case.many("controls"))
    if picked & HOLDS:
        yield Hit("held", ("controls", "reach"))
    elif "none" in picked:
        yield Hit("no_hold", ("controls",))


# --------------------------------------------------------------------------- the sheet


def _stands(case: Case) -> bool:
    """Whether a candidate is there who is neither stopped nor merely open."""
    return any(found in STANDING for found in case.row_levels)


def _rows(case: Case, table: str) -> tuple[Mapping[str, Value], ...]:
    """The rows of `table` in which something is written."""
    return tuple(row for row in case.rows.get(table, ()) if row)


@rule("CHA-01", raises=("choose", "no_reason"), scope="sheet")
def which_and_for_what(case: Case) -> Iterator[Hit]:
    if len(case.row_levels) > 1 and not case.get("chosen"):
        yield Hit("choose", ("chosen",))
    if case.row_levels and case.carried.get("catalyst_verdict") == "fail":
        yield Hit("no_reason", ())


@rule("CHA-05", raises=("nobody", "uncovered"), scope="sheet")
def opposition(case: Case) -> Iterator[Hit]:
    opponents = _rows(case, "opponents")
    uncovered = [row for row in opponents if "cover_action" not in row]
    if uncovered:
        yield Hit("uncovered", ("cover_action",), {"count": len(uncovered)})  # roles stay private
    elif not opponents and _stands(case):
        yield Hit("nobody", ("loser",))


@rule(
    "CHA-07",
    raises=("unwritten", "unmarked", "no_chance", "zero_sum", "no_near", "whole"),
    scope="sheet",
)
def vision(case: Case) -> Iterator[Hit]:
    """A checklist that people mark themselves: no program can tell a vision from a slogan."""
    marks = case.many("vision_has")
    if not case.get("vision"):
        if _stands(case):
            yield Hit("unwritten", ("vision",))
    elif not marks:
        yield Hit("unmarked", ("vision_has",))
    elif lacking := [name for name in VISION if VISION[name] not in marks]:
        yield from (Hit(name, ("vision", "vision_has")) for name in lacking)
    else:
        yield Hit("whole", ("vision", "vision_has"))


@rule("CHA-10", raises=("silent", "first"), scope="sheet")
def confidence(case: Case) -> Iterator[Hit]:
    if case.answered("losing_confidence", *SOMEWHAT):
        planned = any("said_on" in row for row in _rows(case, "messages"))
        yield Hit("first" if planned else "silent", ("losing_confidence",))


@rule("CHA-12", raises=("unnamed", "unanswered", "likely"), scope="sheet")
def worries(case: Case) -> Iterator[Hit]:
    named = _rows(case, "worries")
    unanswered = sum("reply" not in row for row in named)
    if unanswered:
        yield Hit("unanswered", ("reply",), {"count": unanswered})
    likely = LIKELY - {row.get("worry_kind") for row in named}
    if named and likely:
        yield Hit("likely", ("worry_kind",), {"count": len(likely), "of": len(LIKELY)})
    elif not named and _stands(case):
        yield Hit("unnamed", ("worry",))


# --------------------------------------------------------------------------- who hears what, when


@rule("CHA-13", raises=("silence", "told", "unplaced"), numbers=("silences",), scope="sheet")
def silences(case: Case) -> Iterator[Hit | Number]:
    """Events that people see before anybody told them why: dates alone."""
    days = round(case.thresholds["message_before_event_days"])
    said, seen = _named_rows(case, "messages"), _named_rows(case, "events")
    messages, events = timeline.messages(said, case.today), timeline.events(seen)
    silent = timeline.silences(messages, events, days)
    if events:
        yield Number("silences", len(silent))
    if silent:
        listed = "; ".join(_event(dict(seen), one.event) for one in silent)
        yield Hit("silence", ("happens_on", "said_on"), {"events": listed, "days": days})
    elif events:
        yield Hit("told", ("happens_on", "said_on"), {"days": days})
    spoken, visible = ("said_on", "heard_by"), ("happens_on", "seen_by")
    if unplaced := _unplaced(said, spoken) + _unplaced(seen, visible):
        yield Hit("unplaced", (*spoken, *visible), {"count": unplaced})


def _named_rows(case: Case, table: str) -> list[tuple[str, Mapping[str, Value]]]:
    rows = zip(case.row_ids.get(table, ()), case.rows.get(table, ()), strict=True)
    return [(row, answers) for row, answers in rows if answers]


def _event(events: Mapping[str, Mapping[str, Value]], event: timeline.Moment) -> str:
    day = f"{event.day.day} {calendar.month_name[event.day.month]} {event.day.year}"
    return f"“{events[event.row].get('event', '–')}”, {day}"


def _unplaced(rows: timeline.Rows, needed: tuple[str, ...]) -> int:
    return sum(any(question not in answers for question in needed) for _, answers in rows)


@rule("CHA-15", raises=("missing", "planned", "overdue", "told"), scope="sheet")
def managers_let_go(case: Case) -> Iterator[Hit]:
    """Middle managers above the pilot are told, on a day, to release some control."""
    asked = [row for row in _rows(case, "messages") if row.get("releases") == "yes"]
    dated = [row for row in asked if "said_on" in row]
    questions = ("heard_by", "said_on", "sent")
    if any(row.get("sent") == "yes" for row in dated):
        yield Hit("told", questions)
    elif any(str(row["said_on"]) < case.today.isoformat() for row in dated):
        yield Hit("overdue", questions)
    elif dated:
        yield Hit("planned", questions)
    elif _stands(case):
        yield Hit("missing", ("releases",))
