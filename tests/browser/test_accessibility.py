"""Everybody can use it: axe finds nothing, a phone scrolls one way, the keyboard leads
everywhere and is seen, paper shows every answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from playbook.framework import load_framework
from widgets.charts import CHARTS

from .axe import faults
from .conftest import PHONE, Tab

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

pytestmark = pytest.mark.slow

SCREENS = pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
RECOGNISE = load_framework().stages[0]
KEYED = {"catalyst", "entry_point"}
"""The sheets that are gone through by keyboard outside a soak: candidates, and a map."""

SMALL_PHONE = {"width": 360, "height": 740}

CONTROLS = """() => {
    const kinds = "a[href], button:not([disabled]), summary, "
        + "select, textarea, input:not([aria-hidden])";
    const all = [...document.querySelectorAll(kinds)];
    const places = new Map();
    for (const one of all.filter((one) => one.tabIndex >= 0 && one.checkVisibility())) {
        const group = one.type === "radio" ? one.name : one;
        if (!places.has(group) || one.checked) places.set(group, one);
    }
    globalThis.unvisited = new Set(places.values());
    return unvisited.size;
}"""
"""Notes what Tab must lead to: every control on screen, and one choice of each group; within a tree
the arrow keys lead on. How many."""

STOP = """() => {
    const here = document.activeElement;
    const shown = (element) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    };
    const around = [here, here.closest("label"), here.parentElement];
    const seen = here === document.body // the end: the next Tab begins again
        || around.some((element) => element && shown(element));
    unvisited.delete(here);
    return { seen, left: unvisited.size, html: here.outerHTML.slice(0, 160) };
}"""
"""Where the focus is, whether one sees it there, and how many controls it has not been to."""

LEFT = "() => [...unvisited].map((one) => one.outerHTML.slice(0, 160))"

OVERFLOW = """() => {
    const wide = (one) => one.getBoundingClientRect().right > innerWidth + 1;
    const scrolls = (one) => ["auto", "scroll"].includes(getComputedStyle(one).overflowX);
    const frame = (one) => scrolls(one) && !wide(one);
    const framed = (one) => one && (frame(one) || framed(one.parentElement));
    return [...document.querySelectorAll("body *")].filter(wide)
        .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, svg"))
        .filter((one) => !framed(one.parentElement))
        .map((one) => one.outerHTML.slice(0, 120));
}"""
"""What is wider than the screen. A table may be, in a frame of its own that scrolls."""

NOT_ON_PAPER = """() => [...document.querySelectorAll("[data-answered]")]
    .filter((question) => {
        const input = question.querySelector("input:checked, textarea, input[type=text]");
        const shown = (input.closest("label.choice") ?? input.closest(".grow") ?? input);
        return !shown.checkVisibility() || shown.getBoundingClientRect().height < 8;
    })
    .map((question) => question.dataset.field)"""


LOOKED_AT = """(section) => new Promise((done) => {
    section.scrollIntoView();
    requestAnimationFrame(() => requestAnimationFrame(done)); // once painted, it has been in sight
})"""


@pytest.fixture
def example(new_tab: Callable[..., Tab]) -> Tab:
    """A tab with the filled example."""
    return new_tab().open("example")


def check(tab: Tab, where: str, colours_alone: bool = False) -> None:
    """Nothing that axe knows of, not even what it calls moderate."""
    found = faults(tab.page, colours_alone=colours_alone)
    assert [f"{where}: {fault}" for fault in found] == []


def draw_all(tab: Tab) -> None:
    """Let every picture come that is drawn once it is looked at."""
    for section in tab.page.locator("[data-section]").all():
        section.evaluate(LOOKED_AT)
    expect(tab.page.locator(".later[style]")).to_have_count(0)
    tab.page.evaluate("scrollTo(0, 0)")


def check_in_both_colours(tab: Tab, where: str) -> None:
    for colours, alone in (("light", False), ("dark", True)):
        tab.page.emulate_media(color_scheme=colours)
        check(tab, f"{where}, {colours}", alone)


@SCREENS
def test_axe_finds_nothing_at_home_and_on_a_blank_sheet(
    new_tab: Callable[..., Tab], options: dict[str, object]
) -> None:
    tab = new_tab(**options)
    tab.enter()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(tab.say("home.title"))
    check_in_both_colours(tab, "home, before anything")
    tab.open()
    check_in_both_colours(tab, "blank sheet")
    tab.choose("breaks", "yes")
    tab.enter()
    expect(tab.page.get_by_role("link", name=tab.sheet.title).first).to_be_visible()
    check_in_both_colours(tab, "home, with a worksheet")


def filled_sheets() -> Iterator[ParameterSet]:
    """Each stage's first sheet and its gate with everything open, on a desk as they open and on a
    phone; in a soak all others too, and each in five sizes (test_every_screen.py)."""
    stages = load_framework().stages
    looked_at = {sheet for stage in stages for sheet in (*stage.sheets[:1], stage.gate)}
    for sheet in load_framework().sheets:
        for name, options in {"desk": {}, "phone": PHONE}.items():
            closed = sheet in looked_at and name == "desk"
            marks = () if sheet in looked_at else pytest.mark.soak
            yield pytest.param(sheet, options, closed, id=f"{sheet}-{name}", marks=marks)
            if not closed:
                told = f"{sheet}-{name}-closed"
                yield pytest.param(sheet, options, True, id=told, marks=pytest.mark.soak)


@pytest.mark.parametrize(("sheet", "options", "closed"), list(filled_sheets()))
def test_axe_finds_nothing_on_a_filled_sheet_closed_or_open_and_its_pictures_are_drawn(
    open_sheet: Callable[..., Tab], sheet: str, options: dict[str, object], closed: bool
) -> None:
    tab = open_sheet(sheet, "example", **options)
    if closed:
        check(tab, "as it opens")
    places = tab.page.locator(".chart-place")
    expect(places).to_have_count(len(CHARTS.keys() & tab.sheet.charts.keys()))
    for place in places.all():
        place.evaluate("(place) => place.scrollIntoView()")
        expect(place.locator("svg")).to_be_visible()
    tab.open_all()
    draw_all(tab)
    check_in_both_colours(tab, "everything open")
    if options:
        assert tab.page.evaluate(OVERFLOW) == []


@pytest.mark.parametrize(
    "options", [{}, {**PHONE, "color_scheme": "dark"}], ids=["desk light", "phone dark"]
)
def test_axe_finds_nothing_in_what_opens(
    new_tab: Callable[..., Tab], options: dict[str, object]
) -> None:
    shown = new_tab(**options).open("example")
    for menu in ("form.more", "form.worksheet"):
        opened = shown.menu(menu)
        opened.click()
        check(shown, f"menu {menu}")
        opened.press("Escape")
    shown.button("form.history").click()
    expect(shown.dialog).to_be_visible()
    check(shown, "history")
    shown.page.keyboard.press("Escape")
    shown.button("form.paste").first.click()
    expect(shown.dialog).to_be_visible()
    check(shown, "paste dialog")
    shown.page.keyboard.press("Escape")
    shown.pick("form.more", "form.erase_everything")
    expect(shown.dialog).to_be_visible()
    check(shown, "erase dialog")


def test_a_small_phone_scrolls_one_way_only(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab(**{**PHONE, "viewport": SMALL_PHONE})
    tab.enter()
    expect(tab.page.get_by_role("heading", level=1)).to_have_text(tab.say("home.title"))
    assert tab.page.evaluate(OVERFLOW) == []
    tab.open("example")
    expect(tab.picture.locator("svg")).to_be_visible()
    tab.open_all()
    assert tab.page.evaluate(OVERFLOW) == []
    assert tab.page.evaluate("document.scrollingElement.scrollWidth") == SMALL_PHONE["width"]


@pytest.mark.parametrize(
    "sheet",
    [
        pytest.param(it, marks=() if it in KEYED else pytest.mark.soak, id=it)
        for it in RECOGNISE.sheets
    ],
)
def test_the_keyboard_leads_everywhere_and_is_seen(
    open_sheet: Callable[..., Tab], sheet: str
) -> None:
    tab = open_sheet(sheet, "example")
    page = tab.page
    tab.open_all()
    draw_all(tab)
    controls = page.evaluate(CONTROLS)
    assert controls > 50
    unseen = []
    for _ in range(2 * controls):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if not stop["seen"]:
            unseen.append(stop["html"])
        if not stop["left"]:
            break
    assert page.evaluate(LEFT) == []
    assert unseen == []


def test_paper_shows_every_answer(example: Tab) -> None:
    tab = example
    answered = tab.page.locator("[data-answered]").count()
    assert answered > 20
    tab.page.emulate_media(media="print")
    tab.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert tab.page.evaluate(NOT_ON_PAPER) == []
    expect(tab.verdict).to_be_visible()
    expect(tab.page.get_by_role("button", name=tab.say("form.undo"))).to_be_hidden()
    tab.page.evaluate("dispatchEvent(new Event('afterprint'))")
    tab.page.emulate_media(media="screen")
    expect(tab.section("evidence").first.locator("xpath=..")).not_to_have_attribute("open", "")
