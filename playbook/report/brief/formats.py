"""The formats of a brief, by the names that a page and the command line use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playbook.model import InputError
from playbook.model.wording import Words
from playbook.report.brief.brief import Brief
from playbook.report.brief.email_text import brief_email
from playbook.report.brief.html_page import brief_html
from playbook.report.brief.pdf_file import brief_pdf
from playbook.report.brief.slide import brief_pptx
from playbook.report.brief.word_file import brief_docx

_OFFICE = "application/vnd.openxmlformats-officedocument"
_NAME_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its ending, its media type, and what makes it."""

    ending: str
    mime: str
    make: Callable[[Brief, Words], bytes]


FORMATS: Mapping[str, Format] = {
    "html": Format("html", "text/html", lambda brief, words: brief_html(brief, words).encode()),
    "pdf": Format("pdf", "application/pdf", brief_pdf),
    "docx": Format("docx", f"{_OFFICE}.wordprocessingml.document", brief_docx),
    "pptx": Format("pptx", f"{_OFFICE}.presentationml.presentation", brief_pptx),
    "email": Format("txt", "text/plain", lambda brief, words: brief_email(brief, words).encode()),
}


def format_of(name: str, words: Words) -> Format:
    """The format of that name; InputError names those there are."""
    if name not in FORMATS:
        known = ", ".join(FORMATS)
        raise InputError(words.text("brief.error.format", known=known, given=repr(name)[:40]))
    return FORMATS[name]


def file_name(brief: Brief, kind: Format, words: Words) -> str:
    """What a brief is called when it is saved: "Pilot brief 2026-12-14.pdf"."""
    name = re.sub(r"[^\w -]+", "", brief.name).strip()[:_NAME_LENGTH]
    return words.text("brief.file", name=name, day=brief.day.isoformat(), format=kind.ending)
