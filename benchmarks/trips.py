"""One answer and its acknowledgement, while more and more people answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.cohorts import running, sentences
from benchmarks.crowd import Crowd
from benchmarks.hosts import CROWDED, IN_CLASS, Host, peers, settle
from benchmarks.load import Tally
from benchmarks.results import BenchmarkResult, Limit, table, tail

ACKNOWLEDGED_SECONDS = 0.3
ARRIVAL_SECONDS = 0.5
"""A visitor; how they come is not measured here."""

TEXT = """\
Milliseconds from an answer to its acknowledgement, after the commit (p50 / p95 / most). Everybody
has the sheet open; the active ones answer every {pause:g} s or so, which is more often than people
do. Each answer is validated, committed and assessed on every host by the same code of ours."""


@dataclass(frozen=True)
class Plan:
    """`active`: how many answer, one step after the other; each gives `answers`, with about
    `pause` seconds between two."""

    active: Sequence[int]
    answers: int
    pause: float


Results = Mapping[Host, Mapping[int, Tally]]


def measure(plan: Plan) -> BenchmarkResult:
    """Every host with the plan's steps."""
    found = {host: answer(host, plan) for host in (IN_CLASS, CROWDED, *peers())}
    text = f"{TEXT.format(pause=plan.pause)}\n\n{trips_table(found)}"
    return BenchmarkResult([("From an answer to its acknowledgement", text)], limits(found))


def answer(host: Host, plan: Plan) -> dict[int, Tally]:
    """A fresh server of that kind; all come, get ready, and then so many at a time answer."""
    everybody = max(plan.active)
    with running(host) as server, Crowd(host, server) as crowd:
        came = crowd.arrive(everybody, ARRIVAL_SECONDS * everybody)
        ready = crowd.prepare(everybody - len(came.failed))
        settle(server)
        missed = [*came.failed, *ready.failed]
        found = {}
        for active in plan.active:
            tally = crowd.answer(min(active, everybody - len(missed)), plan.answers, plan.pause)
            found[active] = Tally(tally.seconds, [*missed, *tally.failed])
        return found


def trips_table(found: Results) -> str:
    """One line a host, a column a step, and what went wrong below."""
    steps = list(next(iter(found.values())))
    heads = ("Host", *(f"{active} active" for active in steps), "failed")
    lines = [
        (
            host.name,
            *(tail([1000 * s for s in tally.seconds]) for tally in it.values()),
            str(len(_failed(it))),
        )
        for host, it in found.items()
    ]
    wrong = (sentences(host.name, failed) for host, it in found.items() if (failed := _failed(it)))
    return "\n\n".join([table(heads, lines), *wrong])


def _failed(steps: Mapping[int, Tally]) -> list[str]:
    return [what for tally in steps.values() for what in tally.failed]


def limits(found: Results) -> list[Limit]:
    """Ours with everybody active."""
    active, tally = list(found[IN_CLASS].items())[-1]
    failed = _failed(found[IN_CLASS])
    return [
        Limit.p95(f"acknowledged with {active} active", tally.seconds, ACKNOWLEDGED_SECONDS),
        Limit("answers that failed", str(len(failed)), "none", not failed),
    ]
