"""The page by keyboard, for screen readers, on a phone, on paper."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import GRAVE, faults
from tests.browser.harness.catalyst import BREAK, EVIDENCE, LOSS, SAVED, WHAT
from tests.browser.labels import NO, YES, option, say

if TYPE_CHECKING:
    from conftest import FormPage

OPEN_ALL = "document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true; })"


def serious(page: Page) -> list[str]:
    """What axe finds of the grave kinds, as text."""
    return faults(page, GRAVE)


def test_everything_is_answered_by_keyboard_alone(form: FormPage) -> None:
    keyboard = form.page.keyboard
    form.box(WHAT).focus()
    keyboard.type("Rivals")
    for _ in range(3):  # past where it comes from, and the menu
        keyboard.press("Tab")
    expect(form.focused).to_have_attribute("type", "radio")
    keyboard.press("Space")
    keyboard.press("ArrowDown")
    second = option("catalyst", "kind", "skills")
    expect(form.page.get_by_role("radio", name=second)).to_be_checked()
    expect(form.save).to_have_text(SAVED)
    outline = form.focused.evaluate("e => getComputedStyle(e.nextElementSibling).outlineStyle")
    assert outline == "solid"


def test_no_key_leaves_the_form(form: FormPage) -> None:
    form.page.evaluate(
        "globalThis.heard = []; for (const name of ['keydown', 'keypress', 'keyup'])"
        " document.addEventListener(name, event => heard.push(event.key))"
    )
    form.question(BREAK).get_by_role("radio", name=YES).focus()
    for key in ("b", "d", "d", "ArrowDown"):
        form.page.keyboard.press(key)
    form.menu(say("form.worksheet"), say("form.rename"))
    form.page.keyboard.press("x")
    assert form.page.evaluate("heard") == []


def test_axe_finds_nothing_grave(example: FormPage) -> None:
    page = example.page
    page.evaluate(OPEN_ALL)
    assert serious(page) == []
    page.emulate_media(color_scheme="dark")
    assert serious(page) == []
    example.button(say("form.history")).click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(example.button(say("form.history"))).to_be_focused()


def test_axe_finds_nothing_grave_beside_an_error_and_a_conflict(
    tab: Callable[..., FormPage],
) -> None:
    one = tab()
    one.box(WHAT).fill("at first")
    expect(one.save).to_have_text(SAVED)
    two = tab()
    one.choose(BREAK, YES)
    expect(one.save).to_have_text(SAVED)
    two.choose(BREAK, NO)
    two.box(WHAT).fill("x" * 300)
    expect(two.question(BREAK)).to_contain_text(say("form.clash", theirs=YES, mine=NO))
    expect(two.box(WHAT)).to_have_attribute("aria-invalid", "true")
    assert serious(two.page) == []
    two.page.emulate_media(color_scheme="dark")
    assert serious(two.page) == []


@pytest.mark.parametrize("width", [360, 390])
def test_a_phone_has_no_sideways_scroll_and_room_for_a_thumb(
    chromium: Browser, tab: Callable[..., FormPage], width: int
) -> None:
    size = {"width": width, "height": 800}
    context = chromium.new_context(viewport=size, has_touch=True, is_mobile=True)
    form = tab(context)
    form.button(say("form.load_example")).click()
    form.page.locator("tbody tr").first.wait_for()
    form.box(WHAT).fill("W" * 100)
    form.menu(say("form.worksheet"), say("form.rename"))
    form.page.get_by_role("dialog").get_by_role("textbox").fill("W" * 80)
    form.page.keyboard.press("Enter")
    form.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert form.page.evaluate("document.documentElement.scrollWidth") == width
    small = form.page.evaluate(
        "[...document.querySelectorAll('.pb-form :is(button, summary, input, textarea)')]"
        ".filter(e => e.checkVisibility() && !e.matches('.to-step')).filter(e => {"
        "const {width, height} = e.getBoundingClientRect();"
        "const around = getComputedStyle(e, '::after');"
        "const more = around.position === 'absolute' ? -2 * parseFloat(around.top) : 0;"
        "return Math.min(width, height) + more < 44; }).map(e => e.textContent)"
    )
    assert small == []
    context.close()


def test_paper_shows_every_answer_of_every_row_and_no_button(example: FormPage) -> None:
    page = example.page
    example.page.locator("summary", has_text=EVIDENCE).first.click()
    long = "word " * 40
    example.box(LOSS).fill(long)
    expect(example.save).to_have_text(SAVED)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator(".pb-form button:visible").count() == page.locator("tbody button").count()
    for name, value in example.stored().items():
        if name.count("/") == 2 and isinstance(value, str):
            field = page.locator(f'[data-field="{name}"]')
            if field.get_attribute("hidden") is None:
                expect(field).to_be_visible()
    lines = page.locator('.grow[data-value^="word word"]').bounding_box()
    assert lines
    assert lines["height"] > 60, "all of it, not one line of it"
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details.deeper[open]")).to_have_count(1)
