"""The form in a real browser on the real SheetForm, with no server between: fast to run.

A page gets the widget's own module and style text; its messages go to a SheetForm in this process.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Route,
    ViewportSize,
)

from playbook.framework import Framework, load_framework
from playbook.model import Sheet
from widgets.app import form_of
from widgets.form import SheetForm

HERE = Path(__file__).parent
PATIENCE_MS = 30_000  # no server is asked, and no kernel starts
ADDRESS = "http://localhost:1/"
DESK: ViewportSize = {"width": 1280, "height": 900}
RENDER = """async () => {
    const {makeModel} = await import("/model.js");
    const form = (await import("/form.js")).default;
    const content = await (await fetch("/content.json")).json();
    globalThis.model = makeModel(content);
    globalThis.view = () => {
        const el = document.createElement("div");
        document.querySelector("main").append(el);
        return form.render({model, el});
    };
    globalThis.leave = view();
}"""


class Stage:
    """One tab that tests use in turn, each on a new page that knows nothing of the one before: to
    open a tab takes longer than most tests do."""

    def __init__(self, chromium: Browser) -> None:
        self.context = new_context(chromium)
        self.page = self.context.new_page()
        self.form: FormPage | None = None
        self.page.expose_function(
            "kernel", lambda said: self.form._answer(said) if self.form else []
        )

    def clear(self) -> None:
        """As it was; what the page keeps goes when the next one is there."""
        self.form = None
        for page in self.context.pages:
            if page is not self.page:
                page.close()
        self.page.unroute_all()
        self.page.mouse.move(0, 0)
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(media="null", color_scheme="null", forced_colors="null")


class FormPage:
    """One tab: `page`, with shortcuts for what a person sees and does."""

    def __init__(
        self,
        context: BrowserContext | Stage,
        address: str = ADDRESS,
        voila: bool = False,
        sheet: str | Sheet = "catalyst",
        framework: Framework | None = None,
    ) -> None:
        known = framework or load_framework()
        self.sheet = sheet if isinstance(sheet, Sheet) else known.sheets[sheet]
        self.framework = replace(known, sheets={**known.sheets, self.sheet.id: self.sheet})
        self.voila = voila
        self.form = self._kernel()
        self.trouble: list[str] = []
        if isinstance(context, Stage):
            self.page: Page = context.page
            context.form = self
        else:
            self.page = context.new_page()
            self.page.expose_function("kernel", self._answer)
        self.page.on("pageerror", self._note)
        self.page.route("**/*", self._serve)
        self.page.goto(address)
        if isinstance(context, Stage):
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self._render()

    def _note(self, error: Error) -> None:
        self.trouble.append(str(error))

    def _kernel(self) -> SheetForm:
        self.sent: list[Any] = []
        form = form_of(self.sheet)(self.sheet, self.framework)
        form.send = lambda message, *_: self.sent.append(json.loads(json.dumps(message)))
        return form

    def _answer(self, message: Any) -> list[Any]:
        self.sent.clear()
        self.form._receive(None, message, None)
        return list(self.sent)

    def _serve(self, route: Route) -> None:
        name = route.request.url.split("?")[0].rsplit("/", 1)[-1]
        page = (HERE / "page.html").read_text(encoding="utf-8")
        bodies = {
            "model.js": ("text/javascript", (HERE / "model.js").read_text(encoding="utf-8")),
            "form.js": ("text/javascript", self.form._esm),
            "content.json": ("application/json", json.dumps(self.form.content)),
            "favicon.ico": ("image/x-icon", ""),
        }
        if self.voila:
            page = page.replace("<body", '<body data-voila="voila"')
        style = f"<style>{self.form._css}</style></head>"
        kind, body = bodies.get(name, ("text/html", page.replace("</head>", style)))
        route.fulfill(content_type=kind, body=body)

    def _render(self, wait_for: Locator | None = None) -> None:
        self.page.evaluate(RENDER)
        (wait_for or self.page.get_by_role("form")).first.wait_for()

    def reload(self, wait_for: Locator | None = None) -> None:
        """Load the page again, with a kernel of its own."""
        self.form = self._kernel()
        self.page.reload()
        self._render(wait_for)

    def slow(self, milliseconds: int) -> None:
        self.page.evaluate("delay => { model.line.delay = delay }", milliseconds)

    def cut(self, cut: bool = True) -> None:
        self.page.evaluate("cut => { model.line.cut = cut }", cut)

    def question(self, text: str) -> Locator:
        """The question of that text that is on screen."""
        asked = self.page.locator("legend, label.q", has_text=text)
        return self.page.locator(".question:visible", has=asked).first

    def box(self, text: str) -> Locator:
        return self.page.get_by_role("textbox", name=text).and_(self.page.locator(":visible")).first

    def choose(self, text: str, answer: str) -> None:
        self.question(text).get_by_role("radio", name=answer, exact=True).check()

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name).and_(self.page.locator(":visible")).first

    def menu(self, name: str, item: str) -> None:
        """Open a menu on screen and pick an item."""
        self.page.locator("summary:visible", has_text=name).first.click()
        self.page.locator("details[open] .menu-list").get_by_role("button", name=item).click()

    @property
    def save(self) -> Locator:
        return self.page.locator("[data-pb-save]")

    @property
    def focused(self) -> Locator:
        return self.page.locator(":focus")

    def stored(self) -> dict[str, Any]:
        """The answers in the store, by field."""
        session = self.form.session
        assert session is not None
        fields = session.store.load(session.id).fields
        return {name: state.value for name, state in fields.items() if state.value is not None}

    def kept(self) -> list[str]:
        """The keys of unsaved edits in this browser."""
        keys = self.page.evaluate("Object.keys(localStorage)")
        return [key for key in keys if key.startswith(("pb:op:", "pb:draft:"))]


def new_context(chromium: Browser) -> BrowserContext:
    context = chromium.new_context(viewport=DESK)
    context.set_default_timeout(PATIENCE_MS)
    return context


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A browser that no other test has had, for what can't be taken back: a script that is there
    before a page's own, a clock that stands, an ear for dialogs."""
    context = new_context(chromium)
    yield context
    context.close()


@pytest.fixture(scope="session")
def shared_stage(chromium: Browser) -> Iterator[Stage]:
    stage = Stage(chromium)
    yield stage
    stage.context.close()


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    yield shared_stage
    shared_stage.clear()


@pytest.fixture
def tab(request: pytest.FixtureRequest) -> Iterator[Callable[..., FormPage]]:
    """Opens tabs, in `context` where the test asks for one; a test fails when one of them had an
    uncaught error."""
    tabs: list[FormPage] = []
    own = "context" in request.fixturenames

    def open_tab(in_context: BrowserContext | None = None, **options: Any) -> FormPage:
        where: BrowserContext | Stage | None = in_context
        if where is None and own:
            where = request.getfixturevalue("context")
        elif where is None:
            stage: Stage = request.getfixturevalue("stage")
            where = stage.context if stage.form else stage
        tabs.append(FormPage(where, **options))
        return tabs[-1]

    yield open_tab
    for one in tabs:
        one.page.remove_listener("pageerror", one._note)
    assert [trouble for one in tabs for trouble in one.trouble] == []


@pytest.fixture
def form(tab: Callable[..., FormPage]) -> FormPage:
    return tab()


@pytest.fixture
def example(form: FormPage) -> FormPage:
    """The form filled with the sheet's example."""
    form.button("Load the example").click()
    form.page.get_by_role("table").wait_for()
    return form
