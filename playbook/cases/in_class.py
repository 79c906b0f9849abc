"""A case's route as steps of a programme, which whoever leads a class goes through with Next.

The story is told, each step of the route follows, and in the end one sentence is carried home. A
step tells its situation, asks, and shows what was answered and then what is known, in an order of
its own: nothing that it reveals comes before the phase that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from playbook.cases.routes import Stop, stops
from playbook.cases.steps import before, reveal
from playbook.framework import Framework
from playbook.model.case import Asked, CasePhase, CaseStep, CaseStudy, Route
from playbook.model.programme import (
    CarryTo,
    CaseTold,
    Cut,
    Phase,
    PhaseKind,
    RoleCard,
    Step,
    StepQuestion,
)

TELLING = 1
"""Minutes of the story's beginning that asking who knows it takes, where it has more than that."""
_SHOWN_BY: Mapping[str, PhaseKind] = {
    "ranges": "held",
    "vote": "reveal",
    "vote_again": "reveal",
    "decisions": "matrix",
}
"""By what is asked, the phase that shows what was answered."""
_SOURCE_LENGTH = 120


def plan(case: CaseStudy, route: Route, framework: Framework) -> tuple[Step, ...]:
    """The steps of a class that plays this route; their minutes add up to the route's."""
    say = framework.words.text
    steps = [_beginning(case, route, framework)]
    for number, stop in enumerate(stops(case, route), 1):
        steps.append(_step(case, route, number, stop, framework))
    if route.debrief:
        minutes = shared(route.debrief, [1] * max(1, len(case.debrief)))
        asked = case.debrief or (say("cases.class.debrief"),)
        steps.append(
            Step(
                id=f"{case.id}_debrief",
                title=say("cases.class.debrief"),
                minutes=route.debrief,
                case=case.id,
                phases=tuple(
                    Phase(do="talk", minutes=part, say=line)
                    for part, line in zip(minutes, asked, strict=True)
                ),
                lead_on=say("cases.class.to_carry"),
            )
        )
    steps.append(_carry(case, route, framework))
    return _with_cuts(case, steps, framework)


def shared(minutes: int, weights: Sequence[int]) -> list[int]:
    """Whole minutes in the shares of `weights`, adding up to `minutes`; the largest remainders,
    and among them the first, take what is left."""
    whole = sum(weights)
    if not whole:
        return [*[0] * (len(weights) - 1), minutes]
    parts = [minutes * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda it: -(minutes * weights[it] % whole))
    for place in order[: minutes - sum(parts)]:
        parts[place] += 1
    return parts


# --------------------------------------------------------------------------- the steps


def _beginning(case: CaseStudy, route: Route, framework: Framework) -> Step:
    """The story's beginning; of a disguised one, who knows it is asked for the trainer alone."""
    say, told = framework.words.text, case.disguise
    phases = [Phase(do="talk", minutes=route.frame)]
    question = critic = None
    if told:
        first = max(0, route.frame - TELLING)
        asks = Phase(do="vote", minutes=route.frame - first, say=say("cases.class.knows"))
        phases = [Phase(do="talk", minutes=first), asks]
        choices = (say("cases.class.knows_yes"), say("cases.class.knows_no"))
        question = StepQuestion(form="one", text=told.knows, choices=choices, trainer_only=True)
        critic = RoleCard(title=say("cases.class.critic"), text=told.job)
    return Step(
        id=f"{case.id}_begins",
        title=told.title if told else case.title,
        minutes=route.frame,
        say=told.frame if told else case.synopsis,
        case=case.id,
        question=question,
        critic=critic,
        phases=tuple(phases),
        lead_on=case.opening,
    )


