"""The first sheet of an Excel workbook: as a table, or as numbers by date.

Nothing in the file is carried out. A formula counts with the result that was saved beside it;
macros, links and everything on other sheets are left alone.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Sequence
from typing import Any

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.numbers import brief
from playbook.worksheet.series import read_rows

MOST_BYTES = 5_000_000
"""The largest file that is taken."""

MOST_UNPACKED = 10_000_000
"""The most that the file may hold when it is unpacked: far above any sheet of weekly numbers, and
what is made to hold us up takes seconds, not minutes."""

ROWS, COLUMNS = 10_000, 50
"""What stands further down or further right is left alone, as other sheets are."""

_SHEETS = "xl/workbook.xml"
_PAIR = 2
_MEGABYTE = 1_000_000

Grid = list[tuple[int, list[Any]]]
"""The rows that hold anything: number and cells, COLUMNS of them or fewer."""


def series_text(data: bytes, name: str, words: Words) -> str:
    """The series in a workbook's `data`, as it is stored (playbook.worksheet.series).

    The first sheet has two columns, or more of which one is called date and one value. What is
    shown as a percentage is read as it is shown. `name` is the file's, for the sentence of the
    InputError that is raised when it can't be read.
    """
    _check_file(data, name, words)
    written = _first_sheet(data, name, words, results=False)
    if not written:
        raise InputError(words.text("error.workbook_empty", given=brief(name)))
    columns = _columns(written, words)
    results = dict(_first_sheet(data, name, words, results=True))
    rows = []
    for row, cells in written:
        formulas = [_at(cells, column) for column in columns]
        values = [_at(results.get(row, ()), column) for column in columns]
        if any(f is not None and v is None for f, v in zip(formulas, values, strict=True)):
            raise InputError(words.text("error.workbook_formula", row=row))
        if found := [value for value in values if value is not None]:
            rows.append((row, found))
    return read_rows(rows, words).stored()


def sheet_rows(data: bytes, name: str, words: Words) -> Grid:
    """The first sheet of a workbook's `data`, formulas as their saved results.

    Raises InputError where it can't be read, or where a formula has no result yet.
    """
    _check_file(data, name, words)
    written = _first_sheet(data, name, words, results=False)
    results = dict(_first_sheet(data, name, words, results=True))
    for row, cells in written:
        found = results.get(row, ())
        if any(it is not None and _at(found, at) is None for at, it in enumerate(cells)):
            raise InputError(words.text("error.workbook_formula", row=row))
    return list(results.items())


def _check_file(data: bytes, name: str, words: Words) -> None:
    """Raise InputError unless this is a workbook of a size that can be read."""
    _check_size(len(data), MOST_BYTES, name, words)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        parts = []
    if _SHEETS not in {part.filename for part in parts}:
        raise InputError(words.text("error.workbook_kind", given=brief(name)))
    _check_size(sum(part.file_size for part in parts), MOST_UNPACKED, name, words)


def _check_size(size: int, limit: int, name: str, words: Words) -> None:
    if size > limit:
        sizes = {"size": f"{size / _MEGABYTE:.0f}", "limit": f"{limit / _MEGABYTE:.0f}"}
        raise InputError(words.text("error.workbook_large", given=brief(name), **sizes))


def _first_sheet(data: bytes, name: str, words: Words, results: bool) -> Grid:
    """The first sheet as it was written, or with the saved `results` of its formulas."""
    try:
        return _filled_rows(data, results)
    except Exception:  # openpyxl raises whatever it stumbles over in a damaged file
        raise InputError(words.text("error.workbook_broken", given=brief(name))) from None


def _filled_rows(data: bytes, results: bool) -> Grid:
    from openpyxl import load_workbook  # late: few pages ever read a workbook

    with warnings.catch_warnings(action="ignore"):  # of features that are left alone anyway
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=results, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_row=ROWS, max_col=COLUMNS)
        grid = [(number, [_value(cell) for cell in row]) for number, row in enumerate(rows, 1)]
    return [(number, cells) for number, cells in grid if any(it is not None for it in cells)]


def _value(cell: Any) -> Any:
    """What the cell holds; a percentage as it is shown, blanks alone as nothing."""
    value = cell.value
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int | float) and "%" in cell.number_format:
        return float(f"{value * 100:.15g}")  # without what the multiplication adds behind
    return value


def _columns(grid: Grid, words: Words) -> Sequence[int]:
    """The two columns that are used, or those that the first row calls date and value."""
    used = sorted({at for _, cells in grid for at, cell in enumerate(cells) if cell is not None})
    if len(used) <= _PAIR:
        return used
    headings = [str(cell).casefold() for cell in grid[0][1]]
    known = [words.text(f"workbook.{kind}_headings").split() for kind in ("day", "number")]
    found = [[at for at, heading in enumerate(headings) if heading in names] for names in known]
    if [len(places) for places in found] != [1, 1]:
        names = {"day": known[0][0], "number": known[1][0]}
        raise InputError(words.text("error.workbook_columns", count=len(used), **names))
    return [places[0] for places in found]


def _at(cells: Sequence[Any], column: int) -> Any:
    return cells[column] if column < len(cells) else None
