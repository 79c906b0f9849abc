"""The way to the running server for whoever runs the host: where its socket is, and how to ask."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import closing
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from playbook.model import StoreError
from playbook.model.wording import Words
from playbook.store import wire
from playbook.store.remote import connection

SOCKET = "admin.sock"
LONGEST_PATH = 100
"""Bytes; a UNIX socket's path may have some 104 (macOS) or 108 (Linux)."""
PATIENCE = 600
"""Seconds; a large file is rewritten or copied meanwhile."""


def fits(path: Path) -> bool:
    """Whether a UNIX socket can have this path."""
    return len(os.fsencode(path)) <= LONGEST_PATH


def socket_in(home: Path) -> Path:
    """The socket of the server on this data folder, whether there is one or not.

    Where the folder's path is too long for a socket, a file there says where it is.
    """
    place = home / SOCKET
    return Path(place.read_text()) if place.is_file() else place


def ask(home: Path, words: Words, name: str, given: Mapping[str, Any]) -> Any:
    """The result of a command (playbook.maintain.admin) from the server on this data folder.

    Raises LookupError when no server listens there; PlaybookError with what the server says.
    """
    with closing(connection(f"unix:{socket_in(home)}")) as line:
        _connect(line)
        try:
            line.request("POST", f"/{name}", json.dumps(given))
            answer = line.getresponse()
            status, body = answer.status, json.loads(answer.read())
        except (OSError, HTTPException, ValueError) as error:
            raise StoreError(words.text("admin.silent")) from error
    if status != HTTPStatus.OK:
        raise wire.error_from(body)
    return body


def _connect(line: HTTPConnection) -> None:
    try:
        line.connect()
        line.sock.settimeout(PATIENCE)
    except (OSError, AttributeError) as error:  # AttributeError: this system has no such sockets
        raise LookupError from error
