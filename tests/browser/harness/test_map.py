"""The map of entry points: moved by mouse, finger and keyboard, and the same as a table."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.harness.catalyst import SAVED
from tests.browser.harness.fingers import touch
from tests.browser.harness.test_form_for_everybody import OPEN_ALL, serious
from tests.browser.labels import FRAMEWORK, NO, PARTLY, ask, of_row, option, say

if TYPE_CHECKING:
    from conftest import FormPage

SIZE = 4
IMPACTS = ("small", "local", "watched", "decisive")
LIKELIHOODS = ("stopped", "pulled_back", "holds", "carried")
PHONE = {"width": 340, "height": 740}
NO_BEAT = """() => {
    const {send} = model;
    model.send = (message) => message.type !== "beat" && send(message);
}"""
"""So that a tab doesn't hear of what others changed."""
Spot = tuple[int, int]
"""Impact and likelihood, each from 0."""


@pytest.fixture
def form(tab: Callable[..., FormPage]) -> FormPage:
    """Two places: one not on the map yet, one on it."""
    return with_places(tab(sheet="entry_point"))


def test_what_makes_a_place_stronger_stands_in_the_sheets_order(form: FormPage) -> None:
    """Although two of these sections are of tables of their own."""
    asked = [one.title for one in FRAMEWORK.sheets["entry_point"].sections if one.deeper]
    told = form.page.locator(".deeper-group:not(.background) summary h3:visible")
    expect(told).to_have_text(asked)


def with_places(form: FormPage) -> FormPage:
    form.page.get_by_role("textbox").first.fill("North")
    form.button(of_row("form.row_add", "entry_point", "candidates")).click()
    form.page.get_by_role("textbox").and_(form.page.locator(":visible")).first.fill("South")
    disc(form, 2).press("ArrowUp")
    expect(form.save).to_have_text(SAVED)
    return form


def disc(form: FormPage, number: int) -> Locator:
    return form.page.get_by_role("button", name=re.compile(rf"^{number} "))


def row_of(form: FormPage, name: str) -> str:
    return next(field.split("/")[1] for field, value in form.stored().items() if value == name)


def spot(form: FormPage, name: str) -> Any:
    """Where the store has a place, once all is saved: its answers on the two scales."""
    expect(form.save).to_have_text(SAVED)
    stored, row = form.stored(), row_of(form, name)
    return tuple(stored.get(f"candidates/{row}/{asked}") for asked in ("impact", "likelihood"))


def named(spot: Spot) -> tuple[str, str]:
    return IMPACTS[spot[0]], LIKELIHOODS[spot[1]]


def centre(form: FormPage, spot: Spot) -> tuple[float, float]:
    """The middle of a spot on screen."""
    box = form.page.locator(".map-grid").bounding_box()
    assert box
    impact, likelihood = spot
    x = box["x"] + box["width"] * (likelihood + 0.5) / SIZE
    return x, box["y"] + box["height"] * (SIZE - impact - 0.5) / SIZE


def middle(item: Locator) -> tuple[float, float]:
    box = item.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def drag(form: FormPage, number: int, end: tuple[float, float], drop: bool = True) -> None:
    mouse = form.page.mouse
    mouse.move(*middle(disc(form, number)))
    mouse.down()
    mouse.move(*end, steps=5)
    if drop:
        mouse.up()


def see(form: FormPage) -> None:
    """Bring the whole map into the window."""
    form.page.locator(".map").evaluate("map => scrollTo(0, map.offsetTop)")


# -- by mouse


def test_a_place_is_dragged_onto_the_map_and_a_reload_finds_it_there(form: FormPage) -> None:
    assert spot(form, "North") == (None, None)
    see(form)
    before = len(form.page.evaluate("model.line.sent"))
    drag(form, 1, centre(form, (3, 2)))
    assert spot(form, "North") == named((3, 2))
    sent = form.page.evaluate("model.line.sent")[before:]
    assert [one["op"]["kind"] for one in sent if one["type"] == "op"] == ["set", "set"]
    expect(form.page.locator("[data-pb-live]")).to_have_text(
        "North: impact What the year depends on, likelihood Runs with trouble. Start here."
    )
    form.reload(form.page.locator(".map-grid > .disc").nth(1))
    see(form)
    assert middle(disc(form, 1)) == pytest.approx(centre(form, (3, 2)), abs=2)


