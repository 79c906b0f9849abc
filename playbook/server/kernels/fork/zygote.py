"""The process that forks. It has loaded what all pages need, and waits for requests on its line.

A request is {"do": "kernel" | "seed", ...}; its answer holds what was asked for, or
{"error": sentence}. One process, one thread: a fork copies no other.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import os
import select
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from playbook.server.kernels.fork import child
from playbook.server.kernels.fork.channel import Channel, Message
from playbook.server.kernels.fork.seed import execute

if TYPE_CHECKING:
    from playbook.server.kernels.fork.deferred import DeferredKernel

LISTENING = b"+"
"""What a kernel writes into its pipe once it listens; at its end the exit code follows."""


class Child(NamedTuple):
    """A process forked from this one; `pipe` is where its exit code is told."""

    pid: int
    pipe: int


class ForkServer:
    """Answers requests until its line is closed, and stays for its children until the last is gone.

    The zygote is one, and so is a seed, which has executed a notebook before.
    """

    def __init__(self, line: Channel, kernel: DeferredKernel) -> None:
        self._line: Channel | None = line
        self._kernel = kernel
        self._children: dict[int, Child] = {}  # by pidfd, which is readable when the child ended

    def serve(self) -> None:
        """Fork what is asked for, and reap what has ended."""
        while self._line or self._children:
            waiting = select.poll()
            if self._line:
                waiting.register(self._line, select.POLLIN)
            for pidfd in self._children:
                waiting.register(pidfd, select.POLLIN)
            for ready, _ in waiting.poll():
                if ready in self._children:
                    self._reap(ready)
                else:
                    self._answer()

    def _answer(self) -> None:
        assert self._line
        received = self._line.receive()
        if received is None:
            self._line.close()
            self._line = None
            return
        request = received[0]
        try:
            answer, files = getattr(self, f"_do_{request.pop('do')}")(**request)
        except Exception as error:
            answer, files = {"error": f"{type(error).__name__}: {error}"}, []
        with suppress(OSError):  # nobody waits for it any more
            self._line.send(answer, files)
        for file in files:
            os.close(file)

    # -- what can be asked for

    def _do_kernel(
        self, env: dict[str, str], cwd: str, connection_file: str
    ) -> tuple[Message, list[int]]:
        """Fork a kernel that listens where its connection file says."""

        def live(parent: int, pipe: int) -> None:
            child.detach(parent, env, cwd, f"playbook-kernel {connection_file}")
            child.raise_oom_score()
            gc.enable()
            self._kernel.start_listening(connection_file)
            os.write(pipe, LISTENING)
            os.close(pipe)
            self._kernel.start()  # type: ignore[no-untyped-call]

        return self._fork(live)

    def _do_seed(
        self, env: dict[str, str], cwd: str, name: str, cells: list[str]
    ) -> tuple[Message, list[int]]:
        """Fork a process that executes these cells, and then forks kernels that have done so.

        Its line is the last of the files, and its first word there is what they made.
        """
        mine, theirs = Channel.pair()

        def live(parent: int, pipe: int) -> None:
            os.close(pipe)
            mine.drop()
            child.detach(parent, env, cwd, f"playbook-executing {name}")
            try:
                said = execute(self._kernel, cells)
            except (Exception, SystemExit) as error:
                theirs.send({"error": f"{type(error).__name__}: {error}"})
                return
            settle()
            theirs.send(said)
            child.call_itself(f"playbook-seed {name}")
            ForkServer(theirs, self._kernel).serve()

        answer, files = self._fork(live)
        theirs.drop()
        files.append(os.dup(mine.fileno()))
        mine.drop()
        return answer, files

    # -- forking

    def _fork(self, live: Callable[[int, int], None]) -> tuple[Message, list[int]]:
        """Fork a child that does `live(this process, pipe)` and nothing after."""
        if (threads := child.threads()) > 1:
            raise RuntimeError(f"{threads} threads run, and a fork would copy one of them.")
        told, pipe = os.pipe()
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            os.close(told)
            self._forget()
            run(lambda: live(parent, pipe))
        pidfd = os.pidfd_open(pid)
        self._children[pidfd] = Child(pid, pipe)
        return {"pid": pid}, [os.dup(pidfd), told]

    def _forget(self) -> None:
        """In a child: close what is its fork server's."""
        if self._line:
            self._line.drop()
        for pidfd, sibling in self._children.items():
            os.close(pidfd)
            os.close(sibling.pipe)

    def _reap(self, pidfd: int) -> None:
        """Tell how a child ended, and end what it has started itself."""
        pid, pipe = self._children.pop(pidfd)
        with suppress(ProcessLookupError):  # before waitpid: its number is not given to others yet
            os.killpg(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        with suppress(OSError):
            os.write(pipe, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(pipe)
        os.close(pidfd)


def run(live: Callable[[], Any]) -> NoReturn:
    """Do `live`, then end the process without its fork server's unfinished business."""
    code = 1
    try:
        live()
        code = 0
    finally:
        try:
            atexit._run_exitfuncs()
        finally:
            os._exit(code)


def load(module: str, kernel: DeferredKernel) -> str:
    """Import what kernels need, and execute its CELL, if it has one: what a first cell fills memory
    with, seeds then share. What went wrong comes back: kernels can do all that themselves."""
    try:
        if cell := getattr(importlib.import_module(module), "CELL", ""):
            try:
                execute(kernel, [cell])
            finally:
                kernel.forget()
    except (Exception, SystemExit) as error:
        return f"{module} could not be loaded before: {type(error).__name__}: {error}"
    return ""


def main() -> None:
    """`zygote.py LINE PARENT MODULE`: the open file of the line, who started it, what to load."""
    line, parent, module = Channel.of(int(sys.argv[1])), int(sys.argv[2]), sys.argv[3]
    child.die_with(parent)
    gc.disable()
    try:
        import playbook.server.kernels.kernel  # noqa: F401  # blocks the debugger's import
        from playbook.server.kernels.fork.deferred import DeferredKernel

        kernel = DeferredKernel.instance()
        kernel.create_shell()
    except Exception as error:
        line.send({"error": f"{type(error).__name__}: {error}"})
        return
    warning = load(module, kernel)
    settle()
    line.send({"warning": warning})
    ForkServer(line, kernel).serve()


def settle() -> None:
    """Set aside what there is: a collection would write to all its pages, and so copy them.

    Collecting before would leave holes all over, which every fork fills, and copies, anew.
    """
    gc.freeze()
