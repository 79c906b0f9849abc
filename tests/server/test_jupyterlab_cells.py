"""Cells for JupyterLab: no page runs or shows them, served by us or by plain Voila."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from playbook.model.resources import look_dir, notebooks_dir, template_dir
from playbook.server.kernels.fork.snapshots import JUPYTERLAB, read, without_jupyterlab

from .conftest import eventually, running
from .test_fork import a_kernel
from .test_plain_voila import get, voila
from .test_snapshot import NOBODYS, seeds, source

NAME = "01_catalyst.ipynb"
NOTEBOOKS = sorted(notebooks_dir().glob("*.ipynb"))
EVERYBODY, LAB = "For everybody", "For JupyterLab"


def tagged(cell: nbformat.NotebookNode) -> nbformat.NotebookNode:
    cell.metadata.tags = [JUPYTERLAB]
    return cell


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A notebook of which two cells are for JupyterLab; run, one of them leaves a file."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shown = f"from IPython.display import HTML\nHTML('{EVERYBODY}')"
    cells = [
        tagged(new_markdown_cell(LAB)),
        new_code_cell(shown),
        tagged(new_code_cell(f"open({str(tmp_path / 'ran')!r}, 'w').close()\n'{LAB}'")),
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    ours = {"kernelspec": kernel, "voila": {"template": "playbook"}}
    nbformat.write(new_notebook(cells=cells, metadata=ours), folder / NAME)
    return folder


def shows_the_page_without_them(page: str, folder: Path) -> bool:
    return EVERYBODY in page and LAB not in page and not (folder.parent / "ran").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_a_page_that_was_executed_ahead_has_none_of_them(tmp_path, folder):
    with running(tmp_path / "home", folder) as served, served.owner() as owner:
        assert eventually(lambda: NAME in seeds(served))
        assert shows_the_page_without_them(served.open(owner)[0], folder)
        assert eventually(lambda: source(served, served.open(owner)[1]) == f"playbook-seed {NAME}")


def test_nor_has_one_that_is_executed_while_it_is_sent(tmp_path, folder):
    with running(tmp_path / "home", folder, forking=False) as served, served.owner() as owner:
        assert shows_the_page_without_them(served.open(owner)[0], folder)


def test_nor_has_one_of_plain_voila(tmp_path, folder):
    template = tmp_path / "share" / "voila" / "templates" / "playbook"
    shutil.copytree(template_dir(), template)
    shutil.copytree(look_dir(), template / "look", dirs_exist_ok=True)
    with voila(tmp_path / "share", folder) as url:
        assert shows_the_page_without_them(get(f"{url}/voila/render/{NAME}").text, folder)


def test_the_page_s_template_and_the_snapshots_mean_the_same_cells():
    told = json.loads((template_dir() / "conf.json").read_text(encoding="utf-8"))
    (remover,) = told["preprocessors"].values()
    assert remover["enabled"] is True
    assert remover["remove_cell_tags"] == [JUPYTERLAB]


def page_cells(path: Path) -> list[str]:
    """The code of a notebook that a page runs."""
    cells = without_jupyterlab(read(path)).cells
    return [cell.source for cell in cells if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def loaded_by_pages() -> dict[str, set[str]]:
    """Of pandas and Altair, what a fresh Python has loaded that runs one page after the other."""
    run = """
import json, sys
for name, code in json.load(sys.stdin).items():
    exec(code, {})
    print(json.dumps([name, sorted({"pandas", "altair"} & set(sys.modules))]))
"""
    pages = {path.name: "\n".join(page_cells(path)) for path in NOTEBOOKS}
    ran = subprocess.run(
        [sys.executable, "-c", run],
        input=json.dumps(pages),
        capture_output=True,
        text=True,
        check=True,
    )
    return {name: set(loaded) for name, loaded in map(json.loads, ran.stdout.splitlines())}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_what_a_page_runs_of_our_notebooks_loads_neither_pandas_nor_altair(path, loaded_by_pages):
    assert loaded_by_pages[path.name] == set()


@pytest.mark.skipif(sys.platform != "linux", reason="kernels are forked on Linux alone")
def test_a_served_kernel_of_our_notebooks_has_no_pandas(grown_zygote, tmp_path):
    """Altair is there beforehand, because our own pictures need it."""

    async def run() -> None:
        for path in NOTEBOOKS:
            cells = page_cells(path)
            asked = (NOBODYS, str(path.parent), path.name, cells)
            seed, _ = await grown_zygote.zygote.seed(*asked)
            async with a_kernel(seed, tmp_path) as kernel:
                assert await kernel.value("'pandas' in sys.modules", "import sys") == "False"
            seed.close()

    grown_zygote.run(run())


def test_a_page_gets_of_an_app_its_widget_alone(tmp_path):
    """Text and outline are for saved notebooks, and as long as the page."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(notebooks_dir() / "02_catalyst.ipynb", folder)
    with running(tmp_path / "home", folder, forking=False) as served, served.owner() as owner:
        page, _ = served.open(owner, "02_catalyst")
        assert "application/vnd.jupyter.widget-view+json" in page
        assert '"text/html"' not in page
        assert '"text/plain"' not in page
