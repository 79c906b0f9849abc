"""What was measured, as lines for the terminal and as tables for benchmarks/RESULTS.md."""

from __future__ import annotations

import platform
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median

import psutil

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = (
    "voila",
    "jupyter_server",
    "ipykernel",
    "ipywidgets",
    "anywidget",
    "pydantic",
    "SQLAlchemy",
    "playwright",
)


@dataclass(frozen=True)
class Series:
    """Measurements of one thing, the least first."""

    values: tuple[float, ...]

    @classmethod
    def of(cls, values: Iterable[float]) -> Series:
        """These values, in order of size; ValueError when there is none."""
        found = tuple(sorted(values))
        if not found:
            raise ValueError("A series needs at least one measurement.")
        return cls(found)

    def share(self, share: float) -> float:
        """The smallest value that at least this share of all values does not exceed."""
        rank = -(-len(self.values) * round(share * 100) // 100)
        return self.values[max(rank, 1) - 1]

    @property
    def median(self) -> float:
        """The middle value; of an even number the mean of the two in the middle."""
        return median(self.values)

    def spread(self) -> str:
        """Least, median and most."""
        numbers = (self.values[0], self.median, self.values[-1])
        return " / ".join(figure(number) for number in numbers)

    def tail(self) -> str:
        """p50 and p95."""
        return f"{figure(self.median)} / {figure(self.share(0.95))}"


@dataclass(frozen=True)
class Limit:
    """A promise, and whether what was measured keeps it."""

    what: str
    measured: str
    allowed: str
    holds: bool

    def row(self) -> tuple[str, ...]:
        return self.what, self.measured, self.allowed, "holds" if self.holds else "**broken**"


def figure(number: float) -> str:
    """Three digits that mean something: 1.32, 0.084, 71, 1,234."""
    if number == 0 or abs(number) >= 100:
        return f"{number:,.0f}"
    digits = 1 if abs(number) >= 10 else 2 if abs(number) >= 1 else 3
    return f"{number:.{digits}f}"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def document(parts: Iterable[tuple[str, str]], facts: str, limits: Sequence[Limit]) -> str:
    """RESULTS.md: facts about the run, the limits, then `parts` (heading and text)."""
    heads = ("What", "Measured", "Allowed", "")
    head = (
        "# Results\n\nWritten by `make bench`; every figure is from one run. "
        "Ratios travel to other machines, seconds don't.\n"
    )
    limit_table = table(heads, [limit.row() for limit in limits])
    sections = [("Limits", limit_table), *parts]
    told = "\n\n".join(f"## {heading}\n\n{text}" for heading, text in sections)
    return f"{head}\n{facts}\n\n{told}\n"


def facts(load_before: tuple[float, float, float], quick: bool) -> str:
    """Where and with what it was measured, and how busy the machine was with other things."""
    loads = " → ".join(figure(load[0]) for load in (load_before, psutil.getloadavg()))
    lines = [
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, revision {_revision()}"
        + (" (quick run: few repetitions)" if quick else ""),
        f"- {_processor()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GB, "
        f"{platform.system()} {platform.release()}; load average {loads}",
        f"- Python {platform.python_version()}; "
        + ", ".join(f"{name} {version(name)}" for name in PACKAGES),
    ]
    return "\n".join(lines)


def _revision() -> str:
    def git(*words: str) -> str:
        run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return run.stdout.strip()

    changed = " with changes" if git("status", "--porcelain", "--untracked-files=no") else ""
    return (git("rev-parse", "--short", "HEAD") or "unknown") + changed


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text().splitlines() if info.exists() else []
    found = (line.partition(":")[2].strip() for line in names if line.startswith("model name"))
    return next(found, platform.processor() or platform.machine())
