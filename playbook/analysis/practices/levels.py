"""Practices and their levels: which are in use, how far each is, and what is out of step.

A level runs from 1 to 5. Where none is given there is none: it is never taken for the lowest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

Answers = Mapping[str, str | tuple[str, ...]]

STARTERS = ("outcome", "question", "reflect")
PROVOKE = ("question", "contexts", "friction")
PROPEL = ("outcome", "action", "trajectory")
TOGETHER = ("potential", "repair", "reflect")
NINE = (*PROVOKE, *PROPEL, *TOGETHER)
"""The nine, by our placement; wording/practices.toml has it for the picture."""

OWN, PAUSED = "own", "paused"
TRIED = 2
"""The highest level that needs no example."""

TWO_LEVELS = 2
_AHEAD = {
    "busy": ("action", "reflect"),
    "talking": ("reflect", "action"),
    "abrasive": ("friction", "repair"),
    "too_nice": ("repair", "friction"),
}
"""Pairs that balance each other, and what it is called when the first is two levels ahead."""

_WITHOUT = {
    "silent": ("potential", 3, ("friction",)),
    "old_outcome": ("outcome", 4, ("question",)),
    "tourists": ("contexts", 3, ("action",)),
    "wrong_curve": ("trajectory", 4, ("question", "contexts")),
}
"""One practice from a level on, while one of the others is at 1."""

IMBALANCES = (*_AHEAD, *_WITHOUT)

SIGNS = {
    "same_answers": "contexts",
    "polite": "friction",
    "same_minded": "potential",
    "quarrels": "repair",
    "no_tests": "action",
    "flat": "trajectory",
    "small": "question",
    "repeating": "reflect",
}
"""What a group notices, and the practice it points to."""


def in_use(rows: Iterable[Answers]) -> list[Answers]:
    """The practices that don't rest, as far as it is said which of the nine they are or in which
    words they are done."""
    return [
        row
        for row in rows
        if row.get("state") != PAUSED and (row.get("which") or row.get("version"))
    ]


def names_in_use(rows: Iterable[Answers]) -> frozenset[str]:
    """Which of the nine are in use."""
    return frozenset(str(row["which"]) for row in in_use(rows) if row.get("which") in NINE)


def how_many(rows: Iterable[Answers]) -> int:
    """Practices in use: each of the nine once, and each of the group's own."""
    used = in_use(rows)
    return len(names_in_use(used)) + sum(row.get("which") not in NINE for row in used)


def most_practices(week: int, thresholds: Mapping[str, float]) -> int:
    """How many practices are enough in that week of the group."""
    if week <= thresholds["practices_first_weeks"]:
        return round(thresholds["practices_first_most"])
    if week <= thresholds["practices_middle_weeks"]:
        return round(thresholds["practices_middle_most"])
    return round(thresholds["practices_later_most"])


def level_of(row: Answers) -> int | None:
    """The level as it was given, from 1 to 5."""
    given = row.get("level")
    return int(given[1:]) if isinstance(given, str) else None


def has_fresh_example(row: Answers, today: date, days: float) -> bool:
    """Whether an example of the last `days` days, today included, stands behind the level."""
    given = row.get("level_example_on")
    if not row.get("level_example") or not isinstance(given, str):
        return False
    age = today - date.fromisoformat(given)
    return timedelta(0) <= age <= timedelta(days=days)


def counted_level(row: Answers, today: date, days: float) -> int | None:
    """The level that counts: above "Tried" only with a fresh example."""
    level = level_of(row)
    if level is None or has_fresh_example(row, today, days):
        return level
    return min(level, TRIED)


def levels(rows: Iterable[Answers], today: date, days: float) -> dict[str, int]:
    """The counted level of each of the nine in use; of two rows on one practice the lower."""
    found: dict[str, int] = {}
    for row in in_use(rows):
        level = counted_level(row, today, days)
        if row.get("which") in NINE and level is not None:
            which = str(row["which"])
            found[which] = min(level, found.get(which, level))
    return found


def imbalances(told: Mapping[str, float]) -> tuple[str, ...]:
    """What is out of step among practices that have a level; of one without nothing is said."""
    ahead = [
        name
        for name, (first, second) in _AHEAD.items()
        if first in told and second in told and told[first] >= told[second] + TWO_LEVELS
    ]
    without = [
        name
        for name, (first, least, others) in _WITHOUT.items()
        if told.get(first, 0) >= least and any(told.get(one, TRIED) <= 1 for one in others)
    ]
    return (*ahead, *without)
