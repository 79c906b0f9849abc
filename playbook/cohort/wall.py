"""The wall: one thing at a time, what whoever leads put there, else what follows from the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import select

from playbook.cohort import plan_rows, polls, room_row
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member
from playbook.model.programme import WallKind
from playbook.store.class_schema import published

KINDS: tuple[WallKind, ...] = get_args(WallKind)
OF_A_CASE = ("case", "exhibit", "facts")
_OF_A_VOTE = ("vote", "result", "matrix")


@dataclass(frozen=True, slots=True)
class Wall:
    """Puts things on the walls of the classes on one host."""

    floor: Transactions

    def put(self, by: Member, kind: str, poll_id: str | None = None) -> bool:
        """Show this instead of what is there; "" takes off what was put there, so that the wall
        follows the rest again. Whether that changed anything."""
        with self.floor.as_leader(by) as turn:
            if kind not in ("", *KINDS):
                raise self.floor.gone()
            poll = polls.one(turn, self.floor.known(poll_id)) if poll_id else None
            if poll_id and poll is None:
                raise self.floor.gone()
            if kind in _OF_A_VOTE and poll is None and kind != "matrix":
                raise self.floor.gone()
            return put(turn, kind or None, poll)


def put(turn: Transaction, kind: str | None, poll: Poll | None = None) -> bool:
    """The same within a turn."""
    return room_row.change(turn, wall=kind, wall_poll=poll.id if poll else None)


def shown(turn: Transaction) -> dict[str, Any]:
    """What the wall shows: {kind, poll}, the id of the vote it is about or None."""
    row = room_row.current(turn)
    every = {it.id: it for it in polls.every(turn)}
    if row.wall and row.wall not in OF_A_CASE and _stands(row.wall, every.get(row.wall_poll)):
        return {"kind": row.wall, "poll": row.wall_poll}
    planned = _of_the_phase(turn)
    if planned:
        return planned
    asked = [it for it in every.values() if not it.is_part]
    waiting = [it for it in asked if it.state == "open"]
    if waiting:
        return {"kind": "vote", "poll": waiting[-1].id}
    latest = asked[-1] if asked else None
    if latest and latest.state == "revealed":
        return {"kind": "matrix" if latest.by_team else "result", "poll": latest.id}
    over = plan_rows.passed_over(turn)
    if latest and latest.id not in over and not _was_published(turn, latest):
        return {"kind": "vote", "poll": latest.id}
    return {"kind": "note" if row.sheet or row.note else "join", "poll": None}


def _of_the_phase(turn: Transaction) -> dict[str, Any] | None:
    """What the running phase puts there; None without one, or where its vote is gone."""
    running = plan_rows.running(turn)
    if running is None:
        return None
    kind, about = running.phase.on_the_wall, None
    if kind in OF_A_CASE and not running.step.given.tells:
        return {"kind": "note", "poll": None}
    if kind in _OF_A_VOTE:
        about = plan_rows.poll_of(turn, running.step, running.number)
        if kind == "result" and about and about.by_team:
            kind = "matrix"
        if about is None or not _stands(kind, about):
            return {"kind": "note", "poll": None}
    return {"kind": kind, "poll": about.id if about else None}


def _stands(kind: str, poll: Poll | None) -> bool:
    """Whether there is still something to show of that kind."""
    if kind == "result":
        return poll is not None and poll.state == "revealed"
    if kind == "vote":
        return poll is not None and poll.state != "revealed"
    return True


def _was_published(turn: Transaction, poll: Poll) -> bool:
    here = select(published.c.poll).where(published.c.poll == poll.id)
    return turn.connection.scalar(here) is not None
