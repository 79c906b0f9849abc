"""Draws documents in a process of its own: a long one takes seconds of Python, and whoever saves
meanwhile would wait for the interpreter."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
from contextlib import suppress
from multiprocessing.connection import Connection
from threading import Lock

from playbook.cohort.documents import Request, render
from playbook.framework import load_framework
from playbook.model import StoreError
from playbook.model.wording import Words

SECONDS = 60
"""What the longest document may take, on a slow machine."""
NICENESS = 10

log = logging.getLogger(__name__)


class DocumentProcess:
    """One process, begun with the first document; it ends with this one, however that ends."""

    def __init__(self, words: Words) -> None:
        self._words, self._turn = words, Lock()
        self._process: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None

    def render(self, request: Request) -> bytes:
        """The document, as `documents.render` makes it. StoreError, a sentence, if it can't be."""
        with self._turn:
            try:
                line = self._begun()
                line.send(request)
                made = line.recv() if line.poll(SECONDS) else None
            except (OSError, EOFError):
                made = None
            if not isinstance(made, bytes):
                self._end()
                raise StoreError(self._words.text("host.drawing"))
            return made

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _begun(self) -> Connection:
        if self._line is None:
            spawn = multiprocessing.get_context("spawn")  # a fork would take our file along
            self._line, far = spawn.Pipe()
            self._process = spawn.Process(target=_work, args=(far,), name="documents", daemon=True)
            self._process.start()
            far.close()  # theirs alone, so that we hear of their end
        return self._line

    def _end(self) -> None:
        process, line = self._process, self._line
        self._process = self._line = None
        if process and line:
            line.close()
            process.kill()
            process.join()
            process.close()


def _work(line: Connection) -> None:
    """Draw what is sent until nobody is there to send anything."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the server, which ends us
    with suppress(AttributeError):  # not on Windows
        os.nice(NICENESS)
    framework = load_framework()
    with suppress(EOFError, OSError):
        while True:
            request = line.recv()
            try:
                line.send(render(request, framework))
            except Exception:
                log.exception("a document failed")
                line.send(None)
