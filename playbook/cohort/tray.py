"""The tray: free texts that whoever leads has to read before anybody else sees one.

They come here without names, five or more at once and in an order by chance (cohort/aggregate.py);
each is shown or hidden singly, and put into a group. Who leads a class reads it; others get what is
shown of a vote whose result is shown.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import uuid4

from sqlalchemy import func, insert, select, update

from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.model import Question
from playbook.store.class_schema import poll, tray
from playbook.worksheet.parse import parse

_HEADING = Question(id="heading", kind="text", text="Group", max_length=40)


def put_in(turn: Transaction, of: Poll, texts: tuple[str, ...]) -> None:
    """Texts come to the tray of a vote, after those that are there; none is shown."""
    last = turn.connection.scalar(select(func.max(tray.c.place)).where(tray.c.poll == of.id))
    for place, text in enumerate(texts, (last or 0) + 1):
        row = {"id": str(uuid4()), "poll": of.id, "place": place, "text": text}
        turn.connection.execute(insert(tray).values(row | {"heading": "", "shown": False}))


def texts(turn: Transaction, *, shown_only: bool) -> dict[str, list[dict[str, Any]]]:
    """By vote, its texts: {id, text, heading, shown}, those of one group together."""
    here = select(tray).join(poll, poll.c.id == tray.c.poll).where(poll.c.cohort == turn.who.cohort)
    if shown_only:
        here = here.where(tray.c.shown)
    order = (tray.c.heading == "", tray.c.heading, tray.c.place)
    found: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in turn.connection.execute(here.order_by(*order)).mappings():
        found[row["poll"]].append({name: row[name] for name in ("id", "text", "heading", "shown")})
    return found


class Tray:
    """The trays of the classes on one host. Ids of another class are unknown ones."""

    def __init__(self, floor: Transactions) -> None:
        self._floor = floor

    def show(self, by: Member, text_id: str, is_shown: bool) -> bool:
        """Let one text out, or take it back; whether that changed anything."""
        return self._set(by, text_id, "shown", is_shown)

    def group(self, by: Member, text_id: str, heading: str) -> bool:
        """Put one text into a group, or with "" in none; whether that changed anything."""
        named = str(parse(_HEADING, heading, self._floor.words) or "")
        return self._set(by, text_id, "heading", named)

    def _set(self, by: Member, text_id: str, column: str, value: object) -> bool:
        with self._floor.as_leader(by) as turn:
            mine = select(poll.c.id).where(poll.c.cohort == turn.who.cohort)
            here = (tray.c.id == self._floor.known(text_id)) & tray.c.poll.in_(mine)
            before = turn.connection.execute(select(tray).where(here)).mappings().first()
            if before is None:
                raise self._floor.gone()
            turn.connection.execute(update(tray).where(here).values({column: value}))
        return bool(before[column] != value)
