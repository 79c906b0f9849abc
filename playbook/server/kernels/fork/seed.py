"""Executes a notebook once, in the process that its visitors' kernels will be forked from.

Nothing of a person may be in there. The house rule is that no widget reads a store, the environment
or the clock before a page says hello. The clock can't be watched; for the rest, whoever breaks the
rule is refused, and their notebook is executed for each visitor anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from playbook.server.kernels.fork import child
from playbook.server.kernels.fork.channel import Message

if TYPE_CHECKING:
    from playbook.server.kernels.fork.deferred import DeferredKernel

SHOWN = frozenset({"execute_result", "display_data"})
UNSEEN = frozenset({"comm_open", "comm_msg", "comm_close"})
"""A page asks for all widgets when it connects, so what they said before needs no repeating."""

WIDGET = "jupyter.widget"
MODEL = ("_model_module", "_model_name")
"""What a widget says of itself, when its comm is opened."""

PERSONAL = b"PLAYBOOK_"
REFUSED = frozenset(
    {
        *("sqlite3.connect", "socket.connect", "socket.bind", "_thread.start_new_thread"),
        *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn"),
    }
)
"""Audit events of Python that reach out of the process, or that no fork survives."""


class RefusedError(Exception):
    """The notebook did what only a visitor's own kernel may do."""


class AccessAudit:
    """Notes what a notebook does that it may not; also where the notebook shrugs the error off."""

    def __init__(self) -> None:
        self.broken: list[str] = []
        self._on = False
        sys.addaudithook(self._hear)

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watch the environment, files left open, and calls that reach out."""
        environment, files = os.environ._data, open_files()  # type: ignore[attr-defined]
        os.environ._data = GuardedEnvironment(environment, self)  # type: ignore[attr-defined]
        self._on = True
        try:
            yield
        finally:
            self._on = False
            os.environ._data = environment  # type: ignore[attr-defined]
        if left := open_files() - files:
            self.broken.append(f"left open: {', '.join(left)}")

    def refuse(self, what: str) -> NoReturn:
        """Note it, and fail in the line that did it."""
        self.broken.append(what)
        raise RefusedError(f"{what}: not before a page says hello")

    def _hear(self, event: str, _: tuple[Any, ...]) -> None:
        if self._on and event in REFUSED:
            self.refuse(event)


class GuardedEnvironment(dict[bytes, bytes]):
    """The environment's data while a notebook is watched: what is personal can't be read."""

    def __init__(self, data: dict[bytes, bytes], watch: AccessAudit) -> None:
        super().__init__(data)
        self._watch = watch

    def __getitem__(self, name: bytes) -> bytes:
        if name.startswith(PERSONAL):
            self._watch.refuse(f"reads {name.decode()} of the environment")
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[bytes]:
        self._watch.refuse("reads the whole environment")

    def items(self) -> Any:
        self._watch.refuse("reads the whole environment")


def execute(kernel: DeferredKernel, cells: Sequence[str]) -> Message:
    """{"shown": the messages by which each cell shows something, "widgets": what says of each
    widget what it is, "states": those of all by their ids}. RefusedError, or what a cell raised."""
    watch, widgets = AccessAudit(), list[Message]()
    with watch.on():
        shown = [_execute(kernel, cell, widgets) for cell in cells]
    if threads := child.threads() - 1:
        watch.broken.append(f"{threads} threads run")
    if watch.broken:
        raise RefusedError("; ".join(watch.broken))
    return {"shown": shown, "widgets": widgets, "states": _states()}


def _states() -> Message:
    """The state of each widget as a page that asks is told it; none where any has bytes, which a
    page had better ask for."""
    import ipywidgets  # type: ignore[import-untyped]  # late: kernels.kernel comes before all else

    kept = ipywidgets.Widget.get_manager_state()["state"]
    has_bytes = any(it.get("buffers") for it in kept.values())
    return {} if has_bytes else {name: {"state": it["state"]} for name, it in kept.items()}


def _execute(kernel: DeferredKernel, cell: str, widgets: list[Message]) -> list[Message]:
    kernel.recorder.sent.clear()
    shell = kernel.shell
    assert shell is not None
    shell.run_cell(cell, store_history=True).raise_error()  # counts cells, as Voila does
    opened = [it["content"] for it in kernel.recorder.sent if it["msg_type"] == "comm_open"]
    states = [it["data"]["state"] for it in opened if it["target_name"] == WIDGET]
    widgets += [{name: state[name] for name in MODEL} for state in states]
    sent = [message for message in kernel.recorder.sent if message["msg_type"] not in UNSEEN]
    if strange := {message["msg_type"] for message in sent} - SHOWN:
        raise RefusedError(f"sends {', '.join(sorted(strange))}")
    return [{"header": {"msg_type": it["msg_type"]}, "content": it["content"]} for it in sent]


def open_files() -> set[str]:
    """What this process has open, by number and name."""
    found = set()
    for number in os.listdir("/proc/self/fd"):  # noqa: PTH208  # names are enough
        with suppress(FileNotFoundError):  # that of the list itself
            found.add(f"{number} {Path('/proc/self/fd', number).readlink()}")
    return found
