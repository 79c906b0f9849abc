"""Workgroups: how near to the best they are, how soon, and beside the strongest peer."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from benchmarks.results import ROOT, BenchmarkResult, Limit, figure, table
from playbook.analysis.workgroups import (
    Apart,
    AtLeast,
    AtMost,
    Attribute,
    Differences,
    FixedSeat,
    NoneOrTwo,
    Partition,
    Roster,
    SpreadEvenly,
    Together,
    cells,
    even_sizes,
    gower,
    partition,
)
from playbook.analysis.workgroups.beside import SearchProcess
from playbook.analysis.workgroups.bound import upper_bound
from playbook.analysis.workgroups.compiled import COMPILER
from playbook.analysis.workgroups.rules import GroupRule
from playbook.analysis.workgroups.worker import task

SETTINGS = """\
People are drawn anew for each seed: four categories (function of 6, place and style of 4, tenure of
5 bands, in unequal shares) and years as a number, of weight 1 each; with skills, six that one has
or not share a weight of 1. Effort "quick": ten million steps. Processor time, others at work."""
AGAINST = """\
The exchange heuristic of anti-clustering on the same differences; ours is stopped after its time.
R's anticlust is asked where R has it."""

SIZES = {
    "60 in 6": even_sizes(60, 6),
    "240 in 24": even_sizes(240, 24),
    "1,000 in 100": even_sizes(1000, 100),
}
SKILLED = {"60 in 6": even_sizes(60, 6), "60 in 5, 15 to 9": (15, 14, 12, 10, 9)}
WITH = ", with skills"
FEW = [(4,) * 4, (4, 3, 3, 3, 3), (8, 8), (2,) * 8, (6, 5, 5), (5, 5, 5), (4, 4, 4), (7, 5, 3)]
GAP, SKILLED_GAP, BOUND_MS, FEW_MS = 0.006, 0.004, 10, 30
PROVED, PROOF_SECONDS = 8, 120
LARGE_SECONDS, FIRST_MS, COLD_SECONDS = 5, 20, 1
CELLS_SECONDS, MANY_CELLS_SECONDS = 0.2, 2

GROUP_PEERS = ROOT / ".venv-groups"
PEER = ROOT / "benchmarks" / "peers" / "group_peer.py"
R_PEER = """
suppressMessages(library(anticlust))
given <- commandArgs(TRUE)
d <- as.matrix(read.csv(given[1], header = FALSE))
began <- proc.time()
labels <- anticlustering(as.dist(d), K = as.integer(given[2]), method = "local-maximum",
                         repetitions = 50)
took <- sum((proc.time() - began)[c("user.self", "sys.self")])
same <- outer(labels, labels, "==")
cat(sprintf('{"value": %.9f, "seconds": %.4f}', sum(d * same) / 2, took))
"""


def people(count: int, seed: int, skills: int = 0) -> Roster:
    """Made-up people, as SETTINGS says."""
    chance = np.random.default_rng(seed)
    found = []
    for name, many in (("function", 6), ("place", 4), ("style", 4), ("tenure", 5)):
        drawn = chance.choice(many, count, p=chance.dirichlet(np.full(many, 3.0)))
        found.append(Attribute(name, "category", tuple(map(str, drawn))))
    years = np.round(chance.gamma(2, 4, count))
    found.append(Attribute("years", "number", tuple(map(float, years))))
    for at in range(skills):
        has = chance.random(count) < chance.uniform(0.2, 0.6)
        found.append(Attribute(f"skills: {at}", "yes_no", tuple(map(bool, has)), "skills"))
    return Roster(tuple(f"P{at}" for at in range(count)), tuple(found))


def twenty_rules(roster: Roster) -> list[GroupRule]:
    """Twenty rules of eight kinds that sixty people in six groups can keep."""
    groups = [range(at, 60, 6) for at in range(6)]
    rules: list[GroupRule] = [
        Together(id=f"together {at}", people=(groups[at][0], groups[at][1])) for at in range(4)
    ]
    rules += [Apart(id=f"apart {at}", people=(at + 12, at + 25)) for at in range(4)]
    rules += [
        AtLeast(id=f"least {at}", people=tuple(own[at] for own in groups), count=1)
        for at in range(4, 8)
    ]
    rules += [SpreadEvenly(id=f"spread {it}", people=own) for it, own in _common(roster, "place")]
    rules += [NoneOrTwo(id=f"two {it}", people=own) for it, own in _common(roster, "tenure")]
    rules += [FixedSeat(id="seat", person=2, group=2)]
    return [*rules, AtMost(id="most", people=_common(roster, "style")[0][1], count=8)]


def _common(roster: Roster, name: str) -> list[tuple[str, tuple[int, ...]]]:
    """The three commonest values of an attribute, with the people who have them."""
    counted = Counter(map(str, roster.attribute(name).values))
    return [(value, roster.who(name, value)) for value, _ in counted.most_common(3)]


