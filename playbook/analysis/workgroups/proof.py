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
from math import gcd
from typing import TYPE_CHECKING, Any

from playbook.analysis.workgroups.bound import of_part
from playbook.analysis.workgroups.clash import one_worker
from playbook.analysis.workgroups.counts import Counts, counted
from playbook.analysis.workgroups.differences import Free, Nominal, Numeric
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.plan import SearchProgress, Watch
from playbook.analysis.workgroups.search import Found

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

_TELL_SECONDS = 0.2


def prove(
    instance: Instance, found: Found, bound: int, effort: float, watch: Watch | None
) -> tuple[Found, int]:
    """The best groups known when the proof ends, `found` unless there are better ones, and what
    none exceed, in units: their value, if the proof came to its end.

    `effort`: how long it may take, in the solver's own measure.
    """
    from ortools.sat.python import cp_model

    model = counted(instance, instance.rules, compared=True)
    step = _step(instance)
    gains = list(_gains(model, instance, step))
    value = sum(gains)
    model.cp.add(value > found.value // step)
    model.cp.add(value <= bound // step)
    model.cp.maximize(value)
    solver = one_worker(effort)
    status = _solve(solver, model.cp, instance, found, watch)
    if status == cp_model.INFEASIBLE:
        return found, found.value
    told = step * round(solver.best_objective_bound)
    if told > found.value:  # 0 where it was ended before it knew any
        bound = min(bound, told)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return found, bound
    value = step * round(solver.objective_value)
    return replace(found, label=model.label(solver), value=value), bound


def _step(instance: Instance) -> int:
    """What the values of all groups are multiples of, in units."""
    found = 0
    for part in instance.differences.parts:
        match part:
            case Nominal(weight=weight):
                found = gcd(found, weight)
            case Numeric(positions=positions):
                found = gcd(found, *(positions - positions.min()).tolist())
    return max(found, 1)


def provable(instance: Instance, people: int) -> bool:
    """Whether all differences come from attributes, of so many people at most."""
    free = any(isinstance(part, Free) for part in instance.differences.parts)
    return not free and instance.people <= people


def _solve(
    solver: Any, model: CpModel, instance: Instance, found: Found, watch: Watch | None
) -> Any:
    """Solve; meanwhile tell whoever watches, and stop when they say so."""
    done = threading.Event()
    told = SearchProgress(1.0, found.value / instance.differences.unit, "proof")

    def tell() -> None:
        while watch and not done.wait(_TELL_SECONDS):
            if watch(told):
                found.ended = True
                solver.stop_search()
                return

    telling = threading.Thread(target=tell, daemon=True)
    telling.start()
    try:
        return solver.solve(model)
    finally:
        done.set()
        telling.join()


def _gains(model: Counts, instance: Instance, step: int) -> Iterator[Any]:
    """What each attribute adds to the value, in steps; none adds more than its own bound."""
    for part in instance.differences.parts:
        match part:
            case Nominal(codes=codes, weight=weight):
                gain = (weight // step) * _pairs_apart(model, codes.tolist())
            case Numeric(positions=positions):
                gain = _spans(model, (positions // step).tolist())
            case _:
                raise TypeError(part)
        model.cp.add(gain <= of_part(part, instance.sizes) // step)
        yield gain


def _pairs_apart(model: Counts, codes: Sequence[int]) -> Any:
    """How many pairs in groups are of different categories."""
    total = sum(size * (size - 1) // 2 for size in model.sizes)
    for code in sorted(set(codes)):
        people = [person for person, it in enumerate(codes) if it == code]
        for group, size in enumerate(model.sizes):
            own = model.of(people, group)
            total -= _tower(model.cp, own, list(range(min(size, len(people)))))
    return total


def _spans(model: Counts, positions: Sequence[int]) -> Any:
    """The differences of positions in groups: each gap between two neighbouring values counts once
    for each pair that has it in between."""
    order = sorted(range(len(positions)), key=lambda person: positions[person])
    total = 0
    for below in range(1, len(order)):
        gap = positions[order[below]] - positions[order[below - 1]]
        if gap:
            for group, size in enumerate(model.sizes):
                own = model.of(order[:below], group)
                costs = [2 * k + 1 - size for k in range(min(size, below))]
                total -= gap * _tower(model.cp, own, costs)
    return total


def _tower(model: CpModel, people: Sequence[Any], costs: Sequence[int]) -> Any:
    """The cost of how many of the people there are, if each costs more than the one before."""
    steps = [model.new_bool_var("") for _ in costs]
    model.add(sum(steps) == sum(people))
    for lower, upper in pairwise(steps):
        model.add_implication(upper, lower)
    return sum(cost * step for cost, step in zip(costs, steps, strict=True))
