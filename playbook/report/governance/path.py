"""Five phases with the gates between them: where somebody stands, and which day each has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.worksheet.kinds import choice_labels
from playbook.worksheet.kinds.date import written_date
from playbook.worksheet.visibility import visible_answers

Stop = tuple[Literal["phase", "gate"], str, float]
STOPS: tuple[Stop, ...] = (
    ("phase", "discovery", 0),
    ("phase", "design", 1),
    ("gate", "pilot", 1.5),
    ("phase", "pilot", 2),
    ("gate", "evaluate", 3),
    ("gate", "scale", 3),
    ("phase", "rollout", 3),
    ("phase", "refine", 4),
)
"""In their order; a gate lies behind from the phase on that it opens."""

WHERE: Mapping[str, tuple[str, str, str]] = {
    "phase": ("phases", "phase_of", "phase_day"),
    "gate": ("gates", "gate", "gate_day"),
}
"""The table that holds the days of each, with its questions."""


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences: the next gate, then each phase and gate in their order."""
    answers, words = visible_answers(sheet, worksheet), framework.words
    if not answers.get("phase"):
        return []
    order = [one.id for one in sheet.question("phase").choices]
    now = order.index(str(answers["phase"]))
    day = answers.get("next_gate")
    lines = [words.text("path.next", day=_written(day, framework)) if day else ""]
    for kind, stop, reached in STOPS:
        table, question, _day = WHERE[kind]
        names = choice_labels(sheet.question(question, table), words)
        line = words.text(f"path.{kind}_{_state(kind, reached, now)}", name=names[stop])
        days = _days(sheet, worksheet, kind, stop)
        if days:
            line += " " + words.text(f"path.{kind}_day", day=_written(days[-1], framework))
        lines.append(line)
    return [line for line in lines if line]


def _state(kind: str, reached: float, now: int) -> str:
    if kind == "phase" and reached == now:
        return "here"
    return "behind" if reached <= now else "ahead"


def _days(sheet: Sheet, worksheet: Worksheet, kind: str, stop: str) -> list[str]:
    table, question, day = WHERE[kind]
    told = (visible_answers(sheet, worksheet, table, row) for row in worksheet.rows(table))
    return sorted(str(row[day]) for row in told if row.get(question) == stop and row.get(day))


def _written(day: Value, framework: Framework) -> str:
    return written_date(date.fromisoformat(str(day)), framework.words)
