"""The other end of a worker: a process is begun, its events are heard, and it is ended.

So a page goes on saving while groups are searched for, in JupyterLab, under Voila and on a host.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

WORKER = "playbook.analysis.workgroups.worker"
_RIGHTS = "PLAYBOOK_"
"""So begin the names of what says whose a process is and what it may do; a search needs none."""


class SearchProcess:
    """A worker at work. `events` are what it tells; `end` ends it at once, wherever it is."""

    def __init__(self, task: Mapping[str, Any]) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(_RIGHTS)}
        self._process = subprocess.Popen(
            [sys.executable, "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            text=True,
            encoding="utf-8",
            start_new_session=True,  # an interrupt of the kernel is not meant for it
            creationflags=getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
        )
        with suppress(OSError):  # it ended already, and its events end too
            self._pipe.write(json.dumps(task) + "\n")
            self._pipe.flush()

    @property
    def _pipe(self) -> Any:
        return self._process.stdin

    @property
    def pid(self) -> int:
        """Its number on this machine."""
        return self._process.pid

    def events(self) -> Iterator[dict[str, Any]]:
        """One after the other, until it has ended."""
        told = self._process.stdout
        assert told is not None
        try:
            for line in told:
                yield json.loads(line)
        finally:
            self.end()
            told.close()  # here alone: nobody else reads it

    def end(self) -> None:
        """End it, if it has not ended."""
        self._process.kill()
        self._process.wait()
        with suppress(OSError):
            self._pipe.close()
