"""A sheet where no script runs or nothing connects, and what is typed before the live form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, Route, WebSocketRoute, expect

from .axe import faults
from .conftest import PHONE, Tab
from .test_accessibility import OVERFLOW
from .test_offline import REFUSED

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
BLOCKED = "**/api/kernels/*/channels*"


def plain(page: Page) -> Locator:
    """The form that the server sent along."""
    return page.locator("form[data-pb-plain]")


def go(tab: Tab, query: str = "") -> None:
    """To the sheet's page, without waiting for the live form."""
    tab.page.context.request.get(tab.server.address, max_redirects=0)
    place = f"{tab.base}/voila/render/{tab.sheet.notebook}{query}"
    tab.page.goto(place, wait_until="domcontentloaded")


def ask(tab: Tab, question: str) -> Locator:
    return plain(tab.page).get_by_label(tab.question(question).text)


def choose(tab: Tab, question: str, choice: str) -> Locator:
    group = plain(tab.page).get_by_role("group", name=tab.question(question).text)
    return group.locator(f'input[value="{choice}"]').first


def save(tab: Tab) -> None:
    plain(tab.page).get_by_role("button", name=tab.say("plain_form.save"), exact=True).click()


@SCREENS
def test_without_scripts_a_sheet_is_read_filled_in_and_saved(
    new_tab: Callable[..., Tab], options: dict
) -> None:
    tab = new_tab(java_script_enabled=False, **options)
    tab.page.goto(tab.server.address)
    tab.page.goto(f"{tab.base}/voila/render/{tab.sheet.notebook}")
    notice = tab.page.locator(".notice:not(.needs-scripts)")  # Playwright reads no <noscript>
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(tab.say("plain_form.scriptless"))
    expect(tab.page.locator(".opening")).to_be_hidden()
    ask(tab, "what").fill("Rivals undercut us")
    choose(tab, "breaks", "yes").check()
    save(tab)
    said = tab.page.get_by_role("status").filter(has_text="2 answers were kept.")
    expect(said).to_be_visible()
    assert tab.answers() == {"what": "Rivals undercut us", "breaks": "yes"}
    expect(ask(tab, "what").first).to_have_value("Rivals undercut us")
    expect(tab.says).to_contain_text(tab.say("level.unknown"))
    # What the answer opened is asked now, and saved in the same way.
    choose(tab, "control", "no").check()
    tab.section("begin").click()
    ask(tab, "first_step_date").fill("2027-03-05")
    save(tab)
    expect(tab.page.get_by_role("status").filter(has_text="2 answers")).to_be_visible()
    assert tab.answers()["control"] == "no"
    assert tab.answers()["first_step_date"] == "2027-03-05"


@SCREENS
def test_where_the_socket_is_blocked_the_page_says_so_and_its_form_saves(
    new_context: Callable[..., BrowserContext], new_tab: Callable[..., Tab], options: dict
) -> None:
    context = new_context(**options)
    context.add_init_script(REFUSED)
    context.route_web_socket(BLOCKED, lambda socket: socket.close())
    tab = new_tab(context)
    go(tab)
    ask(tab, "what").fill("Rivals undercut us")
    expect(tab.page.get_by_text(tab.say("plain_form.late"))).to_be_visible()
    expect(tab.page.locator(".verdict-card")).to_be_hidden()  # drawn already, and nothing in it yet
    assert faults(tab.page) == []
    assert tab.page.evaluate(OVERFLOW) == []
    choose(tab, "breaks", "no").check()
    save(tab)
    expect(tab.page.get_by_role("status").filter(has_text="2 answers")).to_be_visible()
    assert tab.answers() == {"what": "Rivals undercut us", "breaks": "no"}
    assert tab.kept() == {}, "what has arrived is not sent again"
    assert faults(tab.page) == []
    assert tab.page.evaluate(OVERFLOW) == []
    ask(tab, "first_step_date").evaluate("(one) => { one.type = 'text'; one.value = 'soon'; }")
    save(tab)
    error = tab.page.locator(".error")
    expect(error).to_have_text(tab.say("error.date", given="soon"))
    assert faults(tab.page) == []
    tab.trouble.clear()  # the browser's own word on the socket


