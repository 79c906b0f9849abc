"""One of several choices: "answer" (yes, partly, no, don't know), "one", and "scale", in order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Disagreement, Names, QuestionKind, VoteCounting
from playbook.worksheet.numbers import brief

ANSWERS = ("yes", "partly", "no", "dont_know")
"""The four answers of a question of kind "answer"."""


def choice_ids(question: Question) -> tuple[str, ...]:
    """The ids that may be picked; empty for questions without choices."""
    if question.kind == "answer":
        return ANSWERS
    return tuple(choice.id for choice in question.choices)


def choice_labels(question: Question, words: Words) -> dict[str, str]:
    """What a person reads for each id that may be picked, in order."""
    if question.kind == "answer":
        return {answer: words.text(f"answer.{answer}") for answer in ANSWERS}
    return {choice.id: choice.label for choice in question.choices}


def parse_choice(question: Question, given: Any, words: Words) -> Value:
    """`given`, if it is one of the ids."""
    allowed = choice_ids(question)
    if isinstance(given, str) and given in allowed:
        return given
    raise InputError(words.text("error.choice", given=brief(given), choices=listed(allowed)))


def labels_of(question: Question, value: Value, words: Words) -> list[str]:
    """What is picked, by its labels; a choice that is gone by its id."""
    labels = choice_labels(question, words)
    return [labels.get(item, item) for item in ((value,) if isinstance(value, str) else value)]


def listed(items: Sequence[str]) -> str:
    """Ids in a sentence: "a, b or c"."""
    return f"{', '.join(items[:-1])} or {items[-1]}" if len(items) > 1 else "".join(items)


def _label(question: Question, value: Value, words: Words, _: Names) -> str:
    return ", ".join(labels_of(question, value, words))


def _cell(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()


def _kind(disagreement: Disagreement) -> QuestionKind:
    return QuestionKind(parse_choice, _label, counted=VoteCounting(_cell, disagreement), votes=True)


ONE = _kind(Disagreement.BETWEEN)
ANSWER = SCALE = _kind(Disagreement.IN_ORDER)
