"""Play cards: how each sheet is played with a group, a page a sheet. For trainers."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.kit.class_kit import ClassKit, sheet_heading
from playbook.kit.content import PlayCard
from playbook.kit.guide import replies
from playbook.kit.paper import Block, Boxes, Bullets, Grid, Heading, NewPage, PaperDocument, Prose
from playbook.kit.workbook import asked_first
from playbook.model import Sheet

_QUESTIONS = 7


def play_cards(made: ClassKit) -> PaperDocument:
    """The cards of the sheets that the class works on."""
    title = made.words.text("kit.play.title")
    return made.paper(title, title, _all(made), len(made.sheets))


def _all(made: ClassKit) -> Iterator[Block]:
    for number, sheet in enumerate(made.sheets):
        if number:
            yield NewPage()
        yield from _card(made, sheet, made.kit.plays[sheet.id])


def _card(made: ClassKit, sheet: Sheet, play: PlayCard) -> Iterator[Block]:
    words = made.words
    yield Heading(sheet_heading(sheet), 1)
    yield Prose(play.about, "lead")
    fewest, most = play.people
    run = {"all": play.minutes, "least": play.at_least}
    key = "run" if play.minutes == play.at_least else "run_cut"
    people = words.text("kit.play.people_are", low=fewest, high=most, who=play.who)
    yield Boxes(
        (
            (words.text("kit.play.prepare"), (words.text("kit.minutes", count=play.prepare),)),
            (words.text("kit.play.run_title"), (words.text(f"kit.play.{key}", **run),)),
            (words.text("kit.play.people"), (people,)),
            (words.text("kit.play.materials"), (play.materials,)),
        )
    )
    yield Heading(words.text("kit.play.steps"))
    mark = words.text("kit.play.cut")
    rows = tuple(
        (str(it.minutes), f"{it.title} {mark}" if it.cut else it.title, it.text)
        for it in play.steps
    )
    head = tuple(words.text(f"kit.play.{it}") for it in ("minutes", "step", "how"))
    yield Grid(head, rows, (0.5, 1.4, 5), strong=1)
    if asked := asked_first(sheet)[:_QUESTIONS]:
        yield Heading(words.text("kit.play.questions"))
        yield Bullets(tuple(it.text for it in asked))
    yield replies(play.replies, words)
    yield Boxes(
        (
            (words.text("kit.play.good"), play.good),
            (words.text("kit.play.short"), (play.short,)),
            (words.text("kit.play.mind"), play.mind),
        )
    )
    yield Heading(words.text("kit.play.afterwards"))
    yield Bullets(play.afterwards)
    yield Prose(words.text("kit.play.untimed"), "small")
