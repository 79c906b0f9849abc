"""A class of three with the answers API in front of it, in this process."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from playbook.cohort.accounts import Accounts
from playbook.cohort.cohorts import CohortPlan, Cohorts
from playbook.cohort.devices import Devices
from playbook.cohort.secrets import HostKey, new_token, token_hash
from playbook.cohort.types import Member
from playbook.framework import load_framework
from playbook.server.cohort.host.executors import HostExecutors
from playbook.server.cohort.kernel_api.api import KernelApi, Tickets
from playbook.server.cohort.kernel_api.calls import KernelCalls
from playbook.store.remote import RemoteStore, remote_store
from playbook.store.sqlite.database import Database
from tests.server.cohort.classroom import classroom


@dataclass
class Class:
    """One class: its services, its trainer and the API's address."""

    accounts: Accounts
    cohorts: Cohorts
    devices: Devices
    trainer: Member
    tickets: Tickets
    address: str
    stores: list[RemoteStore] = field(default_factory=list)

    def join(self, name: str) -> Member:
        return self.cohorts.join(self.cohorts.new_code(self.trainer), name)

    def sign_in(self, who: Member) -> str:
        """The hash of a new browser's cookie."""
        return token_hash(self.devices.begin(who))

    def kernel(self, device: str) -> RemoteStore:
        """The store as a kernel has it whose page was served to this browser."""
        ticket = new_token()
        self.tickets.bind(ticket, device)
        self.stores.append(remote_store(self.address, ticket))
        return self.stores[-1]

    def of(self, who: Member) -> RemoteStore:
        return self.kernel(self.sign_in(who))


@pytest.fixture
def room():
    framework = load_framework()
    parts = (Database(None), HostKey(b"k" * 32), framework.words, lambda: datetime.now(UTC))
    accounts, cohorts, devices = Accounts(*parts), Cohorts(*parts), Devices(*parts)
    owner = accounts.accept(accounts.invite("Ana"), "four words put together")
    today = datetime.now().date()
    plan = CohortPlan("Spring class", "Acme", today, today + timedelta(days=30))
    _, trainer = cohorts.create(owner, plan)
    tickets = Tickets()
    loop = asyncio.new_event_loop()
    ready, done = threading.Event(), asyncio.Event()
    api = []

    async def serve() -> None:
        executors = HostExecutors(framework.words)
        api.append(KernelApi(KernelCalls(cohorts, devices, framework), tickets, executors))
        api[0].listen()
        ready.set()
        await done.wait()
        api[0].stop()
        executors.close()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    ready.wait(10)
    made = Class(accounts, cohorts, devices, trainer, tickets, api[0].address)
    yield made
    for store in made.stores:
        store.close()
    loop.call_soon_threadsafe(done.set)
    thread.join(10)
    loop.close()


@pytest.fixture(scope="module")
def served(tmp_path_factory, notebooks):
    """A real host with two classes, shared by the tests of a file."""
    with classroom(tmp_path_factory.mktemp("host") / "home", notebooks) as running:
        yield running
