"""`python -m benchmarks [open cohorts ...]`: measure, print, write the sections of
benchmarks/RESULTS.md; 1 if a limit is broken."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import psutil

from benchmarks import (
    act,
    cohorts,
    cold,
    evidence,
    filling,
    groups,
    kits,
    opening,
    reveal,
    ripple,
    tree,
    trips,
)
from benchmarks.cohorts import Pattern
from benchmarks.hosts import PANEL, SOLARA, STREAMLIT, peers
from benchmarks.results import BenchmarkResult, Limit, facts, merged

RESULTS = Path(__file__).parent / "RESULTS.md"


class Section(NamedTuple):
    """A part of the benchmark: its heading, and how it is measured, in full or quickly."""

    heading: str
    full: Callable[[], BenchmarkResult]
    quick: Callable[[], BenchmarkResult]


SECTIONS = {
    "open": Section(
        "Opening one page",
        lambda: opening.measure(visitors=3, on_phones=3, trips=40, opens=6, acks=100),
        lambda: opening.measure(visitors=1, on_phones=1, trips=6, opens=2, acks=20),
    ),
    "cohorts": Section(
        "A class comes in",
        lambda: cohorts.measure([Pattern(30, 30), Pattern(60, 60), Pattern(60, 10)]),
        lambda: cohorts.measure([Pattern(4, 4), Pattern(6, 6), Pattern(6, 1)]),
    ),
    "trips": Section(
        "Answers with more and more people",
        lambda: trips.measure(trips.Plan(active=(1, 20, 60), answers=20, pause=2)),
        lambda: trips.measure(trips.Plan(active=(1, 5), answers=5, pause=0.5)),
    ),
    "filling": Section(
        "A class fills the sheet in",
        lambda: filling.measure(filling.Plan(people=60, seconds=600, pause=4)),
        lambda: filling.measure(filling.Plan(people=5, seconds=20, pause=1)),
    ),
    "reveal": Section(
        "A result on every phone",
        lambda: reveal.measure(reveal.Plan(people=60, votes=5)),
        lambda: reveal.measure(reveal.Plan(people=6, votes=1)),
    ),
    "kits": Section(
        "Notebooks of a kit",
        lambda: kits.measure(sizes=(2, 12, 24), times=5),
        lambda: kits.measure(sizes=(2, 4), times=1),
    ),
    "tree": Section("A metric tree", lambda: tree.measure(100), lambda: tree.measure(10)),
    "groups": Section("Workgroups", lambda: groups.measure(10), lambda: groups.measure(2)),
    "evidence": Section(
        "A pilot's evidence", lambda: evidence.measure(20), lambda: evidence.measure(2)
    ),
    "ripple": Section("A map of work", lambda: ripple.measure(100), lambda: ripple.measure(5)),
    "act": Section(
        "A year of a pilot",
        lambda: act.measure(opens=6, answers=60),
        lambda: act.measure(opens=1, answers=6),
    ),
    "cold": Section("Fresh processes", lambda: cold.measure(15), lambda: cold.measure(5)),
}


def main() -> int:
    options = _options()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended too
    for peer in {PANEL, SOLARA, STREAMLIT} - peers().keys():
        say(f"{peer.name} can't be used (`make bench` installs it where it can): left out")
    limits = [limit for name in options.parts for limit in take(name, options)]
    say(f"written to {options.results}")
    return 1 if any(limit.holds is False for limit in limits) else 0


def take(name: str, options: argparse.Namespace) -> list[Limit]:
    """Measure one part, print it, and put it in its place among the results; its limits."""
    heading, full, quick = SECTIONS[name]
    say(f"{name}: {heading}")
    load_before = psutil.getloadavg()
    part = (quick if options.quick else full)()
    versions = {host.name: version for host, version in peers().items()}
    section = part.section(heading, facts(load_before, options.quick, versions))
    sys.stdout.write(f"\n{section}\n\n")
    for limit in part.limits:
        say(f"{limit.state:13} {limit.what}: {limit.measured}")
    results: Path = options.results
    old = results.read_text(encoding="utf-8") if results.exists() else ""
    order = [section.heading for section in SECTIONS.values()]
    results.write_text(merged(old, {heading: section}, order), encoding="utf-8")
    return list(part.limits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    told = f"which parts, of {', '.join(SECTIONS)} (all of them)"
    parser.add_argument("parts", nargs="*", type=_part, default=list(SECTIONS), help=told)
    parser.add_argument("--quick", action="store_true", help="few repetitions, to try it out")
    parser.add_argument("--results", type=Path, default=RESULTS, help="the file to write")
    return parser.parse_args()


def _part(name: str) -> str:
    if name not in SECTIONS:
        raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(SECTIONS)}")
    return name


def say(text: str) -> None:
    """Progress, for whoever waits."""
    print(f"[bench] {text}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
