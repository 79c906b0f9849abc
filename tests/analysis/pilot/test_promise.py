"""What was sealed against what happened, the sealed rule, and the two levels of success."""

from dataclasses import fields, replace
from datetime import date
from itertools import product

import pytest

from playbook.analysis.pilot.decision import Success, launched, moved, sealed_rule
from playbook.analysis.pilot.designs import Design, Grade
from playbook.analysis.pilot.promise import (
    Deviation,
    PilotPromise,
    WhatHappened,
    deviations,
    grade_kept,
    judged_by,
)
from playbook.analysis.pilot.verdicts import PilotVerdict
from playbook.model import InputError

SEALED = PilotPromise(
    metric="callbacks",
    direction="up",
    smallest=4,
    design=Design(Grade.START_BY_LOT, (0, 3, 6, 9)),
    starts={"Group 3": 0, "Group 1": 3, "Group 2": 6, "Group 4": 9},
    baseline_from=date(2026, 10, 26),
    pilot_from=date(2027, 1, 18),
    pilot_until=date(2027, 4, 16),
    opens_on=date(2027, 4, 19),
    opener="Helen Marsh",
    scale_at=4,
    stop_below=3,
)
OTHER = {
    "unit": "calls",
    "metric": "complaints",
    "direction": "down",
    "smallest": 1.0,
    "design": Design(Grade.BEFORE_AFTER, (0, 0, 0, 0)),
    "baseline_from": date(2026, 11, 2),
    "pilot_from": date(2027, 1, 25),
    "pilot_until": date(2027, 3, 26),
    "opens_on": date(2027, 4, 20),
    "opener": "Priya Nair",
    "scale_at": 5.0,
    "stop_below": 1.0,
    "alpha": 0.1,
}


def found(happened, series=None):
    return [(it.kind, it.what, it.sealed, it.now) for it in deviations(SEALED, happened, series)]


def test_as_sealed_nothing_deviates():
    happened = WhatHappened(SEALED, opened=SEALED.opens_on, opened_by="Helen Marsh")
    assert SEALED.weeks == 25
    assert found(happened, {group: [1.0] * 25 for group in SEALED.starts}) == []
    assert grade_kept(SEALED, ()) is Grade.START_BY_LOT


@pytest.mark.parametrize("part", [it.name for it in fields(PilotPromise) if it.name != "starts"])
def test_every_part_that_reads_otherwise_now_is_listed(part):
    now = replace(SEALED, **{part: OTHER[part]})
    assert found(WhatHappened(now)) == [("changed", part, getattr(SEALED, part), OTHER[part])]


def test_groups_that_left_joined_or_began_at_another_time_are_listed():
    now = replace(SEALED, starts={"Group 3": 0, "Group 1": 3, "Group 4": 9, "Group 5": 6})
    happened = WhatHappened(now, begun={"Group 1": 4}, left={"Group 4": 10})
    assert found(happened) == [
        ("start moved", "Group 1", 3, 4),
        ("group left", "Group 2", 6, None),
        ("group left", "Group 4", 9, 10),
        ("group joined", "Group 5", None, 6),
    ]


def test_gaps_late_changes_and_the_opening_are_listed():
    happened = WhatHappened(
        SEALED, changed={"Group 2": 3}, opened=date(2027, 4, 1), opened_by="Priya Nair"
    )
    series = {group: [1.0] * 25 for group in SEALED.starts}
    series |= {"Group 1": [1.0, None] * 12 + [3.0], "Group 2": [1.0] * 20}
    del series["Group 3"]
    assert found(happened, series) == [
        ("no figure", "Group 1", 25, 13),
        ("no figure", "Group 2", 25, 20),
        ("no figure", "Group 3", 25, 0),
        ("figure changed later", "Group 2", 0, 3),
        ("opened early", "opens_on", date(2027, 4, 19), date(2027, 4, 1)),
        ("opened by another", "opener", "Helen Marsh", "Priya Nair"),
    ]


