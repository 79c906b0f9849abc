"""From ballots to what may be shown: the rule of five. Pure; nobody's name comes in here.

The rule says what it counts (`minimum` is content: the threshold room_least_people):

    a vote                  the people who answered; fewer: only how many they are
    a judgement of people   every cell, and the hidden cells together (`suppress_cells`); shown
    or four fields          once, for good, and never asked again
    free text               the authors who agreed to have theirs read; it comes to the trainer's
                            tray, and what is shown of it is the trainer's to say
    ranges                  the people who gave one; all of them are shown, in their order
    two votes on one        totals of five or more (playbook.cohort.changes)
    predictions             the people who predicted, beside the answers
    two rounds of           the people who answered both; one report, for good
    situations              (playbook.cohort.learned)
    later answers           a step takes in that many new people at once, or shows nothing new

Why later answers cannot be told apart: a step counts a batch of people and settles their answers
for good; the next one adds another batch to the numbers as they were shown, whatever has been
erased since. So the difference between two steps is always a whole batch. Whether a batch is taken
in depends on how many it has, never on what they said.

Hands are counted before everybody's eyes, so whoever was there could subtract them: ballots are
added to hands only when the ballots alone are enough.

Notes: a vote that everybody answers alike tells what each of them said; that is what a vote is. In
a judgement of people even that stays hidden. Asking the same question again is another vote, which
people answer anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from random import Random
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict

from playbook.cohort.counting import (
    Cells,
    Counts,
    VoteQuestion,
    VoteSummary,
    added,
    described,
    tally,
)
from playbook.cohort.learned import Learned
from playbook.model.storage import Stored

It = TypeVar("It")
How = Literal["added", "instead"]


@dataclass(frozen=True, slots=True)
class Ballot:
    """Somebody's answer. `guess`: what they think most people chose; `shared`: may be shown."""

    value: Stored
    guess: str | None = None
    shared: bool = False


@dataclass(frozen=True, slots=True)
class HandCount:
    """Hands counted in the room, `added` to the ballots or `instead` of them."""

    counts: Counts
    how: How


