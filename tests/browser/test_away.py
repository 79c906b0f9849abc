"""A page that is loaded again without a connection: what was typed is there, and is sent once."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_light_page import transferred

from .conftest import Tab

SERVED = """async () => {
    await navigator.serviceWorker.ready;
    const end = Date.now() + 10_000;
    while (!navigator.serviceWorker.controller && Date.now() < end)
        await new Promise((go) => setTimeout(go, 50));
    return Boolean(navigator.serviceWorker.controller);
}"""
KEPT = """async () => {
    const told = {};
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const asked of await cache.keys())
            told[new URL(asked.url).pathname] = await (await cache.match(asked)).text();
    }
    return told;
}"""
WITHOUT_A_NETWORK = (
    *("ERR_INTERNET_DISCONNECTED", "Failed to fetch"),
    "An unknown error occurred when fetching the script.",  # the browser looked for a newer worker
)


def served(page: Page) -> None:
    """Wait until the service worker answers for this page."""
    assert page.evaluate(SERVED)


def held(page: Page) -> dict[str, str]:
    """What the service worker keeps: texts by their paths."""
    kept: dict[str, str] = page.evaluate(KEPT)
    return kept


def forgive(tab: Tab) -> None:
    """Nobody answered, and the browser's console says so."""
    tab.trouble[:] = [it for it in tab.trouble if not any(one in it for one in WITHOUT_A_NETWORK)]


def test_what_is_typed_without_a_connection_survives_a_reload_and_is_sent_once(tab: Tab) -> None:
    tab.write("what", "Before the tunnel")
    served(tab.page)
    tab.page.context.set_offline(True)
    tab.box("what").fill("In the tunnel")
    tab.reload()
    expect(tab.box("what")).to_have_value("In the tunnel")
    expect(
        tab.page.get_by_text("Not connected. This is the sheet as you saw it last")
    ).to_be_visible()
    expect(tab.alert).to_contain_text(tab.say("form.offline"))
    expect(tab.save).to_have_text(tab.say("form.save_waiting"))
    tab.choice("breaks", "yes").check()  # and on it goes
    tab.box("what").fill("Out of the tunnel soon")
    tab.reload()
    expect(tab.box("what")).to_have_value("Out of the tunnel soon")
    expect(tab.choice("breaks", "yes")).to_be_checked()
    assert tab.values("what") == ["Before the tunnel"]
    tab.page.context.set_offline(False)
    expect(tab.says).to_be_visible()  # the page itself again, nobody touched it
    tab.saved()
    expect(tab.box("what")).to_have_value("Out of the tunnel soon")
    assert tab.values("what")[0] == "Out of the tunnel soon"
    assert len(tab.values("what")) == len(set(tab.values("what")))
    assert tab.values("breaks") == ["yes"]
    assert tab.kept() == {}
    forgive(tab)


def test_a_sheet_that_this_tab_has_not_seen_says_so_and_opens_by_itself(tab: Tab) -> None:
    served(tab.page)
    tab.page.context.set_offline(True)
    tab.sheet = tab.framework.sheets["champion"]
    tab.page.goto(f"{tab.base}/voila/render/{tab.sheet.notebook}")
    expect(tab.page.locator('[data-pb-away="nothing"] h1')).to_be_visible()
    expect(tab.form).to_have_count(0)
    tab.page.context.set_offline(False)
    tab.ready()
    forgive(tab)


def test_the_worker_keeps_public_files_alone_and_a_later_visit_its_document(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab().open()
    tab.write("what", "Nobody else's business")
    served(tab.page)
    kept = held(tab.page)
    names = {re.sub(r"^/voila/(scripts/\w+/)?", "", path) for path in kept}
    assert names == {"offline.html", "offline.js", "core.js", "core.css", "client.js"}
    assert not any("Nobody else's" in text for text in kept.values())
    later = new_tab(tab.page.context).open()
    served(later.page)
    assert transferred(later.page).keys() == {later.sheet.notebook}


def test_what_a_tab_showed_goes_with_this_browsers_name(tab: Tab) -> None:
    tab.write("what", "For this tab")
    served(tab.page)
    tab.reload()
    remembered = "Object.keys(sessionStorage).filter((key) => key.startsWith('pb:shown:')).length"
    assert tab.page.evaluate(remembered) == 1
    tab.page.evaluate("localStorage.removeItem('pb:device')")
    tab.page.context.set_offline(True)
    tab.page.reload()
    expect(tab.page.locator('[data-pb-away="nothing"] h1')).to_be_visible()
    assert tab.page.evaluate(remembered) == 0
    assert "For this tab" not in tab.page.content()
    forgive(tab)
