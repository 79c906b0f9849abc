"""The plan of a class in the file: its steps, where it is, and what it left behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import uuid4

from sqlalchemy import delete, func, insert, select, update

from playbook.cohort import polls, room_row
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction
from playbook.model.programme import Phase, Step
from playbook.model.vignettes import AFTER
from playbook.store import class_schema as schema


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the class's plan, in its place."""

    id: str
    place: int
    given: Step
    cut: bool
    added: bool


@dataclass(frozen=True, slots=True)
class Running:
    """The step and the phase that run. Times are in UTC."""

    step: PlannedStep
    number: int
    began: datetime
    step_began: datetime

    @property
    def phase(self) -> Phase:
        """The phase that runs."""
        return self.step.given.phases[self.number]


@lru_cache(maxsize=256)
def _read(given: str) -> Step:
    return Step.model_validate_json(given)


def steps(turn: Transaction) -> list[PlannedStep]:
    """The plan of the member's class, in its order."""
    return turn.once(_steps)


def _steps(turn: Transaction) -> list[PlannedStep]:
    here = select(schema.step).where(schema.step.c.cohort == turn.who.cohort)
    found = turn.connection.execute(here.order_by(schema.step.c.place))
    return [PlannedStep(it.id, it.place, _read(it.given), it.cut, it.added) for it in found]


def running(turn: Transaction) -> Running | None:
    """Where the class is; None before the first step, and without a plan."""
    row = room_row.current(turn)
    step = next((it for it in steps(turn) if it.id == row.step), None)
    if step is None or not 0 <= row.phase < len(step.given.phases):
        return None
    return Running(step, row.phase, row.began, row.step_began)


def passed_over(turn: Transaction) -> set[str]:
    """The ids of the votes that were closed and never shown, and that the class has left behind:
    the plan runs another step, or asked something since. Nobody waits for their result."""
    now, every = running(turn), polls.every(turn)
    here = now.step.id if now else None
    planned = max((place for place, it in enumerate(every) if it.step), default=0)
    return {
        it.id
        for place, it in enumerate(every)
        if it.state == "closed" and (it.step != here if it.step else place < planned)
    }


def poll_of(turn: Transaction, step: PlannedStep, number: int) -> Poll | None:
    """The vote that a phase of a step is about, once it was opened: of the teams, or of people; the
    second one from the phase on that asks again; in a step that asks for a range as well, that."""
    given, phases = step.given, step.given.phases[: number + 1]
    asks_teams = bool(given.question and given.question.by_team)
    by_team = asks_teams or phases[-1].do in ("decisions", "matrix")
    is_range = given.range is not None and phases[-1].do in ("ranges", "held")
    again = any(it.do == "vote_again" for it in phases) and not is_range
    found = [it for it in polls.every(turn) if it.step == step.id and it.by_team is by_team]
    found = [it for it in found if not it.is_part]
    if given.range is not None:
        found = [it for it in found if it.counted.is_range is is_range]
    wanted = [it for it in found if it.form == AFTER or bool(it.before) is again]
    return wanted[-1] if wanted else None


def trainer_only(turn: Transaction) -> set[str]:
    """The ids of the steps whose question is told to the trainer only."""
    return {it.id for it in steps(turn) if it.given.question and it.given.question.trainer_only}


def replace(turn: Transaction, title: str | None, given: tuple[Step, ...]) -> None:
    """Another plan instead of the one before; None for no plan."""
    here = schema.step.c.cohort == turn.who.cohort
    turn.connection.execute(delete(schema.passed).where(schema.passed.c.cohort == turn.who.cohort))
    turn.connection.execute(delete(schema.step).where(here))
    for place, step in enumerate(given, 1):
        add(turn, step, place, added=False)
    nowhere = {"started": None, "step": None, "phase": None, "began": None, "step_began": None}
    room_row.change(turn, plan=title, **nowhere)


def add(turn: Transaction, given: Step, place: int, *, added: bool) -> str:
    """A step at this place, those from there on after it; its id."""
    step = schema.step
    after = (step.c.cohort == turn.who.cohort) & (step.c.place >= place)
    turn.connection.execute(update(step).where(after).values(place=step.c.place + 1))
    row = {"id": str(uuid4()), "cohort": turn.who.cohort, "place": place, "cut": False}
    row |= {"given": given.model_dump_json(), "added": added}
    turn.connection.execute(insert(step).values(row))
    return str(row["id"])


def set_cut(turn: Transaction, step_id: str, is_cut: bool) -> None:
    """Take a step out of the plan, or back into it."""
    here = schema.step.c.id == step_id
    turn.connection.execute(update(schema.step).where(here).values(cut=is_cut))


_KEPT = ("step", "phase", "began", "step_began", "timer_ends", "sheet", "note")


def leave(turn: Transaction) -> None:
    """Keep where the class is, for `come_back`."""
    here = schema.passed.c.cohort == turn.who.cohort
    last = turn.connection.scalar(select(func.max(schema.passed.c.place)).where(here))
    row = room_row.current(turn)
    kept = {name: getattr(row, name) for name in _KEPT}
    place = {"cohort": turn.who.cohort, "place": (last or 0) + 1}
    turn.connection.execute(insert(schema.passed).values(kept | place))


def come_back(turn: Transaction) -> bool:
    """Be again where the class was before; False where it was nowhere else."""
    passed = schema.passed
    here = select(passed).where(passed.c.cohort == turn.who.cohort).order_by(passed.c.place.desc())
    last = turn.connection.execute(here).first()
    if last is None:
        return False
    gone = (passed.c.cohort == turn.who.cohort) & (passed.c.place == last.place)
    turn.connection.execute(delete(passed).where(gone))
    room_row.change(turn, **{name: getattr(last, name) for name in _KEPT})
    return True
