"""What is due to be erased is announced first, and erased only after a day of running.

A clock may jump; how long a process has run can't. So the time between announcing and erasing is
counted in small steps by the clock that only runs, and kept in a file of its own beside the data,
so that a restart takes none of it away. Whatever is not due any more at one look is withdrawn.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from playbook.store.sqlite.file import beside, folder_in_sentences, new_text, sync_folder

NOTICE = 24 * 3600.0
"""Seconds that a host has to run between announcing and erasing: a day, on which people notice."""
STEP = 60.0
"""Seconds between two looks. A longer step counts as one of these: a machine that slept, or a
virtual one that was moved, was not there to be looked at."""
FILE = "due.json"


@dataclass(frozen=True, slots=True)
class ErasureCheck:
    """What a look found: `ran` is, by class, for how many seconds the host ran since announcing."""

    ran: Mapping[str, float]
    new: tuple[str, ...]
    withdrawn: tuple[str, ...]

    @property
    def ripe(self) -> tuple[str, ...]:
        """The classes whose notice is over."""
        return tuple(name for name, seconds in self.ran.items() if seconds >= NOTICE)


def check_due(before: Mapping[str, float], due: Collection[str], passed: float) -> ErasureCheck:
    """A look at what is `due` by the clock, `passed` seconds after the one before."""
    step = max(0.0, min(passed, STEP))
    return ErasureCheck(
        ran={name: before[name] + step if name in before else 0.0 for name in due},
        new=tuple(name for name in due if name not in before),
        withdrawn=tuple(name for name in before if name not in due),
    )


class ErasureNotices:
    """The classes that are announced on one host, in a file of `home`."""

    def __init__(self, home: Path) -> None:
        self._path = home / FILE

    def read(self) -> dict[str, float]:
        """For how many seconds the host ran since each was announced; nothing, if it is unread."""
        with suppress(OSError, ValueError, TypeError, AttributeError):
            found = json.loads(self._path.read_text(encoding="utf-8"))
            return {str(name): float(seconds) for name, seconds in found.items()}
        return {}

    def check(self, due: Collection[str], passed: float) -> ErasureCheck:
        """Take down a look. StoreError if it can't be written, and nothing has happened then."""
        before = self.read()
        found = check_due(before, due, passed)
        if found.ran != before:
            self._write(found.ran)
        return found

    def _write(self, ran: Mapping[str, float]) -> None:
        part = beside(self._path, ".part")
        with folder_in_sentences(self._path):
            part.unlink(missing_ok=True)
            new_text(part, json.dumps(dict(ran)))
            part.replace(self._path)
            sync_folder(self._path.parent)
