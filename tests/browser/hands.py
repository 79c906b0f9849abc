"""How a person uses a page: with a mouse, with the keyboard alone, with a thumb on a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import ElementHandle, Locator, expect

if TYPE_CHECKING:
    from datetime import date

    from .conftest import Tab

LONG_WAY = 150
MOST_CHOICES = 7
GONE = "gone"

STEP = """(target) => {
    if (!target.isConnected) return "gone";
    const here = document.activeElement;
    const together = target.type === "radio" && here.name === target.name;
    if (here === target || together) return null;
    const later = here.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING;
    return later ? "Tab" : "Shift+Tab";
}"""
"""The key that leads towards `target`; null once it has the focus, or a choice beside it; "gone"
when something else was drawn in its place."""

AT_REST = """() => new Promise((resolve) => {
    let at = null, calm = 0;
    const look = () => {
        calm = at === scrollY ? calm + 1 : 0;
        at = scrollY;
        if (calm > 9) resolve();
        else requestAnimationFrame(look);
    };
    look();
})"""
"""Until the page stands still."""

IS_FOCUSED = "(target) => document.activeElement === target"


class Mouse:
    """Points and clicks."""

    def __init__(self, tab: Tab) -> None:
        self.tab, self.page = tab, tab.page

    def press(self, target: Locator) -> None:
        """A button, a link, a summary."""
        target.click()

    def choose(self, target: Locator) -> None:
        """A choice, by its label as people do."""
        target.locator("xpath=ancestor::label").click()
        expect(target).to_be_checked()

    def write(self, target: Locator, text: str) -> None:
        """Text, in place of what is there."""
        self.press(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def date(self, target: Locator, day: date) -> None:
        """A day, as one may write it."""
        self.press(target)
        target.fill(day.isoformat())

    def see_verdict(self) -> Locator:
        """Where the verdict is in sight."""
        return self.tab.verdict


class Keyboard(Mouse):
    """Has no mouse: goes from control to control with Tab, as far as that leads."""

    def reach(self, target: Locator) -> ElementHandle:
        """The focus on the control, however many keys that takes; the control."""
        place = target.element_handle()  # its name is found once, not at every key
        for _ in range(LONG_WAY):
            key = place.evaluate(STEP)
            if key is None:
                return place
            if key == GONE:
                place = target.element_handle()
            else:
                self.page.keyboard.press(key)
        pytest.fail(f"Tab does not lead to {target}")

    def press(self, target: Locator) -> None:
        self.reach(target)
        self.page.keyboard.press("Enter")

    def choose(self, target: Locator) -> None:
        place = self.reach(target)
        if place.evaluate(IS_FOCUSED):
            self.page.keyboard.press("Space")
        for _ in range(MOST_CHOICES):
            if not place.evaluate(IS_FOCUSED):
                self.page.keyboard.press("ArrowDown")

    def write(self, target: Locator, text: str) -> None:
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)

    def date(self, target: Locator, day: date) -> None:
        self.reach(target)
        self.page.keyboard.type(f"{day.day} {day:%b} {day.year}")


class Touch(Mouse):
    """A thumb on a phone."""

    def press(self, target: Locator) -> None:
        target.tap()

    def choose(self, target: Locator) -> None:
        target.locator("xpath=ancestor::label").tap()
        expect(target).to_be_checked()

    def see_verdict(self) -> Locator:
        dock = self.page.get_by_role("complementary", name=self.tab.say("cards.dock"))
        if dock.is_visible():
            self.press(dock.get_by_role("link").first)
            self.page.evaluate(AT_REST)  # a tap on a page that still scrolls only stops it
        expect(self.tab.verdict).to_be_in_viewport()
        return self.tab.verdict


WITH = {"mouse": Mouse, "keyboard": Keyboard, "phone": Touch}
