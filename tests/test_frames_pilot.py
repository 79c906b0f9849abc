"""A pilot's weeks as frames: what an analyst gets, and what is refused."""

import numpy as np
import pandas as pd
import pytest

from playbook.frames import PilotDesign, agreement, luck, xmr
from playbook.model import InputError
from scripts import thirteen_weeks as story

GROUPS = list(story.GROUPS)
CALLS = pd.DataFrame(story.weeks_of(story.MEASURES[0], effect=True))


def test_the_story_from_its_baseline_to_its_verdict() -> None:
    design = PilotDesign.in_turn(GROUPS, weeks=13)
    seen = design.could_see(CALLS.iloc[:12], 13, slow_weeks=3, learned=0.1)
    assert 0 < seen["smallest"] < story.MEASURES[0].change
    assert seen["smallest_share"] == pytest.approx(seen["smallest"] / seen["level"])
    drawn = design.draw(story.LOT_SEED)
    assert drawn["start"].to_dict() == story.lot().starts
    found = design.verdict(CALLS, drawn, baseline=12)
    assert (found["outcome"], found["p"]) == ("more than luck", pytest.approx(1 / 24))
    assert found["low"] < found["estimate"] < found["high"]
    assert repr(design) == "<PilotDesign: 4 groups, starts 0, 3, 6, 9>"


def test_a_comparison_by_lot_and_a_design_without_a_verdict() -> None:
    half = PilotDesign(GROUPS, [0, 0, None, None])
    assert half.floor == pytest.approx(1 / 3)
    drawn = half.draw("a seed of sixteen")
    assert drawn["start"].isna().sum() == 2
    found = half.verdict(CALLS, drawn, baseline=12)
    assert (found["outcome"], found["why"]) == ("none possible", "too few orders")
    assert np.isnan(half.could_see(CALLS.iloc[:12], 13)["smallest"])


def test_dates_that_are_not_there_are_gaps_and_never_zeros() -> None:
    weeks = pd.Series(CALLS["Group 1"].to_numpy(), index=pd.to_datetime(story.mondays()))
    whole, gapped = xmr(weeks), xmr(weeks.drop(weeks.index[20]).iloc[::-1])
    assert len(gapped) == len(whole) == 25
    assert np.isnan(gapped["value"].iloc[20])
    assert gapped["signal"].iloc[20] in ("", gapped["signal"].iloc[21])
    assert gapped["lower"].iloc[0] == whole["lower"].iloc[0]
    assert whole.attrs["by_luck"] > gapped.attrs["by_luck"] > 0.2
    assert not whole.attrs["provisional"]
    assert xmr(weeks, 8).attrs["provisional"]
    with pytest.raises(InputError, match="one date a week"):
        xmr(weeks.rename(index={weeks.index[3]: weeks.index[3] + pd.Timedelta(days=1)}))


def test_luck_counts_all_charts_with_what_their_weeks_keep() -> None:
    found = luck(CALLS)
    assert found["charts"] == 4
    assert 0 <= found["as_many"] <= 1
    assert found["expected"] > 4 * 0.25


def test_agreement_leaves_out_what_fewer_than_five_rated() -> None:
    ratings = pd.DataFrame([[3, 4, 4, 5, 3, None], [2, 2, None, None, 2, 2]], index=["A", "B"])
    found = agreement(ratings)
    assert found.loc["A", "agreement"] == pytest.approx(0.65)
    assert found.loc["B"].isna().all()
    assert -1 < found.attrs["alpha"] <= 1
    assert agreement(ratings.iloc[:, :4]).attrs["alpha"] is None


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (lambda: xmr([1, 2, 3]), "not a list"),
        (lambda: xmr(pd.Series([1.0, None] * 8)), "no two weeks in a row"),
        (lambda: xmr(pd.Series(["12", "many"] * 8)), "not 'many'"),
        (lambda: xmr(CALLS["Group 1"], rules="western"), "one of limits"),
        (lambda: PilotDesign(["a", "b"], [0, 1, 2]), "a start for each group"),
        (lambda: PilotDesign(["a", "b"], [0, 1]).could_see(CALLS, 12), "no column for a, b"),
    ],
)
def test_what_is_given_wrong_gets_one_sentence(asked, said) -> None:
    with pytest.raises(InputError) as error:
        asked()
    assert said in str(error.value)
    assert "\n" not in str(error.value)
