"""The system around the pilot, for the pages of Recognise and Create: the word of each sheet, what
it found first, and what it asks for next. Nothing is told until somebody filled in those sheets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from playbook.assessing.workbook import Entry
from playbook.model import VERDICTS, Level
from playbook.report.brief.facts import Facts, Item, Lists, Pictures, Texts
from playbook.report.brief.fit import cut_text
from playbook.report.steps import first_to_settle
from playbook.report.summary import sentence

STAGE = "work_system"
FIRST = {"create_gate": "governance"}
"""Of sheets that are equally far, the one that a gate's page tells first."""

SETTLED, ALL = "protections_settled", 3
MOST = 110
"""Columns of a finding or a step on the page: a line and a bit."""

WORTH_TELLING: Mapping[str, str] = {
    "flow": "WS-024.efficiency",
    "alignment": "WS-044.fits",
    "scorecard": "WS-063.watched",
    "seven_steps": "WS-095.count",
}
"""What a sheet has to tell once it is ready: its finding by key."""


@dataclass(frozen=True)
class System(Facts):
    """What the sheets around the pilot come to."""

    @property
    def texts(self) -> Texts:
        """Figures by name."""
        return {"system_words": self.words_of_sheets}

    @property
    def lists(self) -> Lists:
        """Lists by name: the sheet that needs most, then the others."""
        return {"system_first": lambda: self._items[:1], "system_rest": lambda: self._items[1:]}

    @property
    def pictures(self) -> Pictures:
        """Pictures by name: none."""
        return {}

    def words_of_sheets(self) -> str | None:
        """The other sheets that somebody filled in by their word, what is far from ready first."""
        told, others = [], self._entries[1:]
        for level in VERDICTS:
            of = [self._title(it) for it in others if it.assessment.verdict == level]
            word = self.words.text(f"level.{level}")
            if of:
                told.append(self.say("system_word", word=word, sheets=", ".join(of)))
        return " ".join(told) or None

    @cached_property
    def _entries(self) -> list[Entry]:
        """The sheets that somebody filled in, what is far from ready first."""
        framework, first = self.workbook.framework, FIRST.get(self.gate.id)
        names = next((one.sheets for one in framework.stages if one.id == STAGE), ())
        found = [entry for name in names if (entry := self.entry(name))]
        found.sort(key=lambda it: (VERDICTS.index(it.assessment.verdict), it.sheet.id != first))
        return found

    @cached_property
    def _items(self) -> list[Item]:
        return [
            Item(
                {
                    "sheet": self._title(it),
                    "word": self.words.text(f"level.{it.assessment.verdict}"),
                    "main": self._main(it),
                    "step": self._next(it),
                }
            )
            for it in self._entries
        ]

    def _title(self, entry: Entry) -> str:
        return self.workbook.framework.titles[entry.sheet.id]

    def _main(self, entry: Entry) -> str:
        """What keeps a sheet from being ready; of one that is, what it has to tell."""
        assessment = self.told(entry)
        if assessment.verdict != Level.PASS:
            first = first_to_settle(assessment, self.workbook.framework)
            if first and not first.is_missing:
                return f"{first.heading}."
            return sentence(entry.sheet, assessment.verdict, self.workbook.framework)
        known: Mapping[str, Callable[[], str | None]] = {
            "system_map": self.change_reaches,
            "governance": self.protected,
        }
        if (own := known.get(entry.sheet.id)) and (found := own()):
            return found
        wanted = WORTH_TELLING.get(entry.sheet.id)
        text = next((it.text for it in assessment.findings if it.key == wanted), "")
        return cut_text(
            text or sentence(entry.sheet, assessment.verdict, self.workbook.framework), MOST
        )

    def _next(self, entry: Entry) -> str:
        if entry.assessment.verdict == Level.PASS:
            return ""
        return cut_text(self.step(entry.sheet.id), MOST)

    def change_reaches(self) -> str | None:
        """How many other parts the first change can reach; None without one that reaches any."""
        count = self.number("system_map", "map_reached")
        part = dict(self.rows("system_map", "parts")).get(
            str(self.answers("system_map").get("change"))
        )
        if count in (None, "0") or part is None or not part.get("part"):
            return None
        key = "change_reaches_one" if count == "1" else "change_reaches"
        return self.say(key, part=part["part"], count=count)

    def protected(self) -> str | None:
        """That somebody decides, owns risks and is called, or how much of it is settled."""
        count = self.number("governance", SETTLED)
        if count is None:
            return None
        return self.say("protected_all" if count == str(ALL) else "protected_some", count=count)
