"""A brief as plain data: what every format draws from, and where each line comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from playbook.report.pathway import Mark
from playbook.report.weekly.runs import WeeklyRun

LineStyle = Literal["text", "item", "number", "small", "big"]


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one weight."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """The field that a line's answer stands in, and its page's address; empty for a figure."""

    sheet: str
    field: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line in runs. `missing`: it says what nobody has answered yet."""

    runs: tuple[Run, ...]
    style: LineStyle = "text"
    sources: tuple[Origin, ...] = ()
    missing: bool = False
    slide: bool = False

    @property
    def text(self) -> str:
        """The whole line without weights."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map; shares from 0 to 1, high is good."""

    number: int
    name: str
    impact: float
    likelihood: float
    says: str


@dataclass(frozen=True, slots=True)
class Map:
    """The places in which one could begin, the chosen one first."""

    pins: tuple[Pin, ...]
    alt: str


@dataclass(frozen=True, slots=True)
class EffectRange:
    """One estimate with its range, and from where leaders notice it: shares (0.02 is 2%)."""

    low: float
    likely: float
    high: float
    limit: float | None
    alt: str


@dataclass(frozen=True, slots=True)
class ChainStep:
    """A step of the chain: metrics with their figures, and how its link upwards is known."""

    metrics: tuple[tuple[str, str], ...]
    link: str
    measured: bool


@dataclass(frozen=True, slots=True)
class Chain:
    """From daily work to money, the daily measures first; `cut` where some are left out."""

    steps: tuple[ChainStep, ...]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Hours:
    """The free share of the hours of those who are freed, beside the share that they need."""

    free: float
    limit: float
    alt: str


@dataclass(frozen=True, slots=True)
class Runs:
    """A small chart a measure, side by side; `alts` say each of them in words."""

    charts: tuple[WeeklyRun, ...]
    alts: tuple[str, ...]


Picture = Map | EffectRange | Chain | Hours | Runs


@dataclass(frozen=True, slots=True)
class PagePart:
    """A heading with its lines and pictures; `half` ones stand side by side, two by two.

    `asks` says whether anything in it can be missing; what is open, for one, fills itself.
    """

    id: str
    title: str
    lines: tuple[Line, ...]
    half: bool = False
    request: bool = False
    pictures: tuple[Picture, ...] = ()
    asks: bool = True

    @property
    def filled(self) -> bool:
        """Whether everything that it needs was answered."""
        return not any(line.missing for line in self.lines)


@dataclass(frozen=True, slots=True)
class Brief:
    """A page, and with `before` the pages in front of it: one document.

    `mark` is the word of the gate of the stage called `stage_title`, `sheets` have each sheet's.
    `left_out`: so many private lines were left out; `cut`: titles of the parts that were shortened,
    for room or because a list has a limit; `note` is printed at the foot.
    """

    stage: str
    name: str
    title: str
    lead: str
    meta: tuple[str, ...]
    mark: Mark
    says: str
    sheets: tuple[tuple[str, Mark], ...]
    parts: tuple[PagePart, ...]
    sign: str
    day: date
    note: str = ""
    private: bool = False
    left_out: int = 0
    cut: tuple[str, ...] = ()
    answers: str = field(default="", repr=False)
    """The answers that it was made from, as an export (JSON)."""

    stage_title: str = ""
    before: Brief | None = None

    @property
    def pages(self) -> tuple[Brief, ...]:
        """The document page by page, this one last."""
        return (*(self.before.pages if self.before else ()), self)

    @property
    def filled(self) -> int:
        """How many of the document's parts that wait for answers have them all."""
        return sum(part.filled for page in self.pages for part in page.parts if part.asks)

    @property
    def to_fill(self) -> int:
        """How many of its parts wait for answers."""
        return sum(part.asks for page in self.pages for part in page.parts)
