"""Keeps the process that forks alive, for a server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from playbook.server.fork.processes import ForkError, Zygote

FIRST, ALL = "widgets.warm", "widgets.warmer"
"""What is loaded for the first visitor, who waits for it, and what the next ones find loaded."""

BREATH = 2.0  # seconds that the first visitor has for themselves
START = 30.0  # seconds that a zygote may take to load
TOO_SOON = 10.0  # seconds; one that dies faster is not started again at once


class Nursery:
    """Has a zygote ready: a small one at once, and a while later one that has loaded everything.

    So nobody waits for what only some pages need, and nobody's kernel has to load it.
    """

    def __init__(self, env: Mapping[str, str], log: logging.Logger) -> None:
        self._env, self._log = env, log
        self._zygote: Zygote | None = None
        self._starting: asyncio.Task[Zygote | None] | None = None
        self._started = -TOO_SOON
        self._all: list[Zygote] = []
        self._growing: asyncio.Task[None] | None = None

    async def zygote(self) -> Zygote | None:
        """The process to fork from, waited for while it starts; None while there can be none."""
        self._all = [zygote for zygote in self._all if not zygote.has_ended]
        if self._zygote and self._zygote.alive:
            return self._zygote
        if self._starting is None:
            now = asyncio.get_running_loop().time()
            if now - self._started < TOO_SOON:
                return None
            self._started = now
            self._starting = asyncio.ensure_future(self._start(FIRST))
            self._growing = asyncio.ensure_future(self._grow())
        starting = self._starting
        zygote = await asyncio.shield(starting)
        if self._starting is starting:
            self._starting = None
        return zygote

    async def _start(self, module: str) -> Zygote | None:
        """Put another zygote in the place of the one there is, if it can be had."""
        zygote = Zygote(self._env, module)
        self._all.append(zygote)
        try:
            said = await zygote.first_word(START)
        except ForkError as error:
            self._log.error("Kernels can't be forked, pages will open slower. %s", error)
            return None
        if said["warning"]:
            self._log.error("%s", said["warning"])
        if self._zygote:  # somebody may be about to ask it
            asyncio.get_running_loop().call_later(BREATH, self._zygote.close)
        self._zygote = zygote
        return zygote

    async def _grow(self) -> None:
        assert self._starting
        if await self._starting:
            await asyncio.sleep(BREATH)
            await self._start(ALL)

    def close(self) -> None:
        """End all."""
        for task in filter(None, [self._growing, self._starting]):
            task.cancel()
        for zygote in self._all:
            zygote.end()
