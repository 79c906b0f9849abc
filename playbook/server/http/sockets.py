"""The line between a page and its kernel: which messages it takes, how fast, and how it ends."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from typing import Any, ClassVar
from weakref import WeakValueDictionary

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.websocket import KernelWebsocketHandler
from tornado.iostream import StreamBufferFullError
from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError

from playbook.server.http.error_hiding import ErrorHidingMixin
from playbook.server.http.frames import PROTOCOL
from playbook.server.http.security import TokenBucket, may_enter, may_leave
from playbook.server.kernels.compat import OpenSessions

UNREAD = 4 << 20
"""Bytes that wait for a page which reads nothing; a page's whole state is some hundred kB."""
SWITCHED = 101
SESSION = re.compile(r"[\w-]{1,64}")
"""What a page may call its session; it becomes an address of at most 255 bytes."""


class Connection(OpenSessions, ZMQChannelsWebsocketConnection):
    """As jupyter_server's, for messages in Jupyter's v1 format alone.

    Its parent asks the socket which format was agreed on, and reads what comes through a closing
    one in the format from before: the first bytes of any message would be a count of up to 2**31.
    """

    @property
    def subprotocol(self) -> str:
        """The only format."""
        return PROTOCOL


class KernelSocketHandler(ErrorHidingMixin, KernelWebsocketHandler):
    """A page's socket to its kernel, with a filter in both directions."""

    kernel_websocket_connection_class = Connection
    connection: Connection | None = None
    ws_connection: Any
    _is_open = False
    _paces: ClassVar[WeakValueDictionary[str, TokenBucket]] = WeakValueDictionary()
    """How fast each browser sends, by all its sockets together."""

    async def pre_get(self) -> None:
        """Refuse what will be no socket of ours before anything is kept for it."""
        told = self.request.headers
        offered = [name.strip() for name in told.get("Sec-WebSocket-Protocol", "").split(",")]
        becomes_one = told.get("Upgrade", "").lower() == "websocket"
        if not becomes_one or PROTOCOL not in offered:
            raise HTTPError(400)
        if not SESSION.fullmatch(self.get_query_argument("session_id", "")):
            raise HTTPError(400)
        await super().pre_get()  # type: ignore[no-untyped-call]

    async def open(self, kernel_id: str) -> None:
        self.set_nodelay(True)  # small messages at once, not gathered for 40 ms
        self.ws_connection.stream.max_write_buffer_size = UNREAD
        self._pace = self._paces.setdefault(self.current_user.username, TokenBucket())
        self._over = asyncio.Event()
        self._is_open = True
        self.settings["kernel_manager"].attached(kernel_id, self)
        await super().open(kernel_id)  # type: ignore[no-untyped-call]

    @property
    def closing(self) -> bool:
        """Whether either side has begun to close: from then on nothing counts any more."""
        return self.ws_connection is None or self.ws_connection.is_closing()

    async def on_message(self, message: str | bytes) -> None:
        """Pass a message on. Nothing more is read from a page that sends too fast until it may."""
        wait = 0.0 if self.closing else self._pace.wait(len(message))
        if wait:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), wait)
        if not self.closing and may_enter(message):
            super().on_message(message)  # type: ignore[no-untyped-call]

    def write_message(self, message: Any, binary: bool = False) -> Any:
        if self.closing or not may_leave(message):
            return None
        try:
            sent = super().write_message(message, binary)
        except StreamBufferFullError:  # a page that asks and reads nothing
            self.cut()
            return None
        sent.add_done_callback(_heard)
        return sent

    def send_ping(self) -> None:
        """As its parent's; that the other side went away without a word is no error of ours."""
        with suppress(WebSocketClosedError):
            super().send_ping()

    def cut(self) -> None:
        """End it without waiting for the page to agree, nor for what it still has to say: a line
        that is read again only when its message may go on would keep its five sockets till then."""
        if self.ws_connection is not None:
            self.ws_connection.stream.close()
            self.on_connection_close()

    def on_finish(self) -> None:
        if self.connection is not None and self.get_status() != SWITCHED:
            self.connection.abandon()

    def on_close(self) -> None:
        if self._is_open:
            self._over.set()
            self.settings["kernel_manager"].detached(self.kernel_id, self)
            super().on_close()  # type: ignore[no-untyped-call]
        elif self.connection is not None:
            self.connection.abandon()


def _heard(sent: asyncio.Future[None]) -> None:
    """A page that went away while it was told something is nothing to log; it asks again when it is
    back."""
    if not sent.cancelled():
        sent.exception()
