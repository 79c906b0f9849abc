"""Any number of choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Disagreement, Names, QuestionKind, VoteCounting
from playbook.worksheet.kinds.choice import choice_ids, labels_of, listed, parse_choice
from playbook.worksheet.numbers import brief


def _parse(question: Question, given: Any, words: Words) -> Value:
    allowed = choice_ids(question)
    if isinstance(given, str) or not isinstance(given, Sequence):
        raise InputError(words.text("error.choices", given=brief(given), choices=listed(allowed)))
    for item in given:
        parse_choice(question, item, words)
    return tuple(choice for choice in allowed if choice in given)


def _in_words(question: Question, value: Value, words: Words, _: Names) -> str:
    return ", ".join(labels_of(question, value, words))


def _cells(value: Any) -> tuple[str, ...]:
    return tuple(value) if isinstance(value, list) else ()


MANY = QuestionKind(
    _parse, _in_words, counted=VoteCounting(_cells, Disagreement.OVER_EACH), votes=True
)
