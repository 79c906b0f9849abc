"""The map of entry points on a real page: dragged, kept, and read by everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from .conftest import PHONE, Tab
from .test_accessibility import OVERFLOW, check


@pytest.mark.row("ENT-05")
def test_a_place_dragged_to_the_far_corner_is_kept_there(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("entry_point")
    tab.write("place", "North")
    disc = tab.page.locator(".map .disc")
    tab.page.locator(".map").evaluate("map => map.scrollIntoView()")
    grid = tab.page.locator(".map-grid").bounding_box()
    assert grid
    disc.hover()
    tab.page.mouse.down()
    tab.page.mouse.move(grid["x"] + grid["width"] - 5, grid["y"] + 5, steps=5)
    tab.page.mouse.up()
    tab.saved()
    tab.reload()
    expect(tab.page.locator(".map-grid > .disc")).to_have_accessible_name(
        "1 North: impact What the year depends on, likelihood Runs its course"
    )
    answers = tab.answers()
    assert (answers["impact"], answers["likelihood"]) == ("decisive", "carried")


def test_a_small_phone_in_the_dark_shows_the_example_to_everybody(
    open_sheet: Callable[..., Tab],
) -> None:
    small = {**PHONE, "viewport": {"width": 340, "height": 740}, "color_scheme": "dark"}
    tab = open_sheet("entry_point", "example", **small)
    tab.page.locator("[data-section=map]").scroll_into_view_if_needed()  # it is drawn as it nears
    expect(tab.page.locator(".map-grid > .disc")).not_to_have_count(0)
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []
    check(tab, "entry point with the example")
