"""Why not more: what keeps volunteers from being freed, as ids; report.capacity has the words."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from playbook.analysis.capacity.allocation import DIGITS, allocate
from playbook.analysis.capacity.program import AllocationProgram, Costs
from playbook.analysis.capacity.workload import Task, Worker, Workload

NOTHING = 0.01
"""Hours a week that nobody would miss: figures are told to hundredths."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What binds. Nothing is named where everybody who volunteers can be freed.

    `stuck` are rows of volunteers who keep too much however many hours others have, because of
    tasks that are `kept`, `fixed`, or `unskilled`: nobody who stays can do those. To free all the
    others, those who stay lack `hours` a week; `skills` are those of which too few have them.

    What can be reached now, in whole per cent of their own hours, rounded down: `alone` by the
    stuck ones, the least and the most of them, with all the time that others could give;
    `together` by all the others at once, without those hours.
    """

    stuck: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    unskilled: tuple[str, ...] = ()
    hours: float = 0.0
    skills: tuple[str, ...] = ()
    alone: tuple[int, int] = (0, 0)
    together: int = 0


@lru_cache(maxsize=32)
def why_not(team: Workload, floor: float) -> Shortfall:
    """What keeps the volunteers of a team from being freed for the share `floor`."""
    if allocate(team, floor).freed == team.volunteers:
        return Shortfall()
    program = AllocationProgram(team, floor)
    stuck = program.stuck
    tasks = [task for one in stuck for task in program.stays_with(one)]
    missing = _missing(program, stuck)
    alone = [_whole_percent(program, one) for one in stuck] or [0]
    skills = {task.skill for task in team.tasks if task.skill and task.moves}
    return Shortfall(
        stuck=tuple(one.id for one in stuck),
        kept=_ids(task for task in tasks if not task.moves and not task.fixed),
        fixed=_ids(task for task in tasks if task.fixed),
        unskilled=_ids(task for task in tasks if task.moves),
        hours=missing,
        skills=tuple(
            skill
            for skill in sorted(skills)
            if missing - _missing(AllocationProgram(team, floor, skilled=skill), stuck) > NOTHING
        ),
        alone=(min(alone), max(alone)),
        together=_together(team, floor, stuck) if missing else 0,
    )


def _whole_percent(program: AllocationProgram, one: Worker) -> int:
    """What a volunteer can have free while others take over all that can move."""
    left = sum((task.left for task in program.stays_with(one)), Fraction())
    return max(math.floor(100 * (1 - left / one.contract)), 0)


def _together(team: Workload, floor: float, stuck: tuple[Worker, ...]) -> int:
    """The most per cent that all volunteers but the stuck ones can have free at once."""

    def reached(percent: int) -> bool:
        program = AllocationProgram(team, percent / 100)
        freed = [0 if one in stuck else one.people for one in program.volunteers]
        return program.solve(Costs(), freed=freed) is not None

    low, high = 0, math.ceil(100 * floor)  # what can't be reached is from `high` on
    while high - low > 1:
        half = (low + high) // 2
        low, high = (half, high) if reached(half) else (low, half)
    return low


def _missing(program: AllocationProgram, stuck: tuple[Worker, ...]) -> float:
    """Hours a week that those who stay lack to free all volunteers but the stuck ones."""
    freed = [0 if one in stuck else one.people for one in program.volunteers]
    answer = program.solve(Costs(beyond=1.0), freed=freed, beyond=True)
    return round(answer.cost, DIGITS) if answer else 0.0


def _ids(tasks: Iterable[Task]) -> tuple[str, ...]:
    return tuple(task.id for task in tasks)
