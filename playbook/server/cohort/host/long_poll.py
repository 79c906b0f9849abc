"""Waiting for news: who looks at a room hears of a change at once, and no thread waits for it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from http import HTTPStatus
from typing import Any, ClassVar

from jupyter_server.base.handlers import APIHandler
from tornado.web import HTTPError

from playbook.cohort.types import Member
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.http.error_hiding import ErrorHidingMixin
from playbook.store.errors import GoneError

PATIENCE = 25.0  # seconds; shorter than what proxies and phones allow
LOOK_EVERY = 2.0  # seconds; for what changes without a bell, as somebody who comes in
WAITING_EACH = 5
"""Of one browser: a desk, the wall in small on it, the wall on the projector, and one that is asked
again; a tab that nobody looks at does not wait (static/follow.js)."""


class LongPollHandler(ErrorHidingMixin, APIHandler):
    """GET ?after=STAMP: the state as soon as its stamp is another, or after 25 s as it is.

    `stamp` is cheap, and differs when anything did that `told` tells this member.
    """

    def stamp(self, host: CohortHost, who: Member) -> str:
        """In the worker thread, as `told`."""
        raise NotImplementedError

    def told(self, host: CohortHost, who: Member) -> dict[str, Any]:
        """The state."""
        raise NotImplementedError

    async def who(self, *_place: str) -> Member | None:
        """The member who looks."""
        visitor = visitor_of(self)
        return visitor.member if visitor else None

    left = False
    waiting: ClassVar[dict[str, set[LongPollHandler]]] = {}
    """Who waits now, by browser."""

    def on_connection_close(self) -> None:
        self.left = True  # nobody waits any more
        self._waits_no_more()

    def on_finish(self) -> None:
        self._waits_no_more()

    def _waits(self) -> None:
        """Count as waiting; 429 when this browser has as many that wait as it may."""
        visitor = visitor_of(self)
        assert visitor is not None
        mine = self.waiting.setdefault(visitor.device, set())
        if len(mine) >= WAITING_EACH:
            self.set_header("Retry-After", str(round(PATIENCE)))
            raise HTTPError(HTTPStatus.TOO_MANY_REQUESTS)
        mine.add(self)

    def _waits_no_more(self) -> None:
        visitor = visitor_of(self)
        mine = self.waiting.get(visitor.device, set()) if visitor else set()
        mine.discard(self)
        if visitor and not mine:
            self.waiting.pop(visitor.device, None)

    async def get(self, *place: str) -> None:
        who, host = await self.who(*place), host_of(self)
        if who is None:
            raise HTTPError(404)
        self._waits()
        host.here.note(who)
        try:
            stamp = await self._next(host, who)
            if not await self._still_signed_in(host):
                raise HTTPError(404)
            state = await host.work(self.told, host, who)
        except GoneError:
            raise HTTPError(404) from None
        self.finish(state | {"stamp": stamp})

    async def _next(self, host: CohortHost, who: Member) -> str:
        """The stamp once it is another than the page knows, or when patience ends."""
        known, clock = self.get_argument("after", ""), asyncio.get_running_loop().time
        until = clock() + PATIENCE
        while True:
            bell = host.bells.next(who)  # taken first, so that nothing is missed in between
            stamp = await host.work(self.stamp, host, who)
            left = until - clock()
            if stamp != known or left <= 0 or self.left:
                return stamp
            with suppress(TimeoutError):
                await asyncio.wait_for(bell.wait(), min(left, LOOK_EVERY))

    async def _still_signed_in(self, host: CohortHost) -> bool:
        visitor = visitor_of(self)
        assert visitor is not None
        return await host.work(host.devices.known, visitor.device) is not None
