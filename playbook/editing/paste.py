"""Rows copied from a spreadsheet: which cell answers which question."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from playbook.model import InputError, Question, Sheet, Table
from playbook.model.wording import Words

Labels = Callable[[Question], Mapping[str, str]]
"""What a question may be answered with: label to id, of choices or of rows."""


class PastedCell(NamedTuple):
    """A cell's content as its question takes it; `where` begins what is said of a bad one."""

    question: Question
    given: Any
    where: str


def pasted(
    sheet: Sheet,
    table: Table,
    text: str,
    labels: Labels,
    row_id: Callable[[int], str],
    words: Words,
) -> list[list[PastedCell]]:
    """The cells of each row that is not empty; a first row may name the columns.

    A cell may name a row that is pasted with it: `row_id(place)` is what that one's id will be.
    Raises InputError for text that is no table, or is wider than this one.
    """
    lines = _lines(text, table, words)
    columns: list[Question | None] = list(sheet.questions(table.id))
    heads = _header(list(sheet.questions(table.id)), lines)
    if heads:
        columns, lines = heads, lines[1:]
    if not lines:
        raise InputError(words.text("error.paste_empty"), table.id)
    ids = [column.id if column else "" for column in columns]
    names = (dict(zip(ids, line, strict=False)).get(table.label, "").strip() for line in lines)
    new = {name: row_id(place) for place, name in enumerate(names) if name}

    def known(question: Question) -> Mapping[str, str]:
        here = question.kind == "row" and question.table == table.id
        return {**labels(question), **new} if here else labels(question)

    return [
        list(_cells(columns, line, number, known, words)) for number, line in enumerate(lines, 1)
    ]


def _lines(text: str, table: Table, words: Words) -> list[list[str]]:
    """The lines that are not empty. Where quotes don't enclose whole cells they are text, as
    spreadsheets copy them."""
    try:
        return _read(text, strict=True)
    except csv.Error:
        pass
    try:
        return _read(text, quoting=csv.QUOTE_NONE)
    except csv.Error:
        raise InputError(words.text("error.paste_unreadable"), table.id) from None


def _read(text: str, **style: Any) -> list[list[str]]:
    read = csv.reader(io.StringIO(text, newline=""), delimiter="\t", **style)
    return [cells for cells in read if any(cell.strip() for cell in cells)]


def _cells(
    columns: Sequence[Question | None], line: list[str], number: int, labels: Labels, words: Words
) -> Iterator[PastedCell]:
    if len(line) > len(columns):
        told = {"row": number, "cells": len(line), "columns": len(columns)}
        raise InputError(words.text("error.paste_wide", **told))
    for question, cell in zip(columns, line, strict=False):
        if question is not None and cell.strip():
            where = words.text("error.paste_at", row=number, column=question.short or question.text)
            yield PastedCell(question, _from_cell(question, cell, labels(question)), where)


def _names(question: Question) -> set[str]:
    return {name.casefold() for name in (question.id, question.short, question.text) if name}


def _header(columns: Sequence[Question], lines: list[list[str]]) -> list[Question | None] | None:
    """The columns that a first line of headings names, or None when it is no such line."""
    if not lines:
        return None
    found = [
        next((q for q in columns if cell.strip().casefold() in _names(q)), None)
        for cell in lines[0]
    ]
    return found if any(found) and found[0] is not None else None


def _from_cell(question: Question, cell: str, labels: Mapping[str, str]) -> Any:
    """A cell's text as the question takes it: choices and rows may be given by id or by label."""
    known = {label.casefold(): choice for label, choice in labels.items()}
    known |= {choice: choice for choice in labels.values()}
    if question.kind == "many":
        return [known.get(part.strip().casefold(), part.strip()) for part in cell.split(";")]
    return known.get(cell.strip().casefold(), cell.strip()) if known else cell
