"""CohortHost: everything that one cohort host has, put together once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec, TypeVar

from playbook.cohort.accounts import Accounts
from playbook.cohort.cohorts import Cohorts
from playbook.cohort.devices import Devices
from playbook.cohort.erasing import Erasing
from playbook.cohort.room import Room
from playbook.cohort.secrets import KEY_FILE, Key
from playbook.cohort.take_away import TakeAway
from playbook.framework import Framework
from playbook.server.cohort.host.lanes import Lanes
from playbook.server.cohort.host.notifier import ChangeNotifier
from playbook.server.cohort.host.preflight import Preflight
from playbook.server.cohort.host.press import Press
from playbook.server.cohort.host.status import Status
from playbook.server.cohort.host.tries import Arrivals, Tries, Turns
from playbook.server.cohort.kernel_api.answers import Answers
from playbook.server.cohort.kernel_api.api import KernelApi, Tickets
from playbook.store.paths import cohorts_path
from playbook.store.sqlite.database import Database

P = ParamSpec("P")
R = TypeVar("R")


def utc_now() -> datetime:
    """The only clock of a cohort host."""
    return datetime.now(UTC)


@dataclass
class CohortHost:
    """The services of one host, the threads that they work in, and who owns which kernel.

    `address` is where people reach it ("https://class.example"); `secure` whether that is TLS;
    `capacity` how many pages may be open; `in_clear` that a network without TLS is between;
    `owners` maps a kernel's id to the browser (Visitor.device) that its page was served to;
    `codes` the join code of a class as long as this process runs: the file has only its hash;
    `ended` is told, from any thread, which browsers are signed out, so that their kernels end.
    """

    database: Database
    framework: Framework
    accounts: Accounts
    cohorts: Cohorts
    devices: Devices
    room: Room
    address: str
    secure: bool
    capacity: int = 60
    in_clear: bool = False
    tickets: Tickets = field(default_factory=Tickets)
    owners: dict[str, str] = field(default_factory=dict)
    tries: Tries = field(default_factory=Tries)
    turns: Turns = field(default_factory=Turns)
    arrivals: Arrivals = field(default_factory=Arrivals)
    preflight: Preflight = field(default_factory=Preflight)
    bells: ChangeNotifier = field(default_factory=ChangeNotifier)
    codes: dict[str, str] = field(default_factory=dict)
    status: Status = field(default_factory=Status)
    ended: Callable[[tuple[str, ...]], object] = lambda _: None

    def __post_init__(self) -> None:
        self.lanes = Lanes(self.framework.words)
        self._press = Press(self.framework.words)
        own = (self.database, self.cohorts.key, self.framework.words, self.cohorts.now)
        self.erasing = Erasing(*own)
        away = self.database, self.framework, self.cohorts.now
        self.take_away = TakeAway(*away, draw=self._press.draw)
        self.answers = Answers(self.cohorts, self.devices, self.framework, self.in_clear)
        self.api = KernelApi(self.answers, self.tickets, self.lanes)

    @classmethod
    def at(
        cls,
        home: Path,
        framework: Framework,
        address: str,
        secure: bool,
        capacity: int,
        in_clear: bool = False,
        now: Callable[[], datetime] = utc_now,
        *,
        new: bool = False,
        without_log: bool = False,
    ) -> CohortHost:
        """The host whose data is in `home`. StoreError when another server holds it, or its file is
        not whole or was lost: `new` begins anew, `without_log` goes on (Database)."""
        path = cohorts_path(home)
        database = Database(path, held=True, new=new, without_log=without_log)
        key = Key.in_file(home / KEY_FILE)
        parts = (database, key, framework.words, now)
        return cls(
            database,
            framework,
            Accounts(*parts),
            Cohorts(*parts),
            Devices(*parts),
            Room(database, framework, now),
            address,
            secure,
            capacity,
            in_clear,
        )

    async def work(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a service that answers in a moment; what takes longer has lanes of its own."""
        return await self.lanes.pages.run("", function, *args, **kwargs)

    def own(self, kernel_id: str, ticket: str, device: str) -> None:
        """The kernel's page goes to this browser: only now the ticket stands for somebody."""
        self.owners[kernel_id] = device
        self.tickets.bind(ticket, device)

    def disown(self, kernel_id: str, ticket: str) -> None:
        """The kernel is gone."""
        self.owners.pop(kernel_id, None)
        self.tickets.forget(ticket)

    def kernels_of(self, device: str) -> list[str]:
        """The kernels of a browser."""
        return [kernel_id for kernel_id, owner in self.owners.items() if owner == device]

    def close(self) -> None:
        """Stop answering and let go of the file."""
        self.api.stop()
        self._press.close()
        self.lanes.close()
        self.database.close()
