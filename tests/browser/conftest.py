"""The playbook in a real browser on real servers: what a leader sees and does, in its own words."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from playbook.framework import load_framework
from playbook.store import open_store
from playbook.store.paths import database_path
from tests.browser import labels
from tests.conftest import PATIENCE_MS
from tests.server.hosts import Server

if TYPE_CHECKING:
    from psutil import Process

    from playbook.model import Question
    from playbook.model.storage import Store

DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "en-US"}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "locale": "en-US",
    "has_touch": True,
    "is_mobile": True,
}

HEARD = """() => {
    globalThis.heard = [];
    const spoken = "[role=status], [role=alert], [aria-live]";
    new MutationObserver((changes) => {
        const place = ({ target }) =>
            (target.closest ? target : target.parentElement)?.closest(spoken);
        for (const region of new Set(changes.map(place)))
            if (region?.textContent.trim()) globalThis.heard.push(region.textContent.trim());
    }).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""Writes down what a screen reader says by itself: each live region once a change."""

DRAWN = """() => {
    const place = document.querySelector(".chart-place");
    place?.scrollIntoView();
    return place?.querySelector("figure:not([hidden]) svg");
}"""

OPEN_ALL = """() => {
    for (const one of document.querySelectorAll("details:not(.menu)")) one.open = true;
}"""


class Tab:
    """One tab of a browser, with shortcuts for what a person finds on a sheet.

    `trouble` gathers what must not happen: uncaught errors, errors in the console (a broken policy
    is one), requests to another host.
    """

    def __init__(self, page: Page, server: Server, store: Store, base: str | None = None) -> None:
        self.page, self.server, self.store = page, server, store
        self.base = base or server.base
        self.framework = load_framework()
        self.sheet = self.framework.sheets["catalyst"]
        self.trouble: list[str] = []
        self._watch()

    def _watch(self) -> None:
        page = self.page
        page.add_init_script(f"({HEARD})()")
        page.on("pageerror", lambda error: self.trouble.append(str(error)))
        page.on("console", lambda said: said.type == "error" and self.trouble.append(said.text))
        page.on("request", lambda request: self._check(request.url))
        page.on("websocket", lambda socket: self._check(socket.url))

    def _check(self, url: str) -> None:
        place = re.match(r"(?:https?|wss?)://([^/]+)", url)
        if place and place[1] != self.base.partition("//")[2]:
            self.trouble.append(f"request to another host: {url}")

    # -- words

    def say(self, key: str, **values: Any) -> str:
        """The text under `key`, as the screen shows it."""
        return labels.say(key, **values)

    def like(self, key: str) -> re.Pattern[str]:
        """The text under `key`, whatever its {names} are filled with."""
        return labels.like(key)

    def question(self, question: str) -> Question:
        """The question of that id, wherever the sheet asks it."""
        return labels.question_of(self.sheet.id, question)

    def label(self, question: str, choice: str) -> str:
        """What a choice of a question is called."""
        return labels.option(self.sheet.id, question, choice)

    def ends(self, level: str) -> str:
        """The sheet's verdict of that level, as its card says it."""
        return labels.verdict(self.sheet.id, level)

    @property
    def row_name(self) -> str:
        """What the sheet calls one of its candidates."""
        return self.sheet.table("candidates").row_name

    def of_row(self, key: str, table: str = "candidates") -> str:
        """The text under `key` about one row of a table of the sheet."""
        return labels.of_row(key, self.sheet.id, table)

    # -- pages

    def enter(self) -> None:
        """Open the address that was printed; it leads home."""
        self.page.goto(self.server.address)

    def open(self, worksheet: str | None = None) -> Tab:
        """Open the sheet's page; `worksheet` is one by its id, "example" the filled example."""
        if not (self.server.plain or self.page.context.cookies()):
            self.enter()
        query = f"?worksheet={worksheet}" if worksheet else ""
        self.page.goto(f"{self.base}/voila/render/{self.sheet.notebook}{query}")
        self.ready()
        return self

    def ready(self) -> None:
        """Wait for the form, and for all of its sections."""
        expect(self.form).to_be_visible()
        expect(self.page.locator(".pb-form form[aria-busy]")).to_have_count(0)

    def reload(self) -> None:
        self.page.reload()
        self.ready()

    def kernel(self) -> Process:
        """The process that answers this page."""
        config = json.loads(self.page.locator("#jupyter-config-data").text_content() or "")
        return self.server.kernel(config["kernelId"])

    # -- what is on the sheet

    @property
    def form(self) -> Locator:
        return self.page.get_by_role("form", name=self.sheet.title)

    @property
    def save(self) -> Locator:
        return self.page.locator("[data-pb-save], .pb-form > .save")

    @property
    def says(self) -> Locator:
        """The card with the verdict."""
        return self.page.get_by_role("region", name=self.say("cards.label"))

    @property
    def verdict(self) -> Locator:
        return self.says.get_by_role("status")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def compare(self) -> Locator:
        """The candidates in a table."""
        return self.form.get_by_role("table")

    @property
    def alert(self) -> Locator:
        return self.page.get_by_role("alert")

    def group(self, question: str) -> Locator:
        """The choices of a question, where it is on screen."""
        name = labels.asked(self.question(question).text)
        groups = self.page.get_by_role("radiogroup", name=name)
        return groups.or_(self.page.get_by_role("group", name=name))

    def choice(self, question: str, choice: str) -> Locator:
        inside, label = self.group(question), self.label(question, choice)
        radio = inside.get_by_role("radio", name=label, exact=True)
        return radio.or_(inside.get_by_role("checkbox", name=label, exact=True))

    def box(self, question: str) -> Locator:
        """The field for text or a date, where it is on screen."""
        name = labels.asked(self.question(question).text)
        return self.form.get_by_label(name).and_(self.page.locator(":visible"))

    def around(self, question: str) -> Locator:
        """A question with all that is said about it."""
        text = self.question(question).text
        asked = self.page.locator("legend, label.q").filter(has_text=text)
        return self.page.locator("[data-field]:visible").filter(has=asked)

    def button(self, key: str, **values: Any) -> Locator:
        return self.page.get_by_role("button", name=self.say(key, **values)).and_(
            self.page.locator(":visible")
        )

    def section(self, section: str) -> Locator:
        """The heading that opens a section which goes deeper."""
        title = next(one.title for one in self.sheet.sections if one.id == section)
        return self.page.locator("summary:visible").filter(has_text=title)

    def menu(self, key: str, **values: Any) -> Locator:
        """What opens a menu."""
        text = re.compile("^{0}|{0}$".format(re.escape(self.say(key, **values))))
        return self.page.locator("details.menu > summary:visible").filter(has_text=text)

    def pick(self, menu: str, item: str, **values: Any) -> None:
        """Open a menu and choose from it."""
        self.menu(menu, **values).click()
        self.item(item).click()

    def item(self, key: str) -> Locator:
        """An item of the open menu."""
        return self.page.locator("details[open] > .menu-list").get_by_role(
            "button", name=self.say(key)
        )

    # -- what is done there

    def open_all(self) -> None:
        """Open whatever opens, but for menus."""
        self.page.evaluate(OPEN_ALL)

    def load_example(self) -> None:
        """Fill a blank sheet with the example."""
        self.button("form.load_example").click()
        expect(self.compare).to_be_visible()
        self.saved()

    @property
    def picture(self) -> Locator:
        """The candidates' picture, scrolled to until it is drawn: what loads above it moves it."""
        self.page.wait_for_function(DRAWN, polling=200)
        return self.page.get_by_role("figure", name=self.say("chart.title"))

    # -- what happened

    def saved(self) -> None:
        """Wait until all is saved."""
        expect(self.save).to_have_text(self.like("form.save_saved"))

    def write(self, question: str, text: str) -> None:
        """Write an answer, and wait until it is saved."""
        self.box(question).fill(text)
        self.box(question).blur()
        self.saved()

    def choose(self, question: str, choice: str) -> None:
        """Choose an answer, and wait until it is saved."""
        self.choice(question, choice).check()
        self.saved()

    def row_field(self, question: str) -> Locator:
        """What is asked of the one row of a table."""
        return self.page.locator(f'[data-field$="/{question}"]:visible')

    def write_row(self, question: str, text: str) -> None:
        """Answer a question of the one row of a table, and wait until it is saved."""
        box = self.row_field(question).locator("textarea, input").first
        box.fill(text)
        box.blur()
        self.saved()

    def reason(self, message: str) -> Locator:
        """A reason in the card, by its heading, which stands with its source."""
        heading = self.sheet.messages[message].heading
        return self.says.locator(".sources li strong").filter(has_text=heading)

    def heard(self) -> list[str]:
        """What was announced since the page opened."""
        return self.page.evaluate("globalThis.heard")

    def answers(self) -> dict[str, Any]:
        """What is stored, in all worksheets: question id -> value."""
        worksheets = [self.store.load(info.id) for info in self.store.worksheets()]
        return {
            name.rpartition("/")[2]: state.value
            for worksheet in worksheets
            for name, state in worksheet.fields.items()
            if isinstance(state.value, (str, list))
        }

    def values(self, question: str) -> list[Any]:
        """Every value that a question was ever given, the last first."""
        events = [one for info in self.store.worksheets() for one in self.store.history(info.id)]
        return [one.value for one in events if one.field.rpartition("/")[2] == question]

    def kept(self) -> dict[str, str]:
        """What the browser keeps of unsaved edits."""
        kept = self.page.evaluate("({ ...localStorage })")
        return {key: kept[key] for key in kept if key.startswith(("pb:op:", "pb:draft:"))}


def store_of(server: Server) -> Store:
    """What the server's kernels write to."""
    return open_store(database_path(server.home))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`playbook serve`, the one of this run: `kept` empties its store after every test."""
    with Server(tmp_path_factory.mktemp("served") / "home") as server:
        yield server


@pytest.fixture
def kept(server: Server) -> Iterator[Store]:
    """The server's store; empty when a test begins, emptied when it ends."""
    store = store_of(server)
    yield store
    store.erase_everything()


@pytest.fixture
def new_context(chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes browsers that know nothing of each other."""
    contexts: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        contexts.append(chromium.new_context(**{**DESK, **options}))
        contexts[-1].set_default_timeout(PATIENCE_MS)
        return contexts[-1]

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def new_tab(
    server: Server, kept: Store, new_context: Callable[..., BrowserContext]
) -> Iterator[Callable[..., Tab]]:
    """Opens tabs; a test fails when one of them saw trouble."""
    tabs: list[Tab] = []

    def make(context: BrowserContext | None = None, **options: Any) -> Tab:
        tabs.append(Tab((context or new_context(**options)).new_page(), server, kept))
        return tabs[-1]

    yield make
    assert [trouble for tab in tabs for trouble in tab.trouble] == []


@pytest.fixture
def open_sheet(new_tab: Callable[..., Tab]) -> Callable[..., Tab]:
    """open_sheet("champion", "example"): a tab with a sheet, blank or with a worksheet of it."""

    def opened(sheet: str, worksheet: str | None = None, **options: Any) -> Tab:
        tab = new_tab(**options)
        tab.sheet = tab.framework.sheets[sheet]
        return tab.open(worksheet)

    return opened


@pytest.fixture
def tab(new_tab: Callable[..., Tab]) -> Tab:
    """A tab with the catalyst sheet, blank."""
    return new_tab().open()
