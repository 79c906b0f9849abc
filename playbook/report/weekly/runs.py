"""Weekly figures as a small chart: usual range, where the pilot began, what is part of a signal.

A signal says that something changed. It never says why.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from playbook.analysis.pilot.record import Pilot, WeeklyChart
from playbook.model.wording import Words
from playbook.report.focus.charts import chart_says
from playbook.worksheet.figures import figure


@dataclass(frozen=True, slots=True)
class WeeklyRun:
    """A measure by week; `begins` is the place of the pilot's first week, None before it."""

    told: WeeklyChart
    begins: int | None

    @property
    def name(self) -> str:
        """The measure's."""
        return self.told.weeks.measure.name

    @property
    def group(self) -> str:
        """Whose figures these are; "" for the whole pilot."""
        return self.told.weeks.group

    @property
    def unit(self) -> str:
        """The measure's."""
        return self.told.weeks.measure.unit

    @property
    def first(self) -> date:
        """The Monday of the first week."""
        return self.told.weeks.first

    @property
    def values(self) -> tuple[float | None, ...]:
        """A figure a week, None where there is none."""
        return self.told.weeks.values

    @property
    def range(self) -> tuple[float, float] | None:
        """The usual range, None where there is none."""
        limits = self.told.chart.present.limits
        return (limits.lower, limits.upper) if limits else None

    @property
    def marked(self) -> tuple[int, ...]:
        """Places of weeks that are part of a signal."""
        return self.told.chart.marked

    @property
    def signal(self) -> bool:
        """Whether it signals; a provisional chart never does."""
        return self.told.chart.signalled

    @property
    def field(self) -> str:
        """Where the figures stand."""
        return self.told.weeks.field

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
    found = (pilot.whole(measure) for measure in pilot.measures)
    return tuple(_run(it, pilot) for it in found if it)


def _run(it: WeeklyChart, pilot: Pilot) -> WeeklyRun:
    return WeeklyRun(it, it.weeks.place(pilot.pilot_from) if pilot.pilot_from else None)


def run_says(run: WeeklyRun, words: Words) -> str:
    """What may be said of it."""
    return chart_says(run.told, words)


def run_alt(run: WeeklyRun, words: Words) -> str:
    """The picture for who does not see it."""
    last = "" if run.last is None else figure(round(run.last, 1), run.unit)
    name = f"{run.name}, {run.group}" if run.group else run.name
    return words.text("weekly.run.alt", name=name, last=last, says=run_says(run, words))
