"""The gate's two pictures in words and as Vega-Lite: the planning dial, and the four moves."""

import json
from datetime import date

import altair
import pytest

from playbook.assessing.assess import assess
from playbook.assessing.workbook import Workbook
from playbook.framework import load_framework
from playbook.model import Level
from playbook.report.create_gate import dial, moves
from playbook.report.pictures import pictures
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS
from widgets.charts.dial import zones

FRAMEWORK = load_framework()
WORDS = FRAMEWORK.words
GATE = FRAMEWORK.sheets["create_gate"]
LEVELS = {
    "capacity": Level.PASS,
    "workgroups": Level.WARN,
    "supervisors": Level.FAIL,
    "expectations": Level.UNKNOWN,
}


def prepared(*when):
    """A worksheet with a preparation for each of `when`; None is not placed yet."""
    rows = [
        {"preparation": f"Thing {at}."} | ({"prepare_when": one} if one else {})
        for at, one in enumerate(when, 1)
    ]
    return read_worksheet(GATE, {"preparations": rows}, WORDS)


def shown(name, worksheet, carried=None):
    found = assess(GATE, worksheet, FRAMEWORK, date(2027, 1, 4), carried or {})
    return CHARTS[name](GATE, worksheet, found, FRAMEWORK)


# --------------------------------------------------------------------------- the dial


@pytest.mark.row("CND-02", "CND-03")
@pytest.mark.parametrize(
    ("now", "zone", "message"),
    [
        (0, "too_little", "CND-03.too_little"),
        (1, "critical", "CND-03.chosen"),
        (7, "critical", "CND-03.chosen"),
        (8, "too_much", "CND-03.too_much"),
    ],
)
def test_the_dial_points_to_what_the_rule_says(now, zone, message):
    worksheet = prepared(*["now"] * now, "later")
    assert dial.dial_of(worksheet, FRAMEWORK).zone == zone
    found = assess(GATE, worksheet, FRAMEWORK, date(2027, 1, 4), {})
    assert message in {one.key for one in found.findings}


@pytest.mark.row("CND-02")
def test_the_dials_twin_names_what_stands_where():
    told = dial.dial_summary(
        dial.dial_of(prepared("now", "later", "now", None), FRAMEWORK), FRAMEWORK
    )
    assert told == [
        "The dial points to what is critical: 2 now, and at most 7 are enough.",
        "Critical now: 2. Thing 1; Thing 3.",
        "Later: 1. Thing 2.",
        "Not placed yet: 1. Thing 4.",
    ]


@pytest.mark.row("CND-02")
def test_before_anything_is_placed_there_is_no_dial():
    assert shown("dial", prepared(None))["spec"] is None
    assert shown("dial", prepared())["summary"] == []


@pytest.mark.row("CND-02")
@pytest.mark.parametrize("when", [["later"], ["now"] * 3, ["now"] * 60])
def test_the_dial_is_valid_vega_lite_with_a_dot_for_each(when):
    drawn = shown("dial", prepared(*when))
    altair.Chart.from_dict(drawn["spec"])
    values = (
        [row for data in drawn["spec"]["datasets"].values() for row in data]
        if ("datasets" in drawn["spec"])
        else [row for layer in drawn["spec"]["layer"] for row in layer["data"]["values"]]
    )
    dots = [row for row in values if "what" in row]
    assert len(dots) == when.count("now")
    assert drawn["summary"][0] in drawn["spec"]["description"]


@pytest.mark.row("CND-02")
def test_zones_touch_and_the_whole_scale_has_every_dot():
    few, many = (dial.dial_of(prepared(*["now"] * count), FRAMEWORK) for count in (2, 40))
    for told in (few, many):
        rows = zones(told, WORDS)
        assert [row["x2"] for row in rows[:2]] == [row["x"] for row in rows[1:]]
        assert rows[0]["x"] < 0 < rows[0]["x2"] < 1
        assert len(told.now) < rows[-1]["x2"]
        assert [row["zone"] for row in rows if row["here"]] == [told.zone]
    assert zones(few, WORDS)[1]["text"] == "What is critical\n1 to 7"
    assert zones(few, WORDS)[2]["text"] == "Too much\n8 and more"


# --------------------------------------------------------------------------- the four moves


@pytest.mark.row("CND-06", "CND-07")
def test_the_moves_have_their_sheets_own_words():
    drawn = shown("moves", prepared(), LEVELS)
    assert drawn["summary"] == [
        "Time that is really free: Ready. Answers constraints.",
        "Groups of volunteers: Not yet. Answers collaboration.",
        "Supervisors who can coach: Stop. Answers expectations.",
        "Expectations that people know: Missing answers. Answers expectations.",
        "1 of 4 are ready. It takes all of them together.",
    ]
    altair.Chart.from_dict(drawn["spec"])
    text = json.dumps(drawn["spec"], ensure_ascii=False)
    for told in ("● Ready", "▲ Not yet", "■ Stop", "○ Missing answers", "Together: motivation"):
        assert told in text


@pytest.mark.row("CND-06")
def test_the_finished_example_has_all_four():
    workbook = Workbook(FRAMEWORK, date(2026, 12, 14)).examples
    found = moves.moves(workbook.assess(GATE), FRAMEWORK)
    assert [one.level for one in found] == [Level.PASS] * 4
    last = moves.moves_summary(found, FRAMEWORK)[-1]
    assert last == "All 4 are ready. Taken together they give people a reason to want it."


@pytest.mark.row("CND-02", "CND-06")
def test_a_saved_page_tells_both_pictures_in_words():
    entry = Workbook(FRAMEWORK, date(2026, 12, 14)).examples.current(GATE)
    told = {
        one.title: one.sentences
        for one in pictures(entry.sheet, entry.worksheet, entry.assessment, FRAMEWORK)
    }
    assert set(told) == {"The planning dial", "Four moves, taken together"}
    assert "Never: 1. A register of sixty risks." in told["The planning dial"]
