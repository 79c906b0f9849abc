"""The plan of a class: a programme with its cases in it, on the clock, and what to cut when late.

Pure: minutes in, minutes and clock times out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from playbook.cases.plans import ClassPlans
from playbook.framework import Framework
from playbook.kit.content import Venue
from playbook.model.case import CaseStudy, Route
from playbook.model.programme import Phase, Programme, Step, StepQuestion, asked_by
from playbook.model.vignettes import ROUNDS
from playbook.worksheet.kinds import choice_labels

LATE = (5, 10, 15)
"""Minutes for which the run of show says what to cut."""


@dataclass(frozen=True, slots=True)
class ClockStep:
    """A step on the clock: when it begins, its number among those that are no break (0: one)."""

    step: Step
    begins: time
    number: int


@dataclass(frozen=True, slots=True)
class SavedTime:
    """A step that is left out, or shortened to end with its decisions: what that saves."""

    step: Step
    minutes: int
    shortened: bool


@dataclass(frozen=True, slots=True)
class LatePlan:
    """What to cut when a class is so many minutes late; it ends `over` minutes later all the same.
    `over` is 0 where the cuts are enough."""

    late: int
    saved: tuple[SavedTime, ...]

    @property
    def minutes(self) -> int:
        """What is saved in all."""
        return sum(it.minutes for it in self.saved)

    @property
    def over(self) -> int:
        """How much later it ends."""
        return max(self.late - self.minutes, 0)


@dataclass(frozen=True, slots=True)
class SessionPlan:
    """One sitting: its programme as it is led, its day and clock."""

    programme: Programme
    day: date
    steps: tuple[ClockStep, ...]
    ends: time

    @property
    def begins(self) -> time:
        """When it begins."""
        return self.steps[0].begins

    @property
    def pauses(self) -> int:
        """Minutes of breaks."""
        return sum(it.step.minutes for it in self.steps if it.step.pause)

    @property
    def late(self) -> tuple[LatePlan, ...]:
        """What to cut when it is late."""
        return tuple(when_late(self.programme, minutes) for minutes in LATE)


def with_cases(
    programme: Programme, cases: Sequence[tuple[CaseStudy, Route]], framework: Framework
) -> Programme:
    """The programme as it is led: its cases' own steps, or those of `cases`, in place of the steps
    that may give way to them."""
    giving = [n for n, it in enumerate(programme.steps) if it.id in programme.cases_for]
    if cases and giving:
        blocks = [_block(case, route) for case, route in cases]
        steps = (*programme.steps[: giving[0]], *blocks, *programme.steps[giving[-1] + 1 :])
        programme = programme.model_copy(update={"steps": steps, "cases_for": ()})
    return ClassPlans(framework).expanded(programme)


def _block(case: CaseStudy, route: Route) -> Step:
    phases = (Phase(do="talk", minutes=route.minutes),)
    return Step(id=case.id, title=case.title, minutes=route.minutes, case=case.id, phases=phases)


def at_venue(programme: Programme, venue: Venue) -> Programme:
    """The programme as it runs there: where teams need longer to find each other, the longest
    other phase of the same step gives them the minutes."""
    steps = tuple(_with_team_time(it, venue.team_minutes) for it in programme.steps)
    return programme.model_copy(update={"steps": steps})


def _with_team_time(step: Step, least: int) -> Step:
    phases = [*step.phases]
    forming = next((n for n, it in enumerate(phases) if it.do == "teams"), None)
    if forming is None or phases[forming].minutes >= least:
        return step
    others = [n for n in range(len(phases)) if n != forming]
    giver = max(others, key=lambda n: phases[n].minutes)
    taken = min(least - phases[forming].minutes, max(phases[giver].minutes - 1, 0))
    for n, change in ((forming, taken), (giver, -taken)):
        phases[n] = phases[n].model_copy(update={"minutes": phases[n].minutes + change})
    return step.model_copy(update={"phases": tuple(phases)})


def on_the_clock(programme: Programme, day: date, start: time) -> SessionPlan:
    """The programme from that time on."""
    now, number, found = datetime.combine(day, start), 0, []
    for step in programme.steps:
        number += not step.pause
        found.append(ClockStep(step, now.time(), 0 if step.pause else number))
        now += timedelta(minutes=step.minutes)
    return SessionPlan(programme, day, tuple(found), now.time())


def when_late(programme: Programme, late: int) -> LatePlan:
    """The cuts in their order until they are enough; then team steps end with their decisions."""
    saved: list[SavedTime] = []
    for one in _may_be_saved(programme):
        if sum(it.minutes for it in saved) >= late:
            break
        saved.append(one)
    return LatePlan(late, tuple(saved))


def _may_be_saved(programme: Programme) -> Iterator[SavedTime]:
    for step in programme.cuts:
        yield SavedTime(step, step.minutes, shortened=False)
    for step in programme.steps:
        kinds = [it.do for it in step.phases]
        if step.cut is None and "decisions" in kinds:
            after = step.phases[kinds.index("decisions") + 1 :]
            if minutes := sum(it.minutes for it in after):
                yield SavedTime(step, minutes, shortened=True)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """What a step asks, in words: its text, what stands below it, what may be chosen."""

    text: str
    lead: str
    choices: tuple[str, ...]
    form: str
    unit: str


def questions_of(step: Step, framework: Framework) -> list[AskedQuestion]:
    """The questions of a step, as people read them."""
    return [_in_words(step, it, framework) for it in asked_by(step)]


def _in_words(step: Step, asked: StepQuestion, framework: Framework) -> AskedQuestion:
    words, choices, form = framework.words, asked.choices, asked.form
    text, lead = asked.text, asked.lead
    if form in ROUNDS:
        given = framework.vignettes
        return AskedQuestion(given.ask, given.fictional, given.choices, form, "")
    sheet = framework.sheets.get(asked.sheet or step.sheet)
    if asked.prompt and sheet:
        prompt = next(it for it in sheet.prompts if it.id == asked.prompt)
        text, lead = prompt.title, prompt.text
    elif asked.question and sheet:
        table, _, name = asked.question.rpartition("/")
        question = sheet.question(name, table or None)
        text, lead, form = question.text, asked.about or question.why, question.kind
        choices = tuple(choice_labels(question, words).values())
    if form == "yes_no":
        choices = tuple(words.text(f"answer.{it}") for it in ("yes", "partly", "no", "dont_know"))
    return AskedQuestion(text, lead, choices, form, asked.unit)


def said(step: Step) -> str:
    """What people read while a step runs; of a case, its situation."""
    return step.say or (str(step.tells.before.get("situation", "")) if step.tells else "")
