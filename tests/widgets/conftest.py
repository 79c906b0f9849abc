"""Cards in a real browser on the real widgets, with no server between.

A page gets the widget's own module and style text under the policy of our own pages; its messages
go to the widget in this process.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Error,
    Page,
    Route,
    ViewportSize,
    expect,
)

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.resources import template_dir, vega_bundle
from playbook.worksheet.parse import read_worksheet
from tests.filled import filler
from widgets import assets
from widgets.cards import Card

TODAY = date(2027, 1, 4)
DESK: ViewportSize = {"width": 1280, "height": 720}
ORIGIN = "http://localhost:1"  # never reached: the test answers every request itself
POLICY = "default-src 'self'; script-src 'self' blob:; style-src 'self' 'unsafe-inline'"
HTML = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A card</title>
<meta name="viewport" content="width=device-width,initial-scale=1">{meta}
<style>{styles}</style></head><body class="{body}" {data}><main id="main"><h1>A sheet</h1>
<p><button>Before</button></p><div style="height: {far}px"></div>
<div id="card"></div></main>
<script type="module" src="/run.js"></script></body></html>"""
RUN = """
import entry from "/card.js";
const ears = new Set();
const view = (bytes) => new DataView(Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0)).buffer);
globalThis.hear = ([message, buffers]) => ears.forEach((ear) => ear(message, buffers.map(view)));
globalThis.sent = [];
const model = {
  on: (name, ear) => ears.add(ear),
  off: (name, ear) => ears.delete(ear),
  send: async (message) => {
    globalThis.sent.push(message.type);
    (await globalThis.kernel(message)).forEach(globalThis.hear);
  },
};
globalThis.leave = entry.render({ model, el: document.querySelector("#card") });
globalThis.ears = ears;
document.title = "A card, drawn";
"""


class Stage:
    """One tab for one card after the other: to open a tab takes longer than most tests do."""

    def __init__(self, browser: Browser) -> None:
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.card: CardPage | None = None
        self.page.expose_function("kernel", self._receive)

    def _receive(self, message: Any) -> list[Any]:
        return self.card._receive(message) if self.card else []

    def clear(self) -> None:
        """As it was."""
        if self.card:
            self.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        self.card = None
        self.page.unroute_all()
        self.page.goto("about:blank")
        self.page.mouse.move(0, 0)
        self.page.emulate_media(media="null", forced_colors="null")


class CardPage:
    """One page with one card: `page`, and what went wrong in it; in a tab of its own if the one
    that is shared has a card already."""

    def __init__(self, stage: Stage, card: Card, options: dict[str, Any]) -> None:
        self.card, self.trouble, self.asked_for = card, [], []
        self._answers: list[Any] | None = None
        self._ours = options.pop("ours", True)  # our own page, or a foreign one such as Lab's
        self._meta = options.pop("meta", "")
        self._far = options.pop("far", 0)
        card.send = self._send  # type: ignore[method-assign]
        self.shared = stage.card is None
        if self.shared:
            self.page: Page = stage.page
            stage.card = self
        else:
            self.page = stage.context.new_page()
            self.page.expose_function("kernel", self._receive)
        self.page.set_viewport_size(options.pop("viewport", DESK))
        self.page.emulate_media(color_scheme=options.pop("color_scheme", "light"))
        assert not options
        self.page.on("pageerror", self._error)
        self.page.on("console", self._console)
        self.page.route("**/*", self._serve)
        self.page.goto(f"{ORIGIN}/voila/render/00_home.ipynb")
        expect(self.page).to_have_title("A card, drawn")

    def close(self) -> None:
        if self.shared:
            self.page.remove_listener("pageerror", self._error)
            self.page.remove_listener("console", self._console)
        else:
            self.page.close()

    def _error(self, error: Error) -> None:
        self.trouble.append(str(error))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.trouble.append(message.text)

    def _send(self, message: Any, buffers: Any = ()) -> None:
        told = [json.loads(json.dumps(message, allow_nan=False)), [*map(_base64, buffers)]]
        if self._answers is None:
            self.page.evaluate("told => hear(told)", told)
        else:
            self._answers.append(told)

    def _receive(self, message: Any) -> list[Any]:
        self._answers = []
        self.card._receive(self.card, message, [])
        answers, self._answers = self._answers, None
        return answers

    def _serve(self, route: Route) -> None:
        name = route.request.url.removeprefix(ORIGIN)
        self.asked_for.append(name)
        scripts = {
            "/run.js": lambda: RUN,
            "/card.js": lambda: self.card._esm,
            "/vega.js": lambda: vega_bundle().read_text(encoding="utf-8"),
        }
        kind, body = "text/html", self._html()
        if name in scripts:
            kind, body = "text/javascript", scripts[name]()
        headers = {"Content-Security-Policy": POLICY, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(body=body, headers=headers)

    def _html(self) -> str:
        page = (template_dir() / "page.css").read_text(encoding="utf-8") if self._ours else ""
        return HTML.format(
            meta=self._meta,
            far=self._far,
            # A widget's style comes after the page's own, as anywidget adds it.
            styles=f"{assets.css()}\n{page}\n{self.card._css}",
            body="pb page" if self._ours else "lab",
            data='data-voila="voila"' if self._ours else 'data-jp-theme-light="true"',
        )


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@pytest.fixture(scope="session")
def stage(chromium: Browser) -> Iterator[Stage]:
    stage = Stage(chromium)
    yield stage
    stage.context.close()


@pytest.fixture
def show_card(stage: Stage) -> Iterator[Callable[..., CardPage]]:
    """Opens a card in a page; the test fails when the page had an error or a warning."""
    pages: list[CardPage] = []

    def open_page(card: Card, **options: Any) -> CardPage:
        pages.append(CardPage(stage, card, options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.close()
    stage.clear()
    assert [trouble for page in pages for trouble in page.trouble] == []


@pytest.fixture(scope="session")
def filled(framework: Framework, catalyst: Sheet) -> Callable[..., tuple[Worksheet, Assessment]]:
    """filled({"what": "A", ...}, {...}, chosen="row1"): a catalyst sheet with these candidates."""

    return filler(catalyst, framework, TODAY)


@pytest.fixture(scope="session")
def example(framework: Framework, catalyst: Sheet) -> tuple[Worksheet, Assessment]:
    """The catalyst sheet filled with its example."""
    answers = framework.examples["catalyst"].answers
    worksheet = read_worksheet(catalyst, answers, framework.words)
    return worksheet, assess(catalyst, worksheet, framework, TODAY)
