"""What a page has to know of a notebook before it has run, or without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from nbformat import NotebookNode

from playbook.server.kernels.fork.snapshots import JUPYTERLAB, read

APP = "worksheet_app"
"""What a notebook calls to show a sheet, with the sheet's id."""
NAV = (("Pathway", "00_home.ipynb"),)


@dataclass(frozen=True, slots=True)
class NotebookFacts:
    """The id of the one sheet that a notebook shows, "" for none or several, whether its page runs
    anything (what is for analysts runs in JupyterLab alone), and what its page's head and bar
    say."""

    sheet: str
    runs: bool
    title: str
    lang: str
    nav: Sequence[Sequence[str]]


@lru_cache(maxsize=256)
def facts_of(file: Path, _modified: int) -> NotebookFacts:
    """Those of a notebook that was written at that time."""
    try:
        notebook = read(file)
    except (OSError, ValueError):
        return NotebookFacts("", False, file.stem, "en", NAV)
    facts = notebook.metadata
    cells = [cell for cell in notebook.cells if _runs(cell)]
    sheets = [sheet for cell in cells for sheet in _sheets_in(cell)]
    return NotebookFacts(
        sheets[0] if len(sheets) == 1 else "",
        bool(cells),
        str(facts.get("title", file.stem)),
        str(facts.get("lang", "en")),
        facts.get("playbook", {}).get("nav", NAV),
    )


def _runs(cell: NotebookNode) -> bool:
    """Whether a page executes that cell."""
    return cell.cell_type == "code" and JUPYTERLAB not in cell.metadata.get("tags", ())


def _sheets_in(cell: NotebookNode) -> Iterator[str]:
    """The sheets that a cell of a page shows, by what it calls."""
    try:
        tree = ast.parse(cell.source)
    except (SyntaxError, ValueError):  # a magic, say
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and node.args:
            called, given = node.func, node.args[0]
            name = getattr(called, "id", getattr(called, "attr", ""))
            if name == APP and isinstance(given, ast.Constant) and isinstance(given.value, str):
                yield given.value