def _step(case: CaseStudy, route: Route, number: int, stop: Stop, framework: Framework) -> Step:
    step = stop.step
    told = CaseTold(
        before=dict(before(case, route, number, framework)),
        after=dict(reveal(case, route, number, framework)),
    )
    asked = [_question(case, it, told.before["title"], framework) for it in step.asks]
    usable = [(it, found) for it, found in zip(step.asks, asked, strict=True) if found]
    numbers = [found for it, found in usable if it.kind == "number"]
    others = [found for it, found in usable if it.kind != "number"]
    phases = list(_phases(step, stop.minutes))
    kinds = {phase.do for phase in phases}
    lacks = _lacking(step, framework)
    return Step(
        id=f"{case.id}_{step.id}",
        title=step.title,
        minutes=stop.minutes,
        note=lacks,
        case=case.id,
        tells=told,
        range=numbers[0] if numbers and "ranges" in kinds else None,
        question=others[-1 if "decisions" in kinds else 0] if others and "vote" in kinds else None,
        decision=others[0] if others and "decisions" in kinds else None,
        how_sure=step.how_sure and bool(usable),
        change_mind=step.change_mind and bool(usable),
        phases=tuple(_askable(phases, bool(numbers), bool(others))),
        roles=step.roles,
        replies=step.replies,
        lead_on=told.after["leads_on"],
    )


def _phases(step: CaseStep, minutes: int) -> Iterator[Phase]:
    """What a class does in a step: the case's own phases in its time, with what each has to show.

    The situation comes first. Whatever was asked is shown before what is known of it, and both
    share the minutes of the case's phase; so do the step's exhibits, as many as have a minute.
    """
    waiting: list[PhaseKind] = []
    is_told = False
    parts = shared(minutes, [it.minutes for it in step.phases])
    if step.phases[0].kind != "tell":
        yield Phase(do="tell", minutes=0)
    last = max(n for n, it in enumerate(step.phases) if n == 0 or it.kind in _SHOWN_BY)
    for place, (given, time) in enumerate(zip(step.phases, parts, strict=True)):
        if given.kind in _SHOWN_BY:
            waiting = [*dict.fromkeys([*waiting, _SHOWN_BY[given.kind]])]
        shows: list[PhaseKind] = []
        if given.kind == "reveal" or given.kind == "debrief":  # noqa: PLR1714 - mypy narrows these
            is_told = place > last  # nothing is asked any more
            shows = [*waiting, "facts"] if is_told else waiting or ["talk"]
            waiting = []
        elif given.kind == "exhibit":
            drawn: list[PhaseKind] = ["exhibit"] * max(1, min(time, len(step.exhibits)))
            shows = [*(it for it in waiting if it == "held"), *drawn]
            waiting = [it for it in waiting if it != "held"]
        else:
            shows = [given.kind if given.kind != "carry" else "talk"]
        yield from _timed(given, time, shows)
    if not is_told:
        left: list[PhaseKind] = [*waiting, "facts"]
        yield from (Phase(do=it, minutes=0) for it in left)


