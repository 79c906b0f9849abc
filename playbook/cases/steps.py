"""What a player may know of a case at a step: before a decision, and once it is sealed.

The one place that says so: a page that somebody plays alone on, a class and the files for a trainer
send what these two functions give, and nothing else of the case. `before` has nothing of the step's
own reveal, nor of any later step; while a story is disguised neither names it nor a source that
would. Both are plain JSON: every text is the case's own, or the wording's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypedDict

from playbook.cases.exhibits import ShownExhibit, shown
from playbook.framework import Framework
from playbook.model import Question
from playbook.model.case import Asked, CaseFact, CaseStep, CaseStudy, Column, Route
from playbook.worksheet.kinds.choice import ANSWERS

CERTAIN = ("guessing", "leaning", "fairly", "very")
"""How sure somebody is of a decision, from low to high."""
APART: tuple[Column, ...] = ("documents", "public", "claimed")
"""The columns that a reveal always keeps apart, whatever is in them."""
OURS: tuple[Column, ...] = ("ours", "fictional")
"""Those of what we added, which stand below."""


class ShownPlace(TypedDict):
    """Where a public fact can be looked up."""

    title: str
    address: str


class ShownFact(TypedDict):
    """A fact with how sure it is: a shape (`mark`) and a word (`sure`).

    `source` is its place in the case's document; `places` are empty while they would name the
    story. `why` says what is wrong with a claim, `how` how we worked it out.
    """

    id: str
    text: str
    column: Column
    mark: str
    sure: str
    source: str
    places: list[ShownPlace]
    why: str
    how: str


class ShownChoice(TypedDict):
    """One of the answers that a question offers."""

    id: str
    label: str
    hint: str


class ShownAsk(TypedDict):
    """A question of a step. kind: one · many · number (a range, in `unit`) · text. `sheet` is what
    the sheet is called that it is taken from, else empty."""

    id: str
    kind: str
    text: str
    choices: list[ShownChoice]
    unit: str
    sheet: str


class ShownRole(TypedDict):
    """A part that somebody plays in the step."""

    title: str
    text: str


class StepBefore(TypedDict):
    """A step before the decision. `step` of `steps` counts from 1 along the route.

    `title` is the disguise's while the story is disguised; `frame` begins it, with the first step,
    which also asks who knows the story (`knows`) and gives them another `job`.
    `known` are the step's own facts, `earlier` what was told on the route. `how_sure` is the
    question for confidence and `change_mind` the one for doubt, where the step asks them.
    `exhibits` are those that hold nothing but what was told; the others come with the reveal.
    """

    case: str
    minutes: int
    step: int
    steps: int
    id: str
    title: str
    frame: str
    knows: str
    job: str
    heading: str
    situation: str
    alone: int
    known: list[ShownFact]
    earlier: list[ShownFact]
    asks: list[ShownAsk]
    how_sure: ShownAsk | None
    change_mind: str
    roles: list[ShownRole]
    exhibits: list[ShownExhibit]


class ShownColumn(TypedDict):
    """A column of the reveal with its heading."""

    id: Column
    heading: str
    facts: list[ShownFact]


class ShownEvidence(TypedDict):
    """A fact that speaks for a position."""

    id: str
    text: str


class ShownPosition(TypedDict):
    """A defensible position, what speaks for it, and what would overturn it."""

    position: str
    evidence: list[ShownEvidence]
    overturned_by: str


class ShownFigure(TypedDict):
    """What a range is held against: `least` where the fact is only a lower bound."""

    ask: str
    figure: float
    unit: str
    least: bool
    fact: str


class StepReveal(TypedDict):
    """A step after the decision.

    `columns` are the documents, the public record and what is only claimed, always; then ours and
    what is made up, where there is any. `none_found` names what no public source was found for.
    `opened` says what the story is really called, in the step that opens it, and `sources` are the
    facts told before, now with where they can be looked up. `figures` are what ranges are held
    against. `leads_on` is the way to the next step, where the route goes there. `honest` is what
    the whole case can't show, at its end.
    """

    case: str
    step: int
    id: str
    title: str
    opened: str
    headline: str
    hinge: str
    columns: list[ShownColumn]
    none_found: str
    figures: list[ShownFigure]
    positions: list[ShownPosition]
    exhibits: list[ShownExhibit]
    sources: list[ShownFact]
    leads_on: str
    honest: str


def steps_of(case: CaseStudy, route: Route) -> list[CaseStep]:
    """The steps of a route in order."""
    return [case.step(part.step) for part in route.parts]


def before(case: CaseStudy, route: Route, number: int, framework: Framework) -> StepBefore:
    """What a player gets when step `number` of the route begins, 1 being the first.

    IndexError where the route has no such step.
    """
    step = _step(case, route, number)
    named = _is_open(case, step)
    known = [case.fact(it) for it in step.known]
    earlier = [fact for fact in _told(case, route, number) if fact.id not in step.known]
    told = {fact.id for fact in (*earlier, *known)}
    ready = [it for it in map(case.exhibit, step.exhibits) if {p.fact for p in it.points} <= told]
    words = framework.words
    return {
        "case": case.alias,
        "minutes": route.minutes,
        "step": number,
        "steps": len(route.parts),
        "id": step.id,
        "title": case.title if named or not case.disguise else case.disguise.title,
        "frame": case.disguise.frame if case.disguise and number == 1 else "",
        "knows": case.disguise.knows if case.disguise and number == 1 else "",
        "job": case.disguise.job if case.disguise and number == 1 else "",
        "heading": step.title,
        "situation": step.situation,
        "alone": step.alone,
        "known": [_fact(case, fact, framework, named=named) for fact in known],
        "earlier": [_fact(case, fact, framework, named=named) for fact in earlier],
        "asks": [shown_ask(asked, framework) for asked in step.asks],
        "how_sure": _how_sure(framework) if step.how_sure else None,
        "change_mind": words.text("cases.ask.change_mind") if step.change_mind else "",
        "roles": [{"title": role.title, "text": role.text} for role in step.roles],
        "exhibits": [shown(case, it, framework) for it in ready],
    }


def reveal(case: CaseStudy, route: Route, number: int, framework: Framework) -> StepReveal:
    """What a player gets once their decision in step `number` is sealed; IndexError as above."""
    step = _step(case, route, number)
    opens = bool(case.disguise) and step.opens
    named = _is_open(case, step) or opens
    facts = [case.fact(it) for it in step.reveal]
    columns = [*APART, *(it for it in OURS if any(fact.column == it for fact in facts))]
    words = framework.words
    last = number == len(route.parts)
    title = case.title if named or not case.disguise else case.disguise.title
    return {
        "case": case.alias,
        "step": number,
        "id": step.id,
        "title": title,
        "opened": words.text("cases.ask.opened", disguise=case.disguise.title, title=case.title)
        if case.disguise and opens
        else "",
        "headline": step.headline,
        "hinge": step.hinge,
        "columns": [
            {
                "id": column,
                "heading": words.text(f"cases.column.{column}"),
                "facts": [
                    _fact(case, fact, framework, named=named)
                    for fact in facts
                    if fact.column == column
                ],
            }
            for column in columns
        ],
        "none_found": step.none_found,
        "figures": [
            {
                "ask": asked.id,
                "figure": asked.figure,
                "unit": asked.unit,
                "least": asked.least,
                "fact": case.fact(asked.fact).text,
            }
            for asked in step.asks
            if asked.figure is not None and asked.fact
        ],
        "positions": [
            {
                "position": position.position,
                "evidence": [{"id": it, "text": case.fact(it).text} for it in position.evidence]
                or [{"id": "", "text": words.text("cases.none_speaks")}],
                "overturned_by": position.overturned_by,
            }
            for position in step.positions
        ],
        "exhibits": [shown(case, case.exhibit(it), framework) for it in step.exhibits],
        "sources": [
            _fact(case, fact, framework, named=True)
            for fact in _told(case, route, number)
            if opens and fact.places
        ],
        "leads_on": step.leads_on if last or _goes_on(case, route, number) else "",
        "honest": case.honest if last and named else "",
    }


# --------------------------------------------------------------------------- what was told


def _step(case: CaseStudy, route: Route, number: int) -> CaseStep:
    if not 1 <= number <= len(route.parts):
        raise IndexError(f"The route has steps 1 to {len(route.parts)}; {number} was asked for.")
    return case.step(route.parts[number - 1].step)


def _told(case: CaseStudy, route: Route, number: int) -> Iterator[CaseFact]:
    """The facts that a player has seen when the step begins.

    Of steps that the route leaves out it is what was known in them, which later ones build on.
    """
    played = [part.step for part in route.parts]
    seen: dict[str, None] = {}
    for step in case.steps:
        seen |= dict.fromkeys(step.known)
        if step.id == played[number - 1]:
            break
        seen |= dict.fromkeys(step.reveal if step.id in played else ())
    return (case.fact(fact) for fact in seen)


def _is_open(case: CaseStudy, step: CaseStep) -> bool:
    """Whether a story's real name was told before `step`."""
    opener = next((place for place, it in enumerate(case.steps) if it.opens), -1)
    return case.disguise is None or case.steps.index(step) > opener


