"""Sealed predictions beside what happened, and what stays with each person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.analysis.pilot.calibration import (
    Band,
    Prediction,
    group_calibration,
    own_calibration,
)
from playbook.model import InputError


def said(share, outcomes, person="p1"):
    return [Prediction(person, share, outcome == "y") for outcome in outcomes]


def test_you_said_80_and_it_came_true_in_five_of_nine():
    """Five misses of 0.2 and four of 0.8: (5 x 0.04 + 4 x 0.64) / 9."""
    found = own_calibration(said(0.8, "yyyyynnnn"))
    assert found.bands == (Band(0.8, 9, 5),)
    assert found.brier == pytest.approx((5 * 0.04 + 4 * 0.64) / 9)
    assert not found.beats_half


def test_always_half_scores_a_quarter_whatever_happens():
    found = own_calibration(said(0.5, "ynny"))
    assert found.brier == 0.25
    assert not found.beats_half
    assert own_calibration(said(0.9, "yyyy")).beats_half
    assert own_calibration([]) is None


def test_a_group_is_told_from_five_people_on_and_no_band_of_fewer():
    four = [it for person in "abcd" for it in said(0.8, "yn", person)]
    assert group_calibration(four) is None
    five = [*four, *said(0.8, "y", "e"), *said(0.1, "y", "a")]
    found = group_calibration(five)
    assert found.people == 5
    assert found.bands == (Band(0.8, 9, 5),)
    assert found.predictions == 10


def test_a_record_of_ones_own_holds_no_one_elses_predictions():
    with pytest.raises(InputError, match="of one person"):
        own_calibration([*said(0.8, "y", "a"), *said(0.8, "y", "b")])
    with pytest.raises(InputError, match=r"0\.8 for 80%; not 80"):
        Prediction("a", 80, True)


@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.floats(0, 1), st.booleans()), min_size=1))
def test_the_order_of_predictions_changes_nothing_and_the_score_is_from_0_to_1(told):
    predictions = [Prediction(*it) for it in told]
    found, turned = group_calibration(predictions), group_calibration(predictions[::-1])
    if found is None:
        assert turned is None
        return
    assert turned.bands == found.bands
    assert turned.brier == pytest.approx(found.brier)
    assert 0 <= found.brier <= 1