def _timed(given: CasePhase, minutes: int, shows: Sequence[PhaseKind]) -> Iterator[Phase]:
    """The phases in the minutes of one, of which the last has what can't be shared; its sentence
    goes with the first of them, or in a debrief or before an exhibit with what comes of it."""
    parts = [minutes // len(shows)] * (len(shows) - 1)
    parts.append(minutes - sum(parts))
    if shows[0] == "held":  # its time is that of what is looked at next
        parts = [0, *shared(minutes, [1] * (len(shows) - 1))]
    place = {
        "debrief": len(shows) - 1,
        "exhibit": shows.index("exhibit") if "exhibit" in shows else 0,
    }
    for number, (kind, part) in enumerate(zip(shows, parts, strict=True)):
        says = given.say if number == place.get(given.kind, 0) else ""
        yield Phase(do=kind, minutes=part, say=says)


def _askable(phases: Sequence[Phase], has_range: bool, has_question: bool) -> Iterator[Phase]:
    """The phases, where what can't be asked is talked about instead, and then not shown."""
    lacking: set[PhaseKind] = set()
    if not has_range:
        lacking |= {"ranges", "held"}
    if not has_question:
        lacking |= {"vote", "vote_again", "reveal", "decisions", "matrix"}
    for phase in phases:
        if phase.do not in lacking:
            yield phase
        elif phase.minutes or phase.say:
            yield phase.model_copy(update={"do": "talk"})


def _carry(case: CaseStudy, route: Route, framework: Framework) -> Step:
    """The last step: into the sheet that the case names, or where that is missing, kept among
    one's own answers."""
    say, to = framework.words.text, case.carry
    is_there = to.sheet in framework.sheets
    home = CarryTo(
        case=case.id,
        minutes=route.minutes,
        title=reveal(case, route, len(route.parts), framework)["title"],
        sheet=to.sheet,
        question=to.question,
        ask=to.ask,
    )
    lacks = say("cases.class.no_sheet", sheet=framework.titles.get(to.sheet, to.sheet))
    return Step(
        id=f"{case.id}_carry",
        title=say("cases.class.carry"),
        minutes=route.carry,
        case=case.id,
        say=to.ask,
        note="" if is_there else lacks,
        carry=home if is_there else None,
        question=None if is_there else StepQuestion(form="text", text=to.ask),
        phases=(Phase(do="carry" if is_there else "vote", minutes=route.carry),),
    )


# --------------------------------------------------------------------------- what is asked


def _question(
    case: CaseStudy, asked: Asked, title: str, framework: Framework
) -> StepQuestion | None:
    """What a class is asked: the sheet's own question where it is there, about the case as it is
    called by then, else in the case's words; None where there are neither."""
    sheet_id, _, question_id = asked.of_sheet.partition(".")
    sheet = framework.sheets.get(sheet_id)
    found = sheet.asked_of(question_id) if sheet else None
    if found and not asked.text:
        question, table = found
        path = f"{table}/{question.id}" if table else question.id
        return StepQuestion(sheet=sheet_id, question=path, about=title)
    if not asked.text:
        return None
    if asked.kind == "text":
        return StepQuestion(form="text", text=asked.text)
    if asked.kind == "number":
        return _range(case, asked)
    labels = tuple(it.label for it in asked.choices)
    if not labels and found and found[0].kind == "answer":
        return StepQuestion(form="yes_no", text=asked.text)
    if not labels and found:
        labels = tuple(it.label for it in found[0].choices)
    return StepQuestion(form=asked.kind, text=asked.text, choices=labels)


def _range(case: CaseStudy, asked: Asked) -> StepQuestion:
    """A range before the fact, which says who knows it."""
    fact = case.fact(asked.fact or "")
    places = "; ".join(it.title for it in fact.places)
    return StepQuestion(
        form="range",
        text=asked.text,
        unit=asked.unit,
        fact=f"{asked.figure:g}",
        bound="more" if asked.least else "exact",
        source=places[:_SOURCE_LENGTH],
    )


def _lacking(step: CaseStep, framework: Framework) -> str:
    """That a sheet which the step asks of is not there; empty where all are."""
    named = {it.of_sheet.partition(".")[0] for it in step.asks if it.of_sheet}
    lacking = sorted(named - framework.sheets.keys())
    titles = ", ".join(framework.titles.get(it, it) for it in lacking)
    return framework.words.text("cases.class.no_sheet", sheet=titles) if lacking else ""


# --------------------------------------------------------------------------- cuts


def _with_cuts(case: CaseStudy, steps: Sequence[Step], framework: Framework) -> tuple[Step, ...]:
    """The same where a late class may leave out what the case can do without."""
    can = {f"{case.id}_{it.id}" for it in case.steps if it.can_cut}
    instead = framework.words.text("cases.class.cut")
    return in_order(
        it.model_copy(update={"cut": Cut(order=1, saves=it.minutes, instead=instead)})
        if it.id in can
        else it
        for it in steps
    )


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps with cuts that are numbered from 1, those of one number in their order."""
    found = [*steps]
    cuts = sorted((it.cut.order, place) for place, it in enumerate(found) if it.cut)
    for number, (_, place) in enumerate(cuts, 1):
        cut = found[place].cut
        assert cut is not None
        update = {"cut": cut.model_copy(update={"order": number})}
        found[place] = found[place].model_copy(update=update)
    return tuple(found)
