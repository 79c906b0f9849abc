"""The board of workgroups on a real page: from a pasted list with names to locked groups that are
searched for again, by mouse and by keyboard, and no name is sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from .axe import faults
from .conftest import PHONE, Tab
from .test_accessibility import OVERFLOW

NAMES = [f"Zebedee Quill{at}" for at in range(12)]
AREAS = ["Desk", "Lab", "Ward"]
ROSTER = "\n".join(
    ["Name;Code;Area", *(f"{name};K{at};{AREAS[at % 3]}" for at, name in enumerate(NAMES))]
)


GROUPS = """() => Object.fromEntries([...document.querySelectorAll(".person")].map((one) =>
    [one.querySelector(".code").textContent, one.closest("[data-group]").dataset.group]))"""


def groups_of(tab: Tab) -> dict[str, str]:
    """The group of each person by code, as the board shows it."""
    found: dict[str, str] = tab.page.evaluate(GROUPS)
    return found


def to_board(tab: Tab) -> None:
    """Scroll to the board: it is drawn as it nears."""
    tab.page.locator("[data-section=board]").scroll_into_view_if_needed()


def pasted(tab: Tab, by_keyboard: bool = False) -> None:
    to_board(tab)
    tab.button("workgroups.paste").click()
    tab.dialog.get_by_label(tab.say("workgroups.paste_label")).fill(ROSTER)
    expect(tab.dialog.get_by_role("status")).to_contain_text("12 people")
    add = tab.dialog.get_by_role("button", name=tab.say("workgroups.paste_ok"))
    add.press("Enter") if by_keyboard else add.click()
    expect(tab.page.locator(".groups-board .person")).to_have_count(12)
    tab.saved()


def searched(tab: Tab, by_keyboard: bool = False) -> None:
    find = tab.button("workgroups.find")
    find.press("Enter") if by_keyboard else find.click()
    expect(tab.page.locator(".groups .search")).to_contain_text("Groups found.")
    tab.saved()


def card(tab: Tab, code: str) -> Any:
    one = tab.page.locator(".groups-board .person")
    return one.filter(has=tab.page.get_by_role("button", name=code, exact=True))


@pytest.mark.row("WG-26")
def test_by_mouse_from_a_pasted_list_to_locked_groups(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups")
    pasted(tab)
    expect(card(tab, "K0")).to_contain_text(NAMES[0])
    searched(tab)
    before = groups_of(tab)
    assert set(before.values()) == {"1", "2", "3", "4"}
    target = next(one for one in ("1", "2", "3", "4") if one != before["K0"])
    there = tab.page.locator(f'.groups-board [data-group="{target}"]')
    there.scroll_into_view_if_needed()
    there.locator("h3").hover()
    card(tab, "K0").locator(".code").drag_to(there.locator("h3"))
    tab.saved()
    assert groups_of(tab)["K0"] == target
    card(tab, "K0").locator(".lock").click()
    tab.saved()
    searched(tab)
    after = groups_of(tab)
    assert after["K0"] == target
    assert sorted(after.values()) == sorted(["1", "2", "3", "4"] * 3)
    assert faults(tab.page) == []
    tab.reload()
    expect(tab.page.locator(".groups-board .person")).to_have_count(12)
    assert groups_of(tab) == after


def test_by_keyboard_a_person_is_moved_locked_and_taken_back(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("workgroups")
    pasted(tab, by_keyboard=True)
    searched(tab, by_keyboard=True)
    first = next(code for code, group in groups_of(tab).items() if group == "1")
    card(tab, first).locator(".code").press("ArrowRight")
    tab.saved()
    assert groups_of(tab)[first] == "2"
    expect(card(tab, first).locator(".code")).to_be_focused()
    card(tab, first).locator(".lock").press("Enter")
    tab.saved()
    searched(tab, by_keyboard=True)
    assert groups_of(tab)[first] == "2"
    tab.page.locator(".groups").get_by_role("button", name=tab.say("workgroups.undo")).press(
        "Enter"
    )
    tab.saved()
    assert groups_of(tab)[first] == "2"


def test_no_name_leaves_the_browser_and_a_swap_says_what_it_costs(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    sent: list[str] = []

    def heard(frame: Any) -> None:
        sent.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))

    tab.page.on("websocket", lambda socket: socket.on("framesent", heard))
    tab.page.on("request", lambda request: sent.append(request.post_data or request.url))
    tab.sheet = tab.framework.sheets["workgroups"]
    tab.open()
    pasted(tab)
    searched(tab)
    groups = groups_of(tab)
    other = next(code for code in groups if groups[code] != groups["K0"])
    card(tab, "K0").locator(".code").click()
    card(tab, other).locator(".code").click()
    expect(card(tab, other).locator(".swap")).to_contain_text("This swap")
    card(tab, other).get_by_role("button", name=tab.say("workgroups.swap_anyway")).click()
    tab.saved()
    swapped = groups_of(tab)
    assert (swapped["K0"], swapped[other]) == (groups[other], groups["K0"])
    assert any("K0" in one for one in sent)
    assert not any("Zebedee" in one or "Quill" in one for one in sent)
    tab.reload()
    expect(card(tab, "K0")).to_contain_text(NAMES[0])


def test_a_phone_shows_the_example_one_way(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("workgroups", "example", **PHONE)
    to_board(tab)
    expect(tab.page.locator(".groups-board .person")).to_have_count(24)
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []
    assert faults(tab.page) == []
