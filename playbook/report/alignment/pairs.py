"""How well each two of people, processes and technology fit, a sentence a pair."""

from __future__ import annotations

from playbook.analysis.work_system.alignment import PAIRS, fit
from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet


def in_words(sheet: Sheet, worksheet: Worksheet, _: Assessment, framework: Framework) -> list[str]:
    """A sentence a pair, the weakest marked; none while no pair has a level."""
    say = framework.words.text
    levels: dict[tuple[str, str], int | None] = {}
    said: dict[tuple[str, str], str] = {}
    for pair in PAIRS:
        choices = sheet.question("_".join(pair)).choices
        ids = [choice.id for choice in choices]
        chosen = worksheet.answers.get("_".join(pair))
        levels[pair] = ids.index(chosen) if isinstance(chosen, str) and chosen in ids else None
        said[pair] = next((it.label for it in choices if it.id == chosen), "")
    weakest = fit(levels).weakest
    if not weakest:
        return []
    lines = []
    for pair, level in levels.items():
        key = "open" if level is None else "line_weakest" if pair in weakest else "line"
        one, other = (say(f"pairs.{name}") for name in pair)
        lines.append(say(f"pairs.{key}", one=one, other=other, level=level, says=said[pair]))
    return lines
