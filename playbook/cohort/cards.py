"""What people are asked weeks after a class: three things from memory, and their first step.

A card is kept as a vote that is on no screen of the class. Who was in the class when it saw what it
learned may answer, from its day on until everything is erased, also after the last day of the
class. It is sealed once sent; then the answers are given with their reasons, and no score. What the
trainer hears goes through the rule of five, as later answers to a vote do: five people more, or
nothing new (playbook.cohort.aggregate).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort import polls
from playbook.cohort.aggregate import Ballot, DisclosureRule
from playbook.cohort.polls import CARD, Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.framework import Framework
from playbook.model import Question
from playbook.model.content import Choice
from playbook.model.vignettes import RecallCard
from playbook.store.class_schema import cohort
from playbook.worksheet.kinds.date import written_date

STEP = "step"
HAPPENED = ("yes", "not_yet", "changed", "no")
FORGOTTEN = 0
"""The choice of who does not remember."""
JsonObject = dict[str, Any]


def make(turn: Transaction, framework: Framework) -> None:
    """The cards of the member's class, once, for everybody who is in it now; none whose day comes
    after everything is erased."""
    if polls.cards(turn):
        return
    columns = (cohort.c.day, cohort.c.created, cohort.c.erase_on)
    here = select(*columns).where(cohort.c.id == turn.who.cohort)
    found = turn.connection.execute(here).one()
    day = found.day or found.created.astimezone().date()
    for card in framework.vignettes.cards:
        if card.due(day) < found.erase_on:
            polls.add(turn, _poll(card, card.due(day), framework))


def card_questions(poll: Poll, framework: Framework) -> list[JsonObject]:
    """The questions of a card in words: [{id, text, choices: [{id, label, hint}], right, why}];
    `right` is the id of a choice, or "" where none is."""
    card = next((it for it in framework.vignettes.cards if str(it.weeks) == poll.question), None)
    return [*_questions(card, framework)] if card else []


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of the classes on one host."""

    floor: Transactions
    framework: Framework
    rule: DisclosureRule

    def mine(self, who: Member) -> list[JsonObject]:
        """One's own cards in the order of their days: [{id, title, day, is_due, questions}], with
        {mine, answer, why} at each question of one that was sent."""
        with self.floor.as_member(who) as turn:
            if not turn.who.role.answers:
                return []
            sent, may = polls.mine(turn), polls.open_to_me(turn)
            return [
                {
                    "id": poll.id,
                    "title": poll.asked.text,
                    "day": written_date(date.fromisoformat(poll.about), self.floor.words),
                    "is_due": self._is_due(poll),
                    "is_sent": poll.id in sent,
                    "questions": [
                        *self._told(poll, sent[poll.id].ballot if poll.id in sent else None)
                    ],
                }
                for poll in polls.cards(turn)
                if poll.id in may
            ]

    def answer(self, who: Member, card: str, answers: Mapping[str, object]) -> None:
        """Send a card: `answers` has the id of a choice for each question.

        InputError before its day, for an answer that is missing, and for a second, other card.
        """
        with self.floor.as_participant(who) as turn:
            found = [it for it in polls.cards(turn) if it.id == self.floor.known(card)]
            if not found or found[0].id not in polls.open_to_me(turn):
                raise self.floor.gone()
            poll = found[0]
            if not self._is_due(poll):
                day = written_date(date.fromisoformat(poll.about), self.floor.words)
                self.floor.refuse("card_early", "card", day=day)
            value = self._checked(poll, answers)
            sent = polls.mine(turn).get(poll.id)
            if sent and sent.ballot.value != value:
                self.floor.refuse("card_sealed", "card")
            if sent is None:
                polls.put(turn, poll, Ballot(value))
                self._publish(turn, poll)

    # -- help

    def _is_due(self, poll: Poll) -> bool:
        return date.fromisoformat(poll.about) <= self.floor.now().astimezone().date()

    def _checked(self, poll: Poll, answers: Mapping[str, object]) -> list[str]:
        chosen = []
        for one in card_questions(poll, self.framework):
            given = answers.get(one["id"])
            if given not in [it["id"] for it in one["choices"]]:
                self.floor.refuse("card_all", one["id"], question=one["text"])
            chosen.append(str(given))
        return chosen

    def _publish(self, turn: Transaction, poll: Poll) -> None:
        before = polls.results_of_cards(turn).get(poll.id)
        step = self.rule.publish(poll.counted, polls.waiting(turn, poll), before)
        if step.settles:
            polls.publish(turn, poll, step.result, True, self.floor.now())

    def _told(self, poll: Poll, sent: Ballot | None) -> Iterator[JsonObject]:
        kept = sent.value if sent and isinstance(sent.value, list) else []
        for one in card_questions(poll, self.framework):
            labels = {it["id"]: it["label"] for it in one["choices"]}
            told = {name: one[name] for name in ("id", "text", "choices")}
            if sent:
                told["mine"] = next((labels[it] for it in kept if it in labels), "")
                told |= {"answer": labels.get(one["right"], ""), "why": one["why"]}
            yield told


def _poll(card: RecallCard, due: date, framework: Framework) -> Poll:
    cells = [cell for one in _questions(card, framework) for cell in one["choices"]]
    listed = tuple(Choice(id=it["id"], label=it["label"]) for it in cells)
    return Poll(
        id=str(uuid4()),
        sheet="",
        question=str(card.weeks),
        asked=Question(id=CARD, kind="many", text=card.title, choices=listed),
        about=due.isoformat(),
        about_people=False,
        guess=False,
        state="open",
        hands=None,
        form=CARD,
    )


def _questions(card: RecallCard, framework: Framework) -> Iterator[JsonObject]:
    say = framework.words.text
    for one in card.questions:
        labels = [(f"{one.id}_{n}", label) for n, label in enumerate(one.choices, 1)]
        labels.append((f"{one.id}_{FORGOTTEN}", say("recall.forgotten")))
        right = f"{one.id}_{one.answer}"
        yield _question(one.id, one.text, labels) | {"right": right, "why": one.why}
    happened = [(f"{STEP}_{it}", say(f"recall.{it}")) for it in HAPPENED]
    yield _question(STEP, say("recall.step"), happened) | {"right": "", "why": ""}


def _question(name: str, text: str, labels: list[tuple[str, str]]) -> JsonObject:
    choices = [{"id": it, "label": label, "hint": ""} for it, label in labels]
    return {"id": name, "text": text, "choices": choices}
