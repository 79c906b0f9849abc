"""A class that plays a case, and what of the case it must not have heard at each point."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from functools import cache

from playbook.cases.plans import ClassPlans
from playbook.model.case import CaseStep, CaseStudy, Route
from playbook.model.programme import Programme
from tests.cohort.people import load_framework

At = tuple[int, int]
"""A step of the plan and a phase of it, both from 0; (-1, -1) before it began."""
BEFORE_IT: At = (-1, -1)
ASKING: Collection[str] = ("vote", "ranges", "decisions", "again")
DRAWN: Collection[str] = ("exhibit", "facts")
VALUE = '"value": "{:g}"'
"""A fact that ranges are held against, as a state has it."""


@cache
def plans() -> ClassPlans:
    return ClassPlans(load_framework())


def spoilers(name: str, at: At) -> set[str]:
    """All texts of a case's route that nobody may have been sent by then, as they stand in JSON."""
    told = _of_route(name)
    heard = "\n".join(text for when, text in told if when <= at)
    return {text for when, text in told if when > at and text not in heard}


@cache
def _of_route(name: str) -> list[tuple[At, str]]:
    case, programme = plans().case(name.rpartition("_")[0]), plans()[name]
    route = next(it for it in case.routes if it.minutes == programme.minutes)
    told = _told(case, route, programme)
    return [(when, _in_json(text)) for when, text in told if text]


def _in_json(text: str) -> str:
    is_json = text.startswith(VALUE[:8])
    return text if is_json else json.dumps(text, ensure_ascii=False)[1:-1]


def _told(case: CaseStudy, route: Route, programme: Programme) -> Iterator[tuple[At, str]]:
    """Every text of the case with the first moment at which it may be heard."""
    played = {f"{case.id}_{part.step}" for part in route.parts}
    opened: At | None = None
    for number, planned in enumerate(programme.steps):
        if planned.id not in played:
            continue
        step = case.step(planned.id.removeprefix(f"{case.id}_"))
        kinds = [phase.do for phase in planned.phases]
        begins, shown = (number, kinds.index("tell")), (number, kinds.index("facts"))
        opened = shown if step.opens else opened
        for text in _before(case, step):
            yield begins, text
        for kind, text in _on_the_way(case, step):
            when = next((it for it, do in enumerate(kinds) if do in kind), None)
            yield ((number, when) if when is not None else shown), text
        opened_once = {it for one in case.steps for it in one.reveal}
        evidence = [it for one in step.positions for it in one.evidence if it in opened_once]
        for text in (*_after(case, step), *(case.fact(it).text for it in evidence)):
            yield shown, text
        for asked in step.asks:
            if asked.figure is not None:
                held = number, kinds.index("held")
                yield held, f"{asked.figure:g} {asked.unit}"
                yield held, VALUE.format(asked.figure)
    if case.disguise:
        assert opened, "a test of a disguised story looks at a route that opens it"
        for word in case.disguise.hidden:
            for form in (word, word.capitalize(), word.title()):
                yield opened, form
        for fact in case.facts:
            if any(fact.id in case.step(part.step).known for part in route.parts):
                yield from ((opened, place.address) for place in fact.places)
    for step in case.steps:  # of one that is left out, later ones build on what was known in it
        if f"{case.id}_{step.id}" not in played:
            yield from (((len(programme.steps), 0), text) for text in _after(case, step))


def _on_the_way(case: CaseStudy, step: CaseStep) -> Iterator[tuple[Collection[str], str]]:
    """What is asked and drawn in a step, with the phases that may tell it first."""
    for asked in step.asks:
        yield ASKING, asked.text
        for choice in asked.choices:
            yield ASKING, choice.label
    for exhibit in map(case.exhibit, step.exhibits):
        for text in (exhibit.title, exhibit.question, exhibit.note):
            yield DRAWN, text


def _before(case: CaseStudy, step: CaseStep) -> Iterator[str]:
    yield from (step.title, step.situation)
    yield from (case.fact(it).text for it in step.known)


def _after(case: CaseStudy, step: CaseStep) -> Iterator[str]:
    yield from (step.headline, step.hinge, step.none_found)
    for position in step.positions:
        yield from (position.position, position.overturned_by)
    for fact in map(case.fact, step.reveal):
        yield from (fact.text, fact.why, fact.how)
