"""The next step and the brief are where a leader looks for them, and a few keys away."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from playbook.assessing.assess import assess
from playbook.framework import load_framework
from playbook.model import Worksheet
from playbook.report.steps import next_step

from .conftest import Tab

FRAMEWORK = load_framework()
LAPTOP = {"viewport": {"width": 1366, "height": 768}}
KEYS = 8
"""From the top of a page: its own links, the state of saving, then the way to the next step."""

pytestmark = pytest.mark.row("GAP-18")


@pytest.mark.parametrize("sheet", ["capacity", "supervisors", "metric_tree"])
def test_a_few_keys_lead_from_the_top_to_the_field_of_the_next_step(
    open_sheet: Callable[..., Tab], sheet: str
) -> None:
    tab = open_sheet(sheet, **LAPTOP)
    skip = tab.button("form.to_step")
    expect(skip).to_have_css("clip-path", "inset(50%)")
    for _ in range(KEYS):
        tab.page.keyboard.press("Tab")
        if skip.evaluate("(it) => it === document.activeElement"):
            break
    expect(skip).to_be_focused()
    expect(skip).to_have_css("clip-path", "none")
    expect(skip).to_be_in_viewport()
    tab.page.keyboard.press("Enter")
    blank = Worksheet(sheet)
    found = assess(tab.sheet, blank, FRAMEWORK, date.today())
    step = next_step(tab.sheet, found, FRAMEWORK, blank)
    assert step is not None
    table, _, asked = step.field.partition("//")
    if tab.sheet.table(table).candidates or sheet == "metric_tree":  # its chain has blank places
        field = tab.page.locator(f'[data-field^="{table}/"][data-field$="/{asked}"]')
        expect(field.locator(":focus")).to_have_count(1)
    else:  # an empty list
        add = tab.page.get_by_role("button", name=tab.of_row("form.row_add", table))
        expect(add).to_be_focused()


def test_at_a_gate_the_brief_stands_between_the_next_step_and_the_musts(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("create_gate", **LAPTOP)
    button = tab.says.locator(".to-brief").get_by_role("button")
    expect(button).to_be_in_viewport(ratio=1)
    places = [
        box["y"]
        for one in (".next", ".to-brief", ".musts")
        if (box := tab.says.locator(one).bounding_box())
    ]
    assert len(places) == len({*places}) == 3
    assert places == sorted(places)
    button.click()
    expect(tab.dialog.locator("article").first).to_be_visible()
