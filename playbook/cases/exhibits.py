"""An exhibit as it is shown: points by series, each with how sure it is."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict

from playbook.framework import Framework
from playbook.model.case import CaseStudy, Exhibit, ExhibitPoint


class ShownPoint(TypedDict):
    """A figure of one year, with how sure it is: a shape (`mark`) and a word (`sure`)."""

    year: int
    value: float
    mark: str
    sure: str


class ShownSeries(TypedDict):
    """Figures of one kind by year, in `unit`; `n` of them."""

    name: str
    unit: str
    n: int
    points: list[ShownPoint]


class ShownExhibit(TypedDict):
    """Figures to look at. `in_common` are the years that all series have; `never`: it shows how
    not to do it. `question` stands under it."""

    id: str
    title: str
    question: str
    note: str
    never: bool
    n: int
    in_common: list[int]
    series: list[ShownSeries]


def shown(case: CaseStudy, exhibit: Exhibit, framework: Framework) -> ShownExhibit:
    """The exhibit with each series' points in the order of their years."""
    points = exhibit.points
    names = dict.fromkeys((point.series, point.unit) for point in points)
    series: list[ShownSeries] = []
    for name, unit in names:
        own = sorted((it for it in points if it.series == name), key=lambda it: it.year)
        drawn = [_point(case, point, framework) for point in own]
        series.append({"name": name, "unit": unit, "n": len(drawn), "points": drawn})
    return {
        "id": exhibit.id,
        "title": exhibit.title,
        "question": exhibit.question,
        "note": exhibit.note,
        "never": exhibit.never,
        "n": len(points),
        "in_common": in_common(points),
        "series": series,
    }


def in_common(points: Collection[ExhibitPoint]) -> list[int]:
    """The years that every series of `points` has a figure for, in order."""
    years: dict[str, set[int]] = {}
    for point in points:
        years.setdefault(point.series, set()).add(point.year)
    return sorted(set.intersection(*years.values())) if years else []


def _point(case: CaseStudy, point: ExhibitPoint, framework: Framework) -> ShownPoint:
    sure = case.fact(point.fact).sure
    return {
        "year": point.year,
        "value": point.value,
        "mark": framework.words.text(f"cases.mark.{sure}"),
        "sure": framework.words.text(f"cases.sure.{sure}"),
    }
