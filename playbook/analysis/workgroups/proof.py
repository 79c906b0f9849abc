"""Proving that no other groups are better, by CP-SAT on counts: how many of each category are in
each group, not who is with whom.

What a group is worth depends on its counts alone, and each count costs more than the one before: so
the relaxation that the solver works with is close to the truth. People whom nothing tells apart are
one number a group.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from playbook.analysis.workgroups.clash import grouping_model, one_worker, require
from playbook.analysis.workgroups.differences import Free, Nominal, Numeric
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.plan import SearchProgress, Watch
from playbook.analysis.workgroups.search import Found

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

_TELL_SECONDS = 0.2


PEOPLE_MOST = 60
EFFORT = 100.0
"""How long a proof may take, in the solver's own measure: near a minute or two of a core, and the
same on every machine."""


def prove(instance: Instance, found: Found, bound: int, watch: Watch | None) -> tuple[Found, int]:
    """The best groups known when the proof ends, `found` unless there are better ones, and what
    none exceed, in units: their value, if the proof came to its end."""
    from ortools.sat.python import cp_model

    model, seats = grouping_model(instance.people, instance.sizes)
    for rule in instance.rules:
        require(model, seats, rule, instance.sizes)
    _break_symmetry(model, seats, instance)
    value = sum(_gains(model, seats, instance))
    model.add(value >= found.value)
    model.add(value <= bound)
    model.maximize(value)
    solver = one_worker(EFFORT)
    status = _solve(solver, model, instance, found, watch)
    if status == cp_model.INFEASIBLE:
        return found, found.value
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found, bound
    bound = min(bound, int(solver.best_objective_bound))
    if round(solver.objective_value) <= found.value:
        return found, bound
    label = [[bool(solver.value(seat)) for seat in row].index(True) for row in seats]
    return replace(found, label=label, value=round(solver.objective_value)), bound


def provable(instance: Instance) -> bool:
    """Whether all differences come from attributes, of not too many people."""
    free = any(isinstance(part, Free) for part in instance.differences.parts)
    return not free and instance.people <= PEOPLE_MOST


def _solve(
    solver: Any, model: CpModel, instance: Instance, found: Found, watch: Watch | None
) -> Any:
    """Solve; meanwhile tell whoever watches, and stop when they say so."""
    done = threading.Event()
    told = SearchProgress(1.0, found.value / instance.differences.unit, "proof")

    def tell() -> None:
        while watch and not done.wait(_TELL_SECONDS):
            if watch(told):
                solver.stop_search()
                return

    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        telling.join()


def _break_symmetry(model: CpModel, seats: Sequence[Sequence[Any]], instance: Instance) -> None:
    """Groups of one size are alike where no rule says which is which: the first person is in the
    first of their size, and so on."""
    if any(rule.labelled for rule in instance.rules):
        return
    for size in set(instance.sizes):
        alike = [at for at, other in enumerate(instance.sizes) if other == size]
        for place, group in enumerate(alike[1:], 1):
            for person in range(min(place, instance.people)):
                model.add(seats[person][group] == 0)


def _gains(model: CpModel, seats: Sequence[Sequence[Any]], instance: Instance) -> Iterator[Any]:
    """What each attribute adds to the value, in units."""
    for part in instance.differences.parts:
        match part:
            case Nominal(codes=codes, weight=weight):
                for group, size in enumerate(instance.sizes):
                    yield weight * (size * (size - 1) // 2)
                    for code in range(int(codes.max()) + 1):
                        people = np.flatnonzero(codes == code).tolist()
                        own = [seats[person][group] for person in people]
                        yield -weight * _tower(model, own, list(range(min(size, len(own)))))
            case Numeric(positions=positions):
                order = np.argsort(positions, kind="stable")
                for below in range(1, len(order)):
                    gap = int(positions[order[below]] - positions[order[below - 1]])
                    if gap:
                        for group, size in enumerate(instance.sizes):
                            own = [seats[person][group] for person in order[:below].tolist()]
                            steps = [2 * k + 1 - size for k in range(min(size, below))]
                            yield -gap * _tower(model, own, steps)


def _tower(model: CpModel, people: Sequence[Any], costs: Sequence[int]) -> Any:
    """The cost of how many of the people there are, if each costs more than the one before."""
    steps = [model.new_bool_var("") for _ in costs]
    model.add(sum(steps) == sum(people))
    for lower, upper in pairwise(steps):
        model.add_implication(upper, lower)
    return sum(cost * step for cost, step in zip(costs, steps, strict=True))
