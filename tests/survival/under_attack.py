"""A class that fills in while somebody attacks the host: what it must not notice.

The long form is what a host has to survive: PLAYBOOK_SOAK=1, sixty people and two minutes an
attack. The short one, in every run of the tests, finds a host that falls over.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from benchmarks.client import ClassServer
from benchmarks.crowd import Crowd
from benchmarks.hosts import IN_CLASS
from benchmarks.results import Series
from benchmarks.trips import ARRIVAL_SECONDS
from tests.depth import DEEP

MB = 1e6
LOOK_EVERY = 0.2
CALM_SECONDS = 10.0
"""After an attack the host may take so long to let go of memory."""


@dataclass(frozen=True)
class Size:
    """So many people, for so many seconds with about `pause` seconds between two answers; what is
    allowed: seconds at the 95th percentile of an acknowledgement, or so many times what it took
    without an attack (a test's machine may be busy with other things); MB that the front process
    has more than before, at the end and at most."""

    people: int
    seconds: float
    pause: float
    p95: float
    times: float = 1.0
    megabytes: float = 100.0


SHORT = Size(people=10, seconds=4.0, pause=0.5, p95=2.0, times=3.0)
LONG = Size(people=60, seconds=120.0, pause=2.0, p95=1.0, times=0.0)
SIZE = LONG if DEEP else SHORT

Attack = Callable[[ClassServer, threading.Event], object]
"""Goes on until the event is set. What is refused is its own affair; it raises only what a test has
to know."""


@dataclass(frozen=True)
class Outcome:
    """What a class noticed: the seconds of each acknowledgement, what failed, which acknowledged
    answers are lost; the front process' memory in MB before, at most and after."""

    seconds: list[float]
    failed: list[str]
    lost: list[str]
    before: float
    most: float
    after: float
    calm: float
    """What `p95` was without an attack."""

    @property
    def p95(self) -> float:
        return Series.of(self.seconds).share(0.95)

    def told(self) -> str:
        """The figures, in a line."""
        return (
            f"{len(self.seconds)} answers, p95 {self.p95:.2f} s (calm {self.calm:.2f} s), "
            f"{len(self.failed)} failed, {len(self.lost)} lost; "
            f"memory {self.before:.0f}, at most {self.most:.0f}, then {self.after:.0f} MB"
        )

    def complaints(self, size: Size = SIZE) -> list[str]:
        """What the class had to notice, a sentence each; empty if it noticed nothing."""
        found = [*self.failed[:3], *self.lost[:3]]
        least = size.people * size.seconds / size.pause / 4
        if len(self.seconds) < least:
            found.append(f"{len(self.seconds)} answers were acknowledged, not at least {least:.0f}")
        allowed = max(size.p95, size.times * self.calm)
        if self.seconds and self.p95 >= allowed:
            found.append(f"95 of 100 answers were saved in {self.p95:.2f} s, not {allowed:.2f} s")
        for when, memory in (("at most", self.most), ("afterwards", self.after)):
            if memory - self.before >= size.megabytes:
                found.append(f"{when} it held {memory:.0f} MB, before {self.before:.0f} MB")
        return found


class ClassAtWork:
    """A host with a class that has the sheet open, each with a worksheet of their own."""

    def __init__(self, server: ClassServer, crowd: Crowd, size: Size) -> None:
        self.server, self._crowd, self._size = server, crowd, size
        self._front = psutil.Process(server.process.pid)
        self._calm = 0.0
        self._calm = self.during(lambda _, over: bool(over.wait())).p95

    def memory(self) -> float:
        """MB of the front process that are its alone."""
        return self._front.memory_full_info().uss / MB

    def during(self, attack: Attack) -> Outcome:
        """All fill in while `attack` goes on, and look again when it is over."""
        over, before = threading.Event(), self.memory()
        with ThreadPoolExecutor(2) as threads:
            attacking = threads.submit(attack, self.server, over)
            most = threads.submit(self._most, over)
            try:
                tally = self._crowd.fill(self._size.seconds, self._size.pause)
            finally:
                over.set()
            attacking.result()
        _, lost = self._crowd.kept()
        outcome = Outcome(
            *(tally.seconds, tally.failed, lost, before),
            most=most.result(),
            after=self._let_go(before),
            calm=self._calm,
        )
        sys.stdout.write(f"{outcome.told()}\n")  # pytest -s
        return outcome

    def _most(self, over: threading.Event) -> float:
        most = self.memory()
        while not over.wait(LOOK_EVERY):
            most = max(most, self.memory())
        return most

    def _let_go(self, before: float) -> float:
        """What it holds once it has let go, or after a while."""
        end = time.monotonic() + CALM_SECONDS
        while (now := self.memory()) - before > self._size.megabytes and time.monotonic() < end:
            time.sleep(LOOK_EVERY)
        return now


@contextmanager
def class_at_work(folder: Path, size: Size = SIZE) -> Iterator[ClassAtWork]:
    """A class of that size; there is room for each to have the sheet open twice, and for some
    more."""
    seats = 2 * size.people + 10
    with ClassServer(folder / "home", seats) as server, Crowd(IN_CLASS, server) as crowd:
        came = crowd.arrive(size.people, ARRIVAL_SECONDS * size.people)
        ready = crowd.prepare(size.people)
        assert [*came.failed, *ready.failed] == []
        yield ClassAtWork(server, crowd, size)


def browser(server: ClassServer, cookies: httpx.Cookies | None = None) -> httpx.Client:
    """One more browser: a stranger's, or whoever's `cookies` these are; it has the page's secret
    already."""
    client = httpx.Client(base_url=server.base, timeout=30, cookies=cookies, verify=False)
    client.get("/join")
    return client


def at_once(attackers: int, attack: Attack) -> Attack:
    """So many do the same, each in a thread."""

    def all_of_them(server: ClassServer, over: threading.Event) -> None:
        with ThreadPoolExecutor(attackers) as threads:
            for done in [threads.submit(attack, server, over) for _ in range(attackers)]:
                done.result()

    return all_of_them


def over_and_over(step: Callable[[], object], over: threading.Event, pause: float = 0.0) -> None:
    """Take a step until it is over; a step that the host refuses or cuts is no trouble."""
    while not over.wait(pause):
        with suppress(httpx.HTTPError, OSError, TimeoutError):
            step()


def second_browser(server: ClassServer) -> httpx.Client:
    """Another browser of the member who attacks, added as people add a phone."""
    secret = {"X-XSRFToken": _secret(server.http)}
    code = server.http.post("/place/pair", json={}, headers=secret).json()["code"]
    added = browser(server)
    entered = added.post("/pair", data={"code": code, "_xsrf": _secret(added)})
    assert entered.status_code == httpx.codes.SEE_OTHER, entered.text
    return added


def _secret(client: httpx.Client) -> str:
    if "_xsrf" not in client.cookies:
        client.get("/place")
    return str(client.cookies["_xsrf"])
