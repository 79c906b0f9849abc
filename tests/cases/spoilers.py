"""What no byte may hold before a decision is sealed, sentence by sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from playbook.cases.steps import steps_of
from playbook.model.case import CaseStep, CaseStudy, Route


def as_text(payload: Any) -> str:
    return json.dumps(payload, ensure_ascii=False)


def secret(case: CaseStudy, step: CaseStep) -> Iterator[str]:
    """The reveal's own sentences."""
    yield from (step.headline, step.hinge, step.none_found, step.leads_on)
    for position in step.positions:
        yield from (position.position, position.overturned_by)
    for fact in map(case.fact, step.reveal):
        yield from (fact.text, fact.why, fact.how)


def coming(case: CaseStudy, step: CaseStep) -> Iterator[str]:
    """All sentences of a step that has not begun."""
    yield from (step.title, step.situation)
    yield from (asked.text for asked in step.asks)
    yield from (case.fact(it).text for it in step.known)
    yield from secret(case, step)


def spoilers(case: CaseStudy, route: Route, number: int, *, sealed: bool) -> set[str]:
    """What step `number` of the route must not hold, as far as it was not said already."""
    steps = steps_of(case, route)
    here = case.steps.index(steps[number - 1])
    said = {text for step in case.steps[: here + 1] for text in coming(case, step)}
    own = set(secret(case, case.steps[here]))
    hidden = set() if sealed else own
    hidden |= {text for step in case.steps[here + 1 :] for text in coming(case, step)}
    known = {fact.text for fact in case.told_before(case.steps[here].id)}
    return {text for text in hidden if text} - (said - own) - known - ({*own} if sealed else set())
