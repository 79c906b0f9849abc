"""Every screen in five sizes, in light and dark: what axe finds, and what goes beyond the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .axe import faults

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

WIDE = ({"width": 1920, "height": 1080}, {"width": 1366, "height": 768})
TABLET = {"width": 768, "height": 1024}
NARROW = ({"width": 390, "height": 844}, {"width": 320, "height": 640})
BEYOND = """() => [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, svg, .table, table"))
    .filter((one) => {
        for (let at = one.parentElement; at; at = at.parentElement)
            if (["auto", "scroll", "hidden"].includes(getComputedStyle(at).overflowX)
                && at !== document.body && at !== document.documentElement) return false;
        return true;
    })
    .slice(0, 4).map((one) => one.outerHTML.slice(0, 120))"""


def found(page: Page, name: str, *sizes: dict[str, int]) -> list[str]:
    """What is wrong with a screen as it stands, in each of the sizes."""
    return list(_found(page, name, sizes))


def _found(page: Page, name: str, sizes: tuple[dict[str, int], ...]) -> Iterator[str]:
    for size in sizes:
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        page.wait_for_timeout(300)  # what is drawn for its width is drawn anew
        for colours in ("light", "dark"):
            page.emulate_media(color_scheme=colours)
            where = f"{name}, {size['width']}, {colours}"
            yield from (f"{where}: {one}" for one in faults(page, colours_alone=colours == "dark"))
        page.emulate_media(color_scheme="light")
        yield from (
            f"{name}, {size['width']}: beyond the edge: {it}" for it in page.evaluate(BEYOND)
        )
