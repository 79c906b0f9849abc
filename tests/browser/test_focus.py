"""The focus sheet in a browser: charts with a table, sliders with fields, the draw, a file re-read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from playbook.model import Level

from .axe import GRAVE, findings
from .conftest import PHONE, Tab

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])


def filled(open_sheet: Callable[..., Tab], **options: object) -> Tab:
    """The sheet with the example's answers as one's own."""
    tab = open_sheet("focus", **options)
    tab.button("form.load_example").click()
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    return tab


def part(tab: Tab, section: str):  # noqa: ANN201
    """A section, scrolled to until its view is there."""
    found = tab.page.locator(f'[data-section="{section}"]').first
    found.scroll_into_view_if_needed()
    return found


@SCREENS
@pytest.mark.row("MET-12", "FOC-04")
def test_charts_say_something_changed_and_a_table_says_the_same(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = filled(open_sheet, **options)
    charts = part(tab, "charts")
    cards = charts.get_by_role("article")
    expect(cards).to_have_count(13)
    expect(charts).to_contain_text("9 of 13 charts signalled. By luck alone, about")
    first = cards.first
    expect(first).to_contain_text(tab.say("evidence.chart.word.changed"))
    first.locator("summary").press("Enter")
    expect(first.get_by_role("row")).to_have_count(1 + 25)
    expect(first.get_by_role("cell", name=tab.say("weekly_charts.marked")).first).to_be_visible()
    charts.get_by_role("combobox").select_option(label="Group 2")
    expect(cards).to_have_count(3)
    width = tab.page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


@SCREENS
@pytest.mark.row("GAP-20")
def test_could_we_see_it_answers_in_one_sentence_by_keyboard_too(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = filled(open_sheet, **options)
    sight = part(tab, "sight")
    answer = sight.get_by_role("status")
    expect(answer).to_have_text(re.compile(r"A change of \d[\d.]* points or more would show"))
    before = answer.text_content()
    groups = sight.get_by_role("spinbutton", name=tab.say("sight.groups"))
    groups.fill("3")
    groups.press("Tab")
    expect(answer).to_contain_text("can’t get below 1 in 6")
    sight.get_by_role("slider", name=tab.say("sight.groups")).press("ArrowRight")
    expect(groups).to_have_value("4")
    expect(answer).to_have_text(re.compile("A change of"))
    sight.get_by_role("button", name=tab.say("sight.own")).press("Enter")
    expect(answer).to_have_text(before or "")


@pytest.mark.row("GAP-20", "GAP-10")
def test_the_lot_is_shown_before_and_drawn_once(open_sheet: Callable[..., Tab]) -> None:
    tab = filled(open_sheet)
    lot = part(tab, "lot")
    lot.get_by_role("button", name=tab.say("lot.anew")).wait_for(state="hidden")
    expect(lot.get_by_role("row")).to_have_count(1 + 4)
    expect(lot.get_by_role("rowheader").first).to_have_text("Group 4")


def test_a_file_is_read_again_and_a_broken_one_changes_nothing(
    open_sheet: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = filled(open_sheet)
    weeks = tmp_path / "weeks.csv"
    weeks.write_text("week,Claimants who renew\n2027-04-12,81\n2027-04-19,82\n", encoding="utf-8")
    tab.section("file").press("Enter")
    tab.write("data_file", str(weeks))
    place = part(tab, "file")
    expect(place.get_by_role("status")).to_contain_text("Figures read: 2", timeout=20_000)
    tab.saved()
    assert "2027-04-19 82" in str(tab.answers()["data"])
    weeks.write_text("nothing to see\n", encoding="utf-8")
    place.get_by_role("button", name=tab.say("weekly_file.again")).click()
    expect(place.get_by_role("status")).to_contain_text("The last good figures stay")
    assert "2027-04-19 82" in str(tab.answers()["data"])


def test_axe_finds_nothing_grave(open_sheet: Callable[..., Tab]) -> None:
    tab = filled(open_sheet)
    for section in ("charts", "sight", "lot"):
        part(tab, section)
        tab.page.wait_for_timeout(800)
    tab.open_all()
    assert findings(tab.page, GRAVE) == []
