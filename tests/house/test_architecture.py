"""The tree in ARCHITECTURE.md is the tree that there is."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

LINE = re.compile(r"(?P<indent> *)(?P<names>\S+(?: \S+)*?)(?: {2,}(?P<told>.*))?$")
PATH = re.compile(r"[\w.<>/-]+(?:/|\.py)")
OPENED = ("playbook/", "widgets/", "tests/")
"""Whose folders the tree lists one by one."""


def tree(page: str) -> Iterator[str]:
    """Each path of the first code block under "Folders"; <x> stands for any name, / ends a folder.

    A line begins with the names; two blanks and what they are for follow. Two more blanks at its
    beginning put it into the folder above. Where the explanation is nothing but paths, they lie in
    the line's folder.
    """
    block = page.partition("## Folders")[2].split("```")[1]
    above: list[str] = []
    for line in filter(None, block.splitlines()):
        parts = LINE.fullmatch(line)
        assert parts, line
        depth = len(parts["indent"]) // 2
        folder = "".join(above[:depth])
        names = paths(parts["names"])
        assert names, f"{line!r} begins with no path"
        above[depth:] = [names[-1]]
        told = (parts["told"] or "").split()
        within = told if told and all(map(PATH.fullmatch, told)) else []
        yield from (folder + name for name in [*names, *(names[-1] + name for name in within)])


def paths(words: str) -> list[str]:
    """The paths that a line begins with."""
    found = []
    for word in words.split():
        if not PATH.fullmatch(word):
            break
        found.append(word)
    return found


@pytest.fixture(scope="module")
def drawn(root: Path) -> set[str]:
    return set(tree((root / "ARCHITECTURE.md").read_text(encoding="utf-8")))


def test_what_is_drawn_is_there(root: Path, drawn: set[str]) -> None:
    def is_there(path: str) -> bool:
        return any(root.glob(re.sub("<.*?>", "*", path.rstrip("/"))))

    assert len(drawn) > 20
    assert {path for path in drawn if not is_there(path)} == set()


def test_every_folder_is_drawn(drawn: set[str], texts: dict[str, str]) -> None:
    parents = {f"{parent}/" for name in texts for parent in Path(name).parents}
    top = {folder for folder in parents if folder.count("/") == 1 and folder[0] != "."}
    rooms = {folder for folder in parents if folder.count("/") == 2 and folder.startswith(OPENED)}
    assert len(rooms) > 20
    assert (top | rooms) - {folder for path in drawn for folder in on_the_way(path)} == set()


def on_the_way(path: str) -> Iterator[str]:
    """The folders down to a path, itself among them if it is one."""
    yield from (path[: slash.end()] for slash in re.finditer("/", path))


def test_a_tree_is_read_as_people_read_it() -> None:
    page = """
## Folders
```
house/        where we live
  attic/ cellar.py  up and down
  rooms/        what each is for
    corner/<name>.py
garden/       trees/ paths/gravel.py
```
"""
    assert list(tree(page)) == [
        "house/",
        "house/attic/",
        "house/cellar.py",
        "house/rooms/",
        "house/rooms/corner/<name>.py",
        "garden/",
        "garden/trees/",
        "garden/paths/gravel.py",
    ]
