"""Puts a widget's front-end together from the ES modules and style sheets in this package.

anywidget takes one module text and one style text a widget. So that several widgets can share
modules without a build step, what a module imports is put before it: each module once, in a
function of its own, so that the names at its top are nobody else's. Its lines stay as they were
written; an error's stack names the functions, and a debugger shows them under their file's name.

Modules import names from one another's files, and export functions, classes, constants and a
default value where they declare them. ValueError says where one goes beyond that.

Where a host serves the parts (SERVED_AT), a widget brings a few lines that ask for them: one part
that all sheets share, one for each page that is no sheet and seldom opened, and one for each folder
of views, which the form asks for when one is looked at (form/later.js). Elsewhere it brings
everything itself.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from playbook.model.resources import look_dir

FOLDER = Path(__file__).parent
SERVED_AT = "WIDGET_SCRIPTS"
"""The variable of the environment by which a host says below which address it serves `parts()`."""
CORE = "core"
SHARED = ("common", "form", "form/kinds", "cards", "charts", "home", "brief")
"""The folders of the part that all sheets share; each folder of views/ is a part of its own."""
APART = ("cases", "weekly")
"""Folders of one page each, and a part of its own."""
STYLE = "common/style.js"
TYPES = "export {};"
"""Says that a module declares types alone: no page needs it."""
ASKING = """\
const $ask = (file) => import(new URL(file, location.origin).href);
const $parts = await Promise.all({files}.map($ask));
const [{{ $modules }}] = $parts;
await Promise.all($parts.map((part) => part.$styled));
"""
"""How a widget's script asks for parts, the shared one first."""

_IMPORT = re.compile(r"""^import\s+\{([^}]*)\}\s+from\s+["'](\.{1,2}/[^"']+)["'];?[ \t]*$""", re.M)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*? ?|class |const )([\w$]+))", re.M)
_DEFAULT = re.compile(r"^export default (?!(?:async )?function\b|class\b)", re.M)
_AS = re.compile(r"\s+as\s+")
_BEYOND = re.compile(r"^(?:export|import)\b(?!\s*[(.]).*$", re.M)
_DECLARED = re.compile(r"^export const .*(?:\n(?:[ \t)\]}].*|(?=\n)))*", re.M)
"""A constant that is exported, to the end of its last line: what goes on stands further in."""
_INSIDE = re.compile(
    r"""//.*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`"""
    r"""|\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}"""
)
"""What a comma may stand in that parts no two constants, innermost first."""
_ANOTHER = re.compile(r",\s*([\w$]+)\s*=(?![=>])")


@cache
def esm(entry: str) -> str:
    """The script of a widget whose module is `entry` (a path below widgets/)."""
    return script((FOLDER / entry).read_text(encoding="utf-8"), FOLDER / entry)


def script(text: str, path: Path) -> str:
    """The same for a module of this `text` that imports as if it stood at `path`."""
    place = os.environ.get(SERVED_AT)
    return asking(text, path, place) if place else bundle(text, path)


def bundle(text: str, path: Path) -> str:
    """A module with everything it imports."""
    modules: dict[Path, _Module] = {}
    _gather(path, text, modules, ())
    return "\n".join(["const $modules = {};", *(one.text for one in modules.values()), _last(path)])


def asking(text: str, path: Path, place: str) -> str:
    """A module that asks for what it imports, parts below the address `place`."""
    modules: dict[Path, _Module] = {}
    _gather(path, text, modules, ())
    needed = dict.fromkeys([CORE, *(part for one in modules if (part := _part(one)))])
    files = json.dumps([f"{place}/{part}.js" for part in needed])
    own = [one.text for at, one in modules.items() if not (_part(at) and at.is_file())]
    return "\n".join([ASKING.format(files=files), *own, _last(path)])


def served(script: str | Path) -> str:
    """The module of a view (a path below widgets/), if a host serves it in a part of its own; else
    ""."""
    path = FOLDER / script
    part = _part(path) if os.environ.get(SERVED_AT) else ""
    return _name(path) if part not in ("", CORE) else ""


@cache
def parts() -> dict[str, str]:
    """What a host serves: scripts and styles by their paths."""
    texts: dict[str, str] = {}
    folders = {CORE: [FOLDER / name for name in SHARED]}
    topics = sorted({path.parent for path in (FOLDER / "views").glob("*/*.js")})
    folders |= {name: [FOLDER / name] for name in APART}
    folders |= {f"views/{folder.name}": [folder] for folder in topics}
    for part, places in folders.items():
        up = "../" * part.count("/")
        taken = f'import {{ $modules }} from "./{up}{CORE}.js";\nexport {{ $modules }};'
        begin = "export const $modules = {};" if part == CORE else taken
        styles = [FOLDER / "app.css"] if part == CORE else []
        styles += [file for place in places for file in sorted(place.glob("*.css"))]
        sheet = f'new URL("./{part.rpartition("/")[2]}.css", import.meta.url).href'
        end = f'export const $styled = $modules["{STYLE}"].addStyle({sheet});\n'
        texts[f"{part}.js"] = "\n".join([begin, *_modules_of(part, places), end * bool(styles)])
        if styles:
            texts[f"{part}.css"] = "\n".join(file.read_text(encoding="utf-8") for file in styles)
    return texts


def _modules_of(part: str, folders: Sequence[Path]) -> list[str]:
    """The modules of a part, each after those that it imports."""
    modules: dict[Path, _Module] = {}
    for path in [path for folder in folders for path in sorted(folder.glob("*.js"))]:
        text = path.read_text(encoding="utf-8")
        if path not in modules and TYPES not in text:
            _gather(path, text, modules, ())
    if strange := {_part(path) for path in modules} - {part, CORE}:
        raise ValueError(f"{part} imports from {strange}, which pages may be without. Move it.")
    return [one.text for path, one in modules.items() if _part(path) == part]


def _part(path: Path) -> str:
    """The part that a module belongs to; "" for none."""
    folder = Path(os.path.relpath(path.parent, FOLDER)).as_posix()
    if folder in SHARED:
        return CORE
    return folder if folder in APART or folder.startswith("views/") else ""


def _last(path: Path) -> str:
    return f'export default $modules["{_name(path)}"].default;\n//# sourceURL={_name(path)}\n'


@cache
def css(*files: str | Path) -> str:
    """The style text: the look's tokens and patterns, then `files` (paths below widgets/). Where a
    host serves parts, what is in none: its pages have the look, and scripts ask for the rest."""
    shared = [look_dir() / "tokens.css", look_dir() / "base.css"]
    paths = [FOLDER / name for name in files]
    if os.environ.get(SERVED_AT):
        paths = [path for path in paths if not _part(path) and path.parent != FOLDER]
    else:
        paths = [*shared, *paths]
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

    if name := _second_name(text):
        raise ValueError(
            f"{_name(path)} says {name!r} behind another name's `export const`, where nobody could "
            f"import it. Write `export const {name} = ...` on a line of its own."
        )
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


def _second_name(text: str) -> str:
    """The second constant that one `export const` declares, if any does; else ""."""
    for declared in _DECLARED.findall(text):
        left, found = declared, 1
        while found:
            left, found = _INSIDE.subn("0", left)
        if another := _ANOTHER.search(left):
            return another[1]
    return ""


def _beside(path: Path, file: str) -> Path:
    """The file that a module at `path` means by `file`."""
    return Path(os.path.normpath(path.parent / file))


def _name(path: Path) -> str:
    """A module as errors and debuggers call it: where it lies, seen from here."""
    return Path(os.path.relpath(path, FOLDER)).as_posix()
