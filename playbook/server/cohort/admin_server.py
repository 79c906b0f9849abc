"""The running server's door for whoever runs the host, because the server holds the file.

A UNIX socket in the data folder that this user alone can open; no page and no network reach it.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import shutil
import socket
import tempfile
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_unix_socket
from tornado.web import Application, RequestHandler

from playbook.maintain.admin import Admin
from playbook.model import InputError, PlaybookError, StoreError
from playbook.server.cohort.admin_client import SOCKET, fits
from playbook.server.cohort.host.host import CohortHost
from playbook.store import wire

LARGEST_ASK = 1 << 16

log = logging.getLogger(__name__)


class AdminCommandHandler(RequestHandler):
    """POST /NAME with JSON: one of playbook.maintain.admin.COMMANDS."""

    def initialize(self, host: CohortHost, admin: Admin) -> None:
        self.host, self.admin = host, admin

    async def post(self, name: str) -> None:
        try:
            work = asyncio.to_thread if name == "backup" else self.host.work  # it takes its time
            result = await work(self.admin.call, name, self._given())
        except PlaybookError as error:
            self._refuse(error)
        except Exception:
            log.exception("The command %s failed", name)
            self._refuse(StoreError(self.host.framework.words.text("error.unexpected")))
        else:
            self._tell_the_class(name, result)
            self.finish(json.dumps(result, allow_nan=False))

    def _given(self) -> dict[str, Any]:
        try:
            given = json.loads(self.request.body or b"{}")
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            raise InputError(self.host.framework.words.text("admin.arguments", given="JSON"))
        return given

    def _refuse(self, error: PlaybookError) -> None:
        self.set_status(HTTPStatus.CONFLICT)
        self.finish(wire.error_data(error))

    def _tell_the_class(self, name: str, result: Any) -> None:
        """The desk shows a new code, and everybody that somebody is gone."""
        if isinstance(result, dict) and "id" in result:
            self.host.bells.ring(result["id"])
        if name == "erase_trainer":
            for cohort in result["cohorts"]:
                self.host.bells.ring(cohort)


class AdminServer:
    """Listens in the data folder of `host`, where there are UNIX sockets.

    `ended` is told in the event loop which browsers (Visitor.device) an erasure signed out, so that
    their kernels end.
    """

    def __init__(
        self, host: CohortHost, ended: Callable[[tuple[str, ...]], None] = lambda _: None
    ) -> None:
        self._place = host.database.folder / SOCKET
        self._ended = ended
        self._folder: Path | None = None
        parts = (host.database, host.cohorts.key, host.framework.words, host.cohorts.now)
        admin = Admin(*parts, address=host.address, signed_out=self._signed_out)
        self._server = HTTPServer(
            Application(
                [(r"/(\w+)", AdminCommandHandler, {"host": host, "admin": admin})],
                log_function=_quiet,
            ),
            max_body_size=LARGEST_ASK,
        )

    def listen(self) -> None:
        """Begin to answer, within a running event loop."""
        self._loop = asyncio.get_running_loop()
        if hasattr(socket, "AF_UNIX"):
            self._place.unlink(missing_ok=True)  # of a server that was killed: we hold the file
            self._server.add_socket(_private(self._path()))

    def stop(self) -> None:
        """Answer no more."""
        self._server.stop()
        self._place.unlink(missing_ok=True)
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self) -> Path:
        if fits(self._place):
            return self._place
        self._folder = Path(tempfile.mkdtemp(prefix="playbook-"))
        path = self._folder / SOCKET
        with os.fdopen(os.open(self._place, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(str(path))
        return path

    def _signed_out(self, devices: tuple[str, ...]) -> None:
        self._loop.call_soon_threadsafe(self._ended, devices)


def _private(path: Path) -> socket.socket:
    """A socket that nobody else can open, not even between its making and its mode."""
    before = os.umask(0o177)
    try:
        return bind_unix_socket(str(path), mode=0o600)
    finally:
        os.umask(before)


def _quiet(_: RequestHandler) -> None:
    """No line for each request."""
