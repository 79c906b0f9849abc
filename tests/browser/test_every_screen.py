"""Every screen of somebody alone in five sizes, all of it open, light and dark: a soak."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from playbook.cases.load import load_case
from playbook.framework import load_framework
from widgets.charts import CHARTS

from .conftest import PHONE, Tab
from .sizes import NARROW, TABLET, WIDE, found
from .test_accessibility import draw_all
from .test_cases import answer, begin, part

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
def test_of_home_the_menus_and_the_brief(
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
    for button in ("form.history", "form.paste", "form.erase_everything"):
        if button == "form.erase_everything":
            tab.pick("form.more", button)
        else:
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
    assert wrong == []


@WAYS
def test_of_the_weekly_page_filled_and_of_a_case_played(
    new_tab: Callable[..., Tab], options: dict[str, object], sizes: tuple
) -> None:
    tab = new_tab(**options)
    page, wrong = tab.page, []
    tab.enter()
    page.goto(f"{tab.base}/voila/render/17_weekly.ipynb")
    expect(tab.button("weekly.see_example")).to_be_visible()
    tab.open_all()
    wrong += found(page, "the weekly page, empty", *sizes)
    tab.button("weekly.see_example").click()
    expect(page.locator(".weekly .run").first).to_be_visible()
    tab.open_all()
    wrong += found(page, "the weekly page, filled", *sizes)
    page.goto(f"{tab.base}/voila/render/20_cases.ipynb")
    expect(page.get_by_role("heading", level=1)).to_have_text(tab.say("cases.page.title"))
    tab.open_all()
    wrong += found(page, "the cases", *sizes)
    begin(page, load_case("atb"), "ATB: fifty places, five thousand people")
    card = part(page, tab.say("cases.page.decide"))
    expect(card).to_be_visible()
    wrong += found(page, "a case, before a decision", *sizes)
    answer(card)
    card.get_by_role("button", name=tab.say("cases.page.seal")).click()
    expect(part(page, tab.say("cases.column.documents"))).to_be_visible()
    tab.open_all()
    wrong += found(page, "a case, after a decision", *sizes)
    assert wrong == []
