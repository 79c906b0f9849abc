"""A real server in its own process, with small notebooks and an empty data folder."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import nbformat
import pytest
from jupyter_server.services.kernels.connection.base import (
    deserialize_msg_from_ws_v1,
    serialize_msg_to_ws_v1,
)
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from websockets.sync.client import ClientConnection, connect

from playbook.server.kernels.fork.processes import Zygote
from playbook.server.kernels.manager import inherited
from tests.server.forked import Process, executed, started
from tests.server.zygotes import with_zygotes

Result = TypeVar("Result")

PROSE = """# Is this a reason to redefine work?

Some *prose* with a [link](00_home.ipynb) and `code`.

| Catalyst | Verdict |
|---|---|
| New office suite | Careful |
"""
CODE = '''
import os
import anywidget, ipywidgets, traitlets

class Counter(anywidget.AnyWidget):
    _esm = """
    export default { render({ model, el }) {
      const button = (label, kind) => {
        const b = document.createElement("button");
        b.className = "button"; b.textContent = label;
        b.addEventListener("click", () => model.send({ kind }));
        return b;
      };
      const count = document.createElement("p");
      const show = () => { count.textContent = `Clicked ${model.get("value")} times`; };
      model.on("change:value", show);
      show();
      el.classList.add("pb");
      el.append(button("Count", "count"), button("Fail", "fail"), count);
    } };
    """
    value = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(self.receive)

    def receive(self, _widget, content, _buffers):
        if content["kind"] == "fail":
            raise ValueError("my secret answer")
        if content["kind"] == "print":
            print("my secret answer")
        self.value += 1

counter = Counter()
ipywidgets.VBox([counter])
'''
SERVE = """
import signal, sys
from pathlib import Path
from playbook.server.kernels.fork import pool
from playbook.server.kernels.manager import PlaybookKernelManager
from playbook.server.solo.app import CONFIG, serve
pool.START = 240  # a loaded machine is no failure
# Whoever runs the tests in the background ignores Ctrl+C, and so would this process.
signal.signal(signal.SIGINT, signal.default_int_handler)
home, notebooks, port, forking, unseen, *on_the_spot = sys.argv[1:]
CONFIG.PlaybookKernelManager.forking = forking == "True"
CONFIG.PlaybookKernelManager.unseen = float(unseen)
if on_the_spot:
    PlaybookKernelManager.snapshot = lambda *_: None
serve(port=int(port), open_browser=False, home=Path(home), notebooks=Path(notebooks))
"""


def write_notebooks(folder: Path) -> Path:
    """A home and a sheet that behave like ours: prose, then a widget."""
    folder.mkdir(parents=True, exist_ok=True)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    shared = {"kernelspec": kernel, "language_info": {"name": "python"}}
    ours = {"voila": {"template": "playbook"}}
    nav = [["Pathway", "00_home.ipynb"], ["Catalyst & more", "01_catalyst.ipynb"]]
    home = {"title": "Pathway", "playbook": {"nav": nav}, **ours}
    pages = {
        "00_home": ([new_markdown_cell(PROSE), new_code_cell(CODE)], home),
        "01_catalyst": ([new_markdown_cell(PROSE), new_code_cell(CODE)], ours),
        "02_broken": ([new_code_cell("1 / 0  # my secret source")], {"title": "Broken", **ours}),
        "03_env": (
            [new_code_cell("import os\nfrom IPython.display import HTML\nHTML(str(os.environ))")],
            {"title": "Environment", **ours},
        ),
    }
    for name, (cells, metadata) in pages.items():
        notebook = new_notebook(cells=cells, metadata={**shared, **metadata})
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


@dataclass(frozen=True)
class Served:
    """A running server: where it is, its token, its folders, and what it printed."""

    process: Process
    port: int
    token: str
    home: Path
    notebooks: Path
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def stranger(self, **kwargs: Any) -> httpx.Client:
        """A browser that has not seen the printed address."""
        return httpx.Client(base_url=self.url, timeout=120, **kwargs)

    @contextmanager
    def owner(self) -> Iterator[httpx.Client]:
        """A browser in which the printed address was opened."""
        with self.stranger() as client:
            client.get("/", params={"token": self.token})
            yield client

    def open(self, client: httpx.Client, name: str = "01_catalyst") -> tuple[str, str]:
        """The page of a notebook and the id of its kernel."""
        page = client.get(f"/voila/render/{name}.ipynb").text
        return page, re.search(r'"kernelId": "([\w-]+)"', page)[1]

    def kernels(self) -> int:
        """How many run now: a page's may still be ending, the next one just beginning."""
        return self._health()["kernels"]

    def opened(self) -> int:
        """How many pages were given a kernel."""
        return self._health()["opened"]

    def _health(self) -> dict[str, Any]:
        with self.stranger() as client:
            return client.get("/health").json()

    def connect(
        self, client: httpx.Client, kernel_id: str, query: str = "", **headers: str
    ) -> ClientConnection:
        """A page's websocket to its kernel."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.cookies.jar)
        address = f"{self.url}/api/kernels/{kernel_id}/channels?session_id=test{query}"
        return connect(
            address.replace("http", "ws", 1),
            subprotocols=["v1.kernel.websocket.jupyter.org"],
            additional_headers={"Cookie": cookies, **headers},
        )


@contextmanager
def running(
    home: Path,
    notebooks: Path,
    port: int = 0,
    forking: bool = sys.platform == "linux",
    unseen: float = 60,
    own: bool = False,
    on_the_spot: bool = False,
) -> Iterator[Served]:
    """Start a server, wait for the address it prints, and stop it afterwards; `own`: as a process
    that is executed, and whose parent hears how it ends; `on_the_spot`: its pages are executed when
    they are asked for, though their kernels are forked."""
    given = [*map(str, (home, notebooks, port, forking, unseen)), *["spot"] * on_the_spot]
    env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    log = home.parent / f"{home.name}.log"
    if own:
        process = executed(SERVE, given, env, log)
    else:
        code, load = with_zygotes(SERVE, notebooks)
        process = started(code, given, env, log, load)
    try:
        assert eventually(lambda: "Ctrl+C" in log.read_text() or process.poll() is not None)
        found = re.search(r"http://127\.0\.0\.1:(\d+)/\?token=(\S+)", log.read_text())
        assert found, log.read_text()
        yield Served(process, int(found[1]), found[2], home, notebooks, log)
    finally:
        process.terminate()
        process.wait(timeout=60)


@pytest.fixture(scope="session")
def notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_notebooks(tmp_path_factory.mktemp("notebooks"))


@pytest.fixture(scope="session")
def sound_notebooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Those of them of which the server has nothing to say."""
    folder = write_notebooks(tmp_path_factory.mktemp("sound"))
    for name in ("02_broken.ipynb", "03_env.ipynb"):
        (folder / name).unlink()
    return folder


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory, notebooks: Path) -> Iterator[Served]:
    """The server most tests share."""
    with running(tmp_path_factory.mktemp("data") / "home", notebooks) as server:
        yield server


