"""The check before the day: can a phone in that room reach this machine, and how many fit on it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, ClassVar

import psutil  # type: ignore[import-untyped]
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import APIHandler
from tornado.ioloop import IOLoop
from tornado.web import HTTPError
from tornado.websocket import WebSocketHandler

from playbook.server.cohort.host.door_sign import qr
from playbook.server.cohort.host.identity import host_of, visitor_of
from playbook.server.cohort.host.pages import CohortHandler
from playbook.server.cohort.host.preflight import holds
from playbook.server.http.error_hiding import ErrorHidingMixin

MB = 1 << 20
AT_ONCE, SECONDS = 60, 10.0
"""So many sockets of strangers may be open, and for so long."""


class PreflightHandler(CohortHandler):
    """/preflight: for trainers, before the day; for everybody else what it is."""

    @allow_unauthenticated
    async def get(self) -> None:
        visitor = self.visitor
        leads = visitor and (visitor.account or (visitor.member and visitor.member.role.leads))
        if not leads:
            self.show("preflight_closed.html")
            return
        self.host.preflight.begin()
        available = psutil.virtual_memory().available / MB
        fits = holds(available, psutil.cpu_count() or 1)
        hello = f"{self.host.address}/hello"
        self.show(
            "preflight.html",
            hello=hello,
            qr=qr(hello),
            fits=min(fits, self.host.capacity),
            capacity=self.host.capacity,
            only_here="127.0.0.1" in self.host.address,
        )


class PreflightSeenHandler(ErrorHidingMixin, APIHandler):
    """POST /preflight/seen: who said hello so far."""

    def post(self) -> None:
        visitor = visitor_of(self)
        leads = visitor and (visitor.account or (visitor.member and visitor.member.role.leads))
        if not leads:
            raise HTTPError(404)
        greetings = host_of(self).preflight.greetings
        self.finish({"greetings": [asdict(greeting) for greeting in greetings]})


class HelloHandler(CohortHandler):
    """/hello: what the phone opens that tries the network; before a trainer looks, what it is."""

    @allow_unauthenticated
    def get(self) -> None:
        is_open = self.host.preflight.is_open
        self.show("hello.html" if is_open else "preflight_closed.html")

    @allow_unauthenticated
    def post(self) -> None:
        """The page came, but its socket did not pass."""
        if not self.host.preflight.is_open:
            raise HTTPError(404)
        self.host.preflight.note(self.request.headers.get("User-Agent", ""), socket=False)
        self.finish({})


class HelloSocketHandler(ErrorHidingMixin, WebSocketHandler):
    """/hello/socket: passes one word both ways, within seconds, for a few at a time."""

    now: ClassVar[set[HelloSocketHandler]] = set()

    def prepare(self) -> None:
        if not host_of(self).preflight.is_open:
            raise HTTPError(404)
        if len(self.now) >= AT_ONCE:
            raise HTTPError(503)

    def open(self) -> None:
        self.now.add(self)
        IOLoop.current().call_later(SECONDS, self.close)

    def on_close(self) -> None:
        self.now.discard(self)

    def on_message(self, message: str | bytes) -> None:
        if message == "hello":
            host_of(self).preflight.note(self.request.headers.get("User-Agent", ""), socket=True)
            self.write_message("hello")
        self.close()

    def data_received(self, chunk: bytes) -> Any:
        """Nothing is sent here but through the socket."""
