"""What a workgroup may see of the levels that its members gave: the rule of five. Pure.

A practice shows the middle, the middle half and the agreement (rWG) of its levels, as soon as five
people gave one: never who gave which, nor how many gave each. Where nearly everybody gave the same
level, not even these: whoever alone gave another one would know what each of the others gave. So

    fewer than five gave a level      nothing, not even that somebody did
    all the same, or all but one      that they are alike, and no figure
    else                              middle, middle half, agreement

In the last case, take away any one answer, your own: at least two different ones are left, and any
two of the others may have been the other way round, for every figure here depends on how many gave
a level and never on who did. That goes for Krippendorff's alpha over all practices as well, which
takes in no others than these.

Two rounds beside each other tell more: where one person left and all others gave the same again,
the difference is what that person gave. So a practice is held back where the people who gave a
level in one of the two rounds alone are one to four: those who left, or those who came. That
depends on who gave a level, and never on which.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from statistics import median, quantiles

from pydantic import BaseModel, ConfigDict

from playbook.analysis.pilot.ratings import alpha, rwg

LEVELS = 5
"""The levels go from 1 to so many."""

DIGITS = 2
_OTHERS = 2
"""So many answers have to be another one than the most frequent."""

Ballot = Mapping[str, int]
"""One member's levels by practice; what is left out is not rated, and never counts as low."""


class _Published(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PracticeLevels(_Published):
    """Of `raters` levels the middle, what the middle half lies between, and rWG (0 to 1); all None
    where they are nearly alike."""

    raters: int
    middle: float | None = None
    lower: float | None = None
    upper: float | None = None
    agreement: float | None = None

    @property
    def alike(self) -> bool:
        """Whether all, or all but one, gave the same level."""
        return self.middle is None


class GroupLevels(_Published):
    """What a round shows, for good: practices by id, and ordinal alpha over those with figures;
    `held` are those that enough people gave a level, held back because of an earlier round."""

    raters: int
    practices: Mapping[str, PracticeLevels]
    agreement: float | None = None
    held: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierRound:
    """What it showed, and by practice who gave a level, of those who are still in the class."""

    shown: GroupLevels
    raters: Mapping[str, Set[str]]


def held_back(
    raters: Mapping[str, Set[str]], earlier: Sequence[EarlierRound], minimum: int
) -> frozenset[str]:
    """The practices that could tell, beside an earlier round, what fewer than `minimum` gave.

    `raters` says by practice who gives a level now.
    """
    return frozenset(
        practice
        for before in earlier
        for practice, told in before.shown.practices.items()
        if _tells(before.raters.get(practice, frozenset()), told.raters, raters[practice], minimum)
    )


def _tells(before: Set[str], counted: int, now: Set[str], minimum: int) -> bool:
    """`counted` gave a level before: who is not among `before` any more has left as well."""
    stay = len(before & now)
    return any(0 < moved < minimum for moved in (counted - stay, len(now) - stay))


def publish(
    ballots: Sequence[Ballot],
    practices: Sequence[str],
    minimum: int,
    held: Set[str] = frozenset(),
) -> GroupLevels:
    """What may be shown of these ballots, one a person, without the practices that are `held`;
    ValueError for fewer than `minimum` people."""
    if len(ballots) < minimum:
        raise ValueError(f"{len(ballots)} people are fewer than {minimum}.")
    given = {one: [it[one] for it in ballots if one in it] for one in practices}
    enough = [one for one, levels in given.items() if len(levels) >= minimum]
    shown = {one: _told(given[one]) for one in enough if one not in held}
    figures = [one for one, told in shown.items() if not told.alike]
    things = [[ballot.get(one) for ballot in ballots] for one in figures]
    together = alpha(things) if things else None
    return GroupLevels(
        raters=len(ballots),
        practices=shown,
        agreement=None if together is None else round(together, DIGITS),
        held=tuple(one for one in enough if one in held),
    )


def _told(levels: Sequence[int]) -> PracticeLevels:
    most = Counter(levels).most_common(1)[0][1]
    if len(levels) - most < _OTHERS:
        return PracticeLevels(raters=len(levels))
    lower, _, upper = quantiles(levels, method="inclusive")
    return PracticeLevels(
        raters=len(levels),
        middle=float(median(levels)),
        lower=lower,
        upper=upper,
        agreement=round(rwg(levels, LEVELS), DIGITS),
    )
