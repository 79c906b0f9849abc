"""Work as it flows: steps in lanes, how much of the time is work, where it waits and goes wrong.

Times are in whatever one unit the steps are given in; shares are from 0 to 1; None is not known.
A figure that needs something nobody said is None, and never a guess.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import fsum, prod

from playbook.model import InputError


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of the work, in the order in which a case goes through.

    `touch`: the time that somebody works on a case, `wait`: the time that it lies before that;
    `errors`: the share of cases that leave with an error, `exceptions`: the share that can't go
    the usual way; `people`: how many do this step.
    """

    name: str
    lane: str = ""
    touch: float | None = None
    wait: float | None = None
    errors: float | None = None
    exceptions: float | None = None
    people: int | None = None

    def __post_init__(self) -> None:
        for name, value in (("touch time", self.touch), ("waiting time", self.wait)):
            if value is not None and not value >= 0:
                raise InputError(f"The {name} of {self.name!r} is 0 or more; not {value!r}.")
        for name, share in (("errors", self.errors), ("exceptions", self.exceptions)):
            if share is not None and not 0 <= share <= 1:
                raise InputError(f"The {name} of {self.name!r} are from 0 to 1; not {share!r}.")
        if self.people is not None and self.people < 1:
            raise InputError(f"{self.name!r} needs 1 person or more; not {self.people!r}.")


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """The step that limits how much work can go through, by its place; `most` cases a time unit,
    and `load`, how much of that is used by what comes in, None where nobody said how much does."""

    step: int
    most: float
    load: float | None


@dataclass(frozen=True)
class Flow:
    """A line of steps; `arrivals`: cases a time unit that come in."""

    steps: tuple[FlowStep, ...]
    arrivals: float | None = None

    def __post_init__(self) -> None:
        if self.arrivals is not None and not self.arrivals > 0:
            raise InputError(f"Cases that come in are more than 0; not {self.arrivals!r}.")

    @property
    def touch(self) -> float | None:
        """The time of work on a case; None while a step's is not known."""
        return _total([step.touch for step in self.steps])

    @property
    def wait(self) -> float | None:
        """The time that a case lies somewhere."""
        return _total([step.wait for step in self.steps])

    @property
    def lead_time(self) -> float | None:
        """From the first step's wait to the end of the last."""
        return _total([self.touch, self.wait])

    @property
    def efficiency(self) -> float | None:
        """The share of its time in which somebody works on a case."""
        return self.touch / self.lead_time if self.touch is not None and self.lead_time else None

    @property
    def longest_wait(self) -> int | None:
        """The place of the step before which a case lies longest; None while none is known."""
        waits = [(step.wait, -at) for at, step in enumerate(self.steps) if step.wait]
        return -max(waits)[1] if waits else None

    @property
    def handoffs(self) -> tuple[int, ...]:
        """The places of steps that get a case from another lane; a step without one is no lane."""
        placed = [(at, step.lane) for at, step in enumerate(self.steps) if step.lane]
        return tuple(at for (_, before), (at, lane) in pairwise(placed) if lane != before)

    @property
    def first_time_right(self) -> float | None:
        """The share of cases that pass every step without an error (rolled throughput yield)."""
        errors = [step.errors for step in self.steps]
        known = [share for share in errors if share is not None]
        return prod(1 - share for share in known) if errors and len(known) == len(errors) else None

    @property
    def unusual(self) -> float | None:
        """The share of cases that leave the usual way at some step, were steps unrelated."""
        shares = [step.exceptions for step in self.steps]
        known = [share for share in shares if share is not None]
        return 1 - prod(1 - it for it in known) if shares and len(known) == len(shares) else None

    @property
    def bottleneck(self) -> Bottleneck | None:
        """The first step with the least room; None while a touch time or a number is missing.

        With errors repeated at the step, as the simulation has it, a case takes
        touch / (1 - errors) there; unknown errors count as none.
        """
        rooms = [_room(step) for step in self.steps]
        known = [room for room in rooms if room is not None]
        if not known or len(known) < len(rooms):
            return None
        most = min(known)
        load = None if self.arrivals is None else self.arrivals / most if most else float("inf")
        return None if most == float("inf") else Bottleneck(rooms.index(most), most, load)

    @property
    def in_progress(self) -> float | None:
        """The cases under way on average, by Little's law."""
        return little(through=self.arrivals, lead_time=self.lead_time)


def little(
    *,
    through: float | None = None,
    lead_time: float | None = None,
    in_progress: float | None = None,
) -> float | None:
    """Little's law, cases under way = cases through × lead time: the one of the three that is not
    given; None unless two are, or where it would divide by nothing."""
    if [through, lead_time, in_progress].count(None) != 1:
        return None
    if through is not None and lead_time is not None:
        return through * lead_time
    assert in_progress is not None
    other = through if through is not None else lead_time
    return in_progress / other if other else None


def _total(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fsum(known) if values and len(known) == len(values) else None


def _room(step: FlowStep) -> float | None:
    """How many cases a time unit a step can take; without end where it takes no time."""
    if step.touch is None or step.people is None:
        return None
    right = 1 - (step.errors or 0.0)
    return step.people * right / step.touch if step.touch else float("inf")
