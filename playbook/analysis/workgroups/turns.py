"""Who may search now, on a machine that many people share: agreed on by files of its own folder.

Of one person the newest search goes on and the others end. Of all people, as many searches are
under way at once as there are processors. Where the folder can't be had, or files can't be locked
as on Windows, where a machine has one person, nobody waits.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

_NAP_SECONDS = 0.1


def folder() -> Path:
    """This user's folder for it; OSError where it is somebody else's."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    found = Path(tempfile.gettempdir()) / f"playbook-searches-{user}"
    found.mkdir(mode=0o700, exist_ok=True)
    if hasattr(os, "getuid") and found.lstat().st_uid != user:
        raise PermissionError(f"{found} belongs to somebody else.")
    return found


class Newest:
    """The newest search of a person: whoever is made last is it."""

    def __init__(self, who: str) -> None:
        self._mine = uuid4().hex
        self._file: Path | None = None
        with suppress(OSError):
            self._file = folder() / f"person-{sha256(who.encode()).hexdigest()[:24]}"
            self._file.write_text(self._mine, encoding="ascii")

    def outdated(self) -> bool:
        """Whether the person has begun another search since."""
        if self._file is None:
            return False
        try:
            return self._file.read_text(encoding="ascii") != self._mine
        except OSError:
            return False

    def close(self) -> None:
        """Forget the person, unless a newer search stands there."""
        if self._file is not None and not self.outdated():
            with suppress(OSError):
                self._file.unlink(missing_ok=True)


@contextmanager
def turn(kind: str, waiting: Callable[[], object]) -> Iterator[None]:
    """A place among the searches of this kind that are under way; `waiting` is called until there
    is one, and may raise to give up."""
    held = None
    try:
        while (held := _place(kind)) is None:
            waiting()
            time.sleep(_NAP_SECONDS)
        yield
    finally:
        if held:
            os.close(held)


def _place(kind: str) -> int | None:
    """An open file that is locked, 0 where nobody has to wait, None where all are taken."""
    try:
        import fcntl

        there = folder()
    except (ImportError, OSError):
        return 0
    for at in range(os.cpu_count() or 1):
        try:
            opened = os.open(there / f"{kind}-{at}", os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return 0
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(opened)
        else:
            return opened
    return None
