"""Pilots that are made up for a test, and the slow, plain way to judge them."""

from __future__ import annotations

from itertools import permutations

import numpy as np

from playbook.analysis.pilot.designs import Design, Grade, split, staggered

BY_LOT, START = Grade.COMPARISON_BY_LOT, Grade.START_BY_LOT

DESIGNS = {
    "three waves": Design(START, staggered(6, 12, 3)),
    "one after the other": Design(START, staggered(6, 12)),
    "three against three": Design(BY_LOT, split(6, 3)),
    "one against five": Design(BY_LOT, split(6, 1)),
    "four groups": Design(START, staggered(4, 13)),
}


def series_of(figures, names="abcdefghij"):
    """Figures of shape (groups, weeks) as a metric's weeks by group; NaN is a gap."""
    told = [[None if np.isnan(it) else float(it) for it in row] for row in figures]
    return dict(zip(names, told, strict=False))


def regression_estimate(figures, starts, baseline):
    """The mean change by least squares on groups, weeks and begun weeks as columns of ones."""
    groups, weeks = figures.shape
    rows, told = [], []
    for group in range(groups):
        for week in range(weeks):
            if np.isnan(figures[group, week]):
                continue
            begun = starts[group] is not None and week - baseline >= starts[group]
            line = np.zeros(1 + groups + weeks)
            line[0], line[1 + group], line[1 + groups + week] = begun, 1, 1
            rows.append(line)
            told.append(figures[group, week])
    found = np.linalg.lstsq(np.array(rows), np.array(told), rcond=None)
    return found[0][0]


def enumerated_p(figures, starts, baseline):
    """The share of all different orders whose estimate is as far from 0."""
    drawn = regression_estimate(figures, starts, baseline)
    orders = sorted(set(permutations(starts)), key=str)
    found = [regression_estimate(figures, order, baseline) for order in orders]
    return sum(abs(it) >= abs(drawn) - 1e-9 for it in found) / len(orders)
