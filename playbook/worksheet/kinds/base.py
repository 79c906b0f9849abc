"""What a question kind is: everything that is done with answers of it, in one object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from playbook.model import Question, Value
from playbook.model.wording import Words

Names = Mapping[str, str]
"""What to call the rows of a table: row id -> name."""


class Disagreement(Enum):
    """How far apart a class is: between choices, along an order of them, or over each choice."""

    BETWEEN = "between"
    IN_ORDER = "in_order"
    OVER_EACH = "over_each"


@dataclass(frozen=True, slots=True)
class VoteCounting:
    """How votes are counted: the cells that a stored answer counts in, and what it means to
    disagree."""

    cells: Callable[[Any], tuple[str, ...]]
    disagreement: Disagreement

    @property
    def in_order(self) -> bool:
        """Whether the choices have an order."""
        return self.disagreement is Disagreement.IN_ORDER


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """A kind of question.

    `parse(question, given, words)` is the value to store for what somebody typed, sent or wrote in
    a file (never None, "" or []), None for "not answered"; InputError with the sentence to show.
    `in_words(question, value, words, row names)` is a stored value as a person reads it. `read` is
    a stored value as it is reckoned with: a number as float, a date as date; as it is stored where
    it is not given. `counted` is None for what no vote counts; `votes`: a class may be asked it.
    `settled(given, today, words)` is what somebody said from where they stand ("in 6 weeks") as it
    may be parsed on any day; None where nobody can say it so.
    """

    parse: Callable[[Question, Any, Words], Value | None]
    in_words: Callable[[Question, Any, Words, Names], str]
    read: Callable[[Any], Any] = lambda value: value
    counted: VoteCounting | None = None
    votes: bool = False
    settled: Callable[[Any, date, Words], Any] | None = None
