"""The brief as plain text for an e-mail: the request first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, PagePart

_MARKS = {"item": "- ", "missing": "○ "}


def brief_email(brief: Brief, words: Words) -> str:
    """Subject and text. What is asked for comes before the reasons, and of several pages the last
    one first, for the others were decided on before."""
    last, *others = reversed(brief.pages)
    return "\n".join(
        [
            subject(brief, words),
            "",
            *_page(last),
            *(line for page in others for line in ("", page.name, page.title, "", *_page(page))),
            *(("", brief.note) if brief.note else ()),
            "",
        ]
    )


def _page(page: Brief) -> Iterator[str]:
    first = [part for part in page.parts if part.request]
    others = [part for part in page.parts if not part.request]
    yield from filter(None, (page.lead,))
    yield page.says
    yield from page.meta
    for part in (*first, *others):
        yield from _part(part)


def subject(brief: Brief, words: Words) -> str:
    """The first line of the text."""
    return words.text("brief.subject", name=brief.name, title=brief.title)


def _part(part: PagePart) -> Iterator[str]:
    yield ""
    yield part.title
    number = 0
    for line in part.lines:
        style = "missing" if line.missing else line.style
        number += style == "number"
        yield (f"{number}. " if style == "number" else _MARKS.get(style, "")) + line.text
