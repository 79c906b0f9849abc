"""With all network cut but the playbook's own server, nothing is missing and nothing was tried."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Response, Route, expect

from .conftest import Tab
from .labels import must

REFUSED = """addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused by ${event.violatedDirective}: ${event.blockedURI}`));"""


def test_everything_is_there_without_a_network(
    new_context: Callable[..., BrowserContext], new_tab: Callable[..., Tab]
) -> None:
    context = new_context()
    context.add_init_script(REFUSED)
    tab = new_tab(context)
    cut(context, tab)
    bad: list[Response] = []
    context.on("response", lambda response: response.status >= 400 and bad.append(response))
    tab.enter()
    expect(tab.page.get_by_role("link", name=must("catalyst"), exact=True)).to_be_visible()
    tab.open("example")
    expect(tab.picture.locator("svg")).to_be_visible()
    assert tab.page.evaluate("[...document.images].filter((one) => !one.naturalWidth).length") == 0
    assert tab.page.evaluate("[...document.fonts].filter((one) => one.status == 'error')") == []
    assert [(one.status, one.url) for one in bad] == []
    assert tab.trouble == []  # requests elsewhere, refusals and errors


def cut(context: BrowserContext, tab: Tab) -> None:
    """Let nothing through but what goes to the playbook's server."""

    def answer(route: Route) -> None:
        if route.request.url.startswith(tab.server.base):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", answer)


def test_the_watch_sees_a_request_to_another_host(tab: Tab) -> None:
    """The test above would fail if something were fetched."""
    tab.page.evaluate("fetch('http://elsewhere.invalid/font.woff2').catch(() => {})")
    expect(tab.save).to_be_visible()
    tab.page.wait_for_function("performance.getEntriesByType('resource').length > 0")
    assert any("elsewhere.invalid" in trouble for trouble in tab.trouble)
    tab.trouble.clear()
