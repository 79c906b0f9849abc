"""The pictures of Connect and Obstacles in words and as Vega-Lite."""

import json
from datetime import date

import altair
import pytest

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.report.connect.network import in_words as network_in_words
from playbook.report.connect.network import network_in, numbers_in_words
from playbook.report.obstacles.board import in_words as board_in_words
from playbook.report.obstacles.board import obstacles_in
from playbook.report.obstacles.pulse import pulse, pulse_summary
from playbook.report.obstacles.tool_roles import roles_summary, tool_roles
from playbook.report.page import FilledWorksheet
from playbook.report.private import for_others
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
CONNECT, OBSTACLES = FRAMEWORK.sheets["connect"], FRAMEWORK.sheets["obstacles"]
TODAY = date(2027, 3, 15)


def filled(sheet, **answers):
    return read_worksheet(sheet, answers, WORDS)


def judged(sheet, worksheet):
    return assess(sheet, worksheet, FRAMEWORK, TODAY)


def connected(**more):
    rows = [
        {"partner": "Families", "kind": "customers", "tie": "weak", "hours": 6, "member": "N01"},
        {"partner": "Pairs", "kind": "within", "tie": "strong", "member": "N01", "with_code": "N2"},
        {"partner": "The lab", "kind": "outside", "tie": "weak", "led_by": "leader"},
    ]
    return filled(CONNECT, connections=rows, **more)


# --------------------------------------------------------------------------- connections


@pytest.mark.row("CON-03", "CON-05", "CON-30")
def test_the_picture_of_connections_says_rings_hours_and_shares():
    worksheet = connected(groups=[{"group": "Ward 3", "members": "N01, N2, N3"}])
    assert network_in_words(CONNECT, worksheet, judged(CONNECT, worksheet), FRAMEWORK) == [
        "Within a group: 1 connections.",
        "Across groups: 0 connections.",
        "Outside the groups: 1 connections.",
        "With customers: 1 connections, 6 hours in two weeks.",
        "Loose ties: 67% of those of which it is known.",
        "Kept going by leaders or supervisors: 100%.",
        "Members on the list without a connection: 1.",
    ]


@pytest.mark.row("CON-05")
def test_each_measure_says_how_it_is_worked_out_and_none_is_about_a_person():
    said = numbers_in_words(network_in(connected()), WORDS)
    assert [one.partition(".")[0] for one in said] == [
        "Loose ties: 67%",
        "Leading out of a group: 67%",
        "Kept going by leaders or supervisors: 100%",
        "Separate parts: 2",
        "Only links: 0",
    ]
    assert not any("N01" in one or "N2" in one for one in said)
    assert numbers_in_words(network_in(filled(CONNECT)), WORDS) == []


def test_codes_of_members_stay_out_of_what_others_read():
    worksheet = connected(groups=[{"group": "Ward 3", "members": "N01, N2, N3"}])
    whole = FilledWorksheet(CONNECT, worksheet, judged(CONNECT, worksheet), "Ours", "today", None)
    shown = for_others(whole)
    told = json.dumps([dict(row.answers) for row in shown.worksheet.rows("connections")])
    assert "Families" in told
    assert "N01" not in told + json.dumps(
        [dict(row.answers) for row in shown.worksheet.rows("groups")]
    )


# --------------------------------------------------------------------------- obstacles


@pytest.mark.row("OBS-02", "OBS-08", "OBS-09")
def test_the_board_says_columns_kinds_and_what_they_block():
    rows = [
        {"what": "Fax", "state": "covered", "kind": "systemic", "blocks": ["trust"]},
        {"what": "Rooms", "state": "raised", "kind": "systemic", "since": "2027-03-01"},
        {"what": "Blame", "state": "raised", "kind": "cultural", "blocks": ["risk", "trust"]},
        {"what": "Letters", "state": "gone", "since": "2027-01-01"},
    ]
    worksheet = filled(OBSTACLES, obstacles=rows)
    assert board_in_words(OBSTACLES, worksheet, judged(OBSTACLES, worksheet), FRAMEWORK) == [
        "Raised: 2.",
        "Covered for now: 1.",
        "Gone: 1.",
        "Open, Systems and rules: 2.",
        "Open, Habits and culture: 1.",
        "Systems and rules blocks “Trust”: 1.",
        "Habits and culture blocks “Taking risks”: 1.",
        "Habits and culture blocks “Trust”: 1.",
        "On the sponsor’s page, open for 14 days or more: 1.",
    ]
    assert [one.age for one in obstacles_in(worksheet, TODAY)] == [None, 14, None, 73]