def test_a_move_along_one_scale_is_one_change_and_is_undone(form: FormPage) -> None:
    see(form)
    before = len(form.page.evaluate("model.line.sent"))
    drag(form, 2, centre(form, (0, 3)))
    assert spot(form, "South") == named((0, 3))
    sent = form.page.evaluate("model.line.sent")[before:]
    assert len([one for one in sent if one["type"] == "op"]) == 1
    form.page.get_by_role("button", name=re.compile("^Undo")).click()
    expect(form.page.locator(".map-grid > .disc")).to_have_accessible_name(
        re.compile("likelihood Hardly starts")
    )
    assert spot(form, "South") == named((0, 0))


def test_what_is_let_go_elsewhere_or_with_escape_stays_where_it_was(form: FormPage) -> None:
    see(form)
    drag(form, 2, centre(form, (2, 2)), drop=False)
    expect(form.page.locator(".map-target")).to_be_visible()
    expect(form.page.locator(".map-reading")).to_contain_text("South: Start here")
    form.page.keyboard.press("Escape")
    expect(form.page.locator(".map-target")).to_be_hidden()
    form.page.mouse.up()
    below = form.page.locator(".map-reading")
    drag(form, 2, middle(below))
    assert spot(form, "South") == named((0, 0))
    drag(form, 2, middle(form.page.locator(".map-open")))
    assert spot(form, "South") == (None, None)


def test_two_on_one_spot_stand_side_by_side(form: FormPage) -> None:
    see(form)
    drag(form, 1, centre(form, (0, 0)))
    assert spot(form, "North") == spot(form, "South")
    expect(form.page.locator(".map-grid > .disc")).to_have_count(2)
    form.page.wait_for_function(
        "Math.abs([...document.querySelectorAll('.map-grid > .disc > :first-child')]"
        ".map(one => one.getBoundingClientRect().x).reduce((one, other) => one - other)) > 30"
    )


# -- by finger


def test_a_finger_moves_a_disc_and_anywhere_else_it_scrolls_the_page(
    chromium: Browser, tab: Callable[..., FormPage]
) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    form = with_places(tab(context, sheet="entry_point"))
    see(form)
    touch(form.page, middle(disc(form, 1)), centre(form, (2, 3)))
    assert spot(form, "North") == named((2, 3))
    see(form)
    at = form.page.evaluate("scrollY")
    empty = centre(form, (3, 1))
    touch(form.page, empty, (empty[0], empty[1] - 120))
    form.page.wait_for_function("before => scrollY > before + 50", arg=at)
    assert spot(form, "North") == named((2, 3))
    context.close()


def test_a_phone_shows_the_whole_map_without_scrolling_sideways(
    chromium: Browser, tab: Callable[..., FormPage]
) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    form = with_places(tab(context, sheet="entry_point"))
    form.page.evaluate(OPEN_ALL)
    assert form.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    small = form.page.locator(".map").evaluate(
        "map => [...map.querySelectorAll('button, summary, select')]"
        ".filter(one => one.checkVisibility())"
        ".map(one => [one.textContent, one.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 44 || box.width < 44).map(([text]) => text)"
    )
    assert small == []
    context.close()


def test_a_tap_on_a_number_then_on_the_map_places_it_and_a_tap_alone_moves_nothing_placed(
    chromium: Browser, tab: Callable[..., FormPage]
) -> None:
    context = chromium.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    form = with_places(tab(context, sheet="entry_point"))
    form.page.get_by_role("textbox").and_(form.page.locator(":visible")).first.focus()
    see(form)
    form.page.touchscreen.tap(*centre(form, (3, 3)))  # the one that waits
    assert spot(form, "North") == named((3, 3))
    form.page.get_by_role("textbox").and_(form.page.locator(":visible")).first.focus()
    see(form)
    form.page.touchscreen.tap(*centre(form, (1, 2)))
    assert spot(form, "North") == named((3, 3))
    disc(form, 2).tap()
    see(form)
    form.page.touchscreen.tap(*centre(form, (2, 1)))
    expect(disc(form, 2)).to_be_focused()
    assert spot(form, "South") == named((2, 1))
    assert spot(form, "North") == named((3, 3))
    context.close()


