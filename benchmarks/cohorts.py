"""A class comes in: visitors without a browser, all within a minute."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.client import Server
from benchmarks.crowd import Crowd
from benchmarks.hosts import (
    CLASS,
    CROWDED,
    IN_CLASS,
    WEAK,
    Host,
    cpu_seconds,
    memory_mb,
    peers,
    settle,
)
from benchmarks.load import Tally
from benchmarks.results import BenchmarkResult, Limit, figure, table, tail

READY_SECONDS = 0.17
MEGABYTES = 14
CPU_OF_STRONGEST, CPU_OF_WEAK = 1 / 3, 1 / 15
SENTENCES = 3
SECONDS_TO_FILL = 30

TEXT = """\
Ready: from asking for the page to the sheet's first state over the socket; seconds on the server's
side, with no browser's work in them. Each visitor speaks as the host's own page does (Jupyter's
messages, Bokeh's, Solara's, Streamlit's). CPU is that of server and kernels until all is quiet
again, divided by the visitors; what the visitors themselves took came from the same cores. MB is
what the memory of server and kernels grew by (PSS), divided by the visitors. Ours and plain Voila
give each visitor a process of their own; Panel, Solara and Streamlit serve all from one process,
which takes less memory and isolates nobody. Every host has had one visitor before."""


class Pattern(NamedTuple):
    """So many visitors come, evenly spread over so many seconds."""

    visitors: int
    over: float

    def __str__(self) -> str:
        return f"{self.visitors} visitors in {self.over:g} s"


@dataclass(frozen=True)
class Arrived:
    """What a pattern took: seconds until each was ready (failures left out, and told), CPU seconds
    and MB a visitor, CPU seconds a visitor of the visitors themselves."""

    ready: Sequence[float]
    failed: Sequence[str]
    cpu: float
    megabytes: float
    visitors_cpu: float


Results = Mapping[Pattern, Mapping[Host, Arrived]]


def measure(patterns: Sequence[Pattern]) -> BenchmarkResult:
    """Each pattern on each host. The weak setting of plain Voila meets the first one only: it is
    there to say what a page costs that nobody thought about, and can't keep up with any."""
    found: dict[Pattern, dict[Host, Arrived]] = {}
    for pattern in patterns:
        weak = (WEAK,) if pattern == patterns[0] else ()
        found[pattern] = {
            host: arrive(host, pattern) for host in (IN_CLASS, CROWDED, *weak, *peers())
        }
    texts = [(str(pattern), pattern_table(hosts)) for pattern, hosts in found.items()]
    above = turned_away(one_too_many(IN_CLASS))
    return BenchmarkResult([("What is measured", TEXT), *texts], [*limits(found), above])


def arrive(host: Host, pattern: Pattern) -> Arrived:
    """A fresh server of that kind meets the pattern."""
    with running(host) as server, Crowd(host, server) as crowd:
        crowd.arrive(1, 0)
        settle(server)
        cpu, megabytes, of_visitors = cpu_seconds(server), memory_mb(server), crowd.cpu_seconds()
        tally = crowd.arrive(*pattern)
        settle(server)
        return Arrived(
            tally.seconds,
            tally.failed,
            (cpu_seconds(server) - cpu) / pattern.visitors,
            (memory_mb(server) - megabytes) / pattern.visitors,
            (crowd.cpu_seconds() - of_visitors) / pattern.visitors,
        )


def one_too_many(host: Host) -> Tally:
    """A server that is full, and one more comes."""
    with running(host) as server, Crowd(host, server) as crowd:
        full = crowd.arrive(CLASS + 1, SECONDS_TO_FILL)
        if full.failed:
            raise RuntimeError(f"{host.name} isn't full: {full.failed[0]}")
        return crowd.arrive(1, 0)


def turned_away(one_more: Tally) -> Limit:
    """Who comes to a full server is told so, by the status that the wait page has."""
    told = ", ".join(one_more.failed) or "let in"
    holds = not one_more.seconds and str(HTTPStatus.SERVICE_UNAVAILABLE.value) in told
    measured = "a wait page" if holds else told
    return Limit(f"number {CLASS + 2} at {CLASS + 1} seats", measured, "a wait page", holds)


@contextmanager
def running(host: Host) -> Iterator[Server]:
    """A server of that kind, on an empty data folder, and quiet."""
    with TemporaryDirectory() as folder, host.start(Path(folder)) as server:
        settle(server)
        yield server


def pattern_table(hosts: Mapping[Host, Arrived]) -> str:
    """One line a host, and what went wrong below."""
    heads = (
        *("Host", "ready, s (p50 / p95 / most)", "failed", "CPU s a visitor", "MB a visitor"),
        *("CPU s of each visitor", "a process each"),
    )
    lines = [_line(host, it) for host, it in hosts.items()]
    wrong = (sentences(host.name, it.failed) for host, it in hosts.items() if it.failed)
    return "\n\n".join([table(heads, lines), *wrong])


def _line(host: Host, it: Arrived) -> tuple[str, ...]:
    return (
        host.name,
        tail(it.ready),
        str(len(it.failed)),
        figure(it.cpu),
        figure(it.megabytes),
        figure(it.visitors_cpu),
        "yes" if host.isolated else "no",
    )


def sentences(name: str, failed: Iterable[str]) -> str:
    """The first few things that went wrong."""
    different = list(dict.fromkeys(" ".join(text.split()) for text in failed))
    more = f" and {len(different) - SENTENCES} more" if len(different) > SENTENCES else ""
    return f"{name}, failed: {'; '.join(different[:SENTENCES])}{more}."


def limits(found: Results) -> list[Limit]:
    """On the pattern of a class (the second one): ready, CPU, memory; and that nobody was left out
    in any."""
    pattern = list(found)[1]
    ours, first = found[pattern][IN_CLASS], next(iter(found.values()))
    left_out = [what for hosts in found.values() for what in hosts[IN_CLASS].failed]
    return [
        Limit.p95(f"{pattern}: ready", ours.ready, READY_SECONDS),
        Limit.share(
            "CPU a visitor, against plain Voila at its strongest",
            *(ours.cpu, found[pattern][CROWDED].cpu, CPU_OF_STRONGEST),
        ),
        Limit.share(
            "CPU a visitor, against plain Voila with stock widgets",
            *(first[IN_CLASS].cpu, first[WEAK].cpu, CPU_OF_WEAK),
        ),
        Limit.below("memory a visitor", ours.megabytes, MEGABYTES, "MB"),
        Limit("visitors left out", str(len(left_out)), "none", not left_out),
    ]
