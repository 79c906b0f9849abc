"""Puts a widget's front-end together from the ES modules and style sheets in this package.

anywidget takes one module text and one style text a widget. So that several widgets can share
modules without a build step, relative imports are inlined here: each file once, what is imported
first. Imports stand on one line and rename nothing; top-level names are unique in a bundle.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from playbook.model.resources import look_dir

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r"""^import\s+\{[^}]*\}\s+from\s+["'](\.{1,2}/[^"']+)["'];?[ \t]*$""", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|class|const|let)\b)", re.M)


@cache
def esm(entry: str) -> str:
    """The module text of `entry` (a path below widgets/) with everything it imports."""
    return "\n".join(_inlined(FOLDER / entry, set()))


@cache
def css(*files: str) -> str:
    """The style text: the look's tokens and patterns, then `files` (paths below widgets/)."""
    shared = [look_dir() / "tokens.css", look_dir() / "base.css"]
    paths = [*shared, *(FOLDER / name for name in files)]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def _inlined(path: Path, seen: set[Path]) -> list[str]:
    path = path.resolve()
    if path in seen:
        return []
    seen.add(path)
    text = path.read_text(encoding="utf-8")
    parts = [part for name in _IMPORT.findall(text) for part in _inlined(path.parent / name, seen)]
    return [*parts, _EXPORT.sub("", _IMPORT.sub("", text))]
