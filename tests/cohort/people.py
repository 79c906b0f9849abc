"""A host with its services in this process, and classes on it: what tests about people share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from playbook.cohort.accounts import Accounts
from playbook.cohort.cohorts import CohortPlan, Cohorts
from playbook.cohort.devices import Devices
from playbook.cohort.documents import render
from playbook.cohort.room import Room
from playbook.cohort.secrets import HostKey
from playbook.cohort.take_away import TakeAway
from playbook.cohort.types import Account, Member
from playbook.editing.apply import apply_change
from playbook.framework import Framework, load_framework
from playbook.store.database import SqlDatabase
from playbook.store.schema import metadata
from playbook.store.sql import SqliteStore
from playbook.store.sqlite.database import Database

PASSWORD = "four words put together"
KEY = b"k" * 32
load_framework = cache(load_framework)


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    time: datetime = datetime(2027, 3, 1, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def passes(self, **units: float) -> None:
        self.time += timedelta(**units)

    @property
    def today(self) -> date:
        return self.time.astimezone().date()


@dataclass
class Host:
    """One host: its services on one file (or memory, or a database that is given) and one clock."""

    path: Path | None = None
    now: Clock = field(default_factory=Clock)
    given: SqlDatabase | None = None

    def __post_init__(self) -> None:
        self.framework: Framework = load_framework()
        own = self.given or Database(self.path, held=self.path is not None)
        self.database: SqlDatabase = own
        self.parts = (self.database, HostKey(KEY), self.framework.words, self.now)
        self.accounts = Accounts(*self.parts)
        self.cohorts = Cohorts(*self.parts)
        self.devices = Devices(*self.parts)
        self.room = Room(self.database, self.framework, self.now)
        here = partial(render, framework=self.framework)
        self.take_away = TakeAway(self.database, self.framework, self.now, draw=here)

    def account(self, name: str) -> Account:
        """A trainer who has not set a password yet."""
        return self.accounts.invited(self.accounts.invite(name))

    def sets_password(self, name: str) -> Account:
        """A trainer who has set the password."""
        return self.accounts.accept(self.accounts.invite(name), PASSWORD)

    def plan(self, title: str = "Spring class", **changed: Any) -> CohortPlan:
        today = self.now.today
        values = {"ends": today + timedelta(days=3), "erase_on": today + timedelta(days=30)}
        return CohortPlan(title, "Acme", **values | changed)

    def new_class(self, by: Account, title: str = "Spring class", **changed: Any) -> Class:
        cohort, trainer = self.cohorts.create(by, self.plan(title, **changed))
        return Class(self, cohort.id, trainer)

    def store(self, workspace: str) -> SqliteStore:
        return SqliteStore(self.database, now=self.now, workspace=workspace)

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Everything that is in the file, by table."""
        with self.database.read() as connection:
            return {
                table.name: sorted(
                    (dict(row) for row in connection.execute(select(table)).mappings()), key=repr
                )
                for table in metadata.sorted_tables
            }

    @contextmanager
    def nothing_changes(self) -> Iterator[None]:
        before = self.rows()
        yield
        assert self.rows() == before


@dataclass
class Class:
    """One class on a host."""

    host: Host
    id: str
    trainer: Member

    def join(self, name: str) -> Member:
        return self.host.cohorts.join(self.host.cohorts.new_code(self.trainer), name)

    def co_trainer(self, account: Account) -> Member:
        return self.host.cohorts.invite_trainer(self.trainer, account.name)

    def team(self, name: str, *members: Member) -> str:
        """A team with these members; its id."""
        made = self.host.cohorts.new_team(self.trainer, name)
        for member in members:
            self.host.cohorts.seat(self.trainer, member.id, made.id)
        return made.id

    def now(self, who: Member) -> Member:
        """Somebody as they are in the file now."""
        return next(one for one in self.host.cohorts.members(self.id) if one.id == who.id)

    def writes(self, who: Member, text: str, **answers: Any) -> str:
        """A catalyst sheet with one candidate called `text`, and these answers; its id."""
        place = self.host.cohorts.place_of(self.now(who))
        store, framework = self.host.store(place), self.host.framework
        sheet = store.create("catalyst", f"{who.name}’s catalyst").id

        def change(kind: str, **values: Any) -> None:
            given = {"kind": kind, "op_id": str(uuid4()), **values}
            apply_change(store, framework, sheet, "laptop", given)

        change("add_row", table="candidates")
        (row,) = [name for name in store.load(sheet).fields if name.count("/") == 1]
        change("set", field=f"{row}/what", value=text, base_rev=0)
        for question, value in answers.items():
            change("set", field=question, value=value, base_rev=0)
        return sheet
