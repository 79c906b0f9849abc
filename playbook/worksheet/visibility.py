"""Which questions are asked, given the answers: `ask_if` as data, evaluated in one place.

A follow-up that has an answer stays as long as nobody knows the answer that opened it: so no
"don't know", and no blank, hides what was said, and with it a reason to stop.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from playbook.model import Condition, Question, Row, Rows, Sheet, Value, Worksheet

DONT_KNOW = "dont_know"
NOBODY_KNOWS = (None, DONT_KNOW, (DONT_KNOW,))
"""What a question is answered with, or not, while nobody knows."""


def asked_questions(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> Iterable[Question]:
    """The questions asked once (no table), or of one `row` of `table`, in the sheet's order.

    A condition may look at questions before it: the row's own, or the sheet's. A question that
    hangs on a hidden one is hidden too.
    """
    if table is not None and row is not None and table in sheet.asks_alone:
        return row.once(_asked_of_row, sheet, table)
    return _asked(sheet, worksheet, table, row)


def _asked_of_row(row: Row, sheet: Sheet, table: str) -> tuple[Question, ...]:
    every = tuple(sheet.questions(table))
    if not any(question.ask_if for question in every):
        return every
    return tuple(_asked(sheet, Worksheet(sheet.id), table, row))


def _asked(
    sheet: Sheet, worksheet: Worksheet, table: str | None, row: Row | None
) -> Iterator[Question]:
    given = row.answers if row else worksheet.answers
    seen: dict[str, Value | None] = {}
    alone = table is not None  # few rows hang on what is asked once, so that is read when one does
    for question in sheet.questions(table):
        conditions = question.ask_if
        if not conditions:
            seen[question.id] = given.get(question.id)
            yield question
            continue
        if alone and any(condition.question not in seen for condition in conditions):
            alone = False
            once = _asked(sheet, worksheet, None, None)
            seen = {asked.id: worksheet.answers.get(asked.id) for asked in once} | seen
        opened = [_opens(condition, seen) for condition in conditions]
        if False not in opened:
            seen[question.id] = given.get(question.id)
            if None not in opened or question.id in given:
                yield question


def visible_answers(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> Mapping[str, Value]:
    """The answers to the questions that are asked; hidden ones are kept but do not count."""
    if table is not None and row is not None and table in sheet.asks_alone:
        return row.once(_visible_of_row, sheet, table)
    given = row.answers if row else worksheet.answers
    return _visible(asked_questions(sheet, worksheet, table, row), given)


def visible_rows(sheet: Sheet, worksheet: Worksheet, table: str) -> Rows[Mapping[str, Value]]:
    """The same of every row of `table`: the same Rows for as long as they stand as they stood."""
    opens = what_opens(sheet, worksheet, table)
    return worksheet.rows(table).once(_visible_of_rows, sheet, table, opens)


def what_opens(sheet: Sheet, worksheet: Worksheet, table: str) -> Worksheet:
    """What may open a question in the rows of `table` besides themselves; mostly nothing does."""
    return Worksheet(sheet.id) if table in sheet.asks_alone else worksheet


def _visible_of_rows(
    rows: Rows[Row], sheet: Sheet, table: str, worksheet: Worksheet
) -> Rows[Mapping[str, Value]]:
    return Rows(visible_answers(sheet, worksheet, table, row) for row in rows)


def _visible_of_row(row: Row, sheet: Sheet, table: str) -> dict[str, Value]:
    return _visible(row.once(_asked_of_row, sheet, table), row.answers)


def _visible(asked: Iterable[Question], given: Mapping[str, Value]) -> dict[str, Value]:
    return {question.id: given[question.id] for question in asked if question.id in given}


def is_needed(question: Question, given: Mapping[str, Value]) -> bool:
    """Whether a verdict waits for a question that is asked, by the answers given beside it."""
    if not question.optional:
        return True
    return bool(question.needed_if) and all(_opens(one, given) for one in question.needed_if)


def _opens(condition: Condition, seen: Mapping[str, Value | None]) -> bool | None:
    """Whether the condition holds; None while nobody knows."""
    if condition.question not in seen:
        return False
    value = seen[condition.question]
    given = (value,) if isinstance(value, str) else value or ()
    if any(item in condition.any_of for item in given):
        return True
    return None if value in NOBODY_KNOWS else False
