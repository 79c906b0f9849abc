"""When the network is gone: what to do, the votes to count by hand, and voting cards."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.kit.class_kit import ClassKit, clock
from playbook.kit.guide import LETTERS
from playbook.kit.paper import (
    Block,
    Bullets,
    Grid,
    Heading,
    Letters,
    NewPage,
    PaperDocument,
    Prose,
)
from playbook.kit.plan import ClockStep, questions_of
from playbook.model.vignettes import ROUNDS


def without_network(made: ClassKit) -> PaperDocument:
    """What to do, then a form for counted hands of every vote. For trainers."""
    title = made.words.text("kit.gone.title")
    return made.paper(title, title, _all(made))


def _all(made: ClassKit) -> Iterator[Block]:
    words = made.words
    yield Heading(words.text("kit.gone.title"), 1)
    yield Bullets(made.choices.venue.gone, numbered=True)
    yield Heading(words.text("kit.gone.script"))
    yield Prose(words.text("kit.gone.say"), "lead")
    yield NewPage()
    yield Heading(words.text("kit.gone.hands"), 1)
    yield Prose(words.text("kit.gone.least"), "small")
    for session in made.sessions:
        for at in session.steps:
            yield from _count(made, at)


def _count(made: ClassKit, at: ClockStep) -> Iterator[Block]:
    words = made.words
    again = any(it.do == "vote_again" for it in at.step.phases)
    for asked in questions_of(at.step, made.framework):
        if not asked.choices or asked.form in ROUNDS:
            continue  # those are on sheets of paper
        yield Heading(f"{clock(at.begins)} {at.step.title}", 2)
        yield Prose(asked.text, "strong")
        heads = ["card", "choice", "count", *(["second"] if again else [])]
        rows = (
            (letter, choice, *("_______" for _ in heads[2:]))
            for letter, choice in zip(LETTERS, asked.choices, strict=False)
        )
        widths = (0.6, 4, *(1.2 for _ in heads[2:]))
        yield Grid(tuple(words.text(f"kit.gone.{it}") for it in heads), tuple(rows), widths, 0)


def voting_cards(made: ClassKit) -> PaperDocument:
    """Six cards on a page, to be cut out: one page for each person."""
    words = made.words
    blank = words.text("kit.cards.text")
    cards = tuple((letter, blank) for letter in LETTERS)
    blocks: tuple[Block, ...] = (
        Heading(words.text("kit.cards.title"), 1),
        Letters(cards),
    )
    return made.paper(words.text("kit.cards.title"), words.text("kit.cards.title"), iter(blocks), 1)
