"""A map as a file and as text: the same parts and links as a table, a workbook or an outline.

The table has a row for each link, with its part and the part that it changes, and a row for each
part without links. The outline has a line for each block, "- part" below it, and below that
"-> part: effect, chance". Whatever was written here is read back as it was.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from playbook.analysis.work_system.system_map import (
    PLACES,
    SIGNS,
    Ends,
    MapLink,
    MapPart,
    Sign,
    SystemMap,
    plain,
)
from playbook.model import InputError
from playbook.model.wording import Words
from playbook.worksheet.inert import as_written, inert, text_cell
from playbook.worksheet.numbers import brief, decimal_of
from playbook.worksheet.spreadsheets import MOST_BYTES, sheet_rows
from playbook.worksheet.tables import cut, decoded

COLUMNS = ("part", "block", "changes", "effect", "chance")
_REQUIRED = 2
_PERCENT = 100

_PART = re.compile(r"-\s+(\S.*)")


def read_map(given: bytes, name: str, words: Words) -> SystemMap:
    """The map in a CSV file or workbook; ids are plain names. InputError with one sentence where it
    can't be read: then nothing of it counts."""
    if len(given) > MOST_BYTES:
        limit = MOST_BYTES // 1_000_000
        raise _refused("large", words, given=brief(name), limit=limit)
    if given.startswith(b"PK"):
        rows = [(row, _texts(cells)) for row, cells in sheet_rows(given, name, words)]
    else:
        rows = [
            (row, [as_written(cell) for cell in cells]) for row, cells in cut(decoded(given) or "")
        ]
    if not rows:
        raise _refused("unread", words, given=brief(name))
    places = _places(rows[0][1], name, words)
    lines = (
        _Line(row, *(_at(cells, places.get(column)) for column in COLUMNS))
        for row, cells in rows[1:]
    )
    return _Reader(words).read(lines)


def read_outline(text: str, words: Words) -> SystemMap:
    """The map in an outline; ids are plain names."""
    return _Reader(words).read(_outline_lines(text, words))


def as_csv(drawn: SystemMap, words: Words) -> bytes:
    """UTF-8 with a mark for spreadsheets; no text is run as a formula there."""
    file = io.StringIO(newline="")
    table = csv.writer(file)
    for cells in _table(drawn, words):
        table.writerow([inert(cell) if isinstance(cell, str) else cell for cell in cells])
    return file.getvalue().encode("utf-8-sig")


def as_xlsx(drawn: SystemMap, words: Words) -> bytes:
    """The same as a workbook of one sheet; every text is a cell of text."""
    from openpyxl import Workbook  # late: few people ever take a workbook along

    book = Workbook(write_only=True)
    sheet = book.create_sheet(words.text("system_map.file"))
    for cells in _table(drawn, words):
        sheet.append([text_cell(sheet, it) if isinstance(it, str) else it for it in cells])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_outline(drawn: SystemMap, words: Words) -> str:
    """Blocks that have a part, parts and links, each on a line of its own."""
    blocks, effects = words.group("system_map.blocks"), _effects(words)
    lines = []
    for block in PLACES:
        parts = drawn.in_block(block)
        lines += [blocks[block]] if parts else []
        for part in parts:
            lines.append(f"- {_one_line(part.name)}")
            for link in drawn.leading_on[part.id]:
                passed = "" if link.chance is None else f", {_percent(link.chance)}%"
                target = _one_line(drawn.by_id[link.target].name)
                lines.append(f"  -> {target}: {effects[link.sign]}{passed}")
    return "\n".join(lines)


# --------------------------------------------------------------------------- writing


def _table(drawn: SystemMap, words: Words) -> Iterator[list[Any]]:
    blocks, effects = words.group("system_map.blocks"), _effects(words)
    yield [words.text(f"system_map.{column}") for column in COLUMNS]
    for part in drawn.parts:
        head = [_one_line(part.name), blocks[part.block]]
        for link in drawn.leading_on[part.id]:
            passed = None if link.chance is None else _cell(link.chance)
            yield [*head, _one_line(drawn.by_id[link.target].name), effects[link.sign], passed]
        if not drawn.leading_on[part.id]:
            yield [*head, None, None, None]


def _effects(words: Words) -> dict[Sign, str]:
    return {sign: words.text(f"system_map.effects.{name}") for name, sign in SIGNS.items()}


def _cell(chance: float) -> float | str:
    """A chance in per cent; what lies under one with its sign, or it might be a share of 1."""
    told = _percent(chance)
    return f"{told}%" if 0 < float(told) < 1 else float(told)


def _percent(chance: float) -> str:
    """0.6 as 60, without what the multiplication adds behind."""
    return f"{chance * _PERCENT:.10f}".rstrip("0").rstrip(".")


def _one_line(name: str) -> str:
    return " ".join(name.split())


# --------------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class _Line:
    """One row or link as it was written, "" where nothing was."""

    row: int
    part: str
    block: str = ""
    changes: str = ""
    effect: str = ""
    chance: str = ""


