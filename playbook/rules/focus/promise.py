"""“What would convince us?”: is it said, can the design show it, is it sealed, is it kept?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.told import (
    BY_LOT,
    COMPARED,
    MEASURED,
    design_of,
    lacking,
    names_in,
    weeks_between,
)
from playbook.model import Value
from playbook.rules import Case, Hit, before_sealing
from playbook.rules.focus.shared import Row, pilot, sheet_rule

DAYS = ("pilot_from", "pilot_until", "opens_on")
PROOFS = {"five": "proof_five", "ten": "proof_ten", "twenty": "proof_twenty"}
"""The threshold of each answer to `proof`; there is none for "none"."""


def alpha_of(said: Row, thresholds: Mapping[str, float]) -> float | None:
    """The share of false alarms that is allowed; None where no proof by lot is asked."""
    name = PROOFS.get(str(said.get("proof", "")))
    return thresholds[name] if name else None


def one_in(share: float) -> str:
    """A share as people say it: "1 in 20"."""
    return f"1 in {round(1 / share)}"


@sheet_rule("GAP-10", raises=("not_said", "open", "crossed"))
def what_would_convince_is_said(case: Case) -> Iterator[Hit]:
    said = pilot(case).promised
    if not said.get("design"):
        yield Hit("not_said", tuple(it for it in ("convinced", "design") if not said.get(it)))
        return
    if lacks := lacking(said):
        yield Hit("open", lacks)
    if crossed := _crossed(said):
        yield Hit("crossed", crossed)


def _crossed(said: Row) -> tuple[str, ...]:
    """The questions whose answers contradict each other."""
    days = [
        (name, said[name]) for name in ("pilot_from", "pilot_until", "opens_on") if name in said
    ]
    if [day for _, day in days] != sorted(str(day) for _, day in days):
        return tuple(name for name, _ in days)
    if said.get("design") not in MEASURED:
        return ()
    sizes = {name: _size(said, name) for name in ("smallest", "scale_at", "stop_below")}
    told = [name for name, size in sizes.items() if size is not None]
    wrong = [
        name
        for name in told
        if (sizes[name] or 0) < 0 or (name != "stop_below" and not sizes[name])
    ]
    if wrong:
        return tuple(wrong)
    stop, scale = sizes["stop_below"], sizes["scale_at"]
    both = stop is not None and scale is not None
    return ("scale_at", "stop_below") if both and (stop or 0) > (scale or 0) else ()


def _size(said: Row, name: str) -> float | None:
    value = said.get(name)
    return float(value) if isinstance(value, str) else None


@sheet_rule("GAP-20", raises=("no_lot", "cant_meet", "never", "uneven"))
def the_design_can_show_it(case: Case) -> Iterator[Hit]:
    if hit := _cant_show(pilot(case).promised, case.thresholds):
        yield hit


def _cant_show(said: Row, thresholds: Mapping[str, float]) -> Hit | None:
    """What no figures could mend: a criterion that the design can't meet."""
    alpha, design = alpha_of(said, thresholds), str(said.get("design", ""))
    if design in COMPARED and (problem := _uneven(said)):
        return problem
    if alpha is None or design not in MEASURED:
        return None
    wanted = one_in(alpha)
    if design not in BY_LOT:
        return Hit("no_lot", ("proof", "design"), {"wanted": wanted})
    found = design_of(said)
    if found is None or found.meets(alpha):
        return None
    if found.floor >= 1:
        return Hit("never", ("proof", "groups_named"), {"wanted": wanted})
    told = {"wanted": wanted, "orders": found.orders, "floor": _floor(found)}
    return Hit("cant_meet", ("proof", "groups_named"), told)


def _floor(design: Design) -> str:
    return one_in(design.floor)


def _uneven(said: Row) -> Hit | None:
    """Starts that groups and weeks have no room for."""
    groups, weeks = len(names_in(said.get("groups_named"))), weeks_between(said)
    name = "waves" if said.get("design") == "start_by_lot" else "beginning"
    told = _size(said, name)
    if told is None or not groups:
        return None
    most = min(groups, weeks or groups) if name == "waves" else groups
    if told > most:
        return Hit("uneven", (name, "groups_named"), {"most": most})
    return None


@sheet_rule("GAP-20", raises=("drawn", "chosen", "before_after", "opinion"))
def how_strong_the_evidence_can_be(case: Case) -> Iterator[Hit]:
    design = str(pilot(case).promised.get("design", ""))
    name = {"comparison_chosen": "chosen", "before_after": "before_after", "opinion": "opinion"}
    if design in BY_LOT:
        yield Hit("drawn", ("design",))
    elif design in name:
        yield Hit(name[design], ("design",))


@sheet_rule("GAP-10", raises=("sealed", "unsealed", "late", "due", "opened_early", "opener"))
def it_is_sealed_and_opened_as_said(case: Case) -> Iterator[Hit]:
    found = pilot(case)
    said = found.promised
    if found.sealed is None:
        if said.get("design") and not found.lacking:
            yield Hit("unsealed", ("convinced", "sealed_on"))
        return
    yield Hit("sealed", ("sealed_on",))
    opens, opened = _day(said, "opens_on"), _day(said, "opened_on")
    if found.pilot_from and found.sealed > found.pilot_from:
        yield Hit("late", ("sealed_on",))
    if opened is None and opens and case.today > opens:
        yield Hit("due", ("opened_on",))
    if opened and opens and opened < opens:
        yield Hit("opened_early", ("opened_on",))
    if said.get("opened_by") and said["opened_by"] != said.get("opener"):
        yield Hit("opener", ("opened_by",))


@sheet_rule("GAP-07", raises=("long_enough", "short"))
def the_pilot_takes_weeks(case: Case) -> Iterator[Hit]:
    weeks, least = weeks_between(pilot(case).promised), round(case.thresholds["pilot_least_weeks"])
    if weeks is None:
        return
    told = {"weeks": weeks, "least": least}
    yield Hit("short" if weeks < least else "long_enough", ("pilot_from", "pilot_until"), told)


def _day(said: Row, name: str) -> date | None:
    value = said.get(name)
    return date.fromisoformat(value) if isinstance(value, str) and value else None


@before_sealing("GAP-10", "promise")
def nothing_is_open(answers: Mapping[str, Value], _: Mapping[str, float]) -> Hit | None:
    if lacks := lacking(answers):
        return Hit("open", lacks)
    crossed = _crossed(answers)
    return Hit("crossed", crossed) if crossed else None


@before_sealing("GAP-20", "promise")
def the_criterion_can_be_met(
    answers: Mapping[str, Value], thresholds: Mapping[str, float]
) -> Hit | None:
    return _cant_show(answers, thresholds)
