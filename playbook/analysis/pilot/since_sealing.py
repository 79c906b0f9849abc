"""What was changed after the seal, by the sheet's own history: the measure, its unit, its figures.

Nothing is confessed and no fingerprint is kept: every change of a field is in the history, with its
time. A figure has settled at the seal if it was there before, else some days after it was entered,
so that whoever corrects a slip the next morning changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import isclose

from playbook.analysis.pilot.record import Measure, Pilot, weekly_of
from playbook.analysis.pilot.told import plain


@dataclass(frozen=True, slots=True)
class PastChange:
    """A field got another value, None for no answer; `erased`: it was removed for good."""

    at: datetime
    field: str
    value: object
    erased: bool = False


@dataclass(frozen=True, slots=True)
class SinceSealing:
    """The measure that decides as it was called at the seal, its unit, and how many weekly figures
    of a group ("" for the whole pilot) were changed after they had settled. `lot_erased`: a lot was
    removed for good, so that another one could be drawn."""

    metric: str
    unit: str
    changed: Mapping[str, int]
    lot_erased: bool = False


def since_sealing(
    history: Iterable[PastChange], pilot: Pilot, settled_days: float
) -> SinceSealing | None:
    """What differs from the seal; None where the history does not know when it was set. The changes
    are in the order of their times."""
    told = list(history)
    row = next((row for row, it in pilot.rows.get("promise", ()) if it), "")
    measure = pilot.measures.get(str(pilot.promised.get("primary", "")))
    seals = [it.at for it in told if it.field == f"promise/{row}/sealed_on" and it.value]
    if not seals or measure is None:
        return None
    sealed, settled = seals[-1], timedelta(days=settled_days)
    name, unit = (
        _at_seal(told, f"measures/{measure.id}/{question}", sealed, now)
        for question, now in (("measure", measure.name), ("unit", measure.unit))
    )
    changed = {
        group: count
        for group, states in _series(told, measure).items()
        if (count := _changed(states, sealed, settled))
    }
    erased = any(it.erased and it.field.startswith("lots/") for it in told)
    return SinceSealing(name, unit, changed, erased)


def _at_seal(told: Iterable[PastChange], field: str, sealed: datetime, now: str) -> str:
    """The field's text at the seal; what it is now where it has no history."""
    found = [it for it in told if it.field == field]
    before = [it for it in found if it.at <= sealed]
    if not found:
        return now
    return str(before[-1].value or "") if before else ""


def _series(
    told: Iterable[PastChange], measure: Measure
) -> dict[str, list[tuple[datetime, Mapping[date, float]]]]:
    """What the figures of each group were from when on. A row that is taken away and written anew
    is the same series, so that none loses its past that way."""
    of: dict[str, object] = {}
    names: dict[str, str] = {}
    series: list[tuple[str, datetime, Mapping[date, float]]] = []
    for it in told:
        table, _, rest = it.field.partition("/")
        row, _, question = rest.partition("/")
        if table == "measures" and row == measure.id and question == "data":
            series.append(("", it.at, _by_week(it.value)))
        if table != "figures" or it.value is None:
            continue
        if question == "of":
            of[row] = it.value
        elif question == "group":
            names[row] = str(it.value)
        elif question == "group_data":
            series.append((row, it.at, _by_week(it.value)))
    found: dict[str, list[tuple[datetime, Mapping[date, float]]]] = {}
    written: dict[str, str] = {}
    for row, at, weeks in series:
        if not row or of.get(row) == measure.id:
            name = names.get(row, "")
            group = written.setdefault(plain(name), name)
            found.setdefault(group, []).append((at, weeks))
    return found


def _by_week(value: object) -> Mapping[date, float]:
    told = weekly_of(value if isinstance(value, str) else None)
    if told is None:
        return {}
    first, values = told
    weeks = ((first + timedelta(weeks=n), value) for n, value in enumerate(values))
    return {week: value for week, value in weeks if value is not None}


def _changed(
    states: list[tuple[datetime, Mapping[date, float]]], sealed: datetime, settled: timedelta
) -> int:
    """How many weeks have another figure now, or none, than the one that had settled."""
    now, count = states[-1][1], 0
    for week in {week for _, weeks in states for week in weeks}:
        entered = next(at for at, weeks in states if week in weeks)
        until = sealed if entered <= sealed else entered + settled
        held = [weeks.get(week) for at, weeks in states if at <= until][-1]
        count += not _same(held, now.get(week))
    return count


def _same(held: float | None, now: float | None) -> bool:
    if held is None or now is None:
        return held is now
    return isclose(held, now, rel_tol=1e-9, abs_tol=1e-12)