class _PublishedModel(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Before(_PublishedModel):
    """The vote before the talk: what was published of it, and who changed their mind since
    (playbook.cohort.changes). `changed` is None where that stays unsaid."""

    respondents: int
    counts: Cells
    both: int | None = None
    changed: int | None = None
    moves: tuple[tuple[str, str, int], ...] = ()


class Predictions(_PublishedModel):
    """Guess the room: how many thought that most would choose each; `right`: how many knew."""

    respondents: int
    counts: Cells
    right: int | None


class Result(_PublishedModel):
    """What everybody may see, as it is frozen when a step is published.

    `respondents` counts the hands too. `counts` is None as long as too few answered; so is
    `ranges`, each its two ends as decimals. So many texts as `read` are in the tray.
    `most_common` are the choices that most people made. Where choices have an order, `middle` is
    the median and `spread` what the middle half of the answers lies between. `disagreement` goes
    from 0 to 1 (playbook.cohort.disagreement). None of these is told when a cell is hidden. `hands`
    of the respondents were counted in the room. `learned` is all that two rounds of
    situations came to.
    """

    respondents: int
    counts: Cells | None = None
    ranges: tuple[tuple[str, str], ...] | None = None
    read: int = 0
    most_common: tuple[str, ...] = ()
    middle: str | None = None
    spread: tuple[str, str] | None = None
    disagreement: float | None = None
    predictions: Predictions | None = None
    hands: int = 0
    hands_how: How | None = None
    before: Before | None = None
    learned: Learned | None = None

    @property
    def is_shown(self) -> bool:
        """Whether there is more in it than how many answered."""
        told = (self.counts, self.ranges, self.learned)
        return any(it is not None for it in told) or self.read > 0


@dataclass(frozen=True, slots=True)
class Release:
    """What to show now. `settles`: the waiting ballots are done with, for good. `texts` come to the
    tray, in an order drawn at random."""

    result: Result
    settles: bool
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DisclosureRule:
    """The rule of five. `random` draws the order of free texts and of hiding; never seeded."""

    minimum: int
    random: Random

    def publish(
        self,
        asked: VoteQuestion,
        waiting: Sequence[Ballot],
        before: Result | None = None,
        hands: HandCount | None = None,
    ) -> Release:
        """What may be shown now: `before` itself when nothing new may be.

        `waiting` are the ballots that no step has settled. `hands` go with questions that have one
        answer and are no judgement of people, and count in the first step that shows anything.
        """
        shown = before if before and before.is_shown else None
        agreed = [ballot for ballot in waiting if ballot.shared or not asked.is_text]
        if shown and (asked.about_people or len(agreed) < self.minimum):
            return Release(shown, settles=False)
        if asked.is_text:
            return self._texts(waiting, agreed, shown)
        if asked.is_range:
            return self._ranges(waiting, shown)
        return self._counts(asked, waiting, shown, None if shown else hands)

    def lacks(
        self, asked: VoteQuestion, waiting: int, agreed: int, hands: HandCount | None = None
    ) -> int:
        """How many answers are still needed before anything may be shown: of `waiting` ballots
        `agreed` are texts that may be read."""
        raised = sum(hands.counts.values()) if hands else 0
        if asked.is_text:
            have = agreed
        elif hands and hands.how == "instead":
            have = raised
        else:
            have = max(waiting, raised)
        return max(0, self.minimum - have)

    def _ranges(self, waiting: Sequence[Ballot], shown: Result | None) -> Release:
        if len(waiting) < self.minimum:
            return Release(Result(respondents=len(waiting)), settles=False)
        earlier = shown or Result(respondents=0)
        new = [_ends(ballot.value) for ballot in waiting]
        every = sorted([*(earlier.ranges or ()), *new], key=_middle)
        people = earlier.respondents + len(waiting)
        return Release(Result(respondents=people, ranges=tuple(every)), True)

    def _texts(
        self, waiting: Sequence[Ballot], agreed: Sequence[Ballot], shown: Result | None
    ) -> Release:
        if len(agreed) < self.minimum:
            return Release(Result(respondents=len(waiting)), settles=False)
        earlier = shown or Result(respondents=0)
        texts = sorted(str(ballot.value) for ballot in agreed)  # not as they came, in any case
        self.random.shuffle(texts)
        people = earlier.respondents + len(waiting)
        result = Result(respondents=people, read=earlier.read + len(texts))
        return Release(result, True, tuple(texts))

    def _counts(
        self,
        asked: VoteQuestion,
        waiting: Sequence[Ballot],
        shown: Result | None,
        hands: HandCount | None,
    ) -> Release:
        raised = sum(hands.counts.values()) if hands else 0
        instead = hands is not None and hands.how == "instead"
        settled = waiting if (raised if instead else len(waiting)) >= self.minimum else ()
        counted = () if instead else settled
        if len(counted) + raised < self.minimum:
            everybody = raised + (0 if instead else len(waiting))
            return Release(Result(respondents=everybody), settles=False)
        earlier = shown or Result(respondents=0)
        ballots = tally(asked, (ballot.value for ballot in counted))
        counts = added(asked, earlier.counts, ballots, hands.counts if hands else None)
        people = earlier.respondents + len(counted) + raised
        cells = self._cells(asked, counts)
        said = described(asked, cells, people)
        guesses = [ballot.guess for ballot in settled if ballot.guess]
        result = Result(
            respondents=people,
            counts=cells,
            predictions=self._predictions(asked, guesses, said, earlier.predictions),
            hands=earlier.hands + raised,
            hands_how=hands.how if hands else earlier.hands_how,
            **asdict(said),
        )
        return Release(result, settles=bool(settled))

    def _predictions(
        self,
        asked: VoteQuestion,
        guesses: Sequence[str],
        said: VoteSummary,
        earlier: Predictions | None,
    ) -> Predictions | None:
        new = guesses if len(guesses) >= self.minimum else ()
        if not new and earlier is None:
            return None
        people = len(new) + (earlier.respondents if earlier else 0)
        every = added(asked, earlier.counts if earlier else None, {g: new.count(g) for g in new})
        cells = self._cells(asked, every)
        knew = [cells[choice] for choice in said.most_common]
        right = None if None in knew or not knew else sum(count or 0 for count in knew)
        return Predictions(respondents=people, counts=cells, right=right)

    def _cells(self, asked: VoteQuestion, counts: Counts) -> Cells:
        if not asked.about_people:
            return dict(counts)
        order = self.random.sample(asked.choices, len(asked.choices))
        return suppress_cells(counts, self.minimum, order)


def suppress_cells(counts: Counts, minimum: int, order: Sequence[str]) -> Cells:
    """The counts of a judgement of people, None where a cell is hidden. Everybody is in one cell.

    A cell below the minimum is hidden, an empty one too. As the total is known, one hidden cell
    could be worked out, and several with few people in them would be a small cell together. So
    others are hidden as well, until there are at least two and the minimum is in them
    (complementary suppression: Hundepool and others, Statistical Disclosure Control, 2012, ch. 4).

    `order`, the choices in an order drawn at random, says which come next. The smallest would hide
    less, but who knows this rule could then rule out so much that hidden cells are found out.
    """
    hidden = [choice for choice, count in counts.items() if count < minimum]
    for choice in order:
        if not hidden or (len(hidden) > 1 and sum(counts[it] for it in hidden) >= minimum):
            break
        if choice not in hidden:
            hidden.append(choice)
    return {choice: None if choice in hidden else count for choice, count in counts.items()}


def _ends(value: Stored) -> tuple[str, str]:
    low, high = value if isinstance(value, list) else (value, value)
    return str(low), str(high)


def _middle(ends: tuple[str, str]) -> tuple[Decimal, Decimal]:
    low, high = Decimal(ends[0]), Decimal(ends[1])
    return low + high, low


def most_disagreement_first(results: Iterable[tuple[It, Result]]) -> list[It]:
    """In the order of their published disagreement; those without any last, as they were."""
    far = [(-1.0 if it.disagreement is None else it.disagreement, what) for what, it in results]
    return [what for _, what in sorted(far, key=lambda pair: -pair[0])]
