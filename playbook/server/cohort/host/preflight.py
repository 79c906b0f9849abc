"""What the check before the day finds out: which devices get through, and how many people fit."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

OPEN_MINUTES = 60
GREETINGS = 50
VISITOR_MB, SERVER_MB = 30, 400
"""Memory of one open page and of the server, as measured, rounded up."""
OPENS_A_MINUTE = 60
"""Pages that one core opens within a minute while others are being answered."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """A device that reached /hello: what it is, roughly, and whether its socket passed."""

    device: str
    socket: bool


@dataclass
class Preflight:
    """Which devices said hello; only while a trainer looks, and for an hour after."""

    clock: Callable[[], float] = time.monotonic
    greetings: deque[Greeting] = field(default_factory=lambda: deque(maxlen=GREETINGS))
    _until: float = 0.0

    def begin(self) -> None:
        """A trainer opened the page: strangers may say hello for an hour, from now on."""
        self.greetings.clear()
        self._until = self.clock() + OPEN_MINUTES * 60

    @property
    def is_open(self) -> bool:
        """Whether anybody may say hello now."""
        return self.clock() < self._until

    def note(self, agent: str, socket: bool) -> None:
        """A device said hello."""
        self.greetings.append(Greeting(_kind(agent), socket))


def holds(available_mb: float, cores: int) -> int:
    """How many open pages fit: by memory, and by what the cores open within the first minute."""
    by_memory = (available_mb - SERVER_MB) / VISITOR_MB
    return max(0, int(min(by_memory, cores * OPENS_A_MINUTE)))


def _kind(agent: str) -> str:
    """What sort of device it is, of the few words that say so; never the whole text."""
    for word in ("iPhone", "iPad", "Android", "Windows", "Macintosh", "Linux"):
        if word in agent:
            return word
    return "?"
