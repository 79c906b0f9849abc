"""What the figures of a pilot show: luck over all charts, what a design could see, the verdict.

This needs numpy, which a page loads when somebody looks at the charts; what a pilot says of itself
(pilot.py) does without.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from playbook.analysis.pilot.chances import Luck, luck
from playbook.analysis.pilot.charts import Values
from playbook.analysis.pilot.designs import Design, Grade, split, staggered
from playbook.analysis.pilot.lot import Start
from playbook.analysis.pilot.promise import (
    Deviation,
    PilotPromise,
    WhatHappened,
    deviations,
    judged_by,
)
from playbook.analysis.pilot.record import Pilot, WeeklyChart
from playbook.analysis.pilot.sight import GroupBaseline, Sight, baseline_of, could_see
from playbook.analysis.pilot.since_sealing import SinceSealing
from playbook.analysis.pilot.told import BY_LOT, plain
from playbook.analysis.pilot.verdicts import PilotVerdict, verdict
from playbook.model import InputError
from playbook.worksheet.time_series import WEEK, monday_of

RUNS_OF_A_PAGE = 300
"""Made-up pilots for an answer while somebody waits: within some 5% of what 1,000 give."""

Groups = Mapping[str, Values]


def luck_of(charts: Sequence[WeeklyChart]) -> Luck:
    """How many of the charts signal, and how many would by luck alone.

    What a week keeps of the one before is measured in each baseline, and its mean counted in.
    """
    kept = [carry for it in charts if (carry := _carry_over(it)) is not None]
    return luck([it.chart for it in charts], sum(kept) / len(kept) if kept else 0.0)


def _carry_over(it: WeeklyChart) -> float | None:
    baseline = it.chart.present.baseline
    weeks = it.weeks.values[baseline.first : baseline.first + baseline.weeks]
    try:
        return baseline_of({"": weeks}).carry_over
    except InputError:
        return None


# --------------------------------------------------------------------------- could we see it?


def baseline_before(pilot: Pilot, measure: str) -> GroupBaseline:
    """What the weeks before the pilot are like, of all groups of a measure together.

    InputError where there are too few weeks in which every group has a figure.
    """
    found, first = pilot.series(measure), pilot.first_week(measure)
    if not found or first is None:
        raise InputError("There are no weekly figures yet.")
    begin = pilot.pilot_from
    weeks = len(next(iter(found.values())))
    if begin:
        weeks = max(min((monday_of(begin) - first) // WEEK, weeks), 0)
    return baseline_of({group: values[:weeks] for group, values in found.items()})


def tried(design: str, groups: int, weeks: int) -> Design:
    """A design to look at: its name as in the answers, every group with a start of its own, or half
    of them."""
    grade = Grade[design.upper()]
    if design == "start_by_lot":
        return Design(grade, staggered(groups, weeks, min(groups, weeks)))
    if design in ("comparison_by_lot", "comparison_chosen"):
        return Design(grade, split(groups, groups // 2))
    return Design(grade, (0,) * groups)


def sight_of(
    design: Design, baseline: GroupBaseline, weeks: int, alpha: float, slow_weeks: int = 0
) -> Sight:
    """What a pilot of `weeks` would show after the weeks that were measured."""
    return could_see(
        design,
        baseline,
        baseline_weeks=baseline.weeks,
        weeks=weeks,
        alpha=alpha,
        slow_weeks=slow_weeks,
        runs=RUNS_OF_A_PAGE,
    )


# --------------------------------------------------------------------------- the end


@dataclass(frozen=True, slots=True)
class PilotResult:
    """What the sealed promise comes to: the verdict, and everything that is not as sealed."""

    promise: PilotPromise
    verdict: PilotVerdict
    deviations: tuple[Deviation, ...]
    design: Design


def result_of(pilot: Pilot, alpha: float, since: SinceSealing | None = None) -> PilotResult | None:
    """The verdict by the promise, on the figures up to the pilot's end; None while it is open.

    `alpha` are the false alarms that the promise allows, `since` is what was changed after the
    seal, where that is known. InputError where its answers contradict
    each other, or figures and groups don't fit.
    """
    promise = pilot.promise(alpha)
    if promise is None:
        return None
    figures, before = figures_of(pilot, promise)
    starts = dict(promise.starts)
    happened = _happened(pilot, promise, since)
    sealed = replace(promise, metric=since.metric, unit=since.unit) if since else promise
    found = deviations(sealed, happened, figures)
    design = judged_by(sealed, found)
    if set(figures) != set(starts) or not figures:
        told = _no_figures(design, alpha)
    else:
        told = verdict(figures, starts, design, baseline=before, alpha=alpha)
    return PilotResult(promise, told, found, design)


def _no_figures(design: Design, alpha: float) -> PilotVerdict:
    """What may be said where a group lacks its figures, or its start: nothing."""
    return PilotVerdict(
        outcome="none possible",
        why="too few figures" if design.by_lot else "not by lot",
        alpha=alpha,
        floor=design.floor,
        orders=design.orders,
        exact=True,
        missing=0,
    )


def figures_of(pilot: Pilot, promise: PilotPromise) -> tuple[dict[str, Values], int]:
    """The figures of the groups that are compared by their names in the promise, from the
    baseline's first week to the pilot's last, and how many weeks lie before it."""
    measure = str(pilot.promised.get("primary", ""))
    found: dict[str, Values] = {}
    for name, values in pilot.series(measure).items():
        found.setdefault(plain(name), values)
    first = pilot.first_week(measure) or promise.baseline_from
    weeks = (monday_of(promise.pilot_until) - first) // WEEK + 1
    before = max((monday_of(promise.pilot_from) - first) // WEEK, 0)
    told: dict[str, Values] = {}
    for name in pilot.groups:
        values = list(found.get(plain(name), ()))[:weeks]
        if values:
            told[name] = values + [None] * (weeks - len(values))
    return told, before


def _happened(pilot: Pilot, promise: PilotPromise, since: SinceSealing | None) -> WhatHappened:
    begun: dict[str, Start] = {}
    left: dict[str, int] = {}
    names = {plain(name): name for name in pilot.groups}
    for _, row in pilot.rows.get("groups", ()):
        said = str(row.get("group_name", ""))
        name = names.get(plain(said), said)
        if (day := row.get("began_on")) and name:
            begun[name] = _week(promise, str(day))
        if (day := row.get("left_on")) and name:
            left[name] = _week(promise, str(day))
    opened = pilot.promised.get("opened_on")
    return WhatHappened(
        as_it_stands=promise,
        begun=begun if promise.design.planned.name.lower() in BY_LOT else {},
        left=left,
        changed={name or promise.metric: many for name, many in since.changed.items()}
        if since
        else {},
        lot_erased=since is not None and since.lot_erased,
        opened=date.fromisoformat(opened) if isinstance(opened, str) and opened else None,
        opened_by=str(pilot.promised.get("opened_by", "")),
    )


def _week(promise: PilotPromise, day: str) -> int:
    return (monday_of(date.fromisoformat(day)) - monday_of(promise.pilot_from)) // WEEK
