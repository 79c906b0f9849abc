"""What is typed is never lost: slow lines, dead lines, two tabs, reloads."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import BrowserContext, expect

from playbook.model import StoreError
from tests.browser.harness.catalyst import BREAK, SAVED, URGENT, WHAT
from tests.browser.labels import NO, PARTLY, YES, say, until

if TYPE_CHECKING:
    from conftest import FormPage

NEWS = "Rivals take our clients."


def the_row(form: FormPage) -> str:
    [row] = {name.split("/")[1] for name in form.stored() if name.startswith("candidates/")}
    return f"candidates/{row}"


def test_the_first_answer_makes_its_row_and_is_saved(form: FormPage) -> None:
    assert form.stored() == {}
    form.choose(BREAK, PARTLY)
    expect(form.save).to_have_text(SAVED)
    row = the_row(form)
    assert form.stored() == {row: 1.0, f"{row}/breaks": "partly"}
    assert form.kept() == []


def test_a_page_that_missed_what_changed_asks_for_the_whole_state(form: FormPage) -> None:
    form.choose(BREAK, PARTLY)
    expect(form.save).to_have_text(SAVED)
    unheard = {"op_id": "unheard-of", "kind": "add_row", "table": "candidates"}
    form._answer({"type": "op", "op": unheard})  # and nothing of it reaches the page
    form.choose(URGENT, YES)
    expect(form.save).to_have_text(SAVED)
    expect(form.page.get_by_role("table").get_by_role("row")).to_have_count(3)  # its head, and two


def test_a_reload_finds_everything(form: FormPage) -> None:
    form.box(WHAT).fill(NEWS)
    form.choose(URGENT, YES)
    expect(form.save).to_have_text(SAVED)
    form.reload()
    expect(form.box(WHAT)).to_have_value(NEWS)
    expect(form.question(URGENT).get_by_role("radio", name=YES)).to_be_checked()


def test_a_slow_answer_takes_neither_the_caret_nor_a_newer_edit(form: FormPage) -> None:
    form.slow(1500)
    box = form.box(WHAT)
    box.press_sequentially("one three")
    form.page.wait_for_timeout(700)  # it is on its way now
    for _ in "three":
        box.press("ArrowLeft")
    box.press_sequentially("two ")
    expect(form.save).to_have_text(say("form.save_saving"))
    form.page.wait_for_timeout(1500)  # the first answer is back
    box.press_sequentially("and ")
    expect(form.save).to_have_text(SAVED, timeout=10_000)
    expect(box).to_have_value("one two and three")
    assert form.stored()[f"{the_row(form)}/what"] == "one two and three"
    assert form.page.evaluate("document.activeElement.selectionStart") == len("one two and ")


def test_a_space_at_the_end_stays_while_one_is_writing_and_goes_afterwards(form: FormPage) -> None:
    box = form.box(WHAT)
    box.press_sequentially("Rivals ")
    expect(form.save).to_have_text(SAVED)
    expect(box).to_have_value("Rivals ")
    box.blur()
    expect(box).to_have_value("Rivals")


def test_two_answers_at_once_are_both_saved(form: FormPage) -> None:
    form.slow(600)
    form.choose(BREAK, YES)
    form.choose(URGENT, NO)
    form.choose(BREAK, NO)
    expect(form.save).to_have_text(SAVED)
    row = the_row(form)
    assert form.stored() == {row: 1.0, f"{row}/breaks": "no", f"{row}/urgent": "no"}


@pytest.mark.usefixtures("context")  # its dialogs
def test_what_is_written_without_a_connection_is_saved_by_the_next_page(form: FormPage) -> None:
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    form.cut()
    form.box(WHAT).fill(NEWS)
    form.choose(URGENT, PARTLY)
    form.box(WHAT).press_sequentially(" And more.")
    form.page.on("dialog", lambda dialog: dialog.accept())  # leave, although not all is saved
    form.reload()
    expect(form.box(WHAT)).to_have_value(NEWS + " And more.")
    expect(form.save).to_have_text(SAVED)
    row = the_row(form)
    assert form.stored()[f"{row}/what"] == NEWS + " And more."
    assert form.stored()[f"{row}/urgent"] == "partly"
    assert form.kept() == []


@pytest.mark.usefixtures("context")  # its dialogs
def test_leaving_with_unsaved_edits_is_asked(form: FormPage) -> None:
    asked = []
    form.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    form.reload()
    assert asked == []
    form.cut()
    form.choose(BREAK, NO)
    form.reload()
    assert asked == ["beforeunload"]


@pytest.mark.usefixtures("context")  # its clock
def test_silence_is_said_and_ends(form: FormPage) -> None:
    form.page.clock.install()
    form.reload()
    form.cut()
    form.page.clock.run_for(16_000)
    alert = form.page.get_by_role("alert")
    expect(alert).to_contain_text("does not answer")
    expect(alert.get_by_role("button", name=say("form.reconnect"))).to_be_visible()
    expect(form.save).to_have_text(say("form.save_offline"))
    form.choose(BREAK, YES)
    expect(form.save).to_contain_text("Not saved: not connected")
    form.cut(False)
    form.page.clock.run_for(6_000)
    expect(alert).to_be_empty()
    expect(form.save).to_have_text(SAVED)
    assert form.stored()[f"{the_row(form)}/breaks"] == "yes"


@pytest.mark.usefixtures("context")  # its clock
def test_another_tabs_answer_arrives_while_one_is_writing(tab: Callable[..., FormPage]) -> None:
    one = tab()
    one.choose(BREAK, YES)
    expect(one.save).to_have_text(SAVED)
    one.page.clock.install()
    two = tab()
    box = one.box(WHAT)
    box.press_sequentially("Rivals")
    two.choose(URGENT, NO)
    expect(two.save).to_have_text(SAVED)
    one.page.clock.run_for(6_000)
    expect(one.question(URGENT).get_by_role("radio", name=NO, exact=True)).to_be_checked()
    box.press_sequentially(" come")
    expect(box).to_have_value("Rivals come")
    expect(box).to_be_focused()


def two_tabs(tab: Callable[..., FormPage]) -> tuple[FormPage, FormPage]:
    """Two tabs whose texts collide: "theirs" is stored, "mine" waits in the second."""
    one = tab()
    one.box(WHAT).fill("at first")
    expect(one.save).to_have_text(SAVED)
    two = tab()
    one.box(WHAT).fill("theirs")
    expect(one.save).to_have_text(SAVED)
    expect(one.box(WHAT)).to_have_value("theirs")
    one.page.wait_for_timeout(700)
    two.box(WHAT).fill("mine")
    two.box(WHAT).blur()
    return one, two


def test_a_conflict_shows_both_and_mine_can_be_taken(tab: Callable[..., FormPage]) -> None:
    _, two = two_tabs(tab)
    asked = two.question(WHAT)
    expect(asked).to_contain_text(say("form.clash", theirs="theirs", mine="mine"))
    expect(two.box(WHAT)).to_have_value("theirs")
    asked.get_by_role("button", name=say("form.clash_take")).click()
    expect(two.box(WHAT)).to_have_value("mine")
    expect(asked).not_to_contain_text(until("form.clash"))
    expect(two.box(WHAT)).to_be_focused()
    assert two.stored()[f"{the_row(two)}/what"] == "mine"


def test_a_conflict_can_be_left_as_it_is(tab: Callable[..., FormPage]) -> None:
    _, two = two_tabs(tab)
    two.question(WHAT).get_by_role("button", name=say("form.clash_keep")).click()
    expect(two.question(WHAT)).not_to_contain_text(until("form.clash"))
    assert two.stored()[f"{the_row(two)}/what"] == "theirs"


def test_a_refused_text_stays_with_its_reason_and_the_last_valid_one_is_stored(
    form: FormPage,
) -> None:
    form.box(WHAT).fill("short")
    expect(form.save).to_have_text(SAVED)
    long = "x" * 241
    form.box(WHAT).fill(long)
    box = form.box(WHAT)
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile("241 characters and 240 fit"))
    expect(form.save).to_have_text(say("form.save_refused"))
    assert form.stored()[f"{the_row(form)}/what"] == "short"
    form.reload()
    expect(form.box(WHAT)).to_have_value(long)
    expect(form.box(WHAT)).to_have_attribute("aria-invalid", "true")
    form.box(WHAT).fill("mended")
    expect(form.save).to_have_text(SAVED)
    expect(form.box(WHAT)).not_to_have_attribute("aria-invalid", "true")
    assert form.kept() == []


def test_a_browser_that_keeps_nothing_still_saves(
    context: BrowserContext, tab: Callable[..., FormPage]
) -> None:
    context.add_init_script(
        'for (const name of ["localStorage", "sessionStorage"])'
        ' Object.defineProperty(window, name, {get() { throw new Error("blocked"); }});'
    )
    form = tab()
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    form.box(WHAT).fill(NEWS)
    expect(form.save).to_have_text(SAVED)
    assert form.stored()[f"{the_row(form)}/what"] == NEWS


def test_a_page_that_keeps_nothing_leaves_nothing_in_the_browser(
    tab: Callable[..., FormPage],
) -> None:
    form = tab(address="http://workshop.example/", voila=True)
    form.cut()
    form.choose(BREAK, YES)
    assert form.kept() == []
    expect(form.page.get_by_text("This page keeps nothing")).to_be_visible()
    with form.page.expect_download() as download:
        form.cut(False)
        form.choose(BREAK, NO)
        form.button(say("form.export")).click()
    assert download.value.suggested_filename.startswith("playbook-")


def test_two_views_of_one_form_show_the_same(form: FormPage) -> None:
    form.page.evaluate("void view()")
    views = form.page.locator(".pb-form")
    expect(views).to_have_count(2)
    first, second = views.nth(0), views.nth(1)
    expect(second.get_by_role("form")).to_be_visible()
    asked = {"name": re.compile(re.escape(BREAK))}
    first.get_by_role("radiogroup", **asked).get_by_role("radio", name=PARTLY).check()
    other = second.get_by_role("radiogroup", **asked).get_by_role("radio", name=PARTLY)
    expect(other).to_be_checked()
    assert form.stored()[f"{the_row(form)}/breaks"] == "partly"
    form.page.evaluate("leave()")
    expect(views).to_have_count(1)


def test_a_worksheet_that_was_erased_elsewhere_is_said(tab: Callable[..., FormPage]) -> None:
    one = tab()
    one.choose(BREAK, YES)
    expect(one.save).to_have_text(SAVED)
    two = tab()
    session = one.form.session
    assert session is not None
    session.store.erase_worksheet(session.id)
    two.choose(BREAK, NO)
    dialog = two.page.get_by_role("dialog")
    expect(dialog).to_contain_text("no longer there")
    assert two.kept() == []


def test_a_worksheet_that_cannot_be_opened_says_why(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widgets.form.form.host_for", no_host)
    form.reload(wait_for=form.page.locator(".pb-form", has_text="The disk is full."))
    expect(form.page.locator("[data-pb-live]")).to_have_text("The disk is full.")


def no_host(*_: object) -> None:
    raise StoreError("The disk is full.")


def no_room(*_: object, **__: object) -> None:
    raise StoreError("The disk is full.")


def test_what_cannot_be_saved_just_now_waits_and_is_sent_again(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    form.choose(BREAK, YES)
    expect(form.save).to_have_text(SAVED)
    row, alert = the_row(form), form.page.get_by_role("alert")
    session = form.form.session
    assert session is not None
    with monkeypatch.context() as full:
        full.setattr(type(session.store), "commit", no_room)
        form.choose(BREAK, NO)
        form.choose(URGENT, PARTLY)
        expect(form.save).to_contain_text("Not saved yet")
        expect(alert).to_have_text("The disk is full.")
        expect(form.question(BREAK).get_by_role("radio", name=NO, exact=True)).to_be_checked()
        assert form.stored()[f"{row}/breaks"] == "yes"
        assert len([key for key in form.kept() if key.startswith("pb:op:")]) == 2
    expect(form.save).to_have_text(SAVED, timeout=15_000)  # the next beat takes it along
    expect(alert).to_be_empty()
    assert form.stored() == {row: 1.0, f"{row}/breaks": "no", f"{row}/urgent": "partly"}
    assert form.kept() == []


def test_what_is_more_than_a_server_lets_pass_is_refused_in_words(form: FormPage) -> None:
    """Of a page of Voila, whose server drops larger messages, so that nobody would answer."""
    form.page.evaluate("document.body.dataset.voila = 'yes'")
    form.box(WHAT).fill("x" * 600_000)
    expect(form.page.get_by_text("too much to be sent at once").first).to_be_visible()
    form.box(WHAT).fill(NEWS)
    expect(form.save).to_have_text(SAVED)
