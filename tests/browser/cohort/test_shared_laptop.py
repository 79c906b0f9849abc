"""Several people at one laptop, one after the other: nothing of the one is there for the next."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Locator, Page, expect

from tests.browser.labels import ask
from tests.browser.test_away import WITHOUT_A_NETWORK, held, served

from .conftest import Person, make_class

SHEET = "/voila/render/02_catalyst.ipynb"
SECRET = "Only mine, and nobody else's"
QUESTION = ask("catalyst", "what")
STORED = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }])"


def box(page: Page) -> Locator:
    return page.get_by_label(QUESTION).and_(page.locator(":visible"))


def comes_in(person: Person, code: str, name: str) -> None:
    """Joins and opens the sheet."""
    person.join(code, name)
    person.go(SHEET)
    expect(box(person.page)).to_be_visible()
    served(person.page)


def writes(person: Person, text: str) -> None:
    box(person.page).fill(text)
    box(person.page).blur()
    expect(person.page.locator("[data-pb-save]")).to_have_text(person.words_like("form.save_saved"))


def loads_again_without_a_network(page: Page, context: BrowserContext) -> None:
    context.set_offline(True)
    page.reload()


def forgive(person: Person) -> None:
    """Nobody answered, and the console says so."""
    known = (*WITHOUT_A_NETWORK, "403", "404")
    person.trouble[:] = [it for it in person.trouble if not any(one in it for one in known)]


def nothing_is_kept(page: Page) -> None:
    """Neither in the browser's storages nor with the service worker, nor on the page."""
    assert SECRET not in page.evaluate(STORED)
    assert not any(SECRET in text for text in held(page).values())
    assert SECRET not in page.content()


def test_after_signing_out_neither_storage_nor_a_page_of_another_tab_shows_anything(
    newcomer: Callable[..., Person], code: str, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    first, other = newcomer(context), newcomer(context)
    comes_in(first, code, "First")
    writes(first, SECRET)
    first.page.reload()  # by which the tab remembers what it showed
    expect(box(first.page)).to_have_value(SECRET)
    assert SECRET in first.page.evaluate(STORED)
    other.go("/place")
    other.press("place.sign_out")
    expect(other.page).to_have_url(re.compile("/join$"))
    nothing_is_kept(other.page)
    with pytest.raises(Error, match="INTERNET_DISCONNECTED"):  # even the worker is gone
        loads_again_without_a_network(first.page, context)
    context.set_offline(False)
    first.go("/join")
    nothing_is_kept(first.page)
    forgive(first)


def test_the_next_person_sees_their_own_page_with_and_without_a_network(
    newcomer: Callable[..., Person], code: str, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    person = newcomer(context)
    comes_in(person, code, "First")
    writes(person, SECRET)
    person.page.reload()
    expect(box(person.page)).to_have_value(SECRET)
    person.go("/place")
    person.press("place.sign_out")
    comes_in(person, code, "Third")
    nothing_is_kept(person.page)
    writes(person, "The third's")
    loads_again_without_a_network(person.page, context)
    expect(person.page.get_by_text("Not connected. This is the sheet")).to_be_visible()
    expect(box(person.page)).to_have_value("The third's")
    nothing_is_kept(person.page)
    context.set_offline(False)
    expect(person.page.locator(".verdict-card")).to_be_visible()
    forgive(person)


def test_who_joins_another_class_in_a_browser_that_is_signed_in_finds_nothing_of_before(
    newcomer: Callable[..., Person],
    trainer: Person,
    code: str,
    new_context: Callable[..., BrowserContext],
) -> None:
    person = newcomer(new_context())
    comes_in(person, code, "First")
    writes(person, SECRET)
    person.page.reload()
    expect(box(person.page)).to_have_value(SECRET)
    comes_in(person, make_class(trainer), "Second")
    nothing_is_kept(person.page)


def test_erasing_everything_leaves_nothing_in_the_browser(
    newcomer: Callable[..., Person], code: str, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    person = newcomer(context)
    comes_in(person, code, "First")
    writes(person, SECRET)
    person.go("/place")
    assert SECRET in person.page.evaluate(STORED)
    person.page.get_by_text(person.say("place.erase"), exact=True).click()
    person.press("place.erase_button")
    expect(person.page).to_have_url(re.compile("/join$"))
    nothing_is_kept(person.page)


def test_a_new_link_clears_the_browsers_that_it_signs_out(
    newcomer: Callable[..., Person], code: str, new_context: Callable[..., BrowserContext]
) -> None:
    lost, kept = newcomer(new_context()), newcomer(new_context())
    comes_in(lost, code, "First")
    writes(lost, SECRET)
    lost.go("/place")
    lost.press("place.pair")
    pair = lost.page.locator("#pair-code")
    expect(pair).not_to_be_empty()
    kept.go("/pair")
    kept.page.locator("input[name=code]").fill(pair.inner_text())
    kept.page.locator("#entry button").click()
    expect(kept.page).to_have_url(re.compile("/room"))
    kept.page.locator("#came").get_by_role("link").click()
    kept.page.get_by_text(kept.say("place.link_again"), exact=True).click()
    kept.press("place.link_yes")
    expect(kept.page.locator("#link-text")).to_have_value(re.compile("/resume#"))
    lost.go(SHEET)
    expect(lost.page).to_have_url(re.compile("/join"))
    nothing_is_kept(lost.page)
    forgive(lost)


def test_who_signs_out_is_told_of_what_was_not_sent(
    newcomer: Callable[..., Person], code: str, new_context: Callable[..., BrowserContext]
) -> None:
    context = new_context()
    person = newcomer(context)
    comes_in(person, code, "First")
    context.set_offline(True)
    box(person.page).fill(SECRET)
    box(person.page).blur()
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('pb:op:')).length"
    assert person.page.evaluate(kept) > 0
    person.page.goto("about:blank")
    context.set_offline(False)
    person.go("/place")
    person.press("place.sign_out")
    expect(
        person.page.get_by_role("alert").filter(has_text=person.say("place.unsent"))
    ).to_be_visible()
    person.press("place.sign_out")
    expect(person.page).to_have_url(re.compile("/join$"))
    nothing_is_kept(person.page)
    forgive(person)
