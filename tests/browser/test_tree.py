"""The metric tree on a real server: from a blank chain to a tree that is there again; what if."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from .conftest import Tab

pytestmark = pytest.mark.row("MET-03", "MET-13")


def metric(tab: Tab, name: str) -> Locator:
    return tab.page.get_by_role("treeitem").filter(has_text=name)


def test_a_chain_from_blank_grows_into_a_tree_and_is_there_again(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("metric_tree")
    keyboard = tab.page.keyboard
    for place, name in enumerate(("Revenue", "Stayers", "Calls", "Bills")):
        tab.box("name").nth(place).focus()
        keyboard.type(name)
    keyboard.press("Tab")
    tab.saved()
    tab.section("tree").click()
    tab.button("tree.outline").click()
    metric(tab, "Bills").click()
    keyboard.press("Alt+ArrowUp")
    keyboard.press("Insert")
    keyboard.type("Talks")
    keyboard.press("Escape")
    expect(metric(tab, "Talks")).to_be_focused()
    tab.saved()
    tab.reload()
    tab.section("tree").click()
    names = tab.page.locator(".tree-name")
    expect(names).to_have_text(["Revenue", "Stayers", "Bills", "Talks", "Calls"])
    expect(metric(tab, "Talks")).to_have_attribute("aria-level", "4")


def test_a_slider_changes_what_is_said_about_the_result(open_sheet: Callable[..., Tab]) -> None:
    tab = open_sheet("metric_tree", "example")
    if tab.button("form.load_example").count():
        tab.button("form.load_example").click()
    tab.section("tree").click()
    tab.page.locator("[data-part=what-if] > summary").click()
    outcome = tab.page.locator(".tree-outcome")
    expect(outcome).to_contain_text(tab.say("tree.if.still"))
    tab.page.get_by_role("slider").first.press("ArrowRight")
    before, _, _ = tab.framework.words.group("metrics.what_if")["result"].partition("{name}")
    expect(outcome).to_contain_text(f"{before}Premium that home claimants renew")
    tab.button("tree.if.plan").click()
    expect(outcome).to_contain_text("Likely +2.7%. Nine in ten tries between +1.8% and +4.0%.")
    expect(outcome).to_contain_text("Leaders notice from 2%: 87% likely.")
    tab.button("tree.if.reset").click()
    expect(outcome).to_contain_text(tab.say("tree.if.still"))
