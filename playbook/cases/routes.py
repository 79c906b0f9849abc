"""A case on the clock: which steps a route has, and how long each takes."""

from __future__ import annotations

from typing import NamedTuple

from playbook.model.case import CaseStep, CaseStudy, Route


class Stop(NamedTuple):
    """A step on a route, its minutes there, and when it begins: minutes after the route does."""

    step: CaseStep
    minutes: int
    begins: int


def stops(case: CaseStudy, route: Route) -> list[Stop]:
    """The steps of a route in order, each with its minutes, after the story has been told."""
    found: list[Stop] = []
    clock = route.frame
    for part in route.parts:
        step = case.step(part.step)
        minutes = part.minutes or step.minutes
        found.append(Stop(step, minutes, clock))
        clock += minutes
    return found


def total(case: CaseStudy, route: Route) -> int:
    """What a route's frame, steps, debrief and sentence to carry home take together, in minutes."""
    steps = sum(stop.minutes for stop in stops(case, route))
    return route.frame + steps + route.debrief + route.carry


def cuts(case: CaseStudy, route: Route) -> list[tuple[CaseStep, int]]:
    """What a late class may leave out, the first cut first, with the minutes that each saves."""
    return [(stop.step, stop.minutes) for stop in stops(case, route) if stop.step.can_cut]
