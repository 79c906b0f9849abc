"""The rules that people have for groups, by places: person 3 is the fourth of the roster.

Each is kept or broken, never half kept; `broken` says which, by id, and knows nothing of how groups
are searched for. In words they are in playbook.report.workgroups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class _WithId:
    id: str
    labelled: ClassVar[bool] = False
    """Whether it matters to the rule which group is the first, and which the second."""


@dataclass(frozen=True, kw_only=True)
class Together(_WithId):
    """These people are in one group, as a team that is kept whole."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Apart(_WithId):
    """No two of these people are in one group."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class AtLeast(_WithId):
    """Each group has at least `count` of these people."""

    people: tuple[int, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class AtMost(_WithId):
    """Each group has at most `count` of these people."""

    people: tuple[int, ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class NoneOrTwo(_WithId):
    """No group has exactly one of these people: nobody is the only one of a kind."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SpreadEvenly(_WithId):
    """Each group has its share of these people by its size, rounded down or up."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class SplitTeam(_WithId):
    """A team is distributed: no group has more of it than the number of groups makes necessary."""

    people: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class FixedSeat(_WithId):
    """A person is in this group (0 is the first): a supervisor's group, or somebody locked."""

    person: int
    group: int
    labelled: ClassVar[bool] = True


@dataclass(frozen=True, kw_only=True)
class CommonHours(_WithId):
    """The people of each group have at least `count` hours in which all of them are available.

    `hours`: of each person of the roster, the hours of a week as numbers (Monday 9:00 may be 9).
    """

    hours: tuple[frozenset[int], ...]
    count: int


@dataclass(frozen=True, kw_only=True)
class WishesMet(_WithId):
    """At least `count` people are in one of the groups that they wished for.

    `wishes`: of each person of the roster, the groups (0 is the first) that would do.
    """

    wishes: tuple[frozenset[int], ...]
    count: int
    labelled: ClassVar[bool] = True


Counted = Apart | AtLeast | AtMost | NoneOrTwo | SpreadEvenly | SplitTeam
GroupRule = Together | Counted | FixedSeat | CommonHours | WishesMet
"""A rule of any kind."""


def limits(rule: Counted, sizes: Sequence[int]) -> list[tuple[int, int, bool]]:
    """Of each group: how many of the rule's people it has at least and at most; whether none will
    do as well."""
    total, groups, places = len(rule.people), len(sizes), sum(sizes)
    match rule:
        case Apart():
            return [(0, 1, False)] * groups
        case AtLeast(count=count):
            return [(count, places, False)] * groups
        case AtMost(count=count):
            return [(0, count, False)] * groups
        case NoneOrTwo():
            return [(2, places, True)] * groups
        case SplitTeam():
            return [(0, -(-total // groups), False)] * groups
        case SpreadEvenly():
            return [(total * size // places, -(-total * size // places), False) for size in sizes]


def broken(labels: Sequence[int], sizes: Sequence[int], rules: Sequence[GroupRule]) -> list[str]:
    """The ids of the rules that these groups break, in the order of `rules`.

    `labels`: of each person, the group, 0 being the first; `sizes`: of each group.
    """
    return [rule.id for rule in rules if not _kept(rule, labels, sizes)]


def _kept(rule: GroupRule, labels: Sequence[int], sizes: Sequence[int]) -> bool:
    match rule:
        case Together(people=people):
            return len({labels[person] for person in people}) <= 1
        case FixedSeat(person=person, group=group):
            return labels[person] == group
        case CommonHours(hours=hours, count=count):
            return all(len(common) >= count for common in _common(hours, labels, len(sizes)))
        case WishesMet(wishes=wishes, count=count):
            met = sum(label in wished for label, wished in zip(labels, wishes, strict=True))
            return met >= count
        case _:
            found = Counter(labels[person] for person in rule.people)
            return all(
                low <= found[group] <= high or (none and not found[group])
                for group, (low, high, none) in enumerate(limits(rule, sizes))
            )


def _common(
    hours: Sequence[frozenset[int]], labels: Sequence[int], groups: int
) -> Iterator[frozenset[int]]:
    """The hours that everybody of a group has, group by group; a group has somebody."""
    for group in range(groups):
        own = (mine for mine, label in zip(hours, labels, strict=True) if label == group)
        yield frozenset.intersection(*own)
