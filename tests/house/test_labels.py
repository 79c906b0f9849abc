"""The browser's tests find what they look for by id in the content, never by its present words."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from playbook.framework import load_framework
from playbook.model.resources import content_dir
from playbook.model.wording import flatten

BROWSER = Path(__file__).parents[1] / "browser"
FILES = sorted(path for path in BROWSER.rglob("*.py") if path.name != "labels.py")
LOOKS = {"get_by_label", "get_by_role", "get_by_text", "locator", "filter"}
"""What finds something on a page by what it says."""
LEAST = 3
"""Shorter ones are parts of words and keys."""


def content_texts() -> set[str]:
    """Every text that a screen may show."""
    framework = load_framework()
    files = (content_dir() / "wording").glob("*.toml")
    words = (tomllib.loads(file.read_text(encoding="utf-8")) for file in files)
    texts = {text for nested in words for text in flatten(nested).values()}
    for sheet in framework.sheets.values():
        texts |= {sheet.title, sheet.headline, *sheet.verdict_texts.values()}
        for section in sheet.sections:
            texts |= {section.title, section.intro}
            for question in section.questions:
                texts |= {question.text, question.short, question.why}
                texts |= {choice.label for choice in question.choices}
        for message in sheet.messages.values():
            texts |= {message.heading, message.text}
    return {text for text in texts if len(text) >= LEAST}


def looked_for(code: ast.AST) -> Iterator[ast.Constant]:
    """The literals by which something is looked for on a page."""
    calls = (node for node in ast.walk(code) if isinstance(node, ast.Call))
    for call in calls:
        if isinstance(call.func, ast.Attribute) and call.func.attr in LOOKS:
            for one in [*call.args, *(word.value for word in call.keywords)]:
                if isinstance(one, ast.Constant) and isinstance(one.value, str):
                    yield one


@pytest.mark.parametrize("file", FILES, ids=lambda path: path.relative_to(BROWSER).as_posix())
def test_no_label_stands_in_a_test_as_it_reads_today(file: Path) -> None:
    known = content_texts()
    code = ast.parse(file.read_text(encoding="utf-8"))
    found = [f"line {one.lineno}: {one.value}" for one in looked_for(code) if one.value in known]
    assert found == [], "take it from tests/browser/labels.py by its id"


def test_a_label_in_a_test_would_be_found() -> None:
    text = load_framework().sheets["catalyst"].sections[0].questions[0].text
    code = ast.parse(f"page.get_by_label({text!r})\npage.get_by_role('button', name={text!r})")
    assert [one.value for one in looked_for(code) if one.value in content_texts()] == [text] * 2
