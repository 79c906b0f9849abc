"""The brief as slides (.pptx) for a meeting, one a page; the last one's notes have the text."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from playbook.model.wording import Words
from playbook.report.brief.archive import without_times
from playbook.report.brief.brief import Brief, Line, Map, PagePart, Run
from playbook.report.brief.drawings import ON_PAPER, map_svg
from playbook.report.brief.email_text import brief_email
from playbook.report.brief.fit import columns, cut_text
from playbook.report.brief.word_file import BRAND, COLOURS, SHAPES, SOFT
from playbook.report.typeset import picture_png

_WIDE, _HIGH = 13.333, 7.5
_MARGIN, _TOP, _COLUMN, _GAP = 0.5, 1.75, 6.0, 0.33
_TITLE, _BODY, _LEAST, _SMALL = 24, 16, 11, 12
_LINE_LIMIT = 150
"""Columns of a line: a slide is read from afar."""
_FONT, INK = "Arial", "17242C"
_BLANK_LAYOUT = 5  # "Title Only" of the built-in template


def brief_pptx(brief: Brief, words: Words) -> bytes:
    """The presentation, a slide a page; the same bytes for the same answers."""
    from datetime import datetime

    import pptx  # late: nobody who makes no file loads it
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(_WIDE), Inches(_HIGH)
    for page in brief.pages:
        slide = _slide(deck, page, words)
    slide.notes_slide.notes_text_frame.text = _safe(brief_email(brief, words))
    about = deck.core_properties
    about.title, about.subject = _safe(brief.title)[:255], brief.name
    about.author = about.last_modified_by = words.text("brief.brand")
    about.language, about.comments = words.text("brief.lang"), brief.note
    about.created = about.modified = datetime(brief.day.year, brief.day.month, brief.day.day)
    out = BytesIO()
    deck.save(out)
    return without_times(out.getvalue())


def _slide(deck: Any, page: Brief, words: Words) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK_LAYOUT])
    _head(slide, page)
    parts = [part for part in page.parts if any(line.slide for line in part.lines)]
    half = _half(parts)
    columns_ = parts[half:], parts[:half]  # what is asked for comes first
    size = min(map(_size, columns_))
    for place, column in enumerate(columns_):
        _column(slide, column, _MARGIN + place * (_COLUMN + _GAP), size)
    _map(slide, page, words)
    foot = "   ".join(filter(None, (page.note, words.text("brief.brand"))))
    box = _box(slide, _MARGIN, _HIGH - 0.45, _WIDE - 2 * _MARGIN, 0.35)
    _text(box.paragraphs[0], foot, _SMALL, colour=SOFT)
    return slide


def _head(slide: Any, brief: Brief) -> None:
    from pptx.util import Inches

    title = slide.shapes.title
    title.left, title.top = Inches(_MARGIN), Inches(0.3)
    title.width, title.height = Inches(_WIDE - 2 * _MARGIN), Inches(0.85)
    frame = title.text_frame
    frame.word_wrap = True
    _text(frame.paragraphs[0], cut_text(brief.title, 100), _TITLE, strong=True, left=True)
    box = _box(slide, _MARGIN, 1.15, _WIDE - 2 * _MARGIN, 0.4)
    mark = f"{SHAPES[brief.mark.level]} {brief.mark.word}   "
    line = box.paragraphs[0]
    _text(line, mark, _BODY, strong=True, colour=COLOURS[brief.mark.level])
    _text(line, " · ".join(cut_text(one, 50) for one in brief.meta), _SMALL, colour=SOFT)


def _half(parts: Sequence[PagePart]) -> int:
    """Where the second column begins: at the request, the part that counts most."""
    return next((at for at, part in enumerate(parts) if part.request), (len(parts) + 1) // 2)


def _column(slide: Any, parts: Sequence[PagePart], left: float, size: int) -> None:
    from pptx.util import Pt

    box = _box(slide, left, _TOP, _COLUMN, _HIGH - _TOP - 0.6)
    first = True
    for part in parts:
        heading = box.paragraphs[0] if first else box.add_paragraph()
        heading.space_before = Pt(0 if first else 8)
        _text(heading, part.title, size, strong=True, colour=BRAND)
        first = False
        for line in part.lines:
            if line.slide:
                _line(box.add_paragraph(), line, size)


def _line(paragraph: Any, line: Line, size: int) -> None:
    """A line with its weights; cut, it has none. What would follow it is not on the slide."""
    told = cut_text(line.text, _LINE_LIMIT)
    runs = line.runs if told == line.text else (Run(told),)
    if line.missing:
        _text(paragraph, f"{SHAPES['unknown']} ", size, colour=SOFT)
    for place, run in enumerate(runs, 1):
        text = run.text
        if place == len(runs) and text.endswith(":"):
            text = f"{text[:-1]}."
        colour = SOFT if line.missing else None
        _text(paragraph, text, size, strong=run.strong, colour=colour)


def _size(parts: Sequence[PagePart]) -> int:
    """Points with which a column keeps to its height."""
    texts = [cut_text(line.text, _LINE_LIMIT) for one in parts for line in one.lines if line.slide]
    for size in range(_BODY, _LEAST, -1):
        wide = _COLUMN * 72 / (size * 0.6)
        lines = sum(1 + columns(text) // wide for text in texts) + 1.6 * len(parts)
        if lines * size * 1.2 <= (_HIGH - _TOP - 0.6) * 72:
            return size
    return _LEAST


def _map(slide: Any, brief: Brief, words: Words) -> None:
    """The map at the foot of the first column, where the request leaves room."""
    from pptx.util import Inches

    drawn = next(
        (one for part in brief.parts for one in part.pictures if isinstance(one, Map)), None
    )
    if drawn is None:
        return
    png = BytesIO(picture_png(map_svg(drawn, words, ON_PAPER)))
    at = Inches(_MARGIN), Inches(_HIGH - 2.05)
    picture = slide.shapes.add_picture(png, *at, width=Inches(2.4))
    picture._element._nvXxPr.cNvPr.set("descr", _safe(drawn.alt))


def _box(slide: Any, left: float, top: float, width: float, height: float) -> Any:
    from pptx.util import Inches

    frame = slide.shapes.add_textbox(*map(Inches, (left, top, width, height))).text_frame
    frame.word_wrap = True
    return frame


def _text(
    paragraph: Any,
    text: str,
    size: float,
    *,
    strong: bool = False,
    colour: str | None = None,
    left: bool = False,
) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = _safe(text)
    run.font.name, run.font.size, run.font.bold = _FONT, Pt(size), strong
    run.font.color.rgb = RGBColor(*bytes.fromhex(colour or INK))  # type: ignore[no-untyped-call]
    if left:
        paragraph.alignment = PP_ALIGN.LEFT


def _safe(text: str) -> str:
    return "".join(char for char in text if char.isprintable() or char in "\n\t")
