"""One page, by rule: how far answers are cut so that a brief fits an A4 page in every format.

The rule knows no font: it counts columns of a wide one and lines of 9.5 pt, so page, PDF and Word
are cut alike and the text on a phone is the one on paper.
"""

from __future__ import annotations

import math
from unicodedata import combining, east_asian_width

from playbook.report.brief.brief import Brief, Chain, EffectRange, Hours, Line, Map, PagePart, Runs

LIMITS = (400, 320, 260, 210, 170, 140, 110, 90, 70, 50, 35, 25, 18)
"""Characters of one answer, tried from the first: the first with which the page fits is taken."""

MANY = 9
STEPS = (
    *((limit, MANY) for limit in LIMITS if limit > 90),  # noqa: PLR2004 - a line's worth
    *((90, 6), (90, 4), (70, 4), (70, 3), (60, 3), (50, 3), (42, 3), (35, 3), (25, 3)),
    *((18, 3), (18, 1)),
)
"""The same with how many items of a list are told: text is cut first, then lists."""

PAGE_LINES = 64.8
"""Lines of text on the page, headings' space included."""

FULL, HALF, BESIDE_MAP, BESIDE_HOURS = 92, 44, 23, 58
"""Columns of a line across the page, in half of it, and beside a picture."""

_HEADING, _GAP, _BOLD = 1.2, 0.7, 0.85
_TITLE, _LEAD = 50, 83
_MAP_LINES, _RANGE_LINES, _LEGEND = 5.5, 3.5, 19
_RUNS_LINES = 7.5
_DAILY, _STEPS, _LINK = 20, 56, 10
"""Columns of a daily measure's name in the chain, of all its other steps, and of a link."""
_FOOT_LINES = 5
_LATIN = 0x24F
"""Beyond, letters are wider on average."""


def cut_text(text: str, limit: int) -> str:
    """The text in at most `limit` columns, cut at a word's end where there is one near."""
    if columns(text) <= limit:
        return text
    room, kept = limit - columns(" …"), ""
    for char in text:
        room -= _column(char)
        if room < 0:
            break
        kept += char
    whole, _, rest = kept.rpartition(" ")
    if whole and len(rest) < len(kept) // 3:
        kept = whole
    return f"{kept.rstrip(' .,:;–-')} …"


def columns(text: str) -> float:
    """How wide a text is in a wide font: an ordinary small letter is 1."""
    return sum(map(_column, text))


_WIDTHS = {
    **dict.fromkeys(" .,:;!|'’‘()[]ijlI", 0.5),
    **dict.fromkeys("ftrJ-–/“”", 0.7),
    **dict.fromkeys("mwMW@%&—…→←", 1.65),
}


def _column(char: str) -> float:
    if char in _WIDTHS:
        return _WIDTHS[char]
    if combining(char):
        return 0.0
    if east_asian_width(char) in "WF":
        return 1.7
    return 1.2 if char.isupper() or ord(char) > _LATIN else 1.0


def fits(brief: Brief) -> bool:
    """Whether the brief keeps to one page."""
    return round(page_lines(brief), 1) <= PAGE_LINES


def page_lines(brief: Brief) -> float:
    """The lines that a brief takes on the page, what is drawn and left between them included."""
    head = (
        2.0 * _lines(brief.title, _TITLE)
        + 1.2 * _lines(brief.lead, _LEAD)
        + _lines(" · ".join(brief.meta), FULL)
        + 1
        + _lines("   ".join(f"{title} {mark.word}" for title, mark in brief.sheets), FULL)
    )
    foot = _FOOT_LINES + _lines(brief.note, FULL)
    return head + sum(max(map(_height, row)) for row in rows_of(brief.parts)) + foot


def rows_of(parts: tuple[PagePart, ...]) -> list[tuple[PagePart, ...]]:
    """The parts in the rows of the page: two halves beside each other, else one by itself."""
    rows: list[tuple[PagePart, ...]] = []
    for part in parts:
        if part.half and rows and len(rows[-1]) == 1 and rows[-1][0].half:
            rows[-1] = (rows[-1][0], part)
        else:
            rows.append((part,))
    return rows


def _height(part: PagePart) -> float:
    wide = FULL if not part.half else HALF
    if any(isinstance(one, Map) for one in part.pictures):
        wide = BESIDE_MAP
    elif any(isinstance(one, Hours) for one in part.pictures):
        wide = BESIDE_HOURS
    text = sum(_line(line, wide) for line in part.lines)
    chains = [one for one in part.pictures if isinstance(one, Chain)]
    if chains:
        text = _chain(chains[0])
    below = _RANGE_LINES if any(isinstance(one, EffectRange) for one in part.pictures) else 0
    below += _RUNS_LINES if any(isinstance(one, Runs) for one in part.pictures) else 0
    maps = [one for one in part.pictures if isinstance(one, Map)]
    least = sum(_MAP_LINES + _legend(one) for one in maps)
    heading = _HEADING * _lines(part.title, math.floor(_BOLD * (FULL if not part.half else HALF)))
    return heading + _GAP + max(text + below, least) + (1 if part.request else 0)


def _legend(drawn: Map) -> int:
    """The places' names under the map."""
    return sum(_lines(f"{pin.number} {pin.name}", _LEGEND) for pin in drawn.pins)


def _chain(chain: Chain) -> int:
    """The steps beside each other: the daily measures, then one metric a step over its figure."""
    first, *others = chain.steps
    wide = max(8, _STEPS // max(1, len(others)) - _LINK)
    daily = (max(_lines(name, _DAILY), _lines(told, _DAILY)) for name, told in first.metrics)
    heights = [sum(daily)]
    for step in others:
        heights += [_lines(name, wide) + _lines(told, wide) for name, told in step.metrics]
    return max(heights)


def _line(line: Line, wide: int) -> float:
    indent = 3 if line.style in ("item", "number") or line.missing else 0
    size = 1.6 if line.style == "big" else 1.0
    return 0.1 + size * _lines(line.text, math.floor((wide - indent) / size))


def _lines(text: str, wide: int) -> int:
    """How many lines a text takes, whose words are not cut but where one is wider than a line."""
    if not text:
        return 0
    lines, room = 1, float(wide)
    for word in text.split(" "):
        needs = columns(word)
        if needs > room and room < wide:
            lines, room = lines + 1, float(wide)
        while needs > wide:
            lines, needs = lines + 1, needs - wide
        room -= needs + columns(" ")
    return lines
