"""Choices put in order, the first ones first. What is not named comes after, in no order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playbook.model import InputError, Question, Value
from playbook.model.wording import Words
from playbook.worksheet.kinds.base import Disagreement, Names, QuestionKind, VoteCounting
from playbook.worksheet.kinds.choice import choice_ids, labels_of, listed, parse_choice
from playbook.worksheet.numbers import brief


def _parse(question: Question, given: Any, words: Words) -> Value:
    if isinstance(given, str) or not isinstance(given, Sequence):
        allowed = listed(choice_ids(question))
        raise InputError(words.text("error.rank", given=brief(given), choices=allowed))
    for item in given:
        parse_choice(question, item, words)
    if len(set(given)) < len(given):
        twice = next(item for item in given if list(given).count(item) > 1)
        raise InputError(words.text("error.rank_twice", given=brief(twice)))
    return tuple(given)


def _in_words(question: Question, value: Value, words: Words, _: Names) -> str:
    items = labels_of(question, value, words)
    return ", ".join(f"{place}. {item}" for place, item in enumerate(items, 1))


def _first(value: Any) -> tuple[str, ...]:
    """What somebody put first, which is what a room of orders is asked for."""
    return tuple(value[:1]) if isinstance(value, list) else ()


RANK = QuestionKind(_parse, _in_words, counted=VoteCounting(_first, Disagreement.BETWEEN))
"""No votes: an order takes a sheet's room and time; ask which comes first as a choice."""
