"""The gate at the end of Act: two levels of success, other explanations, and stop, continue, scale.

Questions are named as in content/sheets/act_gate.toml. That the gate is as far as its sheets is no
rule of this module: every sheet with musts is (playbook.assessing.completeness). What only scaling
needs is judged under "scale" alone, so an honest stop is never held up by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Literal

from playbook.model import Value
from playbook.rules import Case, Hit, Number, decision, rule
from playbook.worksheet.figures import figure

MUSTS = ("focus", "practices", "connect", "obstacles")
MET, NOT_MET = "met", "not_met"
NEEDED = ("level", "happened", "result")
"""What every criterion is asked."""

OF_A_WAVE = ("wave_start", "wave_evidence", "wave_stops")
"""What every wave is asked besides who: when, what is shown before, what stops it."""

Level = Literal["started", "mattered"]
State = Literal["met", "not met", "open", "none"]
Row = Mapping[str, Value]

BOTH = {
    (True, True): "both",
    (True, False): "launch_alone",
    (False, True): "metric_alone",
    (False, False): "neither",
}


def criteria(case: Case, level: Level | None = None) -> list[Row]:
    """The criteria that have a name; of one level, if it is given."""
    named = (row for row in case.rows.get("criteria", ()) if "criterion" in row)
    return [row for row in named if level in (None, row.get("level"))]


def state(case: Case, level: Level) -> State:
    """How far one level is: "open" while some criterion of it can't be judged yet."""
    results = [row.get("result") for row in criteria(case, level)]
    if not results:
        return "none"
    if any(result not in (MET, NOT_MET) for result in results):
        return "open"
    return "not met" if NOT_MET in results else "met"


def _open(case: Case) -> list[Row]:
    return [row for row in criteria(case) if row.get("result") not in (MET, NOT_MET)]


def _names(rows: Iterable[Row], question: str) -> str:
    return "; ".join(str(row[question]).rstrip(".") for row in rows if question in row)


# --------------------------------------------------------------------------- two levels


@rule("SCA-14", raises=("unsaid",), scope="sheet")
def criteria_are_finished(case: Case) -> Iterator[Hit]:
    lacking = [
        (row, [name for name in NEEDED if name not in row])
        for row in criteria(case)
        if not row.keys() >= set(NEEDED)
    ]
    if lacking:
        names = _names((row for row, _ in lacking), "criterion")
        asked = {name for _, missing in lacking for name in missing}
        questions = tuple(name for name in NEEDED if name in asked)
        yield Hit("unsaid", questions, {"names": names})


@rule(
    "SCA-14",
    raises=("no_start", "no_matter", "both", "launch_alone", "metric_alone", "neither", "open"),
    numbers=("criteria_met", "criteria_told"),
    scope="sheet",
)
def two_levels(case: Case) -> Iterator[Hit | Number]:
    """The two levels apart; while one of them can't be judged, neither field of four is named."""
    told = criteria(case)
    if told:
        yield Number("criteria_told", len(told))
        yield Number("criteria_met", sum(row.get("result") == MET for row in told))
    started, mattered = state(case, "started"), state(case, "mattered")
    if started == "none":
        yield Hit("no_start", ("level",))
    if mattered == "none":
        yield Hit("no_matter", ("level",))
    if "none" in (started, mattered):
        return
    if "open" in (started, mattered):
        yield Hit("open", ("result",), {"open": _names(_open(case), "criterion")})
        return
    moved = criteria(case, "mattered")
    values = {
        "started": len(criteria(case, "started")),
        "mattered": len(moved),
        "missed": sum(row.get("result") == NOT_MET for row in moved),
    }
    yield Hit(BOTH[started == "met", mattered == "met"], ("result",), values)


