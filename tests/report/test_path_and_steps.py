"""The path and the seven steps in words and as a picture, and their actions in the calendar: worked
out by hand from Wyeford's answers."""

from datetime import date

import pytest

from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import load_framework
from playbook.report.carried import carried_table
from playbook.report.governance import path
from playbook.report.seven_steps import steps
from playbook.report.summary import summarise
from playbook.report.week import dates
from playbook.worksheet.parse import read_worksheet
from widgets.charts.steps import LETTERS, chart_payload

FRAMEWORK = load_framework()
TODAY = date(2027, 4, 23)
PHASES = ("discovery", "design", "pilot", "rollout", "refine")


def entry_of(sheet, **answers):
    """The worksheet that counts: Wyeford's, or with other sheets' answers as given."""
    if not answers:
        return Workbook(FRAMEWORK, TODAY).examples.current(FRAMEWORK.sheets[sheet])
    given = {
        name: read_worksheet(FRAMEWORK.sheets[name], one, FRAMEWORK.words)
        for name, one in answers.items()
    }
    return GivenWorkbook(FRAMEWORK, TODAY, given).current(FRAMEWORK.sheets[sheet])


def told(module, entry):
    return module.in_words(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)


@pytest.mark.row("WS-064", "GAP-24")
def test_the_path_says_where_each_phase_and_gate_is():
    assert told(path, entry_of("governance")) == [
        "Next gate: 9 July 2027",
        "Discovery: behind you.",
        "Design: behind you.",
        "Gate “Pilot”: passed. Its day is 15 January 2027.",
        "Pilot: you are here. Its last milestone is due on 2 July 2027.",
        "Gate “Evaluate”: still to come. Its day is 23 April 2027.",
        "Gate “Scale”: still to come. Its day is 9 July 2027.",
        "Rollout: still to come.",
        "Refinement: still to come.",
    ]


@pytest.mark.parametrize("phase", PHASES)
def test_of_five_phases_one_is_here_and_gates_open_the_next(phase):
    lines = told(path, entry_of("governance", governance={"phase": phase}))
    here = PHASES.index(phase)
    assert sum("you are here" in line for line in lines) == 1
    assert sum("behind you" in line for line in lines) == here
    assert sum("passed" in line for line in lines) == {0: 0, 1: 0, 2: 1, 3: 3, 4: 3}[here]


def test_without_a_phase_there_is_nothing_to_say():
    assert told(path, entry_of("governance", governance={"control": "tight"})) == []


@pytest.mark.row("WS-095")
def test_the_steps_are_done_as_the_other_sheets_say():
    """Governance, transition and pilot; the others wait for sheets that nobody has begun."""
    entry = entry_of("seven_steps")
    found = steps.steps(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
    assert {place for place, one in enumerate(found, 1) if one.done} >= {4, 5, 6}
    assert [place for place, one in enumerate(found, 1) if one.here] == [6]
    assert entry.assessment.numbers["steps_done"] == sum(one.done for one in found)
    lines = told(steps, entry)
    assert lines[3] == "4. Plan governance and risks: done."
    payload = chart_payload(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
    assert payload["summary"] == lines
    rows = payload["spec"]["layer"][2]["data"]["values"]
    assert [row["done"] for row in rows] == [one.done for one in found]


@pytest.mark.row("WS-095")
def test_where_somebody_is_stands_first_and_no_line_runs_out_of_the_picture():
    entry = entry_of("seven_steps", seven_steps={"step": "assess"})
    payload = chart_payload(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
    states = [row["state"] for row in payload["spec"]["layer"][2]["data"]["values"]]
    assert states[1].startswith("You are here: The Map")
    assert states[1].endswith("(+2 more)")
    assert max(map(len, states)) <= LETTERS


@pytest.mark.row("WS-088")
def test_what_a_step_waits_for_is_told_under_the_step_and_not_under_a_question():
    entry = entry_of("seven_steps", seven_steps={"step": "assess"})
    told = summarise(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK).findings
    (found,) = (it for it in told if it.key == "WS-088.map")
    assert (found.heading, found.question, found.answer) == ("Step 2: the map", "", "")


@pytest.mark.row("WS-087", "WS-090")
def test_a_step_is_done_when_its_sheet_says_so_and_not_before():
    now = {"seven_steps": {"step": "pilot"}}
    open_one = told(steps, entry_of("seven_steps", **now))
    settled = {"governance": {"settled": ["decisions", "owners", "escalation"]}}
    done = told(steps, entry_of("seven_steps", **now, **settled))
    assert open_one[3].startswith("4. Plan governance and risks: not done yet.")
    assert done[3] == "4. Plan governance and risks: done."
    assert done[:3] == open_one[:3]


@pytest.mark.row("WS-076", "WS-075")
def test_risks_audits_milestones_and_the_next_word_are_in_the_one_calendar_file():
    entries = dates(Workbook(FRAMEWORK, TODAY).examples)
    found = {one.what: (one.day, one.about) for one in entries}
    audit = found["Who may read which claim files"]
    assert audit[0] == date(2027, 5, 21)
    assert "The data protection officer" in audit[1]
    assert found["Look at twenty offers without a second signature"][0] == date(2027, 5, 7)
    assert found["The renewals of all 400 families are known"][0] == date(2027, 7, 2)
    assert found["Why it goes on until July, and what is still open"][0] == date(2027, 4, 28)
    assert "The four groups meet in 48 of 52 weeks" not in found  # reached


def beside(entry, carry):
    (one,) = [it for it in entry.workbook.carried(entry.sheet) if it.carry.id == carry]
    return carried_table(one, entry.workbook)


@pytest.mark.row("WS-071")
def test_waves_stand_with_who_when_evidence_and_what_stops_them():
    first = {"wave": "Motor claims", "wave_start": "2027-09-06", "wave_stops": "Complaints rise"}
    entry = entry_of("governance", governance={"phase": "rollout"}, act_gate={"waves": [first]})
    assert beside(entry, "waves").rows == (
        ("Motor claims", "6 September 2027", "not said", "Complaints rise"),
    )


@pytest.mark.row("WS-083", "WS-099")
def test_data_sets_stand_with_their_owner_and_their_lowest_measure():
    assert beside(entry_of("governance"), "data_sets").rows == (
        ("Claim files", "Team leads in Kingsmead", "90%"),
        ("Repair dates", "Claims handlers", "88%"),
    )
