"""Votes in the file: reading and writing them within a member's turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Literal, cast

from sqlalchemy import Row, case, delete, func, insert, literal, select, update

from playbook.cohort import map_links
from playbook.cohort.aggregate import Ballot, HandCount, How, Result
from playbook.cohort.counting import VoteQuestion
from playbook.cohort.transactions import Transaction
from playbook.cohort.types import Role
from playbook.model import Question
from playbook.model.storage import Stored
from playbook.store import class_schema as schema
from playbook.worksheet.kinds import choice_ids

State = Literal["open", "closed", "revealed"]
SECOND_PARTS = ("certain", "mind", map_links.LEAD_FORM)
"""Forms of what is asked beside another vote (second_parts, and map_links)."""
CARD = "card"
"""The form of what is asked weeks after a class: kept as a vote, and on no screen of the class."""


@dataclass(frozen=True, slots=True)
class Poll:
    """A vote: one question of a sheet, or of the trainer's own, asked of the class.

    `question` is its id, or table/question; `asked` is the question as it was then. `about` names
    the case or the candidate it is asked about, if any. `hands` says how counted hands are used.
    A question of one's own has a `form` (playbook.cohort.own_questions), and no sheet; `before` is
    the id of the vote before the talk; `fact` a Fact as JSON, of situations the lot. `step` is the
    step of the plan that opened it; `by_team`: a team answers as one (playbook.cohort.decisions).
    """

    id: str
    sheet: str
    question: str
    asked: Question
    about: str
    about_people: bool
    guess: bool
    state: State
    hands: How | None
    form: str = ""
    before: str | None = None
    fact: str | None = None
    step: str | None = None
    by_team: bool = False

    @property
    def is_part(self) -> bool:
        """Whether it is asked beside another vote, which it is opened, closed and shown with."""
        return self.form in SECOND_PARTS

    @property
    def counted(self) -> VoteQuestion:
        """The question, as far as counting goes."""
        return VoteQuestion(self.asked.kind, choice_ids(self.asked), self.about_people, self.form)


@dataclass(frozen=True, slots=True)
class StoredBallot:
    """A ballot in the file; `settled` ones are in a published result and stand."""

    ballot: Ballot
    settled: bool


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many answered, how many of them are in no published result yet, and how many of those may
    be read if they are texts."""

    answered: int = 0
    waiting: int = 0
    agreed: int = 0


def add(turn: Transaction, poll: Poll) -> None:
    """A new vote, after those that the class had, for everybody who is in the class by now."""
    mine = schema.poll.c.cohort == turn.who.cohort
    last = turn.connection.scalar(select(func.max(schema.poll.c.place)).where(mine))
    row = {name: getattr(poll, name) for name in Poll.__slots__}
    row |= {"asked": poll.asked.model_dump_json(), "place": (last or 0) + 1}
    turn.connection.execute(insert(schema.poll).values(row | {"cohort": turn.who.cohort}))
    here = schema.member.c.cohort == turn.who.cohort
    everybody = select(literal(poll.id), schema.member.c.id).where(here)
    turn.connection.execute(insert(schema.eligible).from_select(["poll", "member"], everybody))


def of_step(poll: Poll, step: str) -> Poll:
    """The same vote as one that a step of the plan opens."""
    return replace(poll, step=step)


def every(turn: Transaction) -> list[Poll]:
    """The votes of the member's class, in the order they were asked; its cards are none."""
    return turn.once(_every)


def _every(turn: Transaction) -> list[Poll]:
    here = (schema.poll.c.cohort == turn.who.cohort) & (schema.poll.c.form != CARD)
    found = turn.connection.execute(select(schema.poll).where(here).order_by(schema.poll.c.place))
    return [_poll(row) for row in found]


def cards(turn: Transaction) -> list[Poll]:
    """The cards that the member's class is asked after it (playbook.cohort.cards)."""
    here = (schema.poll.c.cohort == turn.who.cohort) & (schema.poll.c.form == CARD)
    found = turn.connection.execute(select(schema.poll).where(here).order_by(schema.poll.c.place))
    return [_poll(row) for row in found]


