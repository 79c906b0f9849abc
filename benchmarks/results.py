"""What was measured, as lines for the terminal and as tables for benchmarks/RESULTS.md."""

from __future__ import annotations

import platform
import re
import subprocess
from collections.abc import Iterable, Mapping, Sequence
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

_SECTION = re.compile(r"^## ([^\n]+)\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)


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
    """A promise, and whether what was measured keeps it; None where it couldn't be measured."""

    what: str
    measured: str
    allowed: str
    holds: bool | None

    @classmethod
    def below(cls, what: str, measured: float, allowed: float, unit: str = "s") -> Limit:
        """Less than so much is allowed."""
        told = f"{figure(measured)} {unit}".strip(), f"< {allowed:g} {unit}".strip()
        return cls(what, *told, measured < allowed)

    @classmethod
    def p95(cls, what: str, seconds: Sequence[float], allowed: float) -> Limit:
        """The 95th percentile; broken where there is nothing to take it of."""
        if seconds:
            return cls.below(f"{what}, p95", Series.of(seconds).share(0.95), allowed)
        return cls(f"{what}, p95", "nothing came", f"< {allowed:g} s", holds=False)

    @classmethod
    def share(cls, what: str, measured: float, of: float, allowed: float) -> Limit:
        """At most `allowed` times as much as another is allowed."""
        told = f"{measured / of:.3f} ({figure(measured)} of {figure(of)})", f"≤ {allowed:.3g} times"
        return cls(what, *told, measured <= allowed * of)

    @classmethod
    def unmeasured(cls, what: str, reason: str) -> Limit:
        """A promise that this run can say nothing about."""
        return cls(what, reason, "", None)

    @property
    def state(self) -> str:
        """In a word or two."""
        return {True: "holds", False: "broken", None: "not measured"}[self.holds]

    def row(self) -> tuple[str, ...]:
        state = self.state if self.holds else f"**{self.state}**"
        return self.what, self.measured, self.allowed, state


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


HEAD = """\
# Results

Written by `make bench`, a section by each part of it (`python -m benchmarks open`, for one); every
figure of a section is from one run. Ratios travel to other machines, seconds don't.
"""


@dataclass(frozen=True)
class BenchmarkResult:
    """What one part of the benchmark found: texts under their headings, and the limits."""

    texts: Sequence[tuple[str, str]]
    limits: Sequence[Limit]

    def section(self, heading: str, facts: str) -> str:
        """The part as a section of RESULTS.md."""
        rows = [limit.row() for limit in self.limits]
        limits = [table(("Limit", "Measured", "Allowed", ""), rows)] if rows else []
        texts = [f"### {title}\n\n{text}" for title, text in self.texts]
        return "\n\n".join([f"## {heading}", facts, *limits, *texts])


def merged(old: str, new: Mapping[str, str], order: Sequence[str]) -> str:
    """RESULTS.md with the `new` sections in place of the old ones of that heading, the others as
    they were; whatever is in no section that `order` names is left out."""
    kept = {found[1]: found[0].strip() for found in _SECTION.finditer(old)} | new
    return (
        "\n\n".join([HEAD.strip(), *(kept[heading] for heading in order if heading in kept)]) + "\n"
    )


def facts(
    load_before: tuple[float, float, float], quick: bool, peers: Mapping[str, str] | None = None
) -> str:
    """Where and with what it was measured, and how busy the machine was with other things.

    `peers`: the versions of those that are installed elsewhere.
    """
    loads = " → ".join(figure(load[0]) for load in (load_before, psutil.getloadavg()))
    versions = {name: version(name) for name in PACKAGES} | dict(peers or {})
    lines = [
        f"- {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, revision {_revision()}"
        + (" (quick run: few repetitions)" if quick else ""),
        f"- {_processor()}, {psutil.cpu_count()} cores, {psutil.virtual_memory().total >> 30} GB, "
        f"{platform.system()} {platform.release()}; load average {loads}",
        f"- Python {platform.python_version()}; "
        + ", ".join(f"{name} {number}" for name, number in versions.items()),
    ]
    return "\n".join(lines)


def tail(values: Sequence[float]) -> str:
    """p50, p95 and most; nothing where nothing was measured."""
    series = Series.of(values) if values else None
    return f"{series.tail()} / {figure(series.values[-1])}" if series else ""


def ratio(theirs: Sequence[float], ours: Sequence[float]) -> str:
    """Their median as a multiple of ours."""
    return f"{Series.of(theirs).median / Series.of(ours).median:.2f}"


def _revision() -> str:
    def git(*words: str) -> str:
        run = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
        return run.stdout.strip()

    others = (":/", ":!benchmarks/RESULTS.md")  # which a part before this one has written
    changed = git("status", "--porcelain", "--untracked-files=no", "--", *others)
    return (git("rev-parse", "--short", "HEAD") or "unknown") + (" with changes" if changed else "")


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    names = info.read_text().splitlines() if info.exists() else []
    found = (line.partition(":")[2].strip() for line in names if line.startswith("model name"))
    return next(found, platform.processor() or platform.machine())
