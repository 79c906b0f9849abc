"""The flow in words and pictures: lanes with their layers, what fits each kind of case, and a
change that is tried only where it can be, with its range."""

import pytest

from playbook.framework import load_framework
from playbook.report.flow import lanes, ways, what_if
from playbook.worksheet.parse import read_worksheet
from widgets.charts import CHARTS

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["flow"]
EXAMPLE = FRAMEWORK.examples["flow"].answers

pytestmark = pytest.mark.row("WS-024")


def read(**but):
    return read_worksheet(SHEET, {**EXAMPLE, **but}, FRAMEWORK.words)


def test_a_step_is_told_with_its_layers_and_its_way_back():
    said = lanes.in_words(SHEET, read(), None, FRAMEWORK)
    assert len(said) == 8
    signature = said[4]
    for part in ("5. Signature", "Team lead", "7.5 h", "May it be paid?", "Offer, talked over"):
        assert part in signature
    assert "back to" not in said[0]


@pytest.mark.row("WS-049")
def test_each_kind_of_case_has_its_place():
    said = ways.in_words(SHEET, read(), None, FRAMEWORK)
    assert said[1] == "Burst pipes: today With a way out; fits With a way out."
    rows = CHARTS["flow_ways"](SHEET, read(), None, FRAMEWORK)["spec"]["layer"][-1]["data"]
    assert [row["disc"] for row in rows["values"]] == [0.05, 0.5, 0.95]


def test_half_of_the_signature_shortens_its_queue():
    """By theory too: one clerk at 84% of 1 / 0.95 hours a claim waits far longer than at 42%."""
    found = what_if.tried_change(read()).found
    assert found.difference.high < 0
    assert found.now.low <= found.now.mean <= found.now.high
    payload = CHARTS["flow_if"](SHEET, read(), None, FRAMEWORK)
    assert payload["summary"][0].startswith("With the change a case is done")
    shown = payload["spec"]["data"]["values"]
    assert [row["middle"] for row in shown] == [found.now.mean, found.changed.mean]


@pytest.mark.parametrize(
    ("but", "said"),
    [
        ({"arrivals": 60}, "more than it can take"),
        ({"week_hours": None}, "To try it out"),
    ],
    ids=["full", "missing"],
)
def test_what_cant_be_tried_says_why(but, said):
    given = {key: it for key, it in {**EXAMPLE, **but}.items() if it is not None}
    told = what_if.in_words(SHEET, read_worksheet(SHEET, given, FRAMEWORK.words), None, FRAMEWORK)
    assert len(told) == 1
    assert said in told[0]


@pytest.mark.parametrize("touch", ["1", None], ids=["as it is", "nothing said"])
def test_without_a_change_nothing_is_tried(touch):
    given = {key: it for key, it in {**EXAMPLE, "if_touch": touch}.items() if it}
    assert what_if.tried_change(read_worksheet(SHEET, given, FRAMEWORK.words)) is None
