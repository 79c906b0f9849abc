"""The map of the work system as a picture: by mouse, finger and keyboard, as a matrix, text and
file, and beside another map."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from .axe import faults
from .conftest import PHONE, Tab

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = pytest.mark.slow
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def mark(tab: Tab, name: str) -> Locator:
    return tab.page.locator(".system-map .mark").and_(
        tab.page.get_by_role("button", name=f"{name}, ")
    )


def links(tab: Tab) -> list[tuple[str, str, str]]:
    """The links as they are kept: from, to, effect, by name."""
    sheet = tab.store.worksheets("system_map")[0]
    kept = {
        name: at.value
        for name, at in tab.store.load(sheet.id).fields.items()
        if at.value is not None
    }
    rows = [name for name in kept if name.startswith("links/") and name.count("/") == 1]

    def end(row: str, question: str) -> str:
        return str(kept.get(f"parts/{kept.get(f'{row}/{question}')}/part"))

    return [(end(it, "source"), end(it, "target"), str(kept.get(f"{it}/effect"))) for it in rows]


@pytest.mark.row("WS-006", "WS-014", "WS-015", "WS-039")
def test_by_mouse_and_as_text_the_same_map_is_edited_and_what_it_sets_in_motion_is_told(
    open_sheet: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_sheet("system_map", "example")
    view = tab.page.locator(".system-map")
    view.scroll_into_view_if_needed()
    mark(tab, "Claim file").drag_to(mark(tab, "Repair budget"))
    tab.saved()
    assert ("Claim file", "Repair budget", "helps") in links(tab)
    area = view.locator(".area[data-block=technology]")
    mark(tab, "Claim file").drag_to(area, target_position={"x": 8, "y": 8}, force=True)
    tab.saved()
    expect(mark(tab, "Claim file")).to_have_accessible_name(
        re.compile(re.escape(tab.say("system_map.blocks.technology")))
    )
    mark(tab, "Claim file").click()
    view.get_by_label(tab.say("system_map.name"), exact=True).fill("Case file")
    expect(mark(tab, "Case file")).to_be_visible()
    view.get_by_text(tab.say("system_map.outline")).click()
    text = view.get_by_label(tab.say("system_map.outline_label"))
    expect(text).to_have_value(re.compile("- Case file\n  -> Repair budget: helps"))
    text.fill(text.input_value().replace("Repair budget: helps", "Repair budget: harms, 20%"))
    tab.button("system_map.outline_take").click()
    expect(view.get_by_role("status").filter(has_text="11")).to_be_visible()
    assert ("Case file", "Repair budget", "harms") in links(tab)
    with tab.page.expect_download() as file:
        tab.button("system_map.as_csv").click()
    other = tmp_path / "other.csv"
    file.value.save_as(other)
    told = other.read_text(encoding="utf-8-sig").replace("harms,20", "helps,90")
    other.write_text(told, encoding="utf-8-sig")
    for fold in ("does", "numbers", "two_maps"):
        view.get_by_text(tab.say(f"system_map.{fold}"), exact=True).click()
    expect(view).to_contain_text("a change strengthens itself")
    expect(view).to_contain_text("Team leads keep hard cases")
    expect(view).to_contain_text("Change cost:")
    expect(view).to_contain_text(tab.say("system_map.not_sealed"))
    view.get_by_label(tab.say("system_map.drawn_by"), exact=True).fill("The leader")
    tab.button("system_map.seal").click()
    tab.page.get_by_role("dialog").get_by_role("button", name=tab.say("system_map.seal")).click()
    expect(view).to_contain_text(tab.say("system_map.sealed", name="The leader"))
    view.locator("input[type=file]").last.set_input_files(other)
    expect(view).to_contain_text("Case file → Repair budget: harms in")
    many = "\n".join(["Processes", *(f"- Step {number}" for number in range(30))])
    text.fill(many)
    tab.button("system_map.outline_take").click()
    expect(view.locator(".mark")).to_have_count(30)
    expect(tab.page.locator("[data-section=parts] li.card")).to_have_count(6)
    tab.page.emulate_media(color_scheme="dark")
    assert faults(tab.page) == []
    assert tab.page.evaluate(SIDEWAYS) <= 0


def test_by_keyboard_a_part_is_added_linked_and_removed_and_the_matrix_says_the_same(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("system_map")
    view, keys = tab.page.locator(".system-map"), tab.page.keyboard
    view.get_by_label(tab.say("system_map.new_part")).focus()
    for name in ("Desk", "Porter"):
        keys.type(name)
        keys.press("Enter")
        expect(mark(tab, name)).to_be_visible()
    mark(tab, "Desk").focus()
    keys.press("l")
    keys.press("ArrowRight")
    if "Porter" not in tab.page.evaluate("document.activeElement.ariaLabel ?? ''"):
        keys.press("ArrowDown")
    keys.press("Enter")
    tab.saved()
    assert links(tab) == [("Desk", "Porter", "helps")]
    matrix = view.locator("summary").filter(has_text=tab.say("system_map.matrix"))
    matrix.focus()
    keys.press("Enter")
    cell = view.get_by_role("button", name="Desk → Porter:")
    cell.focus()
    keys.press("Enter")
    expect(cell).to_have_text("?")
    expect(cell).to_be_focused()
    keys.press("Enter")
    tab.saved()
    assert links(tab) == [("Desk", "Porter", "harms")]
    keys.press("ArrowDown")  # its own cell has none, and there is no row below
    expect(cell).to_be_focused()
    mark(tab, "Porter").focus()
    keys.press("Delete")
    expect(mark(tab, "Porter")).to_have_count(0)
    tab.saved()
    assert links(tab) == []
    view.get_by_role("button", name=tab.say("system_map.undo"), exact=True).click()
    expect(mark(tab, "Porter")).to_be_visible()
    tab.saved()
    assert links(tab) == [("Desk", "Porter", "harms")]  # with its part, as one step
    assert faults(tab.page) == []


def test_with_a_finger_a_part_is_moved_and_linked_and_the_blocks_come_one_by_one(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("system_map", "example", **PHONE)
    view = tab.page.locator(".system-map")
    view.scroll_into_view_if_needed()
    mark(tab, "Claim file").tap()
    expect(tab.button("system_map.to_panel")).to_be_in_viewport()  # the panel is far below
    tab.button("system_map.to_panel").tap()
    expect(view.get_by_label(tab.say("system_map.name"), exact=True)).to_be_focused()
    view.get_by_label(tab.say("system_map.block"), exact=True).select_option("governance")
    expect(mark(tab, "Claim file")).to_have_accessible_name(
        re.compile(re.escape(tab.say("system_map.blocks.governance")))
    )
    tab.button("system_map.link_by_pressing").tap()
    mark(tab, "Team leads").tap()
    tab.saved()
    assert ("Claim file", "Team leads", "helps") in links(tab)
    tab.button("system_map.reveal").tap()
    expect(view.locator(".mark")).to_have_count(1)
    tab.button("system_map.reveal_all").tap()
    expect(view.locator(".mark")).to_have_count(11)
    assert tab.page.evaluate(SIDEWAYS) <= 0
    assert faults(tab.page) == []
