"""Free text: one line ("text") or several ("long_text")."""

from __future__ import annotations

import re
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.codes import has_names
from playbook.worksheet.kinds.base import Names, QuestionKind
from playbook.worksheet.numbers import brief

LINE_LENGTH = 300
TEXT_LENGTH = 5_000
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_LINE_END = re.compile(r"\r\n|[\r\x85\u2028\u2029]")


def max_length(question: Question) -> int:
    """The most characters a text answer may have."""
    return question.max_length or (LINE_LENGTH if question.kind == "text" else TEXT_LENGTH)


def clean_text(text: str, lines: bool) -> str:
    """`text` without what breaks a page, a file or a terminal: control characters, lone surrogates,
    and the controls that turn the text after them around (each text has its own direction anyway).

    Nothing visible is changed: names keep their own Unicode form.
    """
    if not text.isprintable():  # nothing of what goes, and no line's end, can be printed
        text = _CONTROL.sub("", _LINE_END.sub("\n", text))
    text = text.strip()
    return text if lines else " ".join(text.split("\n"))


def _parse(question: Question, given: Any, words: Words) -> Value | None:
    if not isinstance(given, str):
        raise InputError(words.text("error.text", given=brief(given)))
    text = clean_text(given, lines=question.kind == "long_text")
    limit = max_length(question)
    if len(text) > limit:
        raise InputError(words.text("error.too_long", length=len(text), limit=limit))
    if has_names(question, text):
        raise InputError(words.text("error.codes"))
    return text or None


def _as_written(_: Question, value: str, __: Words, ___: Names) -> str:
    return value


TEXT = QuestionKind(_parse, _as_written, votes=True)
"""A class's texts are shown, not counted."""
