"""How answers of one kind are counted, and what is said about the counts. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from playbook.cohort import disagreement
from playbook.model import Kind
from playbook.model.storage import Stored
from playbook.worksheet.kinds import KINDS, Disagreement, VoteCounting

Counts = Mapping[str, int]
Cells = dict[str, int | None]
"""How many chose each; None: hidden."""

_OFF_SCALE = "dont_know"
_QUARTER, _HALF, _THREE_QUARTERS = 0.25, 0.5, 0.75


@dataclass(frozen=True, slots=True)
class VoteQuestion:
    """What was asked, as far as counting goes. `choices` are ids in their order; `form` is that of
    a question of the trainer's own (playbook.cohort.own_questions), or empty."""

    kind: Kind
    choices: tuple[str, ...] = ()
    about_people: bool = False
    form: str = ""

    @property
    def is_range(self) -> bool:
        """Whether the answers are ranges of numbers."""
        return self.form == "range"

    @property
    def is_order(self) -> bool:
        """Whether all choices are put in order, and counted by points."""
        return self.form == "order"

    @property
    def is_text(self) -> bool:
        """Whether the answers are free text."""
        return KINDS[self.kind].counted is None and not self.is_range

    @property
    def scale(self) -> tuple[str, ...]:
        """The choices that have an order, in it; "don't know" stands beside it."""
        if not _way(self).in_order:
            return ()
        return tuple(choice for choice in self.choices if choice != _OFF_SCALE)


@dataclass(frozen=True, slots=True)
class VoteSummary:
    """What the counts say: see playbook.cohort.aggregate.Result."""

    most_common: tuple[str, ...] = ()
    middle: str | None = None
    spread: tuple[str, str] | None = None
    disagreement: float | None = None


def tally(asked: VoteQuestion, values: Iterable[Stored]) -> Counts:
    """How many answers count in each cell; of an order the points, of n choices n for the first."""
    if asked.is_order:
        points: Counter[str] = Counter()
        for value in values:
            for place, choice in enumerate(value if isinstance(value, list) else ()):
                points[choice] += len(asked.choices) - place
        return points
    return Counter(cell for value in values for cell in _way(asked).cells(value))


def added(asked: VoteQuestion, *several: Mapping[str, int | None] | None) -> dict[str, int]:
    """The sums by choice, every choice included."""
    given = [counts for counts in several if counts]
    return {choice: sum(counts.get(choice) or 0 for counts in given) for choice in asked.choices}


def described(asked: VoteQuestion, cells: Cells, people: int) -> VoteSummary:
    """What is said about counts: nothing when a cell is hidden, for it could give the cell away."""
    counts = {choice: count for choice, count in cells.items() if count is not None}
    if len(counts) < len(cells):
        return VoteSummary()
    most = max(counts.values())
    on_scale = _in(asked.scale, counts)
    low, middle, high = (
        disagreement.quantile(asked.scale, on_scale, share)
        for share in (_QUARTER, _HALF, _THREE_QUARTERS)
    )
    return VoteSummary(
        most_common=tuple(choice for choice, count in counts.items() if count == most),
        middle=middle,
        spread=(low, high) if low and high else None,
        disagreement=_measure(asked)(asked, counts, people),
    )


def _way(asked: VoteQuestion) -> VoteCounting:
    """How its kind is counted; ValueError for a kind that is not."""
    counted = KINDS[asked.kind].counted
    if counted is None:
        raise ValueError(f"Answers of kind {asked.kind!r} are not counted.")
    return counted


def _measure(asked: VoteQuestion) -> Callable[[VoteQuestion, Counts, int], float | None]:
    return _apart_in_points if asked.is_order else _APART[_way(asked).disagreement]


def _in(choices: Sequence[str], counts: Counts) -> list[int]:
    return [counts[choice] for choice in choices]


def _apart_in_points(asked: VoteQuestion, counts: Counts, people: int) -> float | None:
    return disagreement.of_orders(_in(asked.choices, counts), people)


def _apart_in_order(asked: VoteQuestion, counts: Counts, _: int) -> float | None:
    return disagreement.of_ordered(_in(asked.scale, counts))


def _apart(asked: VoteQuestion, counts: Counts, _: int) -> float | None:
    return disagreement.of_unordered(_in(asked.choices, counts))


def _apart_in_each(asked: VoteQuestion, counts: Counts, people: int) -> float | None:
    return disagreement.of_several(_in(asked.choices, counts), people)


_APART: Mapping[Disagreement, Callable[[VoteQuestion, Counts, int], float | None]] = {
    Disagreement.BETWEEN: _apart,
    Disagreement.IN_ORDER: _apart_in_order,
    Disagreement.OVER_EACH: _apart_in_each,
}
"""The disagreement, from the counts and the number of people."""
