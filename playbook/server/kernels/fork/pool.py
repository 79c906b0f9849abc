"""Keeps the process that forks alive, for a server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from playbook.server.kernels.fork.processes import ForkError, Zygote

FIRST, ALL = "widgets.preload", "widgets.preload_by_use"
"""What is loaded for the first visitor, who waits for it, and what the next ones find loaded."""

BREATH = 2.0  # seconds that the first visitor has for themselves
START = 30.0  # seconds that a zygote may take to load
TOO_SOON = 10.0  # seconds; one that dies faster is not started again at once


class ForkServerPool:
    """Has a zygote ready: a small one at once, and a while later one that has loaded everything.

    So nobody waits for what only some pages need, and nobody's kernel has to load it.
    """

    def __init__(
        self,
        env: Mapping[str, str],
        log: logging.Logger,
        when_grown: Callable[[], Awaitable[None]],
    ) -> None:
        self._env, self._log, self._when_grown = env, log, when_grown
        self._zygote: Zygote | None = None
        self._is_grown = False
        self._starting: asyncio.Task[Zygote | None] | None = None
        self._started = -TOO_SOON
        self._all: list[Zygote] = []
        self._growing: asyncio.Task[None] | None = None

    async def zygote(self) -> Zygote | None:
        """The process to fork from, waited for while it starts; None while there can be none."""
        if self._zygote and self._zygote.alive:
            return self._zygote
        if self._starting is None:
            now = asyncio.get_running_loop().time()
            if now - self._started < TOO_SOON:
                return None
            self._all = [zygote for zygote in self._all if not zygote.has_ended]
            self._started, self._is_grown = now, False
            self._starting = asyncio.ensure_future(self._start(FIRST))
            self._growing = asyncio.ensure_future(self._grow(self._starting))
        starting = self._starting
        zygote = await asyncio.shield(starting)
        if self._starting is starting:
            self._starting = None
        return zygote

    def ready(self) -> Zygote | None:
        """The process that has loaded everything, if it is there by now."""
        return self._zygote if self._is_grown and self._zygote and self._zygote.alive else None

    async def _start(self, module: str) -> Zygote | None:
        """Put another zygote in the place of the one there is, if it can be had."""
        zygote = Zygote(self._env, module)
        self._all.append(zygote)
        try:
            said = await zygote.first_word(START)
        except ForkError as error:
            self._log.error("Kernels can't be forked, pages will open slower. %s", error)
            zygote.end()
            return None
        if said["warning"]:
            self._log.error("%s", said["warning"])
        self._zygote = zygote
        return zygote

    async def _grow(self, starting: asyncio.Task[Zygote | None]) -> None:
        """Replace the small one, which then stays for its kernels."""
        small = await starting
        if small is None:
            return
        await asyncio.sleep(BREATH)
        if await self._start(ALL) is None:
            return
        self._is_grown = True
        await self._when_grown()
        small.close()
        while not small.has_ended:  # asking is what takes it off the list of processes
            await asyncio.sleep(BREATH)

    def close(self) -> None:
        """End all."""
        for task in filter(None, [self._growing, self._starting]):
            task.cancel()
        for zygote in self._all:
            zygote.end()
