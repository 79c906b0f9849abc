"""How people, processes and technology fit each other, and what stands in the way of that.

Levels are from 0 to 4 and None while nobody gave one. What an answer means is content; here it is
counted, compared and put in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from playbook.model import InputError

PILLARS = ("people", "process", "technology")
PAIRS = tuple(combinations(PILLARS, 2))
HIGHEST = 4

Pair = tuple[str, str]

# --------------------------------------------------------------------------- pairs


@dataclass(frozen=True, slots=True)
class Fit:
    """How well the whole fits: as its weakest pair does, never the mean. `level` is None while a
    pair has none, and `weakest` are then the lowest of those that have one."""

    level: int | None
    weakest: tuple[Pair, ...]
    missing: tuple[Pair, ...]


def fit(levels: Mapping[Pair, int | None]) -> Fit:
    """The fit of the three pairs in PAIRS, each from 0 to HIGHEST."""
    for pair, level in levels.items():
        if pair not in PAIRS or not (level is None or 0 <= level <= HIGHEST):
            raise InputError(
                f"{pair} has the level {level!r}: use 0 to {HIGHEST} for a pair of three."
            )
    known = {pair: level for pair in PAIRS if (level := levels.get(pair)) is not None}
    least = min(known.values(), default=None)
    missing = tuple(pair for pair in PAIRS if pair not in known)
    weakest = tuple(pair for pair, level in known.items() if level == least)
    return Fit(None if missing else least, weakest, missing)


# --------------------------------------------------------------------------- standard or flexible

Way = Literal["standard", "standard_with_path", "flexible", "leave"]


def standard_or_flexible(
    impact: bool | None, varies: bool | None, exceptions: float | None, *, many: float
) -> Way | None:
    """How a process should run: of high `impact` and alike from case to case, as a standard, with a
    path for exceptions once `many` (a share) or more cases are some. What `varies` from case to
    case is left flexible; what has no impact is left as it is. None while it is open."""
    if impact is None:
        return None
    if not impact:
        return "leave"
    if varies is None:
        return None
    if varies:
        return "flexible"
    if exceptions is None:
        return None
    return "standard_with_path" if exceptions >= many else "standard"


# --------------------------------------------------------------------------- tools and steps

How = Literal["typed", "passed_on", "read"]
"""Somebody types the data in, a program passes them on, or they are only read."""


@dataclass(frozen=True, slots=True)
class Use:
    """At a step, a tool gets or shows certain data; `step` is the step's place."""

    step: int
    tool: str
    data: str
    how: How


@dataclass(frozen=True, slots=True)
class TypedAgain:
    """Data that somebody types into `tool` at `step`, though `known` has had them since `since`."""

    step: int
    tool: str
    data: str
    known: str
    since: int


def typed_again(uses: Iterable[Use]) -> tuple[TypedAgain, ...]:
    """Every time that data are typed which some tool has already; once for each, with the tool that
    had them first. Data typed twice into the same tool are an update, and no retyping."""
    found: list[TypedAgain] = []
    first: dict[str, Use] = {}
    for use in sorted(uses, key=lambda it: it.step):
        data = " ".join(use.data.split()).casefold()
        had = first.get(data)
        if had and use.how == "typed" and use.tool != had.tool:
            found.append(TypedAgain(use.step, use.tool, use.data, had.tool, had.step))
        if use.how != "read":
            first.setdefault(data, use)
    return tuple(dict.fromkeys(found))


def tool_matrix(
    uses: Sequence[Use], tools: Sequence[str], steps: int
) -> tuple[tuple[tuple[How, ...], ...], ...]:
    """A row for each tool, a cell for each step: how it is used there, in the order of `uses`."""
    return tuple(
        tuple(
            tuple(dict.fromkeys(it.how for it in uses if it.tool == tool and it.step == step))
            for step in range(steps)
        )
        for tool in tools
    )


def idle_tools(uses: Iterable[Use], tools: Iterable[str]) -> tuple[str, ...]:
    """Tools that no step uses."""
    used = {use.tool for use in uses}
    return tuple(tool for tool in tools if tool not in used)


# --------------------------------------------------------------------------- skills


@dataclass(frozen=True, slots=True)
class Skill:
    """So many people need a skill, and so many have it; never who. None is not known."""

    name: str
    need: int | None
    have: int | None


@dataclass(frozen=True, slots=True)
class SkillGaps:
    """`short`: skill and how many are missing, the most first; `single`: skills that exactly one
    person has and somebody needs; `unknown`: skills that nobody counted."""

    short: tuple[tuple[str, int], ...]
    single: tuple[str, ...]
    unknown: tuple[str, ...]


def skill_gaps(skills: Sequence[Skill]) -> SkillGaps:
    short, single, unknown = [], [], []
    for skill in skills:
        if skill.need is None or skill.have is None:
            unknown.append(skill.name)
            continue
        if skill.need > skill.have:
            short.append((skill.name, skill.need - skill.have))
        if skill.have == 1 and skill.need:
            single.append(skill.name)
    short.sort(key=lambda it: -it[1])
    return SkillGaps(tuple(short), tuple(single), tuple(unknown))


# --------------------------------------------------------------------------- data

DIMENSIONS = ("accuracy", "completeness", "timeliness")


@dataclass(frozen=True, slots=True)
class DataSet:
    """Data that the work rests on; a dimension is the share (0 to 1) that is right, there, or in
    time; None while nobody measured it."""

    name: str
    owner: str = ""
    accuracy: float | None = None
    completeness: float | None = None
    timeliness: float | None = None

    @property
    def unmeasured(self) -> tuple[str, ...]:
        return tuple(it for it in DIMENSIONS if getattr(self, it) is None)

    @property
    def weakest(self) -> tuple[str, float] | None:
        """The dimension with the lowest share; None while none is measured."""
        known = [(it, share) for it in DIMENSIONS if (share := getattr(self, it)) is not None]
        return min(known, key=lambda it: it[1]) if known else None


# --------------------------------------------------------------------------- integrations

CRITERIA = ("less_typing", "more_seen", "better_decisions")
"""What an integration should do, from 0 (nothing) to 3 (a lot)."""
MOST = 3


@dataclass(frozen=True, slots=True)
class Integration:
    """Two tools that could be linked."""

    name: str
    less_typing: int | None = None
    more_seen: int | None = None
    better_decisions: int | None = None

    @property
    def score(self) -> int | None:
        """The sum, from 0 to 9; None while one of the three is open."""
        values = [getattr(self, it) for it in CRITERIA]
        known = [value for value in values if value is not None]
        if any(not 0 <= value <= MOST for value in known):
            raise InputError(f"{self.name!r} has a level that is not from 0 to {MOST}.")
        return sum(known) if len(known) == len(values) else None


def backlog(integrations: Iterable[Integration]) -> tuple[tuple[int | None, Integration], ...]:
    """What to link first, with its place: equals share one, and what is open comes last."""
    told = [(it.score, it) for it in integrations]
    scores = [score for score, _ in told if score is not None]
    told.sort(key=lambda it: (it[0] is None, -(it[0] or 0)))
    return tuple(
        (None if score is None else 1 + sum(other > score for other in scores), it)
        for score, it in told
    )
