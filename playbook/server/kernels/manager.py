"""How kernels start, wait and end."""

from __future__ import annotations

import asyncio
import os
import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import zmq
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop
from traitlets import Bool, Float

from playbook.server.kernels.compat import KernelBuffers
from playbook.server.kernels.fork.pool import ForkServerPool
from playbook.server.kernels.fork.processes import ForkingProcess, Zygote
from playbook.server.kernels.fork.provisioner import ForkProvisioner
from playbook.server.kernels.fork.snapshots import NotebookSnapshot, NotebookSnapshots
from widgets.assets import SERVED_AT

NAME = "python3"
BREATH = 2.0  # seconds that a page has for itself before the next kernel starts
GRACE = 5.0  # seconds that a kernel outlives its page, so that the last edit is saved
SOCKETS_EACH = 4
"""Of a kernel: its page, and what a phone that often loses its network has left behind."""
TICKET_BYTES = 32

INHERITED = (
    *("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "LD_LIBRARY_PATH"),
    *("PLAYBOOK_SERVE", "PLAYBOOK_HOME", SERVED_AT, "NUMBA_CACHE_DIR"),
    *("SYSTEMROOT", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "TEMP", "TMP"),  # Windows
)
INHERITED_GROUPS = ("LC_", "PYTHON", "XDG_")
"""What kernels get of this server's environment, and nothing else: it may hold secrets."""

UNREAD_MESSAGES = 50
"""What a kernel says while this server is busy waits with the kernel, but for so many messages."""

PERSONAL = "PLAYBOOK_"
"""So begin the names that say whose kernel it is; what all are forked from knows none."""


class SingleKernelSpecManager(KernelSpecManager):
    """Knows one kernel, whatever else is installed: this Python, running kernels.kernel."""

    def find_kernel_specs(self) -> dict[str, str]:
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002  # there is but one
        return KernelSpec(
            display_name="Python 3",
            language="python",
            argv=[
                *(
                    sys.executable,
                    "-m",
                    "playbook.server.kernels.kernel",
                    "-f",
                    "{connection_file}",
                ),
                "--HistoryManager.enabled=False",
                "--log-level=ERROR",
                "--IPKernelApp.exec_lines=__import__('widgets.preload')",
            ],
        )

    def get_all_specs(self) -> dict[str, Any]:
        return {
            name: {"resource_dir": place, "spec": self.get_kernel_spec(name).to_dict()}
            for name, place in self.find_kernel_specs().items()
        }


class BoundedMessageBuffer(list[tuple[str, list[bytes]]]):
    """What a kernel says while no page listens: the first 2 MB; a page that comes back later asks
    for everything anyway."""

    LIMIT = 2 << 20
    _bytes = 0

    def append(self, said: tuple[str, list[bytes]]) -> None:
        """Keep a message, while there is room."""
        self._bytes += sum(map(len, said[1]))
        if self._bytes <= self.LIMIT:
            super().append(said)


class PlaybookKernelManager(KernelBuffers, AsyncMappingKernelManager):
    """The kernels of all open pages.

    On Linux a kernel is forked from a process that has everything loaded. Elsewhere it is a process
    that takes a second to start, so one waits for the next page. They learn nothing of the request
    but, by `environment`, a ticket of their own.
    """

    unseen = Float(60, config=True, help="Seconds that a page has to connect for the first time.")
    forking = Bool(sys.platform == "linux", config=True, help="Fork kernels where that works.")

    opened = 0  # pages that were given a kernel since the server started
    _spare: asyncio.Task[str] | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # type: ignore[no-untyped-call]
        self.context.rcvhwm = UNREAD_MESSAGES
        # Each page takes six; of the 1,023 that a context has unasked, 170 pages take all.
        self.context.set(zmq.MAX_SOCKETS, self.context.get(zmq.SOCKET_LIMIT))
        self.tickets: dict[str, str] = {}
        """The ticket of each kernel, by its id: secret, made anew for each, gone with it."""
        self._sockets: dict[str, list[Any]] = {}
        """The sockets of each kernel whose page connected once, by its id, the oldest first."""
        nobodys = {name: it for name, it in inherited().items() if not name.startswith(PERSONAL)}
        self._pool = ForkServerPool(nobodys, self.log, self._prepare) if self.forking else None
        self._snapshots = NotebookSnapshots(Path(self.root_dir), self._grown, nobodys, self.log)

    def environment(self, ticket: str) -> dict[str, str]:  # noqa: ARG002  # for those who have use
        """The whole environment of a new kernel. One person's kernels need no ticket."""
        return inherited()

    # -- starting

    def keep_spare(self) -> None:
        """Get ready for the next page."""
        IOLoop.current().add_callback(self._make_ready)

    async def _make_ready(self) -> None:
        if not (self._pool and await self._pool.zygote()) and self._spare is None:
            self._spare = asyncio.ensure_future(self._fresh())

    async def start_kernel(self, **_: Any) -> str:  # type: ignore[override]  # as its parent is
        """The id of a running kernel for a page that will execute its notebook in it."""
        spare, self._spare = self._spare, None
        kernel_id = await spare if spare else ""
        if kernel_id not in self or not await self._manager(kernel_id).is_alive():
            kernel_id = await self._fresh()
        self._begin(kernel_id)
        IOLoop.current().call_later(BREATH, self.keep_spare)
        return kernel_id

    def notebooks(self) -> set[str]:
        """The names of the notebooks that there are."""
        return {file.name for file in Path(self.root_dir).glob("*.ipynb")}

    def snapshot(self, notebook: str) -> NotebookSnapshot | None:
        """A notebook that has been executed already, by its name; None if it has to be."""
        return self._snapshots.get(notebook)

    async def start_from(self, snapshot: NotebookSnapshot, kernel_id: str) -> bool:
        """Start the kernel of that id, which holds what the snapshot's page shows; whether that
        could be done. If not, the snapshot has served its last."""
        try:
            await self._fresh(snapshot.seed, kernel_id)
        except Exception as error:
            self.tickets.pop(kernel_id, None)  # no kernel will ever show it
            self.log.error("%s could not be forked. %r", snapshot.name, error)
        else:
            if self._manager(kernel_id).provisioner.is_forked:
                self._begin(kernel_id)
                return True
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]
        snapshot.seed.close()
        return False

    def _manager(self, kernel_id: str) -> Any:
        """What manages one kernel; jupyter_server gives it more attributes than its type has."""
        return self.get_kernel(kernel_id)

    def _begin(self, kernel_id: str) -> None:
        """A page has this kernel from now on."""
        self._manager(kernel_id).last_activity = datetime.now(UTC)  # its idle time begins
        self.opened += 1

    def _grown(self) -> Zygote | None:
        return self._pool.ready() if self._pool else None

    async def _prepare(self) -> None:
        await self._snapshots.make_all()

    async def _fresh(self, source: ForkingProcess | None = None, kernel_id: str = "") -> str:
        if source is None and self._pool:
            source = await self._pool.zygote()
        kernel_id = kernel_id or self.new_kernel_id()
        ticket = self.tickets[kernel_id] = secrets.token_urlsafe(TICKET_BYTES)
        await super().start_kernel(
            kernel_id=kernel_id,
            kernel_name=NAME,
            env=self.environment(ticket),
            cwd=self.root_dir,
            source=source,
        )
        return kernel_id

    def pre_start_kernel(self, kernel_name: str | None, kwargs: Any) -> Any:
        """As in jupyter_client; a kernel with a `source` will be forked from that process."""
        source = kwargs.pop("source", None)
        started = super().pre_start_kernel(kernel_name, kwargs)
        manager, _, kernel_id = started
        if source:
            spec = manager.kernel_spec
            manager.provisioner = ForkProvisioner(
                parent=manager, kernel_id=kernel_id, kernel_spec=spec, source=source
            )
        return started

    # -- waiting

    def is_spare(self, kernel_id: str) -> bool:
        """Whether this is the kernel that waits for the next page."""
        spare = self._spare
        if spare is None or not spare.done() or spare.exception():
            return False
        return spare.result() == kernel_id

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """As in jupyter_server, but waiting is the spare kernel's work."""
        if not self.is_spare(kernel_id):
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    # -- connecting

    def expect(self, kernel_id: str) -> None:
        """Its page was sent: when it does not connect in time, nobody is at it."""
        IOLoop.current().call_later(self.unseen, self._end_if_unseen, kernel_id)

    def attached(self, kernel_id: str, socket: Any) -> None:
        """A page connected by this socket; when there are too many the oldest is closed."""
        sockets = self._sockets.setdefault(kernel_id, [])
        sockets.append(socket)
        for oldest in sockets[:-SOCKETS_EACH]:
            oldest.cut()

    def detached(self, kernel_id: str, socket: Any) -> None:
        """This socket is closed."""
        sockets = self._sockets.get(kernel_id, [])
        if socket in sockets:
            sockets.remove(socket)

    def is_connected(self, kernel_id: str) -> bool:
        """Whether a page is connected now."""
        return bool(self._sockets.get(kernel_id))

    def start_buffering(self, kernel_id: str, *line: Any) -> None:
        """As in jupyter_server, but what a kernel says to nobody is kept up to a limit."""
        super().start_buffering(kernel_id, *line)  # type: ignore[no-untyped-call]
        self.keep_in(kernel_id, BoundedMessageBuffer())

    # -- ending

    def end_soon(self, kernel_id: str) -> None:
        """End a kernel after a grace, unless a page is connected to it again by then."""
        IOLoop.current().call_later(GRACE, self._end_if_left, kernel_id)

    def end_for(self, kernel_id: str, grace: float = GRACE) -> None:
        """End a kernel after a grace, in which its page is told why, whoever is connected."""
        IOLoop.current().call_later(grace, self._end, kernel_id)

    async def _end_if_left(self, kernel_id: str) -> None:
        if not self.is_connected(kernel_id):
            await self._end(kernel_id)

    async def _end_if_unseen(self, kernel_id: str) -> None:
        if kernel_id not in self._sockets:
            await self._end(kernel_id)

    async def _end(self, kernel_id: str) -> None:
        for socket in list(self._sockets.get(kernel_id, ())):
            socket.cut()
        if kernel_id in self:
            await self.shutdown_kernel(kernel_id, now=True)  # type: ignore[no-untyped-call]

    def remove_kernel(self, kernel_id: str) -> Any:
        """As in jupyter_client, for kernels ended and kernels found dead; the ticket goes too."""
        self.tickets.pop(kernel_id, None)
        self._sockets.pop(kernel_id, None)
        return super().remove_kernel(kernel_id)

    async def shutdown_all(self, now: bool = True) -> None:  # type: ignore[override]  # as its parent
        """End all kernels at once: whatever a page was told is saved is saved."""
        await super().shutdown_all(now=now)
        self._snapshots.close()
        if self._pool:
            self._pool.close()


def inherited() -> dict[str, str]:
    """What kernels may know of this server's environment."""
    return {
        name: value
        for name, value in os.environ.items()
        if name in INHERITED or name.startswith(INHERITED_GROUPS)
    }
