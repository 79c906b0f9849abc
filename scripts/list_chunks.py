"""Writes down the chunks that our pages ask for, so that the server sends them together.

To be run when Voila, ipywidgets or anywidget changed: python scripts/list_chunks.py
"""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, expect

from benchmarks.client import CATALYST, Server
from benchmarks.pages import browser
from playbook.server.http.assets import BEGINS, CHUNKS

PAGES = ("00_home.ipynb", CATALYST)
SCRIPT = re.compile(r"/voila/(?:static|labextensions)/.*/([^/?]+\.js)(?:\?.*)?$")


def asked_for(server: Server, chromium: Browser) -> set[str]:
    """The names of the scripts that our pages ask for, but for those that begin."""
    names: set[str] = set()
    context = chromium.new_context()
    context.request.get(server.address, max_redirects=0)
    for path in PAGES:
        page = context.new_page()
        page.on("response", lambda got: names.update(SCRIPT.findall(got.url)))
        page.goto(f"{server.base}/voila/render/{path}")
        expect(page.locator("[data-pb-opening]")).to_have_count(0, timeout=60_000)
        page.wait_for_load_state("networkidle")
    return {name for name in names if not BEGINS.fullmatch(name)}


if __name__ == "__main__":
    CHUNKS.write_text("", encoding="utf-8")
    with (
        TemporaryDirectory() as folder,
        Server(Path(folder, "home")) as started,
        browser() as found,
    ):
        listed = sorted(asked_for(started, found))
    CHUNKS.write_text("".join(f"{name}\n" for name in listed), encoding="utf-8")
    print(f"{len(listed)} chunks")
