"""Where the focus is when what had it goes away: never lost on the page's body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from uuid import uuid4

from playwright.sync_api import Browser, Locator, expect

from tests.browser.harness.catalyst import (
    ADD,
    BREAK,
    BY_WHEN,
    SAVED,
    THIS,
    THIS_WORK,
    URGENT,
    WHAT,
    WORK,
)
from tests.browser.labels import NO, YES, of_row, say, until

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import FormPage

HALF = say("error.date", given="March 2027")

SMALLEST_PHONE = {"width": 320, "height": 640}


def undo(form: FormPage) -> Locator:
    return form.page.locator(".toolbar").get_by_role("button", name=re.compile("^Undo"))


def redo(form: FormPage) -> Locator:
    return form.page.get_by_role("button", name=say("form.redo"))


def heard(form: FormPage) -> Locator:
    return form.page.locator("[data-pb-live]")


def half_a_date(form: FormPage) -> Locator:
    """A date of which the day is missing, and which was left."""
    form.choose(URGENT, YES)
    date = form.page.get_by_label(BY_WHEN)
    date.click()
    form.page.keyboard.type("March 2027")
    form.box(WHAT).focus()
    return date


def test_undo_and_redo_stay_where_they_are_pressed_until_nothing_is_left(form: FormPage) -> None:
    yes = form.question(BREAK).get_by_role("radio", name=YES)
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    undo(form).press("Enter")
    expect(yes).not_to_be_checked()
    undo(form).press("Enter")  # the row that the answer made
    expect(undo(form)).to_be_disabled()
    expect(undo(form)).to_be_focused()
    form.page.keyboard.press("Enter")
    redo(form).press("Enter")
    expect(redo(form)).to_contain_text(BREAK)
    redo(form).press("Enter")
    expect(redo(form)).to_be_disabled()
    expect(redo(form)).to_be_focused()
    form.page.keyboard.press("Enter")
    expect(yes).to_be_checked()
    form.choose(BREAK, NO)
    expect(redo(form)).to_be_hidden()


def test_another_worksheet_begins_at_its_name(form: FormPage) -> None:
    form.box(WHAT).fill("Rivals")
    form.menu(say("form.worksheet"), say("form.new"))
    form.page.get_by_role("dialog").get_by_role("textbox").fill("North")
    form.page.keyboard.press("Enter")
    summary = form.page.locator(".worksheets > summary")
    expect(summary).to_contain_text("North")
    expect(summary).to_be_focused()


def test_a_button_that_goes_leaves_the_focus_to_the_next(example: FormPage) -> None:
    example.menu(THIS, say("form.row_remove"))
    note = example.page.locator(".note:visible")
    note.get_by_role("button", name=say("form.undo")).press("Enter")
    expect(note).to_have_count(0)
    expect(example.button(ADD)).to_be_focused()
    with example.page.expect_file_chooser() as chooser:
        example.menu(say("form.more"), say("form.import"))
    chooser.value.set_files({"name": "wrong.json", "mimeType": "application/json", "buffer": b"no"})
    notice = example.page.locator(".notice", has_text="not a playbook export")
    notice.get_by_role("button", name=say("form.dismiss")).press("Enter")
    expect(notice).to_have_count(0)
    expect(example.page.locator(".pb-form :focus")).to_have_count(1)


def test_an_answer_that_is_erased_leaves_the_focus_in_its_field(form: FormPage) -> None:
    form.box(WHAT).fill("A secret")
    form.question(WHAT).get_by_text(until("form.field_menu")).locator("..").press("Enter")
    form.button(say("form.erase")).press("Enter")
    form.page.get_by_role("dialog").get_by_role("button", name=say("form.erase")).press("Enter")
    expect(form.box(WHAT)).to_have_value("")
    expect(form.box(WHAT)).to_be_focused()


def test_half_a_date_is_announced_as_it_is_left_and_can_be_cleared(form: FormPage) -> None:
    date = half_a_date(form)
    expect(heard(form)).to_contain_text(HALF)
    form.question(BY_WHEN).get_by_text(until("form.field_menu")).locator("..").press("Enter")
    form.button(say("form.clear")).press("Enter")
    expect(date).to_be_focused()
    expect(date).to_have_value("")
    form.box(WHAT).focus()
    expect(date).not_to_have_attribute("aria-invalid", "true")
    expect(form.question(BY_WHEN)).not_to_contain_text(HALF)


def test_a_row_that_is_moved_stays_in_sight_with_the_button_that_moves_it(form: FormPage) -> None:
    form.page.locator("summary", has_text=WORK).click()
    for item in ("Reports", "Letters"):
        form.button(of_row("form.row_add", "catalyst", "work_items")).click()
        form.page.keyboard.type(item)
    expect(form.save).to_have_text(SAVED)
    form.page.set_viewport_size({"width": 1280, "height": 240})
    last = form.page.locator(".rows > li").last
    last.locator("summary", has_text=THIS_WORK).press("Enter")
    last.get_by_role("button", name=say("form.row_up")).press("Enter")
    expect(heard(form)).to_have_text("Letters is now number 1 of 2.")
    expect(form.focused).to_have_text(say("form.row_down"))
    expect(form.focused).to_be_in_viewport(ratio=0.9)


def test_a_table_that_is_full_offers_no_more_rows_and_says_why(form: FormPage) -> None:
    table = form.sheet.table("candidates")
    for _ in range(table.max_rows):
        form.form.session.apply({"kind": "add_row", "op_id": str(uuid4()), "table": table.id})
    form.reload()
    expect(form.button(ADD)).to_be_disabled()
    expect(form.page.get_by_text(say("form.rows_full", limit=table.max_rows))).to_be_visible()
    form.page.locator("summary:visible", has_text=THIS).click()
    expect(form.button(say("form.row_remove"))).to_be_visible()
    twice = form.page.get_by_role("button", name=say("form.row_duplicate"))
    expect(twice.locator("visible=true")).to_have_count(0)


def test_the_smallest_phone_shows_the_worksheets_name_beside_undo_and_redo(
    chromium: Browser, tab: Callable[..., FormPage]
) -> None:
    context = chromium.new_context(viewport=SMALLEST_PHONE, has_touch=True, is_mobile=True)
    form = tab(context)
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    undo(form).tap()
    expect(redo(form)).to_be_visible()
    name = form.page.locator(".worksheets > summary > :last-child")
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth"), "cut to a letter or two"
    assert form.page.evaluate("document.documentElement.scrollWidth") == SMALLEST_PHONE["width"]
    context.close()
