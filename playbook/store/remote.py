"""The Store protocol from afar, as a kernel of a cohort host reaches it.

The kernel has no rights of its own: it shows its ticket, and the front process decides whose
answers that stands for, checks everything, and saves.
"""

from __future__ import annotations

import http.client
import inspect
import json
import socket
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, cast

from playbook.model import PlaybookError, StoreError
from playbook.model.storage import Store
from playbook.store import wire
from playbook.store.errors import store_text

API, TICKET = "PLAYBOOK_API", "PLAYBOOK_TICKET"
"""The variables of a kernel's environment with the address and the ticket."""

SECONDS = 20
HEADER = "X-Playbook-Ticket"


class _OverUnix(http.client.HTTPConnection):
    """HTTP over a UNIX socket."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.sock.settimeout(SECONDS)
        self.sock.connect(str(self._path))


def connection(address: str) -> http.client.HTTPConnection:
    """A connection to "unix:/path" or, where Python has no such sockets, "127.0.0.1:port"."""
    kind, _, rest = address.partition(":")
    if kind == "unix":
        return _OverUnix(Path(rest))
    return http.client.HTTPConnection(kind, int(rest), timeout=SECONDS)


class RemoteStore(Store, wire.RemoteCalls, Protocol):
    """A store that is somewhere else."""

    def close(self) -> None:
        """Let go of the connection; the next call makes another."""


def remote_store(address: str, ticket: str) -> RemoteStore:
    """The worksheets that `ticket` stands for, at the front process's `address`."""
    return cast(RemoteStore, _Caller(address, ticket))


def _error_of(answer: bytes) -> PlaybookError:
    """The error that was answered; one of ours also where HTTP itself refused."""
    try:
        return wire.error_from(json.loads(answer))
    except (ValueError, AttributeError):
        return StoreError(store_text("server.silent"))


class _Caller:
    """Whatever of wire.CALLS is called here is called there."""

    def __init__(self, address: str, ticket: str) -> None:
        self._connection = connection(address)
        self._ticket = ticket
        self._turn = Lock()

    def close(self) -> None:
        self._connection.close()

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name not in wire.CALLS:
            raise AttributeError(name)
        return partial(self._call, name)

    def _call(self, name: str, /, *given: Any, **named: Any) -> Any:
        values = inspect.signature(wire.CALLS[name]).bind(self, *given, **named).arguments
        body = json.dumps({key: values[key] for key in values if key != "self"}, allow_nan=False)
        with self._turn:
            status, answer = self._asked(f"/{name}", body)
        if status != HTTPStatus.OK:
            raise _error_of(answer)
        return wire.result(name).validate_json(answer)

    def _asked(self, path: str, body: str) -> tuple[int, bytes]:
        """The answer; asked anew when the kept connection was closed while nothing was asked."""
        kept = self._connection.sock is not None
        try:
            self._connection.request("POST", path, body, {HEADER: self._ticket})
            answer = self._connection.getresponse()
            return answer.status, answer.read()
        except (BrokenPipeError, ConnectionResetError, http.client.RemoteDisconnected) as error:
            self._connection.close()
            if kept:
                return self._asked(path, body)
            raise StoreError(store_text("server.silent")) from error
        except (OSError, http.client.HTTPException) as error:
            self._connection.close()
            raise StoreError(store_text("server.silent")) from error
