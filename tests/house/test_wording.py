"""Every sentence that code asks for by its id is in the content and gets all it has to fill in."""

import ast
from pathlib import Path
from string import Formatter

import playbook
import widgets
from playbook.framework import load_framework


def calls():
    """Each `words.text("id", name=...)` or `store_text(...)`: where it is, the id, the names."""
    for root in (Path(package.__file__).parent for package in (playbook, widgets)):
        for path in sorted(root.rglob("*.py")):
            for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                match call:
                    case ast.Call(func=function, args=[ast.Constant(value=str(key))]):
                        start = {"words.text": "", "store_text": "store."}.get(_called(function))
                        if start is not None:
                            where = f"{path.relative_to(root.parent)}:{call.lineno}"
                            yield where, start + key, {one.arg for one in call.keywords}


def _called(function):
    """`framework.words.text` and `words.text` are both "words.text"."""
    return ".".join(ast.unparse(function).split(".")[-2:])


def test_a_sentence_that_code_asks_for_is_there_and_gets_what_it_fills_in():
    words = load_framework().words
    found = list(calls())
    assert len(found) > 100
    for where, key, given in found:
        group, _, rest = key.partition(".")
        sentence = words.group(group).get(rest)
        assert sentence, f"{where} asks for {key}"
        holes = {hole for _, hole, _, _ in Formatter().parse(sentence) if hole}
        assert None in given or holes <= given, f"{where} leaves {holes - given} open in {key}"
