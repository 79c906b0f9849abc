"""The plan of a class as whoever leads it sees it: where it is, what Next will do, when it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from playbook.cohort import case_steps, plan_rows, polls, room_row, seating
from playbook.cohort.plan_rows import PlannedStep, Running
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction
from playbook.cohort.vignettes import is_round
from playbook.cohort.vote_moves import VoteMoves
from playbook.model.programme import Phase, PhaseKind

JsonObject = dict[str, Any]
SHOWS: tuple[PhaseKind, ...] = ("reveal", "matrix", "held")
"""The phases that show what was answered."""
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Advance:
    """Where Next leads: a phase of a step, `fresh` where the step begins with it."""

    step: PlannedStep
    number: int
    fresh: bool

    @property
    def phase(self) -> Phase:
        """The phase that begins."""
        return self.step.given.phases[self.number]


def following(
    steps: Sequence[PlannedStep], step: PlannedStep | None, number: int
) -> Advance | None:
    """What comes after phase `number` of `step`, or first; None after the last."""
    if step and number + 1 < len(step.given.phases):
        return Advance(step, number + 1, fresh=False)
    later = (it for it in steps if not it.cut and (step is None or it.place > step.place))
    found = next(later, None)
    return Advance(found, 0, fresh=True) if found else None


def ends(steps: Sequence[PlannedStep], running: Running | None, now: datetime) -> datetime:
    """When the plan ends if everything from now on takes its time."""
    place = running.step.place if running else 0
    left = sum(it.given.minutes for it in steps if not it.cut and it.place > place) * MINUTE
    if running:
        own = running.step.given.minutes * MINUTE - (now - running.step_began)
        left += max(own, timedelta(0))
    return now + left


def planned_minutes(steps: Sequence[PlannedStep]) -> int:
    """What the plan takes as it was taken: with what was cut, without what was added."""
    return sum(it.given.minutes for it in steps if not it.added)


def next_cut(steps: Sequence[PlannedStep], running: Running | None) -> PlannedStep | None:
    """The step to cut first when it is late: none that has begun."""
    place = running.step.place if running else 0
    found = [(it.given.cut.order, it) for it in steps if it.given.cut]
    waiting = [pair for pair in found if not pair[1].cut and pair[1].place > place]
    return min(waiting, key=lambda pair: pair[0])[1] if waiting else None


@dataclass(frozen=True, slots=True)
class Rundown:
    """Tells a plan to who leads the class."""

    moves: VoteMoves
    sheets: Mapping[str, Any]

    def told(self, turn: Transaction, now: datetime) -> JsonObject | None:
        """None without a plan; else {title, now, at, over, end, planned_end, steps, next, cut,
        replies, lead_on, critics}: `at` names step and phase for Next and Back; times are ISO in
        UTC; `critics` is how many know the story of a case, None where that isn't asked."""
        steps, row = plan_rows.steps(turn), room_row.current(turn)
        if not steps:
            return None
        running = plan_rows.running(turn)
        began, end = row.started or now, ends(steps, running, now)
        planned = began + planned_minutes(steps) * MINUTE
        cut = next_cut(steps, running)
        given = running.step.given if running else None
        return {
            "title": row.plan,
            "now": next((n for n, it in enumerate(steps) if running and it == running.step), -1),
            "at": {"step": running.step.id, "phase": running.number} if running else START,
            "over": round((end - planned) / MINUTE),
            "end": _iso(end),
            "planned_end": _iso(planned),
            "minutes": planned_minutes(steps),
            "steps": self._steps(steps, running, began),
            "next": self.next_told(turn, steps, running),
            "cut": _cut_told(cut) if cut else None,
            "replies": [{"if": it.says, "ask": it.ask} for it in given.replies] if given else [],
            "lead_on": given.lead_on if given else "",
            "critics": case_steps.critics(turn),
        }

    def next_told(
        self, turn: Transaction, steps: Sequence[PlannedStep], running: Running | None
    ) -> JsonObject:
        """{says, does, wall, blocked}: in words what Next will do, and what keeps it from it."""
        step, number = (running.step, running.number) if running else (None, -1)
        move = following(steps, step, number)
        say = self.moves.floor.words.text
        if move is None:
            told = {"says": say("desk.next_end"), "wall": None, "skips": False}
            return told | {"does": [], "blocked": say("desk.next_last")}
        return {
            "says": self._says(turn, move),
            "does": [*self._does(turn, move, running)],
            "wall": move.phase.on_the_wall,
            "blocked": self.blocked(turn, move),
            "skips": following(steps, move.step, move.number) is not None,
        }

    def blocked(self, turn: Transaction, move: Advance) -> str | None:
        """Why that phase can't begin yet; None where it can."""
        say, do = self.moves.floor.words.text, move.phase.do
        if do in SHOWS:
            poll = plan_rows.poll_of(turn, move.step, move.number)
            lacking = self.moves.lacking(turn, poll) if poll else 0
            least = self.moves.rule.minimum
            if poll and poll.by_team and lacking:
                return say("desk.next_no_decision")
            if poll and lacking:
                return self._lacks(turn, move, poll, least - lacking)
        asks_teams = do == "decisions" or (do == "vote" and _asks_teams(move.step))
        if asks_teams and not any(it.people for it in seating.teams(turn)):
            return say("desk.next_no_teams")
        if do == "teams" and polls.participants(turn) < seating.SMALLEST:
            return say("desk.next_few_people", least=seating.SMALLEST)
        return None

    def _lacks(self, turn: Transaction, move: Advance, poll: Poll, have: int) -> str:
        """How many answers a result needs, and what to do about it."""
        least, people = self.moves.rule.minimum, polls.participants(turn)
        key = "next_lacks_open" if poll.state == "open" else "next_lacks_closed"
        if people < least and not polls.hands(turn, poll):
            key = "next_lacks_people"
        if following(plan_rows.steps(turn), move.step, move.number) is None:
            key = "next_lacks_last"  # there is nothing to go on to
        say = self.moves.floor.words.text
        return say(f"desk.{key}", have=have, least=least, people=people)

    def _says(self, turn: Transaction, move: Advance) -> str:
        say, do = self.moves.floor.words.text, move.phase.do
        if move.fresh:
            return say("desk.next_step", title=move.step.given.title)
        key = f"desk.next_{do}"
        if do == "reveal":
            poll = plan_rows.poll_of(turn, move.step, move.number)
            if poll and is_round(poll):
                key = "desk.next_learned"
            elif poll and poll.before:
                key = "desk.next_both"
            elif poll and poll.counted.is_text and not poll.by_team:
                key = "desk.next_texts"
            elif poll and poll.state != "open":
                key = "desk.next_result"
        return say(key)

    def _does(self, turn: Transaction, move: Advance, running: Running | None) -> list[str]:
        """All that goes with it, a few words each."""
        say, phase, given = self.moves.floor.words.text, move.phase, move.step.given
        told = []
        open_now = running and plan_rows.poll_of(turn, running.step, running.number)
        if open_now and open_now.state == "open" and phase.do not in SHOWS:
            told.append(say("desk.does_close"))
        if move.fresh and phase.do != "talk":
            told.append(say(f"desk.does_{phase.do}"))
        if move.fresh and given.sheet in self.sheets:
            told.append(say("desk.does_sheet", title=self.sheets[given.sheet].title))
        if phase.minutes:
            told.append(say("desk.does_timer", minutes=phase.minutes))
        told.append(say("desk.does_wall", wall=say(f"desk.wall_{phase.on_the_wall}")))
        return told

    def _steps(
        self, steps: Sequence[PlannedStep], running: Running | None, began: datetime
    ) -> list[JsonObject]:
        step, number = (running.step, running.number) if running else (None, -1)
        later = (
            following(steps, step, len(step.given.phases)) if step else following(steps, None, -1)
        )
        place, told, at = (step.place if step else 0), [], began
        for it in steps:
            state = "cut" if it.cut else "done" if it.place < place else "later"
            if step and it.id == step.id:
                state = "now"
            elif later and it.id == later.step.id:
                state = "next"
            about = {"id": it.id, "title": it.given.title, "minutes": it.given.minutes}
            about |= {"state": state, "at": _iso(at), "added": it.added, "is_cut": it.cut}
            can_cut = it.place > place and bool(it.given.cut or it.added)
            about |= {"can_cut": can_cut, "saves": it.given.minutes}
            about["phases"] = [
                {"do": phase.do, "minutes": phase.minutes, "state": _state(it, n, step, number)}
                for n, phase in enumerate(it.given.phases)
            ]
            told.append(about)
            at += timedelta(0) if it.added else it.given.minutes * MINUTE
        return told


