"""What a change sets in motion, in words and as bars: the chances of the analysis, none rounded to
nothing or to all."""

import pytest

from playbook.framework import load_framework
from playbook.report.system_map.ripples import MOST_SHOWN, in_words, percent, reached
from playbook.worksheet.parse import read_worksheet
from widgets.charts.ripple import chart_payload

FRAMEWORK = load_framework()
SHEET = FRAMEWORK.sheets["system_map"]

pytestmark = pytest.mark.row("WS-014")


def told(answers):
    worksheet = read_worksheet(SHEET, answers, FRAMEWORK.words)
    said = in_words(SHEET, worksheet, None, FRAMEWORK)
    return worksheet, said, chart_payload(SHEET, worksheet, None, FRAMEWORK)


def star(count, chance=50):
    """A change in the middle, and so many parts around it."""
    parts = [{"id": "m", "part": "Middle", "block": "people"}]
    parts += [{"id": f"p{at}", "part": f"Part {at}", "block": "people"} for at in range(count)]
    links = [
        {"id": f"l{at}", "source": "m", "target": f"p{at}", "chance": chance} for at in range(count)
    ]
    return {"change": "m", "parts": parts, "links": links}


def test_the_example_is_worked_out_by_hand():
    """0.9 × 0.8 for the calendar, × 0.6 for the home; handlers can't add to what leads to them."""
    worksheet, said, payload = told(FRAMEWORK.examples["system_map"].answers)
    found = {part.name: part.chance for part in reached(worksheet).parts}
    assert found["Assessment of the damage"] == pytest.approx(0.9)
    assert found["A home that works again"] == pytest.approx(0.9 * 0.8 * 0.6)
    assert found["Claims handlers"] == pytest.approx(0.9 * 0.8 * 0.6 * 0.8 * 0.4 * 0.5)
    assert "A home that works again: 43%" in " ".join(said)
    rows = payload["spec"]["layer"][-1]["data"]["values"]
    assert [row["name"] for row in rows] == sorted(found, key=found.get, reverse=True)
    assert [row["end"] for row in rows] == [part.chance for part in reached(worksheet).parts]
    assert payload["summary"] == said


def test_many_parts_are_counted_and_draws_are_told():
    worksheet, said, payload = told(star(20))
    assert reached(worksheet).draws == 4096
    assert len(payload["spec"]["layer"][-1]["data"]["values"]) == MOST_SHOWN
    assert any("8" in line for line in said[-2:-1])
    assert "4,096" in said[-1]
    assert "1.5" in said[-1]  # of 50%: 1.96 × √(0.25 / 4096)


@pytest.mark.parametrize("gone", [{"change": None}, {"links": []}], ids=["change", "links"])
def test_without_a_change_or_a_link_there_is_no_picture(gone):
    answers = {key: it for key, it in (star(3) | gone).items() if it}
    _, said, payload = told(answers)
    assert said == []
    assert payload["spec"] is None


def test_a_link_without_a_chance_is_counted():
    answers = star(3)
    del answers["links"][0]["chance"]
    worksheet, said, _ = told(answers)
    assert reached(worksheet).open_links == 1
    assert said[-1].endswith("1.")


@pytest.mark.parametrize(
    ("chance", "text"),
    [(0.0, "0%"), (0.0001, "<1%"), (0.357, "36%"), (0.9999, ">99%"), (1.0, "100%")],
)
def test_what_is_nearly_nothing_or_nearly_sure_is_told_as_that(chance, text):
    assert percent(chance) == text
