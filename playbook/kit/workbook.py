"""The workbook: the sheets of a class on paper, blank to write in, or filled with the example."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from playbook.assessing.workbook import Workbook
from playbook.kit.class_kit import ClassKit, sheet_heading
from playbook.kit.paper import (
    Block,
    Grid,
    Heading,
    NewPage,
    PaperDocument,
    Prose,
    Ticks,
    WritingLines,
)
from playbook.model import Question, Section, Sheet
from playbook.report.answers import AnswerGroup, groups
from playbook.report.page import answered
from playbook.worksheet.kinds import choice_labels, written_date

_LINES = {"long_text": 3, "series": 3, "text": 1}
ASKED_AGAIN = timedelta(weeks=2), timedelta(weeks=6)
"""When people are asked again after the last sitting."""


def asked_first(sheet: Sheet) -> list[Question]:
    """The questions that everybody is asked on the first screen; where there are none, as at a
    gate, all that it may ask."""
    open_ones = [it for section in _open(sheet) for it in section.questions]
    always = [it for it in open_ones if not it.optional and not it.ask_if]
    return always or open_ones


def _open(sheet: Sheet) -> list[Section]:
    return [it for it in sheet.sections if not it.deeper] or [*sheet.sections]


def blank_workbook(made: ClassKit) -> PaperDocument:
    """The first screen of each sheet, to be written on, then one's own first step."""
    title = made.words.text("kit.workbook.title", title=made.choices.title)
    return made.paper(title, made.words.text("kit.workbook.blank"), _blank(made, title))


def filled_workbook(made: ClassKit) -> PaperDocument:
    """The same sheets as the example of the playbook fills them in."""
    title = made.words.text("kit.workbook.title", title=made.choices.title)
    return made.paper(title, made.words.text("kit.workbook.filled"), _filled(made, title))


def _blank(made: ClassKit, title: str) -> Iterator[Block]:
    words = made.words
    yield Heading(title, 1)
    yield from (Prose(made.when(it), "strong") for it in made.sessions)
    yield Prose(words.text("kit.workbook.lead"))
    yield Prose(words.text("kit.workbook.yours"))
    yield WritingLines(1)
    for number, sheet in enumerate(made.sheets):
        if number:
            yield NewPage()
        yield Heading(sheet_heading(sheet), 2)
        yield Prose(sheet.intro, "small")
        for question in asked_first(sheet):
            yield from _question(made, question)
    yield NewPage()
    yield from _first_step(made)


def _question(made: ClassKit, question: Question) -> Iterator[Block]:
    yield Heading(question.text, 3)
    if question.why:
        yield Prose(question.why, "small")
    labels = tuple(choice_labels(question, made.words).values())
    if labels:
        yield Ticks(labels)
    else:
        yield WritingLines(_LINES.get(question.kind, 1))


def _first_step(made: ClassKit) -> Iterator[Block]:
    words = made.words
    yield Heading(words.text("kit.workbook.step"))
    for key in ("what", "who", "day"):
        yield Heading(words.text(f"kit.workbook.{key}"), 3)
        yield WritingLines(1)
    last = made.sessions[-1].day
    for after in ASKED_AGAIN:
        day = written_date(last + after, words)
        yield Heading(words.text("kit.workbook.again", day=day), 3)
        yield Ticks(
            tuple(words.text(f"take_home.{it}") for it in ("done", "otherwise", "not_done"))
        )
    if made.choices.course.between:
        yield Heading(words.text("kit.guide.between"))
        yield Ticks(made.choices.course.between)
    yield Heading(words.text("kit.workbook.card"))
    for key in ("good", "improve"):
        yield Heading(words.text(f"kit.workbook.{key}"), 3)
        yield WritingLines(2)


def _filled(made: ClassKit, title: str) -> Iterator[Block]:
    words = made.words
    yield Heading(title, 1)
    yield Prose(words.text("brief.fictional"), "strong")
    examples = Workbook(made.framework, made.choices.day).examples
    for number, sheet in enumerate(made.sheets):
        entry = examples.current(sheet)
        if entry is None:
            continue
        if number:
            yield NewPage()
        yield Heading(sheet_heading(sheet), 2)
        yield Prose(entry.note, "small")
        yield Prose(words.text(f"level.{entry.assessment.verdict}"), "strong")
        first = {it.title for it in _open(sheet)}
        for group in answered(groups(sheet, entry.worksheet, made.framework)):
            yield from _group(made, group, first)


def _group(made: ClassKit, group: AnswerGroup, sections: Collection[str]) -> Iterator[Block]:
    """What was answered on the first screen, about one row or of the sheet as a whole."""
    parts = [it for it in group.parts if it.title in sections]
    if not parts:
        return
    if group.title:
        yield Heading(group.title, 3)
    head = made.words.text("kit.workbook.question"), made.words.text("kit.workbook.answer")
    rows = tuple((it.question, it.text) for part in parts for it in part.answers)
    yield Grid(head, rows, (1, 1.4))
