"""How fast the group learns: actions agreed, done and looked back on, added up week by week.

A slope is drawn and no word judges it. A week without a check-in is a gap and counts for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from playbook.analysis.practices.weeks import check_ins, every_week
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.model.wording import Words
from playbook.worksheet.visibility import visible_answers

TABLE = "check_ins"
KINDS = ("agreed", "done", "looked_back")
LATELY = 4
LEAST_WEEKS = 2


@dataclass(frozen=True, slots=True)
class LearningWeek:
    """A calendar week by its number from the first check-in, and what there was up to then of each
    of KINDS; None in a week without a check-in."""

    number: int
    counts: tuple[int, ...] | None


def learning_weeks(sheet: Sheet, worksheet: Worksheet) -> tuple[LearningWeek, ...]:
    """Each week from the first check-in to the last; none before there are two.

    What a check-in says that reflection changed belongs to the actions before it.
    """
    rows = worksheet.rows(TABLE)
    found = check_ins(visible_answers(sheet, worksheet, TABLE, row) for row in rows)
    if len(found) < LEAST_WEEKS:
        return ()
    told, (agreed, done, back), acted = [], (0, 0, 0), False
    for number, one in every_week(found):
        if one is None:
            told.append(LearningWeek(number, None))
            continue
        agreed += one.has("action")
        done += one.has("action") and one.has("done")
        back += acted and one.has("changed")
        acted = one.has("action")
        told.append(LearningWeek(number, (agreed, done, back)))
    return tuple(told)


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    return learning_summary(learning_weeks(sheet, worksheet), framework.words)


def learning_summary(weeks: Sequence[LearningWeek], words: Words) -> list[str]:
    """How many of each kind there are, how many of the last four weeks, and how many gaps."""
    if not weeks:
        return []
    last = _counts(weeks, weeks[-1].number)
    before = _counts(weeks, weeks[-1].number - LATELY)
    lines = [
        words.text(f"learning.line.{kind}", week=weeks[-1].number, count=now, lately=now - earlier)
        for kind, now, earlier in zip(KINDS, last, before, strict=True)
    ]
    gaps = sum(week.counts is None for week in weeks)
    return [*lines, words.text("learning.gaps", count=gaps)] if gaps else lines


def _counts(weeks: Sequence[LearningWeek], number: int) -> tuple[int, ...]:
    """What there was up to a week."""
    told = (week.counts for week in reversed(weeks) if week.number <= number and week.counts)
    return next(told, (0,) * len(KINDS))
