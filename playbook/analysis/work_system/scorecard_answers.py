"""The scorecard that somebody listed: the rows of its table, as metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playbook.analysis.work_system.answers import said
from playbook.analysis.work_system.scorecard import CATEGORIES, Direction, Metric
from playbook.model import Value
from playbook.worksheet.time_series import TimeSeries

DIRECTIONS: Mapping[str, Direction] = {"higher": "up", "lower": "down"}


@dataclass(frozen=True, slots=True)
class ScorecardLine:
    """A row with its metric; `metric` is None while it has no name or no category.

    `directed`: whether somebody said which way is better; without it nothing may be compared.
    `kept` is the level that it had reached when the pilot ended.
    """

    row: str
    name: str
    metric: Metric | None
    directed: bool
    kept: float | None
    wellbeing: bool


def lines_of(rows: Iterable[tuple[str, Mapping[str, Value]]]) -> tuple[ScorecardLine, ...]:
    """The rows that have a name, in the person's order; its latest figure is the last by date."""
    return tuple(_line(row, it) for row, it in rows if said(it, "measure"))


def _line(row: str, it: Mapping[str, Value]) -> ScorecardLine:
    name, category = said(it, "measure"), said(it, "category")
    better = said(it, "better")
    metric = None
    if category in CATEGORIES:
        stored = said(it, "data")
        last = TimeSeries.from_stored(stored).last if stored else None
        metric = Metric(
            name,
            category,
            DIRECTIONS.get(better, "up"),
            said(it, "unit"),
            baseline=_number(it, "baseline"),
            target=_number(it, "target"),
            trigger=_number(it, "trigger"),
            intervention=said(it, "intervention"),
            owner=said(it, "owner"),
            latest=last.value if last else None,
            day=last.date if last else None,
        )
    marked = category == "people" and said(it, "people_like") == "wellbeing"
    return ScorecardLine(row, name, metric, bool(better), _number(it, "kept_level"), marked)


def _number(it: Mapping[str, Value], question: str) -> float | None:
    text = said(it, question)
    return float(text) if text else None
