"""What teams decide: one answer a team, told with the team's name.

A team's decision is the word of a group and not of a person, so the rule of five is not asked; who
decides is told so before. It stays with its team until whoever leads reveals it to all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from playbook.cohort import polls, seating
from playbook.cohort.polls import Poll
from playbook.cohort.transactions import Transaction, Transactions
from playbook.model.storage import Stored
from playbook.model.wording import Words
from playbook.report.take_home.room import with_unit
from playbook.store.class_schema import decision, poll, team
from playbook.worksheet.kinds import choice_labels


def require_team(turn: Transaction, floor: Transactions) -> None:
    """InputError for who is in no team, or alone in one: that would be a person's word."""
    own = next((it for it in seating.teams(turn) if it.id == turn.who.team), None)
    if own is None:
        floor.refuse("no_team", "value")
    if len(own.people) < seating.SMALLEST:
        floor.refuse("team_alone", "value")


def put(turn: Transaction, of: Poll, value: Stored) -> None:
    """The decision of the member's team, instead of the one before; None takes it back."""
    here = (decision.c.poll == of.id) & (decision.c.team == turn.who.team)
    turn.connection.execute(delete(decision).where(here))
    if value is not None:
        row = {"poll": of.id, "team": turn.who.team, "value": value, "shown": True}
        turn.connection.execute(insert(decision).values(row))


def mine(turn: Transaction) -> dict[str, Stored]:
    """By vote, what the member's team decided."""
    if turn.who.team is None:
        return {}
    here = select(decision).where(decision.c.team == turn.who.team)
    return {row.poll: row.value for row in turn.connection.execute(here)}


def deciders(turn: Transaction) -> dict[str, set[str]]:
    """By vote, the ids of the teams that decided, also of those that are no more."""
    found = turn.connection.execute(
        select(decision.c.poll, decision.c.team)
        .join(poll, poll.c.id == decision.c.poll)
        .where(poll.c.cohort == turn.who.cohort)
    )
    told: dict[str, set[str]] = {}
    for row in found:
        told.setdefault(row.poll, set()).add(row.team)
    return told


def show(turn: Transaction, of: Poll, team_id: str, is_shown: bool) -> bool:
    """Show a team's decision beside the others once they are revealed, or leave it out. Whether it
    is there."""
    here = (decision.c.poll == of.id) & (decision.c.team == team_id)
    changed = turn.connection.execute(update(decision).where(here).values(shown=is_shown))
    return bool(changed.rowcount)


def current(turn: Transaction, wall_poll: str | None) -> Poll | None:
    """The vote by team that the matrix is about: the one on the wall, else the latest."""
    by_team = [it for it in polls.every(turn) if it.by_team]
    on_the_wall = [it for it in by_team if it.id == wall_poll]
    return next(iter(on_the_wall or by_team[-1:]), None)


def matrix(turn: Transaction, of: Poll, words: Words) -> dict[str, Any]:
    """{question, rows: [{id, team, decision, shown}], revealed}: who leads sees every decision,
    a team its own; all see those that are shown once they are revealed. A vote that is over knows
    nothing of teams that were made since."""
    role, revealed = turn.who.role, of.state == "revealed"
    found = turn.connection.execute(
        select(decision, team.c.name).join(team).where(decision.c.poll == of.id)
    ).all()
    told = {row.team: row for row in found}
    teams = seating.teams(turn)
    over = of.state != "open" and any(it.past for it in teams if it.id in told)
    names = {it.id: it.name for it in teams if it.id in told or (it.people and not over)}
    rows = []
    for key, name in names.items():
        row, own = told.get(key), key == turn.who.team and role.answers
        if not (revealed or own or role.looks):
            continue
        is_told = row is not None and (role.leads or own or (revealed and row.shown))
        text = written(of, row.value, words) if row is not None and is_told else None
        about = {"id": key, "team": name, "decision": text}
        rows.append(about | {"decided": row is not None, "shown": row is None or row.shown})
    return {"poll": of.id, "question": of.asked.text, "rows": rows, "revealed": revealed}


def revealed(turn: Transaction, words: Words) -> list[dict[str, Any]]:
    """What teams decided and all were shown: {question, rows: [{team, decision}]} a vote."""
    told = []
    for of in polls.every(turn):
        if of.by_team and of.state == "revealed":
            every = matrix(turn, of, words)["rows"]
            rows = [it for it in every if it["decision"] is not None and it["shown"]]
            kept = [{key: it[key] for key in ("team", "decision")} for it in rows]
            told.append({"question": of.asked.text, "rows": kept})
    return told


def written(of: Poll, value: Stored, words: Words) -> str:
    """A decision as people read it."""
    labels: Mapping[str, str] = choice_labels(of.asked, words)
    if of.counted.is_range and isinstance(value, list):
        low, high = value
        return words.text("room_page.range_told", low=low, high=with_unit(high, of.asked.unit))
    several = value if isinstance(value, list) else [value]
    between = ", " if labels else " "
    return between.join(labels.get(str(one), str(one)) for one in several)
