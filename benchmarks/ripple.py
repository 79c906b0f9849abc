"""What a change sets in motion on the largest map: draws counted while a chance is moved."""

from __future__ import annotations

import random

from benchmarks.evidence import timed
from benchmarks.results import BenchmarkResult, Limit, table, tail
from playbook.analysis.work_system.ripple import DRAWS, ripple
from playbook.analysis.work_system.system_map import PLACES, MapLink, MapPart, SystemMap

PARTS, LINKS, SECONDS = 150, 600, 0.05

TEXT = f"""\
{PARTS} parts, {LINKS} links and {DRAWS:,} draws, warm: what a page waits for when somebody moves a
chance on the largest map that a sheet takes."""


def measure(times: int) -> BenchmarkResult:
    """The ripple of the largest map, so often, and the limit it is held to."""
    drawn = largest_map()
    ripple(drawn, ["0"])
    took = timed(lambda: len(ripple(drawn, ["0"]).chances), times)
    told = table(("What", "p50 / p95 / most, s"), [("a ripple", tail(took))])
    limit = Limit.p95(f"ripple of {PARTS} parts and {LINKS} links", took, SECONDS)
    return BenchmarkResult([("The largest map", f"{TEXT}\n\n{told}")], [limit])


def largest_map() -> SystemMap:
    """The same map each time: any two parts may be linked."""
    chance = random.Random(5)
    parts = tuple(MapPart(str(at), f"Part {at}", PLACES[at % len(PLACES)]) for at in range(PARTS))
    pairs = [(a.id, b.id) for a in parts for b in parts if a is not b]
    links = (MapLink(*pair, 1, chance.uniform(0.05, 0.6)) for pair in chance.sample(pairs, LINKS))
    return SystemMap(parts, tuple(links))
