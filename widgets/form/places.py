"""What is asked in each place of a sheet: once ("") or in a row (table/row)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from playbook.model import Question, Row, Rows, Sheet, Value, Worksheet
from playbook.worksheet.visibility import asked_questions, is_needed, what_opens

Ids = list[str]


def asked_by_place(sheet: Sheet, worksheet: Worksheet) -> tuple[dict[str, Ids], dict[str, Ids]]:
    """The ids of what is asked there, and of the optional ones that a verdict waits for, if any.

    "table/" is what a row not made yet will be asked.
    """
    asked, needed = _by_place({"": _asked(asked_questions(sheet, worksheet), worksheet.answers)})
    for table in (it.id for it in sheet.tables):
        opens = what_opens(sheet, worksheet, table)
        more = worksheet.rows(table).once(_in_rows, sheet, table, opens)
        asked, needed = asked | more[0], needed | more[1]
    return asked, needed


def _in_rows(
    rows: Rows[Row], sheet: Sheet, table: str, worksheet: Worksheet
) -> tuple[dict[str, Ids], dict[str, Ids]]:
    every = (*rows, Row(""))
    return _by_place(
        {f"{table}/{row.id}": row.once(_in_row, sheet, table, worksheet) for row in every}
    )


def _in_row(row: Row, sheet: Sheet, table: str, worksheet: Worksheet) -> tuple[Ids, Ids]:
    return _asked(asked_questions(sheet, worksheet, table, row), row.answers)


def _asked(questions: Iterable[Question], answers: Mapping[str, Value]) -> tuple[Ids, Ids]:
    asked = list(questions)
    needed = [it.id for it in asked if it.optional and is_needed(it, answers)]
    return [it.id for it in asked], needed


def _by_place(found: Mapping[str, tuple[Ids, Ids]]) -> tuple[dict[str, Ids], dict[str, Ids]]:
    asked = {place: asked for place, (asked, _) in found.items()}
    return asked, {place: needed for place, (_, needed) in found.items() if needed}