@rule("GAP-10", raises=("left_out",), scope="sheet")
def told_as_sealed(case: Case) -> Iterator[Hit]:
    """What was sealed beside what is told here; nothing is said where nothing was sealed."""
    sealed = case.carried.get("sealed")
    kept = sealed if isinstance(sealed, tuple) else ()
    told = {_plain(str(row["criterion"])) for row in criteria(case)}
    if kept and told and (out := [name for name in kept if _plain(name) not in told]):
        yield Hit("left_out", ("criterion",), {"names": "; ".join(out)})


def _plain(text: str) -> str:
    """A text as it is compared: case, blanks and the full stop don't count."""
    return " ".join(text.casefold().rstrip(" .").split())


# --------------------------------------------------------------------------- other explanations


@rule("GAP-20", raises=("no_rival", "unsaid", "looked", "stands", "stands_at_scale"), scope="sheet")
def other_explanations(case: Case) -> Iterator[Hit]:
    rivals = [row for row in case.rows.get("rivals", ()) if "rival" in row]
    if not rivals:
        yield Hit("no_rival", ("rival",))
        return
    judged = [row for row in rivals if "standing" in row]
    gone = sum(row["standing"] in ("ruled_out", "unlikely") for row in judged)
    if unsaid := [row for row in rivals if "standing" not in row]:
        yield Hit("unsaid", ("standing",), {"names": _names(unsaid, "rival")})
    if judged:
        yield Hit("looked", ("standing",), {"count": len(judged), "gone": gone})
    if standing := [row for row in judged if row["standing"] == "not_ruled_out"]:
        key = "stands_at_scale" if _scales(case) else "stands"
        yield Hit(key, ("standing",), {"names": _names(standing, "rival")})


# --------------------------------------------------------------------------- stop


@rule("SCA-13", raises=("too_early", "honest_stop", "though_met"), scope="sheet")
def a_stop_needs_both_levels(case: Case) -> Iterator[Hit]:
    """Evidence on both levels, and what was learned; harm ends it whatever is known."""
    if not case.answered("go_on", "stop"):
        return
    both = state(case, "started"), state(case, "mattered")
    if both == ("met", "met"):
        yield Hit("though_met", ("because",))
    elif "open" in both and not _harms(case):
        yield Hit("too_early", ("result",), {"open": _names(_open(case), "criterion")})
    elif "none" not in both and case.get("learned"):
        yield Hit("honest_stop", ("learned",))


@rule("APP-07", raises=("too_soon", "harm", "cover_ends"), scope="sheet")
def time_enough(case: Case) -> Iterator[Hit]:
    """No stop before the agreed end, but where somebody comes to harm; no protection that ends
    before the next decision."""
    if case.answered("go_on", "stop"):
        end, day = _carried_day(case, "pilot_end"), case.day("decide_by") or case.today
        if _harms(case):
            yield Hit("harm", ("harm",))
        elif end and day < end:
            yield Hit("too_soon", ("decide_by",), {"days": (end - day).days})
    cover, look = _carried_day(case, "cover_until"), case.day("look_again")
    if case.answered("go_on", "continue", "scale") and cover and look and cover < look:
        yield Hit("cover_ends", ("look_again",), {"days": (look - cover).days})


@rule("GAP-08", raises=("within", "over"), scope="sheet")
def spent_within_the_limit(case: Case) -> Iterator[Hit]:
    """Only where a limit was set before the start: none is suggested."""
    spent, limit = case.number("money_spent"), case.carried.get("money_limit")
    if spent is not None and isinstance(limit, str):
        told = {"spent": figure(spent), "limit": figure(float(limit))}
        yield Hit("over" if spent > float(limit) else "within", ("money_spent",), told)


# --------------------------------------------------------------------------- scale


