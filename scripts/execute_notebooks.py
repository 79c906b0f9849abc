"""Makes the notebooks anew: their titles from the sheets, and what every cell shows.

`python scripts/execute_notebooks.py` after any change of words, rules or examples; twice in a row
gives the same files. Of an app its text and its outline are kept: a saved widget view would name a
model of a kernel that is gone, and widget state would put the whole front-end into git. Nobody's
own answers get in: the notebooks run on an empty data folder.
"""

import os
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

from playbook.framework import Framework, load_framework

VIEW = "application/vnd.jupyter.widget-view+json"
NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
TITLE = "title"
"""The id of the cell that holds a sheet's title, question and minutes."""

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def with_title(notebook: NotebookNode, name: str, framework: Framework) -> NotebookNode:
    """The notebook of that file name with its sheet's words in its title; others as they are."""
    sheet = next((it for it in framework.sheets.values() if it.notebook == name), None)
    if sheet:
        notebook.metadata.title = sheet.title
        about = f"**{sheet.headline}** It takes about {sheet.minutes} minutes."
        for cell in notebook.cells:
            if cell.id == TITLE:
                cell.source = f"# {sheet.title}\n\n{about}"
    return notebook


def execute(notebook: NotebookNode, folder: Path) -> NotebookNode:
    """The notebook with what its cells show, and nothing of this run or this machine."""
    NotebookClient(notebook, timeout=120, store_widget_state=False).execute(cwd=str(folder))
    notebook.metadata.pop("widgets", None)
    notebook.metadata.kernelspec = KERNEL
    notebook.metadata.language_info = {"name": "python"}
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # holds the time of this run
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
    return notebook


def main() -> None:
    framework = load_framework()
    with tempfile.TemporaryDirectory() as home:
        os.environ["PLAYBOOK_HOME"] = home
        for path in [Path(name) for name in sys.argv[1:]] or sorted(NOTEBOOKS.glob("*.ipynb")):
            notebook = with_title(nbformat.read(path, as_version=4), path.name, framework)
            nbformat.write(execute(notebook, path.parent), path)
            print(path.name)


if __name__ == "__main__":
    main()
