"""Leading a class through its plan: Next, Back, cut, add. Each is one transaction, so that what
Next does is done whole, once, and is there again after a restart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from pydantic import ValidationError

from playbook.cases.library import own_folder
from playbook.cases.plans import ClassPlans
from playbook.cohort import plan_rows, polls, room_row, seating, second_parts
from playbook.cohort.own_questions import written
from playbook.cohort.plan_rows import PlannedStep, Running
from playbook.cohort.polls import Poll
from playbook.cohort.rundown import SHOWS, Advance, Rundown, following
from playbook.cohort.seating import Seating
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.cohort.vignettes import is_round
from playbook.cohort.vote_moves import ONE_ANSWER, VoteMoves
from playbook.framework import Framework
from playbook.model.programme import Phase, PhaseKind, Programme, Step, StepQuestion, asked_by
from playbook.model.vignettes import ROUNDS
from playbook.worksheet.kinds import clean_text

MOST_STEPS = 60
_VOTES: tuple[PhaseKind, ...] = ("vote", "vote_again", "decisions", "ranges")
ADDED: dict[str, tuple[PhaseKind, ...]] = {
    "talk": ("talk",),
    "vote": ("vote", "reveal"),
    "again": ("vote", "talk", "vote_again", "reveal"),
    "teams": ("teams", "decisions", "matrix"),
}
"""The phases of a step made up on the way; all but the first share half of its minutes."""


class Leading:
    """Plans of the classes on one host. Ids of another class are unknown ones."""

    def __init__(
        self, floor: Transactions, framework: Framework, moves: VoteMoves, seating: Seating
    ) -> None:
        self._floor, self._framework = floor, framework
        self._moves, self._seating = moves, seating
        self.rundown = Rundown(moves, framework.sheets)
        self.plans = ClassPlans(framework, own_folder())

    # -- the plan

    def take(self, by: Member, programme: str) -> None:
        """Make a programme, or the route of a case ("alcoa_40"), the class's plan, instead of the
        one before; "" for none. A vote that the one before opened is closed, and stays."""
        found = self.plans.get(str(programme)) if programme else None
        if programme and found is None:
            raise self._floor.gone()
        self.take_plan(by, found)

    def take_plan(self, by: Member, plan: Programme | None) -> None:
        """The same for a programme that was put together for this class; None for no plan."""
        with self._floor.as_leader(by) as turn:
            for step in plan.steps if plan else ():
                self._check(step)
            if running := plan_rows.running(turn):
                self._close(turn, running.step)
            plan_rows.replace(turn, plan.title if plan else None, plan.steps if plan else ())

    def add(self, by: Member, given: Mapping[str, Any]) -> str:
        """A step made up on the way, after the one that runs; its id.

        `given`: title, minutes, kind (as in ADDED), and a question as in own_questions.written.
        """
        step = self._made_up(given)
        with self._floor.as_leader(by) as turn:
            steps, running = plan_rows.steps(turn), plan_rows.running(turn)
            if len(steps) >= MOST_STEPS:
                self._floor.refuse("steps_most", "title", limit=MOST_STEPS)
            place = running.step.place + 1 if running else 1
            return plan_rows.add(turn, step, place, added=True)

    def cut(self, by: Member, step_id: str, is_cut: bool) -> bool:
        """Leave a step out that has not begun and may be cut, or take it back. Whether that changed
        anything."""
        with self._floor.as_leader(by) as turn:
            running = plan_rows.running(turn)
            step = next((it for it in plan_rows.steps(turn) if it.id == step_id), None)
            if step is None or not (step.given.cut or step.added):
                raise self._floor.gone()
            if running and step.place <= running.step.place:
                self._floor.refuse("step_begun", "step", title=step.given.title)
            plan_rows.set_cut(turn, step.id, is_cut)
        return step.cut is not is_cut

    # -- Next and Back

    def next(self, by: Member, step: str, phase: int, *, skip: bool = False) -> bool:
        """Leave this phase of this step ("" and -1: begin) for what comes after it, and do all that
        goes with that. False, and nothing is done, where the class is not there any more.

        InputError with the reason where it can't be done yet; `skip`: pass over that phase, and
        over those after it that can't begin either.
        """
        with self._floor.as_leader(by) as turn:
            running = plan_rows.running(turn)
            move = self._move(turn, running, step, phase)
            if move is None:
                return False
            why = self.rundown.blocked(turn, move)
            if why and not skip:
                self._floor.refuse("next_blocked", "next", why=why)
            while move is not None and self.rundown.blocked(turn, move):
                move = following(plan_rows.steps(turn), move.step, move.number)
            if move is None:
                return False
            plan_rows.leave(turn)
            if running:
                self._close(turn, running.step)
            self._arrive(turn, move)
        return True

    def back(self, by: Member, step: str, phase: int) -> bool:
        """From this phase of this step to where the class was before: its wall, its timer, its
        sheet. What was answered stays. False where the class is not there any more."""
        with self._floor.as_leader(by) as turn:
            running = plan_rows.running(turn)
            if running is None or (running.step.id, running.number) != (step, phase):
                return False
            self._close(turn, running.step)
            poll = plan_rows.poll_of(turn, running.step, running.number)
            if poll and running.phase.do in SHOWS:
                self._moves.hide(turn, poll)
            if not plan_rows.come_back(turn):
                return False
            room_row.change(turn, wall=None, wall_poll=None)
            there = plan_rows.running(turn)
            if there is None:
                room_row.change(turn, started=None)
            else:
                self._resume(turn, there)
        return True

    # -- help

    def _check(self, step: Step) -> None:
        """InputError where a question can't be asked so: now, and not before the class."""
        for asked in asked_by(step):
            poll = self._poll(step, asked)
            if any(it.do == "vote_again" for it in step.phases) and asked is step.question:
                self._moves.may_ask_again(poll)

    def _move(
        self, turn: Transaction, running: Running | None, step: str, phase: int
    ) -> Advance | None:
        """Where Next leads from there; None where the class is not there, or there is no more."""
        at = (running.step.id, running.number) if running else ("", -1)
        if at != (step, phase):
            return None
        steps = plan_rows.steps(turn)
        return following(steps, running.step if running else None, at[1])

    def _close(self, turn: Transaction, step: PlannedStep) -> None:
        for poll in polls.every(turn):
            if poll.step == step.id:
                self._moves.close(turn, poll)

    def _arrive(self, turn: Transaction, move: Advance) -> None:
        now, phase, given = self._floor.now(), move.phase, move.step.given
        ends = now + timedelta(minutes=phase.minutes) if phase.minutes else None
        values = {"step": move.step.id, "phase": move.number, "began": now, "timer_ends": ends}
        if move.fresh:
            sheet = given.sheet if given.sheet in self._framework.sheets else None
            values |= {"step_began": now, "sheet": sheet, "note": given.note or None}
        if room_row.current(turn).started is None:
            values["started"] = now
        room_row.change(turn, **values, wall=None, wall_poll=None)
        self._begin(turn, move.step, move.number, phase)

    def _begin(self, turn: Transaction, step: PlannedStep, number: int, phase: Phase) -> None:
        """What a phase does when it begins."""
        poll = plan_rows.poll_of(turn, step, number)
        if phase.do in ("teams", "decisions"):
            self._seating.fill_in(turn)
        if phase.do == "teams":
            if not any(it.people for it in seating.teams(turn)):
                self._seating.make_in(turn, "random", step.given.team_size)
        elif phase.do in SHOWS and poll:
            self._moves.reveal(turn, poll)
        elif phase.do in _VOTES:
            if poll is None:
                self._open(turn, step, phase)
            else:
                self._reopen(turn, poll)

    def _open(self, turn: Transaction, step: PlannedStep, phase: Phase) -> None:
        given = step.given
        by_kind = {"decisions": given.decision, "ranges": given.range}
        asked = by_kind.get(phase.do, given.question)
        if asked is None:
            return
        first = None
        if phase.do == "vote_again":
            before = next(n for n, it in enumerate(given.phases) if it.do == "vote")
            first = plan_rows.poll_of(turn, step, before)
        if first:
            self._moves.again(turn, first)
            return
        poll = self._poll(given, asked, by_team=phase.do == "decisions")
        if is_round(poll):
            poll = self._moves.rounds.paired(turn, poll)
        self._moves.open(turn, polls.of_step(poll, step.id))
        if phase.do == second_parts.asked_in(given):
            for form, question in second_parts.questions(given, self._floor.words):
                part = self._moves.part(form, question, poll.asked.text)
                self._moves.open(turn, polls.of_step(part, step.id))

    def _reopen(self, turn: Transaction, poll: Poll) -> None:
        """Take answers again after a step back, where nothing was shown and nothing came after."""
        if not self._moves.is_shown(turn, poll) and polls.again_of(turn, poll) is None:
            self._moves.reopen(turn, poll)

    def _resume(self, turn: Transaction, running: Running) -> None:
        """What a phase does when the class comes back to it: nothing that makes anything new."""
        poll = plan_rows.poll_of(turn, running.step, running.number)
        if poll is None:
            return
        if running.phase.do in _VOTES:
            self._reopen(turn, poll)
        elif running.phase.do in SHOWS and self._moves.lacking(turn, poll) == 0:
            self._moves.reveal(turn, poll)

    def _poll(self, step: Step, asked: StepQuestion, *, by_team: bool = False) -> Poll:
        """The vote on a step's question, not opened yet; InputError where it can't be asked so."""
        if asked.form in ROUNDS:
            return self._moves.rounds.made(asked.form)
        if asked.question:
            sheet_id = asked.sheet or step.sheet
            sheet = self._framework.sheets.get(sheet_id)
            judges, teams = bool(sheet and sheet.about_people), by_team or asked.by_team
            about = {"about": asked.about, "about_people": judges, "by_team": teams}
            poll = self._moves.of_sheet(sheet_id, asked.question, **about)
            if judges and (teams or poll.asked.kind not in ONE_ANSWER):
                self._floor.refuse("people", "about_people")
            return poll
        given = asked.model_dump() | {"choices": list(asked.choices)}
        if asked.prompt:
            sheet = self._framework.sheets.get(step.sheet)
            found = [it for it in sheet.prompts if it.id == asked.prompt] if sheet else []
            if not found:
                self._floor.refuse("no_sheet", "sheet")
            given |= {"form": asked.form or "text", "text": found[0].title, "lead": found[0].text}
        own = written(given, self._floor.words)
        return self._moves.own(own, by_team or asked.by_team)

    def _made_up(self, given: Mapping[str, Any]) -> Step:
        kind, minutes = given.get("kind"), given.get("minutes")
        title = given.get("title")
        named = clean_text(title, lines=False) if isinstance(title, str) else ""
        if kind not in ADDED:
            raise self._floor.gone()
        if type(minutes) is not int or not 1 <= minutes <= 120:  # noqa: PLR2004 - two hours
            self._floor.refuse("step_minutes", "minutes")
        if not 0 < len(named) <= 80:  # noqa: PLR2004 - as long as other names
            self._floor.refuse("step_title", "title")
        first = minutes - (minutes // 2 if len(ADDED[kind]) > 1 else 0)
        rest, others = minutes - first, len(ADDED[kind]) - 1
        shares = [first, *(rest // others + (n < rest % others) for n in range(others))]
        phases = [
            Phase(do=do, minutes=share) for do, share in zip(ADDED[kind], shares, strict=True)
        ]
        about: dict[str, Any] = {"id": "added", "title": named, "minutes": minutes}
        try:
            if kind != "talk":
                asked = StepQuestion(**{it: given[it] for it in _OWN if it in given})
                key = "decision" if kind == "teams" else "question"
                written(asked.model_dump() | {"choices": list(asked.choices)}, self._floor.words)
                about[key] = asked
            step = Step(phases=tuple(phases), **about)
        except ValidationError:
            self._floor.refuse("own_form", "form")
        if kind == "again":
            self._check(step)
        return step


_OWN = ("form", "text", "choices", "across", "up", "unit", "fact", "bound", "source")
