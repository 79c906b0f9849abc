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
from playwright.sync_api import Browser, Page, Route, expect

from playbook.assessing.assess import assess
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.resources import template_dir, vega_bundle
from playbook.worksheet.parse import read_worksheet
from tests.filled import filler
from widgets import assets
from widgets.cards import Card

TODAY = date(2027, 1, 4)
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


class CardPage:
    """One page with one card: `page`, and what went wrong in it."""

    def __init__(self, browser: Browser, card: Card, options: dict[str, Any]) -> None:
        self.card, self.trouble, self.asked_for = card, [], []
        self._answers: list[Any] | None = None
        self._ours = options.pop("ours", True)  # our own page, or a foreign one such as Lab's
        self._meta = options.pop("meta", "")
        self._far = options.pop("far", 0)
        card.send = self._send  # type: ignore[method-assign]
        self.page: Page = browser.new_page(**options)
        self.page.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.page.on("console", lambda message: self._console(message.type, message.text))
        self.page.expose_function("kernel", self._receive)
        self.page.route("**/*", self._serve)
        self.page.goto(f"{ORIGIN}/voila/render/00_home.ipynb")
        expect(self.page).to_have_title("A card, drawn")

    def _console(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.trouble.append(text)

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


@pytest.fixture
def show_card(chromium: Browser) -> Iterator[Callable[..., CardPage]]:
    """Opens a card in a page; the test fails when the page had an error or a warning."""
    pages: list[CardPage] = []

    def open_page(card: Card, **options: Any) -> CardPage:
        pages.append(CardPage(chromium, card, options))
        return pages[-1]

    yield open_page
    for page in pages:
        page.page.close()
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
