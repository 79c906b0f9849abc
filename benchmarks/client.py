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
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol, Self
from uuid import uuid4

import httpx
import psutil
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from websockets.sync.client import ClientConnection, connect

from playbook.cohort.cohorts import CohortPlan
from playbook.framework import load_framework
from playbook.server.cohort.host.host import CohortHost
from playbook.server.cohort.host.identity import COOKIE

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds to wait for a server, a page or an answer before giving up."""
PROTOCOL = "v1.kernel.websocket.jupyter.org"
CATALYST = "02_catalyst.ipynb"


def child_environment(**more: str) -> dict[str, str]:
    """This environment with the checkout importable and byte-code kept, as an installation has."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": path, **more}


class Site(Protocol):
    """A server as one browser sees it: where it is, and the cookies that are kept for it."""

    base: str
    http: httpx.Client


class Server:
    """`playbook serve`, or plain Voila, as a real process of its own on a free port."""

    def __init__(
        self, home: Path, plain: Path | None = None, *options: str, **environment: str
    ) -> None:
        """`plain`: the folder of notebooks that plain Voila serves, with its `options`; None for
        our own server. `home` is the data folder; the server's log lies beside it."""
        self.home, self.plain, self.options = home, plain, options
        self.environment = child_environment(PLAYBOOK_HOME=str(home), **environment)
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.log = home.parent / f"server-{self.port}.log"
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers; how many seconds that took is kept."""
        began = time.perf_counter()
        self.process = self._begun()
        self.http = httpx.Client(base_url=self.base, timeout=PATIENCE, follow_redirects=True)
        wait_for(self._answers, f"the server did not start: {self.log}")
        self.seconds_to_start = time.perf_counter() - began
        if not self.plain:  # sign in; following on to the home page would start its kernel
            self.http.get(self.address, follow_redirects=False)

    def _begun(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command(),
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl+C in the terminal is not for it
            )

    def _command(self) -> list[str]:
        if self.plain is None:
            own = ("-m", "playbook.cli.main", "serve", "--no-browser", "--port", str(self.port))
            return [sys.executable, *own]
        voila = ("-m", "voila", str(self.plain), "--no-browser", f"--port={self.port}")
        return [sys.executable, *voila, "--Voila.port_retries=0", *self.options]

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

    def processes(self) -> list[psutil.Process]:
        """The server and everything it started."""
        server = psutil.Process(self.process.pid)
        return [server, *server.children(recursive=True)]

    def kernel(self, kernel_id: str) -> psutil.Process:
        """The process of a kernel, known by its connection file. LookupError when it is gone."""
        for process in self.processes():
            with suppress(psutil.NoSuchProcess):  # one that was killed just now
                if kernel_id in " ".join(process.cmdline()):
                    return process
        raise LookupError(f"There is no kernel {kernel_id}.")

    def kill(self) -> None:
        """kill -9, kernels too, those at once: what a power cut leaves."""
        for process in self.processes():
            process.kill()
        self.process.wait()
        self.http.close()

    def stop(self) -> None:
        """End it as Ctrl+C does."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class ClassServer(Server):
    """`playbook serve --cohort` with one class in it; `address` is where people join.

    `cohort` is the class's id, `trainer` the cookie of who leads it; `member` and `cookie` are one
    participant's, and `cookies` those of all `people` who were signed in before the server started.
    """

    def __init__(self, home: Path, capacity: int = 20, people: int = 1) -> None:
        home.mkdir(parents=True)
        host = CohortHost.at(home, load_framework(), "http://127.0.0.1", False, capacity)
        account = host.accounts.accept(host.accounts.invite("Ana"), "four words put together")
        today = host.cohorts.today()
        plan = CohortPlan("Class", "Acme", today, today + timedelta(days=30))
        cohort, trainer = host.cohorts.create(account, plan)
        self.cohort, self.trainer = cohort.id, host.devices.begin(trainer)
        self.code, self.capacity = host.cohorts.new_code(trainer), capacity
        self.member = host.cohorts.join(self.code, "José")
        others = [host.cohorts.join(self.code, f"José {number}") for number in range(2, people + 1)]
        self.cookies = [host.devices.begin(it) for it in (self.member, *others)]
        self.cookie = self.cookies[0]
        host.close()
        super().__init__(home)

    def start(self) -> None:
        super().start()
        self.http.cookies.set(COOKIE, self.cookie)

    def _command(self) -> list[str]:
        return [*super()._command(), "--cohort", "--capacity", str(self.capacity)]

    @property
    def address(self) -> str:
        return f"{self.base}/join?code={self.code}"


