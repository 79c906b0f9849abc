"""Erasing people, teams, classes and accounts for good: rows, worksheets, history, ballots, offers,
sign-ins.

What was published stays as it was published: counts, without names. What a team wrote together
stays the team's when one of them leaves. The ids of what is gone are kept as tombstones, so that
restoring a backup does not bring it back (maintain.revocations); then the file is rewritten.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, Table, delete, func, insert, select, update

from playbook.cohort import rows
from playbook.cohort.class_service import ClassService
from playbook.cohort.types import Account, Cohort, Member, Role, Team
from playbook.store import class_schema as schema
from playbook.store.dialect import insert_new
from playbook.store.schema import worksheet, workspace

_BETWEEN = re.compile(r"(\s*[,;/&+]\s*|\s+and\s+)")
"""What stands between the names where several people see to an action."""


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What was erased, as numbers, and the browsers that it signed out (their kernels may end)."""

    people: int
    teams: int
    worksheets: int
    devices: tuple[str, ...]


class ErasureService(ClassService):
    """Takes away for good what people ask to be taken away, and what is due."""

    __slots__ = ()

    def myself(self, who: Member) -> ErasureResult:
        """Somebody's own request. A trainer can't leave a class behind: that is erased whole."""
        with self.database.erase() as connection:
            return self._person(connection, rows.present(connection, who, self.gone))

    def member(self, by: Member, member_id: str) -> ErasureResult:
        """Somebody of the class, by who leads it; who leads as well only by the trainer."""
        with self.database.erase() as connection:
            return self._person(connection, rows.below(connection, by, member_id, self.gone))

    def team(self, by: Member, team_id: str) -> ErasureResult:
        """A team with all it wrote, by who leads; nobody may be in it any more."""
        with self.database.erase() as connection:
            leader = rows.led(connection, by, by.id, self.gone)
            found = [it for it in _teams(connection, leader.cohort) if it.id == team_id]
            if not found:
                raise self.gone()
            inside = select(schema.member.c.id).where(schema.member.c.team == team_id)
            if connection.execute(inside).first():
                self.refuse("team_used", "team")
            return self._erase(connection, leader.cohort, (), found)

    def cohort(self, by: Member) -> ErasureResult:
        """The whole class, by its trainer."""
        with self.database.erase() as connection:
            leader = rows.present(connection, by, self.gone)
            if leader.role is not Role.TRAINER:
                raise self.gone()
            return self._class(connection, leader.cohort)

    def due(self) -> list[Cohort]:
        """The classes whose day has come, by the clock: nothing is erased on one look at it
        (playbook.cohort.erasure_notices)."""
        with self.database.read() as connection:
            return self._due(connection)

    def erase_due(self, announced: Collection[str]) -> list[tuple[Cohort, ErasureResult]]:
        """Those of the announced classes that are still due, each with what went."""
        with self.database.erase() as connection:
            found = [cohort for cohort in self._due(connection) if cohort.id in announced]
            return [(cohort, self._class(connection, cohort.id)) for cohort in found]

    def by_host(self, cohort_id: str, member_id: str | None = None) -> ErasureResult:
        """A class, or one person of it, by whoever runs the host."""
        with self.database.erase() as connection:
            if member_id is None:
                return self._class(connection, cohort_id)
            found = rows.member(connection, member_id)
            if found is None or found.cohort != cohort_id:
                raise self.gone()
            return self._person(connection, found)

    def account(self, whose: Account) -> ErasureResult:
        """A trainer of this host, with their work in classes that others lead. InputError as long
        as a class is theirs: it would have nobody to lead it."""
        theirs = schema.cohort.c.owner == whose.id
        seats = schema.member.c.account == whose.id
        signed_in = schema.device.c.account == whose.id
        with self.database.erase() as connection:
            led = connection.execute(select(schema.cohort).where(theirs)).all()
            if led:
                classes = ", ".join(f"“{row.title}” ({row.id})" for row in led)
                self.refuse("leads", "account", name=whose.name, classes=classes)
            devices = connection.scalars(select(schema.device.c.token).where(signed_in)).all()
            found = connection.execute(select(schema.member).where(seats)).all()
            gone = [self._person(connection, rows.as_member(row)) for row in found]
            self._delete(connection, schema.account, [whose.id])
        return ErasureResult(
            people=len(gone),
            teams=0,
            worksheets=sum(one.worksheets for one in gone),
            devices=(*devices, *(device for one in gone for device in one.devices)),
        )

    # -- help, within the caller's transaction

    def _due(self, connection: Connection) -> list[Cohort]:
        day = schema.cohort.c.erase_on <= self.today()
        found = connection.execute(select(schema.cohort).where(day)).all()
        return [rows.as_cohort(row) for row in found]

    def _person(self, connection: Connection, who: Member) -> ErasureResult:
        if who.role is Role.TRAINER:
            self.refuse("trainer_stays", "member")
        self._forget_name(connection, who)
        return self._erase(connection, who.cohort, [who], ())

    def _class(self, connection: Connection, cohort_id: str) -> ErasureResult:
        everybody = _members(connection, cohort_id) if rows.is_id(cohort_id) else []
        if not everybody:  # a class has its trainer as long as it is there
            raise self.gone()
        gone = self._erase(connection, cohort_id, everybody, _teams(connection, cohort_id))
        self._delete(connection, schema.cohort, [cohort_id])
        return gone

    def _erase(
        self,
        connection: Connection,
        cohort_id: str,
        people: Sequence[Member],
        teams: Sequence[Team],
    ) -> ErasureResult:
        shared = [team.workspace for team in teams if team.workspace]
        places = [*(one.workspace for one in people), *shared]
        ids = [one.id for one in people]
        written = (
            select(func.count()).select_from(worksheet).where(worksheet.c.workspace.in_(places))
        )
        signed_in = select(schema.device.c.token).where(schema.device.c.member.in_(ids))
        gone = ErasureResult(
            people=len(people),
            teams=len(teams),
            worksheets=connection.scalar(written) or 0,
            devices=tuple(connection.scalars(signed_in)),
        )
        self._delete(connection, schema.member, ids)
        self._delete(connection, schema.team, [team.id for team in teams])
        self._delete(connection, workspace, places)
        here = schema.room.c.cohort == cohort_id
        rises = {"version": schema.room.c.version + 1}
        connection.execute(update(schema.room).where(here).values(rises))
        return gone

    def _delete(self, connection: Connection, table: Table, ids: Sequence[str]) -> None:
        """Remove rows with all that hangs on them, and keep only their ids."""
        for row_id in ids:
            stone = {"id": row_id, "at": self.now()}
            insert_new(connection, schema.tombstone, stone)
            connection.execute(delete(table).where(table.c.id == row_id))

    def _forget_name(self, connection: Connection, who: Member) -> None:
        """Take the name, and those before it, out of who sees to agreed actions, but for a name
        that somebody else has now.

        The action goes on under a new id, so that the old one stays away with a restored backup.
        """
        names = self._names(connection, who)
        here = select(schema.agreed).where(schema.agreed.c.cohort == who.cohort)
        for row in connection.execute(here).mappings().all():
            owner = self._without(row["owner"], names)
            if owner != row["owner"]:
                self._delete(connection, schema.agreed, [row["id"]])
                anew = {"id": str(uuid4()), "owner": owner}
                connection.execute(insert(schema.agreed).values({**row, **anew}))

    def _names(self, connection: Connection, who: Member) -> set[str]:
        """The hashes of the names that are this person's, and nobody else's now."""
        before = schema.earlier_name.c.member == who.id
        earlier = connection.scalars(select(schema.earlier_name.c.name).where(before))
        others = [one for one in _members(connection, who.cohort) if one.id != who.id]
        return {self.name_hash(who.name), *earlier} - {self.name_hash(it.name) for it in others}

    def _without(self, owner: str, names: set[str]) -> str:
        """Who sees to an action, also when several do ("Lin and Kim"), without these names."""
        left = self.words.text("cohort.left")
        if self.name_hash(owner) in names:
            return left
        parts = _BETWEEN.split(owner)
        return "".join(left if self.name_hash(part) in names else part for part in parts)


def _members(connection: Connection, cohort_id: str) -> list[Member]:
    here = select(schema.member).where(schema.member.c.cohort == cohort_id)
    return [rows.as_member(row) for row in connection.execute(here)]


def _teams(connection: Connection, cohort_id: str) -> list[Team]:
    here = select(schema.team).where(schema.team.c.cohort == cohort_id)
    return [rows.as_team(row) for row in connection.execute(here)]
