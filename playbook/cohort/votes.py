"""Votes: asked by who leads, answered by participants, hidden until revealed, shown in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from random import Random, SystemRandom
from typing import Any

from playbook.cohort import decisions, map_links, polls, room_row, wall
from playbook.cohort.aggregate import Ballot, DisclosureRule, HandCount, How
from playbook.cohort.own_questions import written
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.cohort.vignettes import is_round
from playbook.cohort.vote_moves import ONE_ANSWER, VoteMoves
from playbook.framework import Framework
from playbook.model import Question
from playbook.worksheet.kinds import choice_ids
from playbook.worksheet.parse import parse

MOST_HANDS = 500
_ABOUT = Question(id="about", kind="text", text="What it is asked about", max_length=120)


class Votes:
    """The votes of the classes on one host. Ids of another class are unknown ones."""

    def __init__(
        self, floor: Transactions, framework: Framework, random: Random | None = None
    ) -> None:
        self._floor = floor
        least = round(framework.threshold_values["room_least_people"])
        rule = DisclosureRule(least, random or SystemRandom())
        self.moves = VoteMoves(floor, framework, rule)

    # -- of who leads

    def ask(
        self,
        by: Member,
        sheet: str,
        question: str,
        *,
        about: str = "",
        guess: bool = False,
        about_people: bool = False,
    ) -> str:
        """Open a vote on a question of a sheet (its id, or table/question); returns its id.

        `guess`: people also predict what most will choose. `about_people`: it judges people.
        """
        named = str(parse(_ABOUT, about, self._floor.words) or "")
        more = {"about": named, "about_people": bool(about_people), "guess": bool(guess)}
        poll = self.moves.of_sheet(sheet, question, **more)
        if about_people and poll.asked.kind not in ONE_ANSWER:
            self._floor.refuse("people", "about_people")
        if guess and not choice_ids(poll.asked):
            self._floor.refuse("guess", "guess")
        return self._open(by, poll)

    def ask_own(self, by: Member, given: Mapping[str, Any]) -> str:
        """Open a vote on a question of one's own (as in own_questions.written); returns its id.

        `by_team` among them: each team answers as one, and is told with its name."""
        own = written(given, self._floor.words)
        by_team = given.get("by_team") is True
        poll = self.moves.own(own, by_team)
        if own.form != map_links.FORM or by_team:
            return self._open(by, poll)
        asked = map_links.of_leaders(own.text, poll.asked, self._floor.words)
        return self._open(by, poll, self.moves.part(map_links.LEAD_FORM, asked, poll.about))

    def ask_again(self, by: Member, poll_id: str) -> str:
        """Ask the same question once more, after the talk: the first vote takes no more answers,
        and is off every screen until both are shown beside each other. Returns the new one's id."""
        with self._led(by, poll_id) as (turn, first):
            second = self.moves.again(turn, first)
            wall.put(turn, "vote", second)
        return second.id

    def close(self, by: Member, poll_id: str) -> bool:
        """Take no more answers; nothing is shown yet. Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            return self.moves.close(turn, poll)

    def reopen(self, by: Member, poll_id: str) -> bool:
        """Take answers again, from those who could answer before and are in no published result.
        Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            wall.put(turn, "vote", poll)
            return self.moves.reopen(turn, poll)

    def reveal(self, by: Member, poll_id: str) -> dict[str, Any]:
        """End the vote and show what may be shown; free texts come to the tray.

        Returns {"new": whether anything new is shown, "waiting": answers in no result yet}.
        InputError, and nothing is changed, as long as too few answered to show anything.
        """
        with self._led(by, poll_id) as (turn, poll):
            told = self.moves.reveal(turn, poll)
            wall.put(turn, "matrix" if poll.by_team else "result", poll)
        return told

    def hide(self, by: Member, poll_id: str) -> bool:
        """Take a result off every screen. What was published stays: `reveal` shows it again.
        Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            if room_row.current(turn).wall_poll == poll.id:
                wall.put(turn, None)
            return self.moves.hide(turn, poll)

    def count_hands(
        self, by: Member, poll_id: str, counts: Mapping[str, int], instead: bool
    ) -> None:
        """Hands counted in the room, in place of those before; an empty mapping takes them back.

        `instead`: they replace the ballots; else they are added to them.
        """
        with self._led(by, poll_id) as (turn, poll):
            no_single = poll.asked.kind not in ONE_ANSWER or is_round(poll)
            if poll.about_people or poll.by_team or no_single:
                self._floor.refuse("hands_kind", "counts")
            if self.moves.is_shown(turn, poll):
                self._floor.refuse("hands_late", "counts")
            checked = self._checked(poll, counts)
            how: How = "instead" if instead else "added"
            polls.set_hands(turn, poll, HandCount(checked, how) if checked else None)

    def drop(self, by: Member, poll_id: str) -> None:
        """Take a vote away that was a mistake, with all that was answered and shown."""
        with self._led(by, poll_id) as (turn, poll):
            self.moves.rounds.refuse_undoing(turn, poll)
            self.moves.drop(turn, poll)

    def show_decision(self, by: Member, poll_id: str, team: str, is_shown: bool) -> None:
        """Show a team's decision beside the others, or leave it out."""
        with self._led(by, poll_id) as (turn, poll):
            if not decisions.show(turn, poll, self._floor.known(team), is_shown):
                raise self._floor.gone()

    # -- of participants

    def answer(
        self, who: Member, poll_id: str, value: Any, guess: Any = None, shared: bool = False
    ) -> None:
        """Answer, or change one's mind while the vote is open; None takes the answer back.

        `guess`: what most will choose, if that was asked; `shared`: this text may be shown.
        Whoever joined after the vote was opened does not answer it: while a vote is open, nobody
        can bring as many new browsers as it takes to single somebody out.
        """
        with self._floor.as_participant(who) as turn:
            poll = self._poll(turn, poll_id)
            self.moves.goes_on(turn, "value")
            if poll.state != "open":
                self._floor.refuse("over", "value")
            if poll.by_team:
                decisions.require_team(turn, self._floor)
                decisions.put(turn, poll, self._ballot(poll, value, None, shared=False).value)
                version = room_row.current(turn).version + 1  # the others of the team see it too
                room_row.change(turn, version=version)
                return
            if poll.id not in polls.open_to_me(turn):
                self._floor.refuse("late", "value")
            if is_round(poll):
                if ballot := self.moves.rounds.ballot(turn, poll, value):
                    polls.put(turn, poll, ballot)
                return
            mine = polls.mine(turn)
            others = self.moves.instead_of(turn, poll)
            if any(it.id in mine and mine[it.id].settled for it in (poll, *others)):
                self._floor.refuse("counted", "value")
            for other in others:
                polls.put(turn, other, Ballot(None))
            polls.put(turn, poll, self._ballot(poll, value, guess, shared))

    # -- help

    def _open(self, by: Member, poll: Poll, *beside: Poll) -> str:
        with self._floor.as_leader(by) as turn:
            for it in (poll, *beside):
                self.moves.open(turn, it)
            wall.put(turn, "vote", poll)
        return poll.id

    @contextmanager
    def _led(self, by: Member, poll_id: str) -> Iterator[tuple[Transaction, Poll]]:
        with self._floor.as_leader(by) as turn:
            yield turn, self._poll(turn, poll_id)

    def _poll(self, turn: Transaction, poll_id: str) -> Poll:
        found = polls.one(turn, self._floor.known(poll_id))
        if found is None:
            raise self._floor.gone()
        return found

    def _ballot(self, poll: Poll, value: Any, guess: Any, shared: bool) -> Ballot:
        words = self._floor.words
        if poll.counted.is_range:
            return Ballot(self._range(poll, value))
        given = parse(poll.asked, value, words)
        if poll.counted.is_order and given and len(given) < len(choice_ids(poll.asked)):
            self._floor.refuse("order_all", "value")
        predicted = parse(_as_one(poll.asked), guess, words) if poll.guess else None
        return Ballot(
            value=list(given) if isinstance(given, tuple) else given,
            guess=str(predicted) if predicted else None,
            shared=poll.counted.is_text and shared is True,
        )

    def _range(self, poll: Poll, value: Any) -> list[str] | None:
        """The two ends of a range, as decimals; None where none is given."""
        if value in (None, "", []):
            return None
        ends = value if isinstance(value, list) and len(value) == len(("low", "high")) else [None]
        low, *more = [parse(poll.asked, end, self._floor.words) for end in ends]
        high = more[0] if more else None
        if low is None or high is None or Decimal(str(low)) > Decimal(str(high)):
            self._floor.refuse("range_order", "value")
        return [str(low), str(high)]

    def _checked(self, poll: Poll, counts: Mapping[str, int]) -> dict[str, int]:
        given = counts if isinstance(counts, Mapping) else {"": 0}
        for choice, count in given.items():
            is_number = type(count) is int and 0 <= count <= MOST_HANDS
            if choice not in choice_ids(poll.asked) or not is_number:
                self._floor.refuse("hands_count", "counts", limit=MOST_HANDS)
        return dict(given)


def _as_one(question: Question) -> Question:
    """The question "which one do most choose?"."""
    return question.model_copy(update={"kind": "one"}) if question.kind == "many" else question
