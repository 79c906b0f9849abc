"""What the server and a process that forks for it say to each other: JSON, and open files."""

from __future__ import annotations

import json
import select
import socket
import struct
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

LENGTH = struct.Struct("!I")
MOST_FILES = 4

Message = dict[str, Any]


class Channel:
    """One end of a UNIX socket. It blocks; `close` from another thread ends that."""

    def __init__(self, end: socket.socket) -> None:
        self._socket = end

    @classmethod
    def pair(cls) -> tuple[Channel, Channel]:
        """Both ends of a new line; the process that gives one away has to `drop` it."""
        mine, theirs = socket.socketpair()
        return cls(mine), cls(theirs)

    @classmethod
    def of(cls, file: int) -> Channel:
        """The end that another process opened."""
        return cls(socket.socket(fileno=file))

    def fileno(self) -> int:
        """The open file behind it; -1 when closed."""
        return self._socket.fileno()

    @property
    def is_open(self) -> bool:
        """Whether both ends are."""
        if self._socket.fileno() < 0:
            return False
        watch = select.poll()
        watch.register(self._socket, 0)  # a hang-up is told unasked
        return not watch.poll(0)

    def send(self, message: Message, files: Sequence[int] = ()) -> None:
        """Send a message with copies of open files. OSError when the other end is gone."""
        body = json.dumps(message).encode()
        socket.send_fds(self._socket, [LENGTH.pack(len(body))], files)
        self._socket.sendall(body)

    def receive(self) -> tuple[Message, list[int]] | None:
        """The next message and its files, which are the caller's to close; None at the end."""
        flags = socket.MSG_WAITALL | socket.MSG_CMSG_CLOEXEC
        head, files, _, _ = socket.recv_fds(self._socket, LENGTH.size, MOST_FILES, flags)
        if len(head) < LENGTH.size:
            return None
        (length,) = LENGTH.unpack(head)
        body = self._socket.recv(length, socket.MSG_WAITALL)
        return (json.loads(body), list(files)) if len(body) == length else None

    def drop(self) -> None:
        """Close this process's copy of an end that another process goes on using."""
        self._socket.close()

    def close(self) -> None:
        """Hang up; whoever waits for a message, here or there, gets the end."""
        with suppress(OSError):  # the other end was faster
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
