"""A sheet beside a widget that our client can't draw: JupyterLab's front end shows both."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell
from playwright.sync_api import expect

from playbook.model.resources import notebooks_dir
from tests.server.conftest import SERVE
from tests.server.hosts import Server

from .conftest import Tab

SLIDER = "import ipywidgets\nipywidgets.IntSlider(description='Size', value=3)"
NEWS = "Rivals take our clients."
ALARM_MS = 15_000


class OwnNotebooks(Server):
    """`playbook serve` with somebody's own notebooks, which `notebooks` are."""

    notebooks: Path

    def _command(self) -> list[str]:
        forks = str(sys.platform == "linux")
        asked = (self.home, self.notebooks, self.port, forks, 60)
        return [sys.executable, "-c", SERVE, *map(str, asked)]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose notebooks have a slider, each below its sheet."""
    folder = shutil.copytree(notebooks_dir(), tmp_path_factory.mktemp("own") / "notebooks")
    for path in folder.glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.cells.append(new_code_cell(SLIDER))
        nbformat.write(notebook, path)
    OwnNotebooks.notebooks = folder
    with OwnNotebooks(tmp_path_factory.mktemp("served") / "home") as server:
        yield server


@pytest.mark.soak
def test_a_sheet_saves_and_draws_as_ever(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab().open()
    expect(tab.page.get_by_role("slider")).to_be_visible()
    expect(tab.page.locator('script[src$="voila.js"]')).to_have_count(1)
    tab.write("what", NEWS)
    tab.reload()
    expect(tab.box("what")).to_have_value(NEWS)
    tab.open("example")
    expect(tab.picture.locator("svg")).to_be_visible()


def test_a_killed_kernel_is_said_and_nothing_is_lost(new_tab: Callable[..., Tab]) -> None:
    tab = new_tab().open()
    tab.write("what", "Rivals")
    tab.kernel().kill()
    tab.box("what").fill(NEWS)
    tab.box("what").blur()
    expect(tab.alert).to_contain_text(tab.say("form.offline"), timeout=ALARM_MS)
    tab.button("form.reconnect").click()
    tab.ready()
    tab.saved()
    expect(tab.box("what")).to_have_value(NEWS)
