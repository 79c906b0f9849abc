"""Texts in files that a spreadsheet opens: none is ever run as a formula."""

from __future__ import annotations

import re
from typing import Any

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
"""How a text begins that a spreadsheet would run (OWASP, "CSV Injection")."""

_PARTS = re.compile("([,;\t\r\n\v\f\x85\u2028\u2029])")
"""Where spreadsheets may cut a line into cells, and a file into lines, whatever the quotes say."""
_APOSTROPHE = "'"


def inert(text: str) -> str:
    """The text with an apostrophe before every part that a spreadsheet may run as a cell.

    Can be undone: every part that `_runs` lost nothing and has one apostrophe more.
    """
    parts = _PARTS.split(text)
    return "".join(f"'{part}" if _runs(part) else part for part in parts)


def as_written(text: str) -> str:
    """The text of which `inert` made this one."""
    parts = _PARTS.split(text)
    return "".join(
        part.removeprefix(_APOSTROPHE)
        if part.startswith(_APOSTROPHE) and _runs(part.removeprefix(_APOSTROPHE))
        else part
        for part in parts
    )


def _runs(part: str) -> bool:
    return part.lstrip(" \"'\xa0\u3000").startswith(FORMULA)


def text_cell(sheet: Any, text: str) -> Any:
    """A cell of text for `sheet` of openpyxl, whatever the text begins with."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, TYPE_STRING

    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", text))
    cell.data_type = TYPE_STRING  # it takes "=1" for a formula, "#N/A" for an error
    cell.number_format = "@"
    cell.quotePrefix = True  # it stays text also when somebody edits it
    return cell
