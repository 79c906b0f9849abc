"""Rounds in which the members of a workgroup give their levels, each for themselves.

A round belongs to a team. Whoever was in it when it was opened may answer, and change the answer as
long as it is open: the last one counts, once. Closing it shows what may be shown, for good
(playbook.cohort.group_levels); then nobody answers any more, and what was given is forgotten. Who
gave a level to which practice is kept: of two rounds the difference could tell what somebody gave
who was in one of them alone, so the next one holds such a practice back. It comes four weeks later
at the earliest, when people may give other levels.

A team of fewer than five agrees each level aloud, and nothing is kept of anybody here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Row, delete, insert, select, update

from playbook.analysis.practices.levels import NINE
from playbook.cohort.group_levels import (
    LEVELS,
    EarlierRound,
    GroupLevels,
    held_back,
    publish,
)
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member, Role
from playbook.framework import Framework
from playbook.store import class_schema as schema

FORGOTTEN = 0
"""What is kept of a level once its round is closed: that there was one."""


@dataclass(frozen=True, slots=True)
class RoundState:
    """How a team's round stands for one of its members.

    `members` are the people of the team; `may_open` whether a round can begin now; `open` whether
    one goes on, in which `answered` of `asked` have answered, and `mine` are one's own levels, None
    for who is not asked. `results` are the closed rounds by the day they were closed, last first.
    """

    team: str
    members: int
    least: int
    may_open: bool
    next_on: datetime | None
    open: bool
    answered: int
    asked: int
    mine: Mapping[str, int] | None
    results: tuple[tuple[datetime, GroupLevels], ...]


class LevelRounds:
    """The rounds of the teams on one host. Another team's are unknown ones."""

    def __init__(self, floor: Transactions, framework: Framework) -> None:
        self._floor = floor
        self._least = round(framework.threshold_values["room_least_people"])
        self._apart = timedelta(weeks=framework.threshold_values["levels_apart_weeks"])

    def state_for(self, who: Member) -> RoundState:
        """How it stands for this member; GoneError for somebody without a team."""
        with self._floor.as_member(who) as turn:
            team = self._team(turn)
            rounds = _rounds(turn, team)
            going = next((it for it in rounds if it.closed is None), None)
            members = _members(turn, team)
            next_on = self._next(rounds)
            ready = len(members) >= self._least and going is None
            cast = _cast(turn, going.id) if going else {}
            return RoundState(
                team=_name(turn, team),
                members=len(members),
                least=self._least,
                may_open=ready and (next_on is None or next_on <= self._floor.now()),
                next_on=next_on,
                open=going is not None,
                answered=sum(levels is not None for levels in cast.values()),
                asked=len(cast),
                mine=(cast[turn.who.id] or {}) if turn.who.id in cast else None,
                results=tuple(
                    (it.closed, GroupLevels.model_validate_json(it.result))
                    for it in rounds
                    if it.closed is not None
                ),
            )

    def open(self, who: Member) -> None:
        """Begin a round for everybody who is in the team by now."""
        with self._floor.as_participant(who) as turn:
            team = self._team(turn)
            members, rounds = _members(turn, team), _rounds(turn, team)
            if len(members) < self._least:
                self._floor.refuse("levels_few", "open", least=self._least)
            if any(it.closed is None for it in rounds):
                self._floor.refuse("levels_open", "open")
            next_on = self._next(rounds)
            if next_on is not None and self._floor.now() < next_on:
                self._floor.refuse("levels_soon", "open")
            made = {"id": str(uuid4()), "team": team, "opened": self._floor.now()}
            turn.connection.execute(insert(schema.level_round).values(made))
            asked = [{"round": made["id"], "member": member} for member in members]
            turn.connection.execute(insert(schema.level_ballot), asked)

    def answer(self, who: Member, given: Mapping[str, Any]) -> None:
        """Give one's levels by practice, 1 to 5, in place of those before; {} takes them back."""
        levels = self._checked(given)
        with self._floor.as_participant(who) as turn:
            going = self._going(turn)
            if who.id not in _cast(turn, going.id):
                self._floor.refuse("levels_late", "levels")
            _put(turn, going.id, levels or None)

    def close(self, who: Member) -> None:
        """End the round and show what may be shown; what people gave is forgotten."""
        with self._floor.as_participant(who) as turn:
            going = self._going(turn)
            cast = _cast(turn, going.id)
            ballots = {one: levels for one, levels in cast.items() if levels is not None}
            if len(ballots) < self._least:
                self._floor.refuse("levels_wait", "close", least=self._least)
            held = held_back(_raters(ballots), _earlier(turn, going.team), self._least)
            result = publish(list(ballots.values()), NINE, self._least, held)
            this = schema.level_round.c.id == going.id
            values = {"closed": self._floor.now(), "result": result.model_dump_json()}
            turn.connection.execute(update(schema.level_round).where(this).values(values))
            _forget(turn, going.id, ballots)

    # -- help

    def _team(self, turn: Transaction) -> str:
        if turn.who.team is None or not turn.who.role.answers:
            raise self._floor.gone()
        return turn.who.team

    def _going(self, turn: Transaction) -> Row[Any]:
        found = next((it for it in _rounds(turn, self._team(turn)) if it.closed is None), None)
        if found is None:
            self._floor.refuse("levels_over", "levels")
        return found

    def _next(self, rounds: list[Row[Any]]) -> datetime | None:
        """From when on another round may begin; None before the first."""
        return rounds[0].opened + self._apart if rounds else None

    def _checked(self, given: Mapping[str, Any]) -> dict[str, int]:
        good = isinstance(given, Mapping) and all(
            one in NINE and type(level) is int and 1 <= level <= LEVELS
            for one, level in given.items()
        )
        if not good:
            self._floor.refuse("levels_value", "levels", most=LEVELS)
        return dict(given)


