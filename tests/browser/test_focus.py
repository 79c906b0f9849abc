"""The focus sheet in a browser: charts and a table, sliders and fields, the draw, a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Locator, expect

from playbook.analysis.pilot.lot import draw
from playbook.editing.apply import apply_change
from playbook.model import Level

from .axe import GRAVE, faults
from .conftest import PHONE, Tab

WIDER = """() => [...document.querySelectorAll("main *")]
    .filter((one) => one.checkVisibility() && !one.closest(".weekly-scroll, .visually-hidden, svg")
        && one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => `${one.tagName}.${one.className}: ${one.textContent.slice(0, 40)}`)"""
NARROW = {**PHONE, "viewport": {"width": 320, "height": 640}}
SCREENS = pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)


def filled(open_sheet: Callable[..., Tab], **options: object) -> Tab:
    """The sheet with the example's answers as one's own."""
    tab = open_sheet("focus", **options)
    tab.button("form.load_example").click()
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    return tab


def part(tab: Tab, section: str) -> Locator:
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
    expect(cards).to_have_count(4)  # those of the measure that decides
    charts.get_by_role("combobox").select_option(label=tab.say("weekly_charts.which_all"))
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


def promised(tab: Tab) -> str:
    """A worksheet whose promise is whole and open; its id."""
    info = tab.store.create("focus", "Mine")

    def do(kind: str, **change: object) -> str:
        op_id = str(uuid4())
        told = {"kind": kind, "op_id": op_id, **change}
        apply_change(tab.store, tab.framework, info.id, "laptop", told, date.today)
        return "r" + op_id.replace("-", "")[:12]

    row = do("add_row", table="measures", answers={"measure": "Calls"})
    told = tab.framework.examples["focus"].answers["promise"][0]
    left_out = ("id", "sealed_on", "opened_on", "opened_by")
    answers = {key: str(value) for key, value in told.items() if key not in left_out}
    do("add_row", table="promise", answers=answers | {"primary": row})
    return info.id


@SCREENS
@pytest.mark.row("GAP-20", "GAP-10")
def test_the_lot_is_shown_before_and_drawn_once_by_keyboard_alone(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = open_sheet("focus", **options)
    tab.open(promised(tab))
    lot = part(tab, "lot")
    expect(lot).to_contain_text("luck alone can always reach 1 in 24")
    lot.get_by_role("button", name=tab.say("lot.prepare")).press("Enter")
    expect(lot.get_by_text(tab.like("evidence.lot.before"))).to_be_visible()
    expect(lot.get_by_text(tab.say("lot.prepared"))).to_be_visible()
    tab.saved()
    answers = tab.answers()
    assert answers["fingerprint"] in (lot.text_content() or "")
    assert answers["seed"] not in (lot.text_content() or "")
    lot.get_by_role("textbox", name=tab.say("lot.word_label")).fill("marigold")
    lot.get_by_role("button", name=tab.say("lot.draw"), exact=True).press("Enter")
    tab.dialog.get_by_role("button", name=tab.say("lot.draw"), exact=True).press("Enter")
    expect(lot.get_by_role("row")).to_have_count(1 + 4)
    tab.saved()
    drawn = draw(answers["lot_groups"].split(", "), (0, 3, 6, 9), f"{answers['seed']}+marigold")
    assert lot.get_by_role("rowheader").all_text_contents() == list(drawn.order)
    expect(lot.get_by_role("button", name=tab.say("lot.draw"), exact=True)).to_be_hidden()
    lot.locator("summary").press("Enter")
    expect(lot).to_contain_text(f"{answers['seed']}+marigold")


def test_nothing_is_wider_than_the_narrowest_phone_with_the_fingerprint_open(
    open_sheet: Callable[..., Tab],
) -> None:
    """Before the draw and after it, and with all that can be unfolded."""
    tab = open_sheet("focus", **NARROW)
    tab.open(promised(tab))
    lot = part(tab, "lot")
    lot.get_by_role("button", name=tab.say("lot.prepare")).click()
    expect(lot.get_by_text(tab.like("evidence.lot.before"))).to_be_visible()
    assert tab.page.evaluate(WIDER) == []
    tab.saved()
    lot.get_by_role("button", name=tab.say("lot.draw"), exact=True).click()
    tab.dialog.get_by_role("button", name=tab.say("lot.draw"), exact=True).click()
    expect(lot.get_by_role("row")).to_have_count(1 + 4)
    tab.saved()
    tab.page.evaluate("document.querySelectorAll('main details').forEach((one) => one.open = true)")
    expect(lot.locator("details .lot-print").first).to_be_visible()
    tab.page.wait_for_timeout(1000)  # what is drawn for a width follows it
    assert tab.page.evaluate(WIDER) == []


@pytest.mark.row("GAP-10")
def test_a_promise_that_no_figures_could_keep_is_refused_with_the_sentence_why(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("focus")
    tab.open(promised(tab))
    promise = part(tab, "promise")
    tab.write_row("groups_named", "Group 1, Group 2, Group 3")
    tab.write_row("waves", "3")
    promise.get_by_role("button", name=tab.say("form.seal"), exact=True).click()
    tab.dialog.get_by_role("button", name=tab.say("form.seal"), exact=True).click()
    expect(promise).to_contain_text("luck alone reaches 1 in 6. You asked for 1 in 20")


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
    weeks.write_text("nothing to see\n", encoding="utf-8")  # nobody presses anything
    told = place.get_by_role("status")
    expect(told).to_contain_text("The last good figures stay: just now.", timeout=20_000)
    assert "2027-04-19 82" in str(tab.answers()["data"])
    weeks.write_text("week,Claimants who renew\n2027-04-19,83\n", encoding="utf-8")
    expect(told).to_contain_text("Figures read: 1", timeout=20_000)
    tab.saved()
    assert "2027-04-19 83" in str(tab.answers()["data"])


@pytest.mark.soak
def test_axe_finds_nothing_grave(open_sheet: Callable[..., Tab]) -> None:
    tab = filled(open_sheet)
    for section in ("charts", "sight", "lot"):
        part(tab, section)
        tab.page.wait_for_timeout(800)
    tab.open_all()
    assert faults(tab.page, GRAVE) == []