def _goes_on(case: CaseStudy, route: Route, number: int) -> bool:
    """Whether the route's next step is the story's next one too."""
    order = [step.id for step in case.steps]
    here, there = (order.index(part.step) for part in route.parts[number - 1 : number + 1])
    return there == here + 1


# --------------------------------------------------------------------------- as JSON


def _fact(case: CaseStudy, fact: CaseFact, framework: Framework, *, named: bool) -> ShownFact:
    words = framework.words
    source = framework.sources[case.document]
    place = source.locators.get(fact.locator, fact.locator)
    return {
        "id": fact.id,
        "text": fact.text,
        "column": fact.column,
        "mark": words.text(f"cases.mark.{fact.sure}"),
        "sure": words.text(f"cases.sure.{fact.sure}"),
        "source": place,
        "places": [{"title": it.title, "address": it.address} for it in fact.places]
        if named
        else [],
        "why": fact.why,
        "how": fact.how,
    }


def shown_ask(asked: Asked, framework: Framework) -> ShownAsk:
    """A question of a step, in the words of the sheet where it asks one of a sheet's."""
    sheet_id, _, question_id = asked.of_sheet.partition(".")
    sheet = framework.sheets.get(sheet_id)
    found = sheet.asked_of(question_id) if sheet else None
    question = found[0] if found else None
    choices = asked.choices or (question.choices if question else ())
    return {
        "id": asked.id,
        "kind": asked.kind,
        "text": asked.text or (question.text if question else ""),
        "choices": [{"id": it.id, "label": it.label, "hint": it.hint} for it in choices]
        or list(_answers(asked, question, framework)),
        "unit": asked.unit,
        "sheet": sheet.title if sheet else "",
    }


def _answers(
    asked: Asked, question: Question | None, framework: Framework
) -> Iterator[ShownChoice]:
    """Yes, partly, no and don't know, for a sheet's question that has no choices of its own."""
    if asked.kind == "one" and question and question.kind == "answer":
        for answer in ANSWERS:
            yield {"id": answer, "label": framework.words.text(f"answer.{answer}"), "hint": ""}


def _how_sure(framework: Framework) -> ShownAsk:
    words = framework.words.group("cases.certain")
    return {
        "id": "how_sure",
        "kind": "one",
        "text": words["text"],
        "choices": [{"id": it, "label": words[it], "hint": ""} for it in CERTAIN],
        "unit": "",
        "sheet": "",
    }
