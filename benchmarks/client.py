"""A page without a browser, for tests and timings: opens a notebook and talks to its form."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Self
from uuid import uuid4

import httpx
import psutil
from websockets.sync.client import ClientConnection, connect

PATIENCE = 60.0
"""Seconds to wait for a server, a page or an answer before giving up."""


class Server:
    """`playbook serve` or plain Voila as a real process of its own, on a free port."""

    def __init__(self, home: Path, plain: str | None = None) -> None:
        """`plain`: the folder of notebooks that plain Voila serves; None for our own server."""
        self.home, self.plain = home, plain
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        command = [sys.executable, "-m", "playbook.cli", "serve", "--no-browser"]
        command += ["--port", str(self.port)]
        if self.plain:
            command = [sys.executable, "-m", "voila", self.plain, "--no-browser"]
            command += [f"--port={self.port}", "--Voila.port_retries=0"]
        self.log = self.home.parent / f"server-{self.port}.log"
        self.process = subprocess.Popen(
            command,
            env={**os.environ, "PLAYBOOK_HOME": str(self.home), "PYTHONUNBUFFERED": "1"},
            stdout=self.log.open("ab"),
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        self.http = httpx.Client(base_url=self.base, timeout=PATIENCE, follow_redirects=True)
        wait_for(self._answers, f"the server did not start: {self.log}")

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        """What a person opens: with the per-run token under `playbook serve`."""
        if self.plain:
            return self.base
        note = json.loads((self.home / "running.json").read_text(encoding="utf-8"))
        return f"{self.base}/?token={note['token']}"

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise RuntimeError(self.log.read_text(encoding="utf-8", errors="replace")[-2000:])
        try:
            return self.http.get("/" if self.plain else "/health").status_code < 500
        except httpx.TransportError:
            return False

    def kernels(self) -> list[psutil.Process]:
        """The kernel processes."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if "-f" in child.cmdline()]

    def kill(self) -> None:
        """kill -9, kernels too: what a power cut leaves."""
        for process in self.kernels():
            process.kill()
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as Ctrl-C does."""
        self.http.close()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Page:
    """One open page: its kernel, its socket and its form."""

    def __init__(self, server: Server, notebook: str = "02_catalyst.ipynb") -> None:
        """Open the page and connect, as a browser does before it says hello."""
        if not server.plain:
            server.http.get(server.address.removeprefix(server.base))
        page = server.http.get(f"/voila/render/{notebook}")
        page.raise_for_status()
        self.html = page.text
        found = re.search(r'"kernelId":\s*"([\w-]+)"', self.html)
        if found is None:
            raise RuntimeError(f"no kernel in the page: {self.html[-1000:]}")
        self.kernel_id = found[1]
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in server.http.cookies.jar)
        self.socket: ClientConnection = connect(
            f"ws://127.0.0.1:{server.port}/api/kernels/{self.kernel_id}/channels?session_id={uuid4()}",
            additional_headers={"Cookie": cookies, "Origin": server.base},
            max_size=None,
            compression=None,
        )
        self.form = self._find("SheetForm")

    def _find(self, widget: str) -> str:
        """The comm of the widget of that class."""
        control = str(uuid4())
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        self._send("comm_open", opening, metadata={"version": "1.0.0"})
        self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})
        states = self._wait(lambda m: m["content"].get("comm_id") == control and _states(m))
        return next(
            comm
            for comm, model in states.items()
            if str(model["state"].get("_anywidget_id", "")).endswith(widget)
        )

    def say(self, message: dict[str, Any], answer: str, **same: Any) -> dict[str, Any]:
        """Send to the form; the first message of type `answer` whose `same` keys match."""
        data = {"method": "custom", "content": message}
        self._send("comm_msg", {"comm_id": self.form, "data": data})

        def fits(received: dict[str, Any]) -> dict[str, Any] | None:
            content = received["content"].get("data", {}).get("content", {})
            good = content.get("type") == answer
            return content if good and all(content.get(k) == v for k, v in same.items()) else None

        return self._wait(fits)

    def hello(self, device: str = "light-client", worksheet: str | None = None) -> dict[str, Any]:
        """Bind the form; the worksheet's state."""
        page = {"host": "127.0.0.1", "app": "voila"}
        hello = {"type": "hello", "device": device, "page": page, "worksheet": worksheet}
        return self.say(hello, "state")["state"]

    def op(self, kind: str, op_id: str | None = None, **values: Any) -> dict[str, Any]:
        """Send one change; its acknowledgement."""
        op = {"op_id": op_id or str(uuid4()), "kind": kind, **values}
        return self.say({"type": "op", "op": op}, "ack", op_id=op["op_id"])

    def close(self) -> None:
        self.socket.close()

    def _send(
        self, kind: str, content: dict[str, Any], metadata: dict[str, Any] | None = None
    ) -> None:
        header = {"msg_id": str(uuid4()), "msg_type": kind, "username": "", "session": "light"}
        header |= {"version": "5.3", "date": "2026-01-01T00:00:00Z"}
        message = {"header": header, "parent_header": {}, "metadata": metadata or {}}
        self.socket.send(
            json.dumps({**message, "content": content, "channel": "shell", "buffers": []})
        )

    def _wait(self, wanted: Any) -> Any:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            received = self.socket.recv(timeout=end - time.monotonic())
            if isinstance(received, bytes):
                received = _first_part(received)
            if found := wanted(json.loads(received)):
                return found
        raise TimeoutError("no answer from the kernel")


def _states(message: dict[str, Any]) -> Any:
    data = message["content"].get("data", {})
    return data.get("states") if data.get("method") == "update_states" else None


def _first_part(frame: bytes) -> str:
    """The JSON of a binary message: count of parts, their offsets, then the parts."""
    count = int.from_bytes(frame[:4], "big")
    start, end = (int.from_bytes(frame[4 * n : 4 * n + 4], "big") for n in (1, 2))
    return frame[start : end if count > 1 else None].decode()


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(condition: Any, complaint: str, seconds: float = PATIENCE) -> None:
    """Return once `condition()` holds; RuntimeError with `complaint` when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(complaint)
        time.sleep(0.05)
