"""What is printed, as plain data: blocks that become a PDF or a Word document."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Look = Literal["plain", "lead", "small", "strong"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Prose:
    """One paragraph."""

    text: str
    look: Look = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a row of heads; `widths` are shares of the page. What stands in the column
    `strong` is bold."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    strong: int = -1


@dataclass(frozen=True, slots=True)
class Boxes:
    """Boxes beside each other: a title and lines each."""

    boxes: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Ticks:
    """Things to tick, each with an empty box."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WritingLines:
    """Empty lines to write on."""

    count: int


@dataclass(frozen=True, slots=True)
class Letters:
    """Large letters to be cut out and held up, each with what it stands for."""

    cards: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NewPage:
    """What follows begins a page."""


Block = Heading | Prose | Bullets | Grid | Boxes | Ticks | WritingLines | Letters | NewPage


@dataclass(frozen=True, slots=True)
class PaperDocument:
    """A document: its title, what it is, its day, the line at the foot of each page. `logo` is a
    PNG or empty, and `logo_alt` its sentence. With `pages` the text gets smaller until it takes no
    more than so many."""

    title: str
    name: str
    day: date
    foot: str
    blocks: tuple[Block, ...]
    logo: bytes = b""
    logo_alt: str = ""
    pages: int | None = None
