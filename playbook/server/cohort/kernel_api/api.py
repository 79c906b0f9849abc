"""The answers API on its socket, and the tickets with which kernels come to it."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import tempfile
from http import HTTPStatus
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets, bind_unix_socket
from tornado.web import Application, RequestHandler

from playbook.model import PlaybookError
from playbook.server.cohort.host.executors import HostExecutors
from playbook.server.cohort.host.refusing import told
from playbook.server.cohort.kernel_api.calls import KernelCalls
from playbook.store import wire
from playbook.store.remote import HEADER

LARGEST_CALL = 8 << 20
"""Bytes; the largest call is the import of a workspace."""

log = logging.getLogger(__name__)


class Tickets:
    """Which signed-in browser each kernel's ticket stands for; nothing until its page is served."""

    def __init__(self) -> None:
        self._devices: dict[str, str] = {}

    def bind(self, ticket: str, device: str) -> None:
        """From now on the ticket stands for this browser."""
        self._devices[ticket] = device

    def forget(self, ticket: str) -> None:
        """The kernel is gone."""
        self._devices.pop(ticket, None)

    def device(self, ticket: str) -> str | None:
        """The browser, or None for a ticket that was never bound."""
        return self._devices.get(ticket)


class KernelCallHandler(RequestHandler):
    """POST /NAME: one of wire.CALLS."""

    def initialize(self, calls: KernelCalls, tickets: Tickets, executors: HostExecutors) -> None:
        self.calls, self.tickets, self.executors = calls, tickets, executors

    async def post(self, name: str) -> None:
        device = self.tickets.device(self.request.headers.get(HEADER, ""))
        executor, body = self.executors.of_call(name), self.request.body
        try:
            self.finish(await executor.run(device or "", self.calls.call, device, name, body))
        except PlaybookError as error:
            self._refuse(HTTPStatus.CONFLICT, error)
        except Exception:
            log.exception("The call %s failed", name)
            text = self.calls.framework.words.text("error.unexpected")
            self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR, PlaybookError(text))

    def _refuse(self, status: HTTPStatus, error: PlaybookError) -> None:
        self.set_status(status)
        said = told(error, self.calls.framework.words)
        self.finish(wire.error_data(error) | {"text": said})


class KernelApi:
    """Listens for kernels: on a UNIX socket of this user alone, else on loopback."""

    def __init__(self, calls: KernelCalls, tickets: Tickets, executors: HostExecutors) -> None:
        here = {"calls": calls, "tickets": tickets, "executors": executors}
        self._server = HTTPServer(
            Application([(r"/(\w+)", KernelCallHandler, here)], log_function=lambda _: None),
            max_body_size=LARGEST_CALL,
        )
        self._folder = Path(tempfile.mkdtemp(prefix="playbook-"))  # short: such paths have a limit
        self.address = ""

    def listen(self) -> None:
        """Begin to answer; `address` says where."""
        if hasattr(socket, "AF_UNIX"):
            path = self._folder / "api"
            self._server.add_socket(bind_unix_socket(str(path), mode=0o600))
            self.address = f"unix:{path}"
        else:
            sockets = bind_sockets(0, "127.0.0.1")
            self._server.add_sockets(sockets)
            self.address = f"127.0.0.1:{sockets[0].getsockname()[1]}"

    def stop(self) -> None:
        """Answer no more."""
        self._server.stop()
        shutil.rmtree(self._folder, ignore_errors=os.name == "nt")
