"""`python -m benchmarks`: measure, print, write benchmarks/RESULTS.md; 1 if a limit is broken."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks import cold, pages
from benchmarks.hosts import HOSTS, Host, all_running
from benchmarks.results import Limit, Series, document, facts, figure, table

RESULTS = Path(__file__).parent / "RESULTS.md"


class Times(NamedTuple):
    """How often each thing is measured."""

    cold: int
    visitors: int
    trips: int
    opens: int
    acks: int


FULL = Times(cold=15, visitors=5, trips=40, opens=10, acks=100)
QUICK = Times(cold=5, visitors=1, trips=6, opens=2, acks=20)

OPENING = """\
Seconds from the start of the navigation until the form's first control can be used (its hello is
answered). First visit: empty browser cache; later visit: the same browser again. CPU is that of
server and kernels until all is quiet again, so the next waiting kernel is counted in. MB a page is
what the memory of server and kernels grew by (PSS), divided by the pages that are open."""
LIGHT = """\
From asking for the page to the worksheet's first state over the websocket: the server's share, with
no browser's work in it. One visitor at a time, the hosts in turn. Start: from the command until
the server answers."""
TRIPS = """\
Milliseconds. Verdict: from a click in the browser to the changed words of the verdict.
Acknowledged: from an operation to its acknowledgement, after the commit (light client)."""
COLD = """\
A fresh process each time; files in the system's cache, byte-code there as after an installation."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try it out")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended too
    load_before = psutil.getloadavg()
    parts, limits = measure(QUICK if options.quick else FULL)
    for heading, text in parts:
        print(f"\n{heading}\n{text}")
    print("\nLimits")
    for limit in limits:
        print(f"  {'holds ' if limit.holds else 'BROKEN'}  {limit.what}: {limit.measured}")
    told = document(parts, facts(load_before, options.quick), limits)
    options.results.write_text(told, encoding="utf-8")
    print(f"\nWritten to {options.results}.")
    return 0 if all(limit.holds for limit in limits) else 1


def measure(times: Times) -> tuple[list[tuple[str, str]], list[Limit]]:
    """Everything: headings with their text, and the limits."""
    say("commands and imports in fresh processes")
    cold_table, limits = cold.measure(times.cold)
    say("opening in a browser, ours and plain Voila in turn")
    with all_running() as servers, pages.browser() as chromium:
        opened = pages.open_in_browser(servers, chromium, times.visitors, times.trips)
        opening = f"{OPENING} Chromium {chromium.version}."
    say("opening without a browser, in turn again")
    with all_running() as servers:
        light = pages.open_light(servers, times.opens, times.acks)
    elsewhere = sorted(opened[HOSTS[0]].elsewhere)
    told = ", ".join(elsewhere) or "none"
    limits.append(Limit("other hosts asked by our page", told, "none", not elsewhere))
    parts = [
        ("Opening the catalyst sheet in a browser", f"{opening}\n\n{opening_table(opened)}"),
        ("Opening it without a browser", f"{LIGHT}\n\n{light_table(light)}"),
        ("From an answer to what it means", f"{TRIPS}\n\n{trips_table(opened, light)}"),
        ("Fresh processes", f"{COLD}\n\n{cold_table}"),
    ]
    return parts, limits


def opening_table(opened: dict[Host, pages.Opened]) -> str:
    """One line a host, and the ratio of each to ours."""
    heads = (
        *("Host", "first visit, s (least / median / most)", "later visit, s", "CPU s a page"),
        *("MB a page", "requests", "kB first / later", "messages"),
    )
    ratios = (*("Times as much as ours", "first visit", "later visit"), "CPU", "MB")
    lines = [_opening_line(host.name, it) for host, it in opened.items()]
    peers = [_opening_ratios(host.name, it, opened[HOSTS[0]]) for host, it in opened.items()][1:]
    return f"{table(heads, lines)}\n\n{table(ratios, peers)}"


def _opening_line(name: str, it: pages.Opened) -> tuple[str, ...]:
    return (
        name,
        Series.of(it.first).spread(),
        Series.of(it.later).spread(),
        Series.of(it.cpu).spread(),
        figure(it.megabytes),
        str(it.requests),
        f"{figure(it.kilobytes)} / {figure(it.kilobytes_later)}",
        str(it.messages),
    )


def _opening_ratios(name: str, it: pages.Opened, ours: pages.Opened) -> tuple[str, ...]:
    pairs = ((it.first, ours.first), (it.later, ours.later), (it.cpu, ours.cpu))
    return (name, *(ratio(*pair) for pair in pairs), ratio([it.megabytes], [ours.megabytes]))


def light_table(light: dict[Host, pages.Light]) -> str:
    """One line a host: p50, p95, and the ratio to ours."""
    ours = light[HOSTS[0]].opens
    heads = ("Host", "s (p50 / p95)", "s (least / median / most)", "times ours", "start, s")
    return table(
        heads,
        [
            (host.name, series.tail(), series.spread(), ratio(it.opens, ours), figure(it.start))
            for host, it in light.items()
            for series in [Series.of(it.opens)]
        ],
    )


def trips_table(opened: dict[Host, pages.Opened], light: dict[Host, pages.Light]) -> str:
    """One line a host: verdict and acknowledgement, p50, p95, and the ratio to ours."""
    ours_seen, ours_acked = opened[HOSTS[0]].trips, light[HOSTS[0]].acks
    heads = ("Host", "verdict, p50 / p95", "times ours", "acknowledged, p50 / p95", "times ours")
    return table(
        heads,
        [
            (
                host.name,
                Series.of(opened[host].trips).tail(),
                ratio(opened[host].trips, ours_seen),
                Series.of(light[host].acks).tail(),
                ratio(light[host].acks, ours_acked),
            )
            for host in HOSTS
        ],
    )


def ratio(theirs: Sequence[float], ours: Sequence[float]) -> str:
    """Their median as a multiple of ours."""
    return f"{Series.of(theirs).median / Series.of(ours).median:.2f}"


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"[bench] {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
