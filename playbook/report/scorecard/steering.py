"""What the pilot steers by, beside the scorecard that guards: the figures of its metric tree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from playbook.analysis.pilot.told import number_in, plain
from playbook.analysis.work_system.answers import said
from playbook.assessing.workbook import Workbook
from playbook.model import Value
from playbook.report.act_gate.pilot import focus_of, pilot_in
from playbook.worksheet.time_series import TimeSeries
from playbook.worksheet.visibility import visible_rows

TREE, STEERS = "metric_tree", ("operating", "frontline")


@dataclass(frozen=True, slots=True)
class SteeringFigure:
    """A measure of the tree: where it stood, where it should be, and its latest figure with its
    day; None where nobody said it."""

    name: str
    unit: str
    baseline: float | None
    target: float | None
    latest: float | None
    day: date | None


def steering(workbook: Workbook) -> list[SteeringFigure]:
    """The operating measure and the daily ones, in the order of the tree. The latest figure is that
    of the pilot's weeks where they have a measure of that name, else the tree's own."""
    sheet = workbook.framework.sheets.get(TREE)
    entry = workbook.current(sheet) if sheet else None
    if entry is None:
        return []
    weekly = _weekly(workbook)
    rows = visible_rows(entry.sheet, entry.worksheet, "nodes")
    steers = (it for it in rows if said(it, "name") and said(it, "level") in STEERS)
    return [_figure(it, weekly) for it in steers]


def _figure(it: Mapping[str, Value], weekly: Mapping[str, tuple[float, date]]) -> SteeringFigure:
    name, stored = said(it, "name"), said(it, "data")
    last = TimeSeries.from_stored(stored).last if stored else None
    own = (last.value, last.date) if last else (None, None)
    told = (number_in(it, "now"), number_in(it, "target"))
    return SteeringFigure(name, said(it, "unit"), *told, *weekly.get(plain(name), own))


def _weekly(workbook: Workbook) -> dict[str, tuple[float, date]]:
    """The last figure of each measure of the whole pilot, by its plain name, and its week."""
    entry = focus_of(workbook)
    pilot = pilot_in(entry) if entry else None
    charts = [pilot.whole(row) for row in pilot.measures] if pilot else []
    return {
        plain(it.weeks.measure.name): (value, it.weeks.monday(place))
        for it in charts
        if it
        for place, value in enumerate(it.weeks.values)
        if value is not None
    }
