"""The rules: one module a sheet, pure functions registered under their catalogue ids.

A rule sees a Case (the answers that were asked for, the thresholds, the day) and yields Hits
(which message, about which questions) and Numbers. Words and weights are content: the sheet's
`messages`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeVar

from playbook.model import ContentError, Rows, Value

Scope = Literal["row", "sheet"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's statement: message `<rule id>.<name>`, the questions it rests on, values for {…}.

    {questions} is filled in for every message: the short names of the questions.
    """

    name: str
    questions: tuple[str, ...]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Number:
    """A figure a rule worked out; `name` carries its unit (days_left)."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Case:
    """What a rule may look at: one candidate, or the sheet with all its rows.

    `answers` holds the sheet's visible answers, overlaid by the candidate's, whose id is `row`;
    `rows` the visible answers of each row by table, `row_ids` their ids; `thresholds` the numbers
    by id; `scales` the points of each scale, low to high; `labels` what choices are called, by
    question; `carried` what other sheets decided.
    """

    answers: Mapping[str, Value]
    thresholds: Mapping[str, float]
    today: date
    asked: frozenset[str] = frozenset()
    rows: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)
    row_ids: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    row_levels: tuple[str, ...] = ()
    row: str = ""
    scales: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    carried: Mapping[str, Value] = field(default_factory=dict)
    _kept: dict[Any, Any] = field(default_factory=dict, repr=False, compare=False)

    def get(self, question: str) -> str | None:
        """The single answer to `question`, None when there is none."""
        value = self.answers.get(question)
        return value if isinstance(value, str) else None

    def many(self, question: str) -> tuple[str, ...]:
        """The ids picked for a question with several choices."""
        value = self.answers.get(question, ())
        return value if isinstance(value, tuple) else (value,)

    def answered(self, question: str, *answers: str) -> bool:
        """Whether `question` was answered with one of `answers`."""
        return self.get(question) in answers

    def day(self, question: str) -> date | None:
        """The date given to `question`."""
        value = self.get(question)
        return date.fromisoformat(value) if value else None

    def number(self, question: str) -> float | None:
        """The number given to `question`."""
        value = self.get(question)
        return float(value) if value else None

    def point(self, question: str) -> int | None:
        """Where on its scale `question` was put, from 0 up."""
        value = self.get(question)
        return self.scales[question].index(value) if value else None

    def mine(self, table: str, of: str) -> tuple[Mapping[str, Value], ...]:
        """The rows of `table` whose question `of` names this candidate."""
        return tuple(row for row in self.rows.get(table, ()) if row.get(of) == self.row)

    def table(self, table: str) -> Rows[Mapping[str, Value]]:
        """The rows of `table`; their `once` keeps what follows from them alone, from one answer
        to the next."""
        return Rows.of(self.rows.get(table, ()))

    def once(self, make: Callable[[Case], T]) -> T:
        """make(self), worked out for the first rule that asks and kept for the others.

        For what is read from all rows alone, such as a tree: candidates share it.
        """
        if make not in self._kept:
            self._kept[make] = make(self)
        kept: T = self._kept[make]
        return kept

    def open(self, question: str) -> bool:
        """Whether `question` is asked and nobody knows yet: no answer, or "don't know"."""
        return question in self.asked and self.get(question) in (None, "dont_know")


RuleFunction = Callable[[Case], Iterable[Hit | Number]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. `raises` names the messages it may raise, `numbers` what it works out."""

    id: str
    sheet: str
    scope: Scope
    raises: tuple[str, ...]
    numbers: tuple[str, ...]
    function: RuleFunction

    @property
    def where(self) -> str:
        """Module and function, for `playbook coverage`."""
        return f"{self.function.__module__}.{self.function.__name__}"


_RULES: dict[str, list[Rule]] = {}


def rule(
    row: str,
    *,
    raises: Iterable[str] = (),
    numbers: Iterable[str] = (),
    scope: Scope = "row",
) -> Callable[[RuleFunction], RuleFunction]:
    """Register a pure function as (part of) the catalogue row `row`.

    The sheet is the module's name: playbook/rules/catalyst.py holds the rules of "catalyst". When
    they grow long, it is a package of that name.
    """

    def register(function: RuleFunction) -> RuleFunction:
        sheet = function.__module__.removeprefix(f"{__name__}.").partition(".")[0]
        _RULES.setdefault(sheet, []).append(
            Rule(row, sheet, scope, tuple(raises), tuple(numbers), function)
        )
        return function

    return register


def rules_for(sheet: str) -> tuple[Rule, ...]:
    """The rules of a sheet, in the order they are written. ContentError when it has none."""
    try:
        importlib.import_module(f"playbook.rules.{sheet}")
    except ModuleNotFoundError as error:
        if error.name != f"playbook.rules.{sheet}":
            raise
        raise ContentError(
            f"playbook/rules/{sheet}.py: missing; a sheet needs a module with its rules."
        ) from None
    return tuple(_RULES.get(sheet, ()))


# --------------------------------------------------------------------------- sealing

SealCheck = Callable[[Mapping[str, Value], Mapping[str, float]], Hit | None]
"""The answers of a row and the thresholds in, what speaks against sealing it out."""

_SEAL_CHECKS: dict[tuple[str, str], list[tuple[str, SealCheck]]] = {}


def before_sealing(row: str, table: str) -> Callable[[SealCheck], SealCheck]:
    """Register what is looked at before a row of `table` is sealed, for catalogue row `row`.

    A hit refuses the seal with the words of its message, which some rule of the sheet may raise
    too; afterwards nobody could mend the row.
    """

    def register(function: SealCheck) -> SealCheck:
        sheet = function.__module__.removeprefix(f"{__name__}.").partition(".")[0]
        _SEAL_CHECKS.setdefault((sheet, table), []).append((row, function))
        return function

    return register


def seal_problem(
    sheet: str, table: str, answers: Mapping[str, Value], thresholds: Mapping[str, float]
) -> tuple[str, Hit] | None:
    """The message that refuses to seal a row, and its hit; None where nothing does."""
    rules_for(sheet)
    for row, check in _SEAL_CHECKS.get((sheet, table), ()):
        if hit := check(answers, thresholds):
            return f"{row}.{hit.name}", hit
    return None
