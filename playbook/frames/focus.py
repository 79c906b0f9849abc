"""The focus sheet's answers as frames: weeks, charts, the promise, its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from playbook.analysis.pilot.pilot_shows import PilotResult, luck_of, result_of
from playbook.analysis.pilot.record import Pilot, WeeklyChart
from playbook.analysis.pilot.told import plain
from playbook.frames.pilot import PilotDesign
from playbook.framework import load_framework
from playbook.model import InputError
from playbook.report.focus.shared import alpha_of, pilot_in
from playbook.worksheet.parse import read_worksheet
from playbook.worksheet.time_series import TimeSeries

SHEET = "focus"


class PilotEvidence:
    """A pilot as its focus sheet tells it: the weeks that were entered, and what they show.

    Examples
    --------
    >>> from playbook.frames import PilotEvidence, open_example
    >>> pilot = PilotEvidence.from_workbook(open_example())
    >>> pilot.weeks.shape, pilot.weeks["group"].nunique()
    ((325, 3), 5)
    >>> pilot.charts["signals"].sum(), int(pilot.luck["charts"])
    (np.int64(9), 13)
    >>> pilot.verdict["outcome"], round(pilot.verdict["p"], 3)
    ('more than luck', 0.042)
    >>> pilot.deviations.empty
    True
    """

    def __init__(self, pilot: Pilot, alpha: float) -> None:
        """Use `from_workbook`; `alpha` are the false alarms that the promise allows."""
        self._pilot, self._alpha = pilot, alpha

    @classmethod
    def from_workbook(cls, answers: pd.DataFrame, worksheet: str | None = None) -> PilotEvidence:
        """The pilot of a worksheet, from the answers that `open_workbook` or `open_example` gives.

        `worksheet` is its id in the index; the first focus sheet there when left out, which is the
        one last changed. InputError when there is none.
        """
        mine = answers[answers["sheet"] == SHEET]
        if worksheet is not None:
            mine = mine[mine.index == worksheet]
        if mine.empty:
            raise InputError("There is no focus sheet among these answers.")
        framework = load_framework()
        given = given_answers(mine.loc[[mine.index[0]]])
        sheet = framework.sheets[SHEET]
        pilot = pilot_in(sheet, read_worksheet(sheet, given, framework.words))
        return cls(pilot, alpha_of(pilot, framework.threshold_values))

    @property
    def weeks(self) -> pd.DataFrame:
        """A line for each measure, group and week: `measure`, `group` ("" for the whole pilot) and
        `value`, by the week's Monday. A week without a figure is NaN, never 0."""
        lines = [
            (it.monday(place), it.measure.name, it.group, value)
            for it in self._pilot.weeks
            for place, value in enumerate(it.values)
        ]
        frame = pd.DataFrame(lines, columns=["week", "measure", "group", "value"])
        frame["week"] = pd.to_datetime(frame["week"])
        return frame.set_index("week").astype({"value": float})

    @property
    def charts(self) -> pd.DataFrame:
        """A line for each chart: `measure`, `group`, `mean`, `lower`, `upper` (NaN where there is
        no usual range), `points` of its baseline, `provisional`, and whether it `signals`."""
        return pd.DataFrame([_chart(it) for it in self._pilot.charts], columns=_COLUMNS)

    @property
    def luck(self) -> pd.Series:
        """Of how many `charts` so many have `signalled`; by luck alone `expected` would. `as_many`
        is how likely luck alone brings as many or more, were the charts unrelated."""
        found = luck_of(self._pilot.charts)
        names = ("charts", "signalled", "expected", "as_many")
        return pd.Series({name: getattr(found, name) for name in names})

    def wide(self, measure: str) -> pd.DataFrame:
        """The weeks of a measure, by its name: a row a week and a column a group, as `PilotDesign`
        takes them."""
        return pd.DataFrame(
            self._series(measure),
            index=pd.date_range(self._first(measure), periods=self._count(measure), freq="7D"),
            dtype=float,
        )

    def design(self) -> PilotDesign:
        """The promised design, to try another number of weeks or to draw; InputError while it is
        open, or where nothing is drawn."""
        design = self._pilot.design
        if design is None or not design.by_lot or not self._pilot.groups:
            raise InputError("The promise has no design by lot with its groups yet.")
        return PilotDesign(self._pilot.groups, design.starts)

    @property
    def verdict(self) -> pd.Series:
        """What the sealed promise comes to: `outcome`, `why` not, `p`, `floor`, `estimate`, `low`,
        `high`, in the measure's unit. It says whether, never why. InputError while it is open."""
        found = self._result().verdict
        names = ("outcome", "why", "p", "floor", "estimate", "low", "high")
        return pd.Series({name: getattr(found, name) for name in names})

    @property
    def deviations(self) -> pd.DataFrame:
        """What is not as sealed: `kind`, `what`, `sealed`, `now`; empty where nothing differs."""
        found = self._result().deviations
        lines = [(it.kind, it.what, it.sealed, it.now) for it in found]
        return pd.DataFrame(lines, columns=["kind", "what", "sealed", "now"], dtype=object)

    def _result(self) -> PilotResult:
        found = result_of(self._pilot, self._alpha)
        if found is None:
            raise InputError("What would convince you is not complete yet, so there is no verdict.")
        return found

    def _series(self, measure: str) -> dict[str, list[float | None]]:
        return {group: list(it) for group, it in self._pilot.series(self._id(measure)).items()}

    def _id(self, measure: str) -> str:
        for row, it in self._pilot.measures.items():
            if plain(it.name) == plain(measure):
                return row
        raise InputError(f"There is no measure {measure!r} on this sheet.")

    def _first(self, measure: str) -> pd.Timestamp:
        first = self._pilot.first_week(self._id(measure))
        if first is None:
            raise InputError(f"There are no weekly figures of {measure!r}.")
        return pd.Timestamp(first)

    def _count(self, measure: str) -> int:
        return max(len(it) for it in self._series(measure).values())

    def __repr__(self) -> str:
        measures, charts = len(self._pilot.measures), len(self._pilot.charts)
        return f"<PilotEvidence: {measures} measures, {charts} charts>"


_COLUMNS = [
    "measure", "group", "mean", "lower", "upper", "points", "provisional", "signals",
]  # fmt: skip


def _chart(it: WeeklyChart) -> dict[str, Any]:
    limits = it.chart.present.limits
    told = {"measure": it.weeks.measure.name, "group": it.weeks.group}
    ends: dict[str, Any] = dict.fromkeys(("mean", "lower", "upper"))
    if limits:
        ends = {name: getattr(limits, name) for name in ends}
    points = limits.points if limits else 0
    provisional = limits is None or limits.provisional
    return (
        told
        | ends
        | {
            "points": points,
            "provisional": provisional,
            "signals": it.chart.signalled,
        }
    )


def given_answers(lines: pd.DataFrame) -> dict[str, Any]:
    """The answers of one worksheet as a file would have them."""
    given: dict[str, Any] = {}
    rows: dict[str, dict[str, dict[str, Any]]] = {}
    for line in lines.itertuples():
        value = _plain(line.value)
        if not isinstance(line.row, str):
            given[line.question] = value
            continue
        table, _, row = line.row.partition("/")
        rows.setdefault(table, {}).setdefault(row, {"id": row})[line.question] = value
    tables: Mapping[str, list[Any]] = {table: list(found.values()) for table, found in rows.items()}
    return given | dict(tables)


def _plain(value: Any) -> Any:
    if isinstance(value, TimeSeries):
        return value.stored()
    return list(value) if isinstance(value, tuple) else value