@pytest.fixture
def owner(served: Served) -> Iterator[httpx.Client]:
    with served.owner() as client:
        yield client


@pytest.fixture
def stranger(served: Served) -> Iterator[httpx.Client]:
    with served.stranger() as client:
        yield client


@dataclass(frozen=True)
class SharedZygote:
    """A process that forks, and the loop in which whatever comes of it is asked."""

    zygote: Zygote
    loop: asyncio.AbstractEventLoop

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """What the coroutine returns, done in that loop."""
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()


@contextmanager
def shared(module: str) -> Iterator[SharedZygote]:
    """One that has loaded this module."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)  # in the main one Playwright's may run
    thread.start()

    async def started() -> Zygote:
        zygote = Zygote(inherited(), module)
        assert not (await zygote.first_word(120))["warning"]
        return zygote

    one = SharedZygote(asyncio.run_coroutine_threadsafe(started(), loop).result(), loop)
    yield one
    loop.call_soon_threadsafe(one.zygote.end)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="session")
def shared_zygote() -> Iterator[SharedZygote]:
    """For tests that leave the zygote itself alone."""
    with shared("widgets.preload") as zygote:
        yield zygote


@pytest.fixture(scope="session")
def grown_zygote() -> Iterator[SharedZygote]:
    """The same with all that pages need, which takes seconds."""
    with shared("widgets.preload_by_use") as zygote:
        yield zygote


def message(kind: str, content: dict[str, Any], channel: str = "shell", **metadata: str) -> bytes:
    """A websocket message as a page sends it."""
    header = {
        "msg_id": os.urandom(8).hex(),
        "msg_type": kind,
        "session": "test",
        "username": "",
        "version": "5.3",
        "date": "2026-11-22T10:00:00Z",
    }
    parts = [json.dumps(part).encode() for part in (header, {}, metadata, content)]
    return serialize_msg_to_ws_v1(parts, channel)


def read(raw: bytes) -> tuple[str, dict[str, Any]]:
    """Type and content of a websocket message."""
    _, parts = deserialize_msg_from_ws_v1(raw)
    return json.loads(parts[0])["msg_type"], json.loads(parts[3])


def in_loop(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """What it returns. In a thread of its own: in the main one Playwright's loop may be running."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def eventually(check: Callable[[], bool], seconds: float = 120) -> bool:
    """Whether the check holds within the time. A loaded machine is no failure, so it is long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if check():
            return True
        time.sleep(0.1)
    return check()
