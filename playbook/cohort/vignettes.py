"""Two rounds of situations in a class: who is asked which form, what is kept, the one report.

A round is a vote whose ballot holds the answers to a whole form. It is sealed once sent. Reasons
and report come together, when the second round is revealed, and both rounds are over by then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from json import dumps, loads
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort import cards, polls
from playbook.cohort.aggregate import Ballot, Result
from playbook.cohort.learned import FormLot, checked, learned, scored
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Role
from playbook.framework import Framework
from playbook.model import Question
from playbook.model.content import Choice
from playbook.model.vignettes import AFTER, BEFORE, ROUNDS, FormName, Vignette, other
from playbook.store.class_schema import member

JsonObject = dict[str, Any]


def is_round(poll: Poll) -> bool:
    """Whether a vote is a round of situations."""
    return poll.form in ROUNDS


@dataclass(frozen=True, slots=True)
class VignetteRounds:
    """The rounds of the classes on one host; reports need `least` people."""

    floor: Transactions
    framework: Framework
    least: int

    def made(self, form: str) -> Poll:
        """A round, not opened yet."""
        content = self.framework.vignettes
        named = zip(("redefine", "optimise"), content.choices, strict=True)
        listed = tuple(Choice(id=it, label=label) for it, label in named)
        text, why = content.ask, content.fictional
        asked = Question(id="own", kind="one", text=text, why=why, choices=listed)
        return Poll(
            id=str(uuid4()),
            sheet="",
            question="",
            asked=asked,
            about="",
            about_people=False,
            guess=False,
            state="open",
            hands=None,
            form=form,
        )

    def paired(self, turn: Transaction, poll: Poll) -> Poll:
        """The same as it is opened: with its lot, and the second with the first before it."""
        here = (member.c.cohort == turn.who.cohort) & (member.c.role == Role.PARTICIPANT)
        lot = FormLot.drawn(str(uuid4()), turn.connection.scalars(select(member.c.id).where(here)))
        every = polls.every(turn)
        taken = {it.before for it in every}
        firsts = [it.id for it in every if it.form == BEFORE and it.id not in taken]
        before = firsts[-1] if poll.form == AFTER and firsts else None
        return replace(poll, before=before, fact=dumps(asdict(lot)))

    def ballot(self, turn: Transaction, poll: Poll, value: object) -> Ballot | None:
        """What is kept of somebody's answers; None where the same is kept already.

        InputError for what is no whole form, and for a second answer.
        """
        kept = polls.mine(turn).get(poll.id)
        if kept:
            if kept.ballot.value == value:
                return None  # sent twice, as phones do that lose the network
            self.floor.refuse("vignettes_sealed", "value")
        found = checked(value, self._form(turn, poll), self.framework.vignettes)
        if found is None:
            self.floor.refuse("vignettes_all", "value")
        return Ballot(list(found))

    def reveal(self, turn: Transaction, poll: Poll) -> JsonObject:
        """End both rounds, and publish what may be told of them; as Votes.reveal."""
        if poll.form == BEFORE:
            self.floor.refuse("vignettes_first", "vote")
        before = polls.results(turn).get(poll.id)
        if before is None:
            result = self._result(turn, poll)
            first = polls.one(turn, poll.before) if poll.before else None
            if first:
                polls.change(turn, first, state="closed")
            polls.publish(turn, poll, result, True, self.floor.now())
            cards.make(turn, self.framework)
        polls.change(turn, poll, state="revealed")
        return {"new": before is None, "waiting": 0}

    def refuse_undoing(self, turn: Transaction, poll: Poll) -> None:
        """InputError where a round was reported on: two reports could tell what one person had."""
        again = polls.again_of(turn, poll)
        if is_round(poll) and {poll.id, again} & polls.results(turn).keys():
            self.floor.refuse("vignettes_shown", "vote")

    def told(self, turn: Transaction, poll: Poll) -> list[JsonObject]:
        """What the member reads of a round: [{id, text, mine, answer, why, sources}]. While it is
        on, a participant's own form; once it is revealed, what they answered in both rounds and
        the reasons, whoever looks at the wall all situations. `mine` is {answer, sure} or None."""
        if poll.state == "revealed":
            return [*self._revealed(turn, poll)]
        if not turn.who.role.answers or poll.id not in polls.open_to_me(turn):
            return []
        mine = _answers(turn, poll)
        form = self.framework.vignettes.of_form(self._form(turn, poll))
        return [{"id": it.id, "text": it.text, "mine": mine.get(it.id)} for it in form]

    # -- help

    def _form(self, turn: Transaction, poll: Poll) -> FormName:
        """The form that the member has in this round: in the second, the one they did not have."""
        content = self.framework.vignettes
        first = polls.mine(turn).get(poll.before or "")
        had = scored(_listed(first.ballot.value), content) if first else None
        if had:
            return other(had.form)
        before = polls.one(turn, poll.before) if poll.before else None
        drawn = FormLot(**loads((before or poll).fact or "{}")).form(turn.who.id)
        return other(drawn) if before else drawn

    def _result(self, turn: Transaction, poll: Poll) -> Result:
        first = polls.one(turn, poll.before) if poll.before else None
        twice = polls.both(turn, first, poll) if first else []
        content = self.framework.vignettes
        rounds = [(scored(_listed(a), content), scored(_listed(b), content)) for a, b in twice]
        pairs = [(one, two) for one, two in rounds if one and two]
        report = learned(pairs, self.least)
        return Result(respondents=len(polls.waiting(turn, poll)), learned=report)

    def _revealed(self, turn: Transaction, poll: Poll) -> Iterator[JsonObject]:
        content, own = self.framework.vignettes, _answers(turn, poll)
        first = polls.one(turn, poll.before) if poll.before else None
        own = (_answers(turn, first) if first else {}) | own
        for one in content.vignettes:
            if one.id in own or not turn.who.role.answers:
                mine = own.get(one.id)
                said = content.called(mine["answer"]) if mine else ""
                yield self._with_reasons(one) | {"mine": mine | {"label": said} if mine else None}

    def _with_reasons(self, one: Vignette) -> JsonObject:
        named = dict.fromkeys(self.framework.citation(it)["source"] for it in one.rows)
        label = self.framework.vignettes.called(one.answer)
        return {
            "id": one.id,
            "text": one.text,
            "answer": label,
            "why": one.why,
            "sources": [*named],
        }


def _answers(turn: Transaction, poll: Poll) -> dict[str, JsonObject]:
    """By situation, what the member answered in this round."""
    mine = polls.mine(turn).get(poll.id) if turn.who.role.answers else None
    split = [it.split(" ") for it in _listed(mine.ballot.value)] if mine else []
    return {name: {"answer": answer, "sure": int(sure)} for name, answer, sure in split}


def _listed(value: object) -> list[str]:
    return [str(it) for it in value] if isinstance(value, list) else []