class Page:
    """One open page: its kernel, its socket and its form."""

    def __init__(self, site: Site, notebook: str = CATALYST) -> None:
        """Open the page and connect, as a browser does before it says hello."""
        page = site.http.get(f"/voila/render/{notebook}")
        page.raise_for_status()
        found = re.search(r'"kernelId":\s*"([\w-]+)"', page.text)
        if found is None:
            raise RuntimeError(f"no kernel in the page: {page.text[-1000:]}")
        self.kernel_id = found[1]
        self.state: dict[str, Any] = {}
        self._open = ExitStack()
        self.socket = self._open.enter_context(_connected(site, self.kernel_id))
        kept = re.search(r'"states":\s*"([^"]+)"', page.text)
        states = site.http.get(kept[1]).json() if kept else self._asked()
        self.widgets = {name: comm for comm, name in _models(states).items()}
        """The comm of each widget by its class's name."""

    def _asked(self) -> Mapping[str, Any]:
        """The states of all widgets, from the kernel: our own server has them in a file."""
        control = str(uuid4())
        opening = {"comm_id": control, "target_name": "jupyter.widget.control", "data": {}}
        self._send("comm_open", opening, {"version": "1.0.0"})
        self._send("comm_msg", {"comm_id": control, "data": {"method": "request_states"}})

        def states(comm: str, data: Mapping[str, Any]) -> Any:
            return data.get("states") if comm == control else None

        found: Mapping[str, Any] = self._wait(states)
        return found

    # -- talking

    def send(self, message: Mapping[str, Any], to: str = "SheetForm") -> None:
        """Send a custom message to a widget, and do not wait."""
        data = {"method": "custom", "content": message}
        self._send("comm_msg", {"comm_id": self.widgets[to], "data": data})

    def receive(self, timeout: float = PATIENCE, of: str = "SheetForm") -> dict[str, Any]:
        """The next custom message of a widget; what changed in a form's state is told as the whole
        "state". TimeoutError when none comes in that time."""

        def custom(comm: str, data: Mapping[str, Any]) -> Any:
            return data.get("content") if comm == self.widgets[of] else None

        found: dict[str, Any] = self._wait(custom, timeout)
        if patch := found.get("patch"):
            found["state"] = patched(self.state, patch)
        self.state = found.get("state", self.state)
        return found

    def say(self, message: Mapping[str, Any], answer: str, **same: Any) -> dict[str, Any]:
        """Send to the form; the first message of type `answer` whose `same` keys match."""
        self.send(message)
        while True:
            said = self.receive()
            if said.get("type") == answer and all(said.get(k) == v for k, v in same.items()):
                return said

    def hello(self, device: str = "light-client", worksheet: str | None = None) -> dict[str, Any]:
        """Bind the form; the worksheet's state."""
        page = {"host": "127.0.0.1", "app": "voila"}
        hello = {"type": "hello", "device": device, "page": page, "worksheet": worksheet}
        state: dict[str, Any] = self.say(hello, "state")["state"]
        return state

    def op(self, kind: str, op_id: str | None = None, **values: Any) -> dict[str, Any]:
        """Send one change; its acknowledgement."""
        op = {"op_id": op_id or str(uuid4()), "kind": kind, **values}
        return self.say({"type": "op", "op": op}, "ack", op_id=op["op_id"])

    def close(self) -> None:
        """Go away without a word."""
        self._open.close()

    # -- the wire

    def _send(
        self, kind: str, content: Mapping[str, Any], metadata: Mapping[str, Any] | None = None
    ) -> None:
        header = {"msg_id": str(uuid4()), "msg_type": kind, "username": "", "session": "light"}
        header |= {"version": "5.3", "date": "2026-01-01T00:00:00Z"}
        parts = [header, {}, metadata or {}, content]
        wire = [json.dumps(part).encode() for part in parts]
        self.socket.send(serialize_msg_to_ws_v1(wire, "shell"))

    def _wait(
        self, wanted: Callable[[str, Mapping[str, Any]], Any], timeout: float = PATIENCE
    ) -> Any:
        """What `wanted(comm, data)` makes of the first comm message that it makes something of."""
        end = time.monotonic() + timeout
        while True:
            received = self.socket.recv(timeout=max(end - time.monotonic(), 0))
            assert isinstance(received, bytes), "the server speaks another protocol"
            _, parts = deserialize_msg_from_ws_v1(received)
            if json.loads(parts[0])["msg_type"] != "comm_msg":
                continue
            content = json.loads(parts[3])
            if found := wanted(content["comm_id"], content["data"]):
                return found


def patched(state: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """The state of a form with what changed in it; widgets/form/feed.py says what a patch is."""
    assert state.get("turn") == patch["after"], "a message of the form was missed"
    parts = {
        part: {key: it for key, it in {**state[part], **changes}.items() if it is not None}
        for part, changes in patch["entries"].items()
    }
    return {**state, **patch["state"], **parts}


def _models(states: Mapping[str, Any]) -> dict[str, str]:
    """Class name of each anywidget, by comm; a form is one whatever views it has."""
    names = {
        comm: str(model["state"].get("_anywidget_id", "")).rpartition(".")[2].partition("With")[0]
        for comm, model in states.items()
    }
    return {comm: name for comm, name in names.items() if name}


def _connected(site: Site, kernel_id: str) -> ClientConnection:
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in site.http.cookies.jar)
    channels = f"/api/kernels/{kernel_id}/channels?session_id={uuid4()}"
    return connect(
        site.base.replace("http", "ws", 1) + channels,
        additional_headers={"Cookie": cookies, "Origin": site.base},
        subprotocols=[PROTOCOL],  # type: ignore[list-item]
        compression=None,
        max_size=None,
        ping_interval=None,  # browsers send none of their own
    )


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(condition: Callable[[], bool], complaint: str, seconds: float = PATIENCE) -> None:
    """Return once `condition()` holds; RuntimeError with `complaint` when it never does."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError(complaint)
        time.sleep(0.05)
