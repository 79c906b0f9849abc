"""Groups from people, sizes and rules: the search, the bound, the proof, one after the other."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isqrt
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from playbook.analysis.workgroups.bound import upper_bound
from playbook.analysis.workgroups.clash import feasible_or_clash
from playbook.analysis.workgroups.differences import Differences, as_differences
from playbook.analysis.workgroups.exact import PEOPLE_AT_ONCE, PEOPLE_MOST, enumerable, enumerated
from playbook.analysis.workgroups.instance import Instance, instance_of
from playbook.analysis.workgroups.plan import (
    MOST_PEOPLE,
    Partition,
    SearchCancelledError,
    Sizes,
    Watch,
    settled,
)
from playbook.analysis.workgroups.proof import provable, prove
from playbook.analysis.workgroups.rules import (
    CommonHours,
    FixedSeat,
    GroupRule,
    WishesMet,
    broken,
)
from playbook.analysis.workgroups.search import UNCOMPILED_STEPS, Found, Schedule, search
from playbook.model import InputError
from playbook.worksheet.numbers import brief

Effort = Literal["instant", "quick", "thorough"] | int

EFFORTS: Mapping[str, int] = MappingProxyType(
    {"instant": 100_000, "quick": 10_000_000, "thorough": 60_000_000}
)
"""Steps. A core makes some forty million a second of 60 people, and instant ones at once."""


@dataclass(frozen=True)
class _Rung:
    """A search of so many steps, and after it a proof for so many people at most that takes no
    longer than `proof`: near seconds of a core, in a measure that is the same on every machine."""

    steps: int
    people: int = 0
    proof: float = 0.0


_QUICK = _Rung(EFFORTS["quick"], 30, 1.0)
_THOROUGH = _Rung(EFFORTS["thorough"], 60, 100.0)
_LADDERS: Mapping[Effort, tuple[_Rung, ...]] = MappingProxyType(
    {"quick": (_QUICK,), "thorough": (_QUICK, _THOROUGH)}
)
"""What is tried, one after the other, until it is proved that nothing is better."""

_RUN_LEAST, _RUN_A_PERSON = 100_000, 1_000
_HOT, _COLD = 0.5, 0.07
"""Temperatures, as parts of what a usual exchange changes; found by trying."""
_PRICE = 4
"""What a broken rule costs, as a multiple of what a usual exchange changes."""


def partition(
    distance: ArrayLike | Differences,
    sizes: Sizes,
    *,
    rules: Sequence[GroupRule] = (),
    seed: int = 0,
    effort: Effort = "quick",
    watch: Watch | None = None,
) -> Partition:
    """Put people into groups so that those in each differ from each other as much as they can.

    `distance`: what `gower` gives, or an (n, n) matrix of differences, symmetric, zeros on its
    diagonal; n up to 5,000. `sizes`: people in each group, summing to n, or (least, most) of each,
    which are then made as even as they can be. `rules`: all are kept. `seed`: the same one gives
    the same groups on every machine, however people are listed. `effort`: "instant" (a hundredth
    of a second of one core), "quick" (a second or two up to some hundred people, proof included
    where it is easy; `playbook groups` with 5,000 people in 400 groups takes some 20 seconds of
    one core, 30 where nothing is compiled yet), "thorough" (some seconds, and a minute or two for a
    proof), or a number of steps, without a proof. `watch`: is told how far it is
    and ends it by returning True; the best groups so far are returned.

    The value is the sum of the differences of all pairs in one group. Raises InputError where
    something is given wrong, RulesClashError where no groups keep the rules, and
    SearchCancelledError where it was ended before any did.

    Examples
    --------
    >>> from playbook.analysis.workgroups import Attribute, Roster, gower
    >>> place = Attribute("place", "category", ("Ashby", "Ashby", "Remote", "Remote"))
    >>> people = Roster(("Ana", "Ben", "Cem", "Dot"), (place,))
    >>> found = partition(gower(people), [2, 2], effort="instant")
    >>> found.labels, found.value, found.proven
    ((0, 1, 1, 0), 2.0, True)
    """
    found = answers(distance, sizes, rules=rules, seed=seed, effort=effort, watch=watch)
    return list(found)[-1]


def answers(
    distance: ArrayLike | Differences,
    sizes: Sizes,
    *,
    rules: Sequence[GroupRule] = (),
    seed: int = 0,
    effort: Effort = "quick",
    watch: Watch | None = None,
    soon: bool = False,
) -> Generator[Partition, None, None]:
    """What `partition` gives, as it comes: after each search, and again after each proof; the last
    one is that of `partition`.

    `soon`: before that, the groups of the first annealing, for which nothing is compiled. Where
    they are proved to be best, they are those of `partition`, and nobody need wait for more.
    """
    differences = as_differences(distance)
    chosen = settled(sizes, differences.people)
    _check(differences.people, len(chosen), rules)
    steps = steps_of(effort)
    instance = instance_of(differences, chosen, rules)
    bound = aside = upper_bound(differences, chosen)
    first = min(_run_of(instance), UNCOMPILED_STEPS)
    if soon and steps > first:
        yield _told(instance, _searched(instance, bound, seed, first, None), bound, aside)
    ladder = _LADDERS.get(effort, (_Rung(steps),))
    whole, behind, best = sum(rung.steps for rung in ladder), 0, None
    for rung in ladder:
        own = _within(watch, behind / whole, rung.steps / whole)
        behind += rung.steps
        found = _searched(instance, bound, seed, rung.steps, own)
        if best is None or found.value > best.value:
            best = found
        best = replace(best, steps=found.steps, ended=found.ended)
        few = PEOPLE_AT_ONCE if rung.steps <= EFFORTS["instant"] else PEOPLE_MOST
        if best.value < bound and not best.ended and enumerable(instance, few):
            best = _best_of_all(instance, best)
            bound = best.value
        yield _told(instance, best, bound, aside)
        if best.value < bound and not best.ended and provable(instance, rung.people):
            best, bound = prove(instance, best, bound, rung.proof, own)
            yield _told(instance, best, bound, aside)
        if best.value == bound or best.ended:
            return


def _within(watch: Watch | None, start: float, length: float) -> Watch | None:
    """The watch of a part of the way, told how far the whole is."""
    if watch is None:
        return None
    return lambda told: watch(replace(told, share=start + length * told.share))


def _told(instance: Instance, found: Found, bound: int, aside: int) -> Partition:
    """`aside` is the bound that looks at no rule."""
    unit = instance.differences.unit
    return Partition(
        labels=labels_of(instance, found),
        sizes=instance.sizes,
        value=found.value / unit,
        bound=bound / unit,
        proven=found.value == bound,
        steps=found.steps,
        rules_aside=bool(instance.rules) and bound == aside > found.value,
    )


def score(
    distance: ArrayLike | Differences, labels: Sequence[int], rules: Sequence[GroupRule] = ()
) -> Partition:
    """What groups are worth that somebody has put together, and the rules that they break.

    `labels`: the group of each person, 0 being the first. InputError where a group is empty.
    """
    differences = as_differences(distance)
    own = np.asarray(labels, np.int64)
    if own.shape != (differences.people,) or (own < 0).any() or not np.bincount(own).all():
        raise InputError(f"Give each of the {differences.people} people a group, and no empty one.")
    sizes = tuple(np.bincount(own).tolist())
    _check(differences.people, len(sizes), rules)
    value, bound = value_of(differences, labels), upper_bound(differences, sizes)
    kept = tuple(own.tolist())
    broke = tuple(broken(kept, sizes, rules))
    return Partition(
        labels=kept,
        sizes=sizes,
        value=value / differences.unit,
        bound=bound / differences.unit,
        proven=value == bound and not broke,
        steps=0,
        broken_rules=broke,
        rules_aside=bool(rules) and value < bound,
    )


def rule_costs(
    distance: ArrayLike | Differences,
    sizes: Sizes,
    rules: Sequence[GroupRule],
    *,
    seed: int = 0,
    effort: Effort = "instant",
) -> dict[str, float]:
    """What each rule costs, by its id: by which share of the value groups could differ more
    without it, 0.002 for 0.2%, as far as searches of this effort tell. Raises as `partition`."""
    differences = as_differences(distance)

    def value_under(kept: Sequence[GroupRule]) -> float:
        return partition(differences, sizes, rules=kept, seed=seed, effort=effort).value

    value = value_under(rules)
    without = {one.id: value_under([it for it in rules if it is not one]) for one in rules}
    return {name: max(0.0, other / value - 1) if value else 0.0 for name, other in without.items()}


def value_of(differences: Differences, labels: Sequence[int]) -> int:
    """The sum of the differences of all pairs that share a group, in units."""
    own = np.asarray(labels, np.int64)
    total = 0
    for group in range(int(own.max()) + 1):
        people = np.flatnonzero(own == group)
        total += int(differences.units[np.ix_(people, people)].sum(dtype=np.int64))
    return total // 2


def _searched(instance: Instance, bound: int, seed: int, steps: int, watch: Watch | None) -> Found:
    """The best groups that keep all rules."""
    schedule = schedule_of(instance, steps)
    found = search(instance, schedule, seed, enough=bound, watch=watch)
    if not _kept(instance, found) and not found.ended:
        start = feasible_or_clash(instance)
        found = search(instance, schedule, seed, enough=bound, watch=watch, start=start)
    if not _kept(instance, found):
        raise SearchCancelledError
    return found


def _kept(instance: Instance, found: Found) -> bool:
    """Whether rules are kept, by the sentence of each, not by what the search counted."""
    return bool(found.label) and not broken(found.label, instance.sizes, instance.rules)


def _best_of_all(instance: Instance, found: Found) -> Found:
    """The best groups there are: those of the search, unless there are better ones."""
    best = enumerated(instance)
    if best is None or best[1] <= found.value:
        return found
    return replace(found, label=best[0], value=best[1])


def schedule_of(instance: Instance, steps: int) -> Schedule:
    """How so many steps are spent on this instance."""
    usual = max(1, isqrt(max(instance.sizes)) * usual_spread(instance.differences))
    each = min(steps, _run_of(instance))
    runs = max(1, steps // each)
    hot, cold = max(1, int(usual * _HOT)), max(1, int(usual * _COLD))
    return Schedule(runs, steps // runs, hot, cold, usual * _PRICE)


def _run_of(instance: Instance) -> int:
    """The steps of one annealing, where there are enough."""
    return max(_RUN_LEAST, _RUN_A_PERSON * instance.people)


def usual_spread(differences: Differences) -> int:
    """By how much the differences of two people usually differ from the mean of all, in units."""
    units, pairs = differences.units, differences.people**2
    mean = int(units.sum(dtype=np.int64)) // pairs
    return sum(int(np.abs(row.astype(np.int64) - mean).sum()) for row in units) // pairs


def labels_of(instance: Instance, found: Found) -> tuple[int, ...]:
    """The groups in the roster's order; those of one size are numbered by their first person,
    unless a rule says which is which."""
    labels = np.empty(instance.people, np.int64)
    labels[instance.order] = found.label
    if any(rule.labelled for rule in instance.rules):
        return tuple(labels.tolist())
    return _numbered(labels.tolist(), instance.sizes)


def _numbered(labels: Sequence[int], sizes: Sequence[int]) -> tuple[int, ...]:
    free = {size: [at for at, other in enumerate(sizes) if other == size] for size in set(sizes)}
    place = {group: free[sizes[group]].pop(0) for group in dict.fromkeys(labels)}
    return tuple(place[group] for group in labels)


def steps_of(effort: Effort) -> int:
    if isinstance(effort, int) and not isinstance(effort, bool) and effort >= 1:
        return effort
    if effort in EFFORTS:
        return EFFORTS[str(effort)]
    raise InputError(
        f"effort is instant, quick, thorough or a number of steps; not {brief(effort)}."
    )


def _check(people: int, groups: int, rules: Sequence[GroupRule]) -> None:
    """Raise InputError where rules name people or groups that there are not."""
    if people > MOST_PEOPLE:
        raise InputError(f"{people} people are more than the {MOST_PEOPLE} that fit.")
    for kind in (CommonHours, WishesMet):
        if sum(isinstance(rule, kind) for rule in rules) > 1:
            raise InputError("Only one rule about hours and one about wishes can be kept at once.")
    ids = [rule.id for rule in rules]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise InputError(f"Two rules have the id {brief(twice)}; give each its own.")
    for rule in rules:
        _check_rule(rule, people, groups)


def _check_rule(rule: GroupRule, people: int, groups: int) -> None:
    match rule:
        case FixedSeat(person=person, group=group):
            named, seats = [person], [group]
        case WishesMet(wishes=wishes):
            named, seats = list(range(len(wishes))), [at for own in wishes for at in own]
        case CommonHours(hours=hours):
            named, seats = list(range(len(hours))), []
        case _:
            named, seats = list(rule.people), []
    whole = isinstance(rule, CommonHours | WishesMet)
    if any(not 0 <= person < people for person in named) or (whole and len(named) != people):
        raise InputError(f"The rule {brief(rule.id)} does not fit {people} people.")
    if len(set(named)) < len(named):
        raise InputError(f"The rule {brief(rule.id)} names somebody twice.")
    if any(not 0 <= seat < groups for seat in seats):
        raise InputError(f"The rule {brief(rule.id)} names a group that there is not.")
