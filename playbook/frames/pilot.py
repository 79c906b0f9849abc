"""A pilot's weeks as frames: charts that count luck, agreement, the lot, and an exact verdict."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from playbook.analysis import pilot as evidence
from playbook.analysis.pilot.charts import LEAST_BASELINE, XmrChart
from playbook.analysis.pilot.lot import Start, in_order
from playbook.analysis.pilot.ratings import LEAST_RATERS
from playbook.model import InputError

DAYS = 7


def xmr(
    series: pd.Series, baseline: int = LEAST_BASELINE, *, rules: str = "wheeler"
) -> pd.DataFrame:
    """An XmR chart of weekly figures: limits from the first `baseline` weeks, signals after them.

    Parameters
    ----------
    series
        A figure a week. With dates as its index, weeks that are not there are gaps; a gap or NaN is
        never a zero.
    rules
        "limits" (points outside alone), "run" (and eight in a row on a side), "wheeler" (his four),
        "nelson" or "nhs".

    Returns
    -------
    DataFrame
        `value`, `mean`, `lower`, `upper`, and `signal`: the rules a week is part of a pattern of,
        empty where none. `attrs` has `rules`, `provisional` (fewer than twelve figures in the
        baseline: signals say little) and `by_luck`: how likely such a chart signals though nothing
        changed, if no week is like the one before.

    Examples
    --------
    >>> import pandas as pd
    >>> weeks = pd.Series([36, 35, 37, 36, 38, 34, 37, 36, 34, 37, 36, 35, 37, 38, 49])
    >>> found = xmr(weeks)
    >>> found[["lower", "upper"]].iloc[-1].round(1).to_list(), found["signal"].iloc[-1]
    ([30.8, 41.0], 'limit')
    >>> found.attrs["by_luck"] < 0.1
    True
    """
    weekly = _weekly(series)
    chart = _chart(weekly, baseline, rules)
    limits = chart.present.limits
    if limits is None:
        raise InputError("The baseline has no two weeks in a row with a figure, so no limits.")
    frame = pd.DataFrame({"value": weekly.astype(float)})
    frame["mean"], frame["lower"], frame["upper"] = limits.mean, limits.lower, limits.upper
    named: list[list[str]] = [[] for _ in weekly]
    for signal in chart.present.signals:
        for week in range(signal.first, signal.last + 1):
            if signal.rule not in named[week]:
                named[week].append(signal.rule)
    frame["signal"] = [", ".join(it) for it in named]
    frame.attrs |= {"rules": rules, "provisional": limits.provisional}
    frame.attrs["by_luck"] = evidence.chance(rules, baseline=limits.points, weeks=chart.watched)
    return frame


def luck(
    frame: pd.DataFrame, baseline: int = LEAST_BASELINE, *, rules: str = "wheeler"
) -> pd.Series:
    """How many of a frame's charts (a column each) signal, and how many luck alone would bring.

    A Series with `charts`, `signalled`, `expected` and `as_many`: how likely luck alone brings as
    many or more, were the charts unrelated. What a week keeps of the one before is measured in the
    baselines and counted in.

    Examples
    --------
    >>> import pandas as pd
    >>> quiet = [10, 11] * 12
    >>> loud = [10, 11] * 6 + [30] * 12
    >>> found = luck(pd.DataFrame({"Calls": quiet, "Visits": quiet, "Complaints": loud}))
    >>> int(found["charts"]), int(found["signalled"])
    (3, 1)
    """
    columns = [_weekly(frame[name]) for name in frame.columns]
    kept = [_carry_over(column[:baseline]) for column in columns]
    carry_over = sum(kept) / len(kept) if kept else 0.0
    found = evidence.luck([_chart(it, baseline, rules) for it in columns], carry_over)
    return pd.Series(
        {name: getattr(found, name) for name in ("charts", "signalled", "expected", "as_many")}
    )


def _carry_over(before: pd.Series) -> float:
    """0 where too few weeks tell it."""
    try:
        return evidence.baseline_of({"": _values(before)}).carry_over
    except InputError:
        return 0.0


def agreement(ratings: pd.DataFrame, levels: int = 5) -> pd.DataFrame:
    """What several raters agree on: a row for each thing, a column for each rater, NaN where one
    is missing.

    Returns
    -------
    DataFrame
        `raters`, `median`, `lower` and `upper` (the middle half) and `agreement` (rWG: 0 as apart
        as ticks at random, 1 all the same), empty where fewer than five rated. `attrs["alpha"]` is
        Krippendorff's for ordered levels over all things, None below five raters.

    Examples
    --------
    >>> import pandas as pd
    >>> found = agreement(pd.DataFrame([[3, 4, 4, 5, 3], [1, 1, 1, 1, None]], index=["A", "B"]))
    >>> found.loc["A"].round(2).to_dict()
    {'raters': 5.0, 'median': 4.0, 'lower': 3.0, 'upper': 4.0, 'agreement': 0.65}
    >>> found.loc["B"].isna().all()
    np.True_
    """
    things = [_values(row) for _, row in ratings.iterrows()]
    found = [evidence.spread_of(thing, levels) for thing in things]
    columns = ["raters", "median", "lower", "upper", "agreement"]
    lines = [[getattr(it, name) if it else None for name in columns] for it in found]
    frame = pd.DataFrame(lines, index=ratings.index, columns=columns, dtype=float)
    raters = int(ratings.notna().any().sum())
    frame.attrs["alpha"] = evidence.alpha(things) if raters >= LEAST_RATERS else None
    return frame


class PilotDesign:
    """A pilot in which a lot says who begins when: what it could show, the draw, the verdict.

    Examples
    --------
    >>> design = PilotDesign.in_turn(["Group 1", "Group 2", "Group 3", "Group 4"], weeks=13)
    >>> design.starts, design.orders, round(design.floor, 3)
    ([0, 3, 6, 9], 24, 0.042)
    >>> design.draw("a seed that was sealed before")["start"].sort_values().to_list()
    [0, 3, 6, 9]
    """

    def __init__(self, groups: Iterable[str], starts: Sequence[Start]) -> None:
        """`starts`: a week of the pilot for each group, 0 the first; None: never begins."""
        self._groups = list(groups)
        grade = evidence.Grade.COMPARISON_BY_LOT if None in starts else evidence.Grade.START_BY_LOT
        self._design = evidence.Design(grade, tuple(starts))
        if len(self._groups) != len(self._design.starts):
            raise InputError("A design has a start for each group.")

    @classmethod
    def in_turn(cls, groups: Iterable[str], weeks: int, waves: int | None = None) -> PilotDesign:
        """Groups that begin in so many waves (one a group when left out), evenly over `weeks`."""
        names = list(groups)
        return cls(names, evidence.staggered(len(names), weeks, waves))

    @property
    def starts(self) -> list[Start]:
        """The starts that the lot gives out."""
        return list(self._design.starts)

    @property
    def orders(self) -> int:
        """In how many ways the lot can fall."""
        return self._design.orders

    @property
    def floor(self) -> float:
        """The smallest p that any figures can reach; 1: no verdict is possible."""
        return self._design.floor

    def draw(self, seed: str) -> pd.DataFrame:
        """Who begins when: `start` and the `sha256` of "seed:group" that ordered the groups."""
        tickets = evidence.draw(self._groups, self.starts, seed).tickets
        frame = pd.DataFrame(
            {"start": [it.start for it in tickets], "sha256": [it.digest for it in tickets]},
            index=pd.Index([it.group for it in tickets], name="group"),
        )
        return frame.astype({"start": "Int64"}) if None in self.starts else frame

    def could_see(
        self,
        before: pd.DataFrame,
        weeks: int,
        *,
        alpha: float = 0.05,
        slow_weeks: int = 0,
        learned: float = 0.0,
    ) -> pd.Series:
        """The smallest change that shows in 8 of 10 pilots, from the groups' weeks before it.

        `before` has a row a week and a column a group; the pilot takes `weeks`. A change that
        builds up over `slow_weeks`, or of which groups that wait pick up a share (`learned`), is
        harder to see. A Series with `level`, `spread`, `carry_over`, `smallest` (in the metric's
        unit) and `smallest_share` (of the level); both NaN where no change would show.
        """
        measured = evidence.baseline_of(self._series(before))
        sight = evidence.could_see(
            self._design,
            measured,
            baseline_weeks=len(before),
            weeks=weeks,
            alpha=alpha,
            slow_weeks=slow_weeks,
            learned=learned,
        )
        told = {name: getattr(measured, name) for name in ("level", "spread", "carry_over")}
        found = {"smallest": sight.smallest, "smallest_share": sight.smallest_share}
        return pd.Series(told | found, dtype=float)

    def verdict(
        self, weeks: pd.DataFrame, drawn: pd.DataFrame, baseline: int, *, alpha: float = 0.05
    ) -> pd.Series:
        """More than luck? `weeks` has a row a week, `baseline` of them before the pilot, and a
        column a group; `drawn` is what `draw` gave.

        A Series with `outcome` ("more than luck", "no more than luck", "none possible"), `why` not,
        `p`, `floor`, `estimate`, `low`, `high`. It says whether, never why.
        """
        starts = {
            str(group): None if pd.isna(start) else int(start)
            for group, start in drawn["start"].items()
        }
        found = evidence.verdict(
            self._series(weeks), starts, self._design, baseline=baseline, alpha=alpha
        )
        names = ("outcome", "why", "p", "floor", "estimate", "low", "high")
        return pd.Series({name: getattr(found, name) for name in names})

    def _series(self, frame: pd.DataFrame) -> dict[str, list[float | None]]:
        missing = [group for group in self._groups if group not in frame.columns]
        if missing:
            raise InputError(f"There is no column for {', '.join(missing)}.")
        return {group: _values(frame[group]) for group in self._groups}

    def __repr__(self) -> str:
        starts = ", ".join("never" if it is None else str(it) for it in in_order(self.starts))
        return f"<PilotDesign: {len(self._groups)} groups, starts {starts}>"


def _chart(weekly: pd.Series, baseline: int, rules: str) -> XmrChart:
    return evidence.chart(_values(weekly), [evidence.ChartBaseline(0, baseline)], rules=rules)


def _weekly(series: pd.Series) -> pd.Series:
    """With a row for every week in between, where dates say which there are."""
    if not isinstance(series, pd.Series):
        raise InputError(f"Weekly figures are a Series; not a {type(series).__name__}.")
    if not isinstance(series.index, pd.DatetimeIndex) or series.empty:
        return series
    ordered = series.sort_index()
    days = ordered.index.to_series().diff().dropna().dt.days
    if not ((days > 0) & (days % DAYS == 0)).all():
        raise InputError("Weekly figures have one date a week, on the same day of each week.")
    return ordered.asfreq(f"{DAYS}D")


def _values(series: pd.Series) -> list[float | None]:
    numbers = pd.to_numeric(series, errors="coerce")
    if (numbers.isna() & series.notna()).any():
        wrong = series[numbers.isna() & series.notna()].iloc[0]
        raise InputError(f"A figure is a number or empty; not {wrong!r}.")
    return [None if pd.isna(it) else float(it) for it in numbers]
