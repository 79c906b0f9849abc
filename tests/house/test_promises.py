"""The table of promises names tests; each of them is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)")
ROW = re.compile(r"^\| (?!---|We promise)", re.M)


def test_every_test_that_the_promises_name_is_there(root: Path) -> None:
    text = (root / "docs" / "promises.md").read_text(encoding="utf-8")
    named = TEST.findall(text)
    assert len(named) == len(ROW.findall(text)) > 30, "a test in every row"
    missing = {f"{path}::{name}" for path, name in named if name not in functions(root / path)}
    assert missing == set()


def functions(file: Path) -> set[str]:
    """The names of a file's test functions."""
    found = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return {one.name for one in found if isinstance(one, kinds) and one.name.startswith("test_")}
