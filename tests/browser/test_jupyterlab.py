"""The same notebook in a real JupyterLab: it opens, runs, keeps its keys to itself, and draws."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import BrowserContext, Locator, expect

from benchmarks.client import Server, child_environment, free_port, wait_for
from playbook.model.resources import notebooks_dir
from playbook.model.storage import Store
from tests.conftest import PATIENCE_MS

from .conftest import Tab

TOKEN = "a-token-for-this-run"
NO_NEWS = {"fetchNews": "false", "checkForUpdates": False}
IDLE = "Python 3 (ipykernel) | Idle"
NEWS = "Rivals take our clients."
MARKS = """(svg) => ({
    texts: [...svg.querySelectorAll("text")].map((one) => one.textContent),
    symbols: [...svg.querySelectorAll(".mark-symbol path")].map((mark) =>
        ["d", "fill", "stroke"].map((name) => mark.getAttribute(name)).join(" ")),
})"""
"""What a picture consists of: the words, and each symbol's shape and colours."""


class Lab:
    """`jupyter lab` as a real process, which knows nothing of this machine's settings."""

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder, self.home, self.plain = folder, home, None
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.notebooks = shutil.copytree(notebooks_dir(), folder / "notebooks")
        self._settle()
        self.log = folder / "lab.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command(),
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        wait_for(self._answers, f"JupyterLab did not start: {self.log}")

    def _settle(self) -> None:
        """Answer the question about news that a first start asks."""
        place = self.folder / "lab" / "user-settings" / "@jupyterlab" / "apputils-extension"
        place.mkdir(parents=True)
        (place / "notification.jupyterlab-settings").write_text(json.dumps(NO_NEWS))

    def _command(self) -> list[str]:
        root = ["--allow-root"] if os.name == "posix" and os.geteuid() == 0 else []
        options = [f"--ServerApp.root_dir={self.notebooks}", f"--IdentityProvider.token={TOKEN}"]
        options += [f"--ServerApp.port={self.port}", "--ServerApp.port_retries=0", "--no-browser"]
        return [sys.executable, "-m", "jupyterlab", *options, *root]

    def _environment(self) -> dict[str, str]:
        own = {
            name: str(self.folder / name.lower())
            for name in ("HOME", "IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")
        }
        own["JUPYTER_RUNTIME_DIR"] = str(self.folder / "runtime")
        own["JUPYTERLAB_SETTINGS_DIR"] = str(self.folder / "lab" / "user-settings")
        own["JUPYTERLAB_WORKSPACES_DIR"] = str(self.folder / "lab" / "workspaces")
        return child_environment(PLAYBOOK_HOME=str(self.home), **own)

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(self.log.read_text(errors="replace")[-2000:])
        try:
            return httpx.get(f"{self.base}/api").status_code == 200
        except httpx.TransportError:
            return False

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)


class LabTab(Tab):
    """The catalyst notebook in JupyterLab."""

    def open(self, worksheet: str | None = None) -> LabTab:
        assert worksheet is None, "JupyterLab's address says nothing of worksheets"
        self.page.goto(f"{self.base}/lab/tree/{self.sheet.notebook}?token={TOKEN}&reset")
        expect(self.cells.first).to_be_visible(timeout=2 * PATIENCE_MS)
        return self

    @property
    def cells(self) -> Locator:
        return self.page.locator(".jp-Notebook .jp-Cell")

    def run_all(self) -> None:
        """Run > Run All Cells, as a person does."""
        expect(self.page.get_by_text(IDLE)).to_be_visible()
        self.page.get_by_role("menuitem", name="Run", exact=True).click()
        self.page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        self.ready()


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Iterator[Lab]:
    """A JupyterLab on the same data folder as `playbook serve`."""
    lab = Lab(tmp_path_factory.mktemp("lab"), server.home)
    yield lab
    lab.stop()


@pytest.fixture
def notebook(lab: Lab, kept: Store, new_context: Callable[..., BrowserContext]) -> Iterator[LabTab]:
    """The catalyst notebook, open; nothing was run yet."""
    tab = LabTab(new_context().new_page(), lab, kept)  # type: ignore[arg-type]
    yield tab.open()
    assert tab.trouble == []


