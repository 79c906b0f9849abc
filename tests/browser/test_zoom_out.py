"""The zoom-out sheet in a browser: its first screen, by mouse and by keyboard, and its pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playbook.model import Level

from .conftest import PHONE, Tab

SCREENS = pytest.mark.parametrize(
    "options",
    [pytest.param({}, id="desk"), pytest.param(PHONE, id="phone", marks=pytest.mark.soak)],
)
PLACES = {
    "objective_wanted": "value",
    "objective_now": "efficiency",
    "focus_wanted": "unasked",
    "focus_now": "exceptions",
    "needs_wanted": "sought",
    "needs_now": "trained",
}
"""Where it stands today is asked under what is wanted."""


@SCREENS
@pytest.mark.row("SHIFT-04", "SHIFT-05", "SHIFT-07", "SHIFT-15")
def test_the_first_screen_alone_ends_in_a_verdict(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = open_sheet("zoom_out", **options)
    for question, point in PLACES.items():
        tab.choose(question, point)
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    tab.write("decision", "We try it in two branches.")
    tab.write("decision_owner", "The head of the network")
    tab.write("decision_date", "2026-02-23")
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))


@pytest.mark.row("SHIFT-02", "APP-08")
def test_an_initiative_after_which_nobody_works_differently_is_a_name_alone(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("zoom_out")
    tab.section("portfolio").press("Enter")
    tab.button("form.row_add", name=tab.sheet.table("initiatives").row_name).click()
    tab.write_row("initiative", "Agile Bank")
    changes = tab.row_field("changes_monday")
    changes.get_by_role("radio", name=tab.label("changes_monday", "no"), exact=True).check()
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.WARN))
    expect(tab.reason("APP-08.label")).to_have_count(1)
    changes.get_by_role("radio", name=tab.label("changes_monday", "yes"), exact=True).check()
    tab.write_row("monday", "Two advisers meet a family.")
    expect(tab.reason("APP-08.label")).to_have_count(0)


def test_a_scale_and_an_order_are_answered_by_keyboard_alone(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("zoom_out")
    tab.choice("objective_wanted", "cost").focus()
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
    assert tab.answers() == {"objective_wanted": "both", "first_for": ["customer", "firm"]}
