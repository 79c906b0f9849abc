"""Answers as rules read them, and what the rules make of them: frozen dataclasses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from playbook.model.levels import Level, Verdict

Value = str | tuple[str, ...]
"""One stored answer: text, a choice's id, an ISO date, a decimal number ("-12.5"), a series (a line
"2027-01-04 12.5" each), or the ids of several choices (of a rank in their order)."""


P = ParamSpec("P")
T = TypeVar("T")
One_co = TypeVar("One_co", covariant=True)


class Keeping:
    """Something that never changes, and keeps what was made of it."""

    __slots__ = ()
    _kept: dict[Any, Any]

    def once(self, make: Callable[Concatenate[Self, P], T], *given: P.args, **named: P.kwargs) -> T:
        """make(self, *given), worked out once, and anew only when it is asked with others.

        For what follows from these answers and what is given alone: a sheet has hundreds of rows,
        and a change touches one row of one table. Nobody may change what comes back.
        """
        found = self._kept.get(make)
        if found is None or found[0] != (given, named):
            found = self._kept[make] = ((given, named), make(self, *given, **named))
        kept: T = found[1]
        return kept


@dataclass(frozen=True, slots=True)
class Row(Keeping):
    """One row of a table: an id that never changes, and its answers by question id."""

    id: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    _kept: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)


class Rows(Keeping, tuple[One_co, ...]):
    """The rows of a table, or what each of them comes to, in the person's order."""

    def __init__(self, _: Iterable[One_co] = ()) -> None:
        self._kept = {}

    @classmethod
    def of(cls, found: tuple[One_co, ...]) -> Rows[One_co]:
        """Those rows; the same ones where they are kept already."""
        return found if isinstance(found, Rows) else Rows(found)


@dataclass(frozen=True, slots=True)
class Worksheet:
    """A filled sheet: validated answers only, a missing key means not answered.

    `version` is the oldest sheet version any of its answers was given to, None when all are new.
    """

    sheet: str
    answers: Mapping[str, Value] = field(default_factory=dict)
    tables: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    version: int | None = None

    def rows(self, table: str) -> Rows[Row]:
        """The rows of `table`, in the person's order."""
        return Rows.of(self.tables.get(table, ()))


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a rule says about the answers, with who says so.

    `rule` is the catalogue id, `key` the exact message; `row` and `questions` say where it comes
    from, `sheet` another sheet that it is about; `reading` is the source's point in our words.
    """

    rule: str
    key: str
    level: Level
    heading: str
    text: str
    advice: str
    source: str
    locator: str
    reading: str
    ours: bool
    priority: bool = False
    scope: str = ""
    row: str | None = None
    questions: tuple[str, ...] = ()
    arrows: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def is_missing(self) -> bool:
        """Whether it says no more than that an answer is missing."""
        return self.key.startswith("missing.")

    def to_json(self) -> dict[str, Any]:
        """The finding as the command line prints it."""
        plain = {name: getattr(self, name) for name in self.__slots__}
        lists = {"questions": list(self.questions), "arrows": list(self.arrows)}
        return plain | {"level": self.level.value} | lists


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of a sheet's core questions have an answer; `asked` never changes."""

    answered: int
    asked: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 1 when nothing was asked."""
        return self.answered / self.asked if self.asked else 1.0

    def __add__(self, other: Completeness) -> Completeness:
        return Completeness(self.answered + other.answered, self.asked + other.asked)


@dataclass(frozen=True, slots=True)
class RowAssessment:
    """One candidate, assessed."""

    row: str
    label: str
    verdict: Verdict
    completeness: Completeness
    findings: tuple[Finding, ...]
    blank: bool


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the rules say about a worksheet. Derived, never stored.

    `findings` are those behind the verdict (the sheet's own and the decisive row's), gravest
    first; `rows` has every candidate; `decisive` is the chosen row's id, else the best one's.
    """

    sheet: str
    verdict: Verdict
    completeness: Completeness
    findings: tuple[Finding, ...]
    numbers: Mapping[str, float]
    rows: tuple[RowAssessment, ...] = ()
    decisive: str | None = None
    chosen: str | None = None
    today: date | None = None

    def to_json(self) -> dict[str, Any]:
        """The stable surface of `playbook assess --json`."""
        return {
            "sheet": self.sheet,
            "verdict": self.verdict.value,
            "completeness": round(self.completeness.share, 4),
            "findings": [finding.to_json() for finding in self.findings],
            "numbers": dict(self.numbers),
            "decisive": self.decisive,
            "rows": [
                {
                    "row": row.row,
                    "label": row.label,
                    "verdict": row.verdict.value,
                    "completeness": round(row.completeness.share, 4),
                    "findings": [finding.to_json() for finding in row.findings],
                }
                for row in self.rows
            ],
        }
