"""Notebooks stay thin, open without a question in JupyterLab, and nbval compares something true."""

import ast
import os
import re
import shutil
import subprocess
import sys
from copy import deepcopy
from pathlib import Path

import nbformat
import pytest

from playbook.framework import load_framework
from playbook.model import VERDICTS
from playbook.server.kernels.fork.snapshots import JUPYTERLAB
from scripts.execute_notebooks import with_title
from widgets.app import cases_app, home_app, weekly_app, worksheet_app

ROOT = Path(__file__).parent.parent.parent
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
FRAMEWORK = load_framework()
VERDICT_WORDS = [FRAMEWORK.words.text(f"level.{level}") for level in VERDICTS]
FORBIDDEN = (
    ast.FunctionDef,
    ast.ClassDef,
    ast.For,
    ast.While,
    ast.If,
    ast.Lambda,
    ast.With,
    ast.Try,
)

each_notebook = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)


def code_cells(path):
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def for_jupyterlab(cell):
    return JUPYTERLAB in cell.metadata.get("tags", [])


@each_notebook
def test_a_notebook_imports_only_apps_and_holds_no_logic(path):
    """A page's cells import an app; those for JupyterLab the analyst's door, and Altair."""
    for cell in code_cells(path):
        assert sum(map(bool, cell.source.splitlines())) <= 3
        for node in ast.walk(ast.parse(cell.source)):
            assert not isinstance(node, FORBIDDEN), f"{path.name} holds logic: {cell.source}"
            if isinstance(node, ast.Import):
                assert for_jupyterlab(cell), f"{path.name} imports more than an app"
                assert [name.name for name in node.names] == ["altair"]
            if isinstance(node, ast.ImportFrom):
                assert node.module == ("playbook" if for_jupyterlab(cell) else "widgets.app")


@each_notebook
def test_a_notebook_names_its_kernel_title_and_template(path):
    metadata = nbformat.read(path, as_version=4).metadata
    assert metadata.kernelspec.name == "python3"
    assert metadata.title
    assert metadata.voila.template == "playbook"


@each_notebook
def test_a_notebook_was_executed_and_keeps_what_can_be_read_but_no_widget_state(path):
    cells = code_cells(path)
    assert all(cell.execution_count for cell in cells), "nbval compares nothing in a cell never run"
    compared = [cell for cell in cells if "nbval-check-output" in cell.metadata.get("tags", [])]
    assert compared
    for cell in compared:
        (output,) = cell.outputs
        picture = "image/svg+xml" if "alt.Chart" in cell.source else "text/html"
        assert set(output.data) == {"text/plain", picture}
        assert "0x" not in output.data["text/plain"], "an address differs in every run"
    assert "widgets" not in nbformat.read(path, as_version=4).metadata


@each_notebook
def test_a_notebook_is_made_anew_after_a_change_of_words(path):
    """A fast look; nbval compares everything. `python scripts/execute_notebooks.py` mends it."""
    saved = nbformat.read(path, as_version=4)
    assert saved == with_title(deepcopy(saved), path.name, FRAMEWORK), "its title is out of date"
    for cell in code_cells(path):
        if cell.source == "home_app()":
            app = home_app()
        elif cell.source == "weekly_app()":
            app = weekly_app()
        elif cell.source == "cases_app()":
            app = cases_app()
        elif cell.source.startswith("worksheet_app("):
            app = worksheet_app(ast.literal_eval(cell.source.removeprefix("worksheet_app")))
        else:
            continue
        said = app._repr_mimebundle_()
        data = said[0] if isinstance(said, tuple) else said
        now = {kind: data[kind] for kind in ("text/plain", "text/html")}
        assert dict(cell.outputs[0].data) == now, "its output is out of date"


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets.values(), ids=lambda it: it.id)
def test_each_sheets_notebook_teaches_it_in_jupyterlab(sheet):
    path = ROOT / "notebooks" / sheet.notebook
    cells = nbformat.read(path, as_version=4).cells
    title, idea, run, *_ = cells
    assert title.source.startswith(f"# {sheet.title}\n\n**{sheet.headline}**")
    assert len(idea.source.splitlines()) == 5
    assert "Run All" in run.source
    pages = [cell for cell in cells if not for_jupyterlab(cell)]
    assert [cell.cell_type for cell in pages] == ["code", "code"], "a page is the app alone"
    assess, tried, chart, *_ = (it for it in code_cells(path) if for_jupyterlab(it))
    assert "assess(" in assess.source
    told = set(re.findall("|".join(VERDICT_WORDS), tried.outputs[0].data["text/plain"]))
    assert len(told) > 2, "one answer turns the verdict"
    assert told <= set(re.findall("|".join(VERDICT_WORDS), chart.outputs[0].data["image/svg+xml"]))


def test_nobodys_answers_are_saved_in_the_analysts_notebook():
    (path,) = (path for path in NOTEBOOKS if "open_workbook" in path.read_text(encoding="utf-8"))
    opened = next(cell for cell in code_cells(path) if "open_workbook()" in cell.source)
    assert "Empty DataFrame" in opened.outputs[0].data["text/plain"]


@pytest.fixture
def copy_of_the_kit(tmp_path):
    for name in ("playbook", "widgets", "notebooks"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def nbval(kit, notebook):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q"]
    return subprocess.run(
        [*command, "--nbval-cell-timeout=120", "-p", "no:cacheprovider", f"notebooks/{notebook}"],
        cwd=kit,
        env={**os.environ, "PYTHONPATH": str(kit)},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.soak
@pytest.mark.parametrize(
    ("before", "after"),
    [('level = "warn"', 'level = "info"'), ("Is it urgent to act now?", "Is it urgent?")],
    ids=["a finding weighs less", "a question is worded anew"],
)
def test_nbval_fails_once_content_changes(copy_of_the_kit, before, after):
    """That it passes as things are, for every notebook, the tests' own part for notebooks shows."""
    catalyst = "02_catalyst.ipynb"
    assert nbval(copy_of_the_kit, catalyst).returncode == 0
    sheet = copy_of_the_kit / "playbook" / "content" / "sheets" / "catalyst.toml"
    text = sheet.read_text(encoding="utf-8")
    assert before in text
    sheet.write_text(text.replace(before, after), encoding="utf-8")
    changed = nbval(copy_of_the_kit, catalyst)
    assert changed.returncode == 1
    assert "Cell outputs differ" in changed.stdout
