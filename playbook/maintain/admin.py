"""The commands of whoever runs the host, as plain functions: text in, data for JSON out.

The running server offers them on a socket of its own (server.cohort.admin_server); without one
the command line opens the file itself. They act in the name of a class's trainer.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from pydantic import ConfigDict, ValidationError, validate_call
from sqlalchemy import Connection, Row, Table, func, select

from playbook.cohort import rows
from playbook.cohort.accounts import Accounts
from playbook.cohort.class_service import ClassService
from playbook.cohort.cohorts import CohortPlan, Cohorts
from playbook.cohort.erasing import ErasureResult, ErasureService
from playbook.cohort.erasure_notices import NOTICE, ErasureNotices
from playbook.cohort.secrets import KEY_FILE, HostKey, shown_code
from playbook.cohort.types import Member, Role
from playbook.maintain import backup
from playbook.model import InputError
from playbook.model.wording import Words
from playbook.store import class_schema as schema
from playbook.store.database import Place, SqlDatabase, open_database
from playbook.store.paths import backups_path, cohorts_path
from playbook.store.schema import worksheet

COMMANDS = (
    "trainer",
    "accounts",
    "erase_trainer",
    "new",
    "cohorts",
    "people",
    "code",
    "end",
    "erase",
    "stats",
    "due",
    "backup",
)
"""What may be called by name."""

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Admin(ClassService):
    """The commands. `address` is where people reach the host ("" when that is not known);
    `signed_out` is told which browsers an erasure signed out."""

    address: str = ""
    signed_out: Callable[[tuple[str, ...]], None] = lambda _: None

    @classmethod
    def at(
        cls, home: Path, words: Words, now: Callable[[], datetime], place: Place | None = None
    ) -> Admin:
        """On the file in `home`, or at `place`, while no server has it (else StoreError). Close it
        after use."""
        database = open_database(place or cohorts_path(home), home, held=True)
        return cls(database, HostKey.in_file(home / KEY_FILE), words, now)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def call(self, name: str, given: Mapping[str, Any]) -> Any:
        """The result of a command by name; InputError for one that is not offered, or misused."""
        if name not in COMMANDS:
            raise InputError(
                self.words.text("admin.command", given=name, known=", ".join(COMMANDS))
            )
        try:
            return validate_call(config=ConfigDict(strict=True))(getattr(self, name))(**given)
        except ValidationError:
            raise InputError(self.words.text("admin.arguments", given=name)) from None

    # -- trainers

    def trainer(self, name: str, address: str = "") -> JsonObject:
        """A one-time link with which `name` sets a (new) password, good for three days."""
        token = self._accounts.invite(name)
        account = self._accounts.invited(token)
        return {"name": account.name, "link": self._link(f"invited#{token}", address)}

    def accounts(self) -> list[JsonObject]:
        """Every account, with how many classes it leads."""
        seats = self._counts(schema.member, "account")
        return [
            {"name": one.name, "cohorts": seats.get(one.id, 0)}
            for one in self._accounts.everybody()
        ]

    def erase_trainer(self, name: str) -> JsonObject:
        """Erase a trainer's account, and their seats in classes that others lead, for good."""
        account = self._accounts.named(name)
        classes = [cohort.id for cohort, _ in self._cohorts.of_account(account)]
        gone = ErasureService(*self._parts).account(account)
        self.signed_out(gone.devices)
        return {"name": account.name, "cohorts": classes} | _numbers(gone)

    # -- classes

    def new(
        self,
        title: str,
        trainer: str,
        host: str,
        ends: str | None = None,
        erase_on: str | None = None,
        teams: bool = False,
        sees_answers: bool = False,
        address: str = "",
        day: str | None = None,
    ) -> JsonObject:
        """A new class of a trainer's, with its join code."""
        given = {"ends": ends, "erase_on": erase_on, "day": day}
        days = {name: self._day(text, name) if text else None for name, text in given.items()}
        plan = CohortPlan(title, host, **days, in_teams=teams, sees_answers=sees_answers)
        made, seat = self._cohorts.create(self._accounts.named(trainer), plan)
        return self._one(made.id) | self._door(seat, address)

    def cohorts(self) -> list[JsonObject]:
        """Every class with its counts, the newest first."""
        query = select(schema.cohort).order_by(schema.cohort.c.created.desc())
        with self.database.read() as connection:
            found = connection.execute(query).all()
        people, teams = (self._counts(it, "cohort") for it in (schema.member, schema.team))
        names = {one.id: one.name for one in self._accounts.everybody()}
        return [
            {
                **_cohort(row),
                "open": row.open and not rows.as_cohort(row).is_over(self.today()),
                "trainer": names[row.owner],
                "people": people.get(row.id, 0),
                "teams": teams.get(row.id, 0),
            }
            for row in found
        ]

    def people(self, cohort: str) -> list[JsonObject]:
        """Everybody in a class: names and roles, for `erase`."""
        found = self._cohorts.members(self._trainer(cohort).cohort)
        return [{"id": one.id, "name": one.name, "role": one.role.value} for one in found]

    def code(self, cohort: str, address: str = "") -> JsonObject:
        """A new join code; the old one no longer works."""
        return {"id": cohort} | self._door(self._trainer(cohort), address)

    def end(self, cohort: str) -> JsonObject:
        """End a class today: nobody joins any more, everything else stays until it is erased."""
        self._cohorts.end(self._trainer(cohort))
        return self._one(cohort)

    def erase(self, cohort: str, member: str | None = None) -> JsonObject:
        """Erase a class, or one person of it, for good."""
        if member not in (None, *(one["id"] for one in self.people(cohort))):
            raise InputError(self.words.text("admin.no_member", given=member), "member")
        gone = ErasureService(*self._parts).by_host(cohort, member)
        self.signed_out(gone.devices)
        return {"id": cohort, "member": member} | _numbers(gone)

    # -- the host

    def stats(self) -> JsonObject:
        """How much is here: counts, and nothing of what anybody wrote."""
        counted = {
            "accounts": schema.account,
            "cohorts": schema.cohort,
            "people": schema.member,
            "teams": schema.team,
            "worksheets": worksheet,
            "signed_in": schema.device,
        }
        with self.database.read() as connection:
            return {name: _count(connection, table) for name, table in counted.items()}

    def due(self) -> list[JsonObject]:
        """The classes whose day to be erased has come, and for how many hours of running each one
        stays."""
        ran = ErasureNotices(self.database.folder).read()
        return [
            {
                "id": one.id,
                "title": one.title,
                "erase_on": one.erase_on.isoformat(),
                "hours": math.ceil(max(0.0, NOTICE - ran.get(one.id, 0.0)) / 3600),
            }
            for one in ErasureService(*self._parts).due()
        ]

    def backup(self, to: str | None = None) -> JsonObject:
        """A whole, checked copy as the new file `to`, else as a dated one in the backups folder."""
        here = self.database
        free = backup.free_name(backups_path(here.folder), here.stem, self.now)
        made = backup.make(here, Path(to) if to else free)
        return asdict(made) | {"path": str(made.path), "at": made.at.isoformat()}

    # -- help

    @property
    def _parts(self) -> tuple[SqlDatabase, HostKey, Words, Callable[[], datetime]]:
        return self.database, self.key, self.words, self.now

    @property
    def _accounts(self) -> Accounts:
        return Accounts(*self._parts)

    @property
    def _cohorts(self) -> Cohorts:
        return Cohorts(*self._parts)

    def _trainer(self, cohort: str) -> Member:
        """The trainer of a class; InputError when there is no such class."""
        here = schema.member.c.cohort == cohort, schema.member.c.role == Role.TRAINER
        with self.database.read() as connection:
            query = select(schema.member).where(*here)
            found = connection.execute(query).first() if rows.is_id(cohort) else None
        if found is None:
            raise InputError(self.words.text("admin.no_cohort", given=cohort), "cohort")
        return rows.as_member(found)

    def _one(self, cohort: str) -> JsonObject:
        return next(told for told in self.cohorts() if told["id"] == cohort)

    def _door(self, seat: Member, address: str) -> JsonObject:
        code = shown_code(self._cohorts.new_code(seat))
        ends = self._cohorts.get(seat).ends.isoformat()
        return {"code": code, "link": self._link(f"join?code={code}", address), "ends": ends}

    def _link(self, rest: str, address: str) -> str:
        return f"{(address or self.address).rstrip('/')}/{rest}"

    def _day(self, text: str, field: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise InputError(self.words.text("admin.day", field=field, given=text), field) from None

    def _counts(self, table: Table, by: str) -> dict[str, int]:
        query = select(table.c[by], func.count()).group_by(table.c[by])
        with self.database.read() as connection:
            return {key: count for key, count in connection.execute(query) if key}


def _cohort(row: Row[Any]) -> JsonObject:
    names = ("id", "title", "host", "in_teams", "sees_answers", "open")
    days = {name: getattr(row, name).isoformat() for name in ("ends", "erase_on")}
    return {name: getattr(row, name) for name in names} | days


def _count(connection: Connection, table: Table) -> int:
    return connection.scalar(select(func.count()).select_from(table)) or 0


def _numbers(gone: ErasureResult) -> JsonObject:
    return {"people": gone.people, "teams": gone.teams, "worksheets": gone.worksheets}
