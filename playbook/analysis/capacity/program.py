"""The mixed-integer program behind an allocation, solved by HiGHS through SciPy.

Hours flow from tasks to those who may take them over. All tasks that need the same skill go to the
same people, so their hours meet in one place between: that is the same as asking for each task and
each person, with a number for each instead of one for each pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any

from playbook.analysis.capacity.workload import Task, Worker, Workload

INFINITY = float("inf")

Cells = dict[int, float]
"""Coefficients by variable."""


@dataclass(frozen=True, slots=True)
class Solution:
    """What HiGHS found, in the order of the program's `volunteers`, `goes`, `takes` and `stay`.

    How many are freed of each row, the hours that leave each task, the hours of one skill that
    somebody takes on, the hours beyond each contract; and what the answer costs.
    """

    freed: tuple[int, ...]
    given: tuple[float, ...]
    taken: tuple[float, ...]
    beyond: tuple[float, ...]
    cost: float


@dataclass(frozen=True, slots=True)
class Costs:
    """What an answer costs: for each person freed by row of volunteers, each hour that leaves a
    task, and each hour beyond a contract; and the fullest week, as a share of the contract."""

    freed: Callable[[int], float] = lambda _: 0.0
    given: Callable[[Task], float] = lambda _: 0.0
    beyond: float = 0.0
    fullest: float = 0.0


class AllocationProgram:
    """The program of one team: `floor` is the share of own hours from which somebody is free.

    `volunteers` may be freed, `stay` are the others. `goes` are the tasks that somebody may take
    over, `takes` is who may take over which skill. With `skilled`, everybody has that skill.
    """

    def __init__(self, team: Workload, floor: float, skilled: str = "") -> None:
        self.team = team
        self.may_keep = 1 - Fraction(str(floor))
        self.volunteers = tuple(one for one in team.people if one.volunteer)
        self.stay = tuple(one for one in team.people if not one.volunteer)
        moving = [task for task in team.tasks if task.moves and task.left]
        skills = dict.fromkeys(task.skill for task in moving)
        self.takes = tuple(
            (skill, one)
            for skill in skills
            for one in self.stay
            if skill in {"", skilled} | one.skills
        )
        able = {skill for skill, _ in self.takes}
        self.goes = tuple(task for task in moving if task.skill in able)
        self._people = {one.id: one for one in team.people}

    def doer(self, task: Task) -> Worker:
        """Who does a task today."""
        return self._people[task.doer]

    def spare(self, person: Worker) -> float:
        """Hours that all people of a row have before anything is handed to them; none below 0."""
        return max(float((person.contract - self.team.left(person.id)) * person.people), 0.0)

    def need(self, person: Worker) -> float:
        """Hours that each person of a row has to hand over to be free."""
        return float(self.team.left(person.id) - self.may_keep * person.contract)

    @cached_property
    def stuck(self) -> tuple[Worker, ...]:
        """Volunteers who keep too much even where others have all the time there is."""
        return tuple(
            one
            for one in self.volunteers
            if sum((task.left for task in self.stays_with(one)), Fraction())
            > self.may_keep * one.contract
        )

    def stays_with(self, person: Worker) -> tuple[Task, ...]:
        """The tasks of theirs that nobody can take over, and that take any time."""
        mine = self.team.tasks_of(person.id)
        return tuple(task for task in mine if task.left and task not in self.goes)

    def solve(
        self,
        costs: Costs,
        *,
        total: int | None = None,
        freed: Sequence[int] | None = None,
        beyond: bool = False,
    ) -> Solution | None:
        """The answer that costs least: with `total` freed in all, or `freed` of each row.

        `beyond` lets those who stay work more than their contracts. None where there is no answer.
        """
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        at = _Places(self)
        if not self.team.people:
            return Solution((), (), (), (), 0.0)
        rows = self._rows(at)
        if total is not None:
            rows.append((dict.fromkeys(at.freed, 1.0), total, total))
        low, high = np.zeros(at.count), np.full(at.count, INFINITY)
        high[at.freed] = [one.people for one in self.volunteers]
        high[at.given] = [float(one.left * self.doer(one).people) for one in self.goes]
        if freed is not None:
            low[at.freed] = high[at.freed] = freed
        if not beyond:
            high[at.beyond] = 0
        price = np.zeros(at.count)
        price[at.freed] = [costs.freed(place) for place in at.freed]
        price[at.given] = [costs.given(task) for task in self.goes]
        price[at.beyond], price[at.fullest] = costs.beyond, costs.fullest
        whole = np.zeros(at.count, dtype=int)
        whole[at.freed] = freed is None
        cells, least, most = zip(*rows, strict=True)
        matrix = csr_array(_triplets(cells), shape=(len(rows), at.count))
        found = milp(
            price,
            integrality=whole,
            bounds=Bounds(low, high),
            constraints=LinearConstraint(matrix, least, most),
            options={"mip_rel_gap": 0},
        )
        return None if found.x is None else _answer(found, at)

    def _rows(self, at: _Places) -> list[tuple[Cells, float, float]]:
        """Every constraint: coefficients, the least and the most that they come to."""
        rows: list[tuple[Cells, float, float]] = []
        out: dict[str, Cells] = {one.id: {} for one in self.team.people}
        into: dict[str, Cells] = {one.id: {} for one in self.stay}
        meet: dict[str, Cells] = {skill: {} for skill, _ in self.takes}
        for here, task in zip(at.given, self.goes, strict=True):
            out[task.doer][here] = 1.0
            meet[task.skill][here] = 1.0
        for here, (skill, one) in zip(at.taken, self.takes, strict=True):
            into[one.id][here] = 1.0
            meet[skill][here] = -1.0
        rows += [(cells, 0.0, 0.0) for cells in meet.values()]
        place = {one.id: here for here, one in zip(at.freed, self.volunteers, strict=True)}
        for here, task in zip(at.given, self.goes, strict=True):
            if task.doer in place:  # only whoever is freed hands anything over
                rows.append(({here: 1.0, place[task.doer]: -float(task.left)}, -INFINITY, 0.0))
        for one in self.volunteers:  # and enough of it
            if self.need(one) > 0:
                rows.append((out[one.id] | {place[one.id]: -self.need(one)}, 0.0, INFINITY))
        for here, one in zip(at.beyond, self.stay, strict=True):  # nobody gets too much
            load = into[one.id] | dict.fromkeys(out[one.id], -1.0)
            rows.append((load | {here: -1.0}, -INFINITY, self.spare(one)))
            if (left := self.team.left(one.id)) <= one.contract:
                full = {at.fullest: -float(one.contract * one.people)}
                rows.append((load | full, -INFINITY, -float(left * one.people)))
        return rows or [({at.fullest: 1.0}, 0.0, INFINITY)]


class _Places:
    """Where in the list of variables each kind stands."""

    def __init__(self, program: AllocationProgram) -> None:
        ends = [0]
        for part in (program.volunteers, program.goes, program.takes, program.stay):
            ends.append(ends[-1] + len(part))
        self.freed, self.given, self.taken, self.beyond = (
            range(start, end) for start, end in pairwise(ends)
        )
        self.fullest = ends[-1]
        self.count = ends[-1] + 1


def _triplets(rows: Sequence[Cells]) -> Any:
    """Values with their rows and columns, as scipy.sparse takes them."""
    found = [(value, row, at) for row, cells in enumerate(rows) for at, value in cells.items()]
    values, lines, columns = zip(*found, strict=True)
    return values, (lines, columns)


def _answer(found: Any, at: _Places) -> Solution:
    values = [max(float(value), 0.0) for value in found.x]
    return Solution(
        tuple(round(values[place]) for place in at.freed),
        tuple(values[place] for place in at.given),
        tuple(values[place] for place in at.taken),
        tuple(values[place] for place in at.beyond),
        float(found.fun),
    )
