"""Who can be freed: the most volunteers at a share of their own hours, exactly.

Volunteers are given, never picked. Everybody who stays may take tasks over up to the hours of their
contract, if they have the skill; hours of a task may be split between people. Of all plans that
free the most volunteers, one that frees the most of their hours is taken; of those one in which
those who stay exchange the fewest hours among themselves; and of those one with the least full week
for the fullest of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from playbook.analysis.capacity.program import AllocationProgram, Costs, Solution
from playbook.analysis.capacity.workload import Task, Worker, Workload

EVENLY = 0.5
"""What a full week costs beside an hour that changes hands: too little to move one for it, because
contracts have an hour at least."""

DIGITS = 4
"""Hours are told to so many digits; the solver is exact to two more."""

TINY = 1e-7
"""Hours that are none."""

Parts = tuple[tuple[str, float], ...]
"""Tasks with hours a week of one person."""


@dataclass(frozen=True, slots=True)
class Share:
    """What the plan means for `people` of one row of persons; all hours are a week's, of each.

    `today` and `after` are the hours that tasks take. They go on with `keeps`, hand `gives` over,
    and take `takes` on. A row of whom only some are freed comes in two of these.
    """

    person: str
    people: int
    volunteer: bool
    freed: bool
    contract: float
    today: float
    after: float
    keeps: Parts
    gives: Parts = ()
    takes: Parts = ()

    @property
    def free(self) -> float:
        """The share of their own hours without tasks; below 0 where there are too many tasks."""
        return 1 - self.after / self.contract


@dataclass(frozen=True, slots=True)
class Allocation:
    """One plan that frees the most volunteers.

    `sliced` is the share of hours that everybody would have free if what remains were spread over
    all of them alike.
    """

    volunteers: int
    freed: int
    sliced: float
    shares: tuple[Share, ...]


@lru_cache(maxsize=32)
def allocate(team: Workload, floor: float) -> Allocation:
    """The plan for a team.

    `floor` is the share of their own contracted hours from which somebody counts as freed: they
    keep at most 1 - floor of them. RuntimeError where HiGHS gives up.
    """
    program = AllocationProgram(team, floor)
    most = _most(program)
    answer = _plan(program, most)
    return Allocation(team.volunteers, most, _sliced(team), _shares(program, answer))


@lru_cache(maxsize=32)
def freed_ranges(team: Workload, floor: float) -> Mapping[str, tuple[int, int]]:
    """Of each row of volunteers, how few and how many are freed in plans that free the most.

    So one sees whom a plan frees by chance: where both are the same, every best plan agrees.
    """
    program = AllocationProgram(team, floor)
    most = _most(program)
    able = {one.id: 0 if one in program.stuck else one.people for one in program.volunteers}
    if most == sum(able.values()):
        return {row: (people, people) for row, people in able.items()}
    return {row: _range(program, at, most) for at, row in enumerate(able)}


def _most(program: AllocationProgram) -> int:
    """How many volunteers can be freed at most."""
    return sum(_solved(program.solve(Costs(freed=lambda _: -1.0))).freed)


def _range(program: AllocationProgram, at: int, most: int) -> tuple[int, int]:
    few = program.solve(Costs(freed=lambda place: float(place == at)), total=most)
    many = program.solve(Costs(freed=lambda place: -float(place == at)), total=most)
    return _solved(few).freed[at], _solved(many).freed[at]


def _plan(program: AllocationProgram, most: int) -> Solution:
    """The hours that each move has, with `most` freed.

    An hour of a volunteer weighs more than any chain of moves among those who stay. It is solved
    again with the people settled: what is then left is a linear program, and a vertex of that
    splits hardly any task.
    """
    weight = float(len(program.stay) + 1)

    def cost(task: Task) -> float:
        return -weight if program.doer(task).volunteer else 1.0

    freed = _solved(program.solve(Costs(given=cost), total=most)).freed
    return _solved(program.solve(Costs(given=cost, fullest=EVENLY), freed=freed))


def _solved(answer: Solution | None) -> Solution:
    if answer is None:  # to free nobody is always possible
        raise RuntimeError("HiGHS gave up on a team; report it with the team's hours and tasks.")
    return answer


def _sliced(team: Workload) -> float:
    contract = sum((one.contract * one.people for one in team.people), Fraction())
    left = sum((team.left(one.id) * one.people for one in team.people), Fraction())
    return max(float(1 - left / contract), 0.0) if contract else 0.0


def _shares(program: AllocationProgram, answer: Solution) -> tuple[Share, ...]:
    """The plan in the order of the people."""
    given = {task.id: hours for task, hours in zip(program.goes, answer.given, strict=True)}
    taken = _takers(program, answer)
    freed = {one.id: n for one, n in zip(program.volunteers, answer.freed, strict=True)}
    found = []
    for one in program.team.people:
        count = freed.get(one.id, 0)
        if count:
            found.append(_share(program.team, one, count, given, {}, freed=True))
        if rest := one.people - count:
            mine = {} if one.volunteer else given
            found.append(_share(program.team, one, rest, mine, taken.get(one.id, {})))
    return tuple(found)


def _takers(program: AllocationProgram, answer: Solution) -> dict[str, dict[str, float]]:
    """The hours of each task that each of those who stay takes on, by row and task.

    Within a skill, task after task goes to one after the other, so that few are split.
    """
    found: dict[str, dict[str, float]] = {one.id: {} for one in program.stay}
    for skill in dict.fromkeys(task.skill for task in program.goes):
        room = [
            (one.id, hours)
            for (able, one), hours in zip(program.takes, answer.taken, strict=True)
            if able == skill
        ]
        for task, hours in zip(program.goes, answer.given, strict=True):
            left = hours if task.skill == skill else 0.0
            while left > TINY and room:
                row, space = room.pop(0)
                here = min(left, space)
                if here > TINY:
                    found[row][task.id] = found[row].get(task.id, 0.0) + here
                left -= here
                if space - here > TINY:
                    room.insert(0, (row, space - here))
    return found


def _share(
    team: Workload,
    person: Worker,
    people: int,
    given: Mapping[str, float],
    taken: Mapping[str, float],
    *,
    freed: bool = False,
) -> Share:
    tasks = team.tasks_of(person.id)
    gives = {task.id: given.get(task.id, 0.0) / people for task in tasks}
    keeps = {task.id: float(task.left) - gives[task.id] for task in tasks}
    takes = {task: hours / people for task, hours in taken.items()}
    return Share(
        person=person.id,
        people=people,
        volunteer=person.volunteer,
        freed=freed,
        contract=float(person.contract),
        today=float(team.today(person.id)),
        after=round(sum(keeps.values()) + sum(takes.values()), DIGITS),
        keeps=_parts(keeps),
        gives=_parts(gives),
        takes=_parts(takes),
    )


def _parts(hours: Mapping[str, float]) -> Parts:
    told = ((task, round(value, DIGITS)) for task, value in hours.items())
    return tuple((task, value) for task, value in told if value > 0)
