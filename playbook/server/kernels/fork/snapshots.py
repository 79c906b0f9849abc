"""Notebooks that are executed already: a seed to fork kernels from, and the page to send."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import output_from_msg
from voila.notebook_renderer import NotebookRenderer  # type: ignore[import-untyped]

from playbook.server.kernels.compat import PreExecutedNotebook
from playbook.server.kernels.fork.channel import Message
from playbook.server.kernels.fork.processes import ForkingProcess, Zygote

LAST_ORDERS = 5.0
"""Seconds that an outdated seed goes on: somebody may be about to ask it."""

JUPYTERLAB = "jupyterlab"
"""The tag of cells for whoever has the notebook open in JupyterLab: pages neither run nor show
them."""

Stamp = tuple[int, int]
"""When a file was written, in ns, and its size in bytes."""


@dataclass
class NotebookSnapshot:
    """One notebook as it was at `stamp`: what each of its cells shows, which widgets it has (model
    module and name of each), their states ({} where pages have to ask), and who holds them.

    The page is the same for everybody but for `kernel_id` and `nonce`, which stand in it in place
    of a visitor's own.
    """

    name: str
    stamp: Stamp
    notebook: NotebookNode
    shown: list[list[NotebookNode]]
    widgets: list[Message]
    states: Message
    seed: ForkingProcess
    kernel_id: str = field(default_factory=lambda: str(uuid4()))
    nonce: str = field(default_factory=lambda: uuid4().hex)
    given_up: bool = False
    _page: asyncio.Future[str] | None = None

    async def page(self, draw: Callable[[NotebookSnapshot], Coroutine[Any, Any, str]]) -> str:
        """The page with what stands in it; drawn when it is first asked for."""
        if self._page is None:
            self._page = asyncio.ensure_future(draw(self))
        return await asyncio.shield(self._page)

    def outputs(self) -> list[NotebookNode]:
        """What all cells show."""
        return [output for shown in self.shown for output in shown]

    def own(self, page: str, kernel_id: str, nonce: str) -> str:
        """The page with a visitor's own."""
        return page.replace(self.kernel_id, kernel_id).replace(self.nonce, nonce)

    def give_up(self) -> None:
        """Serve nobody, until the notebook changes."""
        self.given_up = True
        self.seed.close()


class NotebookSnapshots:
    """The snapshots of a folder's notebooks, made ahead of their visitors."""

    def __init__(
        self,
        folder: Path,
        zygote: Callable[[], Zygote | None],
        env: Mapping[str, str],
        log: logging.Logger,
    ) -> None:
        """`zygote` says what to fork seeds from, once there is something."""
        self._folder, self._zygote, self._env, self._log = folder, zygote, env, log
        self._made: dict[str, NotebookSnapshot] = {}
        self._tried: dict[str, tuple[Stamp, Zygote]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def get(self, name: str) -> NotebookSnapshot | None:
        """The snapshot of a notebook as it is now; None while there is none, but perhaps soon."""
        stamp, made = self._stamp(name), self._made.get(name)
        if made and made.stamp == stamp and (made.given_up or made.seed.alive):
            return None if made.given_up else made
        if stamp:
            task = asyncio.ensure_future(self._make(name, stamp))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        return None

    async def make_all(self) -> None:
        """Make those of all notebooks in the folder, one after the other."""
        for path in sorted(self._folder.glob("*.ipynb")):
            if stamp := self._stamp(path.name):
                await self._make(path.name, stamp)

    def close(self) -> None:
        """Let all seeds end, and make no more."""
        for task in self._tasks:
            task.cancel()
        for made in self._made.values():
            made.seed.close()

    def _stamp(self, name: str) -> Stamp | None:
        """Of a notebook in the folder itself; others go the long way, which knows what to hide."""
        if "/" in name or name.startswith("."):
            return None
        try:
            facts = (self._folder / name).stat()
        except (OSError, ValueError):
            return None
        return facts.st_mtime_ns, facts.st_size

    async def _make(self, name: str, stamp: Stamp) -> None:
        """Make it, unless that is under way or has failed, with this file and from this zygote."""
        zygote = self._zygote()
        if zygote is None or self._tried.get(name) == (stamp, zygote):
            return
        self._tried[name] = stamp, zygote
        try:
            notebook = without_jupyterlab(read(self._folder / name))
            cells = [cell.source if cell.cell_type == "code" else "" for cell in notebook.cells]
            seed, said = await zygote.seed(self._env, str(self._folder), name, cells)
            shown = [outputs(messages) for messages in said["shown"]]
            told = said["widgets"], said["states"]
            made = NotebookSnapshot(name, stamp, notebook, shown, *told, seed)
        except Exception as error:
            # as an error: nothing less reaches whoever runs the server
            self._log.error("%s can't be executed ahead, so it opens slower. %s", name, error)
            return
        if before := self._made.get(name):
            asyncio.get_running_loop().call_later(LAST_ORDERS, before.seed.close)
        self._made[name] = made
        del self._tried[name]


def read(path: Path) -> NotebookNode:
    """A notebook. OSError or ValueError when it is none."""
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call,no-any-return]


def without_jupyterlab(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the cells that JupyterLab alone shows. Where there is no snapshot, the
    page's template takes them out (template/conf.json)."""
    tags = (cell.metadata.get("tags", ()) for cell in notebook.cells)
    kept = [cell for cell, its in zip(notebook.cells, tags, strict=True) if JUPYTERLAB not in its]
    return NotebookNode({**notebook, "cells": kept})  # type: ignore[no-untyped-call]


def outputs(messages: list[Message]) -> list[NotebookNode]:
    """What a cell shows, as a notebook keeps it."""
    return [output_from_msg(it) for it in messages]  # type: ignore[no-untyped-call]


class SnapshotRenderer(PreExecutedNotebook, NotebookRenderer):  # type: ignore[misc]  # voila has no types
    """Voila's renderer for a notebook that was executed elsewhere."""

    def __init__(self, snapshot: NotebookSnapshot, **kwargs: Any) -> None:
        super().__init__(notebook_path=snapshot.name, **kwargs)
        self._snapshot = snapshot

    async def load_notebook(self, path: str) -> NotebookNode:  # noqa: ARG002  # as its parent
        notebook: NotebookNode = await self.fix_notebook(deepcopy(self._snapshot.notebook))
        return notebook

    def executed(self, notebook: NotebookNode) -> Iterator[NotebookNode]:
        for cell, shown in zip(notebook.cells, self._snapshot.shown, strict=True):
            if cell.cell_type == "code":
                cell.outputs = shown
            yield cell

    async def draw(self) -> str:
        """The page."""
        await self.initialize(template=None, theme=None)
        return str(await self.generate_content_str(self._snapshot.kernel_id))
