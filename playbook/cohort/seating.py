"""Who sits in which team: for the whole class at once, at random, by table or as people choose.

Such a team talks and decides together. It shares a worksheet only in a class that was made so, and
never takes one away: where people already share one, they are not put anywhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from random import Random, SystemRandom
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, insert, select, update

from playbook.cohort import room_row
from playbook.cohort.transactions import Transaction, Transactions
from playbook.cohort.types import Member, Role
from playbook.store import class_schema as schema
from playbook.store.schema import workspace

WAYS = ("random", "table", "choice")
SMALLEST, LARGEST = 2, 20
_NUMBER = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class SeatedTeam:
    """A team and its participants, in the order they came: (id, name).

    `past`: nobody is in it any more, and what it decided or said of its levels is still there.
    """

    id: str
    name: str
    shares: bool
    people: tuple[tuple[str, str], ...]
    past: bool


def teams(turn: Transaction) -> list[SeatedTeam]:
    """The teams of the member's class in the order of their names, 2 before 10."""
    return turn.once(_teams)


def _teams(turn: Transaction) -> list[SeatedTeam]:
    team, member = schema.team.c, schema.member.c
    here = turn.connection.execute(select(schema.team).where(team.cohort == turn.who.cohort)).all()
    seated = turn.connection.execute(
        select(member.id, member.name, member.team)
        .where(member.cohort == turn.who.cohort, member.role == Role.PARTICIPANT)
        .where(member.team.is_not(None))
        .order_by(member.joined, member.id)
    ).all()
    left, found = _left_something(turn, [row.id for row in here]), []
    for row in sorted(here, key=lambda row: _in_order(row.name)):
        people = tuple((one.id, one.name) for one in seated if one.team == row.id)
        past = not people and row.id in left
        found.append(SeatedTeam(row.id, row.name, row.workspace is not None, people, past))
    return found


def _left_something(turn: Transaction, ids: Sequence[str]) -> set[str]:
    """Those of the teams that decided something or said something of their levels."""
    left: set[str] = set()
    for table in (schema.decision, schema.level_round):
        here = select(table.c.team).where(table.c.team.in_(ids)).distinct()
        left.update(turn.connection.scalars(here))
    return left


def _in_order(name: str) -> list[Any]:
    return [(0, int(it), "") if it.isdecimal() else (1, 0, it) for it in _NUMBER.split(name) if it]


