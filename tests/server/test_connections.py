"""How many connections, for how long, and how much over them: a real server on real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection
from contextlib import suppress

import pytest
from tornado.netutil import bind_sockets
from tornado.web import Application, RequestHandler

from playbook.server.http import connections as module
from playbook.server.http.connections import (
    LARGEST_BODY,
    LARGEST_UPLOAD,
    LimitedServer,
    ServerHeaderRemover,
)

from .conftest import in_loop

HERE, THERE = "127.0.0.1", "127.0.0.2"
WAIT = 5.0

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Slow(RequestHandler):
    """Answers when it is told to."""

    go_on = asyncio.Event()

    async def get(self) -> None:
        await self.go_on.wait()
        self.finish("slow")


class Body(RequestHandler):
    def get(self) -> None:
        self.finish("here")

    def post(self) -> None:
        self.finish(str(len(self.request.body)))


class Client:
    """Connections from one address to the server."""

    def __init__(self, port: int) -> None:
        self.port, self.lines = port, []

    async def line(self, address: str = HERE) -> Line:
        opened = await asyncio.open_connection(HERE, self.port, local_addr=(address, 0))
        self.lines.append(opened)
        return opened

    async def said(self, line: Line, text: bytes) -> bytes:
        """The first line of what comes back; nothing if the connection is closed."""
        with suppress(ConnectionError):
            line[1].write(text)
            await line[1].drain()
            first = await asyncio.wait_for(line[0].readline(), WAIT)
            if first:
                await asyncio.sleep(0.01)
            return first.strip()
        return b""

    async def asks(self, line: Line, path: str = "/") -> bytes:
        """The status of an answer, read to its end."""
        line[1].write(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            head = await asyncio.wait_for(line[0].readuntil(b"\r\n\r\n"), WAIT)
            assert b"server" not in head.lower()
            await line[0].readexactly(4)
            return head.split(b"\r\n")[0]
        return b""


def serving(
    test: Callable[[Client], Awaitable[None]],
    most: int = 100,
    from_one_address: int = 100,
    uploads: Collection[str] = ("/bring",),
) -> None:
    """Run a test against a server with these limits."""

    async def run() -> None:
        Slow.go_on = asyncio.Event()
        application = Application([("/slow", Slow), (".*", Body)])
        application.add_transform(ServerHeaderRemover)
        server = LimitedServer(
            application, most=most, from_one_address=from_one_address, uploads=uploads
        )
        sockets = bind_sockets(0, HERE)
        server.add_sockets(sockets)
        client = Client(sockets[0].getsockname()[1])
        try:
            await test(client)
        finally:
            for _, writer in client.lines:
                writer.close()
            server.stop()
            await server.close_all_connections()
            assert server.bodies == {}

    in_loop(run())


OK = b"HTTP/1.1 200 OK"


def test_who_opens_too_many_connections_loses_the_one_that_was_silent_longest():
    async def check(client: Client) -> None:
        first, *others = [await client.line() for _ in range(3)]
        other = await client.line(THERE)
        assert await client.asks(others[0]) == OK
        one_more = await client.line()
        assert await client.asks(one_more) == OK
        assert await client.asks(first) == b"", "it was closed"
        assert [await client.asks(line) for line in (*others, other)] == [OK] * 3

    serving(check, from_one_address=3)


def test_a_connection_that_waits_for_its_answer_is_not_closed_for_another():
    async def check(client: Client) -> None:
        busy = [await client.line() for _ in range(2)]
        asked = [asyncio.ensure_future(client.asks(line, "/slow")) for line in busy]
        await asyncio.sleep(0.2)
        assert await client.asks(await client.line()) == b"", "there is none to close"
        assert await client.asks(await client.line(THERE)) == OK
        Slow.go_on.set()
        assert await asyncio.gather(*asked) == [OK, OK]
        assert await client.asks(await client.line()) == OK

    serving(check, from_one_address=2)


def test_when_the_server_is_full_the_address_with_most_makes_room():
    async def check(client: Client) -> None:
        crowd = [await client.line() for _ in range(4)]
        other = await client.line(THERE)
        await asyncio.sleep(0.1)
        newcomer = await client.line("127.0.0.3")
        assert await client.asks(newcomer) == OK
        assert await client.asks(other) == OK
        assert await client.asks(crowd[0]) == b""
        assert await client.asks(crowd[1]) == OK

    serving(check, most=5)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: a\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nx",
    ],
)
def test_who_begins_and_does_not_go_on_is_cut(monkeypatch, begun):
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.3)

    async def check(client: Client) -> None:
        line = await client.line()
        line[1].write(begun)
        assert await asyncio.wait_for(line[0].read(), WAIT) == b""

    serving(check)


@pytest.mark.parametrize(
    ("path", "size", "status"),
    [
        ("/join", LARGEST_BODY, OK),
        ("/join", LARGEST_BODY + 1, b"HTTP/1.1 400 Bad Request"),
        ("/bring", LARGEST_BODY + 1, OK),
        ("/bring?x=1", LARGEST_UPLOAD, OK),
        ("/bring", LARGEST_UPLOAD + 1, b"HTTP/1.1 400 Bad Request"),
    ],
)
def test_a_body_is_as_large_as_its_path_takes(path, size, status):
    async def check(client: Client) -> None:
        head = f"POST {path} HTTP/1.1\r\nHost: a\r\nContent-Length: {size}\r\n\r\n".encode()
        line = await client.line()
        line[1].write(head + b"x" * size)
        with suppress(ConnectionError):
            assert await asyncio.wait_for(line[0].readline(), WAIT) == status + b"\r\n"

    serving(check)


def test_bodies_that_never_come_hold_up_nobody_elses():
    async def check(client: Client) -> None:
        most = module.BODIES_FROM_ONE_ADDRESS // LARGEST_UPLOAD
        head = (
            f"POST /bring HTTP/1.1\r\nHost: a\r\nContent-Length: {LARGEST_UPLOAD}\r\n\r\n".encode()
        )
        for _ in range(most):
            (await client.line())[1].write(head)
        await asyncio.sleep(0.2)
        large = b"POST /join HTTP/1.1\r\nHost: a\r\nContent-Length: 99999\r\n\r\n" + b"x" * 99999
        form = b"POST /join HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx"
        assert await client.said(await client.line(), large) == b"HTTP/1.1 400 Bad Request"
        assert await client.said(await client.line(), form) == OK, "a form is small"
        assert await client.said(await client.line(THERE), large) == OK
        client.lines[0][1].close()
        await asyncio.sleep(0.2)
        assert await client.said(await client.line(), large) == OK

    serving(check)
