"""What a class learned between two rounds of situations, as totals alone. Pure; no name comes here.

Everybody answers one of two parallel forms before and the other one after; which comes first is
drawn (`FormLot`), half and half. Two rounds of one person are compared with each other and nobody
else's, and nothing of a person leaves this module: what is told is one report for good, about five
people or more. It stays hidden where it would tell what single people had right:

    few      fewer than `least` people answered both times
    halves   one half has fewer than three of them: of two, each could often work out from the
             report what the other one had
    alike    all, or all but one, had everything right, or nothing, or changed by the same; that
             one would know it of everybody else

The effect is the average over both halves of how the share of right answers changed, so a form that
is harder than the other one cancels out; its interval is Student's t with the spread pooled over
the halves (the two-period crossover: Hills and Armitage, British Journal of Clinical Pharmacology
8, 1979). Shares before and after are averaged over the halves in the same way. No report says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import sqrt
from statistics import fmean, variance
from typing import Literal

from pydantic import BaseModel, ConfigDict

from playbook.model.vignettes import SURE, FormName, Vignettes, other

LEVEL = 95
"""Of 100 such intervals so many hold the average change, if the changes are roughly normal."""
HALF = 3
"""A half of fewer people is one person, or one other to whoever is in it. Tried on all classes of
two and three: in one of six, figures and interval tell one of the two what the other had."""
Hidden = Literal["", "few", "halves", "alike"]


@dataclass(frozen=True, slots=True)
class VignetteBallot:
    """One round of one person: the form, how many were right, how sure on average (0 to 1 both)."""

    form: FormName
    right: float
    sure: float


Pair = tuple[VignetteBallot, VignetteBallot]
"""Both rounds of one person."""


class Learned(BaseModel):
    """What everybody may see; shares, points and how sure in whole percent. All but `pairs` is None
    where it is `hidden`; how sure is None as well where all, or all but one, were at one end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    pairs: int
    hidden: Hidden = ""
    before: int | None = None
    after: int | None = None
    effect: int | None = None
    low: int | None = None
    high: int | None = None
    sure_before: int | None = None
    sure_after: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeEstimate:
    """A change and the two ends of its interval."""

    change: float
    low: float
    high: float


def learned(pairs: Sequence[Pair], least: int) -> Learned:
    """The report on these people, as far as it may be told."""
    twice = [(first, second) for first, second in pairs if second.form == other(first.form)]
    halves = _halves(twice)
    hidden = _hidden(twice, halves, least)
    if hidden:
        return Learned(pairs=len(twice), hidden=hidden)
    before, after = (fmean(fmean(it[n].right for it in half) for half in halves) for n in (0, 1))
    found = estimate(*([_change(it) for it in half] for half in halves))
    sure = [fmean(fmean(it[n].sure for it in half) for half in halves) for n in (0, 1)]
    ends = min(SURE) / 100, max(SURE) / 100
    tells = not any(
        _nearly_all([it[n].sure == end for it in twice]) for n in (0, 1) for end in ends
    )
    return Learned(
        pairs=len(twice),
        before=_percent(before),
        after=_percent(after),
        effect=_percent(after) - _percent(before),  # as people subtract them; a point off at most
        low=_percent(max(found.low, -1)),
        high=_percent(min(found.high, 1)),
        sure_before=_percent(sure[0]) if tells else None,
        sure_after=_percent(sure[1]) if tells else None,
    )


def estimate(one: Sequence[float], two: Sequence[float]) -> ChangeEstimate:
    """The average of the average changes of two halves of two people or more each, with its
    interval."""
    from scipy.special import stdtrit  # late: a class needs it once

    freedom = len(one) + len(two) - 2
    spread = ((len(one) - 1) * variance(one) + (len(two) - 1) * variance(two)) / freedom
    change = (fmean(one) + fmean(two)) / 2
    error = sqrt(spread * (1 / len(one) + 1 / len(two))) / 2
    reach = float(stdtrit(freedom, 0.5 + LEVEL / 200)) * error
    return ChangeEstimate(change, change - reach, change + reach)


def _hidden(pairs: Sequence[Pair], halves: Sequence[Sequence[Pair]], least: int) -> Hidden:
    if len(pairs) < least:
        return "few"
    if min(map(len, halves)) < HALF:
        return "halves"
    rights = [[it[n].right == end for it in pairs] for n in (0, 1) for end in (0.0, 1.0)]
    changes = [_change(it) for it in pairs]
    same = [[it == one for it in changes] for one in {*changes}]
    return "alike" if any(map(_nearly_all, [*rights, *same])) else ""


def _nearly_all(are: Sequence[bool]) -> bool:
    """Whether it holds of all but one at most."""
    return sum(are) >= len(are) - 1


def _halves(pairs: Sequence[Pair]) -> tuple[list[Pair], list[Pair]]:
    ordered = {form: [it for it in pairs if it[0].form == form] for form in ("a", "b")}
    return ordered["a"], ordered["b"]


def _change(pair: Pair) -> float:
    return round(pair[1].right - pair[0].right, 9)  # so that equal ones are equal


def _percent(share: float) -> int:
    return round(100 * share)


# --------------------------------------------------------------------------- the lot


@dataclass(frozen=True, slots=True)
class FormLot:
    """Which form somebody has first, drawn when the first round is opened: everybody's number is a
    hash of this lot's `seed` and their id, and who is up to the `middle` number has form A. So it
    is half and half, nobody chooses, it stays when somebody leaves, and no list of it is kept."""

    seed: str
    middle: str

    @classmethod
    def drawn(cls, seed: str, people: Iterable[str]) -> FormLot:
        """The lot for these people."""
        numbers = sorted(_number(seed, it) for it in people)
        return cls(seed, numbers[(len(numbers) - 1) // 2] if numbers else "")

    def form(self, person: str) -> FormName:
        """The form that this person has first."""
        return "a" if _number(self.seed, person) <= self.middle else "b"


def _number(seed: str, person: str) -> str:
    return sha256(f"{seed} {person}".encode()).hexdigest()


# --------------------------------------------------------------------------- one person's answers


def checked(given: object, form: FormName, content: Vignettes) -> list[str] | None:
    """The answers to a whole form as they are kept, "a1 redefine 80" each in its order; None where
    they are not that."""
    wanted = [it.id for it in content.of_form(form)]
    if not isinstance(given, list) or not all(isinstance(it, str) for it in given):
        return None
    parts = {it.split(" ")[0]: it for it in given}
    if len(given) != len(wanted) or set(parts) != {*wanted}:
        return None
    known = {f"{it} {answer} {sure}" for it in wanted for answer in _ANSWERS for sure in SURE}
    return [parts[it] for it in wanted] if {*given} <= known else None


_ANSWERS = ("redefine", "optimise")


def scored(kept: Sequence[str], content: Vignettes) -> VignetteBallot | None:
    """What one round comes to; None where a situation is not there any more."""
    by_id = {it.id: it for it in content.vignettes}
    split = [it.split(" ") for it in kept]
    if not split or any(it[0] not in by_id for it in split):
        return None
    right = fmean(float(by_id[name].answer == answer) for name, answer, _ in split)
    sure = fmean(int(it) / 100 for *_, it in split)
    return VignetteBallot(by_id[split[0][0]].form, right, sure)
