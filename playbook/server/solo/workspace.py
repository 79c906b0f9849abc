"""One person's worksheets, as this server itself reads and writes them: for plain forms.

Kernels have the same file open. What is asked waits in a thread of its own, so that a busy file
holds up no page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from playbook.framework import load_framework
from playbook.model.storage import Store
from playbook.server.http.plain_page import Workspace
from playbook.store import open_store
from playbook.store.paths import database_path

R = TypeVar("R")

DEVICE = "plain-form"
"""What the history calls a browser without a script."""


class OwnWorkspace:
    """The worksheets in this server's data folder; opened when they are first asked for."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="worksheets")
        self._store: Store | None = None

    async def run(self, work: Callable[[Workspace], R]) -> R:
        """What `work` makes of them. StoreError when they can't be read."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._do, work)

    def get_ready(self) -> None:
        """Read the content ahead of the first page."""
        self._thread.submit(load_framework)

    def close(self) -> None:
        """Take no more."""
        self._thread.shutdown(cancel_futures=True)

    def _do(self, work: Callable[[Workspace], R]) -> R:
        if self._store is None:
            self._store = open_store(database_path())
        return work(Workspace(self._store, DEVICE, load_framework().words.text("host.local")))