def _rounds(turn: Transaction, team: str) -> list[Row[Any]]:
    """The team's rounds, the last first."""
    table = schema.level_round
    mine = select(table).where(table.c.team == team).order_by(table.c.opened.desc())
    return list(turn.connection.execute(mine))


def _members(turn: Transaction, team: str) -> list[str]:
    member = schema.member.c
    here = (member.team == team) & (member.role == Role.PARTICIPANT)
    return list(turn.connection.scalars(select(member.id).where(here)))


def _name(turn: Transaction, team: str) -> str:
    here = schema.team.c.id == team
    return str(turn.connection.scalar(select(schema.team.c.name).where(here)))


def _cast(turn: Transaction, round_id: str) -> dict[str, dict[str, int] | None]:
    """The levels of everybody who is asked; None for who has not answered."""
    table = schema.level_ballot
    found = turn.connection.execute(select(table).where(table.c.round == round_id))
    return {row.member: row.levels for row in found}


def _raters(ballots: Mapping[str, Mapping[str, int]]) -> dict[str, frozenset[str]]:
    """By practice, who gave a level."""
    return {one: frozenset(who for who, it in ballots.items() if one in it) for one in NINE}


def _earlier(turn: Transaction, team: str) -> list[EarlierRound]:
    """The team's closed rounds; whoever was erased since is among their raters no more."""
    return [
        EarlierRound(
            GroupLevels.model_validate_json(it.result),
            _raters({who: kept or {} for who, kept in _cast(turn, it.id).items()}),
        )
        for it in _rounds(turn, team)
        if it.closed is not None
    ]


def _forget(turn: Transaction, round_id: str, ballots: Mapping[str, Mapping[str, int]]) -> None:
    """Of each ballot keep that a practice was given a level, and not which."""
    table = schema.level_ballot
    of_round = table.c.round == round_id
    turn.connection.execute(delete(table).where(of_round, table.c.member.not_in(ballots)))
    for who, levels in ballots.items():
        theirs = of_round & (table.c.member == who)
        kept = dict.fromkeys(levels, FORGOTTEN)
        turn.connection.execute(update(table).where(theirs).values(levels=kept))


def _put(turn: Transaction, round_id: str, levels: dict[str, int] | None) -> None:
    ballot = schema.level_ballot.c
    mine = (ballot.round == round_id) & (ballot.member == turn.who.id)
    turn.connection.execute(update(schema.level_ballot).where(mine).values(levels=levels))
