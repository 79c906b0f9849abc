"""Questions of the trainer's own that wait: written on Monday, asked on Wednesday."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, func, insert, select

from playbook.cohort.own_questions import OwnQuestion, written
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.store.class_schema import prepared

MOST = 100


class Prepared:
    """The prepared questions of the classes on one host. Ids of another class are unknown ones."""

    def __init__(self, floor: Transactions) -> None:
        self._floor = floor

    def keep(self, by: Member, given: Mapping[str, Any]) -> str:
        """Keep a question (as in own_questions.written) for later; returns its id."""
        own, kept = written(given, self._floor.words), prepared
        with self._floor.as_leader(by) as turn:
            here = kept.c.cohort == turn.who.cohort
            there = select(func.count(), func.max(kept.c.place)).where(here)
            count, last = turn.connection.execute(there).one()
            if count >= MOST:
                self._floor.refuse("prepared_most", "text", limit=MOST)
            row = {"id": str(uuid4()), "cohort": turn.who.cohort, "place": (last or 0) + 1}
            turn.connection.execute(insert(kept).values(row | {"asked": own.model_dump_json()}))
        return str(row["id"])

    def get(self, by: Member, question_id: str) -> dict[str, Any]:
        """A prepared question as it was given, to be asked now."""
        here = prepared.c.id == self._floor.known(question_id)
        with self._floor.as_leader(by) as turn:
            mine = select(prepared.c.asked).where(here, prepared.c.cohort == turn.who.cohort)
            found = turn.connection.scalar(mine)
            if found is None:
                raise self._floor.gone()
        return given(OwnQuestion.model_validate_json(found))

    def drop(self, by: Member, question_id: str) -> None:
        """Keep a question no longer."""
        here = prepared.c.id == self._floor.known(question_id)
        with self._floor.as_leader(by) as turn:
            mine = delete(prepared).where(here, prepared.c.cohort == turn.who.cohort)
            if not turn.connection.execute(mine).rowcount:
                raise self._floor.gone()


def given(own: OwnQuestion) -> dict[str, Any]:
    """A question as a form gives it (own_questions.written)."""
    across, up = own.axes or ("", "")
    fact = own.fact.model_dump() if own.fact else {}
    told = {"form": own.form, "text": own.text, "lead": own.lead, "unit": own.unit}
    more = {"choices": list(own.choices), "across": across, "up": up}
    known = {"fact": fact.get("value", ""), "bound": fact.get("bound", "exact")}
    return told | more | known | {"source": fact.get("source", "")}


def listed(turn: Transaction) -> list[dict[str, Any]]:
    """The prepared questions in their order: {id, form, text}."""
    here = select(prepared).where(prepared.c.cohort == turn.who.cohort).order_by(prepared.c.place)
    found = turn.connection.execute(here).all()
    told = [(row.id, OwnQuestion.model_validate_json(row.asked)) for row in found]
    return [{"id": key, "form": own.form, "text": own.text} for key, own in told]