def measure(seeds: int) -> BenchmarkResult:
    """All of it, with so many draws of people each."""
    COMPILER.finish()
    gaps = {name: found(sizes, seeds, 0) for name, sizes in SIZES.items()}
    gaps |= {f"{name}{WITH}": found(sizes, seeds, 6) for name, sizes in SKILLED.items()}
    bounds = [ms for runs in gaps.values() for _, ms, _ in runs]
    peer = peers()
    proofs = [proof(seed) for seed in range(max(seeds, 2))]
    few = [enumerated(sizes, seed) for sizes in FEW for seed in range(seeds)]
    large = timed(lambda: partition(gower(people(2000, 1)), even_sizes(2000, 200)))
    first = [first_feasible(seed) for seed in range(seeds)]
    drawn = [timed(lambda n=n: cells([at % (n // 10) for at in range(n)])) for n in (60, 2000)]
    cold, memory, page = fresh(COLD), fresh(MEMORY), on_a_page()
    return BenchmarkResult(
        [
            ("How near to the best", f"{SETTINGS}\n\n{gap_table(gaps)}"),
            ("Beside others", f"{AGAINST}\n\n{peer_table(peer)}"),
            ("Proofs", proof_table(proofs)),
            ("Memory", f"{memory:,.0f} MB more than before, for 5,000 people in 500 groups."),
        ],
        [
            *(gap_limit(name, runs) for name, runs in gaps.items()),
            Limit.below("the bound, longest", max(bounds), BOUND_MS, "ms"),
            *(peer_limit(name, *it) for name, it in peer.items()),
            proof_limit(proofs, seeds),
            Limit.below("up to 16 people, all groupings, p95", 1000 * p95(few), FEW_MS, "ms"),
            Limit.below("2,000 people in 200 groups", large, LARGE_SECONDS),
            Limit.below(
                "60 people, 20 rules, first groups, p95", p95(first) * 1000, FIRST_MS, "ms"
            ),
            Limit.below("first groups, nothing compiled", cold, COLD_SECONDS),
            Limit.below("first groups on a page, its process included", page, COLD_SECONDS),
            Limit.below("60 people in 10 cells", drawn[0], CELLS_SECONDS),
            Limit.below("2,000 people in cells", drawn[1], MANY_CELLS_SECONDS),
        ],
    )


Found = tuple[Partition, float, float]
"""Groups; how long the bound took, in ms; how long all took, in seconds."""


def found(sizes: Sequence[int], seeds: int, skills: int) -> list[Found]:
    """Groups of people drawn anew for each seed, with the usual effort."""
    runs = []
    for seed in range(seeds):
        distance = gower(people(sum(sizes), seed, skills))
        _ = distance.units
        bound = timed(lambda d=distance: upper_bound(d, sizes))
        began = time.process_time()
        runs.append((partition(distance, sizes), 1000 * bound, time.process_time() - began))
    return runs


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[min(len(seconds) - 1, int(0.95 * len(seconds)))]


def enumerated(sizes: Sequence[int], seed: int) -> float:
    """How long the enumeration alone takes."""
    from playbook.analysis.workgroups import exact
    from playbook.analysis.workgroups.instance import instance_of

    instance = instance_of(gower(people(sum(sizes), seed, 6)), sizes, ())
    _ = instance.fixed
    exact.enumerated(instance)  # what is kept of the sizes is the same for everybody
    return timed(lambda: exact.enumerated(instance))


def proof(seed: int) -> tuple[Partition, float]:
    """24 people in 4 groups, proved, and the seconds of one core."""
    distance = gower(people(24, seed, 6))
    began = time.process_time()
    return partition(distance, even_sizes(24, 4), effort="thorough"), time.process_time() - began


def first_feasible(seed: int) -> float:
    """Sixty people with twenty rules: until there are groups that keep them."""
    roster = people(60, seed, 6)
    distance, rules = gower(roster), twenty_rules(roster)
    _ = distance.units

    def until_kept() -> None:
        partition(distance, even_sizes(60, 6), rules=rules, watch=lambda it: it.value is not None)

    until_kept()
    return timed(until_kept)


COLD = """
import time
from benchmarks.groups import people
from playbook.analysis.workgroups import even_sizes, gower, partition
from playbook.analysis.workgroups.compiled import COMPILER
distance = gower(people(60, 1, 6))
began = time.process_time()
partition(distance, even_sizes(60, 6), effort="instant")
print(time.process_time() - began)
assert COMPILER.ready() is None
"""
MEMORY = """
import resource
from benchmarks.groups import people
from playbook.analysis.workgroups import even_sizes, gower, partition
from playbook.analysis.workgroups.compiled import COMPILER
COMPILER.finish()
roster = people(5000, 1, 6)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
partition(gower(roster), even_sizes(5000, 500), effort="instant")
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


def on_a_page() -> float:
    """Processor seconds of a page's search until its first groups, of the largest usual list."""
    roster = people(60, 1, 6)
    search = SearchProcess(task(roster, roster, even_sizes(60, 6), [], 0, "benchmark"))
    events = search.events()
    while "answer" not in next(events):
        pass
    spent = psutil.Process(search.pid).cpu_times()
    events.close()
    return float(spent.user + spent.system)


def fresh(code: str) -> float:
    """What a fresh Python prints last."""
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(run.stdout.split()[-1])


# --------------------------------------------------------------------------- others


Peer = tuple[float, float, float, float]
"""Their value and processor seconds, ours and ours."""


def peers() -> dict[str, Peer]:
    """Those that are here, on the same people; ours may take no longer than they did."""
    found = {}
    for name, sizes in list(SIZES.items())[:2]:
        distance = gower(people(sum(sizes), 1))
        for peer, told in others(np.asarray(distance), len(sizes)).items():
            found[f"{name}: {peer}"] = (*told, *within(told[1], distance, sizes))
    return found


def within(seconds: float, distance: Differences, sizes: Sequence[int]) -> tuple[float, float]:
    """Our value in no more processor time than that."""
    began = time.process_time()
    ours = partition(
        distance, sizes, effort="thorough", watch=lambda _: time.process_time() - began > seconds
    )
    return ours.value, min(time.process_time() - began, seconds)


def others(matrix: np.ndarray, groups: int) -> dict[str, tuple[float, float]]:
    """Value and processor seconds of each peer that is installed."""
    told = {}
    with TemporaryDirectory() as folder:
        python = GROUP_PEERS / ("Scripts" if os.name == "nt" else "bin") / "python"
        if python.exists():
            path = Path(folder) / "matrix.npy"
            np.save(path, matrix)
            told["anti-clustering (PyPI)"] = _run(python, PEER, path, str(groups))
        if _anticlust():
            path = Path(folder) / "matrix.csv"
            np.savetxt(path, matrix, delimiter=",", fmt="%.9f")
            told["anticlust (R)"] = _run("Rscript", "-e", R_PEER, path, str(groups))
    return told


def _anticlust() -> bool:
    try:
        ask = ["Rscript", "-e", "library(anticlust)"]
        return subprocess.run(ask, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _run(*command: str | Path) -> tuple[float, float]:
    run = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    told = json.loads(run.stdout)
    return float(told["value"]), float(told["seconds"])


# --------------------------------------------------------------------------- telling


def gap_limit(name: str, runs: Sequence[Found]) -> Limit:
    allowed = SKILLED_GAP if name.endswith(WITH) else GAP
    worst = max(it.gap for it, _, _ in runs)
    what = f"{name}: what better groups could add, largest of {len(runs)}"
    return Limit(what, f"{worst:.3%}", f"≤ {allowed:.1%}", worst <= allowed)


def peer_limit(name: str, theirs: float, _: float, ours: float, __: float) -> Limit:
    return Limit(f"{name}, in the same time", f"{ours:.3f}", f"≥ {theirs:.3f}", ours >= theirs)


def proof_limit(proofs: Sequence[tuple[Partition, float]], seeds: int) -> Limit:
    done = sum(it.proven and seconds <= PROOF_SECONDS for it, seconds in proofs)
    needed = min(PROVED, len(proofs)) if seeds < PROVED else PROVED
    what = f"24 in 4 proved within {PROOF_SECONDS} s, of {len(proofs)}"
    return Limit(what, str(done), f"≥ {needed}", done >= needed)


def gap_table(gaps: dict[str, list[Found]]) -> str:
    lines = []
    for name, runs in gaps.items():
        worst = max(it.gap for it, _, _ in runs)
        mean = sum(it.gap for it, _, _ in runs) / len(runs)
        bound, seconds = max(ms for _, ms, _ in runs), max(took for _, _, took in runs)
        lines.append((name, f"{mean:.3%} / {worst:.3%}", figure(bound), figure(seconds)))
    heads = ("", "better at most (mean / largest)", "bound, ms", "all, s")
    return table(heads, lines)


def peer_table(found: dict[str, Peer]) -> str:
    if not found:
        return "None of them is installed here."
    lines = [
        (name, f"{theirs:.3f}", figure(took), f"{ours:.3f}", figure(seconds))
        for name, (theirs, took, ours, seconds) in found.items()
    ]
    return table(("", "theirs", "s", "ours", "s"), lines)


def proof_table(proofs: Sequence[tuple[Partition, float]]) -> str:
    told = ", ".join(
        f"{figure(seconds)} s" if it.proven else f"none in {figure(seconds)} s"
        for it, seconds in proofs
    )
    return f"24 people with skills in 4 groups, search and proof: {told}."