@rule(
    "WS-043",
    raises=("no_record", "not_shown", "not_run", "too_early", "evaluated"),
    scope="sheet",
)
def evaluated_before_scaling(case: Case) -> Iterator[Hit]:
    if not _scales(case):
        return
    if not any("result" in row for row in criteria(case)):
        yield Hit("no_record", ("result",))
        return
    if any(row.get("result") == NOT_MET for row in criteria(case, "mattered")):
        yield Hit("not_shown", ("result",))
    if any(row.get("result") == NOT_MET for row in criteria(case, "started")):
        yield Hit("not_run", ("result",))
    if unknown := _open(case):
        yield Hit("too_early", ("result",), {"open": _names(unknown, "criterion")})
    if state(case, "started") == state(case, "mattered") == "met":
        yield Hit("evaluated", ("result",))


@rule("SCA-04", raises=("planned", "unplanned"), scope="sheet")
def circles_before_scaling(case: Case) -> Iterator[Hit]:
    if _scales(case) and case.answered("cells", "yes", "partly", "no"):
        yield Hit("planned" if case.answered("cells", "yes") else "unplanned", ("cells",))


@rule("SCA-05", raises=("settled", "unsettled"), scope="sheet")
def systems_before_scaling(case: Case) -> Iterator[Hit]:
    if _scales(case) and case.answered("systems", "yes", "partly", "no"):
        yield Hit("settled" if case.answered("systems", "yes") else "unsettled", ("systems",))


@rule("SCA-07", raises=("translated", "untranslated"), scope="sheet")
def results_are_translated(case: Case) -> Iterator[Hit]:
    """Asked where the entry point is self-contained or an edge; elsewhere results spread alone."""
    if not _scales(case):
        return
    if case.get("translation"):
        yield Hit("translated", ("translation",))
    elif _apart(case):
        yield Hit("untranslated", ("translation",))


@rule("SCA-11", raises=("own", "copy"), scope="sheet")
def no_copy_is_handed_down(case: Case) -> Iterator[Hit]:
    if _scales(case) and case.answered("takes_up", "own", "frame", "copy"):
        yield Hit("copy" if case.answered("takes_up", "copy") else "own", ("takes_up",))


@rule("WS-071", raises=("no_waves", "issues_open", "planned", "lacks"), scope="sheet")
def in_waves(case: Case) -> Iterator[Hit]:
    if not _scales(case):
        return
    waves = [row for row in case.rows.get("waves", ()) if "wave" in row]
    loose = [row for row in waves if row.get("wave_issues") == "open"]
    if not waves:
        yield Hit("no_waves", ("wave",))
    elif loose:
        yield Hit("issues_open", ("wave_issues",), {"names": _names(loose, "wave")})
    else:
        yield Hit("planned", ("wave",), {"count": len(waves)})
    if bare := [row for row in waves if not row.keys() >= {*OF_A_WAVE}]:
        asked = tuple(one for one in OF_A_WAVE if any(one not in row for row in bare))
        yield Hit("lacks", asked, {"count": len(bare)})


def _scales(case: Case) -> bool:
    return case.answered("go_on", "scale")


def _harms(case: Case) -> bool:
    return case.answered("harm", "yes")


def _apart(case: Case) -> bool:
    """Whether the place where the pilot ran is self-contained or an edge."""
    woven = case.carried.get("interdependence")
    most = 100 * case.thresholds["self_contained_most"]
    alone = isinstance(woven, str) and float(woven) <= most
    return alone or case.carried.get("place_edge") == "yes"


# --------------------------------------------------------------------------- the decision


@rule("APP-18", raises=("unexplained", "anyway"), scope="sheet")
def going_on_with_open_points(case: Case) -> Iterator[Hit]:
    yield from decision.open_points(case, MUSTS)


@rule("APP-18", raises=("unsigned",), scope="sheet")
def somebody_answers(case: Case) -> Iterator[Hit]:
    yield from decision.name_under_it(case)


@rule("SCA-09", raises=("no_end", "past"), scope="sheet")
def there_is_a_next_decision(case: Case) -> Iterator[Hit]:
    yield from decision.next_look(case)


def _carried_day(case: Case, name: str) -> date | None:
    value = case.carried.get(name)
    return date.fromisoformat(value) if isinstance(value, str) else None
