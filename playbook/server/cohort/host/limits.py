"""How often somebody may try: wrong codes and passwords are counted, right ones are not.

So sixty people behind one address come in within a minute, and nobody tries codes by the thousand.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

WINDOW_SECONDS = 60.0
FROM_ONE_PLACE = 30
FROM_EVERYWHERE = 3000
"""Wrong tries within the window. Of 32**8 codes somebody would find one in some thousand years."""


class AttemptLimiter:
    """Wrong tries of the last minute, by place (an address, an account's name) and in all."""

    def __init__(
        self,
        place_limit: int = FROM_ONE_PLACE,
        limit: int = FROM_EVERYWHERE,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place_limit, self._limit, self._clock = place_limit, limit, clock
        self._wrong: deque[tuple[float, str]] = deque()

    def allowed(self, place: str) -> bool:
        """Whether another try from `place` is let through."""
        since = self._clock() - WINDOW_SECONDS
        while self._wrong and self._wrong[0][0] <= since:
            self._wrong.popleft()
        here = sum(1 for _, known in self._wrong if known == place)
        return here < self._place_limit and len(self._wrong) < self._limit

    def wrong(self, place: str) -> None:
        """A try from `place` was wrong."""
        self._wrong.append((self._clock(), place))
