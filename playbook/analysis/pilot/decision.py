"""Two levels of success, kept apart, and what the sealed rule says to a verdict.

The first level is the leaders': was the pilot launched, staffed and left to run? The second is the
metric's. Neither stands for the other: a pilot that nobody let run has shown nothing, and one that
ran well may have moved nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from playbook.analysis.pilot.promise import PilotPromise

if TYPE_CHECKING:
    from playbook.analysis.pilot.verdicts import PilotVerdict

Moved = Literal["as wished", "the other way", "not shown", "not known"]
Says = Literal["scale", "continue", "stop"]
Both = Literal["both", "launch alone", "metric alone", "neither", "open"]


@dataclass(frozen=True, slots=True)
class Success:
    """The two levels; `launched` is None while something of it is not said."""

    launched: bool | None
    moved: Moved

    @property
    def both(self) -> Both:
        """Which of the four fields it is; "open" where one of the levels is not known."""
        if self.launched is None or self.moved == "not known":
            return "open"
        places: dict[tuple[bool, bool], Both] = {
            (True, True): "both",
            (True, False): "launch alone",
            (False, True): "metric alone",
            (False, False): "neither",
        }
        return places[self.launched, self.moved == "as wished"]


def launched(said: Sequence[bool | None]) -> bool | None:
    """Whether it was launched, staffed and left to run: no if one is no, open if one isn't said."""
    if False in said:
        return False
    return None if None in said or not said else True


def moved(promise: PilotPromise, verdict: PilotVerdict) -> Moved:
    """Whether the metric did, as far as the verdict tells."""
    if verdict.outcome == "none possible" or verdict.estimate is None:
        return "not known"
    if verdict.outcome == "no more than luck":
        return "not shown"
    return "as wished" if _wished(promise, verdict.estimate) > 0 else "the other way"


def sealed_rule(promise: PilotPromise, verdict: PilotVerdict) -> Says | None:
    """What was sealed says to this verdict; None where no verdict is possible.

    Stop where the metric moved the other way, or its range has no change left that is worth it;
    scale where it moved as wished and far enough; else continue: it is not known yet.
    """
    if verdict.outcome == "none possible" or verdict.estimate is None:
        return None
    went = moved(promise, verdict)
    ends = [_wished(promise, end) for end in (verdict.low, verdict.high) if end is not None]
    if went == "the other way" or (ends and max(ends) < promise.stop_below):
        return "stop"
    far_enough = _wished(promise, verdict.estimate) >= promise.scale_at
    return "scale" if went == "as wished" and far_enough else "continue"


def _wished(promise: PilotPromise, change: float) -> float:
    """A change as a size in the direction that was chosen."""
    return change if promise.direction == "up" else -change
