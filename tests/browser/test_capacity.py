"""The capacity sheet in a browser: one answer turns the verdict, and the picture has a table."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playbook.framework import load_framework
from playbook.model import Level

from .conftest import PHONE, Tab

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])


def filled(open_sheet: Callable[..., Tab], **options: object) -> Tab:
    """The sheet with the example's answers as one's own."""
    tab = open_sheet("capacity", **options)
    tab.button("form.load_example").click()
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))
    return tab


@SCREENS
@pytest.mark.row("CAP-02", "CAP-10")
def test_a_task_that_everybody_keeps_leaves_nobody_free(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = filled(open_sheet, **options)
    triage = tab.page.locator('[data-field="tasks/routine/triage"]:visible')
    triage.get_by_role("combobox").select_option(label=tab.label("triage", "keep"))
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.FAIL))
    expect(tab.reason("CAP-10.kept")).to_have_count(1)
    triage.get_by_role("combobox").select_option(label=tab.label("triage", "consolidate"))
    tab.saved()
    expect(tab.verdict).to_have_text(tab.ends(Level.PASS))


@SCREENS
@pytest.mark.row("CAP-05")
def test_the_table_under_the_picture_opens_by_keyboard(
    open_sheet: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = filled(open_sheet, **options)
    tab.page.locator(".chart-place").evaluate("(place) => place.scrollIntoView()")
    figure = tab.page.get_by_role("figure", name=tab.say("hours.title"))
    expect(figure).to_be_visible()
    figure.locator("summary").press("Enter")
    expect(figure.get_by_role("row")).to_have_count(1 + 3)


def test_more_about_a_row_stands_under_its_name(open_sheet: Callable[..., Tab]) -> None:
    tab = filled(open_sheet)
    tab.section("more_people").press("Enter")
    names = tab.page.locator('[data-section="more_people"] legend:visible')
    people = load_framework().examples["capacity"].answers["people"]
    expect(names.filter(has_text=people[0]["who"])).to_have_count(1)
    expect(names.first).to_have_text(people[0]["who"])


def test_on_a_phone_a_rows_help_is_on_the_line_of_its_name(open_sheet: Callable[..., Tab]) -> None:
    """No line of its own for (i) and menu: the menu comes with the field that is in use."""
    tab = filled(open_sheet, **PHONE)
    row = tab.page.locator("li.compact").first
    for question in row.locator(".question:visible").all():
        label, dot = question.locator("label.q"), question.locator(".info-dot > summary")
        name, help_ = label.bounding_box(), dot.bounding_box()
        assert name
        assert help_
        assert name["y"] - 4 <= help_["y"] < name["y"] + name["height"]
        menu = question.locator(".menu > summary")
        expect(menu).to_have_css("opacity", "0")
        question.locator("textarea, input, select").first.focus()
        expect(menu).to_have_css("opacity", "1")
