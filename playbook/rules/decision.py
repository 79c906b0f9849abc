"""What every gate asks of a decision: open points with a reason, a name, a day for the next look.

No sheet's rules: the gates' modules register these under the rows that they rest on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from playbook.model import Level
from playbook.rules import Case, Hit

GOES_ON = ("go", "continue", "scale")
"""The decisions with which something goes on, at whichever gate."""


def open_points(case: Case, musts: Iterable[str]) -> Iterator[Hit]:
    """Going on while a must is not ready: "anyway" with the points and a reason in writing, else
    "unexplained"."""
    unmet = any(case.carried.get(must) != Level.PASS for must in musts)
    if unmet and case.answered("go_on", *GOES_ON):
        written = case.get("unsettled") and case.get("because")
        yield Hit("anyway" if written else "unexplained", ("unsettled", "because"))


def name_under_it(case: Case) -> Iterator[Hit]:
    """A decision for which nobody answers is "unsigned"."""
    if case.get("go_on") and not case.get("decided_by"):
        yield Hit("unsigned", ("decided_by",))


def next_look(case: Case) -> Iterator[Hit]:
    """Going on or fixing without a day is "no_end"; a day that has passed is "past"."""
    day = case.day("look_again")
    if case.answered("go_on", *GOES_ON, "fix") and day is None:
        yield Hit("no_end", ("look_again",))
    if day and day < case.today:
        yield Hit("past", ("look_again",), {"days": (case.today - day).days})
