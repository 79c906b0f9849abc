"""Two classes on one host, put into the file directly: what a room needs to know of people."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from sqlalchemy import delete, insert, literal, select, update

from playbook.cohort.room import Room
from playbook.cohort.take_away import TakeAway
from playbook.cohort.types import Member, Role
from playbook.framework import Framework
from playbook.store import class_schema as schema
from playbook.store.database import SqlDatabase
from playbook.store.schema import workspace
from playbook.store.sqlite.database import Database
from tests.cohort.people import Clock, Host
from tests.cohort.voting import URGENT
from tests.postgres import server


@dataclass
class Class:
    """A class in the file, and how people come into it."""

    database: SqlDatabase
    id: str
    now: Clock
    people: list[Member] = field(default_factory=list)

    def add(self, name: str, role: Role = Role.PARTICIPANT, team: str | None = None) -> Member:
        """Somebody more, with a workspace of their own, as if there from the beginning."""
        here = f"{self.id}-{name}"
        someone = Member(here, self.id, role, name, f"w-{here}", team, self.now())
        values = {key: getattr(someone, key) for key in Member.__slots__}
        with self.database.write() as connection:
            connection.execute(insert(workspace).values(id=someone.workspace, created=self.now()))
            connection.execute(insert(schema.member).values(values))
            polls = select(schema.poll.c.id, literal(here)).where(schema.poll.c.cohort == self.id)
            everywhere = insert(schema.eligible).from_select(["poll", "member"], polls)
            connection.execute(everywhere)
        self.people.append(someone)
        return someone

    def participants(self, count: int) -> list[Member]:
        """So many more participants."""
        return [self.add(f"p{len(self.people)}") for _ in range(count)]

    def team(self, name: str) -> str:
        """A team without members; returns its id."""
        here = f"{self.id}-{name}"
        with self.database.write() as connection:
            connection.execute(insert(workspace).values(id=f"w-{here}", created=self.now()))
            values = {"id": here, "cohort": self.id, "name": name, "workspace": f"w-{here}"}
            connection.execute(insert(schema.team).values(values))
        return here

    def erase(self, someone: Member) -> None:
        """Somebody's row is gone, and their workspace."""
        with self.database.write() as connection:
            here = schema.member.c.id == someone.id
            connection.execute(delete(schema.member).where(here))
            connection.execute(delete(workspace).where(workspace.c.id == someone.workspace))

    def becomes(self, someone: Member, role: Role) -> None:
        """Somebody's role changes, while their tab still knows the old one."""
        here = update(schema.member).where(schema.member.c.id == someone.id)
        with self.database.write() as connection:
            connection.execute(here.values(role=role))


@pytest.fixture
def now() -> Clock:
    return Clock()


ON_BOTH = ("memory", pytest.param("postgres", marks=pytest.mark.soak))


@pytest.fixture(params=ON_BOTH)
def host(request: pytest.FixtureRequest) -> Iterator[Host]:
    """A host in memory, all of its services with it; in a soak in a PostgreSQL database as well."""
    if request.param == "memory":
        yield Host()
        return
    with server().lent() as lent:
        yield Host(given=lent)


@pytest.fixture
def away(host: Host) -> TakeAway:
    return host.take_away


@pytest.fixture(params=ON_BOTH)
def database(request: pytest.FixtureRequest) -> Iterator[SqlDatabase]:
    if request.param == "memory":
        yield Database(None)
        return
    with server().lent() as lent:
        yield lent


@pytest.fixture
def new_class(database: SqlDatabase, now: Clock) -> Callable[[str], Class]:
    """Makes a class without people."""
    owner = {"id": "account", "name": "Ada", "folded": "ada", "created": now()}

    def make(class_id: str) -> Class:
        values = {
            "id": class_id,
            "title": class_id,
            "owner": "account",
            "host": "the school",
            "created": now(),
            "ends": date(2027, 6, 1),
            "erase_on": date(2027, 9, 1),
            "in_teams": False,
            "sees_answers": False,
            "open": True,
        }
        with database.write() as connection:
            connection.execute(insert(schema.cohort).values(values))
            connection.execute(insert(schema.room).values(cohort=class_id, version=1))
        return Class(database, class_id, now)

    with database.write() as connection:
        connection.execute(insert(schema.account).values(owner))
    return make


@pytest.fixture
def spring(new_class: Callable[[str], Class]) -> Class:
    return new_class("spring")


@pytest.fixture
def room(database: SqlDatabase, framework: Framework, now: Clock) -> Room:
    return Room(database, framework, now)


@pytest.fixture
def trainer(spring: Class) -> Member:
    return spring.add("Ada", Role.TRAINER)


@pytest.fixture
def urgent(room: Room, trainer: Member) -> str:
    """A vote that is open."""
    return room.votes.ask(trainer, "catalyst", URGENT)
