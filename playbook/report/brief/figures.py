"""What a brief shows that no answer says as it stands: figures, lists and pictures, by the names
that content/briefs gives them.

Each is worked out from what the sheets show, so a brief never has a second estimate.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from playbook.report.brief.act import Act
from playbook.report.brief.brief import Picture
from playbook.report.brief.create import Create
from playbook.report.brief.facts import Facts, Item
from playbook.report.brief.recognise import Recognise
from playbook.report.brief.system import System
from playbook.worksheet.kinds.date import written_date

BUILDERS = (Recognise, Create, Act, System)
"""What works figures out, one class a stage and one for the system around the pilot; a name belongs
to one of them."""


@dataclass(frozen=True)
class Figures(Facts):
    """The worked-out figures of one page; None, or nothing, where answers lack."""

    @cached_property
    def _builders(self) -> tuple[Recognise | Create | Act | System, ...]:
        return tuple(one(self.workbook, self.gate, self.private) for one in BUILDERS)

    def text(self, name: str) -> str | None:
        """A figure in words, {name} in the content; KeyError where there is none of that name."""
        if name == "today":
            return written_date(self.today, self.words)
        if name == "stopped":
            return self.stopped()
        if name == "held":
            return self.held()
        if name == "against":
            return self.against()
        known = {key: make for one in self._builders for key, make in one.texts.items()}
        return known[name]()

    def items(self, name: str) -> list[Item]:
        """A worked-out list, `each` in the content; KeyError where there is none of that name."""
        if name == "open":
            return self.open_points
        if name == "noted":
            return self.noted()
        known = {key: make for one in self._builders for key, make in one.lists.items()}
        return known[name]()

    def picture(self, kind: str) -> Picture | None:
        """A picture's data; None while there is nothing to draw."""
        known = {key: make for one in self._builders for key, make in one.pictures.items()}
        return known[kind]()
