"""The system around the pilot, for the pages of Recognise and Create: what a first change may set
in motion, and what is settled about it. Nothing is told until somebody filled in those sheets.
"""

from __future__ import annotations

from dataclasses import dataclass

from playbook.report.brief.facts import Facts, Lists, Pictures, Texts

SETTLED, ALL = "protections_settled", 3


@dataclass(frozen=True)
class System(Facts):
    """The figures of the map, and of path and governance."""

    @property
    def texts(self) -> Texts:
        """Figures by name."""
        return {"change_reaches": self.change_reaches, "protected": self.protected}

    @property
    def lists(self) -> Lists:
        """Lists by name: none."""
        return {}

    @property
    def pictures(self) -> Pictures:
        """Pictures by name: none."""
        return {}

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