class _Reader:
    """Lines to a map: parts first, for a link may name one that stands further down."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._blocks = {
            plain(title): block for block, title in words.group("system_map.blocks").items()
        }
        self._signs = {plain(text): sign for sign, text in _effects(words).items()}

    def read(self, lines: Iterable[_Line]) -> SystemMap:
        kept = [line for line in lines if line.part or line.changes]
        parts = self._parts(kept)
        links: dict[Ends, MapLink] = {}
        for line in kept:
            if line.changes:
                link = self._link(line, parts)
                if link.ends in links:
                    raise self._wrong(
                        "twice", line, part=brief(line.part), given=brief(line.changes)
                    )
                links[link.ends] = link
        return SystemMap(tuple(parts.values()), tuple(links.values()))

    def _parts(self, lines: Sequence[_Line]) -> dict[str, MapPart]:
        names: dict[str, str] = {}
        blocks: dict[str, str] = {}
        for line in lines:
            if not line.part:
                raise self._wrong("no_part", line, column=self._words.text("system_map.part"))
            part = plain(line.part)
            names.setdefault(part, _one_line(line.part))
            block = self._block(line) if line.block else ""
            if block and blocks.setdefault(part, block) != block:
                raise _refused("two_blocks", self._words, part=brief(line.part))
        if missing := next((name for part, name in names.items() if part not in blocks), None):
            told = ", ".join(self._words.group("system_map.blocks").values())
            raise _refused("no_block", self._words, part=brief(missing), blocks=told)
        return {part: MapPart(part, name, blocks[part]) for part, name in names.items()}

    def _block(self, line: _Line) -> str:
        found = self._blocks.get(plain(line.block), line.block.strip().casefold())
        if found not in PLACES:
            told = ", ".join(self._words.group("system_map.blocks").values())
            raise self._wrong("unknown_block", line, given=brief(line.block), blocks=told)
        return found

    def _link(self, line: _Line, parts: dict[str, MapPart]) -> MapLink:
        source, target = plain(line.part), plain(line.changes)
        if target not in parts:
            raise self._wrong("unknown_part", line, given=brief(line.changes))
        if source == target:
            raise self._wrong("itself", line, given=brief(line.changes))
        sign = self._signs.get(plain(line.effect)) if line.effect else 0
        if sign is None:
            told = ", ".join(_effects(self._words).values())
            raise self._wrong("effect", line, given=brief(line.effect), effects=told)
        return MapLink(source, target, sign, self._chance(line))

    def _chance(self, line: _Line) -> float | None:
        if not line.chance:
            return None
        number = decimal_of(line.chance.replace("%", "").replace(",", ".").strip())
        if number is None or not 0 <= number <= _PERCENT:
            raise self._wrong("chance", line, given=brief(line.chance))
        if 0 < number < 1 and "%" not in line.chance:  # as spreadsheets keep 60%, too
            percent = f"{number * _PERCENT:f}".rstrip("0").rstrip(".")
            raise self._wrong("share", line, given=brief(line.chance), percent=percent)
        return float(number / _PERCENT)

    def _wrong(self, key: str, line: _Line, **told: str) -> InputError:
        return _refused(key, self._words, row=line.row, **told)


def _refused(key: str, words: Words, **told: Any) -> InputError:
    return InputError(words.text(f"error.system_map.{key}", **told))


def _places(heading: Sequence[str], name: str, words: Words) -> dict[str, int]:
    """Which column is which, by its heading in words or by its id."""
    titles = {column: words.text(f"system_map.{column}") for column in COLUMNS}
    found = {plain(cell): at for at, cell in reversed(list(enumerate(heading)))}
    places = {
        column: found[key]
        for column, title in titles.items()
        for key in (column, plain(title))
        if key in found
    }
    missing = [titles[column] for column in COLUMNS[:_REQUIRED] if column not in places]
    if missing:
        told = ", ".join(f"“{title}”" for title in titles.values())
        raise _refused("heading", words, given=brief(name), column=missing[0], columns=told)
    return places


def _outline_lines(text: str, words: Words) -> Iterator[_Line]:
    """Each part and each link as a line of its own; a link belongs to the part above it."""
    told = "|".join(map(re.escape, _effects(words).values()))
    link = re.compile(rf"->\s*(\S.*?)(?::\s*({told})(?:,\s*([\d.]+\s*%?))?)?", re.IGNORECASE)
    blocks = {plain(it) for it in words.group("system_map.blocks").values()} | {*PLACES}
    block = part = ""
    for row, line in enumerate(text.splitlines(), 1):
        said = line.strip()
        if plain(said).rstrip(":") in blocks:
            block, part = said.rstrip(":"), ""
        elif match := link.fullmatch(said):
            if not part:
                raise _refused("outline", words, row=row, given=brief(said))
            yield _Line(row, part, "", match[1], match[2] or "", match[3] or "")
        elif match := _PART.fullmatch(said):
            part = match[1]
            yield _Line(row, part, block)
        elif said:
            raise _refused("outline", words, row=row, given=brief(said))


def _texts(cells: Sequence[Any]) -> list[str]:
    return [
        "" if cell is None else f"{cell:.12g}" if isinstance(cell, float) else str(cell)
        for cell in cells
    ]


def _at(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
