"""A case study as steps of a programme: the same minutes, questions and replies, so that a class
can be led through it."""

from __future__ import annotations

from collections.abc import Iterator

from playbook.cases.routes import stops
from playbook.framework import Framework
from playbook.model.case import Asked, CasePhase, CaseStep, CaseStudy, Route
from playbook.model.programme import Cut, Phase, PhaseKind, Step, StepQuestion
from playbook.worksheet.kinds import choice_labels

_AS_TALK = ("tell", "talk", "exhibit", "carry", "ranges", "debrief", "reveal")
_FORMS = {"one": "one", "many": "many", "number": "range", "text": "text"}
_FIRST_CUT = 1


def case_steps(case: CaseStudy, route: Route, framework: Framework) -> tuple[Step, ...]:
    """The steps of a route, from the story to the sentence that people carry home. They take the
    route's minutes; cuts are numbered in their order."""
    return tuple(_all(case, route, framework))


def _all(case: CaseStudy, route: Route, framework: Framework) -> Iterator[Step]:
    words, opening = framework.words, case.opening
    told = case.disguise.frame if case.disguise else case.synopsis
    title = case.disguise.title if case.disguise else case.title
    if route.frame:
        yield _talk(f"{case.id}_frame", title, route.frame, told, opening)
    order = _FIRST_CUT
    for stop in stops(case, route):
        yield _step(case, stop.step, stop.minutes, order, framework)
        order += stop.step.can_cut
    if route.debrief:
        say = case.debrief[0] if case.debrief else words.text("kit.debrief_say")
        yield _talk(f"{case.id}_debrief", words.text("kit.debrief"), route.debrief, say, "")
    if route.carry:
        carry = _talk(f"{case.id}_carry", words.text("kit.carry"), route.carry, case.carry.ask, "")
        yield carry.model_copy(update={"sheet": case.carry.sheet})


def _talk(step_id: str, title: str, minutes: int, say: str, lead_on: str) -> Step:
    phases = (Phase(do="talk", minutes=minutes),)
    return Step(id=step_id, title=title, minutes=minutes, phases=phases, say=say, lead_on=lead_on)


def _step(case: CaseStudy, step: CaseStep, minutes: int, order: int, framework: Framework) -> Step:
    asked, kinds = _voted(step), [it.kind for it in step.phases]
    teams = "decisions" in kinds
    phases = tuple(_phases(step, minutes, votes=asked is not None and not teams))
    question = _question(case, asked, framework) if asked else None
    cut = None
    if step.can_cut:
        instead = framework.words.text("kit.cut_case")
        cut = Cut(order=order, saves=minutes, instead=instead)
    return Step(
        id=f"{case.id}_{step.id}",
        title=step.title,
        minutes=minutes,
        phases=phases,
        say=step.situation,
        question=None if teams else question,
        decision=question if teams else None,
        team_size=max(len(step.roles), 2) if step.roles else 5,
        roles=step.roles,
        replies=step.replies,
        lead_on=step.leads_on,
        cut=cut,
    )


def _voted(step: CaseStep) -> Asked | None:
    """The one question that the class votes on: a team's sentence, else a choice, else a range."""
    kinds = [it.kind for it in step.phases]
    wanted: tuple[str, ...]
    if "decisions" in kinds:
        wanted = ("text", "one", "many")
    elif "vote" in kinds:
        wanted = ("one", "many", "text", "number")
    elif "ranges" in kinds:
        wanted = ("number",)
    else:
        return None
    return min(
        (it for it in step.asks if it.kind in wanted),
        key=lambda it: wanted.index(it.kind),
        default=None,
    )


def _phases(step: CaseStep, minutes: int, votes: bool) -> Iterator[Phase]:
    kinds = [it.kind for it in step.phases]
    ranges_only = "ranges" in kinds and "vote" not in kinds
    met: set[str] = set()
    for phase, share in zip(step.phases, _shares(step.phases, minutes), strict=True):
        do = _as_done(phase, votes, ranges_only, met, shows_result="reveal" in kinds)
        met.add(do)
        yield Phase(do=do, minutes=share, say=phase.say)


def _as_done(
    phase: CasePhase, votes: bool, ranges_only: bool, met: set[str], shows_result: bool
) -> PhaseKind:
    """What a class does in it. What has no result yet to show is a talk."""
    kind = phase.kind
    if kind in ("teams", "decisions"):
        return kind
    if "decisions" in met and "matrix" not in met and kind == "reveal":
        return "matrix"
    if votes and (kind == "vote" or (kind == "ranges" and ranges_only)):
        return "vote"
    if kind == "vote_again" and "vote" in met:
        return "vote_again"
    shown = kind == "reveal" or (kind == "debrief" and not shows_result)
    if shown and "vote" in met and "reveal" not in met:
        return "reveal"
    return "talk"


def _shares(phases: tuple[CasePhase, ...], minutes: int) -> list[int]:
    """The minutes of each phase where the step has so many in all: in proportion, whole, and what
    is left to the largest remainders."""
    whole = sum(it.minutes for it in phases) or 1
    exact = [it.minutes * minutes / whole for it in phases]
    shares = [int(it) for it in exact]
    by_rest = sorted(range(len(exact)), key=lambda n: shares[n] - exact[n])
    for n in by_rest[: minutes - sum(shares)]:
        shares[n] += 1
    return shares


def _question(case: CaseStudy, asked: Asked, framework: Framework) -> StepQuestion:
    text, labels = asked_in_words(asked, framework)
    about: dict[str, object] = {"form": _FORMS[asked.kind], "text": text}
    if asked.kind in ("one", "many"):
        about |= {"choices": labels}
    if asked.kind == "number":
        about |= {"unit": asked.unit}
        if asked.figure is not None and asked.fact:
            fact = case.fact(asked.fact)
            source = fact.places[0].title if fact.places else ""
            bound = "more" if asked.least else "exact"
            about |= {"fact": f"{asked.figure:g}", "bound": bound, "source": source}
    return StepQuestion.model_validate(about)


def asked_in_words(asked: Asked, framework: Framework) -> tuple[str, tuple[str, ...]]:
    """A question's text and its choices, those of a sheet's question where it asks one."""
    labels, text = tuple(it.label for it in asked.choices), asked.text
    if asked.of_sheet:
        sheet, _, question_id = asked.of_sheet.partition(".")
        found = framework.sheets[sheet].asked_of(question_id)
        if found:
            text = text or found[0].text
            labels = labels or tuple(choice_labels(found[0], framework.words).values())
    return text, labels
