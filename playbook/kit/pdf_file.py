"""A document of the kit as PDF (PDF/UA-1), by typst."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

from playbook.kit.paper import Block as PaperBlock
from playbook.kit.paper import (
    Bullets,
    Grid,
    Heading,
    Letters,
    NewPage,
    PaperDocument,
    Prose,
    Ticks,
    WritingLines,
)
from playbook.model.wording import Words
from playbook.report.typeset import FONTS, set_once

_LOGO_MM = 45, 9
TEMPLATE = Path(__file__).with_name("kit.typ")


def as_pdf_file(document: PaperDocument, words: Words) -> bytes:
    """The document; the same bytes for the same data.

    InputError where no font can show the text.
    """
    day = document.day
    data = {
        "title": document.title,
        "name": document.name,
        "brand": words.text("brief.brand"),
        "foot": document.foot,
        "day": [day.year, day.month, day.day],
        "fonts": list(FONTS),
        "blocks": [_block(it) for it in document.blocks],
        "logo_alt": document.logo_alt,
    }
    logo = {"logo": [*document.logo], "logo_size": _logo_size(document.logo)}
    return set_once(TEMPLATE.read_bytes(), data, logo, words, document.pages)


def _logo_size(png: bytes) -> list[float]:
    """Width and height in millimetres within those of `_LOGO_MM`."""
    if not png:
        return [0, 0]
    wide, high = struct.unpack(">II", png[16:24])
    width, height = _LOGO_MM
    scale = min(width / wide, height / high)
    return [wide * scale, high * scale]


def _block(block: PaperBlock) -> dict[str, Any]:
    match block:
        case Heading(text, level):
            return {"kind": "heading", "text": text, "level": level}
        case Prose(text, look):
            return {"kind": "prose", "text": text, "look": look}
        case Bullets(items, numbered):
            return {"kind": "bullets", "items": list(items), "numbered": numbered}
        case Grid(head, rows, widths, strong):
            about = {"head": list(head), "rows": [list(it) for it in rows]}
            return {"kind": "grid", "widths": list(widths), "strong": strong, **about}
        case Ticks(items):
            return {"kind": "ticks", "items": list(items)}
        case WritingLines(count):
            return {"kind": "lines", "count": count}
        case Letters(cards):
            told = [{"letter": letter, "text": text} for letter, text in cards]
            return {"kind": "letters", "cards": told}
        case NewPage():
            return {"kind": "page"}
        case _:
            boxes = [{"title": title, "lines": list(lines)} for title, lines in block.boxes]
            return {"kind": "boxes", "boxes": boxes}
