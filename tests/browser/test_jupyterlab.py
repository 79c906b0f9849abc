"""The same notebook in JupyterLab, where one key too many inserts a cell or deletes the form's."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from benchmarks.client import free_port, wait_for
from playbook.framework import load_framework
from playbook.paths import database_path
from playbook.resources import notebooks_dir
from playbook.store import open_store

from .conftest import Tab

LAB_MS = 60_000  # JupyterLab itself takes its time
WORDS = load_framework().words
SHEET = load_framework().sheets["catalyst"]
NO_NEWS = {
    "LabApp": {
        "news_url": None,
        "check_for_updates_class": "jupyterlab.handlers.announcements.NeverCheckForUpdate",
    }
}


class Lab:
    """A running JupyterLab with the kit's notebooks, and a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.home = folder / "home"
        shutil.copytree(notebooks_dir(), folder / "notebooks")
        (folder / "config").mkdir()
        (folder / "config" / "jupyter_lab_config.json").write_text(json.dumps(NO_NEWS))
        self.port = free_port()
        places = {
            "PLAYBOOK_HOME": str(self.home),
            "JUPYTER_CONFIG_DIR": str(folder / "config"),
            "JUPYTER_DATA_DIR": str(folder / "data"),
            "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
        }
        options = [f"--port={self.port}", "--IdentityProvider.token=key", "--no-browser"]
        root = ["--allow-root"] if os.name == "posix" and os.geteuid() == 0 else []
        self.process = subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *options, *root, str(folder / "notebooks")],
            env={**os.environ, **places},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self._answers, "JupyterLab did not start")

    def _answers(self) -> bool:
        try:
            return httpx.get(f"http://127.0.0.1:{self.port}/api").status_code == 200
        except httpx.TransportError:
            return False

    def open(self, page: Page) -> None:
        """Open the catalyst notebook and run its cells."""
        page.goto(f"http://127.0.0.1:{self.port}/lab/tree/{SHEET.notebook}?token=key")
        expect(page.locator(".jp-Cell").first).to_be_visible(timeout=LAB_MS)
        # Cells that are run before the kernel is there are not run at all.
        expect(page.get_by_text("| Idle")).to_be_visible(timeout=LAB_MS)
        assert page.locator(".jp-Dialog").count() == 0, "it opens without a question"
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.locator(".lm-Menu-itemLabel").filter(has_text="Run All Cells").first.click()
        expect(page.get_by_role("form")).to_be_visible(timeout=LAB_MS)


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    lab = Lab(tmp_path_factory.mktemp("lab"))
    yield lab
    lab.process.terminate()
    lab.process.wait(30)


@pytest.fixture
def page(lab: Lab, new_context: Callable[..., BrowserContext]) -> Page:
    open_store(database_path(lab.home)).erase_everything()
    page = new_context().new_page()
    lab.open(page)
    return page


def radio(page: Page, name: str) -> Locator:
    text = SHEET.question("urgent", "candidates").text
    return page.get_by_role("radiogroup", name=text).get_by_role("radio", name=name, exact=True)


def saved(page: Page) -> None:
    words = WORDS.group("form")["save_saved"].partition("{")[0]
    expect(page.get_by_text(words).first).to_be_visible()


def test_keys_on_a_radio_stay_in_the_form_and_answers_are_there_after_a_reload(
    lab: Lab, page: Page
) -> None:
    cells = page.locator(".jp-Notebook .jp-Cell")
    before = cells.count()
    radio(page, WORDS.say("answer.yes")).check()
    radio(page, WORDS.say("answer.yes")).focus()
    for key in ("b", "d", "d", "a", "x", "ArrowRight"):
        page.keyboard.press(key)
    expect(radio(page, WORDS.say("answer.partly"))).to_be_checked()
    expect(radio(page, WORDS.say("answer.partly"))).to_be_focused()
    expect(page.get_by_role("form")).to_be_visible()
    assert cells.count() == before
    saved(page)
    store = open_store(database_path(lab.home))
    fields = store.load(store.worksheets()[0].id).fields
    assert "partly" in [state.value for state in fields.values()]
    page.reload()
    lab.open(page)
    expect(radio(page, WORDS.say("answer.partly"))).to_be_checked()


def test_the_picture_is_the_same_as_under_our_own_server(
    page: Page, new_tab: Callable[..., Tab]
) -> None:
    load = page.get_by_role("button", name=WORDS.say("form.load_example"))
    load.and_(page.locator(":visible")).click()
    saved(page)
    # It is drawn when in sight, and JupyterLab scrolls the notebook, not the page.
    scroller = page.locator(".jp-WindowedPanel-outer")
    scroller.evaluate("element => { element.scrollTop = element.scrollHeight; }")
    figure = page.get_by_role("figure", name=WORDS.say("chart.title"))
    figure.scroll_into_view_if_needed()
    expect(figure.locator("svg")).to_be_visible(timeout=LAB_MS)
    ours = new_tab().open("example").picture
    expect(ours.locator("svg")).to_be_visible()
    assert marks(figure) == marks(ours)


def marks(figure: Locator) -> list[str]:
    """The words in the picture, but for names that were cut to the room there was."""
    texts = figure.locator("svg text").all_text_contents()
    assert len(texts) > 10
    return sorted(text for text in texts if "…" not in text)
