"""The servers that are compared: ours, and plain Voila as it comes and at its strongest."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import psutil

from benchmarks.client import Server
from playbook.resources import look_dir, notebooks_dir, template_dir

QUIET_SECONDS = 1.0
QUIET_SHARE = 0.1
PATIENCE_SECONDS = 30.0
REFILL_SECONDS = 3.0
"""`playbook serve` starts its next spare kernel two seconds after a page took one."""


@dataclass(frozen=True)
class Host:
    """A way to serve the notebooks: `start(folder)` gives a server with its data in `folder`."""

    name: str
    start: Callable[[Path], Server]


def ours(folder: Path) -> Server:
    """`playbook serve`."""
    return Server(folder / "home")


def plain(folder: Path) -> Server:
    """Voila as it comes, with its own page: the notebooks without their wish for our template."""
    copies = folder / "notebooks"
    copies.mkdir()
    for path in notebooks_dir().glob("*.ipynb"):
        notebook = nbformat.read(path, as_version=4)
        notebook.metadata.pop("voila", None)
        nbformat.write(notebook, copies / path.name)
    return Server(folder / "home", copies)


def plain_with_our_page(folder: Path, *options: str) -> Server:
    """`voila notebooks/` where the playbook is installed: Voila finds our template by name."""
    template = folder / "jupyter" / "voila" / "templates" / "playbook"
    shutil.copytree(template_dir(), template)
    shutil.copytree(look_dir(), template / "look")
    path = str(folder / "jupyter")
    return Server(folder / "home", notebooks_dir(), *options, JUPYTER_PATH=path)


def plain_preheated(folder: Path) -> Server:
    """The same, and each notebook is executed in a waiting kernel before anybody asks for it."""
    return plain_with_our_page(folder, "--preheat_kernel=True", "--pool_size=1")


HOSTS = (
    Host("`playbook serve`", ours),
    Host("plain Voila", plain),
    Host("plain Voila, our page template", plain_with_our_page),
    Host("plain Voila, our page template, preheated kernels", plain_preheated),
)
"""Ours first; the others are what it is compared with."""


@contextmanager
def all_running() -> Iterator[dict[Host, Server]]:
    """A server of each kind, on an empty data folder each, and quiet."""
    with ExitStack() as stack:
        servers = {}
        for host in HOSTS:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            servers[host] = stack.enter_context(host.start(folder))
        for server in servers.values():
            settle(server)
        yield servers


def in_turn(servers: Mapping[Host, Server], turn: int) -> list[tuple[Host, Server]]:
    """All hosts, beginning with another one each time: the first of a round finds caches cold."""
    items = list(servers.items())
    start = turn % len(items)
    return items[start:] + items[:start]


def settle(server: Server) -> None:
    """Return when the server and its kernels have nothing to do any more, or after a while."""
    time.sleep(REFILL_SECONDS)
    end = time.monotonic() + PATIENCE_SECONDS
    before = cpu_seconds(server)
    while time.monotonic() < end:
        time.sleep(QUIET_SECONDS)
        now = cpu_seconds(server)
        if now - before < QUIET_SHARE * QUIET_SECONDS:
            return
        before = now


def cpu_seconds(server: Server) -> float:
    """What the server and its kernels have used so far, those that ended included."""
    total = 0.0
    for process in server.processes():
        with suppress(psutil.NoSuchProcess):
            times = process.cpu_times()
            total += times.user + times.system
            if process.pid == server.process.pid:
                total += times.children_user + times.children_system
    return total


def memory_mb(server: Server) -> float:
    """Proportional set size of the server and its kernels: what they share counts once."""
    total = 0
    for process in server.processes():
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / 1e6
