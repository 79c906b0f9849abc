"""The scorecard in a browser: a followed file crosses a trigger, and the page says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from playbook.model import Level

from .axe import GRAVE, faults
from .conftest import Tab


@pytest.mark.row("WS-063", "WS-054")
def test_a_followed_file_crosses_a_trigger_and_a_broken_one_changes_nothing(
    open_sheet: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = open_sheet("scorecard")
    tab.button("form.load_example").click()
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    weeks = tmp_path / "weeks.csv"
    weeks.write_text("week,Claimants who renew\n2027-04-19,78\n", encoding="utf-8")
    tab.section("file").press("Enter")
    tab.write("data_file", str(weeks))
    place = tab.page.locator('[data-section="file"]').first
    told = place.get_by_role("status")
    expect(told).to_contain_text("Figures read: 1", timeout=20_000)
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    weeks.write_text("week,Claimants who renew\n2027-04-19,76.5\n", encoding="utf-8")
    step_in = tab.page.get_by_text("what you planned: “Claimants who renew”")
    expect(step_in.first).to_be_visible(timeout=5_000)
    expect(tab.verdict).to_have_text(tab.ends(Level.WARN))
    weeks.write_text("nothing to see\n", encoding="utf-8")
    expect(told).to_contain_text("The last good figures stay: just now.", timeout=5_000)
    expect(step_in.first).to_be_visible()
    assert faults(tab.page, GRAVE) == []
