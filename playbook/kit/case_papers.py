"""Cases on paper: a sheet a step for people, its reveal on another one for whoever gives it out.

What a step tells before the decision and what it shows after it never share a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from playbook.cases.steps import CERTAIN, shown_ask
from playbook.kit.class_kit import ClassKit
from playbook.kit.paper import (
    Block,
    Bullets,
    Grid,
    Heading,
    NewPage,
    PaperDocument,
    Prose,
    Ticks,
    WritingLines,
)
from playbook.model.case import CaseFact, CaseStep, CaseStudy, Exhibit
from playbook.model.wording import Words

_COLUMNS = ("documents", "public", "claimed", "ours", "fictional")


@dataclass(frozen=True, slots=True)
class CaseSheet:
    """A step of a case as it comes in this class: its number and of how many, the number of its
    case, and what the story is called by then."""

    case: CaseStudy
    step: CaseStep
    case_number: int
    number: int
    of: int
    called: str


def case_sheets(made: ClassKit) -> Iterator[CaseSheet]:
    """The steps of the class's cases, in order. A disguised story keeps its other name up to the
    decision of the step that opens it."""
    for place, (case, route) in enumerate(made.cases, 1):
        called = case.disguise.title if case.disguise else case.title
        for number, part in enumerate(route.parts, 1):
            step = case.step(part.step)
            yield CaseSheet(case, step, place, number, len(route.parts), called)
            if step.opens:
                called = case.title


def handout(made: ClassKit, sheet: CaseSheet) -> PaperDocument:
    """What people get before they decide."""
    name = made.words.text("kit.handout.name")
    return made.paper(sheet.step.title, name, _handout(made, sheet))


def _handout(made: ClassKit, sheet: CaseSheet) -> Iterator[Block]:
    words, step = made.words, sheet.step
    yield Heading(step.title, 1)
    yield Prose(_place(sheet, words), "small")
    if sheet.number == 1:
        disguise = sheet.case.disguise
        yield Prose(disguise.frame if disguise else sheet.case.synopsis)
        if disguise:
            yield Prose(disguise.knows)
    yield Prose(step.situation, "lead")
    if step.known:
        yield Heading(words.text("kit.handout.known"))
        facts = [sheet.case.fact(it) for it in step.known]
        yield Grid(
            (words.text("kit.handout.fact"), words.text("kit.handout.sure")),
            tuple((it.text, how_sure(it, words)) for it in facts),
            (4, 1.3),
        )
    yield Heading(words.text("kit.handout.decide"))
    for asked in step.asks:
        shown = shown_ask(asked, made.framework)
        yield Heading(shown["text"], 3)
        if asked.kind == "number":
            yield Prose(words.text("kit.handout.range", unit=asked.unit))
        elif asked.kind == "text":
            yield WritingLines(2)
        else:
            hint = "many" if asked.kind == "many" else "one"
            yield Prose(words.text(f"kit.handout.{hint}"), "small")
            yield Ticks(tuple(it["label"] for it in shown["choices"]))
    if step.how_sure:
        yield Heading(words.text("cases.certain.text"), 3)
        yield Prose(words.text("kit.handout.one"), "small")
        yield Ticks(tuple(words.text(f"cases.certain.{it}") for it in CERTAIN))
    if step.change_mind:
        yield Heading(words.text("kit.handout.change_mind"), 3)
        yield WritingLines(2)
    yield Prose(words.text("kit.handout.sealed"), "small")


def _place(sheet: CaseSheet, words: Words) -> str:
    told = {"title": sheet.called, "number": sheet.number, "of": sheet.of}
    return words.text("kit.handout.place", **told)


def reveals(made: ClassKit) -> PaperDocument:
    """What comes out, a page a step: to be given out after the decision. For trainers."""
    title = made.words.text("kit.reveal.name")
    return made.paper(title, title, _reveals(made))


def _reveals(made: ClassKit) -> Iterator[Block]:
    words = made.words
    for place, sheet in enumerate(case_sheets(made)):
        case, step = sheet.case, sheet.step
        if place:
            yield NewPage()
        yield Heading(step.headline, 1)
        yield Prose(
            words.text("kit.reveal.after", place=_place(sheet, words), title=step.title), "small"
        )
        for column in _COLUMNS:
            facts = [it for it in map(case.fact, step.reveal) if it.column == column]
            if facts:
                yield Heading(words.text(f"cases.column.{column}"))
                yield Bullets(tuple(fact_told(it, words) for it in facts))
        if step.none_found:
            yield Heading(words.text("kit.reveal.none_found"))
            yield Prose(step.none_found)
        for exhibit in map(case.exhibit, step.exhibits):
            yield from exhibit_blocks(case, exhibit, words)
        yield Heading(words.text("kit.reveal.positions"))
        yield from position_blocks(step, case, words)


def fact_told(fact: CaseFact, words: Words) -> str:
    """A fact with how sure it is, what is wrong with it, how it was worked out and its sources."""
    places = "; ".join(f"{it.title}, {it.address}" for it in fact.places)
    source = words.text("kit.reveal.source", places=places) if places else ""
    how = words.text("kit.reveal.how", how=fact.how) if fact.how else ""
    return " ".join(
        filter(None, (f"{fact.text} ({how_sure(fact, words)}.)", fact.why, how, source))
    )


def how_sure(fact: CaseFact, words: Words) -> str:
    """How sure a fact is: the shape and the word that it has on every screen."""
    return " ".join(words.text(f"cases.{it}.{fact.sure}") for it in ("mark", "sure"))


def position_blocks(step: CaseStep, case: CaseStudy, words: Words) -> Iterator[Block]:
    """The defensible positions of a step with their evidence, or that it is a judgement."""
    nothing = words.text("cases.none_speaks")
    rows = tuple(
        (
            it.position,
            " ".join(case.fact(fact).text for fact in it.evidence) or nothing,
            it.overturned_by,
        )
        for it in step.positions
    )
    head = tuple(words.text(f"kit.reveal.{it}") for it in ("position", "evidence", "overturned"))
    yield Grid(head, rows, (1.2, 1.6, 1.2), strong=0)


def exhibit_rows(case: CaseStudy, exhibit: Exhibit, words: Words) -> tuple[tuple[str, ...], ...]:
    """Its figures: series, year, value with unit, how sure."""
    return tuple(
        (it.series, str(it.year), f"{it.value:g} {it.unit}", how_sure(case.fact(it.fact), words))
        for it in exhibit.points
    )


def exhibit_heads(words: Words) -> tuple[str, ...]:
    """The heads of `exhibit_rows`."""
    return tuple(words.text(f"kit.exhibit.{it}") for it in ("series", "year", "value", "sure"))


def exhibit_blocks(case: CaseStudy, exhibit: Exhibit, words: Words) -> Iterator[Block]:
    """An exhibit as a table: years that nobody found are left out, not filled in."""
    yield Heading(exhibit.title)
    rows = exhibit_rows(case, exhibit, words)
    yield Grid(exhibit_heads(words), rows, (2, 0.8, 1.6, 1.6))
    if exhibit.note:
        yield Prose(exhibit.note, "small")
    yield Prose(exhibit.question, "strong")
    if exhibit.never:
        yield Prose(words.text("kit.exhibit.never"), "strong")


def role_cards(made: ClassKit) -> PaperDocument:
    """The roles of the steps that are played in teams, to be cut out. For trainers."""
    title = made.words.text("kit.roles.name")
    return made.paper(title, title, _roles(made))


def _roles(made: ClassKit) -> Iterator[Block]:
    words = made.words
    yield Heading(words.text("kit.roles.name"), 1)
    for session in made.sessions:
        for step in (it.step for it in session.steps if it.step.roles):
            yield Heading(step.title)
            yield Prose(words.text("kit.roles.size", count=step.team_size), "small")
            head = words.text("kit.roles.role"), words.text("kit.roles.task")
            yield Grid(head, tuple((it.title, it.text) for it in step.roles), (1, 3), strong=0)