def test_it_opens_without_a_question_and_what_is_answered_is_there_the_next_time(
    notebook: LabTab,
) -> None:
    expect(notebook.page.get_by_text(IDLE)).to_be_visible()
    expect(notebook.dialog).to_have_count(0)
    notebook.run_all()
    notebook.write("what", NEWS)
    notebook.choose("breaks", "no")
    expect(notebook.verdict).to_have_text(notebook.ends("fail"))
    assert notebook.answers() == {"what": NEWS, "breaks": "no"}
    notebook.page.reload()
    expect(notebook.cells.first).to_be_visible()
    notebook.run_all()
    expect(notebook.box("what")).to_have_value(NEWS)
    expect(notebook.choice("breaks", "no")).to_be_checked()


def test_keys_typed_in_the_form_stay_there(notebook: LabTab) -> None:
    notebook.run_all()
    keyboard, cells = notebook.page.keyboard, notebook.cells.count()
    notebook.choice("breaks", "yes").check()
    for key in ("b", "d", "d", "ArrowDown"):
        keyboard.press(key)
    expect(notebook.choice("breaks", "partly")).to_be_focused()
    expect(notebook.choice("breaks", "partly")).to_be_checked()
    notebook.box("what").click()
    keyboard.type("xbddaz")
    expect(notebook.box("what")).to_have_value("xbddaz")
    keyboard.press("Escape")
    keyboard.press("ArrowUp")
    expect(notebook.box("what")).to_be_focused()
    notebook.says.locator("summary").first.press("b")
    assert notebook.cells.count() == cells
    notebook.saved()
    assert notebook.answers() == {"what": "xbddaz", "breaks": "partly"}
    the_same_key_beside_the_form_adds_a_cell(notebook, cells)


@pytest.mark.soak
def test_keys_pressed_in_a_tree_stay_there_too(lab: Lab, kept: Store, new_context: Any) -> None:
    """Its outline knows more keys than any form; Delete and Insert mean something to Lab too."""
    tab = LabTab(new_context().new_page(), lab, kept)  # type: ignore[arg-type]
    tab.sheet = tab.framework.sheets["metric_tree"]
    tab.open().run_all()
    tab.pick("form.more", "form.load_example")
    cells, keyboard = tab.cells.count(), tab.page.keyboard
    tab.section("tree").click()
    tab.button("tree.outline").click()
    metrics = tab.page.get_by_role("treeitem")
    expect(metrics).to_have_count(len(tab.framework.examples["metric_tree"].answers["nodes"]))
    metrics.first.click()
    for key in ("b", "d", "d", "a", "ArrowDown", "ArrowDown"):
        keyboard.press(key)
    keyboard.press("Insert")
    keyboard.type("Talks")
    keyboard.press("Escape")
    expect(metrics.filter(has_text="Talks")).to_be_focused()
    keyboard.press("Delete")
    expect(metrics.filter(has_text="Talks")).to_have_count(0)
    assert tab.cells.count() == cells
    assert tab.trouble == []


def the_same_key_beside_the_form_adds_a_cell(notebook: LabTab, cells: int) -> None:
    """Else the test would show nothing."""
    notebook.page.locator(".jp-InputPrompt").first.click()
    notebook.page.keyboard.press("b")
    expect(notebook.cells).to_have_count(cells + 1)


@pytest.mark.soak
def test_the_picture_is_the_same_as_under_playbook_serve(
    notebook: LabTab, new_tab: Callable[..., Tab]
) -> None:
    notebook.run_all()
    notebook.load_example()
    here, there = drawn(notebook), drawn(new_tab().open("example"))
    assert len(here["symbols"]) > 10
    assert here["symbols"] == there["symbols"]
    for one, other in zip(here["texts"], there["texts"], strict=True):
        short, long = sorted((one.removesuffix("…"), other.removesuffix("…")), key=len)
        assert long.startswith(short), (
            "names are cut to the room there is, and nothing else differs"
        )


def drawn(tab: Tab) -> Any:
    svg = tab.picture.locator("svg")
    expect(svg).to_be_visible()
    return svg.evaluate(MARKS)
