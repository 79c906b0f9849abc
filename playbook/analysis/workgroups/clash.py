"""Whether any groups keep all rules, and which few rules can't be kept together: CP-SAT.

OR-Tools takes a second to load, so it is asked only where the search found no such groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.plan import RulesClashError
from playbook.analysis.workgroups.rules import (
    CommonHours,
    FixedSeat,
    GroupRule,
    Together,
    WishesMet,
    limits,
)

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel, IntVar

    Seats = list[list[IntVar]]
    """Of each person and each group, whether the person is in it."""

_EFFORT = 30.0
"""Of one question to CP-SAT, in its own measure of time, which is the same on every machine."""


def feasible_or_clash(instance: Instance) -> list[int]:
    """Groups that keep all rules, in the search's order; RulesClashError where there are none."""
    found = feasible(instance, instance.rules)
    if found is None:
        raise RulesClashError([rule.id for rule in smallest_clash(instance)])
    return found


def feasible(instance: Instance, rules: Collection[GroupRule]) -> list[int] | None:
    """Groups of the instance's sizes that keep these rules; None where there are none."""
    from ortools.sat.python import cp_model

    model, seats = grouping_model(instance.people, instance.sizes)
    for rule in rules:
        require(model, seats, rule, instance.sizes)
    solver = one_worker(_EFFORT)
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return [[bool(solver.value(seat)) for seat in row].index(True) for row in seats]


def smallest_clash(instance: Instance) -> list[GroupRule]:
    """A smallest set of rules that no groups keep, given that no groups keep all of them.

    By hitting sets (Ignatiev et al. 2015): of what has to be dropped to keep the others, find the
    fewest rules that have something of each; where those can't be kept together they are it.
    """
    rules = list(instance.rules)
    to_drop: list[set[int]] = []
    while True:
        chosen = _fewest_hitting(to_drop, len(rules))
        if feasible(instance, [rules[at] for at in sorted(chosen)]) is None:
            return [rules[at] for at in sorted(chosen)]
        kept = set(chosen)
        for at in range(len(rules)):
            if at not in kept and feasible(instance, [rules[it] for it in sorted(kept | {at})]):
                kept.add(at)
        to_drop.append(set(range(len(rules))) - kept)


def _fewest_hitting(sets: Sequence[Collection[int]], count: int) -> set[int]:
    """The fewest of so many numbers that have one of each set."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    taken = [model.new_bool_var("") for _ in range(count)]
    for some in sets:
        model.add_bool_or([taken[at] for at in some])
    model.minimize(sum(taken))
    solver = one_worker(_EFFORT)
    solver.solve(model)
    return {at for at, it in enumerate(taken) if solver.value(it)}


def one_worker(effort: float) -> Any:
    """A solver that gives the same answer on every machine."""
    from ortools.sat.python import cp_model

    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    return solver


def grouping_model(people: int, sizes: Sequence[int]) -> tuple[CpModel, Seats]:
    """A model in which everybody is in one group and each group has its size."""
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    seats = [[model.new_bool_var(f"{p} in {g}") for g in range(len(sizes))] for p in range(people)]
    for row in seats:
        model.add_exactly_one(row)
    for group, size in enumerate(sizes):
        model.add(sum(row[group] for row in seats) == size)
    return model, seats


def require(model: CpModel, seats: Seats, rule: GroupRule, sizes: Sequence[int]) -> None:
    """Add a rule to the model."""
    match rule:
        case Together(people=people):
            for one, other in pairwise(people):
                for mine, yours in zip(seats[one], seats[other], strict=True):
                    model.add(mine == yours)
        case FixedSeat(person=person, group=group):
            model.add(seats[person][group] == 1)
        case WishesMet(wishes=wishes, count=count):
            met = [seats[person][group] for person, own in enumerate(wishes) for group in own]
            model.add(sum(met) >= count)
        case CommonHours():
            _require_hours(model, seats, rule)
        case _:
            for group, (low, high, none) in enumerate(limits(rule, sizes)):
                found = sum(seats[person][group] for person in rule.people)
                some = model.new_bool_var("")
                model.add(found <= high)
                if none:
                    model.add(found == 0).only_enforce_if(~some)
                    model.add(found >= low).only_enforce_if(some)
                else:
                    model.add(found >= low)


def _require_hours(model: CpModel, seats: Seats, rule: CommonHours) -> None:
    every = sorted(set().union(*rule.hours))
    for group in range(len(seats[0])):
        common = [model.new_bool_var("") for _ in every]
        for hour, it in zip(every, common, strict=True):
            for person, own in enumerate(rule.hours):
                if hour not in own:
                    model.add_bool_or([~seats[person][group], ~it])
        model.add(sum(common) >= rule.count)
