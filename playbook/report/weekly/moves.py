"""The four moves of Act with their three sides, filled from what the sheets say already.

Nothing is tagged by hand: the wording says which answers stand in a cell, and one answer may stand
in several. A cell that nothing fills asks its question instead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from playbook.assessing.workbook import Entry
from playbook.model.wording import Words
from playbook.worksheet.kinds import choice_labels
from playbook.worksheet.visibility import visible_answers

MOVES = ("focus", "connect", "practices", "obstacles")
SIDES = ("leader", "practice", "environment")
BASE = "base"
GROUP = "four_moves"
NOTHING = ("none", "dont_know")
SHOWN = 2
"""So many answers are told in a cell; the others are counted."""

EntryOf = Callable[[str], Entry | None]
"""The worksheet of a sheet that counts here."""

At = Callable[[str, str], str]
"""The address of a field of a sheet."""

_ANSWER = re.compile(
    r"(?P<sheet>\w+)\.(?:(?P<table>\w+)/)?(?P<question>\w+)"
    r"(?:=(?P<picked>[\w,]+))?(?:\?(?P<by>\w+)=(?P<kept>[\w,]+))?"
)


@dataclass(frozen=True, slots=True)
class MoveCell:
    """A side of a move: answers in words with their addresses, how many more there are, and the
    question that is asked while there is none, with the address of its answer."""

    said: tuple[tuple[str, str], ...]
    more: str
    ask: str
    href: str


@dataclass(frozen=True, slots=True)
class ActMove:
    """One of the four, its cells in the order of SIDES; what lies under all of them has one."""

    name: str
    cells: tuple[MoveCell, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    """Where an answer is found: of a table's rows those whose question `by` was answered so."""

    sheet: str
    table: str | None
    question: str
    picked: frozenset[str]
    by: str
    kept: frozenset[str]

    @property
    def field(self) -> str:
        return f"{self.table}//{self.question}" if self.table else self.question


def four_moves(entry_of: EntryOf, at: At, words: Words) -> tuple[ActMove, ...]:
    """The four moves, and what lies under all of them."""
    named = words.group(f"{GROUP}.name")

    def cell(key: str) -> MoveCell:
        wanted = answers_of(words.text(f"{GROUP}.from.{key}"))
        found = {
            said: (one.sheet, field)
            for one in wanted
            for said, field in _told(one, entry_of(one.sheet), words)
        }
        more = len(found) - SHOWN
        return MoveCell(
            said=tuple((said, at(*place)) for said, place in islice(found.items(), SHOWN)),
            more=words.text(f"{GROUP}.more", count=more) if more > 0 else "",
            ask=words.text(f"{GROUP}.ask.{key}"),
            href=at(wanted[0].sheet, wanted[0].field),
        )

    moves = [ActMove(named[it], tuple(cell(f"{it}_{side}") for side in SIDES)) for it in MOVES]
    return (*moves, ActMove(words.text(f"{GROUP}.{BASE}"), (cell(BASE),)))


def answers_of(text: str) -> list[_Answer]:
    """The answers that the wording names, in their order."""
    found = []
    for word in text.split():
        told = _ANSWER.fullmatch(word)
        if told is None:
            raise ValueError(f"{GROUP}.from: {word!r} is no sheet.question or sheet.table/question")
        picked, kept = (frozenset((told[it] or "").split(",")) - {""} for it in ("picked", "kept"))
        found.append(
            _Answer(told["sheet"], told["table"], told["question"], picked, told["by"] or "", kept)
        )
    return found


def _told(one: _Answer, entry: Entry | None, words: Words) -> Iterator[tuple[str, str]]:
    """Each answer in words with its field; what is private is not told."""
    if entry is None:
        return
    question = entry.sheet.question(one.question, one.table)
    if question.private:
        return
    rows = entry.worksheet.rows(one.table) if one.table else (None,)
    for row in rows:
        said = visible_answers(entry.sheet, entry.worksheet, one.table, row)
        value = said.get(one.question)
        if value is None or (one.by and not _among(said.get(one.by), one.kept)):
            continue
        field = f"{one.table}/{row.id}/{one.question}" if row else one.question
        if not question.choices:
            yield str(value).rstrip("."), field
            continue
        labels = choice_labels(question, words)
        for choice in value if isinstance(value, tuple) else (value,):
            if choice in one.picked or not (one.picked or choice in NOTHING):
                yield labels[str(choice)], field


def _among(value: object, kept: frozenset[str]) -> bool:
    return bool(kept & set(value if isinstance(value, tuple) else (value,)))


def move_lines(moves: Iterable[ActMove], words: Words) -> Iterator[str]:
    """A sentence a cell that says something, for files without a screen."""
    sides = [words.text(f"{GROUP}.{side}") for side in SIDES]
    for move in moves:
        for side, cell in zip(sides, move.cells, strict=False):
            if not cell.said:
                continue
            said = "; ".join([*(text for text, _ in cell.said), *filter(None, [cell.more])])
            if len(move.cells) == 1:
                yield f"{move.name}: {said}"
            else:
                yield words.text(f"{GROUP}.line", move=move.name, side=side, said=said)
