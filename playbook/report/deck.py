"""Slides (.pptx) with a title each, told with language and notes to whoever can't see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any

from playbook.model.wording import Words
from playbook.report.brief.archive import without_times

FONT, INK = "Arial", "17242C"
WIDE, HIGH, MARGIN = 13.333, 7.5, 0.5
"""Inches."""
_TITLE_ONLY = 5  # the layout of the built-in template that has a title and nothing else
_TITLE_POINTS, _LINE_POINTS = 28, 18
_SMALLER, _LEAST_POINTS = 2, 10
_A_CHARACTER, _A_LINE = 0.0072, 0.0185
"""Inches that a character is wide and a line high, for each point of the font."""


def new_deck() -> Any:
    """A presentation without a slide, 16:9."""
    import pptx  # late: nobody who makes no file loads it
    from pptx.util import Inches

    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    return deck


def add_slide(
    deck: Any, title: str, lines: Sequence[str], *, left: float = MARGIN, top: float = 1.7
) -> Any:
    """A slide with a title, and lines from `left` and `top` on (inches), as large as they fit."""
    from pptx.util import Inches, Pt

    slide = deck.slides.add_slide(deck.slide_layouts[_TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top = Inches(MARGIN), Inches(0.35)
    head.width, head.height = Inches(WIDE - 2 * MARGIN), Inches(1.1)
    head.text_frame.word_wrap = True
    write(head.text_frame.paragraphs[0], title, _TITLE_POINTS, strong=True)
    if not lines:
        return slide
    wide, high = WIDE - left - MARGIN, HIGH - top - 0.6
    size = fitting(lines, wide, high)
    box = slide.shapes.add_textbox(*map(Inches, (left, top, wide, high))).text_frame
    box.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = box.paragraphs[0] if place == 0 else box.add_paragraph()
        paragraph.space_after = Pt(8)
        write(paragraph, line, size)
    return slide


def fitting(lines: Sequence[str], wide: float, high: float, most: int = _LINE_POINTS) -> int:
    """The points with which the lines fit a box of so many inches, `most` at the most."""
    size = most
    while size > _LEAST_POINTS:
        in_a_line = max(int(wide / (_A_CHARACTER * size)), 1)
        rows = sum(-(-len(line) // in_a_line) or 1 for line in lines)
        if rows * _A_LINE * size + len(lines) * 8 / 72 <= high:
            break
        size -= _SMALLER
    return size


def write(paragraph: Any, text: str, size: float, strong: bool = False) -> None:
    """The text into a paragraph, left and in ink."""
    from pptx.dml.color import RGBColor
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = printable(text)
    run.font.name, run.font.size, run.font.bold = FONT, Pt(size), strong
    run.font.color.rgb = RGBColor.from_string(INK)  # type: ignore[no-untyped-call]


def printable(text: str) -> str:
    """The text without control characters, which XML does not take."""
    return "".join(char for char in text if char.isprintable())


def saved_deck(deck: Any, title: str, subject: str, day: date, words: Words) -> bytes:
    """The file; the same bytes for the same slides. Every run of text says its language."""
    language = words.text("brief.lang")
    for slide in deck.slides:
        shapes = [*slide.shapes, *(slide.notes_slide.shapes if slide.has_notes_slide else ())]
        for shape in shapes:
            for run in shape._element.iter("{*}rPr", "{*}endParaRPr"):
                if run.prefix == "a":
                    run.set("lang", language)
    about = deck.core_properties
    about.title, about.subject = printable(title)[:255], subject
    about.author = about.last_modified_by = words.text("brief.brand")
    about.language = language
    about.created = about.modified = datetime(day.year, day.month, day.day)
    out = BytesIO()
    deck.save(out)
    return without_times(out.getvalue())
