"""One server per data folder: the folder itself, the port, and the note about who runs."""

from __future__ import annotations

import errno
import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import socket

from tornado.netutil import bind_sockets

from playbook.model import PlaybookError

LOOPBACK = "127.0.0.1"
TRIAL = 4096  # bytes: on a full disk an empty file can still be made
ENOUGH_FILES = 16_384
PATIENCE = 1.0  # seconds a running server has to say that it is there


@dataclass(frozen=True)
class ServerRecord:
    """What a running server leaves in its data folder, readable by its owner alone.

    `run` is what its health page says, too: a name for this run, and no secret.
    """

    run: str
    port: int
    token: str

    @property
    def address(self) -> str:
        """What to open in a browser."""
        return f"http://{LOOPBACK}:{self.port}/?token={self.token}"

    def leave(self, home: Path) -> None:
        """Write the note, for the next start to read."""
        place = _place(home)
        place.unlink(missing_ok=True)
        with os.fdopen(os.open(place, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(asdict(self), file)

    def take_back(self, home: Path) -> None:
        """Remove the note, if it is still this server's."""
        if _read(home) == self:
            _place(home).unlink(missing_ok=True)


def prepared(home: Path) -> Path:
    """The data folder, made private when it is new.

    Raises PlaybookError when it can't be written to.
    """
    trial = home / f".trial-{os.getpid()}"
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial.write_bytes(bytes(TRIAL))
    except OSError as error:
        raise PlaybookError(
            f"The playbook can't write to its data folder {home} ({error.strerror}): "
            "mend that, or name another one in the environment variable PLAYBOOK_HOME."
        ) from error
    finally:
        with suppress(OSError):
            trial.unlink()
    return home


def refuse_second(home: Path) -> None:
    """Raise PlaybookError with its address when a playbook already runs on this data folder."""
    note = _read(home)
    if note and _answers(note):
        raise PlaybookError(
            f"The playbook already runs on this data folder ({home}): open {note.address}"
        )


def claimed(port: int, address: str = LOOPBACK) -> list[socket]:
    """Sockets that listen at `address`, on this machine alone by default; port 0 takes a free one.

    Raises PlaybookError when the port can't be had.
    """
    try:
        return bind_sockets(port, address)
    except OverflowError as error:
        raise PlaybookError(
            f"{port} is no port: choose one from 1 to 65535 with --port."
        ) from error
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        reason = "is taken by another program" if taken else "can't be opened here"
        raise PlaybookError(
            f"Port {port} {reason}: choose another one with --port, for example --port 8899."
        ) from error


def open_files() -> int:
    """How many files this process may have open, connections included: as many as the system lets
    it have, though it gives 1,024 unasked."""
    if sys.platform == "win32":  # which has no such limit
        return ENOUGH_FILES
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = ENOUGH_FILES if hard == resource.RLIM_INFINITY else min(hard, ENOUGH_FILES)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(OSError, ValueError):  # macOS allows less than it says
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
            soft = wanted
    return wanted if soft == resource.RLIM_INFINITY else soft


def _place(home: Path) -> Path:
    return home / "running.json"


def _read(home: Path) -> ServerRecord | None:
    with suppress(OSError, ValueError, TypeError):
        return ServerRecord(**json.loads(_place(home).read_text()))
    return None


def _answers(note: ServerRecord) -> bool:
    """Whether the server of this note is alive, and not some other program on its port."""
    connection = HTTPConnection(LOOPBACK, note.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/health")
        return bool(json.load(connection.getresponse())["run"] == note.run)
    except (OSError, HTTPException, ValueError, LookupError, TypeError):
        return False
    finally:
        connection.close()
