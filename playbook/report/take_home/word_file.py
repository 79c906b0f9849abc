"""What people take home as a Word document: headings, tables and lists of its own, to be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from playbook.model.wording import Words
from playbook.report.brief.word_file import (
    COLOURS,
    SHAPES,
    SOFT,
    add_pages,
    add_run,
    prepare,
    saved,
)
from playbook.report.take_home.take_home import SheetInFull, TakeHome, TeamsDecided, VoteRow

if TYPE_CHECKING:
    from docx.document import Document

_SMALL = 9
_RULE = "_" * 60


def take_home_docx(home: TakeHome, words: Words) -> bytes:
    """The document; the same bytes for the same answers and votes."""
    import docx  # late: nobody who makes no file loads it

    document = docx.Document()
    prepare(document, words, home.title, words.text("take_home.name"), home.day, home.foot)
    if home.pilot:
        add_pages(document, home.pilot, words)
    _room(document, home, words)
    _appendix(document, home, words)
    return saved(document)


def _room(document: Document, home: TakeHome, words: Words) -> None:
    top = document.add_paragraph()
    top.paragraph_format.page_break_before = home.pilot is not None
    add_run(top, home.meta, size=_SMALL, colour=SOFT)
    document.add_heading(home.title, 1)
    if home.rows:
        _votes(document, home.rows, words)
    else:
        document.add_paragraph(words.text("take_home.no_votes"))
    if home.more:
        add_run(document.add_paragraph(), words.text("take_home.more"), size=_SMALL, colour=SOFT)
    _part(document, "changed", home.changed or [words.text("take_home.changed_none")], words)
    document.add_paragraph(f"{words.text('take_home.because')} {_RULE}")
    if home.decided:
        document.add_heading(words.text("take_home.decided"), 2)
        _decided(document, home.decided)
    if home.decisions:
        told = words.text("take_home.decisions")
        add_run(document.add_paragraph(), told, size=_SMALL, colour=SOFT)
    _part(document, "agreed", home.agreed or [words.text("take_home.agreed_none")], words)
    _part(document, "apart", [home.apart], words)
    _part(document, "step", [home.step or words.text("take_home.step_none")], words)
    document.add_paragraph(home.asked_again)
    ticks = [words.text(f"take_home.{it}") for it in ("done", "otherwise", "not_done")]
    document.add_paragraph("     ".join(f"☐ {it}" for it in ticks))
    document.add_paragraph(_RULE)
    add_run(document.add_paragraph(), home.foot, size=_SMALL, colour=SOFT)


def _part(document: Document, key: str, lines: Sequence[str], words: Words) -> None:
    document.add_heading(words.text(f"take_home.{key}"), 2)
    for line in lines:
        add_run(document.add_paragraph(), line)


def _decided(document: Document, decided: TeamsDecided) -> None:
    add_run(document.add_paragraph(), decided.question, strong=True)
    for team, decision in decided.rows:
        line = document.add_paragraph()
        add_run(line, f"{team}  ", size=_SMALL, colour=SOFT)
        add_run(line, decision)


def _votes(document: Document, rows: Sequence[VoteRow], words: Words) -> None:
    """The votes as a table whose first row repeats on each page."""
    from docx.oxml.ns import qn

    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    head = table.rows[0]
    properties = head._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    for cell, key in zip(head.cells, ("question", "said", "room", "known"), strict=True):
        add_run(cell.paragraphs[0], words.text(f"take_home.{key}"), strong=True, size=_SMALL)
    for row in rows:
        cells = table.add_row().cells
        add_run(cells[0].paragraphs[0], row.question, strong=True)
        for cell, lines in zip(cells[1:], (row.said, row.room, (row.known,)), strict=True):
            for place, line in enumerate(lines):
                paragraph = cell.paragraphs[0] if place == 0 else cell.add_paragraph()
                add_run(paragraph, line)


def _appendix(document: Document, home: TakeHome, words: Words) -> None:
    if home.more:
        heading = document.add_heading(words.text("take_home.all_votes"), 1)
        heading.paragraph_format.page_break_before = True
        _votes(document, home.more, words)
    if home.decisions:
        heading = document.add_heading(words.text("take_home.decided"), 1)
        heading.paragraph_format.page_break_before = not home.more
        for one in home.decisions:
            _decided(document, one)
    if home.sheets:
        heading = document.add_heading(words.text("take_home.appendix"), 1)
        heading.paragraph_format.page_break_before = not (home.more or home.decisions)
    for sheet in home.sheets:
        _sheet(document, sheet)


def _sheet(document: Document, sheet: SheetInFull) -> None:
    document.add_heading(sheet.title, 2)
    mark, level = document.add_paragraph(), sheet.mark.level
    add_run(mark, f"{SHAPES[level]} {sheet.mark.word}", strong=True, colour=COLOURS[level])
    for group in sheet.groups:
        if group.title:
            document.add_heading("", 3).add_run(group.title)
        for part in group.parts:
            for answer in part.answers:
                line = document.add_paragraph()
                add_run(line, f"{answer.question}  ", size=_SMALL, colour=SOFT)
                add_run(line, answer.text)
