"""Problems that groups might work on: how worthwhile each is, and in which order.

What counts is ours: worth x reach x how well it is known, less for more effort. Each is one of
three steps (3, 2, 1), effort halves or quarters it (weeks, months, longer). So the order means
something and the number itself does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from playbook.model import Value

WORTH = {"large": 3, "medium": 2, "small": 1}
REACH = {"many": 3, "some": 2, "few": 1}
KNOWN = {"measured": 3, "heard": 2, "believed": 1}
EFFORT = {"weeks": 1.0, "months": 2.0, "longer": 4.0}


@dataclass(frozen=True, slots=True)
class ListedProblem:
    """A row of the portfolio; "" where something is not said."""

    row: str
    name: str
    state: str = ""
    worth: str = ""
    reach: str = ""
    known: str = ""
    effort: str = ""
    origin: str = ""
    since: str = ""
    group: str = ""
    why: str = ""

    @property
    def open(self) -> tuple[str, ...]:
        """What of worth, reach and evidence is not said."""
        return tuple(name for name in ("worth", "reach", "known") if not getattr(self, name))

    @property
    def rank(self) -> float | None:
        """The higher, the more worthwhile; None while something is open."""
        if self.open:
            return None
        size = WORTH[self.worth] * REACH[self.reach] * KNOWN[self.known]
        return size / EFFORT.get(self.effort, 1.0)


def problems_of(rows: Iterable[tuple[str, Mapping[str, Value]]]) -> tuple[ListedProblem, ...]:
    """The rows that have a name, in their order."""
    names = {
        "group": "by_group",
        "why": "dropped_why",
        **{name: name for name in ("state", "worth", "reach", "known", "effort")},
        "origin": "origin",
        "since": "since",
    }
    return tuple(
        ListedProblem(
            row, str(it["problem"]), **{name: str(it.get(of, "")) for name, of in names.items()}
        )
        for row, it in rows
        if it.get("problem")
    )


def ranked(problems: Iterable[ListedProblem]) -> list[ListedProblem]:
    """Those whose rank is known, the most worthwhile first, equals by their names."""
    known = [it for it in problems if it.rank is not None]
    return sorted(known, key=lambda it: (-(it.rank or 0), it.name))
