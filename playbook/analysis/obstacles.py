"""Obstacles with their age: what is open, and what has waited long enough for the sponsor.

Pure: no clock and no thresholds. An age is in days; None where nobody said since when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from playbook.model import Value

STATES = ("raised", "covered", "fixing", "gone")
"""How far an obstacle is, in the order of the board's columns."""

GONE = "gone"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One row of the board; a text is "" and `age` None where nothing was said."""

    row: str
    what: str
    state: str
    kind: str
    cover: str
    fix: str
    owner: str
    standing: str
    mover: str
    blocks: tuple[str, ...]
    age: int | None

    @property
    def is_open(self) -> bool:
        """Whether it is still in the way; one without a state is."""
        return self.state != GONE

    def is_sponsors(self, days: int) -> bool:
        """Whether it is open and so many days old, or older."""
        return self.is_open and self.age is not None and self.age >= days


def obstacles_of(
    rows: Iterable[Mapping[str, Value]], ids: Sequence[str], today: date
) -> tuple[Obstacle, ...]:
    """The obstacles in the rows of a worksheet, in their order; a row that says nothing is none."""
    named = zip(ids, rows, strict=True)
    return tuple(_obstacle(row, answers, today) for row, answers in named if answers)


def _obstacle(row: str, answers: Mapping[str, Value], today: date) -> Obstacle:
    def said(question: str) -> str:
        value = answers.get(question)
        return value if isinstance(value, str) else ""

    since, blocks = said("since"), answers.get("blocks")
    return Obstacle(
        row=row,
        what=said("what"),
        state=said("state"),
        kind=said("kind"),
        cover=said("cover"),
        fix=said("fix"),
        owner=said("owner"),
        standing=said("standing"),
        mover=said("mover"),
        blocks=blocks if isinstance(blocks, tuple) else (),
        age=max(0, (today - date.fromisoformat(since)).days) if since else None,
    )


def by_kind(obstacles: Iterable[Obstacle]) -> list[tuple[str, int]]:
    """Kinds of open obstacles with their counts, the most frequent first, then as first listed."""
    counts = Counter(one.kind for one in obstacles if one.is_open)
    return counts.most_common()


def blocked(obstacles: Iterable[Obstacle]) -> dict[tuple[str, str], int]:
    """How many open obstacles of a kind block what: (kind, block) -> count, zeros left out."""
    counts = Counter((one.kind, block) for one in obstacles if one.is_open for block in one.blocks)
    return dict(counts)
