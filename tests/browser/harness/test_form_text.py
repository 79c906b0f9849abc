"""The form's modules and wording, read as text."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

from playbook.resources import content_dir
from widgets.assets import FOLDER, css, esm

WORDS = tomllib.loads((content_dir() / "wording_form.toml").read_text(encoding="utf-8"))["form"]
ROW_ACTIONS = ("up", "down", "duplicate", "remove")
COMPOSED = {f"row_{action}" for action in ROW_ACTIONS} | {"new_ok", "rename_ok", "duplicate_ok"}


def sources() -> str:
    files = [*FOLDER.glob("form/*.js"), *FOLDER.glob("common/*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def test_every_word_the_form_asks_for_is_there_and_none_is_left_over() -> None:
    text = sources()
    asked = set(re.findall(r"""\b(?:say|item)\("([a-z_]+)\"""", text)) - set(ROW_ACTIONS)
    assert (asked | COMPOSED) - WORDS.keys() == set()
    mentioned = set(re.findall(r"[a-z_]+", text)) | COMPOSED
    assert WORDS.keys() - mentioned == set()


def test_the_modules_hold_no_sentence_of_their_own() -> None:
    code = re.sub(r"^\s*(//|/\*\*|\*).*$|//.*$|/\*.*?\*/", "", sources(), flags=re.M)
    strings = re.findall(r'"([^"\n]*)"', code)
    assert [text for text in strings if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text)] == []


def test_the_bundle_has_unique_names_no_import_and_one_default_export() -> None:
    bundle = esm("form/form.js")
    named = r"^(?:async )?(?:function|class|const|let) (\w+)"
    names = Counter(re.findall(named, bundle, flags=re.M))
    assert [name for name, count in names.items() if count > 1] == []
    assert not re.search(r"^\s*import\b", bundle, flags=re.M)
    assert re.findall(r"^export .*$", bundle, flags=re.M) == ["export default { render };"]


def test_every_style_rule_stays_inside_the_form() -> None:
    own = css("form/form.css").removeprefix(css())
    own = re.sub(r"/\*.*?\*/", "", own, flags=re.S)
    selectors = re.findall(r"^\s*([^@{}\n][^{}]*?)\s*\{", own, flags=re.M)
    assert [one for one in selectors if ".pb " not in one] == []