def one(turn: Transaction, poll_id: str) -> Poll | None:
    """The vote of that id, if it is one of the member's class."""
    here = (schema.poll.c.id == poll_id) & (schema.poll.c.cohort == turn.who.cohort)
    here &= schema.poll.c.form != CARD
    found = turn.connection.execute(select(schema.poll).where(here)).first()
    return _poll(found) if found else None


def change(turn: Transaction, poll: Poll, **values: str | None) -> None:
    """Change columns of a vote."""
    turn.connection.execute(update(schema.poll).where(schema.poll.c.id == poll.id).values(values))


def drop(turn: Transaction, poll: Poll) -> None:
    """Take a vote away with all that was answered and shown."""
    turn.connection.execute(delete(schema.poll).where(schema.poll.c.id == poll.id))


# --------------------------------------------------------------------------- ballots


def mine(turn: Transaction) -> dict[str, StoredBallot]:
    """The member's own ballots, by vote."""
    own = schema.ballot.c.member == turn.who.id
    found = turn.connection.execute(select(schema.ballot).where(own))
    return {row.poll: StoredBallot(_ballot(row), row.step is not None) for row in found}


def put(turn: Transaction, poll: Poll, ballot: Ballot) -> None:
    """Cast the member's ballot anew; without a value it is taken back."""
    own = (schema.ballot.c.poll == poll.id) & (schema.ballot.c.member == turn.who.id)
    turn.connection.execute(delete(schema.ballot).where(own))
    if ballot.value is not None:
        row = {name: getattr(ballot, name) for name in Ballot.__slots__}
        key = {"poll": poll.id, "member": turn.who.id}
        turn.connection.execute(insert(schema.ballot).values(row | key))


def waiting(turn: Transaction, poll: Poll) -> list[Ballot]:
    """The ballots that no published result has settled."""
    found = turn.connection.execute(select(schema.ballot).where(_waits(poll)))
    return [_ballot(row) for row in found]


def turnout(turn: Transaction) -> dict[str, Turnout]:
    """How many answered each vote that anybody answered."""
    ballot = schema.ballot.c
    agreed = func.sum(case((ballot.step.is_(None) & ballot.shared, 1), else_=0))
    cast = func.count().label("cast"), func.count(ballot.step).label("settled")
    counted = (
        select(ballot.poll, *cast, agreed.label("agreed"))
        .join(schema.poll, schema.poll.c.id == ballot.poll)
        .where(schema.poll.c.cohort == turn.who.cohort, _answers())
        .group_by(ballot.poll)
    )
    found = turn.connection.execute(counted)
    return {row.poll: Turnout(row.cast, row.cast - row.settled, row.agreed) for row in found}


def count(turn: Transaction, poll: Poll, choice: str) -> int:
    """How many participants gave this one answer."""
    ballot = schema.ballot.c
    here = (ballot.poll == poll.id) & _answers()
    found = turn.connection.scalars(select(ballot.value).where(here))
    return sum(1 for value in found if value == choice)


def open_to_me(turn: Transaction) -> set[str]:
    """The votes that the member may answer: those opened after they joined."""
    own = schema.eligible.c.member == turn.who.id
    return set(turn.connection.scalars(select(schema.eligible.c.poll).where(own)))


def electorates(turn: Transaction) -> dict[str, int]:
    """By vote, how many participants may answer it."""
    member, eligible = schema.member.c, schema.eligible.c
    counted = (
        select(eligible.poll, func.count().label("people"))
        .join(schema.member, member.id == eligible.member)
        .where(member.cohort == turn.who.cohort, member.role == Role.PARTICIPANT)
        .group_by(eligible.poll)
    )
    return {row.poll: row.people for row in turn.connection.execute(counted)}


def participants(turn: Transaction) -> int:
    """How many people of the class answer."""
    member = schema.member.c
    here = (member.cohort == turn.who.cohort) & (member.role == Role.PARTICIPANT)
    found = turn.connection.scalar(select(func.count()).select_from(schema.member).where(here))
    return found or 0


# --------------------------------------------------------------------------- hands and results


