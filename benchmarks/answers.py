"""A filled sheet of any size, made from the sheet's own questions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any

from playbook.model import Question, Sheet
from playbook.worksheet.kinds import choice_ids

FIRST_DAY = date(2027, 3, 31)


def filled(sheet: Sheet, count: int) -> dict[str, Any]:
    """`count` answers as `playbook assess` reads them: all rows that fit, question by question."""
    data: dict[str, Any] = {}
    cells = list(islice(_cells(sheet), count))
    if len(cells) < count:
        raise ValueError(f"The sheet {sheet.id} takes {len(cells)} answers; not {count}.")
    for place, (question, table, row) in enumerate(cells):
        target = data
        if table is not None:
            rows = data.setdefault(table, [])
            if row == len(rows):
                rows.append({"id": f"row{row}"})
            target = rows[row]
        target[question.id] = answer(question, place)
    return data


def _cells(sheet: Sheet) -> Iterator[tuple[Question, str | None, int]]:
    """Every question that can be answered, with its table and the row's place in it."""
    for section in sheet.sections:
        rows = sheet.table(section.table).max_rows if section.table else 1
        for question in section.questions:
            yield from ((question, section.table, row) for row in range(rows))


def answer(question: Question, place: int) -> Any:
    """A valid answer; another one for the next place."""
    if question.kind == "row":
        return "row0"
    if question.kind == "date":
        return (FIRST_DAY + timedelta(days=place % 365)).isoformat()
    choices = choice_ids(question)
    if not choices:
        return f"Answer {place} to: {question.short or question.text}"[: question.max_length]
    picked = choices[place % len(choices)]
    return [picked] if question.kind == "many" else picked
