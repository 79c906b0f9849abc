"""The pictures of Create in words and as Vega-Lite: clock times, weeks, and four fields."""

import json
from datetime import date

import altair
import pytest
from hypothesis import given
from hypothesis import strategies as st

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.report.expectations.programme import clock, programme, programme_summary
from playbook.report.expectations.quadrants import FIELDS, UNPLACED, placed
from playbook.report.supervisors.coaching import coaching_log, coaching_summary
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
SUPERVISORS, EXPECTATIONS = FRAMEWORK.sheets["supervisors"], FRAMEWORK.sheets["expectations"]


def filled(sheet, **answers):
    return read_worksheet(sheet, answers, WORDS)


def shown(name, sheet, worksheet):
    found = assess(sheet, worksheet, FRAMEWORK, date(2027, 3, 1))
    return CHARTS[name](sheet, worksheet, found, FRAMEWORK)


# --------------------------------------------------------------------------- the programme


@pytest.mark.row("EXP-02")
@pytest.mark.parametrize(
    ("minutes", "told"), [(480, "8:00"), (545, "9:05"), (990, "16:30"), (1439, "23:59")]
)
def test_a_time_of_day_is_told_as_on_a_clock(minutes, told):
    assert clock(minutes, WORDS) == told


@pytest.mark.row("EXP-02")
def test_a_run_of_show_has_clock_times_names_and_sums():
    rows = [
        {"activity": "Why now", "on_day": "d1", "minutes": 30, "led_by": "The sponsor"},
        {"activity": "In pairs", "on_day": "d1", "minutes": 75},
        {"activity": "Second day", "on_day": "d2", "minutes": 45},
        {"activity": "Somewhen", "minutes": 45},
    ]
    worksheet = filled(EXPECTATIONS, starts="t0930", programme=rows)
    assert programme_summary(programme(EXPECTATIONS, worksheet, WORDS), WORDS) == [
        "Day 1: 9:30 to 11:15. Minutes: 105. Parts: 2.",
        "9:30 to 10:00: Why now (The sponsor)",
        "10:00 to 11:15: In pairs",
        "Day 2: 9:30 to 10:15. Minutes: 45. Parts: 1.",
        "9:30 to 10:15: Second day",
        "Not placed yet, for want of a day or of minutes: 1.",
    ]


@pytest.mark.row("EXP-02")
@given(st.lists(st.tuples(st.sampled_from(["d1", "d2"]), st.integers(5, 480)), min_size=1))
def test_parts_follow_each_other_without_a_gap_and_add_up(parts):
    rows = [{"activity": "A", "on_day": day, "minutes": minutes} for day, minutes in parts]
    told = programme(EXPECTATIONS, filled(EXPECTATIONS, programme=rows), WORDS)
    for day in told.days:
        lengths = [minutes for name, minutes in parts if f"Day {name[1:]}" == day.name]
        assert [part.ends - part.begins for part in day.parts] == lengths
        assert day.parts[0].begins == 9 * 60
        assert all(a.ends == b.begins for a, b in zip(day.parts, day.parts[1:], strict=False))
        assert day.minutes == sum(lengths)
    assert sum(len(day.parts) for day in told.days) == len(parts)


# --------------------------------------------------------------------------- the coaching log


@pytest.mark.row("SUP-13")
def test_the_log_tells_each_task_of_a_coach_by_week():
    rows = [
        {"week": "2027-01-25", "tasks": ["impact"], "learned": "B"},
        {"week": "2027-01-18", "tasks": ["expectations", "impact"], "learned": "A"},
        {"week": "2027-02-01", "tasks": ["none"], "learned": "C"},
        {"learned": "A week without a day"},
    ]
    told = coaching_summary(coaching_log(SUPERVISORS, filled(SUPERVISORS, weeks=rows)), WORDS)
    assert told == [
        "Understanding what is expected: 1 of 3 weeks (18 January 2027).",
        "Focusing on what has impact: 2 of 3 weeks (18 January 2027, 25 January 2027).",
        "Breaking a challenge into parts: not yet, in 3 weeks.",
        "Looking back at what was learned: not yet, in 3 weeks.",
        "Getting along in the group: not yet, in 3 weeks.",
    ]


@pytest.mark.row("SUP-13")
def test_two_rows_of_one_week_are_one_week():
    rows = [
        {"week": "2027-01-18", "tasks": ["impact"]},
        {"week": "2027-01-18", "tasks": ["parts"]},
    ]
    log = coaching_log(SUPERVISORS, filled(SUPERVISORS, weeks=rows))
    assert {len(task.weeks) for task in log} == {1}
    assert [bool(task.done) for task in log] == [False, True, True, False, False]


# --------------------------------------------------------------------------- the four fields


@pytest.mark.row("EXP-13")
def test_an_item_stands_in_one_field_or_is_not_placed():
    rows = [
        {"item": f"{need} {activity}", "item_need": need, "item_activity": activity}
        for need in ("known", "unknown")
        for activity in ("defined", "open")
    ]
    items = placed(filled(EXPECTATIONS, items=[*rows, {"item": "Later", "item_need": "known"}]))
    assert [items[field] for field in FIELDS] == [
        ("known defined",),
        ("known open",),
        ("unknown defined",),
        ("unknown open",),
    ]
    assert items[UNPLACED] == ("Later",)


# --------------------------------------------------------------------------- as pictures

DRAWN = [("programme", EXPECTATIONS), ("quadrants", EXPECTATIONS), ("coaching", SUPERVISORS)]


@pytest.mark.row("EXP-02", "EXP-13", "SUP-13", "SUP-02")
@pytest.mark.parametrize(("name", "sheet"), DRAWN, ids=[name for name, _ in DRAWN])
def test_a_picture_is_valid_and_says_its_words_to_a_screen_reader(name, sheet):
    worksheet = read_worksheet(sheet, FRAMEWORK.examples[sheet.id].answers, WORDS)
    told = shown(name, sheet, worksheet)
    altair.Chart.from_dict(told["spec"], validate=True)
    assert told["spec"]["description"] == " ".join(told["summary"])
    assert len(told["summary"]) > 2
    assert "null" not in json.dumps(told["spec"].get("data", {}))


@pytest.mark.parametrize(("name", "sheet"), DRAWN, ids=[name for name, _ in DRAWN])
def test_nothing_is_drawn_before_there_is_something(name, sheet):
    told = shown(name, sheet, filled(sheet))
    assert told["spec"] is None
    assert told["summary"] == []
