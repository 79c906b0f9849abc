"""Putting scripts together: every module keeps its names to itself, and runs once."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from deno import find_deno_bin

from playbook.framework import load_framework
from widgets.app import VIEWS, form_of
from widgets.assets import FOLDER, SERVED_AT, asking, bundle, css, parts
from widgets.form import View, form_class
from widgets.form.view import FORM, entry_of

FRAMEWORK = load_framework()

SHARED = """
const made = globalThis.made = (globalThis.made ?? 0) + 1;
export const KIND = "shared";
export const text = () => `${KIND} ${made}`;
export function* twice(value) { yield value; yield value; }
"""
ONE = """
import { KIND, text as
  words } from "./shared.js";
const name = "one";
export async function speak() { return `${name}: ${KIND}, ${words()}`; }
"""
OTHER = """
import { twice } from './shared.js'
const name = "other", words = [...twice(name)].join();
export class Speaker { say() { return words; } }
"""
MAIN = """
import { speak } from "./one.js";
import { Speaker } from "./deeper/../other.js";
const name = "main"; // not export default
export default { said: async () => [name, await speak(), new Speaker().say(), globalThis.made] };
"""


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    for name, text in {"shared.js": SHARED, "one.js": ONE, "other.js": OTHER}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def run(script: str, text: str, folder: Path) -> Any:
    """What `script` prints as JSON, with the default export of the module `text` as `made`."""
    (folder / "bundle.mjs").write_text(text, encoding="utf-8")
    code = f'import made from "./bundle.mjs"; console.log(JSON.stringify(await {script}));'
    (folder / "main.mjs").write_text(code, encoding="utf-8")
    command = [find_deno_bin(), "run", "--no-config", "--allow-read", "--quiet", "main.mjs"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_modules_use_the_same_names_and_each_runs_once(modules: Path) -> None:
    text = bundle(MAIN, modules / "main.js")
    said = run("made.said()", text, modules)
    assert said == ["main", "one: shared, shared 1", "other,other", 1]


def test_the_bundle_asks_for_no_other_file_and_keeps_lines_as_they_are(modules: Path) -> None:
    text = bundle(MAIN, modules / "main.js")
    assert not re.search(r"^\s*import\b", text, flags=re.M)
    assert "export async function speak() { return".removeprefix("export ") in text
    assert text.count("const name = ") == 3


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ('import * as all from "./shared.js";', "import * as all"),
        ('import all from "./shared.js";', "import all"),
        ('import "./shared.js";', 'import "./shared.js"'),
        ('import { h } from "https://example.com/h.js";', "https://example.com"),
        ('import { words } from "./shared.js";', "'words'"),
        ("const a = 1;\nexport { a };", "export { a }"),
        ("export let count = 0;", "export let count"),
        ("export default function speak() {}", "export default function"),
        ('export * from "./shared.js";', "export *"),
        ("export const a = 1, b = 2;", "'b'"),
        ("export const a = (x) => {\n  const y = x;\n},\n  b = [1];\n", "'b'"),
    ],
)
def test_what_cannot_be_put_together_is_named(text: str, part: str, modules: Path) -> None:
    with pytest.raises(ValueError, match=rf"main\.js (says|takes) .*{re.escape(part)}"):
        bundle(text, modules / "main.js")


def test_a_comma_within_a_constant_is_no_second_one(modules: Path) -> None:
    lines = [
        'export const list = (one, other = 2) => [one, { key: ", b = 1", other }]; // a, b = 2',
        "export const text = `(, b = ${list(1)}`;",
        "export const speak = () => {",
        "  let one = 1;",
        "",
        "  const two = one, three = two;",
        "};",
        "let last = 1,",
        "  next = 2;",
        "export default { next, said: [...list(last), text] };",
    ]
    text = bundle("\n".join(lines), modules / "main.js")
    told = {"key": ", b = 1", "other": 2}
    assert run("made.said.slice(0, 2)", text, modules) == [1, told]


def test_a_circle_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import { b } from "./b.js";\nexport const a = 1;\n')
    (tmp_path / "b.js").write_text('import { a } from "./a.js";\nexport const b = 1;\n')
    with pytest.raises(ValueError, match=r"a\.js imports .*b\.js imports .*a\.js\. Part them"):
        bundle('import { a } from "./a.js";\nexport default a;\n', tmp_path / "main.js")


# --------------------------------------------------------------------------- forms with views


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets)
def test_every_form_loads_and_can_be_drawn(sheet: str, tmp_path: Path) -> None:
    assert run("Object.keys(made)", form_of(FRAMEWORK.sheets[sheet])._esm, tmp_path) == ["render"]


def test_a_form_holds_the_views_of_its_sheet_and_no_others() -> None:
    place, tree = FRAMEWORK.sheets["entry_point"], FRAMEWORK.sheets["metric_tree"]
    both = place.model_copy(update={"sections": (*place.sections, *tree.sections)})
    assert form_of(both) is form_class(tuple(VIEWS[name] for name in ("map", "chain", "tree")))
    assert form_of(both).more_asks == VIEWS["tree"].asks
    scripts = ("views/entry_point/map.js", "views/metric_tree/tree.js")
    assert [it for it in scripts if f'"{it}"' in form_of(place)._esm] == [scripts[0]]


def test_two_views_that_would_answer_the_same_question_are_refused() -> None:
    map_script, map_style = "views/entry_point/map.js", "views/entry_point/map.css"
    twin = View("twin", map_script, map_style, {"leads": lambda *_: {}})
    with pytest.raises(ValueError, match="leads"):
        form_class((VIEWS["tree"], twin))


# --------------------------------------------------------------------------- parts on a host

BROWSER = """
const made = { addEventListener: (name, run) => name === "load" && run() };
const head = { append() {} };
globalThis.document = { head, querySelectorAll: () => [], createElement: () => made };
globalThis.location = { origin: "file:///" };
"""
"""As much of a browser as a script needs that asks for its parts."""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the parts, as a host serves them."""
    folder = tmp_path_factory.mktemp("served")
    for name, text in parts().items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "package.json").write_text('{"type": "module"}')
    return folder


