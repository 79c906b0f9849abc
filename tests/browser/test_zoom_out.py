"""The zoom-out sheet in a browser: its first screen, by mouse and by keyboard, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playbook.model import Level

from .conftest import PHONE, Tab

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
PLACES = {
    "objective_now": "efficiency",
    "objective_wanted": "value",
    "focus_now": "exceptions",
    "focus_wanted": "unasked",
    "needs_now": "trained",
    "needs_wanted": "sought",
}


@SCREENS
@pytest.mark.row("SHIFT-02", "SHIFT-04", "SHIFT-05", "SHIFT-07", "APP-08")
def test_the_first_screen_alone_ends_in_a_verdict(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = open_sheet("zoom_out", **options)
    for question, point in PLACES.items():
        tab.choose(question, point)
    tab.button("form.row_add", name=tab.sheet.table("initiatives").row_name).click()
    tab.write_row("initiative", "Reading mentors")
    sort = tab.row_field("sort").get_by_role("radio", name=tab.label("sort", "redefine"))
    sort.check()
    tab.saved()
    expect(tab.verdict).to_contain_text(tab.sheet.verdict_texts[Level.FAIL])
    expect(tab.reason("APP-08.label")).to_have_count(1)
    tab.write_row("monday", "Two librarians meet a class.")
    expect(tab.verdict).to_contain_text(tab.sheet.verdict_texts[Level.PASS])
    expect(tab.reason("APP-08.label")).to_have_count(0)


def test_a_scale_and_an_order_are_answered_by_keyboard_alone(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("zoom_out")
    tab.choice("objective_now", "cost").focus()
    tab.page.keyboard.press("Space")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("ArrowRight")
    tab.saved()
    tab.section("value").press("Enter")
    for choice in ("firm", "customer"):
        name = tab.say("form.rank_in", name=tab.label("first_for", choice))
        tab.page.get_by_role("button", name=name).press("Enter")
    tab.saved()
    expect(tab.reason("SHIFT-08.firm_first")).to_have_count(1)
    up = tab.say("form.rank_up", name=tab.label("first_for", "customer"))
    tab.page.get_by_role("button", name=up).press("Enter")
    expect(tab.reason("SHIFT-08.firm_first")).to_have_count(0)
    tab.saved()
    assert tab.answers() == {"objective_now": "both", "first_for": ["customer", "firm"]}
