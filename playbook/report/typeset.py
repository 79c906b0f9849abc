"""Sets a page as PDF (PDF/UA-1) by typst: the same data, the same bytes.

A template reads its data as JSON from `sys.inputs.data`, so nothing that somebody typed is read as
markup. The fonts are those that come with typst, so every machine makes the same page. Where they
lack a letter, the machine's own fonts help out; what none of them has is shown as a replacement
mark.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from playbook.model import InputError
from playbook.model.wording import Words

T = TypeVar("T")
FONTS = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")
SIZES = (10.5, 10, 9.5, 9)
"""Points of the text, the first with which a page is enough; brief/fit.py counts with 9.5."""
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_PIXELS_AN_INCH = 200


def in_pages(template: bytes, data: dict[str, Any], alone: bool, pages: int) -> tuple[bytes, float]:
    """The PDF of the data in the largest size of text (in points, returned) with which it takes so
    many pages."""
    for size in SIZES:
        made = compiled(template, data | {"size": size}, alone)
        if _pages(made) == pages:
            break
    return made, size


def shown_with(template: bytes, data: dict[str, Any], words: Words) -> tuple[dict[str, Any], bool]:
    """The data as some font can show it, and whether typst's own fonts are enough; InputError where
    no font can show the text."""

    def kept(told: dict[str, Any], alone: bool) -> tuple[dict[str, Any], bool]:
        compiled(template, told | {"size": SIZES[-1]}, alone)
        return told, alone

    return _first_shown(kept, data, words)


def set_once(
    template: bytes, data: dict[str, Any], raw: dict[str, Any], words: Words, pages: int | None
) -> bytes:
    """The PDF of the data, of which `raw` is no text, drawn as seldom as can be: in the second
    size, or in the largest with which it takes so many pages. InputError as for `shown_with`."""

    def drawn(told: dict[str, Any], alone: bool) -> bytes:
        if pages is None:
            return compiled(template, told | raw | {"size": SIZES[1]}, alone)
        return in_pages(template, told | raw, alone, pages)[0]

    return _first_shown(drawn, data, words)


def _first_shown(
    draw: Callable[[dict[str, Any], bool], T], data: dict[str, Any], words: Words
) -> T:
    """What is drawn of the data as some font can show it."""
    import typst  # late: nobody who makes no file loads it

    ways: tuple[tuple[bool, Callable[[str], str]], ...] = (
        (True, str),
        (False, str),
        (True, _printable),
    )
    for alone, change in ways:
        try:
            return draw(_mapped(data, change), alone)
        except typst.TypstError as error:
            if "could not be displayed" not in str(error):
                raise
    raise InputError(words.text("brief.error.unprintable"))


def typeset(template: bytes, data: dict[str, Any], words: Words) -> bytes:
    """The template with the data, as many pages as it takes. InputError as for `shown_with`."""
    return compiled(template, *shown_with(template, data, words))


def compiled(template: bytes, data: dict[str, Any], alone: bool) -> bytes:
    """The template with data that its fonts can show, as `shown_with` told."""
    import typst

    made: bytes = typst.compile(
        template,
        format="pdf",
        ignore_system_fonts=alone,
        pdf_standards=["ua-1"],
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
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
