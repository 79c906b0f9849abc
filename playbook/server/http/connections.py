"""How many connections a server holds, for how long, and how much it takes in over them.

A browser opens six; sixty people may be behind one address. So there is a limit for each address,
and when it is reached the connection goes first that has waited longest for somebody to ask.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Awaitable, Collection
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPInputError,
    HTTPMessageDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import OutputTransform

IDLE_SECONDS = 60.0
"""So long a connection may be silent before and between requests, and so long a body may take."""
LARGEST_BODY = 1 << 20  # bytes; pages send their data over the websocket
LARGEST_UPLOAD = 2 << 20  # bytes; worksheets that somebody brings along
LARGEST_HEADERS = 32 << 10  # bytes
FROM_ONE_ADDRESS = 720
"""Connections: six of each of sixty people's browsers, twice."""
BODIES_FROM_ONE_ADDRESS = 32 << 20
"""Bytes of bodies that are on their way at one time; those of small forms don't count."""
SMALL_BODY = 64 << 10  # bytes


class LimitedServer(HTTPServer):
    """An HTTP server whose connections are limited by address and in all."""

    def initialize(  # type: ignore[override]  # options by name alone
        self,
        application: Any,
        *,
        most: int,
        from_one_address: int = FROM_ONE_ADDRESS,
        uploads: Collection[str] = (),
        **options: Any,
    ) -> None:
        """`most`: connections in all; `from_one_address`: of those from one; `uploads`: the paths
        that take more than a form; `options` as HTTPServer has them."""
        super().initialize(
            application,
            idle_connection_timeout=IDLE_SECONDS,
            body_timeout=IDLE_SECONDS,
            max_body_size=LARGEST_BODY,
            max_header_size=LARGEST_HEADERS,
            **options,
        )
        self._most, self._from_one_address, self._uploads = most, from_one_address, uploads
        self._open: Counter[str] = Counter()
        self._idle: defaultdict[str, dict[Any, None]] = defaultdict(dict)
        """Connections that wait for a request, by address; the longest waiting first."""
        self.bodies: Counter[str] = Counter()
        """Bytes of bodies that were announced and are not here yet, by address."""

    def handle_stream(self, stream: Any, address: tuple[Any, ...]) -> None:
        place = str(address[0])
        full = self._open.total() >= self._most
        if full or self._open[place] >= self._from_one_address:
            crowded = self._open.most_common(1)[0][0] if full else place
            if not self._idle[crowded]:
                stream.close()
                return
            self._drop(crowded)
        self._open[place] += 1
        super().handle_stream(stream, address)

    def _drop(self, place: str) -> None:
        longest = next(iter(self._idle[place]))
        del self._idle[place][longest]
        longest.stream.close()

    def start_request(self, server_conn: Any, request_conn: HTTPConnection) -> HTTPMessageDelegate:
        place = _place(server_conn)
        self._idle[place][server_conn] = None
        inner = super().start_request(server_conn, request_conn)
        return _Limited(self, server_conn, request_conn, inner)

    def begins(self, server_conn: Any) -> None:
        """The headers of a request are here."""
        self._idle[_place(server_conn)].pop(server_conn, None)

    def largest(self, path: str) -> int:
        """Bytes of a body that this path takes."""
        return LARGEST_UPLOAD if path in self._uploads else LARGEST_BODY

    def on_close(self, server_conn: Any) -> None:
        place = _place(server_conn)
        self.begins(server_conn)
        self._open[place] -= 1
        if not self._open[place]:  # nothing is kept of who left
            del self._open[place]
            self._idle.pop(place, None)
        super().on_close(server_conn)


class _Limited(HTTPMessageDelegate):
    """One request, with the size of its body limited."""

    def __init__(
        self,
        server: LimitedServer,
        server_conn: Any,
        request_conn: Any,
        inner: HTTPMessageDelegate,
    ) -> None:
        self._server, self._server_conn, self._inner = server, server_conn, inner
        self._request_conn = request_conn
        self._announced = 0
        self._begun = False

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        assert isinstance(start_line, RequestStartLine)
        self._server.begins(self._server_conn)
        most = self._server.largest(start_line.path.partition("?")[0])
        self._request_conn.set_max_body_size(most)
        announced = headers.get("Content-Length", "0")
        size = int(announced) if announced.isascii() and announced.isdigit() else most
        self._announce(most if "Transfer-Encoding" in headers else min(size, most))
        self._begun = True
        return self._inner.headers_received(start_line, headers)

    def _announce(self, size: int) -> None:
        place = _place(self._server_conn)
        if size <= SMALL_BODY:
            return
        if self._server.bodies[place] + size > BODIES_FROM_ONE_ADDRESS:
            raise HTTPInputError("Too much is on its way from there already.")
        self._announced = size
        self._server.bodies[place] += size

    def _arrived(self) -> None:
        place = _place(self._server_conn)
        self._server.bodies[place] -= self._announced
        self._announced = 0
        if not self._server.bodies[place]:
            del self._server.bodies[place]

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        return self._inner.data_received(chunk)

    def finish(self) -> None:
        self._arrived()
        self._inner.finish()

    def on_connection_close(self) -> None:
        self._arrived()
        if self._begun:
            self._inner.on_connection_close()


def _place(server_conn: Any) -> str:
    """The address that a connection came from; behind a proxy the proxy's."""
    return str(server_conn.context.address[0])


class ServerHeaderRemover(OutputTransform):
    """Takes the name of the software out of every answer."""

    def transform_first_chunk(
        self, status_code: int, headers: HTTPHeaders, chunk: bytes, finishing: bool
    ) -> tuple[int, HTTPHeaders, bytes]:
        headers.pop("Server", None)
        return super().transform_first_chunk(status_code, headers, chunk, finishing)
