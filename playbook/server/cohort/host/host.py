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
from playbook.cohort.erasing import ErasureService
from playbook.cohort.merging import Merging
from playbook.cohort.room import Room
from playbook.cohort.secrets import KEY_FILE, HostKey, new_token, token_hash
from playbook.cohort.take_away import TakeAway
from playbook.framework import Framework
from playbook.server.cohort.host.class_presence import ClassPresence
from playbook.server.cohort.host.document_process import DocumentProcess
from playbook.server.cohort.host.executors import HostExecutors
from playbook.server.cohort.host.notifier import ChangeNotifier
from playbook.server.cohort.host.preflight import Preflight
from playbook.server.cohort.host.rate_limits import (
    AdmissionLimiter,
    AttemptLimiter,
    FairQueue,
    FormLimiter,
)
from playbook.server.cohort.host.status import HostStatus
from playbook.server.cohort.kernel_api.api import KernelApi, Tickets
from playbook.server.cohort.kernel_api.calls import KernelCalls
from playbook.store.database import Place, SqlDatabase, open_database
from playbook.store.paths import cohorts_path

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
    `here` who looks at a page of their class just now;
    `owners` maps a kernel's id to the browser (Visitor.device) that its page was served to;
    `first_trainer` is the hash of the link that makes the first one, while there is none;
    `ended` is told, from any thread, which browsers are signed out, so that their kernels end.
    """

    database: SqlDatabase
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
    attempts: AttemptLimiter = field(default_factory=AttemptLimiter)
    queue: FairQueue = field(default_factory=FairQueue)
    admissions: AdmissionLimiter = field(default_factory=AdmissionLimiter)
    forms: FormLimiter = field(default_factory=FormLimiter)
    preflight: Preflight = field(default_factory=Preflight)
    bells: ChangeNotifier = field(default_factory=ChangeNotifier)
    here: ClassPresence = field(default_factory=ClassPresence)
    status: HostStatus = field(default_factory=HostStatus)
    first_trainer: str | None = None
    ended: Callable[[tuple[str, ...]], object] = lambda _: None

    def __post_init__(self) -> None:
        self.executors = HostExecutors(self.framework.words)
        self._documents = DocumentProcess(self.framework.words)
        own = (self.database, self.cohorts.key, self.framework.words, self.cohorts.now)
        self.erasing = ErasureService(*own)
        self.merging = Merging(*own)
        away = self.database, self.framework, self.cohorts.now
        self.take_away = TakeAway(*away, draw=self._documents.render)
        self.calls = KernelCalls(self.cohorts, self.devices, self.framework, self.in_clear)
        self.api = KernelApi(self.calls, self.tickets, self.executors)

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
        place: Place | None = None,
        new: bool = False,
        without_log: bool = False,
    ) -> CohortHost:
        """The host whose data is in `home`, its classes in a file there or at `place`. StoreError
        when another server holds it, or its file is not whole or was lost: `new` begins anew,
        `without_log` goes on (Database)."""
        place = place or cohorts_path(home)
        database = open_database(place, home, held=True, new=new, without_log=without_log)
        key = HostKey.in_file(home / KEY_FILE)
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

    def first_link(self) -> str | None:
        """The link that makes the first trainer, once, and while this process runs; None when the
        host has one."""
        if self.accounts.everybody():
            return None
        token = new_token()
        self.first_trainer = token_hash(token)
        return f"{self.address}/first#{token}"

    async def work(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Call a service that answers in a moment; what takes longer has threads of its own."""
        return await self.executors.pages.run("", function, *args, **kwargs)

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
        self._documents.close()
        self.executors.close()
        self.database.close()
