"""Imports run down one list of rooms: no room knows one that stands above it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOMS = [
    "playbook.model",
    "playbook.worksheet",
    "playbook.analysis",
    "playbook.rules",
    "playbook.framework",
    "playbook.store",
    "playbook.editing",
    "playbook.assessing",
    "playbook.report",
    "playbook.cases",
    "playbook.kit",
    "widgets",
    "playbook.cohort",
    "playbook.maintain",
    "playbook.frames",
    "playbook.server.kernels",
    "playbook.server.http",
    "playbook.server.solo",
    "playbook.server.cohort",
    "playbook.server",
    "playbook.cli",
    "playbook",
]
"""From the ground up; `playbook` is its __init__, which hands on public names when asked."""


def test_a_room_imports_only_rooms_below_it(root: Path) -> None:
    assert [wrong for file in modules(root) for wrong in upward(root, file)] == []


def test_every_module_stands_in_a_room(root: Path) -> None:
    loose = {path.name for path in (root / "playbook").glob("*.py")}
    assert loose <= {"__init__.py", "frames.py"}, "put a module into the room that it belongs to"
    found = {room_of(name_of(root, file)) for file in modules(root)}
    assert set(ROOMS) - found <= {"playbook", "playbook.frames"}, "a room that nothing stands in"


def upward(root: Path, file: Path) -> Iterator[str]:
    """A sentence for each import that runs up the list."""
    here = room_of(name_of(root, file))
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        for name in imported(node):
            there = room_of(name)
            if there and level(there) > level(here):
                where = f"{file.relative_to(root).as_posix()}:{node.lineno}"
                yield f"{where} imports {name}, but {there} stands above {here}: move one of them."


def imported(node: ast.AST) -> list[str]:
    """The full names that an import names, of whichever kind."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


def modules(root: Path) -> list[Path]:
    """The Python files of both packages, but for the __init__ that only hands names on."""
    found = [*(root / "playbook").rglob("*.py"), *(root / "widgets").rglob("*.py")]
    return sorted(set(found) - {root / "playbook" / "__init__.py"})


def name_of(root: Path, file: Path) -> str:
    return ".".join(file.relative_to(root).with_suffix("").parts).removesuffix(".__init__")


def room_of(name: str) -> str:
    """The room of a module or a name: the longest one that begins its name, "" for others'."""
    return max((room for room in ROOMS if f"{name}.".startswith(f"{room}.")), key=len, default="")


def level(room: str) -> int:
    return ROOMS.index(room)
