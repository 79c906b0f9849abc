"""SqliteStore: the Store protocol over the tables: in a SQLite file that many processes share, in
memory, or in a database that is open already."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, select

from playbook.model import InputError
from playbook.model.storage import (
    Event,
    Operation,
    Outcome,
    Snapshot,
    Stored,
    UndoSteps,
    WorksheetInfo,
)
from playbook.store import check, exchange, read, write
from playbook.store.database import SqlDatabase
from playbook.store.dialect import insert_new
from playbook.store.errors import GoneError, store_text
from playbook.store.format import parse
from playbook.store.read import WorksheetRecord
from playbook.store.replay import replay
from playbook.store.schema import workspace as workspaces
from playbook.store.sqlite.database import Database

SOLO = "solo"
"""The workspace of whoever has the file for themselves."""


def utc_now() -> datetime:
    """The time now; the only clock of the store."""
    return datetime.now(UTC)


class SqliteStore:
    """The worksheets of one workspace in a file, in memory for None, or in a database already open.

    Safe to use from several threads, and a file from several processes at once. Times come from
    `now` and are for people: nothing is put in order by them. What the methods promise is in
    playbook.model.storage.Store; StoreError is raised here when the file can't be used.

    A workspace holds `most` worksheets; None for any number.
    """

    def __init__(
        self,
        where: Path | SqlDatabase | None,
        *,
        now: Callable[[], datetime] = utc_now,
        workspace: str = SOLO,
        most: int | None = None,
    ) -> None:
        self._shares = not (where is None or isinstance(where, Path))
        self._database: SqlDatabase
        self._database = Database(where) if where is None or isinstance(where, Path) else where
        self._now = now
        self._workspace = check.workspace(workspace)
        self._most = most
        self._kept: Snapshot | None = None
        """What was loaded last: most changes are of one worksheet."""
        self._make_workspace()

    def close(self) -> None:
        """Forget what is in memory; a file needs no closing, and a database stays its owner's."""
        if not self._shares:
            self._database.close()

    # -- worksheets

    def worksheets(self, sheet: str | None = None) -> list[WorksheetInfo]:
        with self._database.read() as connection:
            pages = read.pages(connection, self._workspace)
        return [page.info for page in pages if sheet in (None, page.info.sheet)]

    def values(self, sheet: str, field: str) -> dict[str, Stored]:
        with self._database.read() as connection:
            return read.values(connection, self._workspace, check.sheet(sheet), field)

    def create(self, sheet: str, name: str) -> WorksheetInfo:
        info = self._new(check.sheet(sheet), check.name(name))
        with self._database.write() as connection:
            self._make_room(connection)
            write.new_page(connection, self._workspace, info)
        return info

    def rename(self, worksheet: str, name: str) -> WorksheetInfo:
        check.name(name)
        with self._writing(worksheet) as (connection, page):
            return write.rename(connection, page, name, self._time())

    def duplicate(self, worksheet: str, name: str) -> WorksheetInfo:
        check.name(name)
        with self._writing(worksheet) as (connection, source):
            self._make_room(connection)
            info = self._new(source.info.sheet, name)
            copy = write.new_page(connection, self._workspace, info)
            write.copy_values(connection, source, copy, info.created)
        return info

    def load(self, worksheet: str) -> Snapshot:
        with self._reading(worksheet) as (connection, page):
            kept = self._kept
            if kept is None or (kept.info, kept.seq) != (page.info, page.seq):
                kept = self._kept = read.snapshot(connection, page)
            return kept

    def seq(self, worksheet: str) -> int:
        with self._reading(worksheet) as (_, page):
            return page.seq

    def history(self, worksheet: str, limit: int = 200) -> list[Event]:
        with self._reading(worksheet) as (connection, page):
            return read.history(connection, page, limit)

    # -- operations

    def commit(self, worksheet: str, operation: Operation) -> Outcome:
        wanted = check.operation(operation)
        with self._writing(worksheet) as (connection, page):
            done = write.repeated(connection, page, wanted.op_id)
            outcome = done or write.commit(connection, page, wanted, self._time())
        if (kept := self._kept) and kept.info.id == page.id:
            self._kept = kept.after(outcome, wanted.version)
        return outcome

    def committed(self, worksheet: str, op_id: str) -> Outcome | None:
        check.op_id(op_id)
        with self._reading(worksheet) as (connection, page):
            return write.repeated(connection, page, op_id)

    def undo(self, worksheet: str, device: str, op_id: str, held: Collection[str] = ()) -> Outcome:
        check.device(device)
        check.op_id(op_id)
        with self._writing(worksheet) as (connection, page):
            done = write.repeated(connection, page, op_id)
            return done or write.undo(connection, page, device, op_id, self._time(), held)

    def redo(self, worksheet: str, device: str, op_id: str) -> Outcome:
        check.device(device)
        check.op_id(op_id)
        with self._writing(worksheet) as (connection, page):
            done = write.repeated(connection, page, op_id)
            return done or write.redo(connection, page, device, op_id, self._time())

    def steps(self, worksheet: str, device: str, held: tuple[str, ...] = ()) -> UndoSteps:
        check.device(device)
        with self._reading(worksheet) as (connection, page):
            return write.steps(connection, page, device, held)

    def resolve(
        self, worksheet: str, conflict: int, take: bool, op_id: str, device: str
    ) -> Outcome:
        line = check.number(conflict, "A conflict", least=1)
        check.device(device)
        check.op_id(op_id)
        with self._writing(worksheet) as (connection, page):
            done = write.repeated(connection, page, op_id)
            return done or write.resolve(connection, page, line, take, op_id, device, self._time())

    # -- erasing

    def erase_field(self, worksheet: str, field: str, device: str) -> Snapshot:
        check.field(field)
        check.device(device)
        with self._database.erase() as connection:
            page = read.page(connection, self._workspace, worksheet)
            write.erase_field(connection, page, field, device, self._time())
        return self.load(worksheet)

    def erase_worksheet(self, worksheet: str) -> None:
        with self._database.erase() as connection:
            page = read.page(connection, self._workspace, worksheet)
            write.erase_pages(connection, self._workspace, [page])
        self._kept = None

    def erase_everything(self) -> None:
        with self._database.erase() as connection:
            pages = read.pages(connection, self._workspace)
            write.erase_pages(connection, self._workspace, pages)
        self._kept = None

    # -- everything at once

    def export(self) -> dict[str, Any]:
        with self._database.read() as connection:
            return exchange.export(connection, self._workspace)

    def exported(self) -> Iterator[dict[str, Any]]:
        """The worksheets of an export one by one, each read by itself: others go in between."""
        with self._database.read() as connection:
            known = [page.id for page in read.pages(connection, self._workspace)]
        for worksheet in reversed(known):
            try:
                with self._reading(worksheet) as (connection, page):
                    data = exchange.worksheet_data(connection, page)
            except GoneError:  # erased meanwhile
                continue
            yield data  # with no transaction open, however long the reader takes

    def import_(self, data: Any) -> list[WorksheetInfo]:
        incoming = [
            (worksheet, replay(worksheet, f"worksheets[{number}]"))
            for number, worksheet in enumerate(parse(data))
        ]
        with self._database.write() as connection:
            self._make_room(connection, len(incoming))
            return [exchange.insert(connection, self._workspace, *item) for item in incoming]

    # -- help

    @contextmanager
    def _reading(self, worksheet: str) -> Iterator[tuple[Connection, WorksheetRecord]]:
        with self._database.read() as connection:
            yield connection, read.page(connection, self._workspace, worksheet)

    @contextmanager
    def _writing(self, worksheet: str) -> Iterator[tuple[Connection, WorksheetRecord]]:
        with self._database.write() as connection:
            yield connection, read.page(connection, self._workspace, worksheet)

    def _make_room(self, connection: Connection, more: int = 1) -> None:
        """InputError when there would be more worksheets than may be."""
        if self._most is not None and read.count(connection, self._workspace) + more > self._most:
            raise InputError(store_text("most", limit=self._most))

    def _make_workspace(self) -> None:
        here = select(workspaces.c.id).where(workspaces.c.id == self._workspace)
        with self._database.read() as connection:
            if connection.scalar(here):
                return
        row = {"id": self._workspace, "created": self._time()}
        with self._database.write() as connection:  # another process may have been first
            insert_new(connection, workspaces, row)

    def _new(self, sheet: str, name: str) -> WorksheetInfo:
        at = self._time()
        return WorksheetInfo(str(uuid4()), sheet, name, at, at)

    def _time(self) -> datetime:
        return self._now().astimezone(UTC)
