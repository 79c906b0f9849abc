"""The form's modules and wording, read as text."""

from __future__ import annotations

import re
import tomllib

import pytest

from playbook.framework import load_framework
from playbook.model.resources import content_dir
from widgets.assets import FOLDER, css

WORDS = tomllib.loads((content_dir() / "wording" / "form.toml").read_text(encoding="utf-8"))["form"]
ROW_ACTIONS = ("up", "down", "duplicate", "remove")
OF_DATES = {"date", "months"}
"""How the reports write a day: the form gets these words with its own."""
COMPOSED = {f"row_{action}" for action in ROW_ACTIONS} | {"new_ok", "rename_ok", "duplicate_ok"}


def sources() -> str:
    return text_of("form", "common")


def text_of(*folders: str) -> str:
    files = [path for folder in folders for path in FOLDER.glob(f"{folder}/**/*.js")]
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


def used_by_the_kernel() -> set[str]:
    texts = (path.read_text(encoding="utf-8") for path in FOLDER.glob("form/*.py"))
    return {word for text in texts for word in re.findall(r"""\btext\("form\.([a-z_]+)\"""", text)}


def test_every_word_the_form_asks_for_is_there_and_none_is_left_over() -> None:
    text = sources()
    asked = set(re.findall(r"""\b(?:say|item)\("([a-z_]+)\"""", text)) - set(ROW_ACTIONS) - OF_DATES
    assert (asked | COMPOSED) - WORDS.keys() == set()
    mentioned = set(re.findall(r"[a-z_]+", text)) | COMPOSED | used_by_the_kernel()
    assert WORDS.keys() - mentioned == set()


def test_every_word_the_map_asks_for_is_there_and_none_is_left_over() -> None:
    text = text_of("views/entry_point")
    words = load_framework().words.group("map")
    assert set(re.findall(r"""\bsay\("([a-z_.]+)\"""", text)) - {"map.moved"} - words.keys() == (
        {"open_cell", "example", "sources"}  # the form's own
    )
    assert [word for word in words if word.split(".")[-1] not in text] == []


def test_the_modules_hold_no_sentence_of_their_own() -> None:
    code = re.sub(
        r"^\s*(//|/\*\*|\*).*$|//.*$|/\*.*?\*/",
        "",
        text_of("form", "common", "views/entry_point"),
        flags=re.M,
    )
    strings = re.findall(r'"([^"\n]*)"', code)
    assert [text for text in strings if re.search(r"[A-Z][a-z]+ [a-z]+ [a-z]+", text)] == []


@pytest.mark.parametrize(
    "file", ["form/form.css", "views/entry_point/map.css", "views/metric_tree/tree.css"]
)
def test_every_style_rule_stays_inside_the_form(file: str) -> None:
    own = css(file).removeprefix(css())
    own = re.sub(r"/\*.*?\*/", "", own, flags=re.S)
    selectors = re.findall(r"^\s*([^@{}\n][^{}]*?)\s*\{", own, flags=re.M)
    assert [one for one in selectors if ".pb " not in one] == []
