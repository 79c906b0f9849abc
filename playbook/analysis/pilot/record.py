"""A pilot as its sheet tells it: measures by week with their charts, the promise, the lot.

Rows are answers by question, as `Case.rows` and a worksheet hold them; the questions are those of
content/sheets/focus.toml. Nothing here knows a word or needs numpy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property, lru_cache
from statistics import fmean
from typing import Any

from playbook.analysis.pilot.charts import (
    LEAST_BASELINE,
    ChartBaseline,
    Values,
    XmrChart,
    baseline_problem,
    chart,
)
from playbook.analysis.pilot.designs import Design
from playbook.analysis.pilot.lot import Start
from playbook.analysis.pilot.promise import PilotPromise
from playbook.analysis.pilot.told import (
    BY_LOT,
    Answers,
    Rows,
    SealedLot,
    day_in,
    design_of,
    lacking,
    lot_of,
    names_in,
    number_in,
    plain,
)
from playbook.model import Value
from playbook.model.results import Keeping
from playbook.worksheet.time_series import WEEK, TimeSeries, monday_of

ASKED_ONCE = ("chart_rules", "screening")
TABLES = ("measures", "figures", "promise", "lots", "groups", "baselines")
"""What of the sheet a pilot is put together from."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted each week; `better` is "higher", "lower" or not said, `counted` "groups" or
    "whole", by whose figures there are."""

    id: str
    name: str
    unit: str = ""
    better: str = ""
    role: str = ""
    counted: str = ""
    target: float | None = None
    before: tuple[date | None, date | None] = (None, None)
    """The first and the last day of its baseline, where somebody set them."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The figures of a measure, of one `group` or of the whole pilot ("" then), in `field`.

    `values` has one for each week from the Monday `first` on, None where there is none: the mean
    where a week has several.
    """

    field: str
    measure: Measure
    group: str
    first: date
    values: tuple[float | None, ...]

    def place(self, day: date) -> int:
        """How many weeks after the first one the week of `day` is; negative before it."""
        return (monday_of(day) - self.first) // WEEK

    def monday(self, place: int) -> date:
        """The Monday of the week at a place."""
        return self.first + place * WEEK

    @property
    def last(self) -> date:
        """The Monday of the last week with a figure."""
        return self.monday(len(self.values) - 1)

    @property
    def gaps(self) -> int:
        """Weeks without a figure between the first and the last."""
        return self.values.count(None)


@dataclass(frozen=True, slots=True)
class NewBaseline:
    """A row that asks for a new baseline, and what it lacks; `lacks` is empty where it holds."""

    row: str
    baseline: ChartBaseline
    lacks: str


@dataclass(frozen=True, slots=True)
class WeeklyChart:
    """The chart of one measure and group, and the new baselines that were asked for."""

    weeks: Weeks
    chart: XmrChart
    asked: tuple[NewBaseline, ...]


@dataclass(frozen=True)
class Pilot(Keeping):
    """What the sheet says, put together; `rows` by table, `begins` where the promise has no day."""

    answers: Answers
    rows: Mapping[str, Rows]
    begins: date | None = None
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def measures(self) -> dict[str, Measure]:
        """Those that have a name, by their row."""
        named = ((row, it) for row, it in self.rows.get("measures", ()) if it.get("measure"))
        return {row: _measure(row, it) for row, it in named}

    @cached_property
    def weeks(self) -> tuple[Weeks, ...]:
        """All figures: each measure's own, then those of its groups."""
        return tuple(self._weeks())

    def _weeks(self) -> Iterator[Weeks]:
        groups: dict[str, list[Weeks]] = {}
        for row, it in self.rows.get("figures", ()):
            of = self.measures.get(str(it.get("of", "")))
            told = weekly_of(it.get("group_data"))
            if of and told and it.get("group"):
                one = Weeks(f"figures/{row}/group_data", of, str(it["group"]), *told)
                groups.setdefault(of.id, []).append(one)
        for row, it in self.rows.get("measures", ()):
            if row in self.measures and (told := weekly_of(it.get("data"))):
                yield Weeks(f"measures/{row}/data", self.measures[row], "", *told)
            yield from groups.get(row, ())

    @cached_property
    def promised(self) -> Answers:
        """The row of the promise; empty while nobody began it."""
        return next((it for _, it in self.rows.get("promise", ()) if it), {})

    @property
    def sealed(self) -> date | None:
        """When the promise was sealed."""
        return day_in(self.promised, "sealed_on")

    @property
    def pilot_from(self) -> date | None:
        """The first day of the pilot: as promised, else as decided before."""
        return day_in(self.promised, "pilot_from") or self.begins

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The groups that take part, by the promise; each once."""
        return names_in(self.promised.get("groups_named"))

    @cached_property
    def lacking(self) -> tuple[str, ...]:
        """The questions of the promise that are still open, in their order."""
        return lacking(self.promised)

    @cached_property
    def design(self) -> Design | None:
        """The design as promised; None while it isn't said, or can't be."""
        return design_of(self.promised)

    @cached_property
    def lot(self) -> SealedLot | None:
        """The lot that was prepared or drawn; None before."""
        rows = (it for _, it in self.rows.get("lots", ()))
        return next((lot_of(it) for it in rows if it.get("seed") or it.get("seed_told")), None)

    @property
    def starts(self) -> dict[str, Start]:
        """The start of each group; empty while nobody has drawn, or no group is named."""
        design = str(self.promised.get("design", ""))
        if design in BY_LOT:
            return self.lot.drawing.starts if self.lot and self.lot.drawing else {}
        told = self.design.starts if self.design else ()
        return dict(zip(self.groups, told, strict=False))

    @cached_property
    def charts(self) -> tuple[WeeklyChart, ...]:
        """The chart of all weeks that there are."""
        return tuple(self._chart(weeks) for weeks in self.weeks)

    def whole(self, measure: str) -> WeeklyChart | None:
        """The chart of the whole pilot: its own figures, else the mean of its groups in the weeks
        in which all of them have one; None where there are none."""
        found = [it for it in self.charts if it.weeks.measure.id == measure]
        own = next((it for it in found if not it.weeks.group), None)
        if own or not found:
            return own
        groups = [it.weeks for it in found]
        first, last = max(it.first for it in groups), min(it.last for it in groups)
        count = max((last - first) // WEEK + 1, 0)
        told = [[_at(it, first + n * WEEK) for it in groups] for n in range(count)]
        values = tuple(_mean(week) for week in told)
        return self._chart(Weeks(groups[0].field, groups[0].measure, "", first, values))

    def series(self, measure: str) -> dict[str, Values]:
        """The figures of each group of a measure, all for the same weeks; of the whole pilot under
        "" where no group has any."""
        found = [it for it in self.weeks if it.measure.id == measure]
        own = [it for it in found if it.group] or found
        if not own:
            return {}
        first, last = min(it.first for it in own), max(it.last for it in own)
        count = (last - first) // WEEK + 1
        told: dict[str, Values] = {}
        for it in own:  # of two rows for one group the first counts
            told.setdefault(it.group, [_at(it, first + n * WEEK) for n in range(count)])
        return told

    @cached_property
    def twice(self) -> tuple[str, ...]:
        """Groups with two rows of figures for one measure, each once."""
        seen, found = set[tuple[str, str]](), dict[str, None]()
        for it in self.weeks:
            key = (it.measure.id, plain(it.group))
            if key in seen:
                found.setdefault(it.group)
            seen.add(key)
        return tuple(found)

    def first_week(self, measure: str) -> date | None:
        """The Monday of the first week in `series`."""
        return min((it.first for it in self.weeks if it.measure.id == measure), default=None)

    def promise(self, alpha: float) -> PilotPromise | None:
        """What would convince us, with `alpha` false alarms; None while something of it is open.

        InputError where its days or sizes contradict each other.
        """
        said, design = self.promised, self.design
        days = [day_in(said, name) for name in ("pilot_from", "pilot_until", "opens_on")]
        sizes = [number_in(said, name) for name in ("smallest", "scale_at", "stop_below")]
        measure = self.measures.get(str(said.get("primary", "")))
        if self.lacking or design is None or measure is None or None in (*days, *sizes):
            return None
        begin, end, opens = (day for day in days if day)
        smallest, scale, stop = (size for size in sizes if size is not None)
        first = self.first_week(measure.id)
        before = first if first and first < begin else begin - LEAST_BASELINE * WEEK
        return PilotPromise(
            metric=measure.name,
            direction="down" if said.get("direction") == "down" else "up",
            smallest=smallest,
            design=design,
            starts=self.starts,
            baseline_from=before,
            pilot_from=begin,
            pilot_until=end,
            opens_on=opens,
            opener=str(said["opener"]),
            scale_at=scale,
            stop_below=stop,
            alpha=alpha,
            unit=measure.unit,
        )

    def _chart(self, weeks: Weeks) -> WeeklyChart:
        first, count = self._baseline(weeks)
        told = [ChartBaseline(first, count)]
        rules = str(self.answers.get("chart_rules", "wheeler"))
        screened = self.answers.get("screening") == "yes"
        made, asked = _charted(weeks.values, tuple(told), rules, screened), []
        for row, new in sorted(self._new(weeks), key=lambda it: it[1].first):
            lacks = baseline_problem(made, new) or ""
            asked.append(NewBaseline(row, new, lacks))
            if not lacks:
                told.append(new)
                made = _charted(weeks.values, tuple(told), rules, screened)
        return WeeklyChart(weeks, made, tuple(asked))

    def _baseline(self, weeks: Weeks) -> tuple[int, int]:
        """Place and length of the baseline: all weeks before the pilot, where nobody set others."""
        start, end = weeks.measure.before
        until = weeks.place(end) + 1 if end else None
        if until is None:
            until = weeks.place(self.pilot_from) if self.pilot_from else len(weeks.values)
        first = min(max(weeks.place(start) if start else 0, 0), len(weeks.values))
        return first, max(min(until, len(weeks.values)) - first, 0)

    def _new(self, weeks: Weeks) -> Iterator[tuple[str, ChartBaseline]]:
        for row, it in self.rows.get("baselines", ()):
            day = day_in(it, "new_from")
            same = plain(it.get("new_group", "")) == plain(weeks.group)
            if day is None or it.get("new_of") != weeks.measure.id or not same:
                continue
            first = weeks.place(day)
            count = max(min(LEAST_BASELINE, len(weeks.values) - first), 0)
            said = (str(it.get(name, "")) for name in ("new_who", "new_why", "new_despite"))
            yield row, ChartBaseline(first, count, *said)


def _measure(row: str, it: Answers) -> Measure:
    told = {one: str(it.get(one, "")) for one in ("unit", "better", "role", "counted")}
    before = (day_in(it, "baseline_from"), day_in(it, "baseline_until"))
    name, target = str(it.get("measure", "")), number_in(it, "target")
    return Measure(row, name, **told, target=target, before=before)


@lru_cache(maxsize=1024)
def _charted(
    values: tuple[float | None, ...], told: tuple[ChartBaseline, ...], rules: str, screened: bool
) -> XmrChart:
    """A chart is asked for by rules, views and pages; figures seldom change between two answers."""
    return chart(values, told, rules=rules, screened=screened)


@lru_cache(maxsize=1024)
def weekly_of(stored: Value | None) -> tuple[date, tuple[float | None, ...]] | None:
    """The first Monday, and a figure for each week from there on."""
    if not isinstance(stored, str) or not stored:
        return None
    told = dict(TimeSeries.from_stored(stored).weekly())
    first, last = min(told), max(told)
    count = (last - first) // WEEK + 1
    return first, tuple(told.get(first + timedelta(weeks=n)) for n in range(count))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if len(known) == len(values) else None


def _at(weeks: Weeks, monday: date) -> float | None:
    place = weeks.place(monday)
    return weeks.values[place] if 0 <= place < len(weeks.values) else None
