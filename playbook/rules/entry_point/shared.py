"""What the entry point's rules share: the seven factors, the map, and short ways to tell things."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.model import Value
from playbook.rules import Case

FACTORS: Mapping[str, tuple[str, ...]] = {
    "unit": ("ENT-20", "ENT-21", "ENT-22", "ENT-23", "ENT-24", "ENT-25"),
    "contained": ("ENT-26", "ENT-27", "ENT-28"),
    "supervisors": ("ENT-29", "ENT-30", "ENT-31"),
    "groups": ("ENT-32", "ENT-33", "ENT-34"),
    "leadership": ("ENT-35", "ENT-36", "ENT-37", "X-24"),
    "workers": ("ENT-38", "ENT-39", "ENT-40"),
    "edge": ("ENT-41", "ENT-42", "ENT-43", "ENT-44", "ENT-45", "ENT-46"),
}
"""The seven factors (N-23), and the rows whose findings carry their arrows."""

SOMEWHAT = ("yes", "partly")
ANSWERED = (*SOMEWHAT, "no")
PERCENT = 100


def unsaid(case: Case, questions: Iterable[str]) -> tuple[str, ...]:
    """Those of `questions` that are asked and have no answer."""
    return tuple(q for q in questions if q in case.asked and q not in case.answers)


def in_quotes(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


QUADRANTS = {
    (True, True): "start",
    (True, False): "mitigate",
    (False, True): "dismissed",
    (False, False): "leave",
}
"""By high impact and high likelihood."""


def is_high(point: int, points: int) -> bool:
    return 2 * point >= points


def point_of(case: Case, row: Mapping[str, Value], question: str) -> int | None:
    """The point that a row was given on a scale."""
    value = row.get(question)
    return case.scales[question].index(value) if isinstance(value, str) else None


def quadrant(case: Case, row: Mapping[str, Value]) -> str | None:
    """Where on the map a row is; None while it is off the map or not placed."""
    impact, likelihood = point_of(case, row, "impact"), point_of(case, row, "likelihood")
    if row.get("free") == "no" or impact is None or likelihood is None:
        return None
    points = len(case.scales["impact"]), len(case.scales["likelihood"])
    return QUADRANTS[is_high(impact, points[0]), is_high(likelihood, points[1])]
