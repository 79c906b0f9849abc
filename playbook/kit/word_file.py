"""A document of the kit for Word (.docx): headings, lists and tables of its own, to be edited."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from playbook.kit.paper import Block as PaperBlock
from playbook.kit.paper import (
    Bullets,
    Grid,
    Heading,
    NewPage,
    PaperDocument,
    Prose,
    Ticks,
    WritingLines,
)
from playbook.model.wording import Words
from playbook.report.brief.word_file import SOFT, add_run, millimetres, prepare, saved

if TYPE_CHECKING:
    from docx.document import Document

_SMALL, _RULE, _LOGO_MM = 9, "_" * 84, 26


def as_word_file(document: PaperDocument, words: Words) -> bytes:
    """The document; the same bytes for the same data."""
    import docx  # late: nobody who makes no file loads it

    made = docx.Document()
    prepare(made, words, document.title, document.name, document.day, document.foot)
    if document.logo:
        picture = made.add_paragraph().add_run()
        drawn: Any = picture.add_picture(BytesIO(document.logo), width=millimetres(_LOGO_MM))
        drawn._inline.docPr.set("descr", document.logo_alt)
    new_page = False
    for block in document.blocks:
        if isinstance(block, NewPage):
            new_page = True
            continue
        _add(made, block, new_page)
        new_page = False
    add_run(made.sections[0].footer.paragraphs[0], document.foot, size=_SMALL, colour=SOFT)
    return saved(made)


def _add(made: Document, block: PaperBlock, new_page: bool) -> None:
    if isinstance(block, Heading):
        made.add_heading("", block.level).add_run(block.text)
        made.paragraphs[-1].paragraph_format.page_break_before = new_page
    elif isinstance(block, Prose):
        small = block.look == "small"
        look: dict[str, Any] = {"size": _SMALL, "colour": SOFT} if small else {}
        add_run(made.add_paragraph(), block.text, strong=block.look == "strong", **look)
    elif isinstance(block, Bullets):
        style = "List Number" if block.numbered else "List Bullet"
        for item in block.items:
            add_run(made.add_paragraph(style=style), item)
    elif isinstance(block, Ticks):
        for item in block.items:
            add_run(made.add_paragraph(), f"☐ {item}")
    elif isinstance(block, WritingLines):
        for _ in range(block.count):
            made.add_paragraph(_RULE)
    elif isinstance(block, Grid):
        _table(made, block)


def _table(made: Document, grid: Grid) -> None:
    """A table whose first row is marked as its head, and repeats on each page."""
    from docx.oxml.ns import qn

    table = made.add_table(rows=1, cols=len(grid.head))
    table.style = "Table Grid"
    head = table.rows[0]
    properties = head._tr.get_or_add_trPr()
    properties.append(properties.makeelement(qn("w:tblHeader"), {}))
    for cell, text in zip(head.cells, grid.head, strict=True):
        add_run(cell.paragraphs[0], text, strong=True, size=_SMALL)
    for row in grid.rows:
        for place, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            add_run(cell.paragraphs[0], text, strong=place == grid.strong)
