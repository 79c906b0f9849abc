"""The room: what a class does together now, and what each of its people may see of it.

The parts for votes, gallery and agreed actions hang on it: `room.votes.ask(...)`. Every method
takes the member in whose name it is done, and knows their class from there, so that ids of another
class are unknown ones. Nobody is forced anywhere: the sheet of the moment is an offer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from playbook.cohort import (
    case_steps,
    decisions,
    payloads,
    polls,
    prepared,
    room_row,
    rundown,
    tray,
    wall,
)
from playbook.cohort.agreements import Agreements
from playbook.cohort.cards import Cards
from playbook.cohort.carrying import Carrying
from playbook.cohort.gallery import Gallery
from playbook.cohort.leading import Leading
from playbook.cohort.prepared import Prepared
from playbook.cohort.rounds import LevelRounds
from playbook.cohort.seating import Seating
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.tray import Tray
from playbook.cohort.types import Member
from playbook.cohort.vignettes import is_round
from playbook.cohort.vote_moves import askable, prompts
from playbook.cohort.votes import Votes
from playbook.cohort.wall import Wall
from playbook.framework import Framework
from playbook.model import Question
from playbook.store.database import SqlDatabase
from playbook.worksheet.parse import parse

LONGEST_TIMER = timedelta(hours=4)
_NOTE = Question(id="note", kind="text", text="What to do there")


class Room:
    """The rooms of the classes on one host."""

    def __init__(
        self, database: SqlDatabase, framework: Framework, now: Callable[[], datetime]
    ) -> None:
        self._floor = Transactions(database, framework.words, now)
        self._framework = framework
        self.votes = Votes(self._floor, framework)
        self.cards = Cards(self._floor, framework, self.votes.moves.rule)
        self.tray = Tray(self._floor)
        self.prepared = Prepared(self._floor)
        self.gallery = Gallery(self._floor)
        self.agreements = Agreements(self._floor)
        self.levels = LevelRounds(self._floor, framework)
        self.wall = Wall(self._floor)
        self.seating = Seating(self._floor)
        self.leading = Leading(self._floor, framework, self.votes.moves, self.seating)
        self.carrying = Carrying(self._floor, framework, self.leading.plans, now)

    # -- what is seen

    def version(self, who: Member) -> int:
        """Rises with every change that this member can see: cheap, to wait for the next one."""
        with self._floor.as_member(who) as turn:
            return int(payloads.moment(turn)["version"])

    def state_for(self, who: Member) -> dict[str, Any]:
        """What everybody in the class may see, and a participant's own ballots.

        {version, now, sheet, note, timer_ends, people, votes, results, gallery, agreements, wall,
        step, case, teams, matrix}: `people` is how many participants are in the class; `votes` are
        in the order they were asked, each with its `result` as long as it is revealed, and who
        leads whatever was published, else None; `results` the ids of those with one, most
        disagreement first; `wall` is what the wall shows (wall.shown), `step` the running one
        (rundown.running_told), `case` what is known of the case it is a step of (case_steps.told),
        `teams` who sits where (payloads.teams), `matrix` what teams decided
        (decisions.matrix); times are ISO text in UTC.
        """
        with self._floor.as_member(who) as turn:
            return self._state(turn)

    def screen_for(self, who: Member) -> dict[str, Any]:
        """What is projected, for those who do not answer: `turnout` by vote is {answered, of}."""
        with self._floor.as_member(who) as turn:
            if turn.who.role.answers:
                raise self._floor.gone()
            told = payloads.turnout(turn)
            counts = {
                poll: {key: it[key] for key in ("answered", "of")} for poll, it in told.items()
            }
            return self._state(turn) | {"turnout": counts}

    def desk_for(self, by: Member) -> dict[str, Any]:
        """The same with what who leads sees besides.

        `turnout` by vote: {answered, waiting, of, hands, lacks}, how many and never who or what,
        and how many more it takes to show something; `tray` by vote the texts that came there;
        `askable` the questions of the sheet of the moment that can be voted on, `prompts` what is
        talked about there; `prepared` the questions that wait; `gallery` has all that is offered;
        `cards` what came of those weeks later (payloads.cards);
        `rundown` is the plan (Rundown.told), `wall_put` whether the desk put
        something on the wall that does not follow from the rest.
        """
        with self._floor.as_member(by) as turn:
            if not turn.who.role.leads:
                raise self._floor.gone()
            state = self._state(turn)
            sheet = self._framework.sheets.get(state["sheet"] or "")
            lacks = self.votes.moves.lacks(turn)
            told = payloads.turnout(turn)
            return state | {
                "turnout": {poll: it | {"lacks": lacks[poll]} for poll, it in told.items()},
                "tray": tray.texts(turn, shown_only=False),
                "askable": askable(sheet) if sheet else [],
                "prompts": prompts(sheet) if sheet else [],
                "prepared": prepared.listed(turn),
                "wall_put": room_row.current(turn).wall is not None,
                "cards": payloads.cards(turn, self._framework),
                "rundown": self.leading.rundown.told(turn, self._floor.now()),
            }

    # -- of who leads

    def set_sheet(self, by: Member, sheet: str | None, note: str = "") -> bool:
        """Offer a sheet to everybody, with a line of what to do there; None for no sheet. Whether
        that changed anything."""
        if sheet is not None and str(sheet) not in self._framework.sheets:
            self._floor.refuse("no_sheet", "sheet")
        line = parse(_NOTE, note, self._floor.words)
        with self._floor.as_leader(by) as turn:
            wall.put(turn, "note" if sheet else None)
            return room_row.change(turn, sheet=sheet, note=line)

    def start_timer(self, by: Member, seconds: float) -> None:
        """Let time run from now, instead of what ran before."""
        self._time(by, seconds, goes_on=False)

    def extend_timer(self, by: Member, seconds: float) -> None:
        """Give more time: after the end that was set, or from now when that is past."""
        self._time(by, seconds, goes_on=True)

    def stop_timer(self, by: Member) -> bool:
        """No timer any more. Whether one was set."""
        with self._floor.as_leader(by) as turn:
            return room_row.change(turn, timer_ends=None)

    # -- help

    def _state(self, turn: Transaction) -> dict[str, Any]:
        on_the_wall = wall.shown(turn)
        by_team = decisions.current(turn, on_the_wall["poll"])
        return {
            **payloads.moment(turn),
            "now": self._floor.now().astimezone(UTC).isoformat(),
            "people": polls.participants(turn),
            "votes": self._with_situations(turn),
            "results": payloads.results(turn),
            "gallery": payloads.gallery(turn),
            "agreements": payloads.agreements(turn),
            "wall": on_the_wall,
            "step": rundown.running_told(turn),
            "case": case_steps.told(turn),
            "teams": payloads.teams(turn),
            "matrix": decisions.matrix(turn, by_team, self._floor.words) if by_team else None,
        }

    def _with_situations(self, turn: Transaction) -> list[dict[str, Any]]:
        """The votes, a round of situations with what this member reads of it."""
        rounds = {it.id: it for it in polls.every(turn) if is_round(it)}
        told = self.votes.moves.rounds.told
        return [
            it | {"situations": told(turn, rounds[it["id"]])} if it["id"] in rounds else it
            for it in payloads.votes(turn, self._floor.words)
        ]

    def _time(self, by: Member, seconds: float, goes_on: bool) -> None:
        longest, now = LONGEST_TIMER.total_seconds(), self._floor.now()
        if type(seconds) not in (int, float) or not 1 <= seconds <= longest:
            self._floor.refuse("timer", "seconds", hours=round(longest / 3600))
        with self._floor.as_leader(by) as turn:
            ends = room_row.current(turn).timer_ends if goes_on else None
            start = max(ends or now, now)
            room_row.change(
                turn, timer_ends=min(start + timedelta(seconds=seconds), now + LONGEST_TIMER)
            )
