"""Weekly figures as a small chart: usual range, where the pilot began, weeks outside the range.

A signal says that something changed. It never says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from playbook.analysis.pilot.charts import ChartBaseline, Values, XmrChart, chart
from playbook.analysis.pilot.record import Pilot, WeeklyChart
from playbook.model.wording import Words
from playbook.worksheet.figures import figure
from playbook.worksheet.time_series import WEEK


@dataclass(frozen=True, slots=True)
class WeeklyRun:
    """A measure by week. `begins` is the place of the pilot's first week, None before it.

    `lower` and `upper` are the usual range, None where there is none; `outside` are the places
    beyond it in the pilot. `signal` is None where the chart may say nothing yet; `field` is where
    the figures stand.
    """

    name: str
    group: str
    unit: str
    first: date
    values: tuple[float | None, ...]
    begins: int | None
    lower: float | None
    upper: float | None
    outside: tuple[int, ...]
    signal: bool | None
    field: str

    @property
    def last(self) -> float | None:
        """The latest figure."""
        return next((value for value in reversed(self.values) if value is not None), None)


def runs_of_group(pilot: Pilot, group: str) -> tuple[WeeklyRun, ...]:
    """The charts of a group; of measures that no group counts, those of the whole pilot."""
    charts = pilot.charts
    own = [it for it in charts if it.weeks.group == group]
    counted = {it.weeks.measure.id for it in charts if it.weeks.group}
    shared = [it for it in charts if not it.weeks.group and it.weeks.measure.id not in counted]
    return tuple(_run(it, pilot) for it in (*own, *shared))


def runs_of_all(pilot: Pilot) -> tuple[WeeklyRun, ...]:
    """A chart a measure: the pilot's own figures, else the mean of its groups."""
    found = []
    for measure in pilot.measures.values():
        charts = [it for it in pilot.charts if it.weeks.measure.id == measure.id]
        whole = next((it for it in charts if not it.weeks.group), None)
        if whole:
            found.append(_run(whole, pilot))
        elif charts:
            found.append(_pooled(charts, pilot))
    return tuple(found)


def _run(it: WeeklyChart, pilot: Pilot) -> WeeklyRun:
    weeks = it.weeks
    begins = weeks.place(pilot.pilot_from) if pilot.pilot_from else None
    return _made(it.chart, weeks.first, begins, it, weeks.group)


def _pooled(charts: Sequence[WeeklyChart], pilot: Pilot) -> WeeklyRun:
    """The mean of the groups, week by week, of the weeks in which all have a figure."""
    first = max(it.weeks.first for it in charts)
    last = min(it.weeks.last for it in charts)
    count = max((last - first) // WEEK + 1, 0)
    values: Values = [_mean(charts, first, n) for n in range(count)]
    begins = (pilot.pilot_from - first) // WEEK if pilot.pilot_from else len(values)
    before = min(max(begins, 0), len(values))
    made = chart(values, [ChartBaseline(0, before)])
    return _made(made, first, begins if pilot.pilot_from else None, charts[0], "")


def _mean(charts: Iterable[WeeklyChart], first: date, week: int) -> float | None:
    values = []
    for it in charts:
        place = it.weeks.place(first) + week
        values.append(it.weeks.values[place])
    return fmean(value for value in values if value is not None) if None not in values else None


def _made(
    made: XmrChart, first: date, begins: int | None, it: WeeklyChart, group: str
) -> WeeklyRun:
    measure, limits = it.weeks.measure, made.present.limits
    watched = made.present.baseline.first + made.present.baseline.weeks
    outside = tuple(
        place
        for place, value in enumerate(made.values)
        if limits
        and value is not None
        and place >= watched
        and not limits.lower <= value <= limits.upper
    )
    settled = limits is not None and not limits.provisional
    return WeeklyRun(
        name=measure.name,
        group=group,
        unit=measure.unit,
        first=first,
        values=made.values,
        begins=begins,
        lower=limits.lower if limits else None,
        upper=limits.upper if limits else None,
        outside=outside,
        signal=made.signalled if settled else None,
        field=it.weeks.field,
    )


# --------------------------------------------------------------------------- in words


def run_says(run: WeeklyRun, words: Words) -> str:
    """What may be said of a chart, in one sentence or two."""
    if run.lower is None or run.upper is None:
        return words.text("evidence.chart.no_limits")
    if run.signal is None:
        return words.text("weekly.run.provisional")
    told = {"lower": figure(round(run.lower, 1)), "upper": figure(round(run.upper, 1), run.unit)}
    if not run.signal:
        key = "weekly.run.within" if run.outside else "evidence.chart.quiet"
        return words.text(key, **told)
    count = len(run.outside)
    key = {0: "pattern", 1: "one"}.get(count, "many")
    why = words.text(f"weekly.run.{key}", count=count, **told)
    return f"{words.text('evidence.chart.changed')} {why}"


def run_alt(run: WeeklyRun, words: Words) -> str:
    """The picture for who does not see it."""
    last = "" if run.last is None else figure(round(run.last, 1), run.unit)
    name = f"{run.name}, {run.group}" if run.group else run.name
    return words.text("weekly.run.alt", name=name, last=last, says=run_says(run, words))
