"""A sheet as plain text, the same every day, so that a notebook's output can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import Sheet
from playbook.report.summary import Summary, summarise
from playbook.worksheet.kinds import choice_ids

EXAMPLE_DAY = date(2027, 1, 4)
"""The day on which the example is read, so that its verdict does not age."""


def sheet_text(sheet: Sheet, framework: Framework) -> str:
    """The sheet, its questions, and what the rules say about its example: a line each."""
    return "\n".join([*_questions(sheet), *_example(sheet, framework)])


def _questions(sheet: Sheet) -> Iterator[str]:
    yield f"{sheet.title} ({sheet.id}, version {sheet.version}): {sheet.headline}"
    for section in sheet.sections:
        yield f"{section.title} ({section.table or 'once'})"
        for question in section.questions:
            choices = ", ".join(choice_ids(question))
            yield f"  {question.id} ({question.kind}{': ' if choices else ''}{choices})"


def _example(sheet: Sheet, framework: Framework) -> Iterator[str]:
    entry = Workbook(framework, EXAMPLE_DAY).examples.current(sheet)
    if entry is None:
        return
    told = summarise(sheet, entry.worksheet, entry.assessment, framework)
    yield f"{entry.info.name}: {told.level}, {told.head}"
    for row in entry.assessment.rows:
        yield f"  {row.label}: {row.verdict}"
    yield from _findings(told)


def _findings(told: Summary) -> Iterator[str]:
    for finding in told.findings:
        yield f"  {finding.level} {finding.key}: {finding.heading}"
    for name, figure in told.numbers:
        yield f"  {name}: {figure}"
