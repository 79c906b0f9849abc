"""The scorecard in words and as a picture: every measure with today, target, trigger and age."""

from datetime import date

import pytest

from playbook.assessing.assess import assess
from playbook.assessing.workbook import GivenWorkbook, Workbook
from playbook.framework import load_framework
from playbook.report.carried import TABLES, carried_table
from playbook.report.scorecard.board import board
from playbook.worksheet.parse import read_worksheet
from widgets.charts.scorecard import MARGIN, chart_payload

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["scorecard"]
TODAY = date(2027, 4, 23)

pytestmark = pytest.mark.row("WS-054", "WS-055", "WS-063", "WS-073")


def shown(*measures):
    rows = [{"id": f"m{at}", **it} for at, it in enumerate(measures)]
    worksheet = read_worksheet(SHEET, {"measures": rows}, FRAMEWORK.words)
    assessment = assess(SHEET, worksheet, FRAMEWORK, TODAY)
    return worksheet, chart_payload(SHEET, worksheet, assessment, FRAMEWORK)


def waiting(**more):
    told = {"measure": "Days", "category": "operational", "unit": "days", "better": "lower"}
    levels = {"target": 5, "trigger": 15, "data": "2027-04-13 10"}
    return told | levels | {"intervention": "Call the owner"} | more


def drawn(payload):
    """The rows of the picture by the name of their measure."""
    values = [row for one in payload["spec"]["layer"] for row in one["data"]["values"]]
    return {row["name"]: row for row in values if "name" in row}


def test_all_six_kinds_are_told_and_those_without_a_measure_too():
    worksheet, payload = shown(waiting())
    assert [category for category, _ in board(SHEET, worksheet, TODAY)] == [
        "customer", "operational", "quality", "people", "financial", "learning"
    ]  # fmt: skip
    assert len(payload["summary"]) == 6
    assert "Today 10 days, target 5 days, trigger 15 days." in payload["summary"][1]
    assert "10 days old" in payload["summary"][1]
    assert payload["summary"][0] == "Customers: no measure yet."


def test_the_worse_side_is_left_whichever_way_is_better():
    """10 lies half-way from 15 to 5; the baseline widens the track, and so does nothing else."""
    row = drawn(shown(waiting())[1])["Days"]
    assert (row["trigger"], row["today"], row["target"]) == pytest.approx((MARGIN, 0.5, 1 - MARGIN))
    more = waiting(better="higher", target=15, trigger=5)
    row = drawn(shown(more)[1])["Days"]
    assert (row["trigger"], row["today"], row["target"]) == pytest.approx((MARGIN, 0.5, 1 - MARGIN))


@pytest.mark.parametrize(
    ("change", "mark", "says"),
    [
        ({"data": "2027-04-13 15"}, "▲", "crossed its trigger. Planned: Call the owner."),
        ({"data": "2027-04-13 5"}, "●", "at its target"),
        ({}, "●", "between trigger and target"),
        ({"better": ""}, "○", "can’t be compared"),
        ({"data": ""}, "○", "Today not said"),
    ],
    ids=["crossed", "reached", "between", "no direction", "no figure"],
)
def test_how_a_measure_stands_is_a_shape_and_a_sentence(change, mark, says):
    _, payload = shown({key: it for key, it in waiting(**change).items() if it != ""})
    assert drawn(payload)["Days"]["text"].startswith(mark)
    assert says in payload["summary"][1]


def test_without_a_kind_there_is_no_picture():
    payload = shown({"measure": "Days"})[1]
    assert (payload["spec"], payload["summary"]) == (None, [])


@pytest.mark.row("WS-060")
def test_money_is_worked_out_from_four_figures():
    """60 + 3 × 20 = 120 paid, 3 × 70 = 210 gained: 90 on 120; 60 come back at 50 a year."""
    answers = {"cost_once": "60", "cost_year": "20", "gain_year": "70", "years": "3"}
    assessment = assess(SHEET, read_worksheet(SHEET, answers, FRAMEWORK.words), FRAMEWORK, TODAY)
    (money,) = [it for it in assessment.findings if it.key == "WS-060.money"]
    for part in ("3 years", "costs 120 ", "Return: 75%", "paid back: 1.2 "):
        assert part in money.text


@pytest.mark.row("X-05", "WS-054")
def test_no_sentence_of_the_sheet_says_that_anything_worked():
    told = [text for it in SHEET.messages.values() for text in (it.heading, it.text)]
    told += FRAMEWORK.words.group("scorecard").values()
    for word in ("worked", "effect", "caused", "because"):
        assert not [text for text in told if word in text.casefold()], word


def beside(workbook):
    (steers,) = [one for one in workbook.carried(SHEET) if one.carry.id == "steers"]
    return carried_table(steers, workbook)


@pytest.mark.row("X-05", "MET-13")
def test_the_tree_stands_beside_it_with_before_target_and_latest():
    """The latest figure is the pilot's, the mean of its four groups: (43 + 42 + 46 + 47) / 4; what
    is followed under another name stays at the tree's own last figure. Money steers nothing."""
    table = beside(Workbook(FRAMEWORK, TODAY).examples)
    rows = {name: told for name, *told in table.rows}
    called = "Called back within one working day"
    assert rows[called] == ["36%", "50%", "44.5% (12 April 2027)"]
    assert rows["Home claimants who renew"] == ["78%", "not said", "78% (7 December 2026)"]
    assert not any("Premium" in name for name in rows)
    assert len(table.heads) == 4


@pytest.mark.row("X-05")
def test_without_a_tree_nothing_stands_beside_it():
    assert beside(GivenWorkbook(FRAMEWORK, TODAY, {})) is None


def test_every_table_beside_a_sheet_is_known():
    named = {it.columns for one in FRAMEWORK.sheets.values() for it in one.carries}
    assert named - {None} == set(TABLES)


@pytest.mark.row("WS-063")
def test_every_crossed_trigger_names_its_intervention():
    days, calls = (waiting(data=f"2027-04-13 {latest}") for latest in (15, 16))
    calls |= {"measure": "Calls", "intervention": "Call back."}
    worksheet, _ = shown(days, calls)
    (crossed,) = [
        it
        for it in assess(SHEET, worksheet, FRAMEWORK, TODAY).findings
        if it.key == "WS-063.crossed"
    ]
    assert "“Days”: 15 days (15 days) → Call the owner." in crossed.text
    assert "“Calls”: 16 days (15 days) → Call back." in crossed.text
