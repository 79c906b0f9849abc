"""The server's side of the line: processes that fork, and the processes forked."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress

from playbook.model import PlaybookError
from playbook.server.kernels.fork.channel import Channel, Message
from playbook.server.kernels.fork.zygote import LISTENING

PATIENCE = 10.0
"""Seconds for a fork to answer; it takes a hundredth."""

FAREWELL = 2.0
"""Seconds for the zygote to end by itself; then its kernels are gone already."""

ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
SMALL_HEAP = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_THRESHOLD_": "65536",
    "MALLOC_TRIM_THRESHOLD_": "65536",
}
"""glibc: one heap for all threads, and what was large once is given back to the system."""

START = "from playbook.server.kernels.fork.zygote import main; main()"
ROOM_FOR_TITLE = "-" * 200
"""The kernels write their names over these arguments; see child.call_itself."""


class ForkError(PlaybookError):
    """No process could be forked; the reason is in the sentence."""


class ForkedProcess:
    """A forked process, as if it were a subprocess.Popen: what jupyter_client asks of one.

    Signals go to its pidfd, never to a number that may be another's by now. It is not this
    process's child, so its exit code comes by the pipe.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, pidfd: int, pipe: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._pidfd, self._pipe = pidfd, pipe
        self._files = [pidfd, pipe]

    async def listening(self) -> None:
        """Return once it listens. ForkError when it ended before or takes too long."""
        end = time.monotonic() + PATIENCE
        while not readable(self._pipe):
            if time.monotonic() > end:
                self.kill()
                raise ForkError("A forked kernel did not listen in time.")
            await asyncio.sleep(0.002)
        if os.read(self._pipe, 1) != LISTENING:
            self.kill()
            raise ForkError("A forked kernel ended at once.")

    def poll(self) -> int | None:
        """Its exit code; None while it lives."""
        if self.returncode is None and self._files and readable(self._pipe):
            told = os.read(self._pipe, 16).decode()
            # Silence: who would have told died, and took it along.
            self.returncode = int(told) if told else -signal.SIGKILL
            self.forget()
        return self.returncode

    def forget(self) -> None:
        """Ask nothing more about it."""
        while self._files:
            os.close(self._files.pop())

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended. TimeoutExpired when that takes too long."""
        if self.returncode is None and not readable(self._pipe, timeout):
            raise subprocess.TimeoutExpired(f"kernel {self.pid}", timeout or 0)
        code = self.poll()
        assert code is not None
        return code

    def send_signal(self, signum: int) -> None:
        """Send a signal; none to a process that has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):  # it ended just now
                signal.pidfd_send_signal(self._pidfd, signum)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class ForkingProcess:
    """A process that forks on request: the zygote, or a seed."""

    def __init__(self, line: Channel) -> None:
        self._line = line
        self._turn = asyncio.Lock()

    async def first_word(self, patience: float) -> Message:
        """What it says unasked when it is ready. ForkError when it isn't, or takes too long."""
        async with self._turn:
            return (await self._receive(patience))[0]

    async def kernel(self, env: Mapping[str, str], cwd: str, connection_file: str) -> ForkedProcess:
        """A forked kernel that listens by now."""
        said, (pidfd, pipe) = await self._ask(
            {"do": "kernel", "env": dict(env), "cwd": cwd, "connection_file": connection_file}
        )
        kernel = ForkedProcess(said["pid"], pidfd, pipe)
        await kernel.listening()
        return kernel

    async def seed(
        self, env: Mapping[str, str], cwd: str, name: str, cells: Sequence[str]
    ) -> tuple[ForkingProcess, Message]:
        """A process that has executed these cells, and what that made (seed.execute). ForkError if
        one fails."""
        said, (*process, line) = await self._ask(
            {"do": "seed", "env": dict(env), "cwd": cwd, "name": name, "cells": list(cells)}
        )
        seed, forked = ForkingProcess(Channel.of(line)), ForkedProcess(said["pid"], *process)
        try:
            return seed, await seed.first_word(PATIENCE)
        except ForkError:
            seed.close()
            forked.kill()
            raise
        finally:
            forked.forget()

    @property
    def alive(self) -> bool:
        """Whether it can be asked."""
        return self._line.is_open

    def close(self) -> None:
        """Ask for nothing more: it ends when its last child has ended."""
        self._line.close()

    async def _ask(self, request: Message) -> tuple[Message, list[int]]:
        async with self._turn:
            try:
                self._line.send(request)
            except OSError as error:
                self.close()
                raise ForkError("The process that forks is gone.") from error
            return await self._receive(PATIENCE)

    async def _receive(self, patience: float) -> tuple[Message, list[int]]:
        try:
            received = await asyncio.wait_for(asyncio.to_thread(self._line.receive), patience)
        except (TimeoutError, OSError):
            received = None
        if received is None:
            self.close()
            raise ForkError("The process that forks ended, or gave no answer in time.")
        if error := received[0].get("error"):
            raise ForkError(str(error))
        return received


class Zygote(ForkingProcess):
    """The process that forks kernels and seeds, started by this one.

    To be made in the main thread: it dies with the thread that started it.
    """

    def __init__(self, env: Mapping[str, str], module: str) -> None:
        """Start it; it will have imported `module` when it gives its first word."""
        mine, theirs = Channel.pair()
        command = [sys.executable, "-c", START, str(theirs.fileno()), str(os.getpid()), module]
        self._process = subprocess.Popen(
            [*command, ROOM_FOR_TITLE],
            env={**env, **ONE_THREAD, **SMALL_HEAP},
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what goes wrong is said on the line
            start_new_session=True,  # Ctrl+C is for the server
        )
        theirs.drop()
        super().__init__(mine)

    @property
    def has_ended(self) -> bool:
        """Whether it is gone, and its last child before it."""
        return self._process.poll() is not None

    def end(self) -> None:
        """End it now, and with it all that it forked."""
        self.close()
        try:
            self._process.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def readable(file: int, timeout: float | None = 0) -> bool:
    """Whether there is something to read, or the end, within so many seconds (None: ever)."""
    waiting = select.poll()  # select can't count beyond 1024
    waiting.register(file, select.POLLIN)
    return bool(waiting.poll(None if timeout is None else timeout * 1000))
