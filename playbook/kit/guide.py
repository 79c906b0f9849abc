"""The facilitator guide: from four weeks before to long after, then step by step, then the
teaching note of each case. For trainers alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from playbook.kit.case_papers import position_blocks
from playbook.kit.class_kit import ClassKit, clock
from playbook.kit.paper import (
    Block,
    Bullets,
    Grid,
    Heading,
    NewPage,
    PaperDocument,
    Prose,
    Ticks,
)
from playbook.kit.plan import ClockStep, questions_of, said
from playbook.model.case import CaseStudy
from playbook.model.programme import PhaseKind, Reply, Step
from playbook.model.wording import Words

LETTERS = "ABCDEF"


def facilitator_guide(made: ClassKit) -> PaperDocument:
    """The guide of this class."""
    title = made.words.text("kit.guide.title")
    return made.paper(title, title, _all(made))


def _all(made: ClassKit) -> Iterator[Block]:
    words, venue = made.words, made.choices.venue
    yield Heading(words.text("kit.guide.title"), 1)
    for session in made.sessions:
        yield Prose(f"{session.programme.title} · {made.when(session)}", "strong")
    yield Prose(words.text("kit.guide.lead", venue=venue.title), "lead")
    for time in made.kit.guide.times:
        yield Heading(time.title)
        yield Ticks(tuple(it.text for it in time.lines if not it.where or venue.id in it.where))
    for session in made.sessions:
        yield NewPage()
        yield Heading(words.text("kit.guide.steps", title=session.programme.title), 1)
        yield Prose(made.when(session), "small")
        for at in session.steps:
            yield from _step(made, at)
    if made.choices.course.between:
        yield Heading(words.text("kit.guide.between"))
        yield Bullets(made.choices.course.between)
    for case, _ in made.cases:
        yield NewPage()
        yield from _teaching_note(case, words)


def _step(made: ClassKit, at: ClockStep) -> Iterator[Block]:
    words, step = made.words, at.step
    minutes = words.text("kit.minutes", count=step.minutes)
    yield Heading(f"{clock(at.begins)} {step.title} ({minutes})")
    yield Prose(said(step))
    if step.pause:
        return
    for asked in questions_of(step, made.framework):
        yield Prose(asked.text, "strong")
        if asked.lead:
            yield Prose(asked.lead, "small")
        if asked.choices:
            yield Prose(lettered(asked.choices))
    how = how_to(step, made)
    yield Bullets(
        tuple(_phase(it.minutes, it.do, how.get(it.do, ""), it.say, words) for it in step.phases)
    )
    if step.roles:
        yield Bullets(tuple(f"{it.title}: {it.text}" for it in step.roles))
    if step.replies:
        yield replies(step.replies, words)
    if step.cut:
        told = {"order": step.cut.order, "minutes": step.cut.saves}
        yield Prose(words.text("kit.guide.cut", **told, instead=step.cut.instead))
    if step.lead_on:
        yield Prose(words.text("kit.guide.lead_on", text=step.lead_on), "strong")


def how_to(step: Step, made: ClassKit) -> Mapping[PhaseKind, str]:
    """How each part of a step is led in this room, by what is asked in it."""
    venue, asked = made.choices.venue, questions_of(step, made.framework)
    if asked and all(it.form == "text" for it in asked):
        return {**venue.how, "reveal": venue.read_aloud}
    return venue.how


def _phase(minutes: int, do: str, how: str, say: str, words: Words) -> str:
    name = words.text(f"kit.phase.{do}")
    head = f"{name}, {words.text('kit.minutes', count=minutes)}" if minutes else name
    said = f"“{say}” " if say else ""
    return f"{head}. {said}{how}".strip()


def replies(found: Sequence[Reply], words: Words) -> Grid:
    """If somebody says this, ask that."""
    head = words.text("kit.guide.says"), words.text("kit.guide.ask")
    return Grid(head, tuple((f"“{it.says}”", it.ask) for it in found), (1, 1.2), strong=1)


def lettered(choices: Sequence[str]) -> str:
    """Choices with the letters of the voting cards."""
    return "   ".join(f"{letter} {it}" for letter, it in zip(LETTERS, choices, strict=False))


def _teaching_note(case: CaseStudy, words: Words) -> Iterator[Block]:
    yield Heading(words.text("kit.note.title", title=case.title), 1)
    yield Prose(case.synopsis, "lead")
    yield Prose(words.text("kit.note.for_whom", text=case.for_whom))
    yield Heading(words.text("kit.note.aims"))
    yield Bullets(case.aims)
    yield Heading(words.text("kit.note.opening"))
    yield Prose(case.opening)
    if case.disguise:
        yield Prose(f"{case.disguise.knows} {case.disguise.job}")
    yield Heading(words.text("kit.note.honest"))
    yield Prose(case.honest)
    for step in case.steps:
        yield Heading(f"{step.title}")
        yield from position_blocks(step, case, words)
    if case.debrief:
        yield Heading(words.text("kit.debrief"))
        yield Bullets(case.debrief)
    yield Heading(words.text("kit.note.sources"))
    places = {it.address: it.title for fact in case.facts for it in fact.places}
    yield Bullets(tuple(f"{title}: {address}" for address, title in places.items()))
