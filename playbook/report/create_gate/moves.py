"""The four moves of Create, taken together: how far each is, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Assessment, Level, Sheet, Worksheet

MOVES = ("capacity", "workgroups", "supervisors", "expectations")


@dataclass(frozen=True, slots=True)
class Move:
    """One of the moves under the name of its must, with its sheet's own word."""

    id: str
    name: str
    level: Level
    word: str
    answers: str


def moves(assessment: Assessment, framework: Framework) -> tuple[Move, ...]:
    """The moves in the article's order, as far as their sheets are built."""
    found = {one.sheet: one for one in assessment.findings if one.key.startswith("must.")}
    say = framework.words.text
    return tuple(
        Move(
            id=it,
            name=found[it].heading,
            level=found[it].level,
            word=say(f"level.{found[it].level}"),
            answers=say(f"moves.answers.{it}"),
        )
        for it in MOVES
        if it in found
    )


def in_words(
    _: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The picture in sentences; none while nothing is answered, here and on the sheets."""
    told = moves(assessment, framework)
    if not worksheet.answers and all(one.level == Level.UNKNOWN for one in told):
        return []
    return moves_summary(told, framework)


def moves_summary(told: tuple[Move, ...], framework: Framework) -> list[str]:
    """A sentence a move, then what all of them come to."""
    if not told:
        return []
    say = framework.words.text
    lines = [say("moves.line", name=one.name, word=one.word, answers=one.answers) for one in told]
    ready = sum(one.level == Level.PASS for one in told)
    key = "all" if ready == len(told) else "some"
    return [*lines, say(f"moves.{key}", ready=ready, count=len(told))]
