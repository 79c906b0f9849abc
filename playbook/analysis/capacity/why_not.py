"""Why not more: what keeps volunteers from being freed, as ids; report.capacity has the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    """

    stuck: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    fixed: tuple[str, ...] = ()
    unskilled: tuple[str, ...] = ()
    hours: float = 0.0
    skills: tuple[str, ...] = ()


@lru_cache(maxsize=32)
def why_not(team: Workload, floor: float) -> Shortfall:
    """What keeps the volunteers of a team from being freed for the share `floor`."""
    if allocate(team, floor).freed == team.volunteers:
        return Shortfall()
    program = AllocationProgram(team, floor)
    stuck = program.stuck
    tasks = [task for one in stuck for task in program.stays_with(one)]
    missing = _missing(program, stuck)
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
    )


def _missing(program: AllocationProgram, stuck: tuple[Worker, ...]) -> float:
    """Hours a week that those who stay lack to free all volunteers but the stuck ones."""
    freed = [0 if one in stuck else one.people for one in program.volunteers]
    answer = program.solve(Costs(beyond=1.0), freed=freed, beyond=True)
    return round(answer.cost, DIGITS) if answer else 0.0


def _ids(tasks: Iterable[Task]) -> tuple[str, ...]:
    return tuple(task.id for task in tasks)