def test_what_is_typed_before_the_scripts_are_there_goes_over_with_focus_and_caret(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)  # Playwright can't take a method of a list

    tab.page.route("**/client.js", hold)
    go(tab)
    choose(tab, "breaks", "yes").check()
    box = ask(tab, "what")
    box.click()
    tab.page.keyboard.type("Rivals undercut us")
    tab.page.keyboard.press("Home")
    tab.page.keyboard.type("Our ")
    held[0].continue_()
    tab.ready()
    expect(plain(tab.page)).to_have_count(0)
    expect(tab.box("what")).to_have_value("Our Rivals undercut us")
    expect(tab.box("what")).to_be_focused()
    tab.page.keyboard.type("old ")
    expect(tab.box("what")).to_have_value("Our old Rivals undercut us")
    expect(tab.choice("breaks", "yes")).to_be_checked()
    tab.box("what").blur()
    tab.saved()
    assert tab.answers() == {"what": "Our old Rivals undercut us", "breaks": "yes"}
    (info,) = tab.store.worksheets()
    rows = [name for name in tab.store.load(info.id).fields if name.count("/") == 1]
    assert len(rows) == 1
    assert tab.kept() == {}


def test_what_is_typed_while_nothing_connects_goes_over_when_it_does(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    blocked = [True]

    def through(socket: WebSocketRoute) -> None:
        if blocked:
            socket.close()
        else:
            socket.connect_to_server()

    tab.page.route_web_socket(BLOCKED, through)
    go(tab)
    ask(tab, "what").fill("Rivals undercut us")
    choose(tab, "kind", "market").check()
    expect(tab.page.get_by_text(tab.say("plain_form.late"))).to_be_visible()
    blocked.clear()
    tab.ready()
    expect(plain(tab.page)).to_have_count(0)
    expect(tab.page.get_by_text(tab.say("plain_form.late"))).to_have_count(0)
    tab.saved()
    expect(tab.box("what")).to_have_value("Rivals undercut us")
    assert tab.answers() == {"what": "Rivals undercut us", "kind": "market"}
    tab.trouble.clear()  # the browser's own word on the socket


def test_what_was_typed_and_sent_is_not_what_a_later_page_begins_with(
    new_tab: Callable[..., Tab],
) -> None:
    """Sent as a form, changed as a form, then the live page: nothing old comes back."""
    tab = new_tab()
    tab.page.route("**/client.js", lambda route: route.abort())
    go(tab, "?form=plain")
    ask(tab, "what").first.fill("Rivals")
    save(tab)
    ask(tab, "what").first.fill("Rivals and prices")
    save(tab)
    tab.page.unroute("**/client.js")
    live = tab.page.get_by_role("link", name=tab.say("plain_form.live")).get_attribute("href")
    tab.page.goto(f"{tab.base}{live}")
    tab.ready()
    tab.saved()
    expect(tab.box("what")).to_have_value("Rivals and prices")
    assert tab.values("what") == ["Rivals and prices", "Rivals"]


def test_a_form_that_was_filled_before_shows_its_answers_before_scripts(
    new_tab: Callable[..., Tab], tmp_path: Path
) -> None:
    tab = new_tab().open()
    tab.write("what", "Rivals")
    tab.choose("breaks", "yes")
    late = new_tab(tab.page.context)
    late.page.route("**/client.js", lambda route: route.abort())
    go(late)
    expect(ask(late, "what").first).to_have_value("Rivals")
    expect(choose(late, "breaks", "yes")).to_be_checked()
    late.page.screenshot(path=tmp_path / "plain.png")
    late.trouble.clear()  # the script that was kept away
