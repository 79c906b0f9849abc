"""The words that leaders read: short, with the four verdict words, and without riddles."""

import re
from collections.abc import Iterator

import pytest

from playbook.framework import load_framework
from playbook.model import Content, Sheet

FRAMEWORK = load_framework()
VERDICT_WORDS = {"fail": "Stop", "warn": "Not yet", "unknown": "Missing answers", "pass": "Ready"}
MOST = {"question": 14, "help": 20, "finding": 25, "step": 25}
"""Words in all the sentences of one."""

BANNED = re.compile(
    r"\bthe (article|documents?|authors|source|house|leave)\b|\bfigure \d|\bour copy\b"
    r"|\bsays? (who|so)\b|\bholds\b|\bcovers? for\b|\bpresses\b|\bon the side\b"
    r"|\bwhat comes nearest\b|\bdo again\b|\bmend\b|\bcareful\b|\bregional bank\b"
    r"|^(Name|Ask|Find|Fill|Write) (it|both|them|these|this|those)\b",
    re.IGNORECASE,
)
BLANK_BEFORE_PERCENT = re.compile(r"[\d}]\s%")
BOOKKEEPING = ("reading", "rows", "notes", "prompts", "changes", "migrations", "id", "notebook")
"""What stands behind the (i), with the trainer or in the history."""

pytestmark = pytest.mark.parametrize(
    "sheet", list(FRAMEWORK.sheets.values()), ids=lambda sheet: sheet.id
)


def shown(part: object) -> Iterator[str]:
    """Every sentence on a leader's screen."""
    if isinstance(part, Content):
        for name in type(part).model_fields:
            if name not in BOOKKEEPING:
                yield from shown(getattr(part, name))
    elif isinstance(part, dict) or hasattr(part, "values"):
        for value in part.values():
            yield from shown(value)
    elif isinstance(part, tuple | list):
        for value in part:
            yield from shown(value)
    elif isinstance(part, str) and " " in part:
        yield part


def measured(sheet: Sheet) -> Iterator[tuple[str, str, str]]:
    """What has a length: its kind, where it stands, the text."""
    for section in sheet.sections:
        for question in section.questions:
            yield "question", question.id, question.text
            yield "help", question.id, question.why
            yield "step", question.id, question.ask
    for key, message in sheet.messages.items():
        yield "finding", key, message.text
        yield "step", key, message.advice


def test_a_verdict_begins_with_its_word(sheet: Sheet) -> None:
    for level, text in sheet.verdict_texts.items():
        assert text.startswith(f"{VERDICT_WORDS[level]}: "), level
        assert text.endswith(".")


def test_no_phrase_that_is_banned_stands_on_the_screen(sheet: Sheet) -> None:
    sentences = list(shown(sheet))
    assert len(sentences) > 50
    assert [text for text in sentences if BANNED.search(text)] == []


def test_no_blank_stands_before_a_percent_sign(sheet: Sheet) -> None:
    assert [text for text in shown(sheet) if BLANK_BEFORE_PERCENT.search(text)] == []


def test_questions_help_findings_and_steps_are_short(sheet: Sheet) -> None:
    long = [
        (where, kind, len(text.split()))
        for kind, where, text in measured(sheet)
        if len(text.split()) > MOST[kind]
    ]
    assert long == []


def test_questions_help_and_steps_have_no_semicolon(sheet: Sheet) -> None:
    assert [
        (w, text) for kind, w, text in measured(sheet) if kind != "finding" and ";" in text
    ] == []
