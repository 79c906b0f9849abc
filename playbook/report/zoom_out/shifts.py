"""Where work stands today and where it should lead, respect by respect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Value, Worksheet
from playbook.worksheet.visibility import visible_answers

NOW, WANTED = "_now", "_wanted"
"""Two scales with the same points make a respect: objective_now and objective_wanted."""


@dataclass(frozen=True, slots=True)
class Respect:
    """One pair of scales: points count from 0; today is None until it is chosen."""

    id: str
    name: str
    labels: tuple[str, ...]
    wanted: int
    now: int | None

    def told(self, point: int | None) -> str:
        """The anchor in words."""
        return "" if point is None else self.labels[point]


def respects(sheet: Sheet, worksheet: Worksheet, words: Mapping[str, str]) -> list[Respect]:
    """The pairs of which it is said what is wanted, in the sheet's order."""
    answers = visible_answers(sheet, worksheet)
    pairs = [scale.removesuffix(WANTED) for scale in sheet.scales if scale.endswith(WANTED)]
    return [_respect(sheet, answers, pair, words) for pair in pairs if pair + WANTED in answers]


def _respect(
    sheet: Sheet, answers: Mapping[str, Value], pair: str, words: Mapping[str, str]
) -> Respect:
    labels = tuple(choice.label for choice in sheet.question(pair + WANTED).choices)
    points, now = sheet.scales[pair + WANTED], answers.get(pair + NOW)
    wanted = points.index(str(answers[pair + WANTED]))
    return Respect(
        pair, words[f"name.{pair}"], labels, wanted, points.index(str(now)) if now else None
    )


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    words = framework.words.group("shifts")
    return shifts_summary(respects(sheet, worksheet, words), framework)


def shifts_summary(placed: Sequence[Respect], framework: Framework) -> list[str]:
    """The picture in sentences, one a respect; points are told from 1 up."""
    return [framework.words.text(f"shifts.{_key(one)}", **_told(one)) for one in placed]


def _key(one: Respect) -> str:
    return "line_wanted" if one.now is None else "line_both"


def _told(one: Respect) -> dict[str, Any]:
    return {
        "name": one.name,
        "now": one.told(one.now),
        "wanted": one.told(one.wanted),
        "at": None if one.now is None else one.now + 1,
        "to": one.wanted + 1,
        "points": len(one.labels),
    }
