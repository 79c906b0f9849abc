"""Who waits for news of a class is woken when something was done there."""

from __future__ import annotations

import asyncio

from playbook.cohort.types import Member


class ChangeNotifier:
    """One bell for each class, and one for those of it who see more than participants do.

    So sixty answers wake the desk and the screen sixty times, and not sixty people.
    """

    def __init__(self) -> None:
        self._bells: dict[tuple[str, bool], asyncio.Event] = {}

    def next(self, who: Member) -> asyncio.Event:
        """Is set the next time the bell rings for `who`."""
        return self._bells.setdefault((who.cohort, who.role.answers), asyncio.Event())

    def ring(self, cohort: str, for_all: bool = True) -> None:
        """Something was done: all hear of it, or only those who do not answer."""
        for answers in (False, True) if for_all else (False,):
            if bell := self._bells.pop((cohort, answers), None):
                bell.set()
