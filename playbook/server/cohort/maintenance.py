"""What goes on beside the pages: commands of whoever runs the host, backups, what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from time import monotonic

from tornado.ioloop import IOLoop, PeriodicCallback

from playbook.cohort.erasure_notices import STEP, ErasureNotices
from playbook.maintain.rotation import made_by_itself, make_daily
from playbook.model import StoreError
from playbook.server.cohort.admin_server import AdminServer
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.kernels import TicketKernelManager
from playbook.server.cohort.log import tell
from playbook.store.paths import backups_path

SETTLE_EVERY = 2.0  # seconds; looks only, unless there is something to take into the file
DAY = 24 * 3600.0
TRY_AGAIN = 3600.0  # seconds after a backup that failed: a full disk is not emptied by trying


class _StoppingError(Exception):
    """The host stops, so a backup that is being made is given up."""


class Backups:
    """Makes one a day, in a thread of its own: nobody waits for it.

    When the next one is due goes by a clock that only runs; the other one says only, at the start,
    how old the last one is.
    """

    def __init__(self, host: CohortHost) -> None:
        self._host, self._folder = host, backups_path(host.database.folder)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="backup")
        self._stopping = False
        now = host.cohorts.now()
        made = made_by_itself(self._folder, host.database.stem).values()
        host.status.backup = max((at for at in made if at <= now), default=None)
        age = (now - host.status.backup).total_seconds() if host.status.backup else DAY
        self._next = monotonic() + max(0.0, DAY - age)

    def is_due(self) -> bool:
        """Whether it is time for the next."""
        return monotonic() >= self._next

    async def make(self) -> bool:
        """Make one now; whether it is there, and was found whole."""
        now = self._host.cohorts.now
        work = partial(make_daily, self._host.database, self._folder, now, self._go_on)
        try:
            made = await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except _StoppingError:
            return False
        except StoreError:
            self._next = monotonic() + TRY_AGAIN
            tell("a backup failed; the disk may be full, or the file damaged")
            return False
        self._host.status.backup, self._next = made.at, monotonic() + DAY
        tell("a backup was made and checked", bytes=made.size)
        return True

    def stop(self) -> None:
        """Give up the one that is being made, and make no more."""
        self._stopping = True
        self._thread.shutdown()

    def _go_on(self) -> None:
        if self._stopping:
            raise _StoppingError


class HostMaintenance:
    """Looks after one host for as long as it answers."""

    def __init__(self, host: CohortHost, kernels: TicketKernelManager) -> None:
        self._host, self._kernels = host, kernels
        self._admin = AdminServer(host, ended=self._end)
        host.ended = partial(IOLoop.current().add_callback, self._end)
        self._backups = Backups(host)
        self._announced = ErasureNotices(host.database.folder)
        self._looked, self._turn = monotonic(), asyncio.Lock()
        self._every = [_every(SETTLE_EVERY, self._settle), _every(STEP, self._look)]

    async def begin(self) -> None:
        """Take commands, and look for the first time."""
        self._admin.listen()
        for each in self._every:
            each.start()
        await self._look()

    def stop(self) -> None:
        """Take no more."""
        for each in self._every:
            each.stop()
        self._admin.stop()
        self._backups.stop()

    async def _settle(self) -> None:
        saved = self._host.status.saves
        try:
            await self._host.work(self._host.database.settle)
            self._host.status.saves = True
        except StoreError:
            self._host.status.saves = False
        if saved and not self._host.status.saves:
            tell(
                "NOTHING IS SAVED: the file was taken away, replaced or cut, or the database does "
                "not answer; see docs/operate.md"
            )

    async def _look(self) -> None:
        async with self._turn:  # a backup that takes longer than a step is made once
            await self._look_once()

    async def _look_once(self) -> None:
        now = monotonic()
        passed, self._looked = now - self._looked, now
        try:
            due = [cohort.id for cohort in await self._host.work(self._host.erasing.due)]
            found = await self._host.work(self._announced.check, due, passed)
        except StoreError:
            return  # nothing is announced, and so nothing erased; saving says what is wrong
        self._host.status.ran = dict(found.ran)
        if found.new:
            tell("due to be erased after a day of running", classes=len(found.new))
        if found.withdrawn:
            tell("not due any more, and so not erased", classes=len(found.withdrawn))
        if (found.new or self._backups.is_due()) and not await self._backups.make():
            return
        # Whatever was written since it was announced is in this one as well.
        if found.ripe and await self._backups.make():
            await self._erase(found.ripe)

    async def _erase(self, ripe: Collection[str]) -> None:
        erased = await self._host.work(self._host.erasing.erase_due, ripe)
        tell("erased, a day of running after it was announced", classes=len(erased))
        for cohort, gone in erased:
            self._end(gone.devices)
            self._host.bells.ring(cohort.id)
            self._host.status.ran.pop(cohort.id, None)

    def _end(self, devices: tuple[str, ...]) -> None:
        """The pages of those who were signed out have no kernels any more."""
        for device in devices:
            for kernel_id in self._host.kernels_of(device):
                self._kernels.end_for(kernel_id)


def _every(seconds: float, function: Callable[[], Awaitable[None]]) -> PeriodicCallback:
    return PeriodicCallback(function, timedelta(seconds=seconds))
