"""Thirteen weeks of the one example story, Wyeford Mutual, made up from stated assumptions.

    python scripts/thirteen_weeks.py                    # with a change, as TOML
    python scripts/thirteen_weeks.py --no-effect --csv  # nothing changed, as CSV
    python scripts/thirteen_weeks.py --sheet            # as content/examples/focus.toml has them

Everything is invented: four groups of home claims handlers, twelve weeks before and thirteen weeks
of pilot, one group begins every three weeks, in an order that a lot draws. The same seed gives the
same weeks. With and without a change the weeks are the same but for the change.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from playbook.analysis.pilot.designs import Design, Grade, staggered
from playbook.analysis.pilot.lot import Lot, draw
from playbook.analysis.pilot.sight import change_of
from playbook.analysis.pilot.simulated import weekly_noise

SEED = 20_270_118
LOT_SEED = "wyeford mutual, 18 January 2027"
GROUPS = ("Group 1", "Group 2", "Group 3", "Group 4")
BEFORE, WEEKS = 12, 13
FIRST_WEEK = datetime.date(2027, 1, 18)
DESIGN = Design(Grade.START_BY_LOT, staggered(len(GROUPS), WEEKS))


@dataclass(frozen=True)
class Assumptions:
    """What a measure is like. Levels, spreads and the change are in its unit, for one group's week.

    `carry_over` (0 to 1) is how much of a week's surprise is still there in the next; `shared` is
    the spread of what hits all groups in a week; the change builds up over `slow_weeks` from a
    group's start, and groups that wait pick up the share `learned` of it. `apart` is how far the
    groups' own levels differ, `digits` what is reported.
    """

    measure: str
    unit: str
    level: float
    spread: float
    carry_over: float
    shared: float
    apart: float
    change: float
    slow_weeks: int = 3
    learned: float = 0.0
    digits: int = 0

    def told(self) -> str:
        """All of it in one line."""
        return (
            f"{self.measure} ({self.unit}): level {self.level:g}, groups {self.apart:g} apart, "
            f"spread of a week {self.spread:g}, carry-over {self.carry_over:g}, "
            f"shared by all in a week {self.shared:g}, change {self.change:+g} "
            f"over {self.slow_weeks} weeks, picked up by who waits {self.learned:.0%}"
        )


MEASURES = (
    Assumptions(
        "Called back within one working day", "%", 36, 3, 0.3, 1.5, 2, change=12, learned=0.1
    ),
    Assumptions("One handler from start to end", "%", 28, 3, 0.3, 1.5, 2, change=4),
    Assumptions("Complaints", "a week", 12, 2.5, 0.2, 2, 1, change=0),
)
OPERATING = Assumptions(
    "Claimants who renew", "%", 78, 0.6, 0.3, 0.3, 0.2, change=0, slow_weeks=0, digits=1
)
"""Behind the others, and too slow to move within the pilot; told for all groups together."""

ROWS = ("callbacks", "handler", "complaints")
"""The rows of the measures on the sheet."""


def lot() -> Lot:
    """Which group begins when."""
    return draw(GROUPS, DESIGN.starts, LOT_SEED)


def mondays() -> list[datetime.date]:
    """The Monday of each week, those before the pilot too."""
    return [FIRST_WEEK + datetime.timedelta(weeks=week) for week in range(-BEFORE, WEEKS)]


def weeks_of(it: Assumptions, *, effect: bool, seed: int = SEED) -> dict[str, list[float]]:
    """The weeks of each group; `effect`: with the change that is assumed."""
    place = MEASURES.index(it) if it in MEASURES else len(MEASURES)
    random = np.random.default_rng([seed, place])
    weeks = BEFORE + WEEKS
    own = it.spread * weekly_noise(random, (len(GROUPS), weeks), it.carry_over)
    shared = it.shared * random.standard_normal(weeks)
    levels = it.level + it.apart * random.standard_normal((len(GROUPS), 1))
    starts = [lot().starts[group] for group in GROUPS]
    there = change_of(starts, BEFORE, WEEKS, it.slow_weeks, it.learned)
    figures = levels + own + shared + (it.change if effect else 0.0) * there
    figures = np.clip(figures, 0, 100 if it.unit == "%" else None).round(it.digits)
    return {group: row.tolist() for group, row in zip(GROUPS, figures, strict=True)}


def as_toml(*, effect: bool, seed: int = SEED) -> Iterator[str]:
    """The lines of a file: the assumptions as comments, then a series for measure and group."""
    yield "# Example: Wyeford Mutual is a fictional insurer, and every figure here is made up by"
    yield f"# scripts/thirteen_weeks.py, seed {seed}, {'with' if effect else 'without'} a change."
    for it in MEASURES:
        yield f"# {it.told()}"
    yield f"# The lot drew {', '.join(lot().order)} from the seed “{LOT_SEED}”."
    for it in MEASURES:
        for group, figures in weeks_of(it, effect=effect, seed=seed).items():
            yield f'\n[[series]]\nmeasure = "{it.measure}"\ngroup = "{group}"'
            yield from _series("data", figures)


def operating_weeks(*, seed: int = SEED) -> list[float]:
    """The weeks of the operating measure, the mean of the groups."""
    groups = weeks_of(OPERATING, effect=False, seed=seed).values()
    return [round(sum(week) / len(week), OPERATING.digits) for week in zip(*groups, strict=True)]


def as_sheet() -> Iterator[str]:
    """The rows of the focus sheet's example: the figures of each measure and group."""
    for row, it in zip(ROWS, MEASURES, strict=True):
        for place, (group, figures) in enumerate(weeks_of(it, effect=True).items(), 1):
            yield f'\n[[answers.figures]]\nid = "{row}{place}"\nof = "{row}"\ngroup = "{group}"'
            yield from _series("group_data", figures)


def _series(name: str, figures: list[float]) -> Iterator[str]:
    yield f'{name} = """'
    yield from (f"{day} {it:g}" for day, it in zip(mondays(), figures, strict=True))
    yield '"""'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--no-effect", action="store_true", help="nothing changed")
    parser.add_argument("--csv", action="store_true", help="a line for group, measure and week")
    parser.add_argument("--sheet", action="store_true", help="as the focus sheet's example")
    parser.add_argument("--seed", type=int, default=SEED, help="of the weeks, not of the lot")
    asked = parser.parse_args()
    effect = not asked.no_effect
    if asked.sheet:
        print("\n".join(as_sheet()))
        return
    if not asked.csv:
        print("\n".join(as_toml(effect=effect, seed=asked.seed)))
        return
    lines = csv.writer(sys.stdout)
    lines.writerow(["week", "group", "measure", "value"])
    for it in MEASURES:
        for group, figures in weeks_of(it, effect=effect, seed=asked.seed).items():
            for day, figure in zip(mondays(), figures, strict=True):
                lines.writerow([day, group, it.measure, f"{figure:g}"])


if __name__ == "__main__":
    main()
