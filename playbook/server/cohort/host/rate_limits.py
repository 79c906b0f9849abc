"""How often somebody may try codes, links and passwords, and how fast people come in.

A try is counted when it begins, so that three hundred at once are three hundred; a right one is
taken back. Past the limit a wrong try is answered with "please wait", and a right one passes: who
knows the code is not kept out by a stranger behind the same address. So these limits tell a person
to slow down, and what keeps a guesser out is the length of what is guessed: of 40 bits somebody who
tries a thousand codes a second would find one in seventeen years, and a code lives twelve hours.
Passwords are shorter than that, and cost a tenth of a second of a core each: they are tried one
after the other from one address (`FairQueue`), and more slowly for a name that is being guessed.
"""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, deque
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial

from playbook.cohort.types import Member

WINDOW_SECONDS = 60.0
FROM_ONE_PLACE = 30
"""Wrong tries of one sort from one address within the window."""
FOR_ONE_NAME = 10
"""Wrong passwords for one account's name within the window, from wherever they come."""


class AttemptKind(StrEnum):
    """What somebody tries; each is counted for itself."""

    CODE = "code"
    LINK = "link"
    PASSWORD = "password"


@dataclass(eq=False, slots=True)
class Attempt:
    """A try that is counted; `over` says that there were too many before it already."""

    at: float
    keys: tuple[str, ...]
    over: bool
    counts: bool = field(default=True)


class AttemptLimiter:
    """The tries of the last minute that were not right, by sort and place."""

    def __init__(
        self,
        place_limit: int = FROM_ONE_PLACE,
        name_limit: int = FOR_ONE_NAME,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._place_limit, self._name_limit, self._clock = place_limit, name_limit, clock
        self._tries: deque[Attempt] = deque()
        self._counts: Counter[str] = Counter()

    def begin(self, sort: AttemptKind, place: str, name: str = "") -> Attempt:
        """Count a try from an address, and for the name of an account if there is one."""
        self._forget_old()
        limits = {f"{sort} from {place}": self._place_limit}
        if name:
            limits[f"{sort} for {name}"] = self._name_limit
        over = any(self._counts[key] >= limit for key, limit in limits.items())
        made = Attempt(self._clock(), tuple(limits), over)
        self._tries.append(made)
        self._counts.update(made.keys)
        return made

    def right(self, one: Attempt) -> None:
        """It was right, so it does not count."""
        if not one.counts:
            return
        one.counts = False
        for key in one.keys:
            self._counts[key] -= 1
            if not self._counts[key]:
                del self._counts[key]

    def is_guessed(self, name: str) -> bool:
        """Whether so many passwords were wrong for this account's name that somebody guesses."""
        self._forget_old()
        return self._counts[f"{AttemptKind.PASSWORD} for {name}"] > self._name_limit

    def _forget_old(self) -> None:
        since = self._clock() - WINDOW_SECONDS
        while self._tries and self._tries[0].at <= since:
            self.right(self._tries.popleft())


PATIENCE_SECONDS = 10.0
"""Twenty guesses in a row take four seconds; on a machine that is busy, three times as long."""
WAITING_EACH, WAITING = 100, 1000
"""Passwords that wait for their turn, for each key and in all."""
BETWEEN_GUESSES = 0.1
"""Seconds from one password to the next for a name that somebody guesses at."""


class QueueTimeoutError(Exception):
    """There was no turn in time."""


class FairQueue:
    """One at a time for each key, in the order they came; whoever waits too long is sent away.

    So whoever comes after a burst has their turn within seconds: those before have gone by then.
    """

    def __init__(self, patience: float = PATIENCE_SECONDS) -> None:
        self._patience = patience
        self._locks: dict[str, asyncio.Lock] = {}
        self._here: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, key: str, pause: float = 0.0) -> AsyncIterator[None]:
        """One's turn, after which nobody of this key has one for `pause` seconds.

        NoTurnError when that takes longer than patience lasts, or too many wait already.
        """
        if self._here[key] >= WAITING_EACH or self._here.total() >= WAITING:
            raise QueueTimeoutError
        lock = self._locks.setdefault(key, asyncio.Lock())
        self._here[key] += 1
        try:
            await asyncio.wait_for(lock.acquire(), self._patience)
        except BaseException as error:
            self._leave(key)
            if isinstance(error, TimeoutError):
                raise QueueTimeoutError from None
            raise
        try:
            yield
        finally:
            asyncio.get_running_loop().call_later(pause, self._over, key, lock)

    def _over(self, key: str, lock: asyncio.Lock) -> None:
        lock.release()
        self._leave(key)

    def _leave(self, key: str) -> None:
        self._here[key] -= 1
        if not self._here[key]:
            del self._here[key], self._locks[key]


AT_ONCE, A_SECOND = 30, 3.0
"""People who come into one class at once, and steadily: sixty within ten seconds."""
LONGEST_WAIT = 15.0
SAME_CLICK_SECONDS = 10.0


class AdmissionLimiter:
    """How people come into a class: at a pace, and once for each click.

    The pace is a bucket of `AT_ONCE` that fills with `A_SECOND`. A form that was sent twice, as an
    impatient finger does, would leave somebody in the class who is nobody.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._next: dict[str, float] = {}
        self._under_way: dict[Hashable, asyncio.Task[Member]] = {}

    def wait(self, cohort: str) -> float | None:
        """Seconds until the next one may come in, whose place that is; None: too many wait."""
        now = self._clock()
        at = max(self._next.get(cohort, -math.inf), now - AT_ONCE / A_SECOND) + 1 / A_SECOND
        if at - now > LONGEST_WAIT:
            return None
        self._next[cohort] = at
        return max(0.0, at - now)

    async def once(self, key: Hashable, come: Callable[[], Awaitable[Member]]) -> Member:
        """Whoever comes in by `come`; the same for a second click of the same browser."""
        task = self._under_way.get(key)
        if task is None:
            task = self._under_way[key] = asyncio.ensure_future(_awaited(come))
            task.add_done_callback(partial(self._forget_later, key))
        return await asyncio.shield(task)

    def _forget_later(self, key: Hashable, task: asyncio.Task[Member]) -> None:
        """Who did not come in may try again at once."""
        came = not task.cancelled() and task.exception() is None
        delay = SAME_CLICK_SECONDS if came else 0.0
        asyncio.get_running_loop().call_later(delay, self._under_way.pop, key, None)


FORMS_AT_ONCE, FORM_SECONDS = 10, 1.0
"""Plain forms that a person may send in a row, and then one more every so many seconds."""
LONGEST_FORM_WAIT = 10.0


class FormLimiter:
    """How fast somebody sends plain forms: what is too fast waits its turn, and what would wait too
    long is sent back, with all that was typed."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._free: dict[str, float] = {}
        """When each person will have sent none of late: each form puts it off."""

    def wait(self, person: str) -> float | None:
        """Seconds until a form of theirs is taken, counted from now on; None: it is not."""
        now = self._clock()
        self._free = {one: at for one, at in self._free.items() if at > now}
        free_at = self._free.get(person, now) + FORM_SECONDS
        wait = max(0.0, free_at - now - FORMS_AT_ONCE * FORM_SECONDS)
        if wait > LONGEST_FORM_WAIT:
            return None
        self._free[person] = free_at
        return wait


async def _awaited(come: Callable[[], Awaitable[Member]]) -> Member:
    return await come()
