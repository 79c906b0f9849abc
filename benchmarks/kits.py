"""What the number of notebooks costs: each is executed once when the server starts, and kept."""

from __future__ import annotations

import shutil
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from benchmarks.client import CATALYST, Server, wait_for
from benchmarks.hosts import cpu_seconds, memory_mb, settle
from benchmarks.results import BenchmarkResult, Series, figure, table
from playbook.model.resources import notebooks_dir

WAITS = "playbook-seed "
"""So the processes call themselves that hold an executed notebook."""
SERVE = """\
import sys
from pathlib import Path
from playbook.server.solo.app import serve
serve(int(sys.argv[1]), open_browser=False, notebooks=Path(sys.argv[2]))
"""
TEXT = """\
A folder with so many copies of the catalyst's notebook. Answers: from the command until the server
answers; a page that is asked for from then on opens. Ready: until every notebook has been executed
and waits for its visitors. Memory: of the server and all that wait (PSS), before anybody came."""


class KitServer(Server):
    """`playbook serve` on a folder of notebooks."""

    def __init__(self, home: Path, notebooks: Path) -> None:
        self.notebooks = notebooks
        super().__init__(home)

    def _command(self) -> list[str]:
        python, *_ = super()._command()
        return [python, "-c", SERVE, str(self.port), str(self.notebooks)]


@dataclass(frozen=True)
class Started:
    """Seconds until the server answered, seconds until all was ready, CPU seconds, MB."""

    answers: float
    ready: float
    cpu: float
    megabytes: float


def measure(sizes: Sequence[int], times: int) -> BenchmarkResult:
    """Servers with so many notebooks, so often each. No limit: it is for choosing a machine."""
    found = {size: [start(size) for _ in range(times)] for size in sizes}
    return BenchmarkResult([("Notebooks of a kit", f"{TEXT}\n\n{kit_table(found)}")], [])


def start(size: int) -> Started:
    """A fresh server that executes `size` notebooks."""
    with TemporaryDirectory() as folder:
        notebooks = Path(folder, "notebooks")
        notebooks.mkdir()
        for place in range(size):
            shutil.copy(notebooks_dir() / CATALYST, notebooks / f"{place:02}_copy.ipynb")
        began = time.perf_counter()
        with KitServer(Path(folder, "home"), notebooks) as server:
            wait_for(lambda: waiting(server) == size, f"not all is ready: {server.log}")
            ready = time.perf_counter() - began
            settle(server)
            return Started(server.seconds_to_start, ready, cpu_seconds(server), memory_mb(server))


def waiting(server: Server) -> int:
    """How many executed notebooks wait for visitors."""
    titles = []
    for process in server.processes():
        with suppress(psutil.NoSuchProcess):  # a zombie has no title either
            titles.append(" ".join(process.cmdline()))
    return sum(title.startswith(WAITS) for title in titles)


def kit_table(found: Mapping[int, Sequence[Started]]) -> str:
    """One line a size: medians."""
    heads = ("Notebooks", "answers, s", "ready, s", "CPU s", "MB in all")
    lines = [
        (str(size), *(figure(Series.of(one).median) for one in _columns(starts)))
        for size, starts in found.items()
    ]
    return table(heads, lines)


def _columns(starts: Sequence[Started]) -> list[list[float]]:
    return [
        [it.answers for it in starts],
        [it.ready for it in starts],
        [it.cpu for it in starts],
        [it.megabytes for it in starts],
    ]
