"""What becomes of a vote in a turn: opened, asked again, closed, reopened, revealed, hidden.

Votes (what a trainer presses) and the plan (what Next does) both go through here.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort import decisions, map_links, plan_rows, polls, second_parts, tray
from playbook.cohort.aggregate import Before, DisclosureRule, Result
from playbook.cohort.changes import change
from playbook.cohort.own_questions import OwnQuestion
from playbook.cohort.polls import Poll, Turnout
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.vignettes import VignetteRounds, is_round
from playbook.framework import Framework
from playbook.model import Question, Sheet
from playbook.store.class_schema import cohort
from playbook.worksheet.kinds import choice_ids, kind_of, max_length

ONE_ANSWER = ("answer", "one", "scale")
TEXT_LENGTH = 500
"""Sixty texts are read aloud, not studied."""


@dataclass(frozen=True, slots=True)
class VoteMoves:
    """The moves of the votes on one host, under the rule of five; a team's decision is a group's
    word, and one of them is enough."""

    floor: Transactions
    framework: Framework
    rule: DisclosureRule

    @property
    def rounds(self) -> VignetteRounds:
        """The rounds of situations."""
        return VignetteRounds(self.floor, self.framework, self.rule.minimum)

    # -- what may be asked

    def of_sheet(self, sheet: str, question: str, **about: Any) -> Poll:
        """A vote on a question of a sheet, not opened yet."""
        asked = self._question(sheet, question)
        return _poll(asked, sheet=sheet, question=question, **about)

    def own(self, own: OwnQuestion, by_team: bool = False) -> Poll:
        """The same on a question of one's own."""
        fact = own.fact.model_dump_json() if own.fact else None
        asked = own.asked(self.floor.words)
        hides = own.form == "grid" and not by_team  # in one of four fields are often one or two
        return _poll(asked, about_people=hides, form=own.form, fact=fact, by_team=by_team)

    def part(self, form: str, question: Question, about: str) -> Poll:
        """The second part of a vote on `about` (playbook.cohort.second_parts)."""
        return _poll(question, form=form, about=about)

    # -- the moves

    def open(self, turn: Transaction, poll: Poll) -> Poll:
        """A new vote; InputError when the class is over."""
        self.goes_on(turn, "question")
        polls.add(turn, poll)
        return poll

    def again(self, turn: Transaction, first: Poll) -> Poll:
        """The same question once more: the first vote takes no more answers."""
        self.goes_on(turn, "vote")
        self.may_ask_again(first)
        if first.before or polls.again_of(turn, first):
            self.floor.refuse("again_once", "vote")
        second = replace(first, id=str(uuid4()), state="open", hands=None, before=first.id)
        self.close(turn, first)
        polls.change(turn, first, state="closed")
        polls.add(turn, second)
        return second

    def may_ask_again(self, poll: Poll) -> None:
        """InputError for a vote that can't be asked again after the talk."""
        no_single = poll.asked.kind not in ONE_ANSWER or is_round(poll)
        if poll.about_people or poll.by_team or no_single:
            self.floor.refuse("again_kind", "vote")

    def close(self, turn: Transaction, poll: Poll) -> bool:
        """Take no more answers; nothing is shown yet. Whether that changed anything."""
        for it in (poll, *self._parts(turn, poll)):
            if it.state == "open":
                polls.change(turn, it, state="closed")
        return poll.state == "open"

    def reopen(self, turn: Transaction, poll: Poll) -> bool:
        """Take answers again. Whether that changed anything."""
        if poll.about_people and self.is_shown(turn, poll):
            self.floor.refuse("once", "poll")
        self.rounds.refuse_undoing(turn, poll)
        if polls.again_of(turn, poll):
            self.floor.refuse("again_over", "vote")
        for it in (poll, *(() if poll.before else self._parts(turn, poll))):
            polls.change(turn, it, state="open")
        return poll.state != "open"

    def reveal(self, turn: Transaction, poll: Poll) -> dict[str, Any]:
        """As Votes.reveal."""
        told = self._reveal(turn, poll)
        for part in () if poll.is_part else self._parts(turn, poll):
            if self.lacking(turn, part) == 0:
                self._reveal(turn, part)
            else:
                self.close(turn, part)
        return told

    def _reveal(self, turn: Transaction, poll: Poll) -> dict[str, Any]:
        if poll.step in plan_rows.trainer_only(turn):
            self.floor.refuse("trainer_only", "vote")
        if is_round(poll):
            return self.rounds.reveal(turn, poll)
        if poll.by_team:
            if self.lacking(turn, poll):
                self.floor.refuse("no_decision", "vote")
            polls.change(turn, poll, state="revealed")
            return {"new": poll.state != "revealed", "waiting": 0}
        before = polls.results(turn).get(poll.id)
        waiting = polls.waiting(turn, poll)
        hands = polls.hands(turn, poll)
        step = self.rule.publish(poll.counted, waiting, before, hands)
        if not step.result.is_shown:
            agreed = sum(1 for ballot in waiting if ballot.shared)
            lacks = self.rule.lacks(poll.counted, len(waiting), agreed, hands)
            least = self.rule.minimum
            self.floor.refuse("few", "vote", have=least - lacks, least=least)
        result = self._beside(turn, poll, step.result, before)
        if result != before:
            polls.publish(turn, poll, result, step.settles, self.floor.now())
            tray.put_in(turn, poll, step.texts)
        polls.change(turn, poll, state="revealed")
        return {"new": result != before, "waiting": 0 if step.settles else len(waiting)}

    def hide(self, turn: Transaction, poll: Poll) -> bool:
        """Take a result off every screen; what was published stays. Whether that changed it."""
        for it in (poll, *self._parts(turn, poll)):
            if it.state == "revealed":
                polls.change(turn, it, state="closed")
        return poll.state == "revealed"

    def drop(self, turn: Transaction, poll: Poll) -> None:
        """Take a vote away with all that was answered and shown."""
        for it in (poll, *(() if poll.before else self._parts(turn, poll))):
            polls.drop(turn, it)

    def _parts(self, turn: Transaction, poll: Poll) -> list[Poll]:
        return [] if poll.is_part else second_parts.parts(polls.every(turn), poll)

    def instead_of(self, turn: Transaction, poll: Poll) -> list[Poll]:
        """The vote of the other group, where a person answers for one of two."""
        if poll.form == map_links.FORM:
            return self._parts(turn, poll)
        if poll.form != map_links.LEAD_FORM:
            return []
        return [it for it in polls.every(turn) if poll in second_parts.parts(polls.every(turn), it)]

    # -- what is known

    def is_shown(self, turn: Transaction, poll: Poll) -> bool:
        """Whether anything of it was published."""
        before = polls.results(turn).get(poll.id)
        return before is not None and before.is_shown

    def lacks(self, turn: Transaction) -> dict[str, int]:
        """By vote, how many answers are still needed before anything may be shown."""
        shown, found = polls.results(turn), polls.turnout(turn)
        teams = decisions.deciders(turn)
        return {
            poll.id: self._lacking(turn, poll, shown, found, teams) for poll in polls.every(turn)
        }

    def lacking(self, turn: Transaction, poll: Poll) -> int:
        """The same for one vote."""
        return self.lacks(turn)[poll.id]

    def goes_on(self, turn: Transaction, field: str) -> None:
        """InputError when the class is over."""
        here = select(cohort.c.ends, cohort.c.ended).where(cohort.c.id == turn.who.cohort)
        ends, ended = turn.connection.execute(here).one()
        if ended is not None or ends < self.floor.now().astimezone().date():
            self.floor.refuse("ended", field, ends=ends)

    # -- help

    def _lacking(
        self,
        turn: Transaction,
        poll: Poll,
        shown: Mapping[str, Result],
        found: Mapping[str, Turnout],
        teams: Mapping[str, Collection[str]],
    ) -> int:
        if is_round(poll):
            return 0  # its reasons are shown in any case
        if poll.by_team:
            return 0 if teams.get(poll.id) else 1
        count, before = found.get(poll.id, Turnout()), shown.get(poll.id)
        if before is not None and before.is_shown:
            return 0
        hands = polls.hands(turn, poll)
        return self.rule.lacks(poll.counted, count.waiting, count.agreed, hands)

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
        step = self.rule.publish(first.counted, waiting, told, polls.hands(turn, first))
        if step.result.counts is None:
            return result
        if step.result != told:
            polls.publish(turn, first, step.result, step.settles, self.floor.now())
        by_hands = polls.hands(turn, first) or polls.hands(turn, poll)
        pairs = [] if by_hands else polls.pairs(turn, first, poll)
        linked = change(pairs, self.rule.minimum)
        before = Before(
            respondents=step.result.respondents,
            counts=step.result.counts,
            **(asdict(linked) if linked else {}),
        )
        return result.model_copy(update={"before": before})

    def _question(self, sheet_id: str, path: str) -> Question:
        sheet = self.framework.sheets.get(str(sheet_id))
        if sheet is None:
            self.floor.refuse("no_sheet", "sheet")
        table, _, question_id = str(path).rpartition("/")
        asked = (it for it in sheet.questions(table or None) if it.id == question_id)
        question = next((it for it in asked if may_be_asked(it)), None)
        if question is None:
            self.floor.refuse("no_question", "question", sheet=sheet.title)
        if choice_ids(question):
            return question
        return question.model_copy(update={"max_length": min(max_length(question), TEXT_LENGTH)})


def _poll(
    asked: Question,
    *,
    sheet: str = "",
    question: str = "",
    about: str = "",
    about_people: bool = False,
    guess: bool = False,
    form: str = "",
    fact: str | None = None,
    by_team: bool = False,
) -> Poll:
    return Poll(
        id=str(uuid4()),
        sheet=sheet,
        question=question,
        asked=asked,
        about=about,
        about_people=about_people,
        guess=guess,
        state="open",
        hands=None,
        form=form,
        fact=fact,
        by_team=by_team,
    )


def may_be_asked(question: Question) -> bool:
    """Whether a class may vote on it."""
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
        if may_be_asked(it)
    ]


def prompts(sheet: Sheet) -> list[dict[str, str]]:
    """What is talked about with a sheet: {id, title, text}, each to be asked as a question."""
    return [{"id": it.id, "title": it.title, "text": it.text} for it in sheet.prompts]
