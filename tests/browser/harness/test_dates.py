"""A day on the page: typed as people write it or picked in the browser's calendar, in words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.axe import GRAVE, faults
from tests.browser.harness.catalyst import BY_WHEN, SAVED, URGENT, WHAT
from tests.browser.labels import YES, say

if TYPE_CHECKING:
    from conftest import FormPage


def test_half_a_date_is_said_at_its_field_and_not_stored(form: FormPage) -> None:
    form.choose(URGENT, YES)
    day = form.page.get_by_label(BY_WHEN)
    day.click()
    form.page.keyboard.type("03")
    form.box(WHAT).focus()
    refused = say("error.date", given="03")
    expect(day).to_have_accessible_description(re.compile(re.escape(refused)))
    expect(day).to_have_value("03")
    day.fill("31 mar 2027")
    form.box(WHAT).focus()
    expect(form.question(BY_WHEN)).not_to_contain_text(refused)
    expect(form.save).to_have_text(SAVED)
    assert "2027-03-31" in form.stored().values()


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("18 Dec 2026", "18 December 2026"),
        ("2026-12-18", "18 December 2026"),
        ("18.12.2026", "18 December 2026"),
        ("12/18/2026", "18 December 2026"),
    ],
)
def test_a_date_is_typed_as_people_write_it_and_shown_in_words(
    form: FormPage, typed: str, shown: str
) -> None:
    form.choose(URGENT, YES)
    day = form.page.get_by_label(BY_WHEN)
    day.fill(typed)
    form.page.keyboard.press("Enter")
    expect(day).to_have_value(shown)
    expect(day).to_be_focused()
    expect(form.page.locator("[data-pb-live]")).to_have_text(shown)
    expect(form.save).to_have_text(SAVED)
    assert "2026-12-18" in form.stored().values()
    form.page.keyboard.press("Tab")
    expect(form.page.get_by_role("button", name=say("form.date_pick")).first).to_be_focused()
    form.reload()
    expect(day).to_have_value(shown)


def test_a_date_that_may_be_two_is_asked_back_and_kept(form: FormPage) -> None:
    form.choose(URGENT, YES)
    day = form.page.get_by_label(BY_WHEN)
    day.fill("03/04/2026")
    day.blur()
    ways = {"one": "4 March 2026", "other": "3 April 2026"}
    refused = say("error.date_two_ways", given="03/04/2026", **ways)
    expect(form.question(BY_WHEN)).to_contain_text(refused)
    form.reload()
    expect(day).to_have_value("03/04/2026")
    expect(form.question(BY_WHEN)).to_contain_text(refused)
    assert faults(form.page, GRAVE) == []
    day.fill("3 April 2026")
    day.blur()
    expect(form.question(BY_WHEN)).not_to_contain_text(refused)
    expect(form.save).to_have_text(SAVED)
    assert "2026-04-03" in form.stored().values()


def test_a_day_is_picked_in_the_browsers_own_calendar(form: FormPage) -> None:
    form.choose(URGENT, YES)
    day = form.page.get_by_label(BY_WHEN)
    day.fill("18 Dec 2026")
    day.blur()
    expect(day).to_have_value("18 December 2026")
    form.page.evaluate(
        """() => {
            HTMLInputElement.prototype.showPicker = function () {
                this.dataset.opened = this.value;
            };
        }"""
    )
    field = form.question(BY_WHEN)
    field.get_by_role("button", name=say("form.date_pick")).press("Enter")
    picker = field.locator("input[type=date]")
    expect(picker).to_have_attribute("data-opened", "2026-12-18")
    picker.evaluate(
        "(one) => { one.value = '2027-01-29'; one.dispatchEvent(new Event('change')); }"
    )
    expect(day).to_have_value("29 January 2027")
    expect(form.save).to_have_text(SAVED)
    assert "2027-01-29" in form.stored().values()
