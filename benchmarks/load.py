"""The load: visitors without a browser, in a process of its own; `benchmarks.crowd` tells it what
to do, a line of JSON each, and reads a line of JSON back.

A process of its own, because a peer's visitors speak with that peer's own message classes, which
are installed in another environment; and so that what the load takes is counted apart.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from typing import Any, NamedTuple, Protocol


class Visitor(Protocol):
    """Somebody with a browser of their own, at the address that people are given."""

    def enter(self) -> None:
        """Sign in, where there is a door."""

    def open(self) -> None:
        """Open the sheet; return when its first state is there."""

    def prepare(self) -> None:
        """Have a worksheet with a candidate, as before a first answer; not timed."""

    def answer(self, value: str) -> None:
        """Answer one question; return when it is acknowledged, after the commit."""

    def close(self) -> None:
        """Go away without a word."""


class Writer(Visitor, Protocol):
    """A visitor who fills the sheet in, and can tell afterwards whether all of it was kept."""

    def write(self) -> None:
        """Answer the next question; return when it is acknowledged."""

    def lost(self) -> list[str]:
        """What was acknowledged and isn't there when the sheet is opened anew."""

    @property
    def acknowledged(self) -> int:
        """How many answers were."""


class Tally(NamedTuple):
    """What a crowd did: seconds that each thing took, and what went wrong, a sentence each."""

    seconds: list[float]
    failed: list[str]


class Crowd:
    """Visitors who do the same at their own pace; each has a thread while there is work."""

    def __init__(self, visitor: Callable[[], Visitor]) -> None:
        self._visitor = visitor
        self.visitors: list[Visitor] = []
        self._answers = Counter[int]()

    def arrive(self, visitors: int, over: float) -> Tally:
        """So many more come, evenly spread over `over` seconds: each opens the sheet."""
        coming = [self._visitor() for _ in range(visitors)]
        began = time.perf_counter()

        def come(place: int) -> Iterator[float]:
            time.sleep(max(began + place * over / visitors - time.perf_counter(), 0))
            coming[place].enter()
            yield timed(coming[place].open)
            self.visitors.append(coming[place])  # who couldn't come in does nothing more

        return _all_at_once(come, range(visitors))

    def prepare(self, visitors: int) -> Tally:
        """The first so many get ready to answer."""
        return _all_at_once(lambda who: [timed(who.prepare)], self.visitors[:visitors])

    def answer(self, visitors: int, each: int, pause: float) -> Tally:
        """The first so many give `each` answers, with about `pause` seconds between two."""

        def give(place: int) -> Iterator[float]:
            waits = _pauses(place, pause)
            for _ in range(each):
                time.sleep(next(waits))
                self._answers[place] += 1
                value = ("yes", "no")[self._answers[place] % 2]  # never the same again
                yield timed(self.visitors[place].answer, value)

        return _all_at_once(give, range(visitors))

    def fill(self, seconds: float, pause: float) -> Tally:
        """Everybody fills the sheet in for so long, with about `pause` seconds between answers."""
        end = time.perf_counter() + seconds

        def fill_in(place: int) -> Iterator[float]:
            waits = _pauses(place, pause)
            while time.perf_counter() + (wait := next(waits)) < end:
                time.sleep(wait)
                yield timed(self.visitors[place].write)  # type: ignore[attr-defined]

        return _all_at_once(fill_in, range(len(self.visitors)))

    def kept(self) -> dict[str, Any]:
        """Everybody opens the sheet anew: how many answers were acknowledged, and what is lost."""
        lost = [what for who in self.visitors for what in who.lost()]  # type: ignore[attr-defined]
        return {
            "acknowledged": sum(who.acknowledged for who in self.visitors),  # type: ignore[attr-defined]
            "lost": lost,
        }

    def leave(self) -> dict[str, Any]:
        """All go away."""
        for who in self.visitors:
            who.close()
        self.visitors.clear()
        return {}


def timed(action: Callable[..., object], *arguments: object) -> float:
    """How many seconds it takes."""
    began = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - began


def _pauses(place: int, mean: float) -> Iterator[float]:
    """How long one visitor waits each time, the same in every run: half to one and a half."""
    dice = random.Random(place)
    while True:
        yield mean * dice.uniform(0.5, 1.5)


def _all_at_once(work: Callable[[Any], Iterable[float]], items: Iterable[Any]) -> Tally:
    """Do `work` for each item in a thread of its own; one that fails doesn't stop the others."""
    items, tally = list(items), Tally([], [])

    def run(item: Any) -> None:
        try:
            for seconds in work(item):
                tally.seconds.append(seconds)
        except Exception as error:
            tally.failed.append(f"{type(error).__name__}: {str(error)[:300]}")

    with ThreadPoolExecutor(max(len(items), 1)) as threads:
        list(threads.map(run, items))
    return tally


def main(visitor: str, address: str, page: str) -> None:
    """`visitor`: the class, as module:name; `address`: what people are given; `page`: the path of
    the sheet."""
    module, _, name = visitor.partition(":")
    kind = getattr(import_module(module), name)
    crowd = Crowd(lambda: kind(address, page))
    for line in sys.stdin:
        told = json.loads(line)
        done = getattr(crowd, told.pop("do"))(**told)
        sys.stdout.write(json.dumps(done._asdict() if isinstance(done, Tally) else done) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
