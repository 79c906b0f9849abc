"""The champion sheet in a browser: its first screen, and how silences light up and go out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from playbook.model import Level

from . import labels
from .conftest import PHONE, Tab

pytestmark = pytest.mark.row("CHA-13", "CHA-19")

SOON = date.today() + timedelta(days=90)
LATER = date.today() + timedelta(weeks=2 * labels.FRAMEWORK.thresholds["pilot_weeks"].value)
"""Protection has to outlast a pilot and its review."""

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])


def tick(tab: Tab, question: str, *choices: str) -> None:
    for choice in choices:
        label = tab.label(question, choice)
        tab.row_field(question).get_by_role("checkbox", name=label, exact=True).check()
    tab.saved()


def add(tab: Tab, table: str, section: str) -> None:
    """Open the section of a table and add a row."""
    tab.section(section).click()
    tab.button("form.row_add", name=tab.sheet.table(table).row_name).click()


@SCREENS
def test_the_first_screen_alone_ends_in_a_verdict(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = open_sheet("champion", **options)
    tab.write("role", "Head of operations")
    tab.choose("believes", "yes")
    tab.write("deeds", "Gave up two of her own projects.")
    tab.choose("changes", "objectives")
    tab.choose("changes", "measures")
    tab.choose("commits", "yes")
    tab.choose("cover", "yes")
    tab.write("covers", "Permits per week.")
    tab.write("covers_until", LATER.isoformat())
    tab.choose("communicates", "yes")
    tab.write("near_benefit", "The daily log is gone from May on.")
    expect(tab.verdict).to_have_text(tab.ends(Level.UNKNOWN))
    tab.choose("controls", "leads")
    tab.write("reach", "The permit office.")
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))


@SCREENS
def test_a_silence_lights_up_and_goes_out_when_people_are_told(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = open_sheet("champion", **options)
    tab.write("role", "Head of finance")
    add(tab, "events", "sights")
    tab.write_row("event", "The robot starts")
    tab.write_row("happens_on", SOON.isoformat())
    tick(tab, "seen_by", "front_line", "neighbours")
    expect(tab.reason("CHA-13.silence")).to_have_count(1)
    add(tab, "messages", "words")
    tab.write_row("says", "It frees you for clients.")
    tab.write_row("said_on", (SOON - timedelta(days=3)).isoformat())
    tick(tab, "heard_by", "front_line")
    expect(tab.reason("CHA-13.silence")).to_have_count(1)
    tick(tab, "heard_by", "neighbours")
    expect(tab.reason("CHA-13.silence")).to_have_count(0)
    expect(tab.reason("CHA-13.told")).to_have_count(1)


def test_none_of_these_takes_the_others_back_and_is_taken_back_by_them(
    open_sheet: Callable[..., Tab],
) -> None:
    tab = open_sheet("champion")
    tab.choose("changes", "objectives")
    tab.choose("changes", "measures")
    tab.choose("changes", "none")
    tab.saved()
    assert tab.answers()["changes"] == ["none"]
    tab.choose("changes", "decisions")
    tab.saved()
    assert tab.answers()["changes"] == ["decisions"]
