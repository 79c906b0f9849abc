"""The door to a stage's brief: a preview, the tick for private rows, every format, the e-mail text.

A page asks {type: "brief", want: "count" | "thumb" | "show" | a format's name, private, example};
what is answered is of type "brief". Home and gate say it with the same words.
"""

from __future__ import annotations

import logging
from base64 import b64encode
from collections.abc import Callable, Mapping
from typing import Any

from playbook.assessing.workbook import Workbook
from playbook.framework import Framework
from playbook.model import PlaybookError
from playbook.report.brief import Brief, build_brief
from playbook.report.brief.email_text import brief_email
from playbook.report.brief.formats import file_name, format_of
from playbook.report.brief.html_page import brief_html, notes
from playbook.worksheet.fields import EXAMPLE_WORKSHEET
from widgets import assets
from widgets.cards import Card

log = logging.getLogger(__name__)

Reply = dict[str, Any]


class BriefDoor(Card):
    """The door at a gate. `source` gives the workbook to tell of, and the finished story that the
    gate is of, if it is of one."""

    _esm = assets.esm("brief/door.js")
    _css = assets.css("brief/brief.css")

    def __init__(self, framework: Framework, stage: str) -> None:
        super().__init__(door_payload(framework, stage))
        self.source: Callable[[], tuple[Workbook, str]] | None = None

    def changed(self) -> None:
        """Tell the page that what it shows may be out of date; it asks again when it has time."""
        self.send({"type": "changed"})

    def receive(self, message: Mapping[str, Any]) -> None:
        if message.get("type") == "brief" and self.source is not None:
            workbook, story = self.source()
            self.send(brief_reply(message, workbook, story))
        else:
            super().receive(message)


def door_payload(framework: Framework, stage: str) -> Reply:
    """What the door shows before anybody asks: its own words, and those that all doors share."""
    own = framework.briefs[stage].door.model_dump()
    return {"stage": stage, "words": framework.words.group("brief.door") | own}


def brief_reply(message: Mapping[str, Any], workbook: Workbook, story: str = "") -> Reply:
    """The answer to one message; whatever goes wrong is a sentence under `trouble`."""
    words = workbook.framework.words
    want, stage = str(message.get("want")), str(message.get("stage"))
    if message.get("example") is True:
        story = EXAMPLE_WORKSHEET
    private = message.get("private") is True
    try:
        told = workbook.story(story) if story else workbook
        brief = build_brief(told, stage, private=private, example=bool(story))
        return {"type": "brief", "want": want, **_answer(want, brief, workbook)}
    except PlaybookError as error:
        return {"type": "brief", "want": want, "trouble": str(error)}
    except Exception:
        log.exception("a brief as %s", want)
        return {"type": "brief", "want": want, "trouble": words.text("brief.door.failed")}


def _answer(want: str, brief: Brief, workbook: Workbook) -> Reply:
    words = workbook.framework.words
    count = words.text("brief.door.filled", filled=brief.filled, parts=brief.to_fill)
    if want == "count":
        return {"count": count}
    if want == "thumb":
        return {"html": brief_html(brief, words)}
    if want != "show":
        kind = format_of(want, words)
        data = b64encode(kind.make(brief, words)).decode()
        name = file_name(brief, kind, words)
        return {"file": {"name": name, "mime": kind.mime, "base64": data}}
    missing = [
        (part.title, it)
        for page in brief.pages
        for part in page.parts
        for it in part.lines
        if it.missing
    ]
    return {
        "count": count,
        "html": brief_html(brief, words),
        "email": brief_email(brief, words),
        "notes": notes(brief, words),
        "missing": [
            {
                "text": f"{title}: {told.text}",
                "href": told.sources[0].href if told.sources else None,
            }
            for title, told in missing
        ],
    }