def test_a_start_that_was_moved_costs_the_lot_its_grade_and_another_metric_more():
    moved_start = (Deviation("start moved", "Group 1", 3, 0),)
    assert grade_kept(SEALED, moved_start) is Grade.COMPARISON_CHOSEN
    assert not judged_by(SEALED, moved_start).by_lot
    other_metric = (Deviation("changed", "metric", "callbacks", "complaints"),)
    assert grade_kept(SEALED, other_metric) is Grade.BEFORE_AFTER
    later = (Deviation("changed", "opens_on", SEALED.opens_on, date(2027, 5, 1)),)
    assert judged_by(SEALED, later) == SEALED.design
    before_after = replace(SEALED, design=OTHER["design"])
    assert grade_kept(before_after, moved_start) is Grade.BEFORE_AFTER


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ({"pilot_from": date(2026, 10, 26)}, "follow in this order"),
        ({"opens_on": date(2027, 1, 1)}, "follow in this order"),
        ({"smallest": 0}, "sizes above 0"),
        ({"stop_below": 5}, "sizes above 0"),
    ],
)
def test_a_promise_that_contradicts_itself_is_refused(part, said):
    with pytest.raises(InputError, match=said):
        replace(SEALED, **part)


# --------------------------------------------------------------------------- decision


def verdict(outcome, estimate=None, low=None, high=None):
    return PilotVerdict(outcome, "", 0.05, 1 / 24, 24, True, 0, estimate, None, low, high)


MORE, NO_MORE, NONE = "more than luck", "no more than luck", "none possible"


@pytest.mark.parametrize(
    ("seen", "says", "went"),
    [
        (verdict(MORE, 5, 2, 8), "scale", "as wished"),
        (verdict(MORE, 3.5, 1, 6), "continue", "as wished"),
        (verdict(MORE, 1, 0.2, 2), "stop", "as wished"),
        (verdict(MORE, -5, -8, -2), "stop", "the other way"),
        (verdict(NO_MORE, 5, -1, 11), "continue", "not shown"),
        (verdict(NO_MORE, 1, -1, 2.9), "stop", "not shown"),
        (verdict(NONE, 40), None, "not known"),
        (verdict(NONE), None, "not known"),
    ],
)
def test_the_sealed_rule_and_the_metric(seen, says, went):
    assert sealed_rule(SEALED, seen) == says
    assert moved(SEALED, seen) == went


def test_where_less_is_better_signs_turn():
    down = replace(SEALED, direction="down")
    assert sealed_rule(down, verdict(MORE, -5, -8, -2)) == "scale"
    assert sealed_rule(down, verdict(MORE, 5, 2, 8)) == "stop"
    assert sealed_rule(down, verdict(NO_MORE, -1, -2.9, 1)) == "stop"


def test_a_smaller_change_never_gets_a_better_word():
    """The range moves along; more than luck is when it leaves 0 out."""
    order = {"stop": 0, "continue": 1, "scale": 2}
    for width in (0.5, 2, 4, 8):
        said = []
        for estimate in (tenth / 10 for tenth in range(-100, 101)):
            low, high = estimate - width, estimate + width
            outcome = MORE if low > 0 or high < 0 else NO_MORE
            said.append(order[sealed_rule(SEALED, verdict(outcome, estimate, low, high))])
        assert said == sorted(said)


def test_the_two_levels_stay_apart():
    assert launched([True, True, True]) is True
    assert launched([True, None, False]) is False
    assert launched([True, None]) is None
    assert launched([]) is None
    fields_of = {
        (ran, went): Success(ran, went).both
        for ran, went in product((True, False), ("as wished", "the other way", "not shown"))
    }
    assert set(fields_of.values()) == {"both", "launch alone", "metric alone", "neither"}
    assert fields_of[True, "not shown"] == "launch alone"
    assert fields_of[False, "as wished"] == "metric alone"
    assert Success(None, "as wished").both == "open"
    assert Success(True, "not known").both == "open"
