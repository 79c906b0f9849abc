"""Takes the README's pictures: real servers, the example, a rehearsal, a browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Locator, Page, expect

from benchmarks.client import CATALYST, Server, child_environment, free_port
from benchmarks.pages import browser
from playbook.framework import load_framework
from scripts.browser import ensure_browser

PICTURES = Path(__file__).parent.parent / "docs" / "screenshots"
MOST_BYTES = 300_000
HOME = "00_home.ipynb"
DESK = {"viewport": {"width": 1280, "height": 900}}
DARK = {"color_scheme": "dark"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SCREEN = {"viewport": {"width": 1280, "height": 720}}
PICTURED = (("entry_point", "map", "map"), ("metric_tree", "tree", "tree"))
"""A sheet, its section with a picture, and what the file is called."""
CODE = re.compile(r"\w{4}-\w{4}")
PEOPLE, ENOUGH = 16, r"1[567] of 17"
FRAMEWORK = load_framework()
QUESTION = FRAMEWORK.sheets["catalyst"].asked_of("breaks")[0].text
SETTLES_MS = 2_000
PATIENCE = 60_000
A_CLASS_TAKES = 180_000  # milliseconds; they come and answer at a human pace
WORDS = FRAMEWORK.words


def take_all(server: Server, chromium: Browser) -> None:
    sheet = opened(server, chromium, f"{server.base}/voila/render/{CATALYST}", DESK)
    sheet.get_by_role("button", name=WORDS.text("form.load_example")).click()
    shoot(compared(sheet), "catalyst")
    example = sheet.url  # names the worksheet
    shoot(compared(opened(server, chromium, example, DESK | DARK)), "catalyst-dark")
    shoot(opened(server, chromium, f"{server.base}/voila/render/{HOME}", DESK), "home")
    for sheet, section, name in PICTURED:
        shoot(pictured(server, chromium, sheet, section), name)
    phone = compared(opened(server, chromium, example, PHONE))
    phone.locator("form .question:visible").nth(2).evaluate("it => it.scrollIntoView()")
    shoot(phone, "phone-form")
    phone.get_by_role("link", name=WORDS.text("cards.dock_why")).tap()
    shoot(phone, "phone-verdict")


def take_class(way_in: str, chromium: Browser) -> None:
    """The trainer's desk, the projector and a phone, when a vote has been revealed."""
    desk = new_page(chromium, DESK)
    desk.goto(way_in)
    button(desk, "door.resume_button").click()
    desk.goto(way_in.partition("/resume")[0] + "/desk")
    shown = desk.locator("#code")
    expect(shown).to_have_text(CODE, timeout=PATIENCE)  # the page asks for it
    code = shown.inner_text()
    phone = new_page(chromium, PHONE)
    phone.goto(f"{way_in.partition('/resume')[0]}/join?code={code}")
    phone.get_by_label(WORDS.text("door.name")).fill("Ada")
    button(phone, "door.join_button").click()
    everybody = re.compile(rf"\b{PEOPLE + 1}\b")
    expect(desk.locator("#people-count")).to_contain_text(everybody, timeout=A_CLASS_TAKES)
    desk.locator("#offer-sheet").select_option("catalyst")
    button(desk, "desk.offer_button").click()
    desk.get_by_label(WORDS.text("desk.vote_question")).select_option(label=QUESTION)
    button(desk, "desk.vote_open").click()
    phone.locator(".vote .choices").get_by_role("radio", name="Yes", exact=True).check(force=True)
    expect(desk.locator("#votes")).to_contain_text(re.compile(ENOUGH), timeout=A_CLASS_TAKES)
    button(desk, "desk.vote_reveal").click()
    screen = desk.context.new_page()
    screen.set_viewport_size(SCREEN["viewport"])
    screen.goto(desk.url.replace("/desk/", "/screen/"))
    for page, name in ((desk, "class-desk"), (screen, "class-screen"), (phone, "class-phone")):
        result = page.locator(".result .bars, #wall .bars").first
        expect(result).to_be_visible(timeout=PATIENCE)
        result.scroll_into_view_if_needed()
        shoot(page, name)


def new_page(chromium: Browser, look: dict) -> Page:
    """A page in a browser of its own that waits as long as a busy machine takes."""
    context = chromium.new_context(reduced_motion="reduce", locale="en-US", **look)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def button(page: Page, key: str) -> Locator:
    return page.get_by_role("button", name=WORDS.text(key), exact=True)


@contextmanager
def rehearsal() -> Iterator[str]:
    """A rehearsal that runs; its trainer's way in."""
    asked = ("rehearse", "--port", str(free_port()), "--people", str(PEOPLE))
    with subprocess.Popen(
        [sys.executable, "-m", "playbook.cli.main", *asked],
        env=child_environment(),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            found = (re.search(r"http\S+/resume#\S+", line) for line in process.stdout)
            yield next(filter(None, found))[0]
        finally:
            process.terminate()


def opened(server: Server, chromium: Browser, address: str, look: dict) -> Page:
    """The page in a browser of its own, signed in, with everything on it."""
    page = new_page(chromium, look)
    page.context.request.get(server.address, max_redirects=0)
    page.goto(address)
    expect(page.locator("[data-pb-opening]")).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("main h1").first).to_be_visible(timeout=PATIENCE)
    return page


def compared(page: Page) -> Page:
    """The sheet's page once the example's candidates are saved and compared."""
    expect(page.get_by_role("form").get_by_role("table")).to_be_visible(timeout=PATIENCE)
    saved = WORDS.text("form.save_saved", time="").strip()
    expect(page.locator("[data-pb-save]")).to_contain_text(saved, timeout=PATIENCE)
    page.evaluate("scrollTo(0, 0)")
    return page


def pictured(server: Server, chromium: Browser, sheet: str, section: str) -> Page:
    """The example of a sheet, one of its pictures in sight."""
    notebook = FRAMEWORK.sheets[sheet].notebook
    address = f"{server.base}/voila/render/{notebook}?worksheet=example"
    page = opened(server, chromium, address, DESK)
    place = page.locator(f"[data-section={section}]")
    if place.evaluate("it => it.matches('details')"):
        place.locator("summary").first.click()
    page.wait_for_timeout(SETTLES_MS)
    place.evaluate("it => it.scrollIntoView()")
    page.evaluate("scrollBy(0, -70)")  # below the bar
    return page


def shoot(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement?.blur()")
    page.wait_for_timeout(500)  # what is asked for late, such as a verdict's next line
    picture = page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")
    if len(picture) > MOST_BYTES:
        raise SystemExit(f"{name}.png has {len(picture)} bytes; more than {MOST_BYTES}.")
    print(f"{name}.png, {len(picture) // 1000} kB")


if __name__ == "__main__":
    ensure_browser()
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        Server(Path(folder, "home")) as started,
        browser() as found,
    ):
        take_all(started, found)
    with rehearsal() as address, browser() as found:
        take_class(address, found)
