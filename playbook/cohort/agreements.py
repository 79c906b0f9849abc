"""What a class agrees to do: one action, one owner, one date, looked at the next time."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, update

from playbook.cohort import wall
from playbook.cohort.transactions import Transactions
from playbook.cohort.types import Member
from playbook.model import Question
from playbook.store.class_schema import agreed
from playbook.worksheet.parse import parse

OUTCOMES = ("done", "partly", "dropped")
_ASKED = (
    Question(id="what", kind="text", text="What is done?"),
    Question(id="owner", kind="text", text="Who sees to it?", max_length=80),
    Question(id="due", kind="date", text="By when?"),
)


class Agreements:
    """The agreed actions of the classes on one host. Ids of another class are unknown ones."""

    def __init__(self, floor: Transactions) -> None:
        self._floor = floor

    def agree(self, by: Member, what: str, owner: str, due: str | date) -> str:
        """Write an action down; `due` is a date, or one as people type it. Returns its id."""
        given = {"what": what, "owner": owner, "due": due}
        kept = {asked.id: self._parsed(asked, given[asked.id]) for asked in _ASKED}
        made = kept | {"id": str(uuid4()), "at": self._floor.now()}
        made["due"] = date.fromisoformat(kept["due"])
        with self._floor.as_leader(by) as turn:
            turn.connection.execute(insert(agreed).values(made | {"cohort": turn.who.cohort}))
            wall.put(turn, "agreed")
        return str(made["id"])

    def review(self, by: Member, agreed_id: str, outcome: str) -> None:
        """Say next time what became of it: done, partly or dropped; it may be said again."""
        if outcome not in OUTCOMES:
            self._floor.refuse("outcome", "outcome")
        with self._floor.as_leader(by) as turn:
            here = (agreed.c.id == self._floor.known(agreed_id)) & (
                agreed.c.cohort == turn.who.cohort
            )
            changed = turn.connection.execute(update(agreed).where(here).values(review=outcome))
            if not changed.rowcount:
                raise self._floor.gone()

    def _parsed(self, asked: Question, given: Any) -> str:
        value = parse(asked, given, self._floor.words, self._floor.now().astimezone().date())
        if value is None:
            self._floor.refuse("agreed", asked.id)
        return str(value)
