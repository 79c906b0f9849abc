"""What shows whether a class learned, on paper: situations in two forms, cards for later, reasons.

Reasons are on a sheet of their own, for whoever leads.
"""

from __future__ import annotations

from collections.abc import Iterator

from playbook.kit.class_kit import ClassKit
from playbook.kit.paper import Block, Bullets, Heading, NewPage, PaperDocument, Prose, Ticks
from playbook.model.programme import asked_by
from playbook.model.vignettes import ROUNDS, SURE, FormName, RecallCard
from playbook.worksheet.kinds import written_date

HAPPENED = ("yes", "not_yet", "changed", "no")


def has_rounds(made: ClassKit) -> bool:
    """Whether this class is asked for situations before and after."""
    steps = [it.step for session in made.sessions for it in session.steps]
    return any(asked.form in ROUNDS for step in steps for asked in asked_by(step))


def situations(made: ClassKit, form: FormName) -> PaperDocument:
    """One form, to be given out face down: half of a class has A first, the other half B."""
    name = made.words.text("kit.situations.form", form=form.upper())
    return made.paper(name, name, _situations(made, form, name))


def _situations(made: ClassKit, form: FormName, name: str) -> Iterator[Block]:
    say, content = made.words.text, made.framework.vignettes
    yield Heading(name, 1)
    yield Prose(say("kit.situations.lead"))
    yield Prose(content.fictional, "strong")
    for number, one in enumerate(content.of_form(form), 1):
        yield Heading(say("kit.situations.number", number=number), 2)
        yield Prose(one.text)
        yield Ticks(content.choices)
        scale = "   ".join(f"{it}%" for it in SURE)
        yield Prose(say("kit.situations.sure", scale=scale))
    yield Prose(say("kit.situations.sealed"), "small")


def recall_cards(made: ClassKit) -> PaperDocument:
    """A card a page, to take home and answer from memory weeks later."""
    name = made.words.text("kit.situations.cards")
    return made.paper(name, name, _cards(made))


def _cards(made: ClassKit) -> Iterator[Block]:
    say = made.words.text
    for place, card in enumerate(made.framework.vignettes.cards):
        if place:
            yield NewPage()
        yield Heading(_called(card, made), 1)
        yield Prose(say("kit.situations.card_lead"))
        for one in card.questions:
            yield Heading(one.text, 2)
            yield Ticks((*one.choices, say("recall.forgotten")))
        yield Heading(say("recall.step"))
        yield Ticks(tuple(say(f"recall.{it}") for it in HAPPENED))


def situations_reveal(made: ClassKit) -> PaperDocument:
    """The answers that can be defended and why, after the second round. For trainers."""
    name = made.words.text("kit.situations.reveal")
    return made.paper(name, name, _reveal(made, name))


def _reveal(made: ClassKit, name: str) -> Iterator[Block]:
    say, content = made.words.text, made.framework.vignettes
    yield Heading(name, 1)
    yield Prose(say("kit.situations.reveal_lead"))
    yield Prose(say("kit.situations.parallel"), "small")
    forms: tuple[FormName, ...] = ("a", "b")
    for form in forms:
        yield Heading(say("kit.situations.form", form=form.upper()))
        for number, one in enumerate(content.of_form(form), 1):
            answer = content.called(one.answer)
            yield Heading(say("kit.situations.answer", number=number, answer=answer), 3)
            yield Prose(one.text, "small")
            yield Prose(one.why)
            yield Prose(_sources(made, one.rows), "small")
    yield NewPage()
    for card in content.cards:
        yield Heading(_called(card, made))
        for asked in card.questions:
            yield Heading(asked.text, 3)
            yield Prose(asked.choices[asked.answer - 1], "strong")
            yield Prose(asked.why)
            yield Prose(_sources(made, asked.rows), "small")
    yield Heading(say("kit.situations.by_hand"))
    yield Bullets(
        tuple(say(f"kit.situations.by_hand_{it}") for it in ("draw", "pair", "count", "say"))
    )


def _called(card: RecallCard, made: ClassKit) -> str:
    day = written_date(card.due(made.sessions[-1].day), made.words)
    return f"{card.title}: {day}"


def _sources(made: ClassKit, rows: tuple[str, ...]) -> str:
    named = dict.fromkeys(made.framework.citation(it)["source"] for it in rows)
    rests = {"sources": ", ".join(named), "rows": ", ".join(rows)}
    return made.words.text("kit.situations.rests", **rests)
