"""Which questions are asked, given the answers: `ask_if` as data, evaluated in one place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playbook.model import Condition, Question, Row, Sheet, Value, Worksheet


def asked_questions(
    sheet: Sheet, worksheet: Worksheet, table: str | None = None, row: Row | None = None
) -> Iterator[Question]:
    """The questions asked once (no table), or of one `row` of `table`, in the sheet's order.

    A condition may look at questions before it: the row's own, or the sheet's. A question that
    hangs on a hidden one is hidden too.
    """
    given = row.answers if row else worksheet.answers
    seen: dict[str, Value] = {} if table is None else dict(visible_answers(sheet, worksheet))
    for question in sheet.questions(table):
        if not question.ask_if or all(_holds(condition, seen) for condition in question.ask_if):
            if question.id in given:
                seen[question.id] = given[question.id]
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


def _holds(condition: Condition, answers: Mapping[str, Value]) -> bool:
    value = answers.get(condition.question)
    given = (value,) if isinstance(value, str) else value or ()
    return any(item in condition.any_of for item in given)
