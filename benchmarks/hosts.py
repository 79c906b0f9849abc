"""The servers that are compared: ours, plain Voila as it comes and at its strongest, the peers."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import psutil

from benchmarks.client import CATALYST, ClassServer, Server
from benchmarks.peers import servers
from playbook.model.resources import look_dir, notebooks_dir, template_dir

CLASS = 60
"""So many people are a large class."""
QUIET_SECONDS = 1.0
QUIET_SHARE = 0.1
PATIENCE_SECONDS = 30.0
REFILL_SECONDS = 3.0
"""`playbook serve` starts its next spare kernel two seconds after a page took one."""

STOCK = "stock.ipynb"
POOL = 5
"""Waiting kernels a notebook where plain Voila serves a class."""


@dataclass(frozen=True)
class Host:
    """A way to serve the sheet: `start(folder)` gives a server with its data in `folder`.

    `page` is where the sheet is. `visitor` is the class (module:name) of its visitors without a
    browser, `python` the one they run in. `isolated`: each visitor has a process of their own.
    """

    name: str
    start: Callable[[Path], Server]
    page: str = f"/voila/render/{CATALYST}"
    visitor: str = "benchmarks.visitors:Ours"
    python: Path = Path(sys.executable)
    isolated: bool = True


def ours(folder: Path) -> Server:
    """`playbook serve`."""
    return Server(folder / "home")


def in_class(folder: Path, seats: int = CLASS + 1) -> Server:
    """`playbook serve --cohort`, with a class that visitors join by its code. Its seats: those of
    the class, and one for whoever has a look before."""
    return ClassServer(folder / "home", seats)


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


def plain_preheated(folder: Path, pool: int = 1) -> Server:
    """The same, and each notebook is executed in waiting kernels before anybody asks for it."""
    return plain_with_our_page(folder, "--preheat_kernel=True", f"--pool_size={pool}")


def plain_stock(folder: Path) -> Server:
    """Voila as it comes, and the sheet in stock widgets: nothing in it is ours but the content."""
    notebooks = folder / "notebooks"
    notebooks.mkdir()
    code = "from benchmarks.peers.voila_app import App\nApp()"
    cell = nbformat.v4.new_code_cell(code)
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    nbformat.write(notebook, notebooks / STOCK)
    return Server(folder / "home", notebooks)


def _peer(name: str, start: Callable[[Path], Server], page: str = "/") -> Host:
    visitor = f"benchmarks.peers.wires:{name}"
    return Host(name, start, page, visitor, servers.PYTHON, isolated=False)


OURS = Host("`playbook serve`", ours)
IN_CLASS = Host("`playbook serve --cohort`", in_class, visitor="benchmarks.visitors:InClass")
IN_CLASS_TWICE = replace(IN_CLASS, start=partial(in_class, seats=2 * CLASS))
"""Where everybody may have the sheet open twice."""
PLAIN = Host("plain Voila", plain)
PLAIN_PAGE = Host("plain Voila, our page template", plain_with_our_page)
PREHEATED = Host("plain Voila, our page template, preheated kernels", plain_preheated)
CROWDED = Host(
    f"plain Voila at its strongest: our page, {POOL} waiting kernels each",
    partial(plain_preheated, pool=POOL),
)
WEAK = Host(
    "plain Voila, stock widgets, chart bundle in each page",
    plain_stock,
    f"/voila/render/{STOCK}",
    "benchmarks.visitors:Stock",
)
PANEL = _peer("Panel", servers.panel, "/panel_app")
SOLARA = _peer("Solara", servers.solara)
STREAMLIT = _peer("Streamlit", servers.streamlit)


@cache
def peers() -> dict[Host, str]:
    """The peers that are installed, with their versions."""
    found = {host: servers.installed(host.name.lower()) for host in (PANEL, SOLARA, STREAMLIT)}
    return {host: version for host, version in found.items() if version}


@contextmanager
def all_running(hosts: Sequence[Host]) -> Iterator[dict[Host, Server]]:
    """A server of each kind, on an empty data folder each, and quiet."""
    with ExitStack() as stack:
        running = {}
        for host in hosts:
            folder = Path(stack.enter_context(TemporaryDirectory()))
            running[host] = stack.enter_context(host.start(folder))
        for server in running.values():
            settle(server)
        yield running


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
    """What the server and its kernels have used so far, those that ended included.

    A child that ended is counted with whoever waited for it: the server, or one that forks.
    """
    total = 0.0
    for process in server.processes():
        with suppress(psutil.NoSuchProcess):
            total += sum(process.cpu_times()[:4])  # user and system, its own and its children's
    return total


def memory_mb(server: Server) -> float:
    """Proportional set size of the server and its kernels: what they share counts once."""
    total = 0
    for process in server.processes():
        with suppress(psutil.NoSuchProcess):
            total += process.memory_full_info().pss
    return total / 1e6
