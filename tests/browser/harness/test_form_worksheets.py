"""Doing again, comparing two worksheets, sealing a row, and what other sheets decided."""

import re
from datetime import date
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.harness.catalyst import URGENT, WHAT
from tests.browser.labels import NO, PARTLY, YES, ask, of_row, say, short, title, until

SEALED = re.compile(until("form.sealed"))


def undo(form):
    return form.button(say("form.undo"))


def redo(form):
    return form.page.get_by_role("button", name=say("form.redo"))


def duplicate(form):
    form.menu(title("catalyst"), say("form.row_duplicate"))
    form.page.get_by_role("dialog").get_by_role("button", name=say("form.row_duplicate")).click()
    named = form.form.framework.words.text("form.copy_name", name=title("catalyst"))
    expect(form.page.locator(".worksheets > summary")).to_contain_text(named)


def test_what_was_undone_is_done_again_until_something_else_is_done(form):
    expect(redo(form)).to_be_hidden()
    form.box(WHAT).fill("Rivals come")
    form.choose(URGENT, YES)
    expect(form.save).to_contain_text("Saved")
    undo(form).click()
    expect(form.question(URGENT).get_by_role("radio", name=YES)).not_to_be_checked()
    redo(form).click()
    expect(form.question(URGENT).get_by_role("radio", name=YES)).to_be_checked()
    expect(redo(form)).to_be_disabled()
    undo(form).click()
    expect(redo(form)).to_be_visible()
    form.choose(URGENT, NO)
    expect(redo(form)).to_be_hidden()


def test_two_worksheets_stand_side_by_side(form):
    form.box(WHAT).fill("Rivals come")
    form.choose(URGENT, YES)
    expect(form.save).to_contain_text("Saved")
    duplicate(form)
    form.choose(URGENT, PARTLY)
    expect(form.save).to_contain_text("Saved")
    form.menu(title("catalyst"), say("form.compare"))
    form.page.get_by_role("dialog").get_by_role("button", name=title("catalyst")).click()
    told = form.page.get_by_role("dialog").get_by_role("table")
    expect(told.get_by_role("columnheader")).to_have_count(3)
    row = told.get_by_role("row").filter(has_text=short("catalyst", "urgent"))
    expect(row.get_by_role("cell").first).to_have_text(PARTLY)
    expect(row.get_by_role("cell").last).to_have_text(YES)
    expect(told.get_by_role("row").filter(has_text="Rivals come: What")).to_have_count(0)


def test_two_that_say_the_same_are_told_so(form):
    form.box(WHAT).fill("Rivals come")
    expect(form.save).to_contain_text("Saved")
    duplicate(form)
    form.menu(title("catalyst"), say("form.compare"))
    form.page.get_by_role("dialog").get_by_role("button", name=title("catalyst")).click()
    expect(form.page.get_by_role("dialog")).to_contain_text(say("form.compare_same"))


@pytest.fixture
def tree(tab):
    """The metric tree's form, with its predictions in sight."""
    form = tab(sheet="metric_tree")
    form.page.locator("details.deeper:has(.row-buttons) > summary").last.wait_for()
    for summary in form.page.locator("details.deeper > summary").all():
        if "redict" in summary.inner_text() or "expect" in summary.inner_text():
            summary.click()
    return form


def test_a_prediction_is_sealed_and_opened_beside_what_happened(tree):
    page = tree.page
    page.get_by_role("button", name=of_row("form.row_add", "metric_tree", "predictions")).click()
    card = page.locator("li.card").filter(has=page.get_by_role("button", name=say("form.seal")))
    card.get_by_role("textbox").first.fill("Fewer complaints by the spring")
    expect(tree.save).to_contain_text("Saved")
    card.get_by_role("button", name=say("form.seal")).click()
    asks = page.get_by_role("dialog")
    expect(asks).to_contain_text("Fewer complaints by the spring")
    asks.get_by_role("button", name=say("form.cancel")).click()
    assert not any(name.endswith("/sealed_on") for name in tree.stored())
    card.get_by_role("button", name=say("form.seal")).click()
    asks.get_by_role("button", name=say("form.seal")).click()
    told = page.locator("li.card").filter(has_text=SEALED)
    expect(told).not_to_contain_text("Fewer complaints")
    expect(told.get_by_role("textbox")).to_have_count(0)
    told.get_by_role("button", name=say("form.seal_open")).click()
    expect(told).to_contain_text("Fewer complaints by the spring")
    boxes = told.get_by_role("textbox")
    expect(boxes.first).to_be_visible()
    fields = tree.stored()
    (sealed,) = [value for name, value in fields.items() if name.endswith("/sealed_on")]
    assert sealed == date.today().isoformat()
    tree.reload()
    expect(told).to_contain_text("Fewer complaints by the spring")


def test_what_another_sheet_decided_is_there_to_read_and_leads_back(tab, form):
    form.box(WHAT).fill("Clients leave for rivals")
    expect(form.save).to_contain_text("Saved")
    told = tab(sheet="champion").page.get_by_role("region", name=say("form.carried"))
    expect(told).to_contain_text("Clients leave for rivals")
    expect(told.get_by_role("link").first).to_have_attribute(
        "href", re.compile(r"^02_catalyst\.ipynb\?worksheet=")
    )


def test_one_of_many_rows_is_chosen_from_a_list(tab):
    tree = tab(sheet="metric_tree")
    for place in range(14):
        answers = {"name": f"Metric {place}"}
        given = {"kind": "add_row", "op_id": str(uuid4()), "table": "nodes", "answers": answers}
        tree.form.session.apply(given)
    tree.reload()
    tree.choose(ask("metric_tree", "tested"), YES)
    asked = tree.page.get_by_role("combobox", name=ask("metric_tree", "weakest"))
    asked.select_option(label="Metric 12")
    expect(tree.save).to_contain_text("Saved")
    tree.reload()
    expect(asked.locator("option:checked")).to_have_text("Metric 12")
    asked.select_option(index=0)
    expect(tree.save).to_contain_text("Saved")
    assert "weakest" not in tree.stored()
