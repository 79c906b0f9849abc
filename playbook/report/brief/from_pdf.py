"""The way back: from a brief's PDF to what an exported JSON file gives.

A file comes from anywhere, so nothing of it is trusted: sizes are limited before and after
unpacking, and whatever goes wrong is one sentence. What the answers say is checked where every
import is.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from playbook.model import InputError
from playbook.model.wording import Words

PDF_LIMIT = 9_000_000
ANSWERS_LIMIT = 9_000_000
"""Bytes, as much as an imported file may have."""

ATTACHED = "answers.json"
_MEGABYTE = 1_000_000
_MOST_FILES = 20
BEGINNING = b"%PDF-"


def is_pdf(data: bytes) -> bool:
    """Whether a file says that it is a PDF."""
    return data[:1024].lstrip().startswith(BEGINNING)


def answers_in_pdf(data: bytes, words: Words) -> Any:
    """What the answers attached to a brief say, as an exported file would: JSON data.

    InputError with one sentence for a PDF that is too large, damaged or locked, that holds no
    answers, or whose answers can't be read.
    """
    if len(data) > PDF_LIMIT:
        size = f"{len(data) / _MEGABYTE:.1f}"
        raise InputError(
            words.text("brief.error.pdf_large", size=size, limit=PDF_LIMIT // _MEGABYTE)
        )
    text = _attached(data, words)
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise InputError(words.text("brief.error.pdf_answers")) from None


def _attached(data: bytes, words: Words) -> bytes:
    """The bytes of the attachment of our name, unpacked within limits."""
    from pypdf import PdfReader  # late: nobody else reads a PDF

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its complaints are our one sentence
    try:
        if not is_pdf(data):
            raise ValueError("no PDF")
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise ValueError("locked")
        streams = list(_streams(reader.trailer["/Root"]))
        found = next((_unpacked(stream) for name, stream in streams if name == ATTACHED), None)
    except (_TooMuchError, zlib.error):
        raise InputError(words.text("brief.error.pdf_answers")) from None
    except (Exception, RecursionError):  # a hostile file fails in any way; none is worth more
        raise InputError(words.text("brief.error.pdf_damaged")) from None
    if found is None:
        raise InputError(words.text("brief.error.pdf_without"))
    return found


class _TooMuchError(Exception):
    """It would unpack to more than is taken."""


def _streams(root: Any) -> Iterator[tuple[str, Any]]:
    """The attached files by name, from the first leaf of the document's name tree."""
    names = _of(_of(root, "/Names"), "/EmbeddedFiles")
    pairs = _of(names, "/Names")
    if pairs is None:
        kids = _of(names, "/Kids") or ()
        pairs = _of(kids[0].get_object(), "/Names") if kids else None
    for place in range(0, min(len(pairs or ()), 2 * _MOST_FILES), 2):
        spec = pairs[place + 1].get_object()
        name = str(_of(spec, "/UF") or _of(spec, "/F"))
        stream = _of(_of(spec, "/EF"), "/F")
        if stream is not None:
            yield name, stream


def _of(thing: Any, key: str) -> Any:
    """What stands under `key`, followed if it is a reference; None where nothing does."""
    if not isinstance(thing, Mapping) or key not in thing:
        return None
    found = thing[key]
    return found.get_object() if hasattr(found, "get_object") else found


def _unpacked(stream: Any) -> bytes:
    """A stream's bytes: plain, or packed once as every PDF does it."""
    packed: bytes = stream._data  # its own reader would unpack without a limit
    how = _of(stream, "/Filter")
    if how in (None, [], ()):
        return packed
    if str(how) not in ("/FlateDecode", "['/FlateDecode']"):
        raise _TooMuchError
    unpacker = zlib.decompressobj()
    plain = unpacker.decompress(packed, ANSWERS_LIMIT + 1)
    if len(plain) > ANSWERS_LIMIT:
        raise _TooMuchError
    return plain
