"""Puts a widget's front-end together from the ES modules and style sheets in this package.

anywidget takes one module text and one style text a widget. So that several widgets can share
modules without a build step, what a module imports is put before it: each module once, in a
function of its own, so that the names at its top are nobody else's. Its lines stay as they were
written; an error's stack names the functions, and a debugger shows them under their file's name.

Modules import names from one another's files, and export functions, classes, constants and a
default value where they declare them. ValueError says where one goes beyond that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playbook.model.resources import look_dir

FOLDER = Path(__file__).parent
_IMPORT = re.compile(r"""^import\s+\{([^}]*)\}\s+from\s+["'](\.{1,2}/[^"']+)["'];?[ \t]*$""", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*? ?|class |const )([\w$]+))", re.M)
_DEFAULT = re.compile(r"^export default (?!(?:async )?function\b|class\b)", re.M)
_AS = re.compile(r"\s+as\s+")
_BEYOND = re.compile(r"^(?:export|import)\b(?!\s*[(.]).*$", re.M)


@cache
def esm(entry: str) -> str:
    """The module text of `entry` (a path below widgets/) with everything it imports."""
    return bundle((FOLDER / entry).read_text(encoding="utf-8"), FOLDER / entry)


def bundle(text: str, path: Path) -> str:
    """The same for a module of this `text` that imports as if it stood at `path`."""
    modules: dict[Path, _Module] = {}
    _gather(path, text, modules, ())
    last = f'export default $modules["{_name(path)}"].default;\n//# sourceURL={_name(path)}\n'
    return "\n".join(["const $modules = {};", *(one.text for one in modules.values()), last])


@cache
def css(*files: str | Path) -> str:
    """The style text: the look's tokens and patterns, then `files` (paths below widgets/)."""
    shared = [look_dir() / "tokens.css", look_dir() / "base.css"]
    paths = [*shared, *(FOLDER / name for name in files)]
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


@dataclass(frozen=True, slots=True)
class _Module:
    """A module as it stands in a bundle, and the names that it exports."""

    text: str
    names: tuple[str, ...]


def _gather(path: Path, text: str, modules: dict[Path, _Module], above: tuple[Path, ...]) -> None:
    """Put a module into `modules`, after all that it imports; `above` are those that import it."""
    for _, file in _IMPORT.findall(text):
        wanted = _beside(path, file)
        if wanted in (*above, path):
            circle = " imports ".join(map(_name, (*above, path, wanted)))
            raise ValueError(f"Scripts import one another in a circle: {circle}. Part them.")
        if wanted not in modules:
            _gather(wanted, wanted.read_text(encoding="utf-8"), modules, (*above, path))
    modules[path] = _scoped(path, text, modules)


def _scoped(path: Path, text: str, modules: Mapping[Path, _Module]) -> _Module:
    """A module as a function that is called at once and gives what the module exports."""

    def taken(found: re.Match[str]) -> str:
        names, file = found.groups()
        wanted = _beside(path, file)
        for name in filter(None, map(str.strip, names.split(","))):
            if name.split()[0] not in modules[wanted].names:
                raise ValueError(f"{_name(path)} takes {name!r}, which {file} does not export.")
        return f'const {{{_AS.sub(": ", names)}}} = $modules["{_name(wanted)}"];'

    given = tuple(_EXPORT.findall(text))
    text, defaults = _DEFAULT.subn("const $default = ", _EXPORT.sub("", text))
    text = _IMPORT.sub(taken, text)
    if beyond := _BEYOND.search(text):
        raise ValueError(
            f"{_name(path)} says {beyond[0]!r}, which widgets.assets cannot put into a bundle; "
            "import {names} from a file, and export what the same line declares."
        )
    told = ", ".join([*given, *["default: $default"] * defaults])
    inside = f'$modules["{_name(path)}"] = (() => {{\n{text}\nreturn {{ {told} }};\n}})();\n'
    return _Module(inside, given)


def _beside(path: Path, file: str) -> Path:
    """The file that a module at `path` means by `file`."""
    return Path(os.path.normpath(path.parent / file))


def _name(path: Path) -> str:
    """A module as errors and debuggers call it: where it lies, seen from here."""
    return Path(os.path.relpath(path, FOLDER)).as_posix()
