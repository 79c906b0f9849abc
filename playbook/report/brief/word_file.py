"""The brief as a Word document (.docx): headings, lists and tables of its own, to be edited."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, Line, Map, PagePart
from playbook.report.brief.drawings import ON_PAPER, map_svg
from playbook.report.brief.fit import rows_of
from playbook.report.brief.html_page import page_of
from playbook.report.typeset import picture_png

if TYPE_CHECKING:
    from docx.document import Document

SHAPES = {"pass": "●", "warn": "▲", "fail": "■", "unknown": "○"}
COLOURS = {"pass": "1D6B43", "warn": "8A4B00", "fail": "A61B1B", "unknown": "52626C"}
BRAND, SOFT, WASH = "0B5D66", "52626C", "E6F1F1"
_FONT = "Arial"
_BODY, _SMALL, _HEADING, _TITLE, _BIG = 9.5, 9, 10.5, 16, 14
_PAGE_MM, _MARGIN_MM, _MAP_MM = (210, 297), 12, 36
_TEXT_MM = _PAGE_MM[0] - 2 * _MARGIN_MM


def brief_docx(brief: Brief, words: Words) -> bytes:
    """The document, one A4 page for each of the brief's; the same bytes for the same answers."""
    import docx  # late: nobody who makes no file loads it

    document = docx.Document()
    prepare(document, words, brief.title, brief.name, brief.day, brief.note)
    add_pages(document, brief, words)
    return saved(document)


def add_pages(document: Document, brief: Brief, words: Words) -> None:
    """The brief's pages, each on one of the document's."""
    for number, page in enumerate(brief.pages, 1):
        _page(document, page, page_of(brief, number, words), words, first=number == 1)


def _page(document: Document, page: Brief, name: str, words: Words, *, first: bool) -> None:
    mark = f"{SHAPES[page.mark.level]} {page.mark.word}"
    top = document.add_paragraph()
    if not first:
        top.paragraph_format.page_break_before = True
    add_run(top, f"{name}   ", size=_SMALL, colour=SOFT)
    add_run(top, mark, strong=True, colour=COLOURS[page.mark.level])
    document.add_heading(page.title, 1)
    if page.lead:
        document.add_paragraph(page.lead)
    add_run(document.add_paragraph(), " · ".join(page.meta), size=_SMALL, colour=SOFT)
    sheets = document.add_paragraph()
    for title, one in page.sheets:
        add_run(sheets, f"{title} ", size=_SMALL)
        mark = f"{SHAPES[one.level]} {one.word}   "
        add_run(sheets, mark, size=_SMALL, colour=COLOURS[one.level])
    for row in rows_of(page.parts):
        if len(row) == 1 and not row[0].request:
            _part(document, row[0], words)
            continue
        table = document.add_table(rows=1, cols=len(row))
        table.autofit = False
        for cell, part in zip(table.rows[0].cells, row, strict=True):
            cell.width = millimetres(_TEXT_MM / len(row))
            _part(cell, part, words)
            if part.request:
                shade(cell)
    _sign(document, page, words)


def prepare(
    document: Document, words: Words, title: str, subject: str, day: date, note: str
) -> None:
    """Page, styles, language and what the file says of itself."""
    from datetime import datetime

    from docx.enum.text import WD_LINE_SPACING
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = map(millimetres, _PAGE_MM)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, millimetres(_MARGIN_MM))
    sizes = {"Normal": _BODY, "Heading 1": _TITLE, "Heading 2": _HEADING}
    for name, size in {**sizes, "List Bullet": _BODY, "List Number": _BODY}.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size = _FONT, Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(script), _FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
        spacing = style.paragraph_format
        spacing.space_before = Pt(4 if name == "Heading 2" else 0)
        spacing.space_after = Pt(1)
        spacing.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for name in ("Heading 1", "Heading 2"):
        heading: Any = document.styles[name]
        heading.font.bold = True
        heading.font.color.rgb = RGBColor.from_string(BRAND if name == "Heading 2" else "17242C")
    normal: Any = document.styles["Normal"]
    language = normal.element.get_or_add_rPr().makeelement(
        qn("w:lang"), {qn("w:val"): words.text("brief.lang")}
    )
    normal.element.get_or_add_rPr().append(language)
    about = document.core_properties
    about.title, about.subject = _safe(title)[:255], subject
    about.author = about.last_modified_by = words.text("brief.brand")
    about.language, about.comments = words.text("brief.lang"), note
    about.created = about.modified = datetime(day.year, day.month, day.day)


