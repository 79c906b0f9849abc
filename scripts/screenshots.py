"""Takes the README's pictures: a real server, an empty data folder, the example, a browser."""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, expect

from benchmarks.client import CATALYST, Server
from benchmarks.pages import browser
from playbook.framework import load_framework

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
WORDS = load_framework().words


def take_all(server: Server, chromium: Browser) -> None:
    sheet = opened(server, chromium, f"{server.base}/voila/render/{CATALYST}", DESK)
    sheet.get_by_role("button", name=WORDS.say("form.load_example")).click()
    shoot(compared(sheet), "catalyst")
    example = sheet.url  # names the worksheet
    shoot(compared(opened(server, chromium, example, DESK | DARK)), "catalyst-dark")
    shoot(opened(server, chromium, f"{server.base}/voila/render/{HOME}", DESK), "home")
    phone = compared(opened(server, chromium, example, PHONE))
    phone.locator("form .question:visible").nth(2).evaluate("it => it.scrollIntoView()")
    shoot(phone, "phone-form")
    phone.get_by_role("link", name=WORDS.say("cards.dock")).tap()
    shoot(phone, "phone-verdict")


def opened(server: Server, chromium: Browser, address: str, look: dict) -> Page:
    """The page in a browser of its own, signed in, with everything on it."""
    context = chromium.new_context(reduced_motion="reduce", locale="en-US", **look)
    context.request.get(server.address, max_redirects=0)
    page = context.new_page()
    page.goto(address)
    expect(page.locator("[data-pb-opening]")).to_have_count(0, timeout=60_000)
    expect(page.locator("main h1").first).to_be_visible(timeout=60_000)
    return page


def compared(page: Page) -> Page:
    """The sheet's page once the example's candidates are saved and compared."""
    expect(page.get_by_role("form").get_by_role("table")).to_be_visible(timeout=60_000)
    saved = WORDS.say("form.save_saved", time="").strip()
    expect(page.locator("[data-pb-save]")).to_contain_text(saved, timeout=60_000)
    page.evaluate("scrollTo(0, 0)")
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
    PICTURES.mkdir(parents=True, exist_ok=True)
    with (
        TemporaryDirectory() as folder,
        Server(Path(folder, "home")) as started,
        browser() as found,
    ):
        take_all(started, found)