START = {"step": "", "phase": -1}
"""Where a plan is that has not begun."""


def running_told(turn: Transaction) -> JsonObject | None:
    """The running step, as everybody reads it: {title, say, minutes, ends, do, carry}; nothing of a
    later one. `ends` is when the step should, as planned; `carry` is the {sheet, ask} of a sentence
    that is carried there, or None."""
    running = plan_rows.running(turn)
    if running is None:
        return None
    given = running.step.given
    return {
        "title": given.title,
        "say": running.phase.say or given.say,
        "minutes": given.minutes,
        "ends": _iso(running.step_began + given.minutes * MINUTE),
        "do": running.phase.do,
        "carry": {"sheet": given.carry.sheet, "ask": given.carry.ask} if given.carry else None,
    }


def _state(it: PlannedStep, number: int, step: PlannedStep | None, at: int) -> str:
    if step is None or it.place > step.place:
        return "later"
    if it.place < step.place or number < at:
        return "done"
    return "now" if number == at else "later"


def _cut_told(step: PlannedStep) -> JsonObject:
    assert step.given.cut is not None
    about = {"id": step.id, "title": step.given.title, "saves": step.given.cut.saves}
    return about | {"instead": step.given.cut.instead}


def _asks_teams(step: PlannedStep) -> bool:
    return bool(step.given.question and step.given.question.by_team)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat()