class Seating:
    """Puts a whole class into teams. `random` draws who sits where; never seeded."""

    def __init__(self, floor: Transactions, random: Random | None = None) -> None:
        self._floor, self._random = floor, random or SystemRandom()

    # -- of who leads

    def make(self, by: Member, way: str, size: int) -> int:
        """Put everybody into teams of `size` or one fewer, instead of those before; or make so many
        for people to choose. How many teams there are."""
        with self._floor.as_leader(by) as turn:
            return self.make_in(turn, way, size)

    def fill(self, by: Member) -> int:
        """Put who came later into the smallest teams. How many people that were."""
        with self._floor.as_leader(by) as turn:
            return self.fill_in(turn)

    def make_in(self, turn: Transaction, way: str, size: int) -> int:
        """The same within a turn."""
        if way not in WAYS:
            raise self._floor.gone()
        if type(size) is not int or not SMALLEST <= size <= LARGEST:
            self._floor.refuse("team_size", "size", least=SMALLEST, most=LARGEST)
        before = teams(turn)
        if any(it.shares and it.people for it in before):
            self._floor.refuse("teams_share", "size")
        people = _participants(turn)
        if len(people) < SMALLEST:
            self._floor.refuse("teams_few", "size", least=SMALLEST)
        count = max(1, -(-len(people) // size))
        if way == "random" and len(people) < SMALLEST * count:
            count = len(people) // SMALLEST
        ids = self._rows(turn, before, way, count)
        room_row.change(turn, teams_by=way)
        everybody = schema.member.c.id.in_([one for one, _ in people])
        turn.connection.execute(update(schema.member).where(everybody).values(team=None))
        if way == "random":
            drawn = [one for one, _ in people]
            self._random.shuffle(drawn)
            for number, one in enumerate(drawn):
                _seat(turn, one, ids[number % count])
        return count

    def fill_in(self, turn: Transaction) -> int:
        """The same within a turn: nobody where people choose for themselves."""
        there = [it for it in teams(turn) if it.people]
        left = [one for one, team in _participants(turn) if team is None]
        if not there or not left or room_row.current(turn).teams_by != "random":
            return 0
        sizes = {it.id: len(it.people) for it in there}
        for one in left:
            smallest = min(sizes, key=lambda key: sizes[key])
            _seat(turn, one, smallest)
            sizes[smallest] += 1
        return len(left)

    # -- of participants

    def choose(self, who: Member, team_id: str) -> None:
        """Sit down in a team, where the class was asked to choose."""
        wanted = self._floor.known(team_id)
        with self._floor.as_participant(who, seen_by_all=True) as turn:
            if room_row.current(turn).teams_by not in ("table", "choice"):
                self._floor.refuse("teams_fixed", "team")
            there = {it.id: it for it in teams(turn) if not it.past}
            if wanted not in there:
                raise self._floor.gone()
            if is_full(turn, there[wanted]):
                told = {"team": there[wanted].name, "most": places(turn)}
                self._floor.refuse("team_full", "team", **told)
            _seat(turn, turn.who.id, wanted)

    # -- help

    def _rows(
        self, turn: Transaction, before: Sequence[SeatedTeam], way: str, how_many: int
    ) -> list[str]:
        """The ids of teams made anew. Those before go; one that left something behind stays with
        it, and gives its name away: what it said is never the word of other people."""
        say, key = self._floor.words.text, "table" if way == "table" else "team"
        names = [say(f"room.{key}_name", number=number) for number in range(1, how_many + 1)]
        team, spare = schema.team, {it.id: it.name for it in before if not it.shares}
        held = _left_something(turn, list(spare))
        turn.connection.execute(delete(team).where(team.c.id.in_(spare.keys() - held)))
        taken = {*names, *(it.name for it in before if it.shares or it.id in held)}
        for one in sorted(held & {it for it, name in spare.items() if name in names}):
            former = self._former(spare[one], taken)
            taken.add(former)
            turn.connection.execute(update(team).where(team.c.id == one).values(name=former))
        made = []
        for name in names:
            place = self._workspace(turn) if _shares(turn) else None
            row = {"cohort": turn.who.cohort, "name": name, "workspace": place}
            made.append(str(uuid4()))
            turn.connection.execute(insert(team).values(row | {"id": made[-1]}))
        return made

    def _former(self, name: str, taken: Collection[str]) -> str:
        """What a team is called whose name another one has now."""
        say = self._floor.words.text
        numbers = range(1, len(taken) + 2)
        told = (say("room.team_former", team=name, number=number) for number in numbers)
        return next(it for it in told if it not in taken)

    def _workspace(self, turn: Transaction) -> str:
        made = str(uuid4())
        turn.connection.execute(insert(workspace).values(id=made, created=self._floor.now()))
        return made


def places(turn: Transaction) -> int | None:
    """How many people a team takes where they choose: an equal share of the class, so that nobody
    who comes later finds every team full. None where a table or the draw says who sits there."""
    if room_row.current(turn).teams_by != "choice":
        return None
    offered = sum(1 for it in teams(turn) if not it.past)
    return max(SMALLEST, -(-len(_participants(turn)) // max(1, offered)))


def is_full(turn: Transaction, team: SeatedTeam) -> bool:
    """Whether the member, who is not in it yet, finds no place in that team."""
    most = turn.once(places)
    return most is not None and team.id != turn.who.team and len(team.people) >= most


def everybody(turn: Transaction) -> list[str]:
    """The ids of all who answer, in the order they came."""
    return [one for one, _ in _participants(turn)]


def _shares(turn: Transaction) -> bool:
    """Whether the class was made so that teams share a worksheet."""
    here = select(schema.cohort.c.in_teams).where(schema.cohort.c.id == turn.who.cohort)
    return bool(turn.connection.scalar(here))


def _participants(turn: Transaction) -> list[tuple[str, str | None]]:
    member = schema.member.c
    here = (member.cohort == turn.who.cohort) & (member.role == Role.PARTICIPANT)
    order = (member.joined, member.id)
    found = turn.connection.execute(select(member.id, member.team).where(here).order_by(*order))
    return [(row.id, row.team) for row in found]


def _seat(turn: Transaction, member_id: str, team_id: str) -> None:
    here = schema.member.c.id == member_id
    turn.connection.execute(update(schema.member).where(here).values(team=team_id))
