"""A crowd of visitors without a browser, at one server: the near side of benchmarks.load."""

from __future__ import annotations

import json
import subprocess
from typing import Any, Self

import psutil

from benchmarks.client import Server, child_environment
from benchmarks.hosts import Host
from benchmarks.load import Tally


class Crowd:
    """Visitors in a process of their own; everything they are told to do is done on return."""

    def __init__(self, host: Host, server: Server) -> None:
        self._process = subprocess.Popen(
            [host.python, "-m", "benchmarks.load", host.visitor, server.address, host.page],
            env=child_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl+C in the terminal is not for it
        )
        self._watched = psutil.Process(self._process.pid)

    def arrive(self, visitors: int, over: float) -> Tally:
        """So many come within `over` seconds; the seconds until each one's sheet was there."""
        return self._tally("arrive", visitors=visitors, over=over)

    def prepare(self, visitors: int) -> Tally:
        """The first so many have a worksheet with a candidate."""
        return self._tally("prepare", visitors=visitors)

    def answer(self, visitors: int, each: int, pause: float) -> Tally:
        """The first so many give `each` answers; the seconds until each acknowledgement."""
        return self._tally("answer", visitors=visitors, each=each, pause=pause)

    def fill(self, seconds: float, pause: float) -> Tally:
        """All fill the sheet in; the seconds until each acknowledgement."""
        return self._tally("fill", seconds=seconds, pause=pause)

    def kept(self) -> tuple[int, list[str]]:
        """How many answers were acknowledged, and which of them are not there any more."""
        told = self._do("kept")
        return told["acknowledged"], told["lost"]

    def leave(self) -> None:
        """All go away, without a word to the server."""
        self._do("leave")

    def cpu_seconds(self) -> float:
        """What the visitors have used: it comes from the same cores as the server's."""
        times = self._watched.cpu_times()
        return float(times.user + times.system)

    def _tally(self, what: str, **how: float) -> Tally:
        return Tally(**self._do(what, **how))

    def _do(self, what: str, **how: float) -> dict[str, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"do": what, **how}) + "\n")
        self._process.stdin.flush()
        said = self._process.stdout.readline()
        if not said:
            raise RuntimeError("the visitors' process ended; its complaint is above")
        done: dict[str, Any] = json.loads(said)
        return done

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.communicate()
