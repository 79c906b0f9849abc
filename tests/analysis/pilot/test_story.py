"""The example's thirteen weeks: made up, the same every time, and what they show."""

import sys
import tomllib

import numpy as np
import pytest

from playbook.analysis.pilot.sight import baseline_of, change_of
from playbook.analysis.pilot.verdicts import verdict
from playbook.worksheet.time_series import TimeSeries
from scripts import thirteen_weeks as story

CALLS, HANDLERS, COMPLAINTS = story.MEASURES


def judged(measure, *, effect, seed=story.SEED):
    weeks = story.weeks_of(measure, effect=effect, seed=seed)
    return verdict(weeks, story.lot().starts, story.DESIGN, baseline=story.BEFORE)


def test_the_story_has_a_change_that_shows_one_that_does_not_and_none():
    assert judged(CALLS, effect=True).outcome == "more than luck"
    assert judged(CALLS, effect=True).p == pytest.approx(1 / 24)
    assert judged(HANDLERS, effect=True).outcome == "no more than luck"
    assert judged(COMPLAINTS, effect=True) == judged(COMPLAINTS, effect=False)
    assert {judged(it, effect=False).outcome for it in story.MEASURES} == {"no more than luck"}


def test_with_and_without_a_change_weeks_differ_by_that_change_alone():
    there = change_of([story.lot().starts[it] for it in story.GROUPS], 12, 13, 3, CALLS.learned)
    with_it, without = (
        np.array(list(story.weeks_of(CALLS, effect=effect).values())) for effect in (True, False)
    )
    assert with_it - without == pytest.approx(CALLS.change * there, abs=1)  # both are rounded
    assert (with_it[:, :12] == without[:, :12]).all()


def test_over_many_stories_the_weeks_are_as_assumed():
    found = [
        baseline_of({g: it[:12] for g, it in story.weeks_of(CALLS, effect=True, seed=s).items()})
        for s in range(40)
    ]
    assert np.mean([it.level for it in found]) == pytest.approx(CALLS.level, abs=1)
    assert np.median([it.spread for it in found]) == pytest.approx(CALLS.spread, rel=0.15)
    assert np.mean([it.carry_over for it in found]) == pytest.approx(CALLS.carry_over, abs=0.1)
    false_alarms = [judged(COMPLAINTS, effect=True, seed=s).p <= 0.05 for s in range(100)]
    assert np.mean(false_alarms) <= 0.1


def test_what_is_printed_says_what_was_assumed_and_can_be_read_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(sys, "argv", ["thirteen_weeks.py"])
    story.main()
    told = capsys.readouterr().out
    assert "fictional" in told
    assert all(it.told() in told for it in story.MEASURES)
    first = tomllib.loads(told)["series"][0]
    weeks = story.weeks_of(CALLS, effect=True)[first["group"]]
    assert [point.value for point in TimeSeries.from_stored(first["data"].strip())] == weeks
    monkeypatch.setattr(sys, "argv", ["thirteen_weeks.py", "--no-effect", "--csv"])
    story.main()
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "week,group,measure,value"
    assert len(lines) == 1 + 3 * 4 * 25
