"""How kernels start, wait and end."""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado.ioloop import IOLoop

NAME = "python3"
BREATH = 2.0  # seconds that a page has for itself before the next kernel starts
GRACE = 5.0  # seconds that a kernel outlives its page, so that the last edit is saved


class OurKernel(KernelSpecManager):
    """Knows one kernel, whatever else is installed: this Python, running playbook.server.kernel."""

    def find_kernel_specs(self) -> dict[str, str]:
        return {NAME: ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002  # there is but one
        return KernelSpec(
            display_name="Python 3",
            language="python",
            argv=[
                *(sys.executable, "-m", "playbook.server.kernel", "-f", "{connection_file}"),
                "--HistoryManager.enabled=False",
                "--log-level=ERROR",
                "--IPKernelApp.exec_lines=__import__('widgets.warm')",
            ],
        )

    def get_all_specs(self) -> dict[str, Any]:
        return {
            name: {"resource_dir": place, "spec": self.get_kernel_spec(name).to_dict()}
            for name, place in self.find_kernel_specs().items()
        }


class Kernels(AsyncMappingKernelManager):
    """The kernels of all open pages, and one more that waits for the next page.

    A kernel is a process and takes a second to start: the next one does it while nobody waits.
    All are alike: they inherit this server's environment and learn nothing of the request.
    """

    opened = 0  # pages that were given a kernel since the server started
    _spare: asyncio.Task[str] | None = None

    def keep_spare(self) -> None:
        """Start the kernel that waits for the next page."""
        if self._spare is None:
            self._spare = asyncio.ensure_future(self._fresh())

    async def start_kernel(self, **_: Any) -> str:  # type: ignore[override]  # as its parent is
        """The id of a running kernel for a page: the spare one, or a new one if that is gone."""
        spare, self._spare = self._spare, None
        kernel_id = await spare if spare else ""
        if kernel_id not in self or not await self._kernels[kernel_id].is_alive():
            kernel_id = await self._fresh()
        self._kernels[kernel_id].last_activity = datetime.now(UTC)  # its idle time begins now
        self.opened += 1
        IOLoop.current().call_later(BREATH, self.keep_spare)
        return kernel_id

    async def _fresh(self) -> str:
        return await self._async_start_kernel(
            kernel_name=NAME, env=dict(os.environ), cwd=self.root_dir
        )

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

    def end_soon(self, kernel_id: str) -> None:
        """End a kernel after a grace, unless a page is connected to it again by then."""
        IOLoop.current().call_later(GRACE, self._end_if_left, kernel_id)

    async def _end_if_left(self, kernel_id: str) -> None:
        if kernel_id in self and not self._kernel_connections.get(kernel_id):
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]

    async def shutdown_all(self, now: bool = True) -> None:  # type: ignore[override]  # as its parent
        """End all kernels at once: whatever a page was told is saved is saved."""
        await self._async_shutdown_all(now=now)