def _part(place: Any, part: PagePart, words: Words) -> None:
    """A heading with its lines, in the document or a cell of its."""
    first = place.paragraphs[0] if _is_cell(place) else None
    heading = first if first is not None else place.add_paragraph()
    heading.style = "Heading 2"
    heading.add_run(_safe(part.title))
    for line in part.lines:
        _line(place, line)
    for picture in part.pictures:
        if isinstance(picture, Map):
            _map(place, picture, words)


def shade(cell: Any) -> None:
    from docx.oxml.ns import qn

    properties = cell._element.get_or_add_tcPr()
    shade = {qn("w:val"): "clear", qn("w:fill"): WASH}
    properties.append(properties.makeelement(qn("w:shd"), shade))


def _line(place: Any, line: Line) -> None:
    from docx.shared import Pt

    styles = {"item": "List Bullet", "number": "List Number"}
    style = None if line.missing else styles.get(line.style)
    paragraph = place.add_paragraph(style=style)
    if style:
        paragraph.paragraph_format.left_indent = Pt(12)
        paragraph.paragraph_format.first_line_indent = Pt(-12)
    small, big = line.style == "small", line.style == "big" and not line.missing
    size = _SMALL if small else _BIG if big else None
    colour = SOFT if small or line.missing else None
    if line.missing:
        add_run(paragraph, f"{SHAPES['unknown']} ", colour=SOFT)
    for run in line.runs:
        add_run(paragraph, run.text, strong=run.strong or big, size=size, colour=colour)


def _map(place: Any, drawn: Map, words: Words) -> None:
    paragraph = place.add_paragraph()
    picture = paragraph.add_run().add_picture(
        BytesIO(picture_png(map_svg(drawn, words, ON_PAPER))), width=millimetres(_MAP_MM)
    )
    picture._inline.docPr.set("descr", _safe(drawn.alt))
    legend = "   ".join(f"{pin.number} {pin.name}" for pin in drawn.pins)
    add_run(place.add_paragraph(), legend, size=_SMALL, colour=SOFT)


def _sign(document: Document, brief: Brief, words: Words) -> None:
    choices = "     ".join(f"☐ {words.text(f'brief.{one}')}" for one in ("yes", "no", "yes_if"))
    document.add_paragraph(f"{choices} {'_' * 40}")
    document.add_paragraph(f"{'_' * 50}     {'_' * 25}")
    signed = f"{brief.sign}   ·   {words.text('brief.day')}"
    add_run(document.add_paragraph(), signed, size=_SMALL, colour=SOFT)
    foot = "   ".join(filter(None, (brief.note, words.text("brief.brand"))))
    add_run(document.add_paragraph(), foot, size=_SMALL, colour=SOFT)


def add_run(
    paragraph: Any,
    text: str,
    *,
    strong: bool = False,
    size: float | None = None,
    colour: str | None = None,
) -> None:
    from docx.shared import Pt, RGBColor

    run = paragraph.add_run(_safe(text))
    run.bold = strong or None
    if size:
        run.font.size = Pt(size)
    if colour:
        run.font.color.rgb = RGBColor.from_string(colour)


def _safe(text: str) -> str:
    """The text without control characters, which XML does not take."""
    return "".join(char for char in text if char.isprintable() or char in "\n\t")


def millimetres(length: float) -> Any:
    from docx.shared import Mm

    return Mm(length)


def _is_cell(place: Any) -> bool:
    return not hasattr(place, "sections")


def saved(document: Any) -> bytes:
    """The file with one fixed time in its archive, so that the same answers give the same bytes."""
    from playbook.report.brief.archive import without_times

    out = BytesIO()
    document.save(out)
    return without_times(out.getvalue())
