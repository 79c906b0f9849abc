"""Sealed predictions beside what happened: how often "80%" came true, and Brier's score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from playbook.model import InputError

LEAST_PEOPLE = 5
"""What a group predicted is told of five people or more; of fewer, only to each of them."""

ALWAYS_HALF = 0.25
"""The score of somebody who says 50% to everything."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """What somebody said before: how likely (0 to 1) something is, and whether it came true.

    `person` is a code that tells people apart; it is never shown.
    """

    person: str
    said: float
    came_true: bool

    def __post_init__(self) -> None:
        if not 0 <= self.said <= 1:
            raise InputError(f"A prediction is a share from 0 to 1, 0.8 for 80%; not {self.said}.")


@dataclass(frozen=True, slots=True)
class Band:
    """Of `times` predictions of `said` (0 to 1), so many came true."""

    said: float
    times: int
    came_true: int


@dataclass(frozen=True, slots=True)
class CalibrationRecord:
    """Bands from the least likely up; `brier` is 0 at best, 1 at worst; 0.25 needs no knowledge."""

    people: int
    predictions: int
    bands: tuple[Band, ...]
    brier: float

    @property
    def beats_half(self) -> bool:
        """Whether it is better than saying 50% to everything."""
        return self.brier < ALWAYS_HALF


def own_calibration(predictions: Iterable[Prediction]) -> CalibrationRecord | None:
    """One person's record, for their eyes alone; None without a prediction that is decided."""
    told = list(predictions)
    if len({it.person for it in told}) > 1:
        raise InputError("A record of one's own is made from the predictions of one person.")
    return _record(told)


def group_calibration(
    predictions: Iterable[Prediction], least: int = LEAST_PEOPLE
) -> CalibrationRecord | None:
    """A group's record, None below `least` people. A band that fewer of them said is left out."""
    told = list(predictions)
    if len({it.person for it in told}) < least:
        return None
    return _record(told, least)


def _record(told: list[Prediction], least: int = 1) -> CalibrationRecord | None:
    if not told:
        return None
    by_said: defaultdict[float, list[Prediction]] = defaultdict(list)
    for it in told:
        by_said[it.said].append(it)
    bands = tuple(
        Band(said, len(same), sum(it.came_true for it in same))
        for said, same in sorted(by_said.items())
        if len({it.person for it in same}) >= least
    )
    brier = sum((it.said - it.came_true) ** 2 for it in told) / len(told)
    return CalibrationRecord(len({it.person for it in told}), len(told), bands, brier)
