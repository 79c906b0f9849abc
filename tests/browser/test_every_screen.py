"""Every screen of somebody alone in five sizes, all of it open, light and dark: a soak."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playbook.framework import load_framework
from widgets.charts import CHARTS

from .conftest import PHONE, Tab
from .sizes import NARROW, TABLET, WIDE, found
from .test_accessibility import draw_all

pytestmark = [pytest.mark.slow, pytest.mark.soak, pytest.mark.timeout(900)]

FRAMEWORK = load_framework()
WAYS = pytest.mark.parametrize(
    ("options", "sizes"),
    [
        pytest.param({"viewport": WIDE[0]}, (*WIDE, TABLET), id="wide"),
        pytest.param(PHONE, NARROW, id="phone"),
    ],
)


@WAYS
@pytest.mark.parametrize("sheet", FRAMEWORK.sheets)
def test_of_every_sheet(
    open_sheet: Callable[..., Tab], sheet: str, options: dict[str, object], sizes: tuple
) -> None:
    tab = open_sheet(sheet, "example", **options)
    wrong = found(tab.page, f"{sheet} as it opens", sizes[-1])
    places = tab.page.locator(".chart-place")
    expect(places).to_have_count(len(CHARTS.keys() & tab.sheet.charts.keys()))
    for place in places.all():
        place.evaluate("(place) => place.scrollIntoView()")
        expect(place.locator("svg")).to_be_visible()
    tab.open_all()
    draw_all(tab)
    wrong += found(tab.page, f"{sheet} with everything open", *sizes)
    assert wrong == []


@WAYS
def test_of_home_the_brief_the_weekly_page_and_the_cases(
    new_tab: Callable[..., Tab], options: dict[str, object], sizes: tuple
) -> None:
    tab = new_tab(**options)
    page, wrong = tab.page, []
    tab.enter()
    expect(page.get_by_role("heading", level=1)).to_have_text(tab.say("home.title"))
    tab.open_all()
    wrong += found(page, "home before anything", *sizes)
    tab.open()
    wrong += found(page, "a blank sheet", *sizes)
    for menu in ("form.more", "form.worksheet"):
        tab.menu(menu).click()
        wrong += found(page, f"menu {menu}", sizes[0], sizes[-1])
        page.keyboard.press("Escape")
    tab.choose("breaks", "yes")
    for button in ("form.history", "form.paste"):
        tab.button(button).first.click()
        expect(tab.dialog).to_be_visible()
        wrong += found(page, f"dialog {button}", *sizes)
        page.keyboard.press("Escape")
    tab.enter()
    expect(page.get_by_role("link", name=tab.sheet.title).first).to_be_visible()
    tab.open_all()
    wrong += found(page, "home with a worksheet", *sizes)
    page.locator(".pb-brief .buttons button").first.click()
    expect(tab.dialog.locator("article").first).to_be_visible()
    tab.open_all()
    wrong += found(page, "the brief", *sizes)
    for place, ready in (
        ("17_weekly.ipynb?worksheet=example", ".weekly"),
        ("20_cases.ipynb", "h1"),
    ):
        page.goto(f"{tab.base}/voila/render/{place}")
        expect(page.locator(ready).first).to_be_visible()
        page.wait_for_timeout(2000)
        tab.open_all()
        wrong += found(page, place, *sizes)
    assert wrong == []
