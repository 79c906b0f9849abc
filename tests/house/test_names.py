"""One name, one thing: no public class of the packages is called like another."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path


def test_no_public_class_name_stands_twice(root: Path) -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted([*root.glob("playbook/**/*.py"), *root.glob("widgets/**/*.py")]):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(f"{file.relative_to(root).as_posix()}:{node.lineno}")
    assert len(places) > 100
    twice = {name: where for name, where in places.items() if len(where) > 1}
    assert twice == {}, "call one of them what only it is"
