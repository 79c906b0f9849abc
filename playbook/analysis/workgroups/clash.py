"""Whether any groups keep all rules, and which few rules can't be kept together: CP-SAT.

OR-Tools takes a second to load, so it is asked only where the search found no such groups.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from playbook.analysis.workgroups.counts import counted
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.plan import RulesClashError
from playbook.analysis.workgroups.rules import GroupRule

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

    model = counted(instance, rules, compared=False)
    solver = one_worker(_EFFORT)
    if solver.solve(model.cp) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return model.label(solver)


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