@pytest.mark.row("TEC-01")
def test_a_role_without_a_tool_says_so():
    rows = [
        {"tool": "The list", "role": "see", "tool_state": "in_use"},
        {"tool": "The old list", "role": "see", "tool_state": "idle"},
        {"role": "executor"},
    ]
    worksheet = filled(OBSTACLES, technology=rows)
    assert roles_summary(tool_roles(OBSTACLES, worksheet, WORDS), WORDS) == [
        "Shows what is hidden: The list; not in use: The old list.",
        "Connects people who can learn from each other: no tool yet.",
        "Helps to imagine, to feel with others, to reflect: no tool yet.",
        "Makes trying something quick and cheap: no tool yet.",
        "Does routine work by itself: A tool without a name.",
    ]
    assert tool_roles(OBSTACLES, filled(OBSTACLES), WORDS) == ()


@pytest.mark.row("MOT-01", "MOT-14", "GAP-17", "WG-44")
def test_a_week_of_fewer_than_five_is_never_shown():
    rows = [
        {
            "pulse_week": "2027-03-08",
            "pulse_people": 5,
            "avoided_risk": 2,
            "can_disagree": 3,
            "mattered": 3,
        },
        {"pulse_week": "2027-03-01", "pulse_people": 4, "avoided_risk": 4},
        {"pulse_week": "2027-02-22", "pulse_people": 6, "avoided_risk": 3},
        {"pulse_people": 9, "avoided_risk": 9},
    ]
    lines = pulse(OBSTACLES, filled(OBSTACLES, pulse=rows), 5)
    assert pulse_summary(lines, WORDS) == [
        "Tried nothing that could fail: 22 February 2027 3 of 6; 8 March 2027 2 of 5.",
        "Can disagree: 8 March 2027 3 of 5.",
        "Work mattered: 8 March 2027 3 of 5.",
    ]


@pytest.mark.row("GAP-17")
@pytest.mark.parametrize("people", [5, 6, 9])
def test_whoever_wrote_on_a_slip_never_learns_what_another_wrote(people):
    """Every pulse there can be. An attacker knows the rule, the picture and their own slip; in all
    pulses that look like this, did everybody else write the same?"""
    worlds = {}
    for count in range(people + 1):
        row = {"pulse_week": "2027-03-08", "pulse_people": people, "avoided_risk": count}
        (line,) = pulse_summary(pulse(OBSTACLES, filled(OBSTACLES, pulse=[row]), 5), WORDS)
        worlds.setdefault(line, []).append(count)
    assert len(worlds) == people - 2  # each count that is told, and one picture for the rest
    for counts in worlds.values():
        for own in (0, 1):
            others = {it - own for it in counts if own <= it <= people - 1 + own}
            assert others not in ({0}, {people - 1})


@pytest.mark.parametrize(("name", "sheet"), [("tool_roles", OBSTACLES), ("pulse", OBSTACLES)])
def test_a_chart_is_sound_and_empty_while_there_is_nothing(name, sheet):
    worksheet = filled(sheet)
    assert CHARTS[name](sheet, worksheet, judged(sheet, worksheet), FRAMEWORK)["spec"] is None
    example = filled(sheet, **FRAMEWORK.examples[sheet.id].answers)
    payload = CHARTS[name](sheet, example, judged(sheet, example), FRAMEWORK)
    altair.Chart.from_dict(payload["spec"], validate=True)
    assert payload["summary"]
