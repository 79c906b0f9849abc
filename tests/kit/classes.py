"""Classes to prepare, and what is in their files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from pypdf import PdfReader

from playbook.framework import load_framework
from playbook.kit.choices import chosen
from playbook.kit.class_kit import ClassKit, class_kit

WEDNESDAY = date(2026, 12, 2)
LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 8">'
    b'<rect width="20" height="8" rx="2" fill="#0b5d66"/></svg>'
)


def prepared(course: str = "ninety_minutes", *cases: str, **more: object) -> ClassKit:
    """A class on a Wednesday at nine."""
    framework = load_framework()
    given = {"course": course, "cases": cases, "start": "9:00", "people": "40"} | more
    return class_kit(chosen(given, WEDNESDAY, framework), framework)


def in_words(file: bytes) -> str:
    """Everything that a file says: of a PDF its text and what it says of itself, of an Office file
    all its parts, without marks of layout."""
    if file.startswith(b"%PDF"):
        read = PdfReader(BytesIO(file))
        about = " ".join(map(str, (read.metadata or {}).values()))
        return plain(" ".join((about, *(page.extract_text() for page in read.pages))))
    with ZipFile(BytesIO(file)) as archive:
        parts = (archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
        return plain(" ".join(re.sub(r"<[^>]+>", " ", part) + part for part in parts))


def plain(text: str) -> str:
    """Without what layout does to a text: blanks, hyphens and quotes."""
    return re.sub(r"[^0-9a-z]", "", text.lower())


def trainer_texts(made: ClassKit) -> Iterator[str]:
    """What only who leads may read: replies, cuts, what leads on, how phases are led, the guide."""
    for step in (at.step for session in made.sessions for at in session.steps):
        yield from (it.ask for it in step.replies)
        yield from filter(None, (step.lead_on, step.cut and step.cut.instead))
    yield from made.choices.venue.how.values()
    yield from (line.text for time in made.kit.guide.times for line in time.lines)
    for play in made.kit.plays.values():
        yield from (it.text for it in play.steps)


def told_after(made: ClassKit, first: int = 0) -> Iterator[str]:
    """What the steps of its first case tell when they are decided, from step `first` on."""
    for case, route in made.cases[:1]:
        for part in route.parts[first:]:
            step = case.step(part.step)
            yield from (step.headline, *filter(None, (step.none_found,)))
            yield from (case.fact(it).text for it in step.reveal)
            yield from (text for it in step.positions for text in (it.position, it.overturned_by))
        yield from (it.why for it in case.facts if it.why)
