"""Servers and kernels for tests, forked from a process that has loaded what they load: that is
most of a start. Where nothing can be forked each is executed, as `playbook serve` always is."""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import IO, cast

import psutil

FORKS = sys.platform == "linux"
LOAD = """
import playbook.server.cohort.app, playbook.server.solo.app
from playbook.framework import load_framework
load_framework()
"""
FORK = """
import gc, json, os, signal, sys
exec(sys.argv[1])
gc.freeze()
signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for whoever runs the tests
signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits here
for line in sys.stdin:
    if os.fork() == 0:
        break
else:
    sys.exit()
asked = json.loads(line)
print(os.getpid(), flush=True)
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)
told = (asked["log"], os.O_WRONLY | os.O_APPEND, [1, 2])
for path, ways, places in ((os.devnull, os.O_RDONLY, [0]), told):
    opened = os.open(path, ways)
    for place in places:
        os.dup2(opened, place)
    os.close(opened)
os.environ.clear()
os.environ.update(asked["env"])
sys.argv[1:] = asked["given"]
exec(asked["code"], {"__name__": "__main__"})
"""


class Forked:
    """What a test has of such a process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self._process = psutil.Process(pid)

    def poll(self) -> int | None:
        """None while it runs."""
        return None if self._process.is_running() else 0

    def terminate(self) -> None:
        """Ask it to stop."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def send_signal(self, number: int) -> None:
        """What it is told, unless it has ended."""
        if self.poll() is None:
            self._process.send_signal(number)

    def wait(self, timeout: float | None = None) -> None:
        """Until it has ended; TimeoutExpired after so many seconds."""
        try:
            self._process.wait(timeout)
        except psutil.TimeoutExpired as error:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0) from error


Process = Forked | subprocess.Popen[bytes]


def executed(code: str, given: list[str], env: dict[str, str], log: Path) -> Process:
    """A new process that runs the code, with these words behind the program's name; what it says
    goes to the log."""
    command = [sys.executable, "-c", code, *given]
    with log.open("a") as output:
        return subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=env)


def started(
    code: str, given: list[str], env: dict[str, str], log: Path, load: str = LOAD
) -> Process:
    """The same in less time, where a process can be forked, one that has run `load`; nobody hears
    how it ends."""
    if not FORKS:
        return executed(code, given, env, log)
    log.touch()
    asked = {"code": code, "given": given, "env": env, "log": str(log)}
    talk = _loaded(load)
    said, heard = cast("IO[str]", talk.stdin), cast("IO[str]", talk.stdout)
    said.write(json.dumps(asked) + "\n")
    said.flush()
    return Forked(int(heard.readline()))


@cache
def _loaded(load: str) -> subprocess.Popen[str]:
    """The process that is forked, one for all tests of this process; it ends when this one does."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    process = subprocess.Popen(
        [sys.executable, "-c", FORK, load],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )
    atexit.register(process.communicate)
    return process
