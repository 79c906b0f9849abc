"""A file with weekly figures of several measures: CSV or a workbook, read as it stands now.

The first row has the headings. In a long table they are called date, measure, value and perhaps
group, a figure a row. In a wide one the first column has the dates, and each other one is called
as a measure, or as a measure and a group ("Complaints, Group 2"). A blank cell is no figure; it is
never a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.numbers import brief
from playbook.worksheet.series import read_rows
from playbook.worksheet.spreadsheets import MOST_BYTES, Grid, sheet_rows
from playbook.worksheet.tables import cut, decoded
from playbook.worksheet.time_series import TimeSeries

ENDINGS = (".csv", ".tsv", ".txt", ".xlsx")
_BETWEEN = re.compile(r"\s*[,:|/–-]\s*(?=\S)")
_LEAST = 2

Key = tuple[str, str]
"""A measure's id, and a group's name: "" for the whole pilot."""


@dataclass(frozen=True, slots=True)
class WeeklyFile:
    """The figures of known measures, and the names in the file that are none of them."""

    series: Mapping[Key, TimeSeries]
    unknown: tuple[str, ...]


def read_weekly(path: str, measures: Mapping[str, str], words: Words) -> WeeklyFile:
    """The figures in the file at `path`; `measures` are names by id.

    InputError with one sentence where there is no such file, or it can't be read: then nothing of
    it counts.
    """
    name = Path(path).name
    return read_table(_grid(path, words), measures, name, words)


def stamp(path: str) -> str:
    """What changes when the file does; empty while there is no such file."""
    try:
        found = Path(path).expanduser().stat()
    except (OSError, ValueError, RuntimeError):
        return ""
    return f"{found.st_mtime_ns}-{found.st_size}"


def _grid(path: str, words: Words) -> Grid:
    name = brief(Path(path).name)
    try:
        file = Path(path).expanduser()
        if not file.is_absolute() or file.suffix.lower() not in ENDINGS:
            raise InputError(words.text("error.weekly.path"))
        if not file.is_file():
            raise InputError(words.text("error.weekly.none", given=name))
        if file.stat().st_size > MOST_BYTES:
            limit = MOST_BYTES // 1_000_000
            raise InputError(words.text("error.weekly.large", given=name, limit=limit))
        data = file.read_bytes()
    except (OSError, ValueError, RuntimeError):
        raise InputError(words.text("error.weekly.unread", given=name)) from None
    if data.startswith(b"PK"):
        return sheet_rows(data, name, words)
    text = decoded(data)
    if text is None:
        raise InputError(words.text("error.weekly.unread", given=name))
    if not (grid := cut(text)):
        raise InputError(words.text("error.weekly.empty", given=name))
    return grid


# --------------------------------------------------------------------------- from rows to figures


def read_table(grid: Grid, measures: Mapping[str, str], name: str, words: Words) -> WeeklyFile:
    """The figures in the rows of a table, the heading first."""
    if len(grid) < _LEAST:
        raise InputError(words.text("error.weekly.empty", given=brief(name)))
    headings = [_plain(cell) for cell in grid[0][1]]
    known = {_plain(text): row for row, text in measures.items()}
    places = _places(headings, words)
    if {"day", "measure", "value"} <= places.keys():
        found, unknown = _long(grid[1:], places, known)
    else:
        found, unknown = _wide(grid, known)
    if not found:
        names = ", ".join(f"“{text}”" for text in measures.values())
        key = "no_measure" if names else "no_names"
        raise InputError(words.text(f"error.weekly.{key}", given=brief(name), measures=names))
    series = {key: read_rows(rows, words) for key, rows in found.items()}
    return WeeklyFile(series, tuple(dict.fromkeys(unknown)))


def _places(headings: Sequence[str], words: Words) -> dict[str, int]:
    """Where the columns of a long table are, of those that are called so once."""
    places = {}
    for kind in ("day", "measure", "group", "value"):
        names = words.text(f"weekly_file.{kind}_headings").split()
        at = [place for place, heading in enumerate(headings) if heading in names]
        if len(at) == 1:
            places[kind] = at[0]
    return places


Found = dict[Key, list[tuple[int, list[Any]]]]


def _long(
    rows: Iterable[tuple[int, list[Any]]], places: Mapping[str, int], known: Mapping[str, str]
) -> tuple[Found, list[str]]:
    found: Found = {}
    unknown = []
    for number, cells in rows:
        told = {kind: _at(cells, place) for kind, place in places.items()}
        measure = str(told["measure"] or "")
        if _blank(told["value"]):
            continue
        if (row := known.get(_plain(measure))) is None:
            unknown.append(measure)
            continue
        group = " ".join(str(told.get("group") or "").split())
        found.setdefault((row, group), []).append((number, [told["day"], told["value"]]))
    return found, unknown


def _wide(grid: Grid, known: Mapping[str, str]) -> tuple[Found, list[str]]:
    found: Found = {}
    unknown = []
    for place, heading in enumerate(grid[0][1][1:], 1):
        if _blank(heading):
            continue
        key = _measure_and_group(str(heading), known)
        if key is None:
            unknown.append(str(heading))
            continue
        cells = [(number, [_at(row, 0), _at(row, place)]) for number, row in grid[1:]]
        if filled := [(number, pair) for number, pair in cells if not _blank(pair[1])]:
            found[key] = filled
    return found, unknown


def _measure_and_group(heading: str, known: Mapping[str, str]) -> Key | None:
    """The longest measure's name that the heading begins with, and what stands behind it."""
    if row := known.get(_plain(heading)):
        return row, ""
    for between in reversed(list(_BETWEEN.finditer(heading))):
        if row := known.get(_plain(heading[: between.start()])):
            return row, " ".join(heading[between.end() :].split())
    return None


def _plain(cell: Any) -> str:
    return " ".join(str(cell or "").casefold().split())


def _blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _at(cells: Sequence[Any], place: int) -> Any:
    return cells[place] if place < len(cells) else None
