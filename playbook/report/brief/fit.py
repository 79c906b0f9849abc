"""One page, by rule: how far answers are cut so that a brief fits an A4 page in every format.

The rule knows no font: it counts columns of a wide one and lines of 9.5 pt, so page, PDF and Word
are cut alike and the text on a phone is the one on paper.
"""

from __future__ import annotations

import math
from unicodedata import combining, east_asian_width

from playbook.report.brief.brief import Brief, Chain, Line, Map, Part, Range

LIMITS = (400, 320, 260, 210, 170, 140, 110, 90, 70, 50, 35)
"""Characters of one answer, tried from the first: the first with which the page fits is taken."""

PAGE_LINES = 66
"""Lines of text on the page, headings' space included."""

FULL, HALF, BESIDE_MAP = 100, 48, 26
"""Columns of a line across the page, in half of it, and beside a picture there."""

_HEADING, _GAP = 1.4, 0.6
_TITLE, _LEAD = 56, 84
_MAP_LINES, _RANGE_LINES = 8, 3.5
_FIRST_STEP, _OTHER_STEPS = 46, 50
"""Columns of the chain's daily measures, and of all that follows them together."""
_FOOT_LINES = 6


def cut_text(text: str, limit: int) -> str:
    """The text in at most `limit` columns, cut at a word's end where there is one."""
    if columns(text) <= limit:
        return text
    kept = text
    while columns(kept) > limit - 2:
        kept = kept[: max(1, len(kept) - max(1, (columns(kept) - limit + 2) // 2))]
        if len(kept) == 1:
            break
    whole, _, rest = kept.rpartition(" ")
    if whole and len(rest) < limit // 3:
        kept = whole
    return f"{kept.rstrip(' .,:;–-')} …"


def columns(text: str) -> int:
    """How wide a text is: full-width letters count twice, marks on a letter not at all."""
    return sum(
        0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text
    )


def fits(brief: Brief) -> bool:
    """Whether the brief keeps to one page, beside each other or one after the other."""
    head = (
        2.0 * _lines(brief.title, _TITLE)
        + 1.2 * _lines(brief.lead, _LEAD)
        + _lines(" · ".join(brief.meta), FULL)
        + 1
        + _lines("   ".join(f"{title} {mark.word}" for title, mark in brief.sheets), FULL)
    )
    foot = _FOOT_LINES + _lines(brief.note, FULL)
    rows = sum(max(map(_height, row)) for row in rows_of(brief.parts))
    return head + rows + foot <= PAGE_LINES


def rows_of(parts: tuple[Part, ...]) -> list[tuple[Part, ...]]:
    """The parts in the rows of the page: two halves beside each other, else one by itself."""
    rows: list[tuple[Part, ...]] = []
    for part in parts:
        if part.half and rows and len(rows[-1]) == 1 and rows[-1][0].half:
            rows[-1] = (rows[-1][0], part)
        else:
            rows.append((part,))
    return rows


def _height(part: Part) -> float:
    wide = FULL if not part.half else HALF
    beside = any(isinstance(one, Map) for one in part.pictures)
    text = sum(_line(line, BESIDE_MAP if beside else wide) for line in part.lines)
    chains = [one for one in part.pictures if isinstance(one, Chain)]
    if chains:
        text = _chain(chains[0])
    below = _RANGE_LINES if any(isinstance(one, Range) for one in part.pictures) else 0
    least = _MAP_LINES if beside else 0
    return _HEADING + _GAP + max(text + below, least) + (1 if part.request else 0)


def _chain(chain: Chain) -> int:
    """The steps beside each other; of all but the first, name and figure have a line each."""
    first, *others = chain.steps
    wide = max(10, _OTHER_STEPS // max(1, len(others)) - 10)
    daily = sum(_lines(f"{name} {told}", _FIRST_STEP) for name, told in first.metrics)
    return max(
        daily, *(_lines(*one.metrics[0][:1], wide) + _lines(one.metrics[0][1], wide) for one in others), 1
    )


def _line(line: Line, wide: int) -> float:
    indent = 3 if line.style in ("item", "number") or line.missing else 0
    size = 1.6 if line.style == "big" else 1.0
    return 0.2 + size * _lines(line.text, math.floor((wide - indent) / size))


def _lines(text: str, wide: int) -> int:
    """How many lines a text takes, whose words are not cut but where one is wider than a line."""
    if not text:
        return 0
    lines, room = 1, wide
    for word in text.split(" "):
        needs = columns(word)
        if needs > room and room < wide:
            lines, room = lines + 1, wide
        while needs > wide:
            lines, needs = lines + 1, needs - wide
        room -= needs + 1
    return lines