# -- by keyboard


def test_arrow_keys_place_and_move_a_disc_that_keeps_the_focus(form: FormPage) -> None:
    keyboard = form.page.keyboard
    disc(form, 1).focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowUp", "ArrowRight", "ArrowDown", "ArrowLeft"):
        keyboard.press(key)
    expect(form.focused).to_have_accessible_name(
        "1 North: impact The team’s own figures, likelihood Hardly starts"
    )
    assert spot(form, "North") == named((1, 0))
    keyboard.press("ArrowLeft")  # the edge
    assert spot(form, "North") == named((1, 0))
    keyboard.press("Delete")
    expect(form.focused).to_have_accessible_name("1 North: Not placed yet")
    expect(form.page.locator("[data-pb-live]")).to_have_text("North is off the map.")
    assert spot(form, "North") == (None, None)


# -- as a table


def test_the_table_says_and_changes_the_same(form: FormPage) -> None:
    form.page.locator("summary", has_text=say("map.table")).click()
    table = form.page.get_by_role("table", name=say("map.table"))
    north, south = (table.get_by_role("row", name=re.compile(name)) for name in ("North", "South"))
    expect(south).to_contain_text(say("map.quadrant.leave"))
    north.get_by_role("combobox").nth(0).select_option("decisive")
    expect(north).to_contain_text(say("map.unplaced"))
    north.get_by_role("combobox").nth(1).select_option("carried")
    expect(north).to_contain_text(say("map.quadrant.start"))
    assert spot(form, "North") == named((3, 3))
    expect(form.page.locator(".map-grid > .disc")).to_have_count(2)
    disc(form, 2).press("ArrowRight")
    expect(south.get_by_role("combobox").nth(1)).to_have_value("pulled_back")


def test_two_who_moved_the_same_place_choose_in_the_table(tab: Callable[..., FormPage]) -> None:
    one = with_places(tab(sheet="entry_point"))
    two = tab(sheet="entry_point")
    expect(two.page.locator(".map-grid > .disc")).to_have_count(1)
    two.page.evaluate(NO_BEAT)
    disc(one, 2).press("ArrowUp")
    assert spot(one, "South") == named((1, 0))
    disc(two, 2).press("Delete")
    clash = two.page.locator(".map-table .clash:visible")
    expect(clash).to_contain_text("Changed elsewhere to “The team’s own figures”.")
    clash.get_by_role("button", name=say("form.clash_keep")).click()
    expect(clash).to_have_count(0)
    expect(two.focused).to_have_value("local")


def test_a_place_without_capacity_is_off_the_map_and_says_so(form: FormPage) -> None:
    form.choose(ask("entry_point", "free"), NO)
    expect(form.page.locator(".map-off")).to_contain_text(say("map.off"))
    expect(form.page.locator(".map-off")).to_contain_text("South")
    expect(form.page.locator(".map-grid > .disc")).to_have_count(0)
    form.choose(ask("entry_point", "free"), PARTLY)
    expect(form.page.locator(".map-grid > .disc")).to_have_count(1)


# -- for everybody


@pytest.mark.soak
def test_axe_finds_nothing_grave_on_the_map(form: FormPage) -> None:
    form.page.evaluate(OPEN_ALL)
    form.page.wait_for_function("document.getAnimations().length === 0")
    assert serious(form.page) == []
    form.page.emulate_media(color_scheme="dark")
    assert serious(form.page) == []


def test_paper_and_forced_colours_show_the_map(form: FormPage) -> None:
    form.page.emulate_media(forced_colors="active")
    expect(form.page.locator(".map-grid > .disc")).to_be_visible()
    form.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    form.page.emulate_media(media="print", forced_colors="none")
    said = form.page.locator(".map-table .on-paper").get_by_text(
        option("entry_point", "impact", "small")
    )
    expect(said).to_be_visible()
    expect(form.page.locator(".map-grid > .disc")).to_be_visible()
    expect(form.page.get_by_text(say("map.quadrant.dismissed")).first).to_be_visible()
    expect(form.page.locator(".map-open .link").get_by_text("North")).to_be_visible()
