"""Zygotes for the servers of tests, forked where a server would execute one, which then loads for
seconds what pages need.

A server that was forked from a process that has loaded all of it forks a process of its own before
it does anything else: that one forks zygotes for it, as often as the server asks.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playbook.server.kernels.fork import child, processes, zygote
from playbook.server.kernels.fork.channel import Channel
from tests.server import forked
from widgets.assets import SERVED_AT

LOAD = """
import os
import playbook.server.kernels.kernel, playbook.server.kernels.fork.deferred
from playbook.server.http.assets import assets_at
from playbook.server.http.scripts import built_scripts
from widgets.assets import SERVED_AT
os.environ[SERVED_AT] = assets_at("/", "scripts", built_scripts())
import widgets.preload_by_use
import playbook.cli.main, playbook.server.cohort.app, playbook.server.solo.app
import tests.server.zygotes
"""
FORKED = "from tests.server.zygotes import fork_zygotes; fork_zygotes()\n"
SMALL = "from playbook.server.kernels.fork import pool; pool.ALL = pool.FIRST\n"
SCRIPTS = os.environ.get(SERVED_AT)
"""Where pages get the scripts of what this process has loaded."""


def with_forked_zygotes(code: str) -> str:
    """A server's code, for a process that has run LOAD."""
    return FORKED + code if forked.FORKS else code


def with_zygotes(code: str, notebooks: Path) -> tuple[str, str]:
    """A server's code and what to load for it: where none of these notebooks is ours, its zygotes
    are its own, and load no more than a page needs first."""
    if any("widgets.app" in it.read_text(encoding="utf-8") for it in notebooks.glob("*.ipynb")):
        return with_forked_zygotes(code), LOAD
    return SMALL + code, forked.LOAD


class ForkedZygote:
    """What a server has of a zygote: as much of subprocess.Popen as it asks for."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._file = os.pidfd_open(pid)

    def poll(self) -> int | None:
        """None while it runs."""
        return 0 if processes.readable(self._file) else None

    def wait(self, timeout: float | None = None) -> int:
        """Until it has ended."""
        if not processes.readable(self._file, timeout):
            raise subprocess.TimeoutExpired(f"zygote {self.pid}", timeout or 0)
        return 0

    def kill(self) -> None:
        """End it at once."""
        signal.pidfd_send_signal(self._file, signal.SIGKILL)


def fork_zygotes() -> None:
    """From here on this process's zygotes are forked from what it has loaded by now."""
    mine, theirs = Channel.pair()
    here = os.getpid()
    if not os.fork():
        mine.drop()
        os.setsid()
        child.die_with(here)
        _fork_when_asked(theirs)
    theirs.drop()

    def begun(
        command: Sequence[str], env: Mapping[str, str], pass_fds: list[int], **more: Any
    ) -> Any:
        if env.get(SERVED_AT) != SCRIPTS:  # other scripts than those that were loaded
            return subprocess.Popen(command, env=env, pass_fds=pass_fds, **more)
        *_, module, _ = command
        mine.send({"module": module, "env": dict(env)}, pass_fds)
        told = mine.receive()
        assert told
        return ForkedZygote(told[0]["pid"])

    known = {name: getattr(subprocess, name) for name in ("DEVNULL", "TimeoutExpired")}
    processes.subprocess = SimpleNamespace(Popen=begun, **known)  # type: ignore[assignment]


def _fork_when_asked(line: Channel) -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits here
    here = os.getpid()
    while asked := line.receive():
        given, (file,) = asked
        pid = os.fork()
        if not pid:
            line.drop()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            child.detach(here, given["env"], ".", "playbook-zygote")
            sys.argv = ["zygote", str(file), str(here), given["module"]]
            zygote.run(zygote.main)
        os.close(file)
        line.send({"pid": pid})
    os._exit(0)
