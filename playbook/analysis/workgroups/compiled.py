"""The loops compiled by numba, once that is done; nobody has to wait for it.

Compiling takes some ten seconds, and less than one when an earlier process left it in numba's
cache; `python -m playbook.analysis.workgroups.compiled` leaves it there, and set-up does so.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from types import FunctionType, SimpleNamespace
from typing import Any

from playbook.analysis.workgroups import enumeration, loops


class _Compiler:
    """Has the compiled loops, or makes them, in a thread or at once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._loops: SimpleNamespace | None = None

    def ready(self) -> SimpleNamespace | None:
        """The compiled functions by name, if they are there now."""
        return self._loops

    def begin(self) -> None:
        """See that they will be there, without waiting."""
        with self._lock:
            if self._loops is None and not self.working(0):
                self._thread = threading.Thread(target=self.finish, daemon=True)
                self._thread.start()

    def working(self, seconds: float) -> bool:
        """Whether they are still being made after so many seconds."""
        if self._thread is not None:
            self._thread.join(seconds)
        return self._thread is not None and self._thread.is_alive()

    def finish(self) -> SimpleNamespace:
        """The compiled functions; returns when they are there."""
        if self._loops is None:
            found = _compiled()
            _use(found)
            self._loops = found
        return self._loops


def _compiled() -> SimpleNamespace:
    """Each loop as numba's, calling numba's: copies that find each other in one namespace."""
    from numba import njit

    found = {}
    for module in (loops, enumeration):
        namespace = dict(vars(module))
        for function in module.LOOPS:
            copy = FunctionType(function.__code__, namespace, function.__name__)
            copy.__module__, copy.__qualname__ = module.__name__, function.__qualname__
            namespace[function.__name__] = found[function.__name__] = _cached(njit, copy)
    return SimpleNamespace(**found)


def _cached(njit: Any, function: Callable[..., Any]) -> Any:
    try:
        return njit(cache=True)(function)
    except RuntimeError:  # nowhere to keep it: a read-only installation without NUMBA_CACHE_DIR
        return njit(function)


def _use(compiled: SimpleNamespace) -> None:
    """Have both loops compiled for the types that they will get."""
    from playbook.analysis.workgroups.exact import sets_of
    from playbook.analysis.workgroups.instance import tiny

    instance = tiny()
    moving = instance.moving([0, 1], 1)
    compiled.anneal(instance.fixed, moving, 1, 1, 1)
    compiled.climb(instance.fixed, moving, 1)
    compiled.fill(sets_of(instance))


COMPILER = _Compiler()

if __name__ == "__main__":
    COMPILER.finish()