def hands(turn: Transaction, poll: Poll) -> HandCount | None:
    """The hands that were counted."""
    if poll.hands is None:
        return None
    table = schema.hands
    found = turn.connection.execute(select(table).where(table.c.poll == poll.id))
    return HandCount({row._mapping["choice"]: row._mapping["count"] for row in found}, poll.hands)


def set_hands(turn: Transaction, poll: Poll, counted: HandCount | None) -> None:
    """Keep the hands that were counted instead of those before; None for none."""
    turn.connection.execute(delete(schema.hands).where(schema.hands.c.poll == poll.id))
    change(turn, poll, hands=counted.how if counted else None)
    for choice, count in counted.counts.items() if counted else ():
        row = {"poll": poll.id, "choice": choice, "count": count}
        turn.connection.execute(insert(schema.hands).values(row))


def results(turn: Transaction) -> dict[str, Result]:
    """What was published last of each vote."""
    return turn.once(_results)


def results_of_cards(turn: Transaction) -> dict[str, Result]:
    """The same of each card."""
    return _published(turn, schema.poll.c.form == CARD)


def _results(turn: Transaction) -> dict[str, Result]:
    return _published(turn, schema.poll.c.form != CARD)


def _published(turn: Transaction, which: Any) -> dict[str, Result]:
    found = turn.connection.execute(
        select(schema.published)
        .join(schema.poll, schema.poll.c.id == schema.published.c.poll)
        .where(schema.poll.c.cohort == turn.who.cohort, which)
        .order_by(schema.published.c.step)
    )
    return {row.poll: Result.model_validate_json(row.result) for row in found}


def publish(turn: Transaction, poll: Poll, result: Result, settles: bool, at: datetime) -> None:
    """Freeze what everybody may see now, and settle the ballots that are in it."""
    step = schema.published.c.step
    last = select(func.max(step)).where(schema.published.c.poll == poll.id)
    this = (turn.connection.scalar(last) or 0) + 1
    row = {"poll": poll.id, "step": this, "at": at, "result": result.model_dump_json()}
    turn.connection.execute(insert(schema.published).values(row))
    if settles:
        turn.connection.execute(update(schema.ballot).where(_waits(poll)).values(step=this))


def again_of(turn: Transaction, poll: Poll) -> str | None:
    """The id of the vote after the talk, if there was one."""
    mine = schema.poll.c.before == poll.id
    return turn.connection.scalar(select(schema.poll.c.id).where(mine))


def pairs(turn: Transaction, first: Poll, second: Poll) -> list[tuple[str, str]]:
    """What participants answered to the one and to the other, of those who answered both."""
    return [(str(one), str(other)) for one, other in both(turn, first, second)]


def both(turn: Transaction, first: Poll, second: Poll) -> list[tuple[Stored, Stored]]:
    """The same as it is stored."""
    one, other = schema.ballot.alias(), schema.ballot.alias()
    twice = (
        select(one.c.value.label("first"), other.c.value.label("second"))
        .join(other, other.c.member == one.c.member)
        .where(one.c.poll == first.id, other.c.poll == second.id)
        .where(one.c.member.in_(_participants()))
    )
    return [(row.first, row.second) for row in turn.connection.execute(twice)]


def _waits(poll: Poll) -> Any:
    return (schema.ballot.c.poll == poll.id) & schema.ballot.c.step.is_(None) & _answers()


def _answers() -> Any:
    """That a ballot is a participant's: not of somebody who is set aside, or looks on by now."""
    return schema.ballot.c.member.in_(_participants())


def _participants() -> Any:
    return select(schema.member.c.id).where(schema.member.c.role == Role.PARTICIPANT)


def _poll(row: Row[Any]) -> Poll:
    values = {name: getattr(row, name) for name in Poll.__slots__}
    return Poll(**values | {"asked": _question(row.asked)})


@lru_cache(maxsize=1024)
def _question(asked: str) -> Question:
    """A state is told to sixty phones, and asks for its votes several times."""
    return Question.model_validate_json(asked)


def _ballot(row: Row[Any]) -> Ballot:
    return Ballot(cast(Stored, row.value), row.guess, row.shared)
