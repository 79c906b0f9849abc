"""A worksheet and the devices that work on it: situations in few words, for either transport."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import uuid4

import pytest

from playbook.store import Operation, Outcome, Set, Snapshot, SqliteStore, Store, Stored
from tests.postgres import server
from tests.store.serving import serving


class Clock:
    """A clock that goes on by a second whenever somebody looks, or jumps where it is told."""

    def __init__(self) -> None:
        self.time = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


class Device:
    """A browser: what it saw last, and what its person does there."""

    def __init__(self, store: Store, worksheet: str, name: str) -> None:
        self.store, self.worksheet, self.name = store, worksheet, name
        self.seen: Snapshot = store.load(worksheet)

    def looks(self) -> Snapshot:
        """Load the worksheet as it stands."""
        self.seen = self.store.load(self.worksheet)
        return self.seen

    def answers(self, op_id: str | None = None, /, **values: Stored) -> Outcome:
        """Change fields (a__b for a/b) at once, based on what this device saw last."""
        sets = []
        for key, value in values.items():
            field = key.replace("__", "/")
            known = self.seen.fields.get(field)
            sets.append(Set(field, value, known.rev if known else 0))
        outcome = self._commit(op_id, "set", sets)
        self.looks()
        return outcome

    def insists(self, **values: Stored) -> Outcome:
        """Change fields, whatever is there now."""
        sets = [Set(key.replace("__", "/"), value, None) for key, value in values.items()]
        return self._commit(None, "set", sets)

    def undoes(self, op_id: str | None = None) -> Outcome:
        """Take back this device's last operation."""
        outcome = self.store.undo(self.worksheet, self.name, op_id or str(uuid4()))
        self.looks()
        return outcome

    def redoes(self, op_id: str | None = None) -> Outcome:
        """Do again what this device undid last."""
        outcome = self.store.redo(self.worksheet, self.name, op_id or str(uuid4()))
        self.looks()
        return outcome

    def decides(self, conflict: int, take: bool, op_id: str | None = None) -> Outcome:
        """Take the waiting value, or let it go."""
        return self.store.resolve(self.worksheet, conflict, take, op_id or str(uuid4()), self.name)

    def erases(self, field: str) -> Snapshot:
        """Remove an answer for good."""
        return self.store.erase_field(self.worksheet, field, self.name)

    def _commit(self, op_id: str | None, kind: str, sets: list[Set]) -> Outcome:
        operation = Operation(op_id or str(uuid4()), self.name, kind, 1, tuple(sets))
        return self.store.commit(self.worksheet, operation)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store may put its file; neither the folder nor the file is there yet."""
    return tmp_path / "O'Neil's data #1 100%" / "playbook.sqlite"


@pytest.fixture(scope="session")
def served_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A file in which a server saved "yes" before it stopped; its worksheet's id."""
    path = tmp_path_factory.mktemp("served") / "data" / "playbook.sqlite"
    with serving(path) as server:
        assert server.says("yes") == "saved"
        server.stops()
    return path, server.worksheet


@pytest.fixture
def served(path: Path, served_once: tuple[Path, str]) -> str:
    """The same in a folder of this test's own; the worksheet's id."""
    made, worksheet = served_once
    shutil.copytree(made.parent, path.parent)
    return worksheet


@pytest.fixture
def make_file_store(clock: Clock) -> Iterator[Callable[[], SqliteStore]]:
    """Makes another empty store in a file of its own each time.

    In the machine's memory where there is such a folder: these tests wait for no disk.
    """
    numbers, shm = count(), Path("/dev/shm")
    with TemporaryDirectory(dir=shm if os.access(shm, os.W_OK) else None) as folder:
        yield lambda: SqliteStore(Path(folder) / f"playbook-{next(numbers)}.sqlite", now=clock)


@pytest.fixture
def make_postgres_store(clock: Clock) -> Iterator[Callable[[], SqliteStore]]:
    """Makes another empty store in a PostgreSQL database of its own each time."""
    with ExitStack() as lent:
        yield lambda: SqliteStore(lent.enter_context(server().lent()), now=clock)


@pytest.fixture(params=["file", "memory", "postgres"])
def make_store(request: pytest.FixtureRequest) -> Callable[[], SqliteStore]:
    """Makes another empty store each time, on the transport under test."""
    return request.getfixturevalue(f"make_{request.param}_store")


@pytest.fixture
def make_memory_store(clock: Clock) -> Iterator[Callable[[], SqliteStore]]:
    """Makes another empty store in memory each time."""
    stores: list[SqliteStore] = []

    def make() -> SqliteStore:
        stores.append(SqliteStore(None, now=clock))
        return stores[-1]

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def store(make_store: Callable[[], SqliteStore]) -> SqliteStore:
    return make_store()


@pytest.fixture
def worksheet(store: SqliteStore) -> str:
    """The id of an empty worksheet."""
    return store.create("catalyst", "Catalyst").id


@pytest.fixture
def laptop(store: SqliteStore, worksheet: str) -> Device:
    return Device(store, worksheet, "laptop")


@pytest.fixture
def phone(store: SqliteStore, worksheet: str) -> Device:
    return Device(store, worksheet, "phone")


@pytest.fixture
def device_at(store: SqliteStore) -> Callable[..., Device]:
    """Makes a device that works on another worksheet (of another store, if given)."""

    def make(worksheet: str, name: str = "laptop", at: SqliteStore | None = None) -> Device:
        return Device(at or store, worksheet, name)

    return make


@pytest.fixture
def values() -> Callable[[Snapshot], dict[str, Stored]]:
    """The answers of a snapshot, fields without one left out."""

    def of(snapshot: Snapshot) -> dict[str, Stored]:
        fields = snapshot.fields.items()
        return {name: state.value for name, state in fields if state.value is not None}

    return of
