"""Votes: asked by who leads, answered by participants, hidden until revealed, shown in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, replace
from decimal import Decimal
from random import Random, SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort import polls, tray
from playbook.cohort.aggregate import Ballot, Before, DisclosureRule, HandCount, How, Result
from playbook.cohort.changes import change
from playbook.cohort.own_questions import OwnQuestion, written
from playbook.cohort.polls import Poll, Turnout
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
        return self._open(by, poll)

    def ask_own(self, by: Member, given: Mapping[str, Any]) -> str:
        """Open a vote on a question of one's own (as in own_questions.written); returns its id."""
        return self._open(by, self._own(written(given, self._floor.words)))

    def ask_again(self, by: Member, poll_id: str) -> str:
        """Ask the same question once more, after the talk: the first vote takes no more answers,
        and is off every screen until both are shown beside each other. Returns the new one's id."""
        with self._led(by, poll_id) as (turn, first):
            self._goes_on(turn, "vote")
            if first.about_people or first.asked.kind not in ONE_ANSWER:
                self._floor.refuse("again_kind", "vote")
            if first.before or polls.again_of(turn, first):
                self._floor.refuse("again_once", "vote")
            second = replace(first, id=str(uuid4()), state="open", hands=None, before=first.id)
            polls.change(turn, first, state="closed")
            polls.add(turn, second)
        return second.id

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
            if polls.again_of(turn, poll):
                self._floor.refuse("again_over", "vote")
            polls.change(turn, poll, state="open")
        return poll.state != "open"

    def reveal(self, by: Member, poll_id: str) -> dict[str, Any]:
        """End the vote and show what may be shown; free texts come to the tray.

        Returns {"new": whether anything new is shown, "waiting": answers in no result yet}.
        InputError, and nothing is changed, as long as too few answered to show anything.
        """
        with self._led(by, poll_id) as (turn, poll):
            before = polls.results(turn).get(poll.id)
            waiting = polls.waiting(turn, poll)
            hands = polls.hands(turn, poll)
            step = self._rule.publish(poll.counted, waiting, before, hands)
            if not step.result.is_shown:
                agreed = sum(1 for ballot in waiting if ballot.shared)
                lacks = self._rule.lacks(poll.counted, len(waiting), agreed, hands)
                least = self._rule.minimum
                self._floor.refuse("few", "vote", have=least - lacks, least=least)
            result = self._beside(turn, poll, step.result, before)
            if result != before:
                polls.publish(turn, poll, result, step.settles, self._floor.now())
                tray.put_in(turn, poll, step.texts)
            polls.change(turn, poll, state="revealed")
        return {"new": result != before, "waiting": 0 if step.settles else len(waiting)}

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

    def lacks(self, turn: Transaction) -> dict[str, int]:
        """By vote, how many answers are still needed before anything may be shown."""
        shown, found = polls.results(turn), polls.turnout(turn)
        told = {}
        for poll in polls.every(turn):
            count, before = found.get(poll.id, Turnout()), shown.get(poll.id)
            is_shown = before is not None and before.is_shown
            hands = polls.hands(turn, poll)
            lacking = self._rule.lacks(poll.counted, count.waiting, count.agreed, hands)
            told[poll.id] = 0 if is_shown else lacking
        return told

    def _open(self, by: Member, poll: Poll) -> str:
        with self._floor.as_leader(by) as turn:
            self._goes_on(turn, "question")
            polls.add(turn, poll)
        return poll.id

    def _own(self, own: OwnQuestion) -> Poll:
        return Poll(
            id=str(uuid4()),
            sheet="",
            question="",
            asked=own.asked(self._floor.words),
            about="",
            about_people=own.form == "grid",  # four fields: what is in them is often one or two
            guess=False,
            state="open",
            hands=None,
            form=own.form,
            fact=own.fact.model_dump_json() if own.fact else None,
        )

    def _beside(
        self, turn: Transaction, poll: Poll, result: Result, shown: Result | None
    ) -> Result:
        """The result with what was before the talk: said with the first step, and never again, for
        what changes between two steps could be told apart."""
        first = polls.one(turn, poll.before) if poll.before else None
        if first is None or (shown and shown.is_shown):
            earlier = shown.before if shown else None
            return result.model_copy(update={"before": earlier}) if earlier else result
        told = polls.results(turn).get(first.id)
        waiting = polls.waiting(turn, first)
        step = self._rule.publish(first.counted, waiting, told, polls.hands(turn, first))
        if step.result.counts is None:
            return result
        if step.result != told:
            polls.publish(turn, first, step.result, step.settles, self._floor.now())
        by_hands = polls.hands(turn, first) or polls.hands(turn, poll)
        pairs = [] if by_hands else polls.pairs(turn, first, poll)
        linked = change(pairs, self._rule.minimum)
        before = Before(
            respondents=step.result.respondents,
            counts=step.result.counts,
            **(asdict(linked) if linked else {}),
        )
        return result.model_copy(update={"before": before})

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


def prompts(sheet: Sheet) -> list[dict[str, str]]:
    """What is talked about with a sheet: {id, title, text}, each to be asked as a question."""
    return [{"id": it.id, "title": it.title, "text": it.text} for it in sheet.prompts]
