"""The lock of a connection that many threads share: some go first, all in their order."""

from __future__ import annotations

import threading
from heapq import heapify, heappop, heappush
from itertools import count

_here = threading.local()


def go_first() -> None:
    """From now on this thread goes before all that have not said so."""
    _here.rank = 0


class PriorityLock:
    """A lock that is handed on: to who goes first, and among equals to who came first.

    A lock of Python's is taken by whoever is awake, so that a thread which takes it again and again
    may keep all others waiting.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._taken = False
        self._waiting: list[tuple[int, int, threading.Lock]] = []
        self._numbers = count()

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def acquire(self) -> None:
        """Wait for one's turn."""
        with self._guard:
            if not self._taken:
                self._taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            mine = (getattr(_here, "rank", 1), next(self._numbers), turn)
            heappush(self._waiting, mine)
        try:
            turn.acquire()
        except BaseException:  # Ctrl+C while waiting
            self._leave(mine)
            raise

    def release(self) -> None:
        """Hand it on."""
        with self._guard:
            self._hand_on()

    def _hand_on(self) -> None:
        if self._waiting:
            heappop(self._waiting)[2].release()
        else:
            self._taken = False

    def _leave(self, mine: tuple[int, int, threading.Lock]) -> None:
        """Wait no more; a turn that was given meanwhile is handed on."""
        with self._guard:
            if mine in self._waiting:
                self._waiting.remove(mine)
                heapify(self._waiting)
            else:
                self._hand_on()
