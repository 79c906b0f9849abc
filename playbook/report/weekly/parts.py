"""What the weekly page is made of, in words and figures: plain data without a link to a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playbook.report.pathway import Mark, SheetState
from playbook.report.steps import NextStep
from playbook.report.weekly.freed import FreedInGroup
from playbook.report.weekly.moves import ActMove
from playbook.report.weekly.runs import WeeklyRun


@dataclass(frozen=True, slots=True)
class Said:
    """What a group said in its words, empty where it did not, and where it is changed."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """A measure's chart: what may be said of it, and whether that is a signal."""

    run: WeeklyRun
    says: str
    alt: str
    href: str


@dataclass(frozen=True, slots=True)
class Practice:
    """One of the nine: its name, the group's own version, how it stands: an arrow, no score."""

    name: str
    own: str
    state: str
    arrow: str
    href: str


@dataclass(frozen=True, slots=True)
class Column:
    """Three of the nine practices."""

    title: str
    practices: tuple[Practice, ...]


@dataclass(frozen=True, slots=True)
class InTheWay:
    """An open obstacle; `old` ones are on the sponsor's page."""

    what: str
    cover: str
    fix: str
    owner: str
    age: str
    old: bool
    href: str


@dataclass(frozen=True, slots=True)
class LastAction:
    """The action of the latest check-in; `tick` is the field that says that it is done."""

    text: str
    done: bool
    href: str
    worksheet: str
    tick: str


@dataclass(frozen=True, slots=True)
class WeeklyPage:
    """Everything that the weekly page tells, for one group.

    `hrefs` leads from each part to the field or table that changes it. `mark` and `text` are the
    stage's own word and sentence, None while nobody has begun; `next` is one step.
    """

    title: str
    day: str
    group: str
    groups: tuple[str, ...]
    note: str
    outcome: Said
    question: Said
    mark: Mark | None
    text: str
    sheets: tuple[SheetState, ...]
    next: NextStep | None
    charts: tuple[Drawn, ...]
    luck: str
    columns: tuple[Column, ...]
    freed: FreedInGroup
    connections: tuple[tuple[str, int], ...]
    customers: str
    problems: tuple[tuple[str, str], ...]
    obstacles: tuple[InTheWay, ...]
    sponsor: str
    action: LastAction | None
    moves: tuple[ActMove, ...]
    review: str
    hrefs: Mapping[str, str]
