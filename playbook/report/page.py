"""Worksheets as one HTML file that stands alone: no script, no other file, good on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from playbook.framework import Framework
from playbook.model import Assessment, Sheet, Worksheet
from playbook.report.answers import AnswerGroup, groups
from playbook.report.comparison import comparison
from playbook.report.pictures import pictures
from playbook.report.summary import summarise
from playbook.report.templates import page_template
from playbook.worksheet.kinds import written_date

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class FilledWorksheet:
    """A worksheet to write out, and what it comes to.

    `saved_at` is the time of the last save as it is to be read, empty when there was none.
    `example` labels it as ours: what it says of itself. `notes` are the sentences that were carried
    to it from cases, as they are read.
    """

    sheet: Sheet
    worksheet: Worksheet
    assessment: Assessment
    name: str
    saved_at: str
    example: str = ""
    notes: tuple[str, ...] = ()


def sheet_html(
    sheet: Sheet,
    worksheet: Worksheet,
    assessment: Assessment,
    framework: Framework,
    name: str,
    saved_at: str,
    printed: date,
    example: str = "",
) -> str:
    """The worksheet `name` as a page: verdict, reasons with their sources, next steps, answers.

    Deterministic: the only day in it besides the answers' is `printed`. The others are as in
    `FilledWorksheet`.
    """
    title = framework.words.text("report.title", name=name, sheet=sheet.title)
    filled = FilledWorksheet(sheet, worksheet, assessment, name, saved_at, example)
    return document_html([filled], framework, title, printed)


def document_html(
    filled: Sequence[FilledWorksheet],
    framework: Framework,
    title: str,
    printed: date,
    note: str = "",
) -> str:
    """The same for several worksheets, one after the other in one page, below `note` if given."""
    return page_template(FOLDER, "sheet.html.j2", "report.css").render(
        say=framework.words.text,
        title=title,
        note=note,
        printed=written_date(printed, framework.words),
        pages=[_page(one, framework, place) for place, one in enumerate(filled, 1)],
    )


def _page(filled: FilledWorksheet, framework: Framework, place: int) -> dict[str, Any]:
    told = filled.sheet, filled.worksheet, filled.assessment, framework
    at = "" if place == 1 else f"-{place}"
    return {
        "at": at,
        "label": at and f" sheet{at}",  # so that no two sections are called the same
        "filled": filled,
        "example": filled.example,
        "account": summarise(*told),
        "lines": comparison(*told),
        "pictures": list(pictures(*told)),
        "groups": list(answered(groups(filled.sheet, filled.worksheet, framework))),
    }


def answered(told: Iterable[AnswerGroup]) -> Iterator[AnswerGroup]:
    """What was answered and nothing else; what was not stands among the reasons."""
    for group in told:
        given = (replace(it, answers=tuple(a for a in it.answers if a.text)) for it in group.parts)
        if parts := tuple(part for part in given if part.answers):
            yield replace(group, parts=parts)
