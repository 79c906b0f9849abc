"""XmR charts of weekly figures: limits from a baseline, and what breaks a named set of rules.

Arithmetic after Wheeler: the limits are three sigmas from the baseline's mean, a sigma being the
mean moving range over 1.128. A week without a figure is a gap: it is no zero, it has no moving
range on either side, and a run goes on behind it. A pattern counts only in weeks after the
baseline, for what a chart does to its own baseline is no news.

A signal says that something changed. It never says why.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Literal

from playbook.model import InputError

Values = Sequence[float | None]
"""A figure for each week in a row; None where there is none."""

SIGMA_OF_RANGE = 1.128
"""The mean range of two draws from a normal distribution, in its sigmas."""
LIMIT_SIGMAS = 3
RANGE_LIMIT = 3.267
"""A moving range above so many mean ranges is out of its own limit."""

LEAST_BASELINE = 12
"""Below so many figures a chart is provisional."""
YOUNG = 6
"""A signal of fewer points than that is too young to be taken for a new level."""

_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class RuleSet:
    """What counts as a signal, beside a point outside the limits.

    `run` points in a row on one side of the mean; `trend` points that rise or fall each time;
    `near`: (of, need, sigmas), so many of so many in a row beyond so many sigmas on one side.
    A length of 0 means that the rule isn't used.
    """

    name: str
    run: int = 0
    trend: int = 0
    near: tuple[tuple[int, int, float], ...] = ()


RULE_SETS: Mapping[str, RuleSet] = MappingProxyType(
    {
        rules.name: rules
        for rules in (
            RuleSet("limits"),
            RuleSet("run", run=8),
            RuleSet("wheeler", run=8, near=((3, 2, 2), (5, 4, 1))),
            RuleSet("nelson", run=9, trend=6, near=((3, 2, 2), (5, 4, 1))),
            RuleSet("nhs", run=7, trend=7, near=((3, 2, 2),)),
        )
    }
)
"""By name. Three of Nelson's own are left out: they look for too small or too regular a spread."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What weeks like those of the baseline keep within; `points` is how many figures it had."""

    mean: float
    lower: float
    upper: float
    mean_range: float
    range_limit: float
    points: int

    @property
    def sigma(self) -> float:
        """A third of the way from the mean to a limit."""
        return self.mean_range / SIGMA_OF_RANGE

    @property
    def provisional(self) -> bool:
        """Whether the baseline is too short for a word about the chart."""
        return self.points < LEAST_BASELINE


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern from the week at `first` to the one at `last`, above (1) or below (-1) the mean,
    for a trend upwards (1) or downwards (-1)."""

    rule: Literal["limit", "run", "trend", "near"]
    first: int
    last: int
    side: Literal[1, -1]


@dataclass(frozen=True, slots=True)
class ChartBaseline:
    """The weeks from `first` on, `weeks` of them, that limits are worked out from.

    `who` set it and `why`; `despite` is the reason for taking a signal that is still young as new.
    """

    first: int
    weeks: int
    who: str = ""
    why: str = ""
    despite: str = ""


@dataclass(frozen=True, slots=True)
class Period:
    """The weeks from `baseline.first` up to before `end`, in which the same limits hold.

    `unsteady` are the patterns within the baseline itself: limits from such weeks say little.
    """

    baseline: ChartBaseline
    end: int
    limits: Limits | None
    signals: tuple[Signal, ...]
    unsteady: tuple[Signal, ...]


@dataclass(frozen=True, slots=True)
class XmrChart:
    """A series with its periods, the oldest first: an older one's limits stay to be seen."""

    values: tuple[float | None, ...]
    rules: RuleSet
    screened: bool
    periods: tuple[Period, ...]

    @property
    def present(self) -> Period:
        """The period that the latest week is in."""
        return self.periods[-1]

    @property
    def watched(self) -> int:
        """The weeks after the present baseline that have a figure."""
        begun = self.present.baseline.first + self.present.baseline.weeks
        since = self.values[begun:]
        return len(since) - since.count(None)

    @property
    def settled(self) -> bool:
        """Whether a word about it is possible: weeks enough before, and one since."""
        limits = self.present.limits
        return bool(limits and not limits.provisional and self.watched)

    @property
    def marked(self) -> tuple[int, ...]:
        """The weeks with a figure that are part of a signal; none on a provisional chart."""
        spans = self.present.signals if self.signalled else ()
        places = {week for span in spans for week in range(span.first, span.last + 1)}
        return tuple(week for week in sorted(places) if self.values[week] is not None)

    @property
    def signalled(self) -> bool:
        """Whether something counts as a signal now; never on a provisional chart."""
        limits = self.present.limits
        return bool(limits and not limits.provisional and self.present.signals)


def limits_of(values: Values, *, screened: bool = False) -> Limits | None:
    """The limits that `values` set; None where no two weeks in a row have a figure.

    `screened`: moving ranges above their own limit are left out, once, before the mean range is
    taken, as the NHS's charts do.
    """
    known = [value for value in values if value is not None]
    ranges = [abs(b - a) for a, b in pairwise(values) if a is not None and b is not None]
    if not ranges:
        return None
    mean, mean_range = math.fsum(known) / len(known), math.fsum(ranges) / len(ranges)
    if screened:
        kept = [it for it in ranges if it <= RANGE_LIMIT * mean_range]
        mean_range = math.fsum(kept) / len(kept)
    reach = LIMIT_SIGMAS * mean_range / SIGMA_OF_RANGE
    return Limits(
        mean, mean - reach, mean + reach, mean_range, RANGE_LIMIT * mean_range, len(known)
    )


