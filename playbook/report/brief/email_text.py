"""The brief as plain text for an e-mail: the request first, then what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.model.wording import Words
from playbook.report.brief.brief import Brief, PagePart

_MARKS = {"item": "- ", "missing": "○ "}


def brief_email(brief: Brief, words: Words) -> str:
    """Subject and text. What is asked for comes before the reasons."""
    first = [part for part in brief.parts if part.request]
    others = [part for part in brief.parts if not part.request]
    return "\n".join(
        [
            subject(brief, words),
            "",
            *filter(None, (brief.lead,)),
            brief.says,
            *brief.meta,
            *(line for part in (*first, *others) for line in _part(part)),
            *(("", brief.note) if brief.note else ()),
            "",
        ]
    )


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
