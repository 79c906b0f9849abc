"""The practices in words and as a chart: the group's words, gaps, four stages, four moments."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair
import pytest

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Assessment, Worksheet
from playbook.report.practices import learning, moments, nine, stages, weeks
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS
from widgets.charts.moments import dots

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["practices"]
TODAY = date(2027, 3, 1)
WEEKS = [
    {"week": "2027-02-15", "matched": "partly", "practice": "reflect", "example": "We stopped."},
    {"week": "2027-01-28", "matched": "no", "decided": "We dropped it."},
]


def filled(**answers: Any) -> tuple[Worksheet, Assessment]:
    worksheet = read_worksheet(SHEET, answers, FRAMEWORK.words)
    return worksheet, assess(SHEET, worksheet, FRAMEWORK, TODAY)


def said(module: Any, **answers: Any) -> list[str]:
    return list(module.in_words(SHEET, *filled(**answers), FRAMEWORK))


@pytest.mark.row("PRA-13")
def test_each_week_is_a_sentence_and_a_gap_says_that_it_says_nothing() -> None:
    assert said(weeks, check_ins=WEEKS) == [
        "Week 1, 28 January 2027: members named different outcomes. No practice chosen yet. "
        "“We dropped it.”",
        "Week 2: no check-in. A gap says nothing.",
        "Week 3: no check-in. A gap says nothing.",
        "Week 4, 15 February 2027: some said the outcome in other words. "
        "Practice: Reflect more to learn faster. “We stopped.”",
    ]
    assert said(weeks) == said(weeks, check_ins=[{"matched": "yes"}]) == []


@pytest.mark.row("PRA-04", "PRA-14", "PRA-16")
def test_nine_practices_have_the_groups_own_words_and_no_level() -> None:
    rows = [
        {"which": "reflect", "version": "Thursdays at three.", "state": "steady", "level": "l5"},
        {"which": "outcome", "state": "trying"},
        {"which": "own", "version": "We swap shifts.", "state": "paused"},
        {"version": "Something new"},
    ]
    lines = said(nine, practices=rows)
    assert len(lines) == 11
    assert lines[0] == "Provoke: think differently. Frame a powerful question: not taken up."
    assert lines[3].endswith("We are trying it, without words of the group so far.")
    assert lines[8].endswith(
        "Reflect more to learn faster: We do it every week. “Thursdays at three.”"
    )
    assert lines[9:] == [
        "Our own: It rests. “We swap shifts.”",
        "Not placed yet: “Something new”",
    ]
    assert "Spreading" not in " ".join(lines)
    assert said(nine) == []


@pytest.mark.row("PRA-02")
def test_problems_stand_in_their_stages() -> None:
    rows = [
        {"problem": "The letter", "stage": "test"},
        {"problem": "The bed", "stage": "test"},
        {"problem": "Nights"},
        {"stage": "learn"},
    ]
    assert said(stages, board=rows) == [
        "Seeing it: none.",
        "Finding a way: none.",
        "Trying it out: 2. The letter · The bed.",
        "Learning from it: none.",
        "Not placed yet: 1. Nights.",
    ]
    assert said(stages) == []


@pytest.mark.row("PRA-13")
def test_pauses_of_the_last_four_weeks_are_counted_by_moment() -> None:
    """From 1 February to 1 March, both included."""
    days = ["2027-01-31", "2027-02-01", "2027-03-01", "2027-03-02", None]
    rows = [
        {"noticed": "It", "moment": "after"} | ({"reflected_on": day} if day else {})
        for day in days
    ]
    lines = ["Before: none.", "During: none.", "After: 2.", "Away from it: none."]
    assert said(moments, reflections=rows) == lines
    found = moments.pauses(SHEET, filled(reflections=rows)[0], TODAY)
    drawn = dots(moments.moments(SHEET), found)
    assert [(one["row"], one["full"]) for one in drawn] == [
        ("before", False),
        ("during", False),
        ("after", True),
        ("after", True),
        ("outside", False),
    ]
    payload = CHARTS["moments"](SHEET, *filled(reflections=rows), FRAMEWORK)
    assert payload["summary"] == lines
    assert payload["spec"] is not None
    empty = CHARTS["moments"](SHEET, *filled(), FRAMEWORK)
    assert (empty["spec"], empty["summary"]) == (None, [])


ACTED = [
    {"week": "2027-01-04", "practice": "reflect", "action": "Call", "done": ["done"]},
    {"week": "2027-01-11", "practice": "reflect", "action": "Ask", "changed": "We wait"},
    {"week": "2027-02-08", "changed": "We ask"},
    {"week": "2027-02-15", "practice": "reflect", "action": "Try", "done": ["done"]},
]


@pytest.mark.row("SCA-10")
def test_learning_adds_up_and_a_week_without_a_check_in_counts_for_nothing() -> None:
    """By hand: agreed 1 2 2 3, done 1 1 1 2, looked back on 0 1 2 2; weeks 3 to 5 are a gap."""
    found = learning.learning_weeks(SHEET, filled(check_ins=ACTED)[0])
    assert [week.counts for week in found] == [
        (1, 1, 0),
        (2, 1, 1),
        *[None] * 3,
        (2, 1, 2),
        (3, 2, 2),
    ]
    lines = [
        "Up to week 7: actions agreed 3, in the last four weeks 1.",
        "Actions done: 2, in the last four weeks 1.",
        "Actions looked back on: 2, in the last four weeks 1.",
        "Weeks without a check-in: 3. Nothing is counted there.",
    ]
    assert said(learning, check_ins=ACTED) == said(learning, check_ins=ACTED[::-1]) == lines
    payload = CHARTS["learning"](SHEET, *filled(check_ins=ACTED), FRAMEWORK)
    altair.Chart.from_dict(payload["spec"], validate=True)
    assert said(learning, check_ins=ACTED[:1]) == []
    assert CHARTS["learning"](SHEET, *filled(check_ins=ACTED[:1]), FRAMEWORK)["spec"] is None
