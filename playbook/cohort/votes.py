"""Votes: asked by who leads, answered by participants, hidden until revealed, shown in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random, SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort import polls
from playbook.cohort.aggregate import Ballot, DisclosureRule, HandCount, How
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.framework import Framework
from playbook.model import Question, Sheet
from playbook.store.class_schema import cohort
from playbook.worksheet.kinds import choice_ids, kind_of, max_length
from playbook.worksheet.parse import parse

ONE_ANSWER = ("answer", "one", "scale")
TEXT_LENGTH = 500
"""Sixty texts are read aloud, not studied."""
MOST_HANDS = 500
_ABOUT = Question(id="about", kind="text", text="What it is asked about", max_length=120)


class Votes:
    """The votes of the classes on one host. Ids of another class are unknown ones."""

    def __init__(
        self, floor: Transactions, framework: Framework, random: Random | None = None
    ) -> None:
        self._floor = floor
        self._framework = framework
        least = round(framework.threshold_values["room_least_people"])
        self._rule = DisclosureRule(least, random or SystemRandom())

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
        asked = self._question(sheet, question)
        if about_people and asked.kind not in ONE_ANSWER:
            self._floor.refuse("people", "about_people")
        if guess and not choice_ids(asked):
            self._floor.refuse("guess", "guess")
        named = str(parse(_ABOUT, about, self._floor.words) or "")
        poll = Poll(
            id=str(uuid4()),
            sheet=sheet,
            question=question,
            asked=asked,
            about=named,
            about_people=bool(about_people),
            guess=bool(guess),
            state="open",
            hands=None,
        )
        with self._floor.as_leader(by) as turn:
            self._goes_on(turn, "question")
            polls.add(turn, poll)
        return poll.id

    def close(self, by: Member, poll_id: str) -> bool:
        """Take no more answers; nothing is shown yet. Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            if poll.state == "open":
                polls.change(turn, poll, state="closed")
        return poll.state == "open"

    def reopen(self, by: Member, poll_id: str) -> bool:
        """Take answers again, from those who could answer before and are in no published result.
        Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            if poll.about_people and self._is_shown(turn, poll):
                self._floor.refuse("once", "poll")
            polls.change(turn, poll, state="open")
        return poll.state != "open"

    def reveal(self, by: Member, poll_id: str) -> dict[str, Any]:
        """End the vote and show what may be shown.

        Returns {"new": whether anything new is shown, "waiting": answers in no result yet}.
        """
        with self._led(by, poll_id) as (turn, poll):
            before = polls.results(turn).get(poll.id)
            waiting = polls.waiting(turn, poll)
            step = self._rule.publish(poll.counted, waiting, before, polls.hands(turn, poll))
            if step.result != before:
                polls.publish(turn, poll, step.result, step.settles, self._floor.now())
            polls.change(turn, poll, state="revealed")
        return {"new": step.result != before, "waiting": 0 if step.settles else len(waiting)}

    def hide(self, by: Member, poll_id: str) -> bool:
        """Take a result off every screen. What was published stays: `reveal` shows it again.
        Whether that changed anything."""
        with self._led(by, poll_id) as (turn, poll):
            if poll.state == "revealed":
                polls.change(turn, poll, state="closed")
        return poll.state == "revealed"

    def count_hands(
        self, by: Member, poll_id: str, counts: Mapping[str, int], instead: bool
    ) -> None:
        """Hands counted in the room, in place of those before; an empty mapping takes them back.

        `instead`: they replace the ballots; else they are added to them.
        """
        with self._led(by, poll_id) as (turn, poll):
            if poll.about_people or poll.asked.kind not in ONE_ANSWER:
                self._floor.refuse("hands_kind", "counts")
            if self._is_shown(turn, poll):
                self._floor.refuse("hands_late", "counts")
            checked = self._checked(poll, counts)
            how: How = "instead" if instead else "added"
            polls.set_hands(turn, poll, HandCount(checked, how) if checked else None)

    def drop(self, by: Member, poll_id: str) -> None:
        """Take a vote away that was a mistake, with all that was answered and shown."""
        with self._led(by, poll_id) as (turn, poll):
            polls.drop(turn, poll)

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
            self._goes_on(turn, "value")
            if poll.state != "open":
                self._floor.refuse("over", "value")
            if poll.id not in polls.open_to_me(turn):
                self._floor.refuse("late", "value")
            before = polls.mine(turn).get(poll.id)
            if before and before.settled:
                self._floor.refuse("counted", "value")
            polls.put(turn, poll, self._ballot(poll, value, guess, shared))

    # -- help

    @contextmanager
    def _led(self, by: Member, poll_id: str) -> Iterator[tuple[Transaction, Poll]]:
        with self._floor.as_leader(by) as turn:
            yield turn, self._poll(turn, poll_id)

    def _poll(self, turn: Transaction, poll_id: str) -> Poll:
        found = polls.one(turn, self._floor.known(poll_id))
        if found is None:
            raise self._floor.gone()
        return found

    def _goes_on(self, turn: Transaction, field: str) -> None:
        """InputError when the class is over."""
        here = select(cohort.c.ends, cohort.c.ended).where(cohort.c.id == turn.who.cohort)
        ends, ended = turn.connection.execute(here).one()
        if ended is not None or ends < self._floor.now().astimezone().date():
            self._floor.refuse("ended", field, ends=ends)

    def _is_shown(self, turn: Transaction, poll: Poll) -> bool:
        before = polls.results(turn).get(poll.id)
        return before is not None and before.is_shown

    def _question(self, sheet_id: str, path: str) -> Question:
        sheet = self._framework.sheets.get(str(sheet_id))
        if sheet is None:
            self._floor.refuse("no_sheet", "sheet")
        table, _, question_id = str(path).rpartition("/")
        asked = (it for it in sheet.questions(table or None) if it.id == question_id)
        question = next((it for it in asked if _may_be_asked(it)), None)
        if question is None:
            self._floor.refuse("no_question", "question", sheet=sheet.title)
        if choice_ids(question):
            return question
        return question.model_copy(update={"max_length": min(max_length(question), TEXT_LENGTH)})

    def _ballot(self, poll: Poll, value: Any, guess: Any, shared: bool) -> Ballot:
        words = self._floor.words
        given = parse(poll.asked, value, words)
        predicted = parse(_as_one(poll.asked), guess, words) if poll.guess else None
        return Ballot(
            value=list(given) if isinstance(given, tuple) else given,
            guess=str(predicted) if predicted else None,
            shared=poll.counted.is_text and shared is True,
        )

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


def _may_be_asked(question: Question) -> bool:
    return kind_of(question).votes and not question.private


def askable(sheet: Sheet) -> list[dict[str, Any]]:
    """The questions of a sheet that can be voted on, and with what (as in `Votes.ask`).

    {question, kind, text, guess, about_people}, the last two whether that can be asked as well.
    """
    return [
        {
            "question": f"{table}/{it.id}" if table else it.id,
            "kind": it.kind,
            "text": it.text,
            "guess": bool(choice_ids(it)),
            "about_people": it.kind in ONE_ANSWER,
        }
        for table in (None, *(table.id for table in sheet.tables))
        for it in sheet.questions(table)
        if _may_be_asked(it)
    ]
