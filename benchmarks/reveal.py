"""A vote's result on everybody's phone: people without a browser, each asking as the room does."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx

from benchmarks.client import PATIENCE, ClassServer
from benchmarks.hosts import settle
from benchmarks.results import BenchmarkResult, Limit, table, tail
from playbook.server.cohort.host.identity import COOKIE

REVEALED_SECONDS = 1.0
CALM_SECONDS = 2.0
"""Between the last answer and the reveal, so that all phones wait for news, as in a room."""

QUESTION = {"form": "one", "text": "What do we try first?"}
CHOICES = ("Fewer approvals", "One owner for a case", "Ask those who do the work")
TEXT = """\
Everybody is in the room's page and waits for news there, as a phone does. The trainer asks a
question of their own, all answer it, and the trainer reveals. Seconds from sending the reveal until
each phone has the whole result, without what a browser takes to draw it; all phones are threads on
the same cores as the server."""


@dataclass(frozen=True)
class Plan:
    """So many people see the results of so many votes."""

    people: int
    votes: int


class Seat:
    """One signed-in browser of a class: its cookie, and the state that it was told last."""

    def __init__(self, base: str, cookie: str, page: str) -> None:
        self.http = httpx.Client(base_url=base, timeout=PATIENCE, verify=False)
        self.http.cookies.set(COOKIE, cookie)
        self.http.get(page).raise_for_status()
        self.state: dict[str, Any] = {}

    def do(self, path: str, **given: Any) -> dict[str, Any]:
        """An action of the page; what it says. RuntimeError when it is refused."""
        headers = {"X-XSRFToken": self.http.cookies["_xsrf"], "Content-Type": "application/json"}
        answer = self.http.post(path, content=json.dumps(given), headers=headers)
        if answer.is_error:
            raise RuntimeError(f"{path}: {answer.status_code} {answer.text[:200]}")
        said: dict[str, Any] = answer.json()
        return said

    def wait_until(self, holds: Callable[[Mapping[str, Any]], bool]) -> float:
        """Ask for news until the state is so; the moment (of perf_counter) at which it was.
        RuntimeError when it never is."""
        end = time.perf_counter() + PATIENCE
        while not holds(self.state):
            if time.perf_counter() > end:
                raise RuntimeError("the room did not tell it")
            stamp = self.state.get("stamp", "")
            self.state = self.http.get("/room/state", params={"after": stamp}).json()
        return time.perf_counter()

    def close(self) -> None:
        """Go away without a word."""
        self.http.close()


def measure(plan: Plan) -> BenchmarkResult:
    """Ours alone: what is asked is a promise, not a comparison."""
    with TemporaryDirectory() as folder:
        server = ClassServer(Path(folder, "home"), plan.people, plan.people)
        with server:
            desk = Seat(server.base, server.trainer, f"/desk/{server.cohort}")
            phones = [Seat(server.base, cookie, "/room") for cookie in server.cookies]
            settle(server)
            seconds = [
                each for _ in range(plan.votes) for each in shown(desk, server.cohort, phones)
            ]
            for seat in (desk, *phones):
                seat.close()
    return BenchmarkResult([(f"{plan.people} phones", _told(plan, seconds))], limits(plan, seconds))


def shown(desk: Seat, cohort: str, phones: Sequence[Seat]) -> list[float]:
    """One vote: asked, answered by all, revealed; seconds until each phone had its result."""
    vote = desk.do(f"/desk/{cohort}/ask_own", **QUESTION, choices=CHOICES)["id"]

    def answer(place: int) -> None:
        phones[place].wait_until(lambda state: _state_of(state, vote) == "open")
        choices = _vote(phones[place].state, vote)["choices"]
        value = choices[place % len(choices)]["id"]
        phones[place].do("/room/answer", vote=vote, value=value)

    with ThreadPoolExecutor(len(phones)) as threads:
        list(threads.map(answer, range(len(phones))))
        waiting = [
            threads.submit(phone.wait_until, lambda state: _state_of(state, vote) == "revealed")
            for phone in phones
        ]
        time.sleep(CALM_SECONDS)
        began = time.perf_counter()
        desk.do(f"/desk/{cohort}/reveal", vote=vote)
        return [each.result() - began for each in waiting]


def limits(plan: Plan, seconds: Sequence[float]) -> list[Limit]:
    """Soon on all but a few."""
    what = f"a result on {plan.people} phones, from the reveal"
    return [Limit.p95(what, seconds, REVEALED_SECONDS)]


def _told(plan: Plan, seconds: Sequence[float]) -> str:
    heads = ("People", "votes", "results on phones", "s after the reveal (p50 / p95 / most)")
    line = (str(plan.people), str(plan.votes), f"{len(seconds):,}", tail(seconds))
    return f"{TEXT}\n\n{table(heads, [line])}"


def _vote(state: Mapping[str, Any], vote: str) -> Mapping[str, Any]:
    return next((it for it in state.get("votes", ()) if it["id"] == vote), {})


def _state_of(state: Mapping[str, Any], vote: str) -> str:
    return str(_vote(state, vote).get("state", ""))
