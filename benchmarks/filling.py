"""A class fills the sheet in for ten minutes, and everything that was acknowledged is read back."""

from __future__ import annotations

import time
from dataclasses import dataclass

from benchmarks.cohorts import running, sentences
from benchmarks.crowd import Crowd
from benchmarks.hosts import IN_CLASS_TWICE, Host, cpu_seconds, memory_mb, settle
from benchmarks.load import Tally
from benchmarks.results import BenchmarkResult, Limit, figure, table, tail
from benchmarks.trips import ACKNOWLEDGED_SECONDS, ARRIVAL_SECONDS

TEXT = """\
Everybody answers the questions about three candidates, one after the other and over again, with
about {pause:g} s between two answers. At the end each opens the sheet anew, in a new process, and
every field must have its last acknowledged answer and as many revisions as acknowledgements."""


@dataclass(frozen=True)
class Plan:
    """So many people, for so many seconds, with about `pause` seconds between two answers."""

    people: int
    seconds: float
    pause: float


@dataclass(frozen=True)
class Filled:
    """What came of it: the acknowledgements, how many there were, which answers were lost, the
    server's cores in use, its memory in MB at the end with all kernels."""

    tally: Tally
    acknowledged: int
    lost: list[str]
    cores: float
    megabytes: float


def measure(plan: Plan) -> BenchmarkResult:
    """Ours alone: what is asked is a promise, not a comparison."""
    filled = fill(IN_CLASS_TWICE, plan)
    minutes = f"{figure(plan.seconds / 60)} minutes of {plan.people} people filling in"
    text = f"{TEXT.format(pause=plan.pause)}\n\n{filled_table(plan, filled)}"
    return BenchmarkResult([(minutes, text)], limits(plan, filled))


def fill(host: Host, plan: Plan) -> Filled:
    """All come, fill in, and look again."""
    with running(host) as server, Crowd(host, server) as crowd:
        came = crowd.arrive(plan.people, ARRIVAL_SECONDS * plan.people)
        ready = crowd.prepare(plan.people - len(came.failed))
        settle(server)
        began, used = time.perf_counter(), cpu_seconds(server)
        tally = crowd.fill(plan.seconds, plan.pause)
        cores = (cpu_seconds(server) - used) / (time.perf_counter() - began)
        megabytes = memory_mb(server)
        acknowledged, lost = crowd.kept()
    failed = [*came.failed, *ready.failed, *tally.failed]
    return Filled(Tally(tally.seconds, failed), acknowledged, lost, cores, megabytes)


def filled_table(plan: Plan, filled: Filled) -> str:
    """One line, and what went wrong below."""
    heads = (
        *("People", "answers", "acknowledged, ms (p50 / p95 / most)", "failed", "lost"),
        *("cores in use", "MB in all"),
    )
    line = (
        *(
            str(plan.people),
            f"{filled.acknowledged:,}",
            tail([1000 * s for s in filled.tally.seconds]),
        ),
        *(str(len(filled.tally.failed)), str(len(filled.lost))),
        *(figure(filled.cores), figure(filled.megabytes)),
    )
    problems = [*filled.tally.failed, *filled.lost]
    wrong = [sentences(IN_CLASS_TWICE.name, problems)] if problems else []
    return "\n\n".join([table(heads, [line]), *wrong])


def limits(plan: Plan, filled: Filled) -> list[Limit]:
    """Acknowledged soon, and nothing lost."""
    seconds, failed = filled.tally
    lost, what = filled.lost, f"acknowledged with {plan.people} filling in"
    return [
        Limit.p95(what, seconds, ACKNOWLEDGED_SECONDS),
        Limit("answers that failed", str(len(failed)), "none", not failed),
        Limit("acknowledged answers that are lost", str(len(lost)), "none", not lost),
    ]
