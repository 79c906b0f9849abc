"""What people are expected to answer in a case, so that a trainer rehearses the real class.

The shares are content, beside the questions. A range is written as "20 to 80", a sentence as it is.
"""

from __future__ import annotations

from collections.abc import Mapping

from playbook.cases.steps import ShownAsk, before
from playbook.framework import Framework
from playbook.model.case import CaseStudy, Route

Expected = Mapping[str, Mapping[str, float]]
"""By the words of a question, the share of people for each answer as it is read."""
TO = " to "


def expected(case: CaseStudy, route: Route, framework: Framework) -> Expected:
    """The shares of the answers to the questions on a route of a case; none for a question of which
    nothing is expected."""
    found: dict[str, Mapping[str, float]] = {}
    for number, part in enumerate(route.parts, 1):
        told, step = before(case, route, number, framework), case.step(part.step)
        for ask in told["asks"]:
            shares = step.expects.get(ask["id"])
            if shares:
                found[ask["text"]] = _as_read(ask, shares)
    return found


def _as_read(ask: ShownAsk, shares: Mapping[str, float]) -> dict[str, float]:
    labels = {choice["id"]: choice["label"] for choice in ask["choices"]}
    return {labels.get(answer, answer): share for answer, share in shares.items()}
