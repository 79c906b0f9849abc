"""Two worksheets of one sheet side by side: only what differs, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from playbook.framework import Framework
from playbook.model import Row, Sheet, Table, Worksheet
from playbook.report.answers import capital, row_names, shown
from playbook.worksheet.visibility import visible_answers


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs, and the answer on either side; empty where there is none."""

    what: str
    values: tuple[str, str]


def differences(
    sheet: Sheet, one: Worksheet, other: Worksheet, framework: Framework
) -> tuple[Difference, ...]:
    """In the sheet's order: answers that differ, and rows that only one of the two has.

    Rows are the same when they have the same id (one worksheet is a copy of the other) or are
    called the same.
    """
    return tuple(
        line
        for table in (None, *sheet.tables)
        for line in (
            _once(sheet, one, other, framework)
            if table is None
            else _of_table(sheet, table, one, other, framework)
        )
        if line.values[0] != line.values[1]
    )


def _once(
    sheet: Sheet, one: Worksheet, other: Worksheet, framework: Framework
) -> Iterator[Difference]:
    given = [visible_answers(sheet, worksheet) for worksheet in (one, other)]
    names = [row_names(sheet, worksheet, framework) for worksheet in (one, other)]
    for question in sheet.questions():
        mine, theirs = (
            shown(
                question,
                answers.get(question.id),
                framework.words,
                called.get(question.table or ""),
            )
            for answers, called in zip(given, names, strict=True)
        )
        yield Difference(question.short or question.text, (mine, theirs))


def _of_table(
    sheet: Sheet, table: Table, one: Worksheet, other: Worksheet, framework: Framework
) -> Iterator[Difference]:
    mine, theirs = (row_names(sheet, worksheet, framework) for worksheet in (one, other))
    left = {row.id: row for row in other.rows(table.id)}
    for row in one.rows(table.id):
        name = mine[table.id][row.id]
        match = _match(row, name, left, theirs[table.id])
        if match is None:
            yield Difference(capital(table.row_name), (name, ""))
            continue
        del left[match.id]
        given = visible_answers(sheet, one, table.id, row)
        others = visible_answers(sheet, other, table.id, match)
        for question in sheet.questions(table.id):
            at = question.table or ""
            values = (
                shown(question, given.get(question.id), framework.words, mine.get(at)),
                shown(question, others.get(question.id), framework.words, theirs.get(at)),
            )
            yield Difference(f"{name.rstrip('.')}: {question.short or question.text}", values)
    for row in left.values():
        yield Difference(capital(table.row_name), ("", theirs[table.id][row.id]))


def _match(row: Row, name: str, left: dict[str, Row], names: Mapping[str, str]) -> Row | None:
    if row.id in left:
        return left[row.id]
    called = (other for other in left.values() if names[other.id].casefold() == name.casefold())
    return next(called, None)
