"""Each sort of work has a thread of its own, so that none holds up the others.

Saving goes before everything else, here and with the file. What takes long is bounded: for each
person, and in all.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

from playbook.model import PlaybookError
from playbook.model.wording import Words
from playbook.store.priority_lock import go_first

P = ParamSpec("P")
R = TypeVar("R")

HASHES_EACH, HASHES = 5, 20
"""Passwords under way from one address, and in all; each takes a tenth of a second."""
LONG_EACH, LONG = 2, 100
"""Reports, exports and imports under way for one browser, and in all: a class that goes home."""

LONG_CALLS = {"export", "import_"}
ERASING = {"erase_field", "erase_worksheet", "erase_everything"}
"""These rewrite the file; whoever saves goes in between."""


class BusyError(PlaybookError):
    """There is as much under way as may be; the sentence says to try again."""


class BoundedExecutor:
    """One thread: what is asked of it is done in turn.

    `each` is how much one person may have under way, `most` how much all of them may.
    """

    def __init__(
        self,
        name: str,
        words: Words,
        each: int | None = None,
        most: int | None = None,
        begin: Callable[[], None] = lambda: None,
    ) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=name, initializer=begin)
        self._words, self._each, self._most = words, each, most
        self._under_way: Counter[str] = Counter()

    async def run(self, who: str, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What `function` returns; BusyError when `who` or all together ask for too much.

        It counts until it is done, also when nobody waits for it any more.
        """
        self._begin(who)
        loop = asyncio.get_running_loop()
        work = loop.run_in_executor(self._thread, lambda: function(*args, **kwargs))
        work.add_done_callback(lambda _: self._done(who))
        return await asyncio.shield(work)

    async def pieces(self, who: str, made: Iterator[R]) -> AsyncGenerator[R, None]:
        """What `made` yields, each made when the one before was taken; BusyError before the first.

        All of it counts as one thing, so that what has begun is never cut short.
        """
        self._begin(who)
        loop, end = asyncio.get_running_loop(), object()
        try:
            while (piece := await loop.run_in_executor(self._thread, next, made, end)) is not end:
                yield piece  # type: ignore[misc]
        finally:
            self._done(who)

    def _begin(self, who: str) -> None:
        if self._each is not None and self._under_way[who] >= self._each:
            raise BusyError(self._words.text("host.yours"))
        if self._most is not None and self._under_way.total() >= self._most:
            raise BusyError(self._words.text("host.busy"))
        self._under_way[who] += 1

    def _done(self, who: str) -> None:
        self._under_way[who] -= 1
        self._under_way += Counter()  # forgets who has nothing under way

    def close(self) -> None:
        """Take no more, and end what is begun."""
        self._thread.shutdown(cancel_futures=True)


class HostExecutors:
    """Those of one host: `saves` for what kernels ask in a moment, `pages` for doors, desk, room,
    `hashing` for passwords, `long` for reports, exports and imports."""

    def __init__(self, words: Words) -> None:
        self.saves = BoundedExecutor("saves", words, begin=go_first)
        self.pages = BoundedExecutor("pages", words)
        self.hashing = BoundedExecutor("hashing", words, HASHES_EACH, HASHES)
        self.long = BoundedExecutor("long", words, LONG_EACH, LONG)

    def of_call(self, name: str) -> BoundedExecutor:
        """The executor of a kernel's call."""
        if name in LONG_CALLS:
            return self.long
        return self.pages if name in ERASING else self.saves

    def close(self) -> None:
        """Take no more."""
        for executor in (self.saves, self.pages, self.hashing, self.long):
            executor.close()
