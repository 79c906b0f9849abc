"""The planning dial: what is critical now, what comes later, what never; too little or too much."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet

TABLE, WHAT, WHEN = "preparations", "preparation", "prepare_when"
MOST = "critical_now_most"
PLACES = ("now", "later", "never")
OPEN = "open"
"""Where preparations are that nobody has placed yet."""

Zone = Literal["too_little", "critical", "too_much"]


@dataclass(frozen=True, slots=True)
class Dial:
    """The preparations by when they are needed, in the person's order, and how many are enough."""

    placed: Mapping[str, tuple[str, ...]]
    most: int

    @property
    def now(self) -> tuple[str, ...]:
        """What is critical now."""
        return self.placed["now"]

    @property
    def zone(self) -> Zone | None:
        """What the dial points to; None while nothing is placed."""
        if not any(self.placed[place] for place in PLACES):
            return None
        if not self.now:
            return "too_little"
        return "too_much" if len(self.now) > self.most else "critical"


def dial_of(worksheet: Worksheet, framework: Framework) -> Dial:
    """The dial of a worksheet; a row without a name still counts, as it does for the rule."""
    unnamed = framework.words.text("dial.unnamed")
    found: dict[str, list[str]] = {place: [] for place in (*PLACES, OPEN)}
    for row in worksheet.rows(TABLE):
        when = row.answers.get(WHEN)
        if when or row.answers.get(WHAT):
            name = str(row.answers.get(WHAT) or unnamed)
            found[str(when) if when in PLACES else OPEN].append(name)
    most = round(framework.threshold_values[MOST])
    return Dial({place: tuple(names) for place, names in found.items()}, most)


def in_words(_: Sheet, worksheet: Worksheet, __: Assessment, framework: Framework) -> list[str]:
    """The picture in sentences; none while nothing is placed."""
    return dial_summary(dial_of(worksheet, framework), framework)


def dial_summary(dial: Dial, framework: Framework) -> list[str]:
    """Where the dial stands, then a sentence for each place that has something."""
    if dial.zone is None:
        return []
    say = framework.words.text
    lines = [say(f"dial.says.{dial.zone}", count=len(dial.now), most=dial.most)]
    for place in (*PLACES, OPEN):
        if names := dial.placed[place]:
            told = "; ".join(name.rstrip(".") for name in names)
            lines.append(say(f"dial.{place}", count=len(names), names=told))
    return lines
