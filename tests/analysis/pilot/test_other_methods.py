"""What people do instead, on pilots in which nothing changed: how often it is false alarm.

Six groups, 8 weeks before and 12 of pilot, carry-over 0, 0.4 and 0.7, shocks that all share in a
week. These ways are in no screen; they are why the lot is. The figures are those of the project's
notes; of 20,000 pilots instead of 2,000 the regression is wrong in 35 of a hundred at 0.7. They
tell 14, 37 and 42 of a hundred for weeks before and after thrown together; that is so without
carry-over alone. 20 and 28 is what follows from the weeks' covariances and, within 3 points, from a
simulation that shares no code with this one (docs/pilot_evidence.md). Where the shocks carry over
too, it is 29 and 45: no reading of the notes gives their figures.
"""

import numpy as np
import pytest
from scipy import stats

from playbook.analysis.pilot.contrasts import contrasts
from playbook.analysis.pilot.lot import in_order
from playbook.analysis.pilot.orders import begun, centred, orders_of
from playbook.analysis.pilot.simulated import shared_noise
from tests.analysis.pilot.pilots import DESIGNS

CARRY_OVERS = (0.0, 0.4, 0.7)


@pytest.fixture(scope="module")
def pilots():
    random = np.random.default_rng(20_270_118)
    return {carry: shared_noise(random, 2_000, 6, 20, carry, shared=0.7) for carry in CARRY_OVERS}


def regression(noise):
    """Differences in differences: groups, weeks and begun weeks by least squares, weeks taken as
    if none were like the one before; a t test at 5%."""
    pattern = centred(begun((0, 0, 0, None, None, None), 8, 12))
    free = noise.shape[1] * noise.shape[2] - (6 + 20 - 1) - 1
    left, size = centred(noise), (pattern**2).sum()
    found = (left * pattern).sum(axis=(1, 2)) / size
    spread = ((left - found[:, None, None] * pattern) ** 2).sum(axis=(1, 2)) / free
    return np.abs(found) / np.sqrt(spread / size) > stats.t.ppf(0.975, free)


def change_of_each(noise):
    """One change a group, three against three: a t test with four degrees of freedom at 5%."""
    change = noise[:, :, 8:].mean(axis=2) - noise[:, :, :8].mean(axis=2)
    return stats.ttest_ind(change[:, :3], change[:, 3:], axis=1).pvalue < 0.05


PILOT = 3
"""Groups of the six that are the pilot."""


def before_and_after(noise):
    """The weeks of the pilot's groups before and since, thrown together: a t test at 5%."""
    before, since = (noise[:, :PILOT, weeks].reshape(len(noise), -1) for weeks in (_BEFORE, _SINCE))
    return stats.ttest_ind(before, since, axis=1).pvalue < 0.05


_BEFORE, _SINCE = slice(None, 8), slice(8, None)


def worked_out_from_covariances(carry, shock_carry=0.0):
    """How often that test is wrong, without a draw: what the difference of the two means really
    varies by, against what the test takes it for; both from the covariance of any two weeks."""
    group, week = np.divmod(np.arange(PILOT * 20), 20)
    apart = np.abs(week[:, None] - week)
    own = (group[:, None] == group) * carry**apart
    covariance = own + 0.7**2 * shock_carry**apart  # a shock is shared by the groups of one week
    sides = [week < 8, week >= 8]
    weights = sides[1] / sides[1].sum() - sides[0] / sides[0].sum()
    inside = sum(
        np.trace(part) - part.sum() / len(part)
        for part in (covariance[np.ix_(side, side)] for side in sides)
    )
    free = len(week) - 2
    taken_for = inside / free * sum(1 / side.sum() for side in sides)
    least = stats.t.ppf(0.975, free) * np.sqrt(taken_for)
    return 200 * stats.norm.sf(least / np.sqrt(weights @ covariance @ weights))


def test_weeks_before_and_after_thrown_together_are_wrong_far_too_often(pilots):
    found = [100 * before_and_after(pilots[carry]).mean() for carry in CARRY_OVERS]
    assert found == pytest.approx([worked_out_from_covariances(it) for it in CARRY_OVERS], abs=3)
    assert found[0] == pytest.approx(14, abs=3)  # as the notes say
    assert found[0] < found[1] < found[2]


def test_shocks_that_carry_over_make_it_worse_and_do_not_give_the_notes_figures_either():
    found = [worked_out_from_covariances(carry, shock_carry=carry) for carry in CARRY_OVERS]
    assert found == pytest.approx([13, 30, 47], abs=3)  # by the other simulation


def by_lot(name, alpha):
    def called(noise):
        design = DESIGNS[name]
        orders, _ = orders_of(design.starts)
        found = contrasts(noise, orders, in_order(set(design.starts)), 8)
        far = np.abs(found.found)
        return (far >= far[:, :1] - found.slack).mean(axis=1) <= alpha + 1e-9

    return called


@pytest.mark.parametrize(
    ("way", "told"),
    [
        (regression, (6, 20, 32)),
        (change_of_each, (6, 5, 4)),
        (by_lot("three against three", 0.1), (10, 12, 9)),
        (by_lot("three waves", 0.05), (5, 6, 5)),
    ],
    ids=["differences in differences", "a change a group", "three against three", "start by lot"],
)
def test_so_often_each_way_is_wrong(pilots, way, told):
    found = [100 * way(pilots[carry]).mean() for carry in CARRY_OVERS]
    assert found == pytest.approx(told, abs=3)
