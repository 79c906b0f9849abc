"""The board of obstacles in sentences, and what is open for weekly page and sponsor page."""

from __future__ import annotations

from datetime import date

from playbook.analysis.obstacles import STATES, Obstacle, blocked, by_kind, obstacles_of
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet

TABLE = "obstacles"


def obstacles_in(worksheet: Worksheet, today: date | None) -> tuple[Obstacle, ...]:
    """The obstacles of a worksheet as they stand on `today`, the day of its assessment."""
    rows = worksheet.rows(TABLE)
    day = today or date.min  # of what nobody assessed nothing is old
    return obstacles_of([row.answers for row in rows], [row.id for row in rows], day)


def labels(sheet: Sheet, question: str) -> dict[str, str]:
    """The choices of a question of the board by their ids."""
    return {choice.id: choice.label for choice in sheet.question(question, TABLE).choices}


def in_words(
    sheet: Sheet, worksheet: Worksheet, assessment: Assessment, framework: Framework
) -> list[str]:
    """The board in sentences: counts by column, kinds, and what they block; none while it is
    empty."""
    listed, words = obstacles_in(worksheet, assessment.today), framework.words
    if not listed:
        return []
    states, kinds, blocks = (labels(sheet, one) for one in ("state", "kind", "blocks"))
    said = [
        words.text("obstacles.says.state", state=states[state], count=count)
        for state in STATES
        if (count := sum(one.state == state for one in listed))
    ]
    open_kind = words.text("obstacles.no_kind")
    said += [
        words.text("obstacles.says.kind", kind=kinds.get(kind, open_kind), count=count)
        for kind, count in by_kind(listed)
    ]
    for (kind, block), count in blocked(listed).items():
        told = {"kind": kinds.get(kind, open_kind), "block": blocks[block], "count": count}
        said.append(words.text("obstacles.says.blocks", **told))
    days = round(framework.thresholds["obstacle_sponsor_days"].value)
    if old := sum(one.is_sponsors(days) for one in listed):
        said.append(words.text("obstacles.says.sponsor", count=old, days=days))
    return said
