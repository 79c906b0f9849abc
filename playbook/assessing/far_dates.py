"""Days that no pilot reaches: a slip in the year, which every other rule would believe."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from playbook.framework import Framework
from playbook.model import Finding, Level, Question, Row, Rows, Sheet, Value, Worksheet
from playbook.worksheet.kinds import written_date
from playbook.worksheet.visibility import visible_answers, what_opens


def far_dates(
    sheet: Sheet,
    worksheet: Worksheet,
    framework: Framework,
    today: date,
    table: str | None = None,
    row: Row | None = None,
) -> Iterator[Finding]:
    """A warning for every question with a day that is too many years from `today`, either way:
    asked once, or of one `row` of `table`. Of the rows of a list the first such day is told."""
    for question, day in _days(sheet, worksheet, table, row):
        if abs(day.year - today.year) > framework.threshold_values["date_years_most"]:
            yield _far(question, day, row.id if row else "", framework)


def far_dates_in_lists(
    sheet: Sheet, worksheet: Worksheet, framework: Framework, today: date
) -> Iterator[Finding]:
    """The same of the rows of all lists, once for each question."""
    for table in sheet.tables:
        if not table.candidates:
            rows, opens = worksheet.rows(table.id), what_opens(sheet, worksheet, table.id)
            yield from rows.once(_far_in_list, sheet, table.id, opens, framework, today)


def _far_in_list(
    rows: Rows[Row],
    sheet: Sheet,
    table: str,
    worksheet: Worksheet,
    framework: Framework,
    today: date,
) -> tuple[Finding, ...]:
    found: dict[str, Finding] = {}
    for row in rows:
        for one in far_dates(sheet, worksheet, framework, today, table, row):
            found.setdefault(one.key, one)
    return tuple(found.values())


def _days(
    sheet: Sheet, worksheet: Worksheet, table: str | None, row: Row | None
) -> Iterable[tuple[Question, date]]:
    """The days that somebody gave; those of a seal are the program's."""
    if table is None or row is None or table not in sheet.asks_alone:
        return _days_in(sheet, table, visible_answers(sheet, worksheet, table, row))
    return row.once(_days_of_row, sheet, table)


def _days_of_row(row: Row, sheet: Sheet, table: str) -> tuple[tuple[Question, date], ...]:
    given = visible_answers(sheet, Worksheet(sheet.id), table, row)
    return tuple(_days_in(sheet, table, given))


def _days_in(
    sheet: Sheet, table: str | None, given: Mapping[str, Value]
) -> Iterator[tuple[Question, date]]:
    sealing = sheet.table(table) if table else None
    for question in sheet.questions(table):
        ours = sealing is not None and question.id in (sealing.seal, sealing.opened)
        if question.kind == "date" and question.id in given and not ours:
            yield question, date.fromisoformat(str(given[question.id]))


def _far(question: Question, day: date, row: str, framework: Framework) -> Finding:
    words, most = framework.words, framework.threshold_values["date_years_most"]
    told = written_date(day, words)
    return Finding(
        rule=question.rows[0] if question.rows else "",
        key=f"far_date.{question.id}",
        level=Level.WARN,
        heading=question.short or question.text,
        text=words.text("far_date.text", day=told, years=f"{most:g}"),
        advice=words.text("far_date.advice", day=told, name=question.short or question.text),
        source="house",
        locator="",
        reading=words.text("far_date.reading"),
        ours=True,
        row=row or None,
        questions=(question.id,),
    )
