"""The brief as PDF (PDF/UA-1) by typst: A4, a page each, the same bytes for the same answers.

The fonts are those that come with typst, so every machine makes the same page. Where they lack a
letter, the machine's own fonts help out; what none of them has is shown as a replacement mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from io import BytesIO
from pathlib import Path
from typing import Any

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, EffectRange, Hours, Map, PagePart, Picture, Runs
from playbook.report.brief.drawings import ON_PAPER, hours_svg, map_svg, range_svg, run_svg
from playbook.report.brief.fit import rows_of
from playbook.report.brief.html_page import page_of

TEMPLATE = Path(__file__).with_name("brief.typ")
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
_REPLACED = "\N{REPLACEMENT CHARACTER}"
SIZES = (10.5, 10, 9.5, 9)
"""Points of the text, the first with which a page is enough; fit.py counts with 9.5."""
_PIXELS_AN_INCH = 200


def brief_pdf(brief: Brief, words: Words) -> bytes:
    """The PDF, with the answers attached; in the largest size with which it keeps to its pages.

    InputError where no font can show the text.
    """
    told, alone = _shown_with(_data(brief, words) | {"answers": ""}, words)
    data = told | {"answers": brief.answers}
    for size in SIZES:
        made = _compiled(data | {"size": size}, alone)
        if _pages(made) == len(brief.pages):
            break
    return made


def _shown_with(data: dict[str, Any], words: Words) -> tuple[dict[str, Any], bool]:
    """The data as some font can show it, and whether typst's own fonts are enough."""
    import typst  # late: nobody who makes no file loads it

    ways: tuple[tuple[bool, Callable[[str], str]], ...] = (
        (True, str),
        (False, str),
        (True, _printable),
    )
    for alone, change in ways:
        told = _mapped(data, change)
        try:
            _compiled(told | {"size": SIZES[-1]}, alone)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
            continue
        return told, alone
    raise InputError(words.text("brief.error.unprintable"))


def _compiled(data: dict[str, Any], alone: bool) -> bytes:
    import typst

    made: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        ignore_system_fonts=alone,
        pdf_standards=["ua-1"],
        sys_inputs={"brief": json.dumps(data, ensure_ascii=False)},
    )
    return made


def _pages(made: bytes) -> int:
    from pypdf import PdfReader

    return len(PdfReader(BytesIO(made)).pages)


def picture_png(svg: str) -> bytes:
    """A drawing as PNG, for files that take no SVG."""
    import typst

    page = (
        "#set page(width: auto, height: auto, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg")'
    )
    png: bytes = typst.compile(
        page.encode(),
        format="png",
        ppi=_PIXELS_AN_INCH,
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
    )
    return png


def _data(brief: Brief, words: Words) -> dict[str, Any]:
    """What the template reads."""
    return {
        "title": brief.title,
        "name": brief.name,
        "author": next(iter(brief.pages[0].meta), ""),
        "brand": words.text("brief.brand"),
        "day": [brief.day.year, brief.day.month, brief.day.day],
        "fonts": list(FONTS),
        "choices": [words.text(f"brief.{one}") for one in ("yes", "no", "yes_if")],
        "date": words.text("brief.day"),
        "attached": words.text("brief.answers"),
        "pages": [
            _page(page, words) | {"name": page_of(brief, at, words)}
            for at, page in enumerate(brief.pages, 1)
        ],
    }


def _page(page: Brief, words: Words) -> dict[str, Any]:
    return {
        "title": page.title,
        "lead": page.lead,
        "meta": list(page.meta),
        "mark": {"level": page.mark.level.value, "word": page.mark.word},
        "sheets": [
            {"title": title, "level": one.level.value, "word": one.word}
            for title, one in page.sheets
        ],
        "rows": [[_part(part, words) for part in row] for row in rows_of(page.parts)],
        "sign": page.sign,
        "note": page.note,
    }


def _part(part: PagePart, words: Words) -> dict[str, Any]:
    return {
        "title": part.title,
        "request": part.request,
        "lines": [
            {
                "style": line.style,
                "missing": line.missing,
                "runs": [asdict(run) for run in line.runs],
            }
            for line in part.lines
        ],
        "pictures": [_picture(one, words) for one in part.pictures],
    }


def _picture(one: Picture, words: Words) -> dict[str, Any]:
    if isinstance(one, Map):
        legend = [f"{pin.number} {pin.name}" for pin in one.pins]
        svg = map_svg(one, words, ON_PAPER)
        return {"kind": "map", "svg": svg, "alt": one.alt, "legend": legend}
    if isinstance(one, EffectRange):
        return {"kind": "drawn", "svg": range_svg(one, words, ON_PAPER), "alt": one.alt}
    if isinstance(one, Hours):
        return {"kind": "beside", "svg": hours_svg(one, words, ON_PAPER), "alt": one.alt}
    if isinstance(one, Runs):
        drawn = [run_svg(run, words, ON_PAPER) for run in one.charts]
        told = [{"svg": svg, "alt": alt} for svg, alt in zip(drawn, one.alts, strict=True)]
        return {"kind": "runs", "charts": told}
    return {"kind": "chain", "steps": [asdict(step) for step in one.steps]}


def _mapped(value: Any, change: Callable[[str], str]) -> Any:
    """The same data with every text changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _mapped(one, change) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_mapped(one, change) for one in value]
    return value


_COVERED = (
    (0x20, 0x7E),
    (0xA0, 0x17F),
    (0x391, 0x3A1),
    (0x3A3, 0x3CE),
    (0x400, 0x45F),
    (0x5D0, 0x5EA),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2015),
    (0x2018, 0x201E),
    (0x2020, 0x2022),
    (0x2190, 0x2193),
)
"""Letters that typst's own fonts have for certain."""
_SINGLES = set("\n…‰′″‹›€−∞≈≠≤≥■□▲●○☐½¼¾" + _REPLACED)


def _printable(text: str) -> str:
    """The text with a replacement mark for what typst's own fonts may lack."""

    def known(char: str) -> bool:
        return char in _SINGLES or any(low <= ord(char) <= high for low, high in _COVERED)

    return "".join(char if known(char) else _REPLACED for char in text)
