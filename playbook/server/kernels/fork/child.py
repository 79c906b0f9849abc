"""What a process does first after it was forked, so that it is its own from then on."""

from __future__ import annotations

import ctypes
import os
import random
import signal
import sys
from collections.abc import Mapping
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
ARG_START, ARG_END = 45, 46  # fields of /proc/self/stat after the name, see proc(5)
OOM_SCORE = "500"
"""Of 1000: short of memory, Linux ends a kernel that grew, not what everybody depends on."""

LIBC = ctypes.CDLL(None)


def die_with(parent: int) -> None:
    """End this process, whatever it is at, once the process that forked it has ended."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was faster
        os._exit(1)


def detach(parent: int, env: Mapping[str, str], cwd: str, title: str) -> None:
    """Begin a life of its own: session, environment, folder, random numbers, name in `ps`."""
    os.setsid()
    die_with(parent)
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    os.close(nothing)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    reseed()
    call_itself(title)


def reseed() -> None:
    """Random numbers that no sibling draws. uuid, secrets and tempfile ask the system anyway."""
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()


def call_itself(title: str) -> None:
    """Write `title` where `ps` and psutil look: over the arguments the zygote was started with."""
    fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    start, end = int(fields[ARG_START]), int(fields[ARG_END])
    room = end - start
    ctypes.memmove(start, os.fsencode(title)[: room - 1].ljust(room, b"\0"), room)


def raise_oom_score() -> None:
    """Tell Linux whom to end first when memory runs out."""
    Path("/proc/self/oom_score_adj").write_text(OOM_SCORE, encoding="utf-8")


def threads() -> int:
    """How many threads this process has, those of C libraries included."""
    return len(os.listdir("/proc/self/task"))  # noqa: PTH208  # names are enough
