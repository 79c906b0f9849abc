"""What a page loads, and when: little, once for all sheets; a chart's script for a chart alone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from benchmarks.client import wait_for

from .conftest import Tab

FIRST_KB, LATER_KB, SHEET_KB = 160, 15, 20
NEVER_QUIET = """{
    const real = globalThis.setTimeout;
    globalThis.setTimeout = (run, wait, ...rest) => (wait === 4_000 ? 0 : real(run, wait, ...rest));
}"""
"""The page has something to do all the time, and so fetches nothing ahead of its need."""
TRANSFERRED = """() => ["navigation", "resource"].flatMap((it) => performance.getEntriesByType(it))
    .filter(({ transferSize }) => transferSize)
    .map(({ name, transferSize }) => [name.split("?")[0].split("/").at(-1), transferSize])"""


def transferred(page: Page) -> dict[str, int]:
    """Bytes on the wire of each file that was fetched, by its name."""
    return dict(page.evaluate(TRANSFERRED))


def test_a_first_visit_is_small_and_the_next_sheet_needs_its_document_alone(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab(service_workers="block")  # what one hands on is told without its compression
    heard: list[str | bytes] = []

    def hear(said: str | bytes) -> None:
        heard.append(said)  # Playwright can't take a method of a list

    tab.page.on("websocket", lambda it: it.on("framereceived", hear))
    tab.page.context.request.get(tab.server.address, max_redirects=0)
    sheet = f"/voila/render/{tab.sheet.notebook}"
    wait_for(lambda: "/states/" in tab.server.http.get(sheet).text, "it is not executed ahead", 60)
    tab.open()
    first = transferred(tab.page)
    (states,) = (name for name in first if name.endswith(".json"))
    assert first.keys() == {tab.sheet.notebook, states, "client.js", "core.js", "core.css"}
    assert sum(first.values()) < 1000 * FIRST_KB
    assert heard
    said = b"".join(it if isinstance(it, bytes) else it.encode() for it in heard)
    assert b"createElement" not in said, "no script comes over the socket"
    assert tab.sheet.headline.encode() not in said, "nor what is the same for everybody"
    tab.reload()
    later = transferred(tab.page)
    assert later.keys() == {tab.sheet.notebook}
    assert sum(later.values()) < 1000 * LATER_KB
    tab.sheet = tab.framework.sheets["champion"]
    tab.open()
    (texts,) = transferred(tab.page).keys() - {tab.sheet.notebook}
    assert texts.endswith(".json")
    assert texts != states
    assert sum(transferred(tab.page).values()) < 1000 * (LATER_KB + SHEET_KB)


def test_what_draws_charts_comes_when_a_chart_is_in_view(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(viewport={"width": 390, "height": 700}).open("example")
    tab.saved()
    assert "vega.js" not in transferred(tab.page)
    expect(tab.picture.locator("svg")).to_be_visible()
    assert "vega.js" in transferred(tab.page)


def test_a_pictures_script_comes_when_its_section_is_near_or_nothing_else_is_to_do(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab(viewport={"width": 390, "height": 200})
    tab.sheet = tab.framework.sheets["metric_tree"]
    tab.page.add_init_script(NEVER_QUIET)
    tab.open()
    expect(tab.form.locator("[data-section=chain]")).to_be_attached()
    assert "metric_tree.js" not in transferred(tab.page)
    tab.form.locator("[data-section=chain]").scroll_into_view_if_needed()
    expect(tab.form.locator("[data-section=chain] fieldset").first).to_be_visible()
    assert {"metric_tree.js", "metric_tree.css"} <= transferred(tab.page).keys()


def test_a_link_to_a_question_that_a_picture_asks_waits_for_the_picture(
    new_tab: Callable[..., Tab],
) -> None:
    tab = new_tab()
    tab.sheet = tab.framework.sheets["entry_point"]
    tab.open("example")
    asked = next(it for it in tab.sheet.sections if it.view == "map").questions
    scale = next(it.id for it in asked if it.kind == "scale")
    tab.page.evaluate("(field) => { location.hash = field; }", f"candidates//{scale}")
    tab.reload()
    expect(tab.form.locator("[data-section=map] :focus")).to_have_count(1)


def test_a_picture_that_cannot_be_had_says_so(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab()
    tab.page.context.route("**/views/entry_point.js", lambda route: route.abort())
    tab.sheet = tab.framework.sheets["entry_point"]
    tab.open("example")
    expect(tab.form.get_by_text(tab.say("form.view_failed"))).to_be_visible()
    tab.trouble.clear()
