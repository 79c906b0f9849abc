"""The clock, the sums, and what a late class cuts: worked out by hand beside."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from playbook.framework import Framework
from playbook.framework.validate_programme import check_programme
from playbook.kit.class_kit import clock
from playbook.kit.content import load_kit
from playbook.kit.guide import how_to
from playbook.kit.plan import at_venue, when_late
from playbook.model import ContentError
from playbook.model.programme import Programme
from tests.kit.classes import WEDNESDAY, prepared

KIT = load_kit()
ALCOA_80 = [
    *("9:00 5", "9:05 3", "9:08 4", "9:12 8", "9:20 9", "9:29 14", "9:43 6", "9:49 10"),
    *("9:59 9", "10:08 4", "10:12 5", "10:17 5", "10:22 3", "10:25 5"),
]
"""90 minutes from 9:00 with the long case: joining, 80 minutes of it, the minute card."""


def test_ninety_minutes_with_a_long_case_on_the_clock() -> None:
    (session,) = prepared("ninety_minutes", "alcoa:80").sessions
    assert [f"{clock(it.begins)} {it.step.minutes}" for it in session.steps] == ALCOA_80
    assert clock(session.ends) == "10:30"


def test_fifteen_minutes_late_cuts_two_steps_and_ends_a_third_after_its_decisions() -> None:
    """Cuts save 6 and 5; the role play without comparing (4) and debrief (2) saves 6 more."""
    (session,) = prepared("ninety_minutes", "alcoa:80").sessions
    told = [[(it.minutes, it.shortened) for it in plan.saved] for plan in session.late]
    first, second, third = (6, False), (5, False), (6, True)
    assert told == [[first], [first, second], [first, second, third]]
    assert [plan.minutes for plan in session.late] == [6, 11, 17]
    assert [plan.over for plan in session.late] == [0, 0, 0]


def test_half_a_day_plays_the_short_case_instead_of_its_own_step() -> None:
    """210 minutes from 9:00, two breaks of 15: the case takes the 20 minutes from 9:25 on."""
    (session,) = prepared("half_day", "alcoa:20").sessions
    at = {it.step.id: clock(it.begins) for it in session.steps}
    assert (at["alcoa_begins"], at["generalises"]) == ("9:25", "9:45")
    assert "alcoa" not in at  # its place is taken by its steps
    assert (session.pauses, clock(session.ends)) == (30, "12:30")
    assert [(it.cut.order, it.id) for it in session.programme.cuts if it.cut] == [
        (1, "gallery"),
        (2, "champion"),
    ]


def test_two_cases_share_the_time_and_their_cuts_come_first() -> None:
    (session,) = prepared("ninety_minutes", "alcoa:40", "atb:40").sessions
    assert session.programme.minutes == sum(it.step.minutes for it in session.steps) == 90
    orders = [it.cut.order for it in session.programme.cuts if it.cut]
    assert orders == list(range(1, len(orders) + 1))


def test_the_review_comes_four_weeks_after_the_half_day() -> None:
    first, review = prepared("half_day_and_pilot").sessions
    assert (first.day, review.day) == (WEDNESDAY, date(2026, 12, 30))
    days = [it.day for it in prepared("first_days").sessions]
    assert days == [WEDNESDAY, WEDNESDAY + timedelta(days=1)]


@pytest.mark.parametrize("venue", KIT.venues)
@pytest.mark.parametrize("course", KIT.courses)
def test_every_course_adds_up_in_every_venue_and_can_make_up_fifteen_minutes(
    course: str, venue: str, framework: Framework
) -> None:
    for session in prepared(course, venue=venue).sessions:
        check_programme("p.toml", session.programme, framework)
        begins, ends = session.begins, session.ends
        took = (ends.hour - begins.hour) * 60 + ends.minute - begins.minute
        assert took == session.programme.minutes
        assert when_late(session.programme, 15).over == 0, session.programme.title


def test_no_cut_takes_a_second_vote_away(framework: Framework) -> None:
    for programme in framework.programmes.values():
        for step in programme.cuts:
            assert "vote_again" not in {it.do for it in step.phases}, step.id


def test_online_teams_get_their_minutes_from_the_longest_phase() -> None:
    """Entry point: teams 2, decisions 15, compare 8; three minutes to find the small room."""
    room, remote = (prepared("half_day", venue=it).sessions[0] for it in ("room", "remote"))
    phases = [
        next(it.step for it in session.steps if it.step.id == "entry_point").phases
        for session in (room, remote)
    ]
    assert [[it.minutes for it in one] for one in phases] == [[2, 15, 8], [3, 14, 8]]


def test_a_plan_without_cuts_says_by_how_much_it_ends_later() -> None:
    step = {
        "id": "a",
        "title": "A",
        "minutes": 5,
        "phases": [{"do": "talk", "minutes": 5}],
    }
    only = Programme.model_validate({"title": "T", "about": "A.", "minutes": 5, "steps": [step]})
    late = when_late(only, 10)
    assert (late.saved, late.over) == ((), 10)
    assert at_venue(only, KIT.venues["remote"]) == only


def test_steps_that_give_way_to_a_case_stand_together(framework: Framework) -> None:
    found = framework.programmes["ninety_minutes"]
    for wrong in (("join", "whose"), ("reason", "no_such")):
        with pytest.raises(ContentError, match="name steps that stand together"):
            check_programme("p.toml", found.model_copy(update={"cases_for": wrong}), framework)
    assert found.case_minutes == 80


def test_what_people_wrote_has_no_widest_gap() -> None:
    """Where nothing but words was asked, two lines are read aloud; a vote has its two sides."""
    made = prepared("ninety_minutes", "atb:80")
    steps = {it.step.title: it.step for it in made.sessions[0].steps}
    assert "Read two lines aloud" in how_to(steps["What would convince you?"], made)["reveal"]
    assert "Widest gap first" in how_to(steps["A movement or a project?"], made)["reveal"]
