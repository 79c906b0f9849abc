"""Which questions are asked, given the answers: `ask_if` as data, evaluated in one place.

A follow-up that has an answer stays as long as nobody knows the answer that opened it: so no
"don't know", and no blank, hides what was said, and with it a reason to stop.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.model import Condition, Question, Row, Sheet, Value, Worksheet

DONT_KNOW = "dont_know"
NOBODY_KNOWS = (None, DONT_KNOW, (DONT_KNOW,))
"""What a question is answered with, or not, while nobody knows."""


def asked_questions(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> Iterator[Question]:
    """The questions asked once (no table), or of one `row` of `table`, in the sheet's order.

    A condition may look at questions before it: the row's own, or the sheet's. A question that
    hangs on a hidden one is hidden too.
    """
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
            once = asked_questions(sheet, worksheet)
            seen = {asked.id: worksheet.answers.get(asked.id) for asked in once} | seen
        opened = [_opens(condition, seen) for condition in conditions]
        if False not in opened:
            seen[question.id] = given.get(question.id)
            if None not in opened or question.id in given:
                yield question


def visible_answers(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> dict[str, Value]:
    """The answers to the questions that are asked; hidden ones are kept but do not count."""
    given = row.answers if row else worksheet.answers
    return {
        question.id: given[question.id]
        for question in asked_questions(sheet, worksheet, table, row)
        if question.id in given
    }


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
