"""Commands and imports in a fresh Python each time, byte-code there as after an installation."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.answers import filled
from benchmarks.client import child_environment
from benchmarks.results import BenchmarkResult, Limit, Series, figure, table
from playbook.framework import load_framework

ANSWERS = 200
ASSESS_SECONDS, IMPORT_SECONDS = 0.5, 0.3
TEXT = """\
A fresh process each time; files in the system's cache, byte-code there as after an installation."""
LOADED = "import sys; print(*sys.modules)"


@dataclass(frozen=True)
class Cold:
    """One command, run in fresh processes: wall and CPU seconds of each run, the last output."""

    name: str
    wall: Series
    cpu: Series
    output: str

    def limit(self, seconds: float) -> Limit:
        """The median against a limit in seconds."""
        measured = f"median {figure(self.wall.median)} s (CPU {figure(self.cpu.median)} s)"
        return Limit(self.name, measured, f"< {seconds} s", self.wall.median < seconds)


def run_cold(name: str, command: list[str], times: int) -> Cold:
    """Run `python command` so often, after one run that leaves the byte-code."""
    walls, cpus = [], []
    for turn in range(times + 1):
        began, used = time.perf_counter(), _cpu_of_children()
        run = subprocess.run(
            [sys.executable, *command],
            env=child_environment(),
            capture_output=True,
            text=True,
            check=True,
        )
        if turn:
            walls.append(time.perf_counter() - began)
            cpus.append(_cpu_of_children() - used)
    return Cold(name, Series.of(walls), Series.of(cpus), run.stdout)


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(times: int) -> BenchmarkResult:
    """The commands and imports, so often each, and the limits they are held to."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "answers.json")
        answers = filled(load_framework().sheets["catalyst"], ANSWERS)
        file.write_text(json.dumps(answers), encoding="utf-8")
        command = ["-m", "playbook.cli.main", "assess", "catalyst", str(file), "--json"]
        assess = run_cold(f"`playbook assess`, {ANSWERS} answers, cold", command, times)
    imported = run_cold("`import playbook`, cold", ["-c", f"import playbook; {LOADED}"], times)
    public = "from playbook import PlaybookError, assess, load_framework"
    names = run_cold("its public names used", ["-c", public], times)
    nothing = run_cold("a Python that does nothing", ["-c", "pass"], times)
    lines = [
        (cold.name, cold.wall.spread(), cold.cpu.spread())
        for cold in (assess, imported, names, nothing)
    ]
    loaded = {name.partition(".")[0] for name in imported.output.split()}
    widgets = sorted(loaded & {"widgets", "ipywidgets", "anywidget", "IPython"})
    told = ", ".join(widgets) or "none"
    limits = [
        assess.limit(ASSESS_SECONDS),
        imported.limit(IMPORT_SECONDS),
        Limit("widgets loaded by `import playbook`", told, "none", not widgets),
    ]
    heads = ("Fresh process", "s (least / median / most)", "CPU s (least / median / most)")
    return BenchmarkResult(
        [("From the command to its end", f"{TEXT}\n\n{table(heads, lines)}")], limits
    )
