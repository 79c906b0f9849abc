"""What was sealed before week 1, and where what happened differs from it: found, not confessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Literal

from playbook.analysis.pilot.charts import Values
from playbook.analysis.pilot.designs import Design, Grade
from playbook.analysis.pilot.lot import Start
from playbook.model import InputError

DAYS = 7

Direction = Literal["up", "down"]

DeviationKind = Literal[
    "changed",
    "group left",
    "group joined",
    "start moved",
    "no figure",
    "figure changed later",
    "opened early",
    "opened by another",
    "lot erased",
]

LOT_BROKEN = ("start moved", "group joined", "lot erased")
"""After these the order is no longer the one that was drawn."""


@dataclass(frozen=True, slots=True)
class PilotPromise:
    """What would convince us, said before the first week.

    `smallest` is the smallest change worth having and `scale_at`, `stop_below` the rule, as sizes
    in the metric's unit: scale where the estimate is as large and more than luck, stop where no
    change of that size is left in its range. `starts` has the start of each group, as drawn.
    """

    metric: str
    direction: Direction
    smallest: float
    design: Design
    starts: Mapping[str, Start]
    baseline_from: date
    pilot_from: date
    pilot_until: date
    opens_on: date
    opener: str
    scale_at: float
    stop_below: float
    alpha: float = 0.05
    unit: str = ""

    def __post_init__(self) -> None:
        days = (self.baseline_from, self.pilot_from, self.pilot_until, self.opens_on)
        if list(days) != sorted(days) or self.baseline_from == self.pilot_from:
            raise InputError("Baseline, pilot, its end and the opening follow in this order.")
        if min(self.smallest, self.scale_at) <= 0 or not 0 <= self.stop_below <= self.scale_at:
            raise InputError(
                "Changes are sizes above 0 in the direction that was chosen, and the one that "
                "stops is not above the one that scales."
            )
        object.__setattr__(self, "starts", MappingProxyType(dict(self.starts)))

    @property
    def weeks(self) -> int:
        """From the baseline's first to the pilot's last."""
        return (self.pilot_until - self.baseline_from).days // DAYS + 1


@dataclass(frozen=True, slots=True)
class WhatHappened:
    """What the program knows at the opening.

    `as_it_stands` is the promise as answers and dates have it now; `begun` has the week in which
    each group really began (left out: as drawn), `left` the week in which a group left, `changed`
    how many figures of a group were changed after `settled` days, `opened` by whom and when;
    `lot_erased`: a lot was removed for good, so that another one could be drawn.
    """

    as_it_stands: PilotPromise
    begun: Mapping[str, Start] = field(default_factory=dict)
    left: Mapping[str, int] = field(default_factory=dict)
    changed: Mapping[str, int] = field(default_factory=dict)
    opened: date | None = None
    opened_by: str = ""
    lot_erased: bool = False


@dataclass(frozen=True, slots=True)
class Deviation:
    """One thing that is not as sealed: `what` is a field of the promise or a group's name."""

    kind: DeviationKind
    what: str
    sealed: Any = None
    now: Any = None


def deviations(
    sealed: PilotPromise, happened: WhatHappened, series: Mapping[str, Values] | None = None
) -> tuple[Deviation, ...]:
    """Everything that differs, the promise's own parts first. `series`: the metric's figures of
    each group, so that weeks without one are counted, those after an early end too."""
    return (
        *_reworded(sealed, happened.as_it_stands),
        *_groups(sealed, happened),
        *_figures(sealed, happened, series),
        *_opening(sealed, happened),
        *((Deviation("lot erased", "lot"),) if happened.lot_erased else ()),
    )


def _reworded(sealed: PilotPromise, now: PilotPromise) -> Iterator[Deviation]:
    for part in fields(PilotPromise):
        before, after = getattr(sealed, part.name), getattr(now, part.name)
        if part.name != "starts" and before != after:
            yield Deviation("changed", part.name, before, after)


def _groups(sealed: PilotPromise, happened: WhatHappened) -> Iterator[Deviation]:
    now = {**happened.as_it_stands.starts, **happened.begun}
    for group in sorted(sealed.starts.keys() | now.keys()):
        if group not in sealed.starts:
            yield Deviation("group joined", group, None, now[group])
        elif group not in now or group in happened.left:
            yield Deviation("group left", group, sealed.starts[group], happened.left.get(group))
        elif sealed.starts[group] != now[group]:
            yield Deviation("start moved", group, sealed.starts[group], now[group])


def _figures(
    sealed: PilotPromise, happened: WhatHappened, series: Mapping[str, Values] | None
) -> Iterator[Deviation]:
    for group in sorted(sealed.starts if series is not None else ()):
        told = sum(value is not None for value in (series or {}).get(group, ()))
        if told < sealed.weeks:
            yield Deviation("no figure", group, sealed.weeks, told)
    for group, many in sorted(happened.changed.items()):
        if many:
            yield Deviation("figure changed later", group, 0, many)


def _opening(sealed: PilotPromise, happened: WhatHappened) -> Iterator[Deviation]:
    if happened.opened and happened.opened < sealed.opens_on:
        yield Deviation("opened early", "opens_on", sealed.opens_on, happened.opened)
    if happened.opened_by and happened.opened_by != sealed.opener:
        yield Deviation("opened by another", "opener", sealed.opener, happened.opened_by)


def grade_kept(sealed: PilotPromise, found: tuple[Deviation, ...]) -> Grade:
    """The grade that is left: whoever moves a start chooses the comparison, and another metric,
    unit or direction than the sealed one is picked with the result in sight."""
    grade = sealed.design.grade
    kinds = {it.kind for it in found}
    if kinds & set(LOT_BROKEN) and sealed.design.by_lot:
        grade = min(grade, Grade.COMPARISON_CHOSEN)
    if any(it.kind == "changed" and it.what in ("metric", "unit", "direction") for it in found):
        grade = min(grade, Grade.BEFORE_AFTER)
    return grade


def judged_by(sealed: PilotPromise, found: tuple[Deviation, ...]) -> Design:
    """The design that a verdict goes by, after what deviates: without the lot's grade where the lot
    no longer holds."""
    return replace(sealed.design, planned=grade_kept(sealed, found))