def chart(
    values: Values,
    baselines: Sequence[ChartBaseline] = (ChartBaseline(0, LEAST_BASELINE),),
    *,
    rules: str = "wheeler",
    screened: bool = False,
) -> XmrChart:
    """The chart of `values`; a later baseline begins a new period."""
    if rules not in RULE_SETS:
        raise InputError(f"A rule set is one of {', '.join(RULE_SETS)}; not {rules!r}.")
    ends = [*(baseline.first for baseline in baselines[1:]), len(values)]
    if not baselines or any(end < it.first for it, end in zip(baselines, ends, strict=True)):
        raise InputError("The baselines of a chart begin one after the other, within its weeks.")
    found = [
        _period(values, baseline, end, RULE_SETS[rules], screened)
        for baseline, end in zip(baselines, ends, strict=True)
    ]
    return XmrChart(tuple(values), RULE_SETS[rules], screened, tuple(found))


def _period(
    values: Values, baseline: ChartBaseline, end: int, rules: RuleSet, screened: bool
) -> Period:
    watched = min(end, baseline.first + baseline.weeks)
    limits = limits_of(values[baseline.first : watched], screened=screened)
    if limits is None:
        return Period(baseline, end, None, (), ())
    unsteady = signals(values, limits, rules, first=baseline.first, end=watched)
    return Period(
        baseline, end, limits, signals(values, limits, rules, first=watched, end=end), unsteady
    )


def signals(
    values: Values, limits: Limits, rules: RuleSet, *, first: int = 0, end: int | None = None
) -> tuple[Signal, ...]:
    """The patterns that lie wholly in the weeks from `first` up to before `end`, in their order."""
    end = len(values) if end is None else end
    known = [(week, it) for week in range(first, end) if (it := values[week]) is not None]
    found = [
        Signal(rule, known[start][0], known[stop][0], side)
        for rule, side, start, stop in _patterns([it for _, it in known], limits, rules)
    ]
    return tuple(sorted(found, key=lambda it: (it.first, it.last, it.rule, it.side)))


def _patterns(
    values: Sequence[float], limits: Limits, rules: RuleSet
) -> Iterator[tuple[Literal["limit", "run", "trend", "near"], Literal[1, -1], int, int]]:
    """Rule, side, and the places of its first and last point."""
    sides: tuple[Literal[1, -1], ...] = (1, -1)
    slack = _ROUNDING * max(abs(limits.mean), limits.mean_range)
    for side in sides:
        above = [side * (value - limits.mean) - slack for value in values]
        rises = [side * (b - a) > 0 for a, b in pairwise(values)]
        for span in _merged([it > LIMIT_SIGMAS * limits.sigma for it in above], 1, 1):
            yield "limit", side, *span
        for of, need, sigmas in rules.near:
            for span in _merged([it > sigmas * limits.sigma for it in above], of, need):
                yield "near", side, *span
        if rules.run:
            for span in _merged([it > 0 for it in above], rules.run, rules.run):
                yield "run", side, *span
        if rules.trend:
            for start, stop in _merged(rises, rules.trend - 1, rules.trend - 1):
                yield "trend", side, start, stop + 1


def _merged(hits: Sequence[bool], of: int, need: int) -> Iterator[tuple[int, int]]:
    """First and last hit of every `of` places in a row with at least `need` hits; those that
    overlap are one."""
    span: tuple[int, int] | None = None
    places = [place for place, hit in enumerate(hits) if hit]
    if len(places) < need:
        return
    low = high = 0
    for start in range(len(hits) - of + 1):
        while low < len(places) and places[low] < start:
            low += 1
        while high < len(places) and places[high] < start + of:
            high += 1
        if high - low < need:
            continue
        there = (places[low], places[high - 1])
        if span and there[0] <= span[1] + (of == 1):
            span = (span[0], there[-1])
        else:
            if span:
                yield span
            span = there
    if span:
        yield span


def baseline_problem(
    old: XmrChart, new: ChartBaseline
) -> Literal["first", "who", "why", "despite"] | None:
    """What a new baseline still lacks before a chart may take it, None where nothing.

    It begins after the present one, and says who wants it and why. Where the latest signal has
    fewer than six points, it says besides why nobody waits until the level has shown to stay.
    """
    if not old.present.baseline.first < new.first < len(old.values):
        return "first"
    if not new.who.strip():
        return "who"
    if not new.why.strip():
        return "why"
    return "despite" if _is_young(old) and not new.despite.strip() else None


def _is_young(old: XmrChart) -> bool:
    """Whether the latest signal has fewer than six points up to now."""
    if not old.present.signals:
        return False
    since = max(signal.first for signal in old.present.signals)
    return sum(value is not None for value in old.values[since:]) < YOUNG
