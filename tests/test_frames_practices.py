"""A workgroup's check-ins as a frame: gaps stay gaps, and order changes nothing."""

from copy import deepcopy
from random import Random
from typing import Any

import pandas as pd
import pytest

from playbook import example, frames
from playbook.model import InputError


def told() -> dict[str, Any]:
    return deepcopy(example("practices")["worksheet"])


@pytest.mark.row("PRA-12")
def test_a_week_without_a_check_in_is_a_gap_and_never_a_zero() -> None:
    weeks = frames.check_ins(told())
    assert weeks.index.tolist() == list(range(1, 14))
    gap = weeks.loc[7]
    assert gap.isna().all()
    rest = weeks.drop(7)
    assert rest["day"].notna().all()
    assert rest["same_words"].notna().all()
    assert (rest["day"].diff().dropna().dt.days % 7 == 0).all()


def test_rows_in_any_order_give_the_same_frame() -> None:
    answers = told()
    before = frames.check_ins(answers)
    Random(7).shuffle(answers["check_ins"])
    pd.testing.assert_frame_equal(frames.check_ins(answers), before)


def test_two_check_ins_of_one_week_are_one_and_the_less_good_answer_counts() -> None:
    answers = told()
    again = {"week": "2027-04-16", "matched": "no", "practice": "repair", "decided": "Later"}
    weeks = frames.check_ins({**answers, "check_ins": [*answers["check_ins"], again]})
    assert len(weeks) == 13
    assert weeks.loc[13, "same_words"] == "No"
    assert weeks.loc[13, "practice"].count("·") == 1
    assert str(weeks.loc[13, "day"].date()) == "2027-04-16"


def test_nobody_has_met_and_answers_that_can_not_be() -> None:
    assert frames.check_ins({}).empty
    with pytest.raises(InputError):
        frames.check_ins({"check_ins": [{"matched": "perhaps"}]})
