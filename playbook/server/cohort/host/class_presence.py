"""Who is here: whose browser asks for news of their class, which it does while it is looked at."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from playbook.cohort.types import Member

HERE = 60.0
"""Seconds after the last question; a page that is looked at asks every 25 (host.long_poll)."""


@dataclass
class ClassPresence:
    """When each member last asked for news, in this process alone: nothing of it is kept."""

    clock: Callable[[], float] = time.monotonic
    _asked: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))

    def note(self, who: Member) -> None:
        """Somebody looks at a page of their class."""
        self._asked[who.cohort][who.id] = self.clock()

    def here(self, cohort: str) -> frozenset[str]:
        """The ids of those who are here."""
        since = self.clock() - HERE
        return frozenset(it for it, at in dict(self._asked[cohort]).items() if at >= since)
