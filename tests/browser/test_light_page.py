"""What a page loads, and when: little, once for all sheets; a chart's script for a chart alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import Tab

FIRST_KB, LATER_KB = 160, 15
TRANSFERRED = """() => ["navigation", "resource"].flatMap((it) => performance.getEntriesByType(it))
    .filter(({ transferSize }) => transferSize)
    .map(({ name, transferSize }) => [name.split("?")[0].split("/").at(-1), transferSize])"""


def transferred(page: Page) -> dict[str, int]:
    """Bytes on the wire of each file that was fetched, by its name."""
    return dict(page.evaluate(TRANSFERRED))


def test_a_first_visit_is_small_and_the_next_sheet_needs_its_document_alone(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    heard: list[str | bytes] = []

    def hear(said: str | bytes) -> None:
        heard.append(said)  # Playwright can't take a method of a list

    tab.page.on("websocket", lambda it: it.on("framereceived", hear))
    tab.page.context.request.get(tab.server.address, max_redirects=0)
    tab.open()
    first = transferred(tab.page)
    assert first.keys() == {tab.sheet.notebook, "client.js", "core.js", "core.css"}
    assert sum(first.values()) < 1000 * FIRST_KB
    assert heard
    said = b"".join(it if isinstance(it, bytes) else it.encode() for it in heard)
    assert b"createElement" not in said, "no script comes over the socket"
    tab.sheet = tab.framework.sheets["champion"]
    tab.open()
    later = transferred(tab.page)
    assert later.keys() == {tab.sheet.notebook}
    assert sum(later.values()) < 1000 * LATER_KB


def test_what_draws_charts_comes_when_a_chart_is_in_view(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(viewport={"width": 390, "height": 700}).open("example")
    tab.saved()
    assert "vega.js" not in transferred(tab.page)
    expect(tab.picture.locator("svg")).to_be_visible()
    assert "vega.js" in transferred(tab.page)
