"""A model for CP-SAT in which people are counted: how many of each class are in each group.

People of one class are alike in all that counts, in what they are compared by and in what rules say
of them; so who of them is where makes no difference, and the solver need not try it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import prod
from typing import TYPE_CHECKING, Any

from playbook.analysis.workgroups.differences import Free, Nominal, Numeric
from playbook.analysis.workgroups.instance import Instance
from playbook.analysis.workgroups.rules import (
    CommonHours,
    FixedSeat,
    GroupRule,
    Together,
    WishesMet,
    limits,
)

if TYPE_CHECKING:
    from ortools.sat.python.cp_model import CpModel

KEY_MOST = 4_096
"""So many values has the number at most by which groups that are alike are put into an order."""


@dataclass(frozen=True)
class Counts:
    """A model: `people` of each class, and `seats`, how many of them are in each group."""

    cp: CpModel
    sizes: tuple[int, ...]
    people: tuple[tuple[int, ...], ...]
    seats: tuple[tuple[Any, ...], ...]

    def of(self, some: Iterable[int], group: int) -> list[Any]:
        """The counts in a group of the classes that `some` are in; nobody else is in them."""
        asked = set(some)
        return [
            row[group] for own, row in zip(self.people, self.seats, strict=True) if own[0] in asked
        ]

    def label(self, solver: Any) -> list[int]:
        """The groups that the solver found, by person."""
        found = [0] * sum(self.sizes)
        for own, row in zip(self.people, self.seats, strict=True):
            groups = [at for at, it in enumerate(row) for _ in range(solver.value(it))]
            for person, group in zip(own, groups, strict=True):
                found[person] = group
        return found


def counted(instance: Instance, rules: Iterable[GroupRule], *, compared: bool) -> Counts:
    """A model in which everybody is in one group, each group has its size, and `rules` are kept.

    `compared`: what people are compared by tells them apart, as does what rules say of them.
    """
    from ortools.sat.python import cp_model

    model, sizes = cp_model.CpModel(), instance.sizes
    classes = _classes(instance, list(rules), compared=compared)
    seats = tuple(
        tuple(model.new_int_var(0, min(len(own), size), "") for size in sizes) for own in classes
    )
    for own, row in zip(classes, seats, strict=True):
        model.add(sum(row) == len(own))
    for group, size in enumerate(sizes):
        model.add(sum(row[group] for row in seats) == size)
    found = Counts(model, sizes, classes, seats)
    for rule in rules:
        _require(found, rule)
    _in_order(found, rules)
    return found


def _classes(
    instance: Instance, rules: Sequence[GroupRule], *, compared: bool
) -> tuple[tuple[int, ...], ...]:
    told: list[list[Any]] = [[] for _ in range(instance.people)]
    for part in instance.differences.parts if compared else ():
        match part:
            case Nominal(codes=values) | Numeric(positions=values):
                marks = values.tolist()
            case Free():
                marks = list(range(instance.people))
        for own, mark in zip(told, marks, strict=True):
            own.append(mark)
    for at, rule in enumerate(rules):
        match rule:
            case Together(people=people):
                for person in people:  # each by themselves: who is with whom counts
                    told[person].append(("together", at, person))
            case FixedSeat(person=person, group=group):
                told[person].append(("seat", group))
            case CommonHours(hours=sets) | WishesMet(wishes=sets):
                for own, mine in zip(told, sets, strict=True):
                    own.append(tuple(sorted(mine)))
            case _:
                for person in rule.people:
                    told[person].append(at)
    found: dict[tuple[Any, ...], list[int]] = {}
    for person, own in enumerate(told):
        found.setdefault(tuple(own), []).append(person)
    return tuple(map(tuple, found.values()))


def _require(model: Counts, rule: GroupRule) -> None:
    """Add a rule to the model."""
    cp, groups = model.cp, range(len(model.sizes))
    match rule:
        case Together(people=people):
            for one, other in pairwise(people):
                for group in groups:
                    cp.add(sum(model.of([one], group)) == sum(model.of([other], group)))
        case FixedSeat(person=person, group=group):
            for own, row in zip(model.people, model.seats, strict=True):
                if person in own:
                    cp.add(row[group] == len(own))
        case WishesMet(wishes=wishes, count=count):
            met = [
                row[group]
                for own, row in zip(model.people, model.seats, strict=True)
                for group in wishes[own[0]]
            ]
            cp.add(sum(met) >= count)
        case CommonHours():
            _require_hours(model, rule)
        case _:
            for group, (low, high, none) in enumerate(limits(rule, model.sizes)):
                found = sum(model.of(rule.people, group))
                cp.add(found <= high)
                if none:
                    some = cp.new_bool_var("")
                    cp.add(found == 0).only_enforce_if(~some)
                    cp.add(found >= low).only_enforce_if(some)
                else:
                    cp.add(found >= low)


def _require_hours(model: Counts, rule: CommonHours) -> None:
    every = sorted(set().union(*rule.hours))
    for group, size in enumerate(model.sizes):
        common = [model.cp.new_bool_var("") for _ in every]
        for hour, it in zip(every, common, strict=True):
            away = [
                row[group]
                for own, row in zip(model.people, model.seats, strict=True)
                if hour not in rule.hours[own[0]]
            ]
            model.cp.add(sum(away) <= size * (1 - it))
        model.cp.add(sum(common) >= rule.count)


def _in_order(model: Counts, rules: Iterable[GroupRule]) -> None:
    """Groups of one size that no rule names are alike: put into the order of how many they have of
    the first few classes, the most first, so that only one of their orders is tried."""
    named: set[int] = set()
    for rule in rules:
        match rule:
            case FixedSeat(group=group):
                named.add(group)
            case WishesMet(wishes=wishes):
                named.update(*wishes)
    weights: list[int] = []
    for own in model.people:
        step = prod(weights[:1]) or 1
        if step * (len(own) + 1) > KEY_MOST:
            break
        weights = [it * (len(own) + 1) for it in weights] + [1]
    for size in set(model.sizes):
        alike = [at for at, it in enumerate(model.sizes) if it == size and at not in named]
        keys = [
            sum(weight * row[group] for weight, row in zip(weights, model.seats, strict=False))
            for group in alike
        ]
        for before, after in pairwise(keys):
            model.cp.add(before >= after)
