"""Where work stands today and where it should lead, respect by respect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet

NOW, WANTED = "_now", "_wanted"
"""Two scales with the same points make a respect: objective_now and objective_wanted."""


@dataclass(frozen=True, slots=True)
class Respect:
    """One pair of scales: points count from 0, None while nothing is chosen."""

    id: str
    name: str
    labels: tuple[str, ...]
    now: int | None
    wanted: int | None

    def told(self, point: int | None) -> str:
        """The anchor in words."""
        return "" if point is None else self.labels[point]


def respects(sheet: Sheet, worksheet: Worksheet, words: Mapping[str, str]) -> list[Respect]:
    """The pairs of which something is placed, in the sheet's order."""
    pairs = [scale.removesuffix(NOW) for scale in sheet.scales if scale.endswith(NOW)]
    found = [_respect(sheet, worksheet, pair, words) for pair in pairs]
    return [one for one in found if one.now is not None or one.wanted is not None]


def _respect(sheet: Sheet, worksheet: Worksheet, pair: str, words: Mapping[str, str]) -> Respect:
    labels = tuple(choice.label for choice in sheet.question(pair + NOW).choices)
    now, wanted = (_point(sheet, worksheet, pair + when) for when in (NOW, WANTED))
    return Respect(pair, words[f"name.{pair}"], labels, now, wanted)


def _point(sheet: Sheet, worksheet: Worksheet, question: str) -> int | None:
    given = worksheet.answers.get(question)
    return sheet.scales[question].index(str(given)) if given else None


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences."""
    words = framework.words.group("shifts_chart")
    return shifts_summary(respects(sheet, worksheet, words), framework)


def shifts_summary(placed: Sequence[Respect], framework: Framework) -> list[str]:
    """The picture in sentences, one a respect; points are told from 1 up."""
    return [framework.words.text(f"shifts_chart.{_key(one)}", **_told(one)) for one in placed]


def _key(one: Respect) -> str:
    if one.wanted is None:
        return "line_today"
    return "line_wanted" if one.now is None else "line_both"


def _told(one: Respect) -> dict[str, Any]:
    return {
        "name": one.name,
        "now": one.told(one.now),
        "wanted": one.told(one.wanted),
        "at": None if one.now is None else one.now + 1,
        "to": None if one.wanted is None else one.wanted + 1,
        "points": len(one.labels),
    }
