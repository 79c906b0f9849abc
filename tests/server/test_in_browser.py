"""The pages in a real browser: they work, ask nobody else, and can be used by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

from .conftest import Served, eventually

pytestmark = pytest.mark.browser

SHEET = "/voila/render/01_catalyst.ipynb"
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
READY = 60_000  # milliseconds; a busy machine starts kernels slowly
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


TRANSFERRED = """
performance.getEntriesByType("resource").filter((one) => one.name.includes("/voila/"))
  .reduce((sum, one) => sum + one.transferSize, 0)
"""


@dataclass
class Watched:
    """A page in which the printed address was opened, and what was seen since."""

    page: Page
    served: Served
    errors: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)

    def note(self, answer: Response) -> None:
        self.answers.append(answer)  # Playwright can't take a method of a list

    def open(self, path: str = SHEET) -> Page:
        self.page.goto(self.served.url + path)
        return self.page

    def open_and_wait(self, path: str = SHEET) -> Page:
        page = self.open(path)
        expect(page.get_by_role("button", name="Count")).to_be_visible(timeout=READY)
        return page


@pytest.fixture
def watched(chromium: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Watched]:
    options: dict[str, Any] = {"viewport": WIDE} | getattr(request, "param", {})
    context = chromium.new_context(**options)
    context.add_init_script(WATCH)
    page = context.new_page()
    seen = Watched(page, served)
    page.on("console", lambda said: said.type == "error" and seen.errors.append(said.text))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("response", seen.note)
    page.on("websocket", lambda socket: seen.sockets.append(socket.url))
    context.request.get(f"{served.url}/?token={served.token}", max_redirects=0)
    yield seen
    context.close()


def test_the_printed_address_opens_the_home_page_and_a_click_changes_something(
    chromium: Browser, served: Served
):
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{served.url}/?token={served.token}")
        assert page.url == f"{served.url}/voila/render/00_home.ipynb"
        page.get_by_role("button", name="Count").click(timeout=READY)
        expect(page.get_by_text("Clicked 1 times")).to_be_visible()


def test_it_opens_without_an_error_a_violation_or_another_host(watched):
    page = watched.open_and_wait()
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_text("Clicked 1 times")).to_be_visible()
    assert watched.errors == []
    assert page.evaluate("window.violations") == []
    asked = [answer.url for answer in watched.answers if not answer.url.startswith("blob:")]
    assert all(url.startswith(watched.served.url) for url in asked)
    assert all(
        url.startswith(watched.served.url.replace("http", "ws", 1)) for url in watched.sockets
    )


def test_everything_it_loads_is_small_and_kept_by_the_browser(watched):
    page = watched.open_and_wait()
    assets = [answer for answer in watched.answers if "/voila/scripts/" in answer.url]
    names = {answer.url.rpartition("/")[2] for answer in assets}
    assert names == {"client.js", "core.js", "core.css"}
    assert all(answer.status == 200 for answer in assets)
    assert all("immutable" in answer.headers["cache-control"] for answer in assets)
    assert 40_000 < page.evaluate(TRANSFERRED) < 90_000, "1.1 MB with JupyterLab's front end"
    page.reload()
    expect(page.get_by_role("button", name="Count")).to_be_visible(timeout=READY)
    assert page.evaluate(TRANSFERRED) == 0


def test_the_line_that_says_it_opens_goes_when_it_has_opened(watched):
    page = watched.open()
    expect(page.locator("[data-pb-opening]")).to_have_count(0, timeout=READY)
    expect(page.get_by_role("button", name="Count")).to_be_visible()


def test_a_widget_that_cannot_come_leaves_a_sentence_and_no_jargon(watched):
    watched.page.clock.install()  # nobody waits twenty seconds for that sentence
    watched.page.route("**/client.js", lambda route: route.abort())
    page = watched.open()
    page.clock.fast_forward("00:20")
    expect(page.get_by_text("Please load the page again")).to_be_visible(timeout=READY)
    expect(page.get_by_text("javascript error")).to_be_hidden()
    page.unroute("**/client.js")
    page.reload()
    expect(page.get_by_role("button", name="Count")).to_be_visible(timeout=READY)


@pytest.mark.parametrize(
    "watched",
    [
        {"viewport": viewport, "color_scheme": scheme}
        for viewport in (WIDE, PHONE)
        for scheme in ("light", "dark")
    ],
    indirect=True,
    ids=["wide-light", "wide-dark", "phone-light", "phone-dark"],
)
@pytest.mark.parametrize("path", [SHEET, "/nothing", "/voila/render/02_broken.ipynb"])
def test_axe_finds_nothing_serious(watched, path):
    page = watched.open(path)
    expect(page.locator("[data-pb-opening]")).to_have_count(0, timeout=READY)
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {one['help']}" for one in found if one["impact"] != "minor"] == []


def test_axe_finds_nothing_serious_where_the_key_is_asked_for(chromium, served):
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(served.url)
        expect(
            page.get_by_role("heading", name="Open the playbook with its address")
        ).to_be_visible()
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("The address from that window").fill(
            f"{served.url}/?token={served.token}"
        )
        page.get_by_role("button", name="Open the playbook").click()
        expect(page.get_by_role("button", name="Count")).to_be_visible(timeout=READY)


@pytest.mark.parametrize("watched", [{"viewport": PHONE}], indirect=True, ids=["phone"])
def test_a_phone_never_scrolls_sideways(watched):
    page = watched.open_and_wait()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_keyboard_skips_the_bar(watched):
    page = watched.open_and_wait()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="link")).to_be_focused()


def test_the_page_itself_scrolls_so_that_anchors_print_and_phones_work(watched):
    page = watched.open_and_wait()
    page.set_viewport_size({"width": 800, "height": 250})
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(300)
    assert page.evaluate("scrollY") > 0


def test_leaving_a_page_ends_its_kernel(watched):
    page = watched.open_and_wait()
    kernel_id = re.search(r"kernels/([\w-]+)/channels", watched.sockets[0])[1]
    page.goto("about:blank")
    with watched.served.owner() as owner:
        assert eventually(lambda: owner.get(f"/api/kernels/{kernel_id}").status_code == 404)


def test_a_person_who_is_asked_and_stays_can_go_on(watched):
    page = watched.open_and_wait()
    page.evaluate("addEventListener('beforeunload', (event) => event.preventDefault())")
    page.get_by_role("button", name="Count").click()
    page.on("dialog", lambda dialog: dialog.dismiss())
    page.evaluate("setTimeout(() => { location.href = 'about:blank'; })")
    page.wait_for_timeout(500)
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_text("Clicked 2 times")).to_be_visible()


def test_a_page_that_comes_back_from_the_browsers_memory_loads_anew(watched):
    page = watched.open_and_wait()
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_text("Clicked 1 times")).to_be_visible()
    with page.expect_navigation():
        page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    expect(page.get_by_text("Clicked 0 times")).to_be_visible(timeout=READY)


@pytest.mark.parametrize("watched", [{"color_scheme": "dark"}], indirect=True, ids=["dark"])
def test_paper_is_light_whatever_the_screen_is(watched):
    page = watched.open_and_wait()
    colour = "getComputedStyle(document.querySelector('.prose')).color"
    assert page.evaluate(colour) == "rgb(237, 242, 243)"
    page.emulate_media(media="print")
    assert page.evaluate(colour) == "rgb(23, 36, 44)"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    expect(page.get_by_role("banner")).to_be_hidden()
