"""A logo as a trainer gives it: PNG or SVG, drawn anew as PNG, so that nothing of the file itself
gets into a document."""

from __future__ import annotations

import json
import re
import struct
from typing import NoReturn

from playbook.model.errors import InputError
from playbook.model.wording import Words

LARGEST = 1 << 20
"""Bytes."""
WIDEST = 4096
"""Pixels of a side."""
_PNG = b"\x89PNG\r\n\x1a\n"
_DRAWN = 600
"""Points of its longer side: at the 72 dots an inch below, as many pixels. Were it the width alone,
a drawing of 1 by 1,000,000 would ask for more memory than there is, and end the whole host."""
_PAGE = """#set page(width: auto, height: auto, margin: 0pt, fill: none)
#let logo = image.with(bytes(json(bytes(sys.inputs.data))), format: "{kind}")
#context {{
  let (width, height) = measure(logo())
  let larger = {side}pt / calc.max(width, height)
  logo(width: calc.max(1pt, width * larger), height: calc.max(1pt, height * larger))
}}"""
_ACTIVE = re.compile(
    rb"<!(?:doctype|entity)|<\?xml-stylesheet|<\s*(?:[\w.-]+:)?(?:script|foreignobject|image|use|"
    rb"a|style|iframe|filter|pattern|animate\w*|set)\b|\son\w+\s*=|"
    rb"(?:href|url)\s*(?:=|\()\s*[\"']?\s*(?!#)[^\s\"')]",
    re.IGNORECASE,
)
"""What a drawing needs for nothing, and what could reach beyond it. Filters and patterns, nested,
take minutes to draw."""


def checked_logo(given: bytes, words: Words) -> bytes:
    """The logo as PNG. InputError, at the field "logo", for anything but a small, still drawing."""
    import typst  # late: nobody who makes no file loads it

    def refuse(key: str, **told: object) -> NoReturn:
        raise InputError(words.text(f"kit.error.{key}", **told), "logo")

    if len(given) > LARGEST:
        refuse("logo_large", limit=LARGEST >> 20)
    png = given.startswith(_PNG)
    if png:
        wide, high = struct.unpack(">II", given[16:24]) if len(given) > 24 else (0, 0)  # noqa: PLR2004 - its header
        if not (0 < wide <= WIDEST and 0 < high <= WIDEST):
            refuse("logo_pixels", limit=WIDEST)
    elif b"<svg" not in given[:2000].lower():
        refuse("logo_kind")
    elif b"\0" in given or _ACTIVE.search(given):
        refuse("logo_active")
    kind = "png" if png else "svg"
    try:
        made: bytes = typst.compile(
            _PAGE.format(kind=kind, side=_DRAWN).encode(),
            format="png",
            ppi=72,
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps([*given])},
        )
    except typst.TypstError:
        refuse("logo_broken")
    return made
