"""A table in a text file, however it was saved: its letters, and where its cells are cut."""

from __future__ import annotations

import csv
import io

from playbook.worksheet.spreadsheets import Grid

_DELIMITERS = "\t;,|"
_LEAST = 2
_UTF16_SHARE = 0.3
"""Of a text in UTF-16 so much at least is NUL, in Latin script half."""


def decoded(data: bytes) -> str | None:
    """The text in a file of UTF-8, UTF-16 or Windows-1252; None where it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        tried = ["utf-16"]
    elif data.count(0) > _UTF16_SHARE * len(data):
        tried = ["utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"]
    else:
        tried = ["utf-8-sig", "cp1252"]
    for encoding in tried:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def cut(text: str) -> Grid:
    """The rows of the text that hold anything, cut where most of them come to as many cells as the
    heading; none where nothing cuts it into two columns at least."""
    best: Grid = []
    for delimiter in _DELIMITERS:
        lines = io.StringIO(text, newline="")
        try:
            rows = list(csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True))
        except csv.Error:
            continue
        grid = [(at, [cell.strip() for cell in row]) for at, row in enumerate(rows, 1) if any(row)]
        if _evenness(grid) > _evenness(best):
            best = list(grid)
    return best


def _evenness(grid: Grid) -> tuple[float, int]:
    if not grid or len(grid[0][1]) < _LEAST:
        return 0.0, 0
    width = len(grid[0][1])
    return sum(len(row) == width for _, row in grid) / len(grid), width