def run_served(text: str, folder: Path) -> Any:
    """What the default export of a script that asks for parts has."""
    return run("Object.keys(made)", f"{BROWSER}\n{text}", folder)


@pytest.mark.parametrize("sheet", FRAMEWORK.sheets)
def test_every_form_asks_for_its_parts_alone(sheet: str, served: Path, tmp_path: Path) -> None:
    views = [VIEWS[it.view] for it in FRAMEWORK.sheets[sheet].sections if it.view]
    text = asking(entry_of(tuple(dict.fromkeys(views))), FORM / "with_views.js", served.as_posix())
    assert run_served(text, tmp_path) == ["render"]
    assert len(text) < 1500
    assert ("metric_tree.js" in text) == (sheet == "metric_tree")


@pytest.mark.parametrize(
    "entry", ["form/plain.js", "cards/verdict.js", "charts/chart.js", "home/home.js"]
)
def test_a_script_asks_for_the_part_that_all_share(
    entry: str, served: Path, tmp_path: Path
) -> None:
    text = asking((FOLDER / entry).read_text(encoding="utf-8"), FOLDER / entry, served.as_posix())
    assert run_served(text, tmp_path) == ["render"]
    assert text.count('.js"') == 2  # the part, and where the module is found in it


def test_a_page_that_is_no_sheet_asks_for_a_part_that_sheets_go_without(
    served: Path, tmp_path: Path
) -> None:
    entry = FOLDER / "weekly/weekly.js"
    text = asking(entry.read_text(encoding="utf-8"), entry, served.as_posix())
    assert run_served(text, tmp_path) == ["render"]
    asked = json.loads(next(re.finditer(r"all\((\[.*?\])", text))[1])
    assert [Path(file).name for file in asked] == ["core.js", "weekly.js"]
    assert "weekly/" not in parts()["core.js"]
    assert ".weekly" not in parts()["core.css"]


def test_what_is_in_no_part_travels_with_its_widget(
    modules: Path, served: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = asking(MAIN, modules / "main.js", served.as_posix())
    said = run("made.said()", f"{BROWSER}\n{text}", modules)
    assert said == ["main", "one: shared, shared 1", "other,other", 1]
    (modules / "own.css").write_text(".pb .own {}")
    monkeypatch.setenv(SERVED_AT, "/anywhere")
    assert css.__wrapped__("form/form.css", "app.css", modules / "own.css") == ".pb .own {}"


def test_every_style_is_in_one_part() -> None:
    texts = [text for name, text in parts().items() if name.endswith(".css")]
    sheets = list(FOLDER.rglob("*.css"))
    assert len(sheets) > 5
    for file in sheets:
        assert sum(file.read_text(encoding="utf-8") in text for text in texts) == 1, file
