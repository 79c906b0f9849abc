"""Our client gives widgets what anywidget gives them: the same five write down the same."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from playwright.sync_api import Browser, Page, expect

from benchmarks.client import Server
from tests.server.conftest import eventually, running

from .test_jupyterlab import IDLE, TOKEN, Lab

FIVE = Path(__file__).with_name("anywidgets.py")
NAME = "anywidgets.ipynb"
NAMES = ["binary", "late", "messages", "traits", "views"]
PATIENCE = 60


def write(folder: Path) -> Path:
    """A notebook with the five."""
    folder.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    cells = [new_code_cell(FIVE.read_text(encoding="utf-8"))]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), folder / NAME)
    return folder


def written(page: Page) -> dict[str, Any]:
    """What the five wrote down."""
    found: dict[str, Any] = {}

    def finished() -> bool:
        found.update(page.evaluate("globalThis.records ?? {}"))
        return all(found.get(name, [""])[-1] == "done" for name in NAMES)

    assert eventually(finished, PATIENCE), found
    return found


@contextmanager
def tab(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context() as context:
        yield context.new_page()


@pytest.fixture(scope="module")
def ours(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What they wrote down on our page."""
    folder = write(tmp_path_factory.mktemp("ours") / "notebooks")
    home = tmp_path_factory.mktemp("home") / "home"
    with running(home, folder, forking=sys.platform == "linux") as served, tab(chromium) as page:
        page.context.request.get(f"{served.url}/?token={served.token}", max_redirects=0)
        page.goto(f"{served.url}/voila/render/{NAME}")
        expect(page.locator("script[src$='/client.js']")).to_have_count(1)
        return written(page)


def test_each_of_the_five_goes_through_to_its_end(ours: dict[str, Any]) -> None:
    assert sorted(ours) == NAMES
    assert ours["messages"] == [
        "twice 42 1,2",
        '{"n":1,"text":"é"} 0',
        '{"n":2,"text":"é"} 0',
        '{"n":3,"text":"é"} 0',
        "done",
    ]


def test_plain_voila_writes_down_the_same(
    ours: dict[str, Any], chromium: Browser, tmp_path: Path
) -> None:
    folder = write(tmp_path / "notebooks")
    with Server(tmp_path / "home", folder) as plain, tab(chromium) as page:
        page.goto(f"{plain.base}/voila/render/{NAME}")
        assert written(page) == ours


@pytest.mark.soak
def test_jupyterlab_writes_down_the_same(
    ours: dict[str, Any], chromium: Browser, tmp_path: Path
) -> None:
    lab = Lab(tmp_path, tmp_path / "home")
    try:
        write(lab.notebooks)
        with tab(chromium) as page:
            page.goto(f"{lab.base}/lab/tree/{NAME}?token={TOKEN}&reset")
            expect(page.get_by_text(IDLE)).to_be_visible(timeout=1000 * PATIENCE)
            page.get_by_role("menuitem", name="Run", exact=True).click()
            page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
            assert written(page) == ours
    finally:
        lab.stop()
