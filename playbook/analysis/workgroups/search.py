"""The search for groups: simulated annealing, begun several times, then every exchange that pays.

Its budget is a number of steps, so that the same seed finds the same groups on every machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, TypeVar

import numpy as np

from playbook.analysis.workgroups import loops
from playbook.analysis.workgroups.compiled import COMPILER
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.loops import BEST_BROKEN, BEST_VALUE, Fixed, Moving
from playbook.analysis.workgroups.plan import SearchProgress, Watch

_NEVER = 2**60

T = TypeVar("T", bound=tuple[Any, ...])

STAGES = 48
"""Temperatures of one annealing, from hot to cold."""

UNCOMPILED_STEPS = 200_000
"""So many take a second or two without numba; with more it is waited for."""

_WAIT_SECONDS = 0.1
_PAIR = 2


@dataclass(frozen=True)
class Schedule:
    """How many annealings of how many steps each, between which temperatures (in units), and what
    a broken rule costs."""

    runs: int
    steps: int
    hot: int
    cold: int
    price: int

    def temperatures(self) -> Iterator[int]:
        """From hot to cold, each by the same share lower."""
        for stage in range(STAGES):
            share = stage / (STAGES - 1)
            yield max(1, round(self.hot * (self.cold / self.hot) ** share))


@dataclass
class Found:
    """The best groups of a search, in its order: by how far they break rules, and their value in
    units. `ended`: somebody ended it early."""

    label: list[int]
    broken: int
    value: int
    steps: int = 0
    ended: bool = False


def search(
    instance: Instance,
    schedule: Schedule,
    seed: int,
    *,
    enough: int,
    watch: Watch | None = None,
    start: Sequence[int] | None = None,
) -> Found:
    """The best groups of all annealings, the first of which begins with `start`; nobody's where
    chance found no room for those who are together.

    It ends early with groups that keep all rules and have the value `enough`: none are better.
    """
    running = _Search(instance, schedule, enough)
    for share in chain(_compiling(schedule), running.run(seed, start)):
        if watch and watch(running.progress(share)):
            running.ended = True
            break
    found = running.best or Found([], _NEVER, 0)
    found.steps, found.ended = running.steps, running.ended
    return found


def _compiling(schedule: Schedule) -> Iterator[float]:
    """Wait for compiled loops where they are worth it."""
    if schedule.runs * schedule.steps > UNCOMPILED_STEPS:
        COMPILER.begin()
        while COMPILER.working(_WAIT_SECONDS):
            yield 0.0


class _Search:
    """Annealing after annealing; `best` is what they have found so far."""

    def __init__(self, instance: Instance, schedule: Schedule, enough: int) -> None:
        self._instance = instance
        self._schedule = schedule
        self._enough = enough
        self.best: Found | None = None
        self.steps = 0
        self.ended = False

    def run(self, seed: int, start: Sequence[int] | None) -> Iterator[float]:
        """Search; now and then, the share of it that is done."""
        for number in range(self._schedule.runs):
            own = seed * 1_000_003 + number
            label = start if start and number == 0 else self._instance.started(own) or start
            if label is None:
                continue
            moving = self._instance.moving(label, own)
            yield from self._anneal(moving, number)
            if self._done():
                return
            best = self._instance.moving(moving.best.tolist(), own)
            self.steps += self._call("climb", best, self._schedule.price)
            self._keep(best)
            if self._done():
                return

    def progress(self, share: float) -> SearchProgress:
        """What whoever watches is told."""
        known = self.best if self.best and self.best.broken == 0 else None
        unit = self._instance.differences.unit
        return SearchProgress(share, known.value / unit if known else None)

    def _anneal(self, moving: Moving, number: int) -> Iterator[float]:
        if self._instance.fixed.movable < _PAIR:  # all but one have a fixed seat
            self._keep(moving)
            return
        each = max(1, self._schedule.steps // STAGES)
        for stage, temperature in enumerate(self._schedule.temperatures()):
            self._call("anneal", moving, each, temperature, self._schedule.price)
            self.steps += each
            self._keep(moving)
            if self._done():
                return
            yield (number + (stage + 1) / STAGES) / self._schedule.runs

    def _keep(self, moving: Moving) -> None:
        broken, value = int(moving.state[BEST_BROKEN]), int(moving.state[BEST_VALUE])
        if self.best is None or (broken, -value) < (self.best.broken, -self.best.value):
            self.best = Found(moving.best.tolist(), broken, value)

    def _done(self) -> bool:
        return bool(self.best and self.best.broken == 0 and self.best.value >= self._enough)

    def _call(self, loop: str, moving: Moving, *settings: int) -> int:
        """Run a loop: compiled if that is ready, else as it stands, on lists, which are quicker."""
        compiled = COMPILER.ready()
        if compiled is not None:
            return int(getattr(compiled, loop)(self._instance.fixed, moving, *settings) or 0)
        lists = as_lists(moving)
        result = getattr(loops, loop)(self._lists, lists, *settings)
        for part, changed in zip(moving, lists, strict=True):
            part[:] = changed
        return int(result or 0)

    @cached_property
    def _lists(self) -> Fixed:
        return as_lists(self._instance.fixed)


def as_lists(arrays: T) -> T:
    """A tuple of arrays as one of lists, whatever else is in it as it is."""
    made = (it.tolist() if isinstance(it, np.ndarray) else it for it in arrays)
    return type(arrays)(*made)
